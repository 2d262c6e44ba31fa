/** What one push carries, as it lies in the outbox: text that is never read again on its way out. */
import type { EpochId } from '../kernel/ids.ts'
import type { Chain } from './chain.ts'
import type { EventDraft } from './event.ts'
import type { OutboxRow } from './outbox.ts'
import type { Push } from './wire.ts'

/** The event after which sending goes on, with what its number adds up to. */
export type Sent = { readonly ep: EpochId; readonly seq: number; readonly chain: Chain; readonly bytes: number }
/** Events that are to be sent, in order, and the one before them. */
export type Ahead = { readonly before: Sent; readonly rows: readonly OutboxRow[] }

export type Batch = {
  readonly pv: number
  readonly ep: EpochId
  /** Chain before the first event. */
  readonly prev: Chain
  /** At least one, without gaps. */
  readonly rows: readonly OutboxRow[]
}

/** The first events of what was read ahead, one at least, and what is left of it. */
export const cutBatch = ({ before, rows }: Ahead, most: { readonly events: number; readonly bytes: number }, pv: number): { readonly batch: Batch; readonly left: Ahead | null; readonly last: Sent } => {
  let count = 1
  while (count < rows.length && count < most.events && rows[count]!.bytes - before.bytes <= most.bytes) count++
  const { seq, chain, bytes } = rows[count - 1]!
  const last = { ep: before.ep, seq, chain, bytes }
  return { batch: { pv, ep: before.ep, prev: before.chain, rows: rows.slice(0, count) }, left: count < rows.length ? { before: last, rows: rows.slice(count) } : null, last }
}

/** As a message. */
export const batchToPush = ({ pv, ep, prev, rows }: Batch): Push => ({ pv, ep, prev, ev: rows.map(({ seq, json }) => ({ ...(JSON.parse(json) as EventDraft), seq })) })

/** The same message as JSON text, put together from the texts of the events. */
export const batchToJson = ({ pv, ep, prev, rows }: Batch): string => `{"pv":${pv},"ep":"${ep}","prev":"${prev}","ev":[${rows.map(({ seq, json }) => `{"seq":${seq},${json.slice(1)}`).join(',')}]}`
