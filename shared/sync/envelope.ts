/** What every event must look like before anybody reads its payload. */
import { isEventId, type VisitId } from '../kernel/ids.ts'
import type { Json } from '../kernel/json.ts'
import type { Millis } from '../kernel/time.ts'
import type { OutboxEvent } from './event.ts'
import type { ReceivedEvent } from './wire.ts'

/** The event behind a received envelope; null if it is none. */
export const readEnvelope = (raw: ReceivedEvent): OutboxEvent | null => {
  const { seq, id, t, v, at, off, boot, mono, sid, p, x } = raw
  const fits =
    isWhole(seq) && isEventId(id) && isText(t, 64) && t.includes('.') && isWhole(v) && isWhole(at) && isText(boot, 64) &&
    typeof mono === 'number' && (off === null || (typeof off === 'number' && Number.isSafeInteger(off))) &&
    (sid === null || isText(sid, 64)) && p !== undefined && (x === undefined || typeof x === 'string')
  if (!fits) return null
  const draft = { seq, id, t, v, at: at as Millis, off, boot, mono, sid: sid as VisitId | null, p: p as Json }
  return x === undefined ? draft : { ...draft, x }
}

const isWhole = (value: Json | undefined): value is number => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
const isText = (value: Json | undefined, max: number): value is string => typeof value === 'string' && value.length > 0 && value.length <= max
