/** Validators of what the hub answers to `hello`, `push` and `report`: a device believes nothing that does not look right. */
import * as v from 'valibot'
import type { EpochId } from '../kernel/ids.ts'
import type { Chain } from '../sync/chain.ts'
import type { Publisher } from '../sync/release-signature.ts'
import type { Ack, HelloReply, ReportReply, StreamError } from '../sync/wire.ts'

const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const instant = v.pipe(v.number(), v.safeInteger())
/** Raw P-256 point, and the id of the store. */
export const PublisherMessage: v.GenericSchema<unknown, Publisher> = v.object({
  key: v.pipe(v.string(), v.regex(/^B[A-Za-z0-9_-]{86}$/)),
  store: v.nullable(v.pipe(v.string(), v.minLength(1), v.maxLength(80))),
})
/** A hub that asks for more patience than this is not obeyed. */
const MAX_RETRY_MS = 300_000

export const StreamErrorMessage: v.GenericSchema<unknown, StreamError> = v.variant('code', [
  v.object({ code: v.literal('fork'), at: whole }),
  v.object({ code: v.literal('gap'), hw: whole }),
  v.object({ code: v.picklist(['busy', 'disk']), retryMs: v.pipe(whole, v.maxValue(MAX_RETRY_MS)) }),
  v.object({ code: v.picklist(['auth', 'revoked', 'upgrade', 'bad_request', 'failed']) }),
])

export const HelloReplyMessage: v.GenericSchema<unknown, HelloReply> = v.object({
  n: whole,
  hubEpoch: v.pipe(v.string(), v.minLength(1)),
  hw: whole,
  hc: v.custom<Chain>((value) => typeof value === 'string' && /^[0-9a-f]{16}$/.test(value)),
  safe: whole,
  now: instant,
  min: whole,
  max: whole,
  publisher: v.exactOptional(PublisherMessage),
})

export const AckMessage: v.GenericSchema<unknown, Ack> = v.object({
  hubEpoch: v.pipe(v.string(), v.minLength(1)),
  ep: v.exactOptional(v.custom<EpochId>((value) => typeof value === 'string' && /^[0-9a-f]{16}$/.test(value))),
  upto: whole,
  hw: whole,
  safe: whole,
  now: instant,
  notes: v.exactOptional(v.array(v.object({ seq: whole, code: v.picklist(['quarantined', 'parked', 'dup']) }))),
})

export const ReportReplyMessage: v.GenericSchema<unknown, ReportReply> = v.object({ now: instant })
