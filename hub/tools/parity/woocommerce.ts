/** Recorded baskets of a shop of this kind: its records are made from the notes, then translated as a connector does. */
import { acceptedCodes, inheritedTaxClass, wooContext } from '#hub/shops/woocommerce/woocommerce-basket.ts'
import { wooOffers } from '#hub/shops/woocommerce/woocommerce-offers.ts'
import type { WooCart, WooCoupon, WooDelivery, WooProduct, WooSettings } from '#hub/shops/woocommerce/woocommerce-records.ts'
import type { Policies } from '#shared/offers/policies.ts'
import { priceBasket } from '#shared/offers/price-basket.ts'
import type { PricedBasket } from '#shared/offers/priced-basket.ts'
import type { OracleCase } from './oracle.ts'
import { figuresOf, refusal, sumBy, verdictOn, type Compared, type Figure, type Question, type Refused, type Verdict } from './verdict.ts'

type NotedCoupon = Partial<Omit<WooCoupon, 'product_ids' | 'excluded_product_ids' | 'product_categories' | 'excluded_product_categories'>> &
  Pick<WooCoupon, 'code' | 'discount_type' | 'amount'> & {
    readonly date_expires?: string
    readonly product_ids?: readonly string[]
    readonly excluded_product_ids?: readonly string[]
    readonly product_categories?: readonly string[]
    readonly excluded_product_categories?: readonly string[]
  }
type Cart = { readonly lines: readonly { readonly sku: string; readonly quantity: number }[]; readonly coupons?: readonly string[]; readonly email?: string; readonly place?: boolean }
type Input = {
  readonly pricesIncludeTax: boolean
  readonly roundAtSubtotal?: boolean
  readonly catalogue: readonly { readonly sku: string; readonly price: number; readonly taxRate: number; readonly categories?: readonly string[]; readonly salePrice?: number; readonly saleFrom?: string; readonly saleTo?: string }[]
  readonly shipping?: { readonly price: number; readonly taxRate?: number; readonly free?: { readonly requires: 'coupon' | 'min_amount' | 'either' | 'both'; readonly minAmount?: number; readonly ignoreDiscounts?: boolean } }
  readonly promotions: readonly NotedCoupon[]
  readonly cart?: Cart
  readonly sequence?: readonly Cart[]
}
type NetTax = { readonly net: number | null; readonly tax: number | null }
type Answer = {
  readonly steps?: readonly { readonly promotion?: string; readonly rejectedByShop?: unknown }[]
  readonly lines: readonly { readonly sku: string; readonly subtotal: { readonly net: number; readonly tax: number }; readonly total: { readonly net: number; readonly tax: number } }[]
  readonly coupons: readonly { readonly code: string; readonly discount: number; readonly discountTax: number }[]
  readonly shipping: NetTax
  readonly taxLines: readonly { readonly rate: string; readonly tax: number }[]
  readonly tax: number
  readonly total: number
}
export type WooCase = OracleCase<Input, Answer>

const RECORDED_AT = '2026-11-21T12:00:00Z'
/** The shop's tax classes in its own order, told by their rates: the standard class first. */
const TAX_CLASSES = ['19', '7', '0'] as const
const NO_COUPON: Omit<WooCoupon, 'id' | 'code' | 'discount_type' | 'amount'> = {
  status: 'publish',
  date_expires_gmt: null,
  usage_count: 0,
  usage_limit: null,
  usage_limit_per_user: null,
  limit_usage_to_x_items: null,
  individual_use: false,
  free_shipping: false,
  product_ids: [],
  excluded_product_ids: [],
  product_categories: [],
  excluded_product_categories: [],
  exclude_sale_items: false,
  minimum_amount: '0.00',
  maximum_amount: '0.00',
  email_restrictions: [],
}

export const judgeWooCommerce = ({ input, result, error, invalid }: WooCase, policies: Policies): Verdict => {
  if (invalid ?? error) return { id: input.id, status: 'unstable', why: invalid ?? error! }
  const answers = result && 'sequence' in result ? result.sequence : [result!]
  const carts = input.sequence ?? [input.cart!]
  const refused = new Set(answers.flatMap((one) => (one.steps ?? []).flatMap((step) => (step.rejectedByShop ? [step.promotion] : []))))
  const kept = { ...input, promotions: input.promotions.filter(({ code }) => !refused.has(code)) }
  const uses = new Map<string, number>()
  const compared = answers.map((answer, i) => {
    const question = wooQuestion(kept, carts[i]!, uses, policies)
    if ('notComputable' in question) return question
    const priced = priceBasket(question.offers, policies, question.context)
    if (carts[i]!.place) for (const id of priced.applied) uses.set(id, (uses.get(id) ?? 0) + 1)
    return compare(kept, answer, priced)
  })
  return verdictOn(input.id, compared)
}

/** What the engine is asked, for one cart of a record. */
export const wooQuestion = (input: Input, cart: Cart, uses: ReadonlyMap<string, number>, policies: Policies): Question | Refused => {
  const settings: WooSettings = {
    currency: 'EUR',
    decimals: 2,
    pricesIncludeTax: input.pricesIncludeTax,
    roundAtSubtotal: input.roundAtSubtotal ?? false,
    cartShowsTax: true,
    taxRates: Object.fromEntries(input.catalogue.map(({ taxRate }) => [String(taxRate), String(taxRate)])),
  }
  const numbers = numbersOf(input)
  const delivery = deliveryOf(input, cart)
  const { offers, notComputable } = wooOffers(input.promotions.map((coupon, i) => couponOf(coupon, i, uses, numbers)), delivery, settings)
  if (notComputable.length > 0) return refusal(notComputable)
  const wooCart: WooCart = { lines: cart.lines.map(({ sku, quantity }) => ({ productId: numbers(sku), quantity })), coupons: cart.coupons ?? [], delivery, email: cart.email ?? null }
  const context = wooContext(wooCart, input.catalogue.map((article) => productOf(article, numbers)), settings, RECORDED_AT)
  const couponCodes = acceptedCodes(wooCart.coupons, offers, policies, context)
  return { offers, context: { ...context, couponCodes } }
}

/** Articles and categories have numbers in the shop and names in the notes. */
const numbersOf = ({ catalogue }: Input): ((name: string) => number) => {
  const names = [...catalogue.map(({ sku }) => sku), ...catalogue.flatMap(({ categories = [] }) => categories)]
  return (name) => (names.includes(name) ? names.indexOf(name) + 1 : names.length + 1)
}

const major = (minor: number): string => `${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, '0')}`

const productOf = ({ sku, price: minor, taxRate, categories = [], salePrice, saleFrom, saleTo }: Input['catalogue'][number], numbers: (name: string) => number): WooProduct => ({
  id: numbers(sku),
  sku,
  regular_price: major(minor),
  sale_price: salePrice === undefined ? '' : major(salePrice),
  date_on_sale_from_gmt: saleFrom ?? null,
  date_on_sale_to_gmt: saleTo ?? null,
  tax_class: String(taxRate),
  categories: categories.map((name) => ({ id: numbers(name) })),
})

const couponOf = ({ date_expires, ...noted }: NotedCoupon, index: number, uses: ReadonlyMap<string, number>, numbers: (name: string) => number): WooCoupon => ({
  ...NO_COUPON,
  ...noted,
  id: index + 1,
  date_expires_gmt: date_expires ?? null,
  usage_count: uses.get(String(index + 1)) ?? 0,
  product_ids: (noted.product_ids ?? []).map(numbers),
  excluded_product_ids: (noted.excluded_product_ids ?? []).map(numbers),
  product_categories: (noted.product_categories ?? []).map(numbers),
  excluded_product_categories: (noted.excluded_product_categories ?? []).map(numbers),
})

const deliveryOf = ({ shipping, catalogue }: Input, cart: Cart): WooDelivery | null => {
  const classes = catalogue.filter(({ sku }) => cart.lines.some((line) => line.sku === sku)).map(({ taxRate }) => String(taxRate))
  return shipping
    ? {
        id: 'flat_rate',
        price: major(shipping.price),
        taxPercent: shipping.taxRate === undefined ? inheritedTaxClass(classes, TAX_CLASSES) : String(shipping.taxRate),
        free: shipping.free ? { requires: shipping.free.requires, minAmount: major(shipping.free.minAmount ?? 0), ignoreDiscounts: shipping.free.ignoreDiscounts ?? false } : null,
      }
    : null
}

const compare = (input: Input, answer: Answer, priced: PricedBasket): Compared => {
  const gross = input.pricesIncludeTax
  const codeOf = (offerId: string): string => input.promotions[Number(offerId) - 1]?.code ?? offerId
  const figures: readonly Figure[] = [
    { what: 'lines', shop: answer.lines.length, ours: priced.lines.length },
    ...answer.lines.flatMap((line, i) => lineFigures(line, priced.lines[i]!, gross)),
    ...figuresOf('discount', sumBy(answer.coupons, (one) => one.code, (one) => one.discount + (gross ? one.discountTax : 0)), sumBy(priced.lines.flatMap((one) => one.reductions), (one) => codeOf(one.offerId), (one) => one.amountMinor)),
    { what: 'delivery without tax', shop: answer.shipping.net ?? 0, ours: priced.shippingMinor },
    { what: 'delivery, tax', shop: answer.shipping.tax ?? 0, ours: Math.round(priced.tax.shipping.taxMinor) },
    { what: 'tax', shop: answer.tax, ours: priced.taxIncludedMinor + priced.taxAddedMinor },
    { what: 'total', shop: answer.total, ours: priced.totalMinor },
    ...(input.roundAtSubtotal ? [] : figuresOf('tax at', sumBy(answer.taxLines, (one) => one.rate, (one) => one.tax), sumBy(priced.tax.rates, (one) => `${one.percent}%`, (one) => one.taxMinor))),
  ]
  return { figures, trace: priced.trace }
}

/** Where tax is rounded at the subtotal, the shop still shows each line in whole cents. */
const lineFigures = (line: Answer['lines'][number], ours: PricedBasket['lines'][number], gross: boolean): readonly Figure[] => {
  const tax = ours.tax?.minor ?? 0
  return [
    { what: `line ${line.sku} before`, shop: gross ? line.subtotal.net + line.subtotal.tax : line.subtotal.net, ours: ours.baseMinor },
    { what: `line ${line.sku} without tax`, shop: line.total.net, ours: gross ? Math.round(ours.totalMinor - tax) : ours.totalMinor },
    { what: `line ${line.sku}, tax`, shop: line.total.tax, ours: Math.round(tax) },
  ]
}
