/** Recorded baskets of a shop of this kind: its records are made from the notes, then translated as a connector does. */
import { medusaContext, rememberedCodes } from '#hub/shops/medusa/medusa-basket.ts'
import { medusaOffers } from '#hub/shops/medusa/medusa-offers.ts'
import type { MedusaApplicationMethod, MedusaCampaign, MedusaCart, MedusaPromotion, MedusaRegion, MedusaRule, MedusaVariant } from '#hub/shops/medusa/medusa-records.ts'
import type { Policies } from '#shared/offers/policies.ts'
import { priceBasket } from '#shared/offers/price-basket.ts'
import type { PricedBasket } from '#shared/offers/priced-basket.ts'
import type { OracleCase } from './oracle.ts'
import { figuresOf, refusal, sumBy, verdictOn, type Compared, type Figure, type Question, type Refused, type Verdict } from './verdict.ts'

type NotedRule = { readonly attribute: string; readonly operator: string; readonly values: readonly string[] }
type NotedMethod = Partial<Omit<MedusaApplicationMethod, 'target_rules' | 'buy_rules'>> & Pick<MedusaApplicationMethod, 'type' | 'target_type' | 'value'> & { readonly target_rules?: readonly NotedRule[]; readonly buy_rules?: readonly NotedRule[] }
type NotedPromotion = {
  readonly code: string
  readonly type?: MedusaPromotion['type']
  readonly status?: MedusaPromotion['status']
  readonly is_automatic?: boolean
  readonly is_tax_inclusive?: boolean
  readonly limit?: number
  readonly application_method: NotedMethod
  readonly rules?: readonly NotedRule[]
  readonly campaign?: { readonly starts_at?: string; readonly ends_at?: string; readonly budget?: { readonly type: 'spend' | 'usage'; readonly limit: number } }
}
type Cart = { readonly lines: readonly { readonly sku: string; readonly quantity: number }[]; readonly coupons?: readonly string[]; readonly place?: boolean }
type Input = {
  readonly pricesIncludeTax: boolean
  readonly catalogue: readonly { readonly sku: string; readonly price: number; readonly taxRate: number; readonly tags?: readonly string[]; readonly collection?: string; readonly category?: string; readonly discountable?: boolean }[]
  readonly shipping?: { readonly price: number; readonly taxRate?: number }
  readonly customer?: { readonly group?: string }
  readonly promotions: readonly NotedPromotion[]
  readonly cart?: Cart
  readonly sequence?: readonly Cart[]
}
type NetGross = { readonly net: number; readonly gross: number }
type Answer = {
  readonly steps?: readonly { readonly promotion?: string; readonly rejectedByShop?: unknown }[]
  readonly lines: readonly { readonly sku: string; readonly taxRate: number; readonly discount: NetGross; readonly line: NetGross & { readonly tax: number }; readonly adjustments: readonly { readonly code: string; readonly amount: number; readonly isTaxInclusive: boolean }[] }[]
  readonly shipping: NetGross & { readonly tax: number; readonly adjustments: readonly { readonly code: string; readonly amount: number }[] }
  readonly discount: NetGross
  readonly tax: number
  readonly total: number
  readonly charged: number
  readonly afterRecalculation?: unknown
}
export type MedusaCase = OracleCase<Input, Answer>
type Used = { readonly [code: string]: { readonly times: number; readonly spent: number } }

const RECORDED_AT = '2026-11-21T12:00:00Z'
/** The country of the recorded shop's delivery, and what delivery is taxed with there. */
const COUNTRY = 'de'
const DELIVERY_TAX = 19
/** Fractions of cents are written with six digits. */
const TOLERANCE = 0.00001

export const judgeMedusa = ({ input, result, error, invalid }: MedusaCase, policies: Policies): Verdict => {
  if (invalid ?? error) return { id: input.id, status: 'unstable', why: invalid ?? error! }
  const answers = result && 'sequence' in result ? result.sequence : [result!]
  const carts = input.sequence ?? [input.cart!]
  if (answers.some((one) => one.afterRecalculation !== undefined)) return { id: input.id, status: 'unstable', why: 'the shop charges another price after it has calculated again' }
  const refused = new Set(answers.flatMap((one) => (one.steps ?? []).flatMap((step) => (step.rejectedByShop ? [step.promotion] : []))))
  const noted = input.promotions.filter(({ code }) => !refused.has(code))
  let used: Used = {}
  const compared = answers.map((answer, i) => {
    const question = medusaQuestion(input, noted, carts[i]!, used, policies)
    if ('notComputable' in question) return question
    const priced = priceBasket(question.offers, policies, question.context)
    if (carts[i]!.place) used = usedAfter(used, priced)
    return compare(input, answer, priced)
  })
  return verdictOn(input.id, compared, TOLERANCE)
}

const usedAfter = (used: Used, priced: PricedBasket): Used => ({ ...used, ...Object.fromEntries(priced.applied.map((id) => [id, { times: (used[id]?.times ?? 0) + 1, spent: 0 }])) })

/** What the engine is asked, for one cart of a record. */
export const medusaQuestion = (input: Input, noted: readonly NotedPromotion[], cart: Cart, used: Used, policies: Policies): Question | Refused => {
  const region: MedusaRegion = { currencyCode: 'eur', taxInclusive: input.pricesIncludeTax }
  const { offers, notComputable } = medusaOffers(noted.map((one) => promotionOf(one, used)), region)
  if (notComputable.length > 0) return refusal(notComputable)
  const context = medusaContext(cartOf(input, cart), input.catalogue.map(variantOf), region, RECORDED_AT)
  // In the recordings codes were entered before delivery was chosen.
  const couponCodes = rememberedCodes(cart.coupons ?? [], offers, policies, { ...context, shipping: [] })
  return { offers, context: { ...context, couponCodes } }
}

const variantOf = ({ sku, price, taxRate, tags = [], collection, category, discountable = true }: Input['catalogue'][number]): MedusaVariant => ({
  id: `sku:${sku}`,
  sku,
  priceMinor: price,
  taxRate,
  product: {
    id: `sku:${sku}`,
    discountable,
    collection_id: collection === undefined ? null : `collection:${collection}`,
    type_id: null,
    tags: tags.map((tag) => ({ id: `tag:${tag}` })),
    categories: category === undefined ? [] : [{ id: `category:${category}` }],
  },
})

const promotionOf = (noted: NotedPromotion, used: Used): MedusaPromotion => {
  const { times } = used[noted.code] ?? { times: 0 }
  return {
    id: noted.code,
    code: noted.code,
    type: noted.type ?? 'standard',
    status: noted.status ?? 'active',
    is_automatic: noted.is_automatic ?? true,
    is_tax_inclusive: noted.is_tax_inclusive ?? false,
    limit: noted.limit ?? null,
    used: times,
    application_method: methodOf(noted.application_method),
    rules: (noted.rules ?? []).map(ruleOf),
    campaign: noted.campaign ? campaignOf(noted.campaign, times) : null,
  }
}

const methodOf = (noted: NotedMethod): MedusaApplicationMethod => ({
  type: noted.type,
  target_type: noted.target_type,
  allocation: noted.allocation ?? null,
  value: noted.value,
  max_quantity: noted.max_quantity ?? null,
  buy_rules_min_quantity: noted.buy_rules_min_quantity ?? null,
  apply_to_quantity: noted.apply_to_quantity ?? null,
  target_rules: (noted.target_rules ?? []).map(ruleOf),
  buy_rules: (noted.buy_rules ?? []).map(ruleOf),
})

const campaignOf = ({ starts_at, ends_at, budget }: NonNullable<NotedPromotion['campaign']>, times: number): MedusaCampaign => ({
  starts_at: starts_at ?? null,
  ends_at: ends_at ?? null,
  budget: budget ? { ...budget, used: budget.type === 'usage' ? times : 0 } : null,
})

const ruleOf = ({ attribute, operator, values }: NotedRule): MedusaRule => ({ attribute, operator, values: values.map((value) => ({ value })) })

const cartOf = (input: Input, cart: Cart): MedusaCart => ({
  lines: cart.lines.map(({ sku, quantity }) => ({ variantId: `sku:${sku}`, quantity })),
  promoCodes: cart.coupons ?? [],
  shipping: input.shipping ? [{ id: 'delivery', name: 'standard', amountMinor: input.shipping.price, taxRate: input.shipping.taxRate ?? DELIVERY_TAX }] : [],
  countryCode: COUNTRY,
  customer: input.customer ? { id: 'customer', groupIds: input.customer.group === undefined ? [] : [`group:${input.customer.group}`] } : null,
})

const compare = (input: Input, answer: Answer, priced: PricedBasket): Compared => {
  const gross = input.pricesIncludeTax
  const { shipping, items } = priced.tax
  const discounts = answer.lines.reduce((sum, line) => sum + (gross ? line.discount.gross : line.discount.net), 0)
  const figures: readonly Figure[] = [
    { what: 'lines', shop: answer.lines.length, ours: priced.lines.length },
    ...answer.lines.flatMap((line, i) => lineFigures(line, priced.lines[i]!, gross)),
    { what: 'discount on articles', shop: discounts, ours: priced.itemsDiscountMinor },
    { what: 'delivery without tax', shop: answer.shipping.net, ours: shipping.netMinor },
    { what: 'delivery with tax', shop: answer.shipping.gross, ours: shipping.grossMinor },
    { what: 'tax', shop: answer.tax, ours: items.taxMinor + shipping.taxMinor },
    { what: 'total before rounding', shop: answer.total, ours: items.grossMinor + shipping.grossMinor },
    { what: 'charged', shop: answer.charged, ours: priced.totalMinor },
    ...figuresOf('delivery discount', sumBy(answer.shipping.adjustments, (one) => one.code, (one) => one.amount), sumBy(priced.shipping.flatMap((one) => one.reductions), (one) => one.offerId, (one) => (gross ? one.amountMinor / (1 + DELIVERY_TAX / 100) : one.amountMinor))),
  ]
  return { figures, trace: priced.trace }
}

const lineFigures = (line: Answer['lines'][number], ours: PricedBasket['lines'][number], gross: boolean): readonly Figure[] => {
  const what = `line ${line.sku}`
  const tax = ours.tax?.minor ?? 0
  const withTax = 1 + line.taxRate / 100
  const listed = ({ amount, isTaxInclusive }: Answer['lines'][number]['adjustments'][number]): number => (isTaxInclusive === gross ? amount : gross ? amount * withTax : amount / withTax)
  return [
    { what: `${what} without tax`, shop: line.line.net, ours: gross ? ours.totalMinor - tax : ours.totalMinor },
    { what: `${what} with tax`, shop: line.line.gross, ours: gross ? ours.totalMinor : ours.totalMinor + tax },
    { what: `${what}, tax`, shop: line.line.tax, ours: tax },
    ...figuresOf(`${what}, discount`, sumBy(line.adjustments, (one) => one.code, listed), sumBy(ours.reductions, (one) => one.offerId, (one) => one.amountMinor)),
  ]
}
