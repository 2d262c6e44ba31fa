/**
 * What nearly every message passes, checked by hand in one go. The schemas say what is allowed: whatever is not surely so here is left to them,
 * so a quick check may take less than its schema and never more.
 */
import { isReceiptHash } from '../feedback/receipt-code.ts'
import { SCALES } from '../feedback/scales.ts'
import type { Json } from '../kernel/json.ts'
import { MAX_BATCH_EVENTS, type ReceivedEvent, type ReceivedPush } from '../sync/wire.ts'
import { isForbiddenKey, type JsonBounds } from './bounded-json.ts'
import type { FeedbackAnswered } from './feedback-events.ts'
import { EVENT_BOUNDS } from './push.ts'

const HEX16 = /^[0-9a-f]{16}$/
type ScoredAnswer = Extract<FeedbackAnswered, { readonly value: number }>
type Bag = { readonly [key: string]: unknown }

/** A batch as `PushMessage` gives it, if it is one and within `frame` too; null: the schema decides. */
export const quickPush = (payload: unknown, frame: JsonBounds): ReceivedPush | null => {
  if (!isPlainObject(payload) || Object.keys(payload).length !== 4) return null
  const { pv, ep, prev, ev } = payload
  if (!isCount(pv, 0) || !isHex16(ep) || !isHex16(prev) || !Array.isArray(ev) || ev.length === 0 || ev.length > MAX_BATCH_EVENTS) return null
  const whole = { keys: 4 + ev.length, size: 'pvepprevev'.length + ep.length + prev.length + ev.length }
  for (const event of ev) if (!isEvent(event, whole)) return null
  return whole.keys <= frame.keys && whole.size <= frame.bytes && frame.depth >= EVENT_BOUNDS.depth + 2 ? ({ pv, ep, prev, ev } as unknown as ReceivedPush) : null
}

type Spent = { keys: number; size: number }

const isEvent = (event: unknown, whole: Spent): event is ReceivedEvent => {
  const own = { keys: 0, size: 0 }
  if (!isPlainObject(event) || !isBounded(event as Json, 1, own)) return false
  whole.keys += own.keys
  whole.size += own.size
  const { seq, id } = event
  return own.keys <= EVENT_BOUNDS.keys && own.size <= EVENT_BOUNDS.bytes && isCount(seq, 1) && typeof id === 'string' && id.length > 0 && id.length <= 64
}

/** Goes no deeper than the bound, so its own calls cannot exhaust the stack. */
const isBounded = (value: unknown, depth: number, spent: Spent): boolean => {
  if (typeof value === 'string') {
    spent.size += value.length
    return value.isWellFormed()
  }
  if (typeof value === 'number') return Number.isFinite(value)
  if (value === null || typeof value === 'boolean') return true
  if (depth > EVENT_BOUNDS.depth || spent.keys > EVENT_BOUNDS.keys) return false
  if (Array.isArray(value)) {
    spent.keys += value.length
    spent.size += value.length
    return value.every((one) => isBounded(one, depth + 1, spent))
  }
  if (!isPlainObject(value)) return false
  for (const key in value) {
    if (isForbiddenKey(key)) return false
    spent.keys += 1
    spent.size += key.length
    if (!isBounded(value[key], depth + 1, spent)) return false
  }
  return true
}

/** A tap as `FeedbackAnswered` gives it, if it has a scale; null: the schema decides. */
export const quickAnswer = (payload: unknown): FeedbackAnswered | null => {
  if (!isPlainObject(payload)) return null
  const { response, touchpoint, survey, question, kind, value, receipt, lang } = payload
  if (receipt !== undefined && !isReceiptHash(receipt)) return null
  if (!isId(response) || !isId(touchpoint) || !isId(survey) || !isId(question)) return null
  if ((kind !== 'csat5' && kind !== 'smiley4' && kind !== 'nps' && kind !== 'ces7') || typeof value !== 'number' || !Number.isInteger(value)) return null
  const { min, max } = SCALES[kind]
  if (value < min || value > max) return null
  if (lang !== undefined && lang !== 'de' && lang !== 'en') return null
  if ((receipt === undefined && 'receipt' in payload) || (lang === undefined && 'lang' in payload)) return null
  const answer: { -readonly [K in keyof ScoredAnswer]: ScoredAnswer[K] } = { response, touchpoint, survey, question, kind, value }
  if (receipt !== undefined) answer.receipt = receipt
  if (lang !== undefined) answer.lang = lang
  return answer
}

const isPlainObject = (value: unknown): value is Bag => typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
const isCount = (value: unknown, min: number): value is number => typeof value === 'number' && Number.isSafeInteger(value) && value >= min
const isHex16 = (value: unknown): value is string => typeof value === 'string' && HEX16.test(value)
const isId = (value: unknown): value is string => typeof value === 'string' && value.length > 0 && value.length <= 80
