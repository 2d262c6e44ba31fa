/** The phone's question for the way into the web shop's own checkout, and its answers; none of them is a dead end. */
import * as v from 'valibot'
import type { Localised } from '../kernel/language.ts'
import type { CheckoutRefusal, CheckoutView } from './checkout.ts'
import { PriceRequest } from './checkout.ts'

/** Most articles that a shopper goes on without. */
const MAX_WITHOUT = 60

export const ToShopRequest = v.strictObject({
  ...PriceRequest.entries,
  /** Articles that the shop did not take, left behind. */
  without: v.pipe(v.array(v.pipe(v.string(), v.nonEmpty(), v.maxLength(80))), v.maxLength(MAX_WITHOUT)),
  /** What the page says will be charged: nobody is led to another price without having seen it. */
  totalCents: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
})
export type ToShopRequest = v.InferOutput<typeof ToShopRequest>

export type ToShopReply =
  | {
      readonly type: 'to shop'
      readonly url: string
      /** What the link cannot carry, for the shopper to do there. */
      readonly leaves: readonly ('delivery' | 'several codes')[]
      /** Codes as entered, to be typed again where several cannot be carried. */
      readonly codes: readonly string[]
      /** Whether the shop itself said what it charges. */
      readonly confirmed: boolean
    }
  /** The shop charges otherwise: nothing was opened; its total is what would be charged. */
  | { readonly type: 'shop price'; readonly shopCents: number; readonly view: CheckoutView; /** Codes that the shop does not take. */ readonly refusedCodes: readonly string[] }
  /** Our own price moved while the page was open: nothing was opened. */
  | { readonly type: 'price changed'; readonly view: CheckoutView }
  /** down: no answer, or none that can be used · busy: asked too often. */
  | { readonly type: 'shop away'; readonly why: 'down' | 'busy' }
  /** The shop does not take the basket; `articles`: those it refuses, empty where nobody can tell which. */
  | { readonly type: 'cart refused'; readonly articles: readonly { readonly sku: string; readonly name: Localised }[] }
  | CheckoutRefusal
