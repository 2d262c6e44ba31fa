/** Validator of a device's word about itself. */
import * as v from 'valibot'
import { REFUSAL_REASONS } from '../sync/release-signature.ts'
import { MAX_UNREAD_NOTES, MAX_UNREAD_REASON, STORAGE_TROUBLES, type Report } from '../sync/wire.ts'
import type { EpochId } from '../kernel/ids.ts'
import { Hash, hex16 } from './push.ts'

const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

export const ReportMessage: v.GenericSchema<unknown, Report> = v.strictObject({
  app: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  releaseHash: v.nullable(Hash),
  queued: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  clockOffsetMs: v.nullable(v.pipe(v.number(), v.safeInteger())),
  unread: v.exactOptional(v.pipe(v.array(v.strictObject({ id: v.pipe(v.string(), v.maxLength(200)), reason: v.pipe(v.string(), v.maxLength(MAX_UNREAD_REASON)) })), v.maxLength(MAX_UNREAD_NOTES))),
  nextHash: v.exactOptional(v.nullable(Hash)),
  refused: v.exactOptional(v.nullable(v.strictObject({ hash: Hash, why: v.picklist(REFUSAL_REASONS) }))),
  storage: v.exactOptional(v.nullable(v.picklist(STORAGE_TROUBLES))),
  stream: v.exactOptional(v.strictObject({ ep: hex16<EpochId>(), next: v.pipe(whole, v.minValue(1)), settledUntil: whole })),
})
