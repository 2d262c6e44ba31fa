/** What waits on this device, a second time: in a file that was laid beforehand and that outlives the database. The page's side of the journal. */
import type { Json } from '#shared/kernel/json.ts'
import { NO_CHAIN } from '#shared/sync/chain.ts'
import type { OutboxChange, OutboxState } from '#shared/sync/outbox.ts'
import type { KeptRow } from '#shared/sync/refill-outbox.ts'
import type { JournalAsk, JournalOpened } from './journal-worker.ts'

/** One question to the journal's thread; rejects if it cannot be done. */
export type JournalPort = (ask: JournalAsk) => Promise<unknown>

/** One change on its way into the copy. */
export type Copying = {
  /** The outbox has it: resolves when the copy has it too, or when that takes too long to keep somebody waiting. */
  done(): Promise<void>
  /** The outbox refused it. */
  undo(): Promise<void>
}

/** Somebody stands before the screen, and the outbox has the event already. */
const PATIENCE_MS = 500
const IDENTITY = 'identity'

/** `short`: it lacks something, because there was no place or the browser refused. */
export type CopyState = 'promised' | 'not promised' | 'short'

export class SecondCopy {
  readonly #port: JournalPort
  readonly #promised: boolean
  /** As found when it was opened. */
  readonly found: readonly KeptRow[]
  readonly identity: Json | null
  readonly #held = new Map<string, { readonly ep: string; readonly seq: number }>()
  #cleared: { readonly ep: string; readonly upto: number } | null = null
  #short = false

  private constructor(port: JournalPort, { records, promised }: JournalOpened) {
    this.#port = port
    this.#promised = promised
    const identity = records.find(({ key }) => key === IDENTITY)
    this.identity = identity ? (JSON.parse(identity.text) as Json) : null
    this.found = records.filter(({ key }) => key !== IDENTITY).map(({ text }) => JSON.parse(text) as KeptRow)
    for (const { ep, row } of this.found) this.#held.set(row.id, { ep, seq: row.seq })
  }

  static async open(port: JournalPort, app: string): Promise<SecondCopy> {
    return new SecondCopy(port, (await port({ do: 'open', app })) as JournalOpened)
  }

  get state(): CopyState {
    return this.#short ? 'short' : this.#promised ? 'promised' : 'not promised'
  }

  /** Begins together with the outbox's own transaction, so both take the time of one. */
  begin(state: OutboxState | null, change: OutboxChange): Copying {
    const rows = change.put ?? []
    const first = rows[0]?.seq === 1 ? NO_CHAIN : (state?.chain ?? NO_CHAIN)
    const kept = rows.map((row, i): KeptRow => ({ ep: change.state.ep, prev: rows[i - 1]?.chain ?? first, row }))
    const keeping = this.keep(kept)
    return {
      done: async () => {
        this.confirmed(change.state)
        await keeping
      },
      undo: () => this.forget(rows.map(({ id }) => id)),
    }
  }

  async keep(kept: readonly KeptRow[]): Promise<void> {
    if (kept.length === 0) return
    for (const { ep, row } of kept) this.#held.set(row.id, { ep, seq: row.seq })
    await this.#put(kept.map((one) => ({ key: one.row.id, text: JSON.stringify(one) })))
  }

  /** What the hub has is overwritten here. */
  confirmed({ ep, ack }: Pick<OutboxState, 'ep' | 'ack'>): void {
    if (this.#cleared?.ep === ep && this.#cleared.upto === ack) return
    this.#cleared = { ep, upto: ack }
    void this.forget([...this.#held].filter(([, held]) => held.ep === ep && held.seq <= ack).map(([id]) => id))
  }

  /** Holds these of what was found, and no others of it. */
  async agree(waiting: readonly KeptRow[]): Promise<void> {
    const ids = new Set(waiting.map(({ row }) => row.id as string))
    await this.forget(this.found.map(({ row }) => row.id).filter((id) => !ids.has(id)))
    await this.keep(waiting.filter(({ ep, row }) => this.#held.get(row.id)?.ep !== ep || this.#held.get(row.id)?.seq !== row.seq))
  }

  async keepIdentity(identity: Json): Promise<void> {
    if (JSON.stringify(identity) !== JSON.stringify(this.identity)) await this.#put([{ key: IDENTITY, text: JSON.stringify(identity) }])
  }

  async forget(ids: readonly string[]): Promise<void> {
    for (const id of ids) this.#held.delete(id)
    if (ids.length > 0) await this.#port({ do: 'remove', keys: ids }).catch(() => undefined)
  }

  async #put(records: Extract<JournalAsk, { readonly do: 'put' }>['records']): Promise<void> {
    const late = new Promise<false>((resolve) => setTimeout(() => resolve(false), PATIENCE_MS))
    const took = await Promise.race([this.#port({ do: 'put', records }).catch(() => false), late])
    if (took !== true) this.#short = true
  }
}
