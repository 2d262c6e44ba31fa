/** Shapes that are expected back, as far as they are used. Amounts are whole minor units. */
import * as v from 'valibot'

const minor = v.pipe(v.number(), v.safeInteger())
const totals = v.array(v.object({ type: v.string(), amount: minor }))

export const productsReply = v.object({
  products: v.array(v.object({
    id: v.string(),
    title: v.string(),
    categories: v.optional(v.array(v.object({ value: v.string(), taxonomy: v.optional(v.string()) })), []),
    variants: v.array(v.object({
      id: v.string(),
      sku: v.optional(v.string(), ''),
      title: v.optional(v.string(), ''),
      price: v.object({ amount: minor, currency: v.string() }),
      availability: v.optional(v.looseObject({ available: v.optional(v.boolean()) })),
      barcodes: v.optional(v.array(v.looseObject({ value: v.optional(v.string(), '') })), []),
      quantity_unit: v.optional(v.unknown()),
    })),
  })),
  pagination: v.optional(v.object({ has_next_page: v.boolean(), cursor: v.optional(v.string()), total_count: v.optional(v.number()) })),
})

/** Of carts and of checkouts: what both have is all that is used. */
export const sessionReply = v.object({
  id: v.string(),
  currency: v.string(),
  line_items: v.array(v.object({ item: v.object({ id: v.string() }), quantity: v.number(), totals })),
  totals,
  discounts: v.optional(v.object({ applied: v.optional(v.array(v.object({ code: v.optional(v.string()), title: v.string(), amount: v.pipe(minor, v.minValue(0)) })), []) })),
  messages: v.optional(v.array(v.object({ type: v.string(), code: v.optional(v.string(), ''), content: v.optional(v.string(), ''), path: v.optional(v.string(), '') })), []),
  continue_url: v.optional(v.string()),
})

export const anyReply = v.looseObject({})

export type UcpProductRecord = v.InferOutput<typeof productsReply>['products'][number]
export type UcpVariantRecord = UcpProductRecord['variants'][number]
export type UcpSessionRecord = v.InferOutput<typeof sessionReply>
