/** One page of an app sends at a time: the visible one. A frozen page keeps its lock, so the visible one takes it away; two senders would be harmless, only wasteful. */
import type { Surroundings } from './surroundings.ts'

export class SenderLock {
  readonly #name: string
  readonly #changed: (held: boolean) => void
  #held = false
  /** A place in the queue for the lock; given up when it is taken away from its holder instead. */
  #waiting: AbortController | null = null

  /** `changed` hears whether this page may send now. */
  constructor(name: string, around: Pick<Surroundings, 'locks' | 'isVisible' | 'onVisible'>, changed: (held: boolean) => void) {
    this.#name = name
    this.#changed = changed
    const { locks } = around
    if (locks) {
      this.#request(locks, around.isVisible())
      around.onVisible(() => this.#held || this.#request(locks, true))
    } else this.#set(true)
  }

  get held(): boolean {
    return this.#held
  }

  #request(locks: LockManager, steal: boolean): void {
    this.#waiting?.abort()
    this.#waiting = null
    const turn = steal ? null : (this.#waiting = new AbortController())
    const hold = (): Promise<never> => {
      if (turn) this.#waiting = null
      this.#set(true)
      return new Promise<never>(() => undefined) // until the page ends or somebody steals it
    }
    locks.request(this.#name, turn ? { signal: turn.signal } : { steal: true }, hold).catch(() => {
      if (turn?.signal.aborted) return
      this.#set(false)
      // Behind whoever took it, also while both are visible: if that page ends, this one goes on.
      this.#request(locks, false)
    })
  }

  #set(held: boolean): void {
    if (held === this.#held) return
    this.#held = held
    this.#changed(held)
  }
}
