/** How a basket gets onto a kiosk: what phone and web pages ask the hub over plain HTTP, and its answers. Not part of the versioned wire: page and hub come from one build. */
import * as v from 'valibot'
import { MAX_CODES, MAX_LINES, MAX_QUANTITY } from '../basket/basket.ts'
import { MAX_HANDOFF_DIGITS } from '../handoff/handoff.ts'
import type { CheckoutRefusal } from './checkout.ts'

const session = v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/))
const text = (most: number) => v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(most))
const codes = v.pipe(v.array(text(40)), v.maxLength(MAX_CODES))
const delivery = v.picklist(['pickup', 'home'])

/** The phone wants the basket of its code, with what it changed, on a kiosk. */
export const ToKioskRequest = v.strictObject({ digits: v.pipe(v.string(), v.maxLength(MAX_HANDOFF_DIGITS), v.regex(/^[0-9]+$/)), session, delivery, card: v.nullable(text(40)), codes })
export type ToKioskRequest = v.InferOutput<typeof ToKioskRequest>

/** A page of the web shop wants its own cart on a kiosk: articles by the store's own article keys. */
export const WebBasketRequest = v.strictObject({
  lines: v.pipe(v.array(v.strictObject({ sku: text(80), quantity: v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(MAX_QUANTITY)) })), v.minLength(1), v.maxLength(MAX_LINES)),
  codes: v.optional(codes, []),
  delivery: v.optional(delivery, 'pickup'),
})
export type WebBasketRequest = v.InferOutput<typeof WebBasketRequest>

export type ToKioskReply =
  | {
      readonly type: 'to kiosk'
      /** What the QR code says. */
      readonly digits: string
      /** Six characters for who types. */
      readonly code: string
      /** What page and kiosk show for it under the release in force. */
      readonly totalCents: number
      /** Articles and codes that the store does not have: they are not in it. */
      readonly unknownSkus: readonly string[]
      readonly unknownCodes: readonly string[]
      /** Until when the six characters are known. */
      readonly until: number
    }
  | CheckoutRefusal
