/** `basket.handed-over`: a code was shown, with what staff and the phone need to find and open it. Version 1. */
import * as v from 'valibot'
import { MAX_HANDOFF_DIGITS } from '../handoff/handoff.ts'

export const BasketHandedOver = v.object({
  qid: v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/)),
  code: v.pipe(v.string(), v.length(6)),
  digits: v.pipe(v.string(), v.maxLength(MAX_HANDOFF_DIGITS)),
  totalCents: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  releaseHash: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  lines: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
})
export type BasketHandedOver = v.InferOutput<typeof BasketHandedOver>
