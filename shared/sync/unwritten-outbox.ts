/**
 * What one page knows of its outbox beyond the storage: confirmations that it will write later, and all that the hub has said while nothing can be written.
 * It is worth something only as long as nobody else has talked to the hub: a greeting may have found out that the hub has lost what it confirmed.
 */
import type { OutboxRow, OutboxState, OutboxStep } from './outbox.ts'

/** `dropped`: events counted meanwhile. `over`: the conversation on the disk that this goes on from. */
export type Unwritten = { readonly state: OutboxState; readonly dropped: number; readonly over: number | undefined }

/** What is on the disk, with what was confirmed and counted since. Another page may have written and removed events meanwhile: the disk knows which there are. */
export const recall = (written: OutboxState | null, unwritten: Unwritten | null): OutboxState | null => {
  if (!unwritten || !written) return unwritten?.state ?? written
  const { state, dropped, over } = unwritten
  const counted = { ...written, dropped: written.dropped + dropped }
  if (state.ep !== written.ep || over !== written.talk) return counted
  return { ...counted, ack: Math.max(state.ack, written.base.seq), safe: state.safe, ...(state.talk !== undefined && { talk: state.talk }), ...(state.days && { days: state.days }) }
}

/** One step that is not written now; `rows` as the step needs them. Null: refused, because it would write or remove events. */
export const decideUnwritten = <T>(step: OutboxStep<T>, written: OutboxState | null, unwritten: Unwritten | null, rows: readonly OutboxRow[]): { readonly unwritten: Unwritten | null; readonly result: T } | null => {
  const state = recall(written, unwritten)
  const { change, result } = step.decide(state, rows)
  if (!change) return { unwritten, result }
  if (change.put || change.deleteUpTo !== undefined) return null
  return { unwritten: { state: change.state, dropped: (unwritten?.dropped ?? 0) + change.state.dropped - (state?.dropped ?? 0), over: written?.talk }, result }
}

/** What is left to be written of `now`, once a step has written `then`. */
export const leftUnwritten = (now: Unwritten | null, then: Unwritten | null): Unwritten | null =>
  now === then || now === null ? null : { ...now, dropped: now.dropped - (then?.dropped ?? 0) }
