/** What a visit leaves behind for a reload, and only for that: two minutes later nobody gets it back. */
import type { Json } from '#shared/kernel/json.ts'
import type { ReplicaStore } from './replica-store.ts'

export const SESSION_LIFE_MS = 120_000
/** A clock that was put back by more than this makes ages meaningless. */
const CLOCK_STEP_MS = 1000

export class Session {
  readonly #store: ReplicaStore
  readonly #now: () => number
  /** Wiped even if the storage refuses to delete. */
  #wipedAt = -Infinity
  /** Writes happen one after another, so an older one never overtakes a newer. */
  #last: Promise<unknown> = Promise.resolve()

  constructor(store: ReplicaStore, now: () => number) {
    this.#store = store
    this.#now = now
  }

  /** Null if there is nothing, or it is older than a reload takes; what is too old is deleted on sight. */
  async read(name: string): Promise<Json | null> {
    await this.#last
    const saved = await this.#store.readSession(name)
    const age = saved ? this.#now() - saved.savedAt : Infinity
    if (!saved) return null
    if (age >= -CLOCK_STEP_MS && age <= SESSION_LIFE_MS && saved.savedAt > this.#wipedAt) return saved.value
    await this.wipe()
    return null
  }

  /** Kept as well as it goes: a refused write only means that a reload starts afresh. */
  write(name: string, value: Json): Promise<void> {
    return this.#queue(() => this.#store.writeSession(name, { value, savedAt: Math.max(this.#now(), this.#wipedAt + 1) }))
  }

  wipe(): Promise<void> {
    this.#wipedAt = this.#now()
    return this.#queue(() => this.#store.clearSession())
  }

  #queue(work: () => Promise<unknown>): Promise<void> {
    const done = this.#last.then(work).then(() => undefined)
    this.#last = done.catch(() => undefined)
    return done
  }
}
