/** Recorded baskets of a shop of this kind: its records are made from the notes, then translated as a connector does. */
import { vendureContext } from '#hub/shops/vendure/vendure-basket.ts'
import { vendureOffers } from '#hub/shops/vendure/vendure-offers.ts'
import type { VendureCart, VendureOperation, VendurePromotion, VendureUsage, VendureVariant } from '#hub/shops/vendure/vendure-records.ts'
import type { Policies } from '#shared/offers/policies.ts'
import { priceBasket } from '#shared/offers/price-basket.ts'
import type { PricedBasket } from '#shared/offers/priced-basket.ts'
import type { OracleCase } from './oracle.ts'
import { figuresOf, refusal, sumBy, verdictOn, type Compared, type Figure, type Question, type Refused, type Verdict } from './verdict.ts'

type NetGross = { readonly net: number; readonly gross: number }
type Operation = { readonly code: string; readonly args?: { readonly [name: string]: unknown } }
type Cart = { readonly lines: readonly { readonly sku: string; readonly quantity: number }[]; readonly coupons?: readonly string[]; readonly place?: boolean }
type Input = {
  readonly pricesIncludeTax: boolean
  readonly catalogue: readonly { readonly sku: string; readonly price: number; readonly taxRate: number; readonly facets?: readonly string[] }[]
  readonly shipping?: { readonly price: number; readonly taxRate?: number }
  readonly customer?: { readonly group?: string }
  readonly promotions: readonly (Partial<Omit<VendurePromotion, 'conditions' | 'actions'>> & { readonly name: string; readonly conditions?: readonly Operation[]; readonly actions: readonly Operation[] })[]
  readonly cart?: Cart
  readonly sequence?: readonly Cart[]
}
type Adjustment = NetGross & { readonly promotion: string }
type Answer = {
  readonly lines: readonly { readonly sku: string; readonly taxRate: number; readonly line: NetGross; readonly proratedLine: NetGross; readonly discounts: readonly Adjustment[] }[]
  readonly orderDiscounts: readonly Adjustment[]
  readonly shipping: NetGross
  readonly subTotal: NetGross
  readonly total: NetGross
  readonly taxSummary: readonly { readonly rate: number; readonly base: number; readonly tax: number }[]
  readonly afterRecalculation?: unknown
}
export type VendureCase = OracleCase<Input, Answer>

/** The instant of the recording does not matter: windows lie far before and after it. */
const RECORDED_AT = '2026-11-21T12:00:00Z'
const TWO_PRICES = 'the shop charges another price after it has calculated again'

export const judgeVendure = ({ input, result, error, invalid }: VendureCase, policies: Policies): Verdict => {
  if (invalid ?? error) return { id: input.id, status: 'unstable', why: invalid ?? error! }
  const answers = result && 'sequence' in result ? result.sequence : [result!]
  const carts = input.sequence ?? [input.cart!]
  if (answers.some((one) => one.afterRecalculation !== undefined)) return { id: input.id, status: 'unstable', why: TWO_PRICES }
  const usage: { [id: string]: { total: number; byCustomer: number } } = {}
  const compared = answers.map((answer, i) => {
    const question = vendureQuestion(input, carts[i]!, usage)
    if ('notComputable' in question) return question
    const priced = priceBasket(question.offers, policies, question.context)
    if (carts[i]!.place) for (const id of priced.applied) usage[id] = { total: (usage[id]?.total ?? 0) + 1, byCustomer: (usage[id]?.byCustomer ?? 0) + 1 }
    return compare(input, answer, priced)
  })
  return verdictOn(input.id, compared)
}

/** What the engine is asked, for one cart of a record. */
export const vendureQuestion = (input: Input, cart: Cart, usage: VendureUsage): Question | Refused => {
  const variants = input.catalogue.map((article) => variantOf(article, input.pricesIncludeTax))
  const { offers, notComputable } = vendureOffers(input.promotions.map(promotionOf), variants, usage)
  if (notComputable.length > 0) return refusal(notComputable)
  return { offers, context: vendureContext(cartOf(input, cart), variants, { pricesIncludeTax: input.pricesIncludeTax, defaultCurrencyCode: 'EUR' }, RECORDED_AT) }
}

const rounded = (amount: number): number => Math.round(amount)

const variantOf = ({ sku, price, taxRate, facets = [] }: Input['catalogue'][number], gross: boolean): VendureVariant => ({
  id: idOf(`sku:${sku}`),
  sku,
  price: gross ? rounded(price / (1 + taxRate / 100)) : price,
  priceWithTax: gross ? price : rounded(price * (1 + taxRate / 100)),
  taxRateApplied: { value: taxRate },
  facetValues: facets.map((facet) => ({ id: idOf(`facet:${facet}`) })),
  product: { id: idOf(`sku:${sku}`), facetValues: [] },
})

/** In the notes ids are symbols such as `sku:A`; in the shop they are whatever they are. */
const idOf = (symbol: string): string => `id-of-${symbol}`

/** Without condition and code the shop refuses a promotion; those got one that always holds. */
const ALWAYS: Operation = { code: 'minimum_order_amount', args: { amount: 0, taxInclusive: true } }

const promotionOf = (noted: Input['promotions'][number], index: number): VendurePromotion => {
  const conditions = noted.conditions ?? []
  return {
    id: String(index + 1),
    name: noted.name,
    enabled: noted.enabled ?? true,
    couponCode: noted.couponCode ?? null,
    startsAt: noted.startsAt ?? null,
    endsAt: noted.endsAt ?? null,
    usageLimit: noted.usageLimit ?? null,
    perCustomerUsageLimit: noted.perCustomerUsageLimit ?? null,
    conditions: (conditions.length === 0 && !noted.couponCode ? [ALWAYS] : conditions).map(operationOf),
    actions: noted.actions.map(operationOf),
  }
}

const operationOf = ({ code, args = {} }: Operation): VendureOperation => ({ code, args: Object.entries(args).map(([name, value]) => ({ name, value: argOf(value) })) })

const argOf = (value: unknown): string => {
  if (Array.isArray(value)) return JSON.stringify(value.map((symbol) => idOf(String(symbol))))
  return typeof value === 'string' && value.includes(':') ? idOf(value) : String(value)
}

const cartOf = (input: Input, cart: Cart): VendureCart => ({
  lines: cart.lines.map(({ sku, quantity }) => ({ variantId: idOf(`sku:${sku}`), quantity })),
  couponCodes: cart.coupons ?? [],
  shipping: input.shipping ? [{ id: 'delivery', code: 'standard', price: input.shipping.price, taxRate: input.shipping.taxRate ?? 0 }] : [],
  customer: input.customer ? { id: 'customer', groupIds: input.customer.group ? [idOf(`group:${input.customer.group}`)] : [] } : null,
})

const compare = (input: Input, answer: Answer, priced: PricedBasket): Compared => {
  const gross = input.pricesIncludeTax
  const basis = gross ? 'gross' : 'net'
  const nameOf = (offerId: string): string => input.promotions[Number(offerId) - 1]!.name
  const reductions = [...priced.lines, ...priced.shipping].flatMap((one) => one.reductions)
  const figures: readonly Figure[] = [
    { what: 'lines', shop: answer.lines.length, ours: priced.lines.length },
    ...answer.lines.flatMap((line, i) => lineFigures(line, priced.lines[i]!, basis, nameOf)),
    ...figuresOf('discount', sumBy(answer.orderDiscounts, (one) => one.promotion, (one) => -one[basis]), sumBy(reductions, (one) => nameOf(one.offerId), (one) => one.amountMinor)),
    { what: 'items without tax', shop: answer.subTotal.net, ours: priced.tax.items.netMinor },
    { what: 'delivery without tax', shop: answer.shipping.net, ours: priced.tax.shipping.netMinor },
    { what: 'delivery with tax', shop: answer.shipping.gross, ours: priced.tax.shipping.grossMinor },
    { what: 'items with tax', shop: answer.subTotal.gross, ours: priced.totalMinor - priced.tax.shipping.grossMinor },
    { what: 'total without tax', shop: answer.total.net, ours: priced.totalMinor - priced.taxIncludedMinor - priced.taxAddedMinor },
    { what: 'total', shop: answer.total.gross, ours: priced.totalMinor },
    { what: 'tax', shop: answer.taxSummary.reduce((sum, one) => sum + one.tax, 0), ours: priced.taxIncludedMinor + priced.taxAddedMinor },
    ...figuresOf('net at', sumBy(answer.taxSummary, (one) => `${one.rate} %`, (one) => one.base), sumBy(priced.tax.rates, (one) => `${one.percent} %`, (one) => one.netMinor)),
  ]
  return { figures, trace: priced.trace }
}

const lineFigures = (line: Answer['lines'][number], ours: PricedBasket['lines'][number], basis: 'net' | 'gross', nameOf: (offerId: string) => string): readonly Figure[] => {
  const what = `line ${line.sku}`
  const tax = ours.tax?.minor ?? 0
  return [
    { what: `${what} before`, shop: line.line[basis], ours: ours.baseMinor },
    { what: `${what} without tax`, shop: line.proratedLine.net, ours: basis === 'net' ? ours.totalMinor : ours.totalMinor - tax },
    { what: `${what} with tax`, shop: line.proratedLine.gross, ours: basis === 'net' ? ours.totalMinor + tax : ours.totalMinor },
    ...figuresOf(`${what}, discount`, sumBy(line.discounts, (one) => one.promotion, (one) => -one[basis]), sumBy(ours.reductions, (one) => nameOf(one.offerId), (one) => one.amountMinor)),
  ]
}
