/** An outbox whose storage takes no writes: it goes on sending what it holds, and remembers in the page alone what the hub has confirmed. */
import type { OutboxRow, OutboxState, OutboxStep } from './outbox.ts'

/** What one page knows beyond its storage. `dropped`: events counted meanwhile. */
export type Unwritten = { readonly state: OutboxState; readonly dropped: number }

/** What is on the disk, with what was confirmed and counted since. Another page may have written and removed events meanwhile: the disk knows which there are. */
export const recall = (written: OutboxState | null, unwritten: Unwritten | null): OutboxState | null => {
  if (!unwritten || !written) return unwritten?.state ?? written
  const { state, dropped } = unwritten
  if (state.ep !== written.ep) return written
  return { ...written, ack: Math.max(state.ack, written.base.seq), safe: state.safe, dropped: written.dropped + dropped }
}

/** One step while nothing may be written; `rows` as the step needs them. Null: refused, because it would write or remove events. */
export const decideFrozen = <T>(step: OutboxStep<T>, written: OutboxState | null, unwritten: Unwritten | null, rows: readonly OutboxRow[]): { readonly unwritten: Unwritten | null; readonly result: T } | null => {
  const state = recall(written, unwritten)
  const { change, result } = step.decide(state, rows)
  if (!change) return { unwritten, result }
  if (change.put || change.deleteUpTo !== undefined) return null
  return { unwritten: { state: change.state, dropped: (unwritten?.dropped ?? 0) + change.state.dropped - (state?.dropped ?? 0) }, result }
}
