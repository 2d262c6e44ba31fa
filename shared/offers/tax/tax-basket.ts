/** The tax of a priced basket: one function per tax policy. */
import { add, isZero, negate, round, subtract, sumOf, toNumber, type Rational, type RoundingMode } from '../../kernel/rational.ts'
import { spreadEvenly } from '../distribution/spread-evenly.ts'
import type { Policies } from '../policies.ts'
import type { NetAndGross, TaxSummary } from '../priced-basket.ts'
import type { LineState, PricingState } from '../pricing-state.ts'
import { taxPerRate } from './tax-basis.ts'
import { taxOf } from './tax-of.ts'
import { once } from '../once.ts'
import { DEFAULT_TAX_CATEGORY, taxRateOf, type TaxRate } from './tax-rate.ts'

/** Tax of one line. Units  minor units. */
export type LineTax = { readonly percent: string; readonly included: boolean; readonly minor: number }
/** Tax of a whole basket: contained in prices, and coming on top. */
export type BasketTax = {
  readonly included: Rational
  readonly added: Rational
  readonly lines: readonly (LineTax | null)[]
  /** What is to be paid, where rounding the taxes together makes it another sum than that of the lines. */
  readonly total: Rational | null
  /** Made when first asked for. */
  readonly summary: () => TaxSummary
}

/** One taxed amount: a line, a shipping charge, or (negative) a reduction that is its own line. */
type Part = { readonly kind: 'item' | 'shipping' | 'discount'; readonly category: string; readonly rate: TaxRate | null; readonly amount: Rational; readonly tax: Rational }
type Method = NonNullable<Policies['tax']>
/** Tax of a line or charge; `units` are the prices of its single pieces. */
type TaxRule = (amount: Rational, rate: TaxRate, units: () => readonly Rational[]) => Rational

const halfUp: TaxRule = (amount, rate) => round(taxOf(amount, rate), 'halfUp')
/** Net is rounded, tax is the difference: half a cent of included tax goes to the net price. */
const netRounded: TaxRule = (amount, rate) => (rate.included ? subtract(amount, round(subtract(amount, taxOf(amount, rate)), 'halfUp')) : halfUp(amount, rate, () => []))
const RULES: { readonly [method in Method]: TaxRule } = {
  perLine: halfUp,
  'sylius-lines': halfUp,
  shopware: halfUp,
  'sylius-units': (_, rate, units) => sumOf(units().map((unit) => round(taxOf(unit, rate), 'halfUp'))),
  'sylius-units-decimal': (_, rate, units) => round(sumOf(units().map((unit) => taxOf(unit, rate))), 'halfUp'),
  vendure: netRounded,
  perRate: netRounded,
  exact: taxOf,
  woo: halfUp, // In a basket: as `halfFor` says.
  wooSubtotal: taxOf,
}

/** Taxes every line and shipping charge, and reductions that stand on a line of their own. */
export const taxBasket = (state: PricingState): BasketTax => {
  const { tax } = state.context
  if (!tax) return { included: 0, added: 0, lines: [], total: null, summary: once(() => summarise(partsOf(state, halfUp))) }
  const method = (tax.calc ?? state.policies.tax ?? 'perLine') as Method
  const atSubtotal = method === 'wooSubtotal' || (method === 'woo' && tax.roundAtSubtotal === true)
  const rule: TaxRule = atSubtotal ? taxOf : method === 'woo' ? (amount, rate) => round(taxOf(amount, rate), halfFor(state)) : (RULES[method] ?? halfUp)
  const parts = partsOf(state, rule)
  const sums = atSubtotal ? roundedOnce(parts, state) : method === 'perRate' ? taxedPerRate(parts, state) : plainSums(parts)
  return { ...sums, lines: parts.slice(0, state.lines.length).map(lineTax), summary: once(() => summarise(parts)) }
}

type Sums = Pick<BasketTax, 'included' | 'added' | 'total'>

const taxWhere = (parts: readonly Part[], included: boolean): Rational => sumOf(parts.filter((part) => part.rate?.included === included).map((part) => part.tax))

const plainSums = (parts: readonly Part[]): Sums => ({ included: taxWhere(parts, true), added: taxWhere(parts, false), total: null })

/** Exact taxes of all articles rounded once, and those of all charges. */
const roundedOnce = (parts: readonly Part[], state: PricingState): Sums => {
  const sums = [parts.filter((part) => part.kind !== 'shipping'), parts.filter((part) => part.kind === 'shipping')].map((some) => {
    const added = round(taxWhere(some, false), halfFor(state))
    return { added, all: round(sumOf(some.map((part) => part.tax)), halfFor(state)) }
  })
  const added = sumOf(sums.map((one) => one.added))
  return { included: subtract(sumOf(sums.map((one) => one.all)), added), added, total: null }
}

/** Nets rounded per line, their tax once per rate; articles and delivery each on their own. */
const taxedPerRate = (parts: readonly Part[], state: PricingState): Sums => {
  const net = (part: Part): Rational => (part.rate?.included ? subtract(part.amount, part.tax) : part.amount)
  const told = (some: readonly Part[]): Rational => sumOf(taxPerRate(some.map((part) => ({ category: part.category, net: net(part) })), state).map((one) => one.tax))
  const tax = add(told(parts.filter((part) => part.kind !== 'shipping')), told(parts.filter((part) => part.kind === 'shipping')))
  const { pricesIncludeTax } = state.context.tax!
  return { included: pricesIncludeTax ? tax : 0, added: pricesIncludeTax ? 0 : tax, total: pricesIncludeTax ? add(sumOf(parts.map(net)), tax) : null }
}

/** Lines, then shipping charges, then reductions on lines of their own. */
const partsOf = (state: PricingState, rule: TaxRule): readonly Part[] => [
  ...state.lines.map((line) => partOf('item', line.line.taxCategory, line.rest, rule, () => unitPrices(line), state)),
  ...state.shipping.map((one) => partOf('shipping', one.shipping.taxCategory, one.rest, rule, () => [one.rest], state)),
  ...state.basket.flatMap((entry) => discountParts(entry.shares, state)),
]

/** Half a cent of tax goes to the shopper where prices contain tax. */
const halfFor = ({ context }: PricingState): RoundingMode => (context.tax!.pricesIncludeTax ? 'halfDown' : 'halfUp')

const partOf = (kind: Part['kind'], category: string | undefined, amount: Rational, rule: TaxRule, units: () => readonly Rational[], state: PricingState): Part => {
  const rate = taxRateOf(category, state.context)
  return { kind, category: category ?? DEFAULT_TAX_CATEGORY, rate, amount, tax: rate ? rule(amount, rate, units) : 0 }
}

/** A reduction that is its own line bears tax in the proportion of the articles it concerns. */
const discountParts = (shares: readonly { readonly line: LineState; readonly amount: Rational }[], state: PricingState): readonly Part[] => {
  const byCategory = new Map<string, Rational>()
  for (const { line, amount } of shares) {
    const category = line.line.taxCategory ?? DEFAULT_TAX_CATEGORY
    byCategory.set(category, add(byCategory.get(category) ?? 0, amount))
  }
  return [...byCategory].map(([category, amount]) => partOf('discount', category, negate(amount), halfUp, () => [], state))
}

const unitPrices = (line: LineState): readonly Rational[] =>
  line.units ? line.units.map((taken) => subtract(line.unit, taken)) : spreadEvenly(line.rest, line.line.quantity)

const perCategory = (parts: readonly Part[]): readonly (readonly [string, readonly Part[]])[] => {
  const groups = new Map<string, Part[]>()
  for (const part of parts) {
    const group = groups.get(part.category)
    if (group) group.push(part)
    else groups.set(part.category, [part])
  }
  return [...groups]
}

const lineTax = (part: Part): LineTax | null =>
  part.rate ? { percent: String(toNumber(part.rate.percent)), included: part.rate.included, minor: toNumber(part.tax) } : null

const summarise = (parts: readonly Part[]): TaxSummary => {
  const taxed = parts.filter((part) => part.rate)
  const discounts = taxed.filter((part) => part.kind === 'discount' && !isZero(part.amount))
  return {
    items: netAndGross(parts.filter((part) => part.kind !== 'shipping')),
    shipping: netAndGross(parts.filter((part) => part.kind === 'shipping')),
    rates: perCategory(taxed).map(([category, group]) => Object.assign(netAndGross(group), { category, percent: String(toNumber(group[0]!.rate!.percent)) })),
    discounts: perCategory(discounts).map(([category, group]) => Object.assign(netAndGross(group), { category })),
  }
}

const netAndGross = (parts: readonly Part[]): NetAndGross => {
  const net = sumOf(parts.map((part) => (part.rate?.included ? subtract(part.amount, part.tax) : part.amount)))
  const tax = sumOf(parts.map((part) => part.tax))
  return { netMinor: toNumber(net), taxMinor: toNumber(tax), grossMinor: toNumber(add(net, tax)) }
}
