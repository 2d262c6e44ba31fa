/** What a kiosk tells of a visit, without a person in it. Version 1 of each; a device that is full may leave them out. */
import * as v from 'valibot'

/** `visit.started`: somebody touched the attract screen. `basket` true: this device also tells when the basket begins. */
export const VisitStarted = v.object({ touchpoint: v.nullable(v.pipe(v.string(), v.maxLength(80))), language: v.pipe(v.string(), v.maxLength(8)), basket: v.optional(v.boolean()) })
export type VisitStarted = v.InferOutput<typeof VisitStarted>

/** `basket.begun`: the first article of a visit; the visit is in the envelope. */
export const BasketBegun = v.object({})
export type BasketBegun = v.InferOutput<typeof BasketBegun>
