/** Validators of the document stream's messages: `pull` on the hub, its reply on the device. */
import * as v from 'valibot'
import type { Json } from '../kernel/json.ts'
import type { Millis } from '../kernel/time.ts'
import { MAX_PENDING_RELEASES } from '../sync/release-plan.ts'
import type { Pull, PullReply } from '../sync/wire.ts'
import { Hash } from './push.ts'

const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

export const PullMessage: v.GenericSchema<unknown, Pull> = v.strictObject({
  pv: whole,
  have: v.nullable(v.strictObject({ rev: whole, hash: Hash })),
  want: v.exactOptional(Hash),
  part: v.exactOptional(v.strictObject({ hash: Hash, index: whole })),
})

const body = v.custom<Json>((value) => value !== undefined)
const documentId = v.pipe(v.string(), v.minLength(1), v.maxLength(200))
const instant = v.custom<Millis>((value) => Number.isSafeInteger(value))
/** A signature that does not look like one is no fault of the wire: the device refuses the release by name. */
const head = v.object({
  rev: whole,
  hash: Hash,
  publishedAt: instant,
  activeFrom: instant,
  maxOfflineMs: whole,
  store: v.pipe(v.string(), v.maxLength(80)),
  signature: v.pipe(v.string(), v.maxLength(200)),
})
const common = { hubEpoch: v.string(), now: v.pipe(v.number(), v.safeInteger()), next: v.pipe(v.array(head), v.maxLength(MAX_PENDING_RELEASES)) }

/** Unknown fields are dropped, so a newer hub may say more. */
export const PullReplyMessage: v.GenericSchema<unknown, PullReply> = v.variant('type', [
  v.object({ type: v.literal('none'), ...common }),
  v.object({ type: v.literal('same'), ...common, head }),
  v.object({
    type: v.literal('delta'),
    ...common,
    fromHash: Hash,
    head,
    ops: v.array(v.variant('op', [v.object({ op: v.literal('put'), id: documentId, body }), v.object({ op: v.literal('delete'), id: documentId })])),
  }),
  v.object({ type: v.literal('snapshot'), ...common, head, index: whole, parts: v.pipe(whole, v.minValue(1)), items: v.array(v.tuple([documentId, body])) }),
])
