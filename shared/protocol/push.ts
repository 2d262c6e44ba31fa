/** Validators of the event stream's messages: `hello` and `push`. Events are taken as they come; the ingest judges each one, so that one bad event never blocks the others. */
import * as v from 'valibot'
import type { EpochId } from '../kernel/ids.ts'
import type { Json } from '../kernel/json.ts'
import type { Chain } from '../sync/chain.ts'
import { MAX_BATCH_EVENTS, type Hello, type ReceivedEvent, type ReceivedPush } from '../sync/wire.ts'
import { isBoundedJson } from './bounded-json.ts'

export const hex16 = <T extends string>() => v.custom<T>((value) => typeof value === 'string' && /^[0-9a-f]{16}$/.test(value))
const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const shortText = (max: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(max))

export const Hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))

export const HelloMessage: v.GenericSchema<unknown, Hello> = v.strictObject({
  pv: whole,
  n: whole,
  ep: hex16<EpochId>(),
  next: v.pipe(whole, v.minValue(1)),
  queued: whole,
  ack: whole,
  boot: shortText(64),
  app: shortText(64),
  releaseHash: v.nullable(Hash),
  now: v.pipe(v.number(), v.safeInteger()),
})

/** An event is bounded like any other payload of the wire; what it means is looked at later. */
const Event = v.custom<ReceivedEvent>((value) => {
  if (!isBoundedJson(value, EVENT_BOUNDS) || value === null || typeof value !== 'object' || Array.isArray(value)) return false
  const { seq, id } = value as { readonly [key: string]: Json }
  return typeof seq === 'number' && Number.isSafeInteger(seq) && seq >= 1 && typeof id === 'string' && id.length > 0 && id.length <= 64
})

/** Wider than what a device may create (`MAX_EVENT_…`), so an oversized event ends in quarantine, not in an endless retry. */
export const EVENT_BOUNDS = { depth: 12, keys: 400, bytes: 64 * 1024 } as const

export const PushMessage: v.GenericSchema<unknown, ReceivedPush> = v.strictObject({
  pv: whole,
  ep: hex16<EpochId>(),
  prev: hex16<Chain>(),
  ev: v.pipe(v.array(Event), v.minLength(1), v.maxLength(MAX_BATCH_EVENTS)),
})
