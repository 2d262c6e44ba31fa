/** Builds the basket that should make given offers apply: their articles, their thresholds, their codes, a customer and a moment that suit them. */
import type { Product } from '../../catalogue/product.ts'
import { localTime, millis, type Millis } from '../../kernel/time.ts'
import type { Condition, Effect, Filter, Offer, Value } from '../../offers/offer.ts'
import type { PricingCustomer } from '../../offers/pricing-context.ts'
import { MAX_CODES, MAX_LINES, MAX_QUANTITY, type Basket } from '../basket.ts'
import type { Channel } from '../quote.ts'
import { conjuncts } from './contradictions.ts'
import { firstMoment, hoursOf, windowOf } from './open-hours.ts'
import type { ReviewedShop } from './reviewed-shop.ts'
import { whyImpossible } from './impossible-conditions.ts'

/** A basket with everything else its price depends on. */
export type Witness = { readonly basket: Basket; readonly channel: Channel; readonly at: Millis; readonly customer: PricingCustomer }

/** How a basket is to be built. */
export type Wish = {
  /** Taken wherever a selection allows it; else the cheapest article. */
  readonly focus?: Product
  readonly dearest?: boolean
  /** Amounts to reach are multiplied by this, in percent: offers that came before may have lowered the subtotal. */
  readonly stretchPercent?: number
  /** Up to the highest tier. */
  readonly climb?: boolean
  readonly after?: Millis
}

/** The basket; null where no moment, channel or article suits all of them, or it would not fit into a basket. */
export const witnessFor = (offers: readonly Offer[], shop: ReviewedShop, wish: Wish = {}): Witness | null => {
  const channel = sharedChannel(offers)
  const conditions = offers.flatMap((offer) => demandsOf(offer.when, shop))
  const at = momentFor(offers, conditions, shop, wish.after)
  if (channel === null || at === null) return null
  const lines = fillBasket(offers, conditions, shop, wish)
  const codes = [...new Set(offers.flatMap(({ trigger }) => (trigger?.type === 'code' ? trigger.codes.slice(0, 1) : [])))]
  if (lines === null || lines.size === 0 || lines.size > MAX_LINES || codes.length > MAX_CODES) return null
  const basket = { lines: [...lines].map(([product, quantity]) => ({ sku: product.sku, quantity })), codes, delivery: deliveryFor(offers, conditions) }
  return { basket, channel, at, customer: customerFor(conditions, at, shop) }
}

/** Leaves that must hold; of alternatives the first that can. What is negated is left to luck. */
const demandsOf = (when: Condition | undefined, shop: ReviewedShop): readonly Condition[] =>
  conjuncts(when).flatMap((one) => {
    if (one.type !== 'any') return one.type === 'not' ? [] : [one]
    const possible = one.of.find((choice) => whyImpossible(choice, shop) === null)
    return possible ? demandsOf(possible, shop) : []
  })

const sharedChannel = (offers: readonly Offer[]): Channel | null => (['store', 'web'] as const).find((channel) => offers.every((offer) => offer.channels?.includes(channel) ?? true)) ?? null

const momentFor = (offers: readonly Offer[], conditions: readonly Condition[], { now, assortment }: ReviewedShop, after: Millis = now): Millis | null => {
  const windows = offers.map(windowOf)
  const window = { from: Math.max(0, ...windows.map(({ from }) => from)), until: Math.min(...windows.map(({ until }) => until)) }
  // Hand-offs carry whole seconds, and so do prices.
  const whole = { from: Math.ceil(window.from / 1000) * 1000, until: Math.floor(window.until / 1000) * 1000 }
  return firstMoment(hoursOf(conditions), whole, millis(Math.ceil(after / 1000) * 1000), assortment.store.timeZone)
}

const deliveryFor = (offers: readonly Offer[], conditions: readonly Condition[]): Basket['delivery'] => {
  const wanted = conditions.flatMap((one) => (one.type === 'shippingMethod' ? one.in : []))
  if (wanted.length > 0) return wanted.includes('pickup') ? 'pickup' : 'home'
  const shipped = offers.flatMap(({ effects }) => effects.filter((effect) => effect.type === 'shippingDiscount'))
  return shipped.some(({ methods }) => methods?.includes('home') ?? true) ? 'home' : 'pickup'
}

const customerFor = (conditions: readonly Condition[], at: Millis, { assortment }: ReviewedShop): PricingCustomer => {
  const lists = (type: 'customerGroup' | 'customerTag'): readonly string[] => conditions.flatMap((one) => (one.type === type ? one.in.slice(0, 1) : []))
  const order = conditions.find((one) => one.type === 'nthOrder')
  return {
    groups: lists('customerGroup'),
    tags: lists('customerTag'),
    ordersPlaced: order ? order.n - 1 : 0,
    ...(conditions.some((one) => one.type === 'birthday') && { birthday: localTime(at, assortment.store.timeZone).day.slice(5) }),
  }
}

/** Pieces by article while a basket is filled. */
type Lines = Map<Product, number>

const fillBasket = (offers: readonly Offer[], conditions: readonly Condition[], shop: ReviewedShop, wish: Wish): Lines | null => {
  const lines: Lines = new Map()
  const only = conditions.flatMap((one) => (one.type === 'allLines' ? [one.select] : []))
  const pick = (filter: Filter | undefined): Product | null => pickArticle(filter, only, lines, shop, wish)
  for (const effect of offers.flatMap((offer) => offer.effects)) for (const need of needsOf(effect, wish)) if (!meet(need, lines, pick, shop)) return null
  for (const condition of conditions) for (const need of needsOfCondition(condition, wish)) if (!meet(need, lines, pick, shop)) return null
  if (lines.size === 0 && !meet({ select: undefined, pieces: 1, minor: 0, extra: false }, lines, pick, shop)) return null
  return [...lines.values()].some((pieces) => pieces > MAX_QUANTITY) ? null : lines
}

/** `only`: selections that every line must fit. */
const pickArticle = (filter: Filter | undefined, only: readonly Filter[], lines: Lines, { articles }: ReviewedShop, { focus, dearest }: Wish): Product | null => {
  const fits = (product: Product): boolean => articles.matches(product, filter) && only.every((select) => articles.matches(product, select))
  if (focus && fits(focus)) return focus
  const chosen = [...lines.keys()].find(fits)
  if (chosen) return chosen
  const selection = articles.select(filter)
  if (only.length === 0) return (dearest ? selection.dearest : selection.examples[0]) ?? null
  const examples = [...selection.examples, ...articles.select(only[0]).examples].filter(fits)
  return (dearest ? examples.at(-1) : examples[0]) ?? null
}

/** Pieces of a selection that must be there; `extra`: on top of what others asked for. */
type Need = { readonly select: Filter | undefined; readonly pieces: number; readonly minor: number; readonly extra: boolean; readonly exact?: boolean }

/** False where no article fits. Full lines spill over to the next article that fits. */
const meet = (need: Need, lines: Lines, pick: (filter: Filter | undefined) => Product | null, { articles }: ReviewedShop): boolean => {
  const product = pick(need.select)
  if (!product) return false
  const there = [...lines].filter(([one]) => articles.matches(one, need.select))
  const pieces = need.extra ? 0 : there.reduce((sum, [, quantity]) => sum + quantity, 0)
  const worth = need.extra ? 0 : there.reduce((sum, [one, quantity]) => sum + one.priceCents * quantity, 0)
  let lacking = Math.max(need.pieces - pieces, Math.ceil((need.minor - worth) / product.priceCents))
  for (const one of [product, ...articles.select(need.select).examples.toReversed()]) {
    if (lacking <= 0) break
    const room = MAX_QUANTITY - (lines.get(one) ?? 0)
    const added = Math.min(room, one === product ? lacking : Math.ceil((lacking * product.priceCents) / one.priceCents))
    if (added > 0) lines.set(one, (lines.get(one) ?? 0) + added)
    lacking -= one === product ? added : Math.ceil((added * one.priceCents) / product.priceCents)
  }
  return lacking <= 0
}

const needOf = (select: Filter | undefined, pieces: number, minor = 0, extra = false): Need => ({ select, pieces, minor, extra })

const needsOf = (effect: Effect, wish: Wish): readonly Need[] => {
  switch (effect.type) {
    case 'gift':
    case 'shippingDiscount':
      return []
    case 'quantityGroups':
      return [needOf(effect.select, effect.groupSize)]
    case 'buyGet': {
      const { buy, get } = effect
      return [needOf(buy.select, buy.quantity, buy.spendMinor ?? 0, true), needOf(get.select, get.quantity, 0, true)]
    }
    case 'set':
      return effect.groups.map(({ select, count, amountMinor }) => needOf(select, count, amountMinor ?? 0, true))
    default:
      return [needOf(effect.select, 1), ...(wish.climb ? tierNeeds(effect.value, effect.select) : [])]
  }
}

const tierNeeds = (value: Value, select: Filter | undefined): readonly Need[] => {
  if (!('tiers' in value)) return []
  const top = Math.max(0, ...value.tiers.map(({ from }) => from))
  return [value.tiersBy === 'selectedQuantity' ? needOf(select, Math.ceil(top)) : needOf(value.tiersBy === 'lineAmount' ? select : undefined, 0, top)]
}

const needsOfCondition = (condition: Condition, { stretchPercent = 100 }: Wish): readonly Need[] => {
  switch (condition.type) {
    case 'subtotal':
    case 'grandTotal': {
      const { op = 'gte', select, amountMinor, basis } = condition
      if (op === 'lte' || op === 'lt') return []
      const stretched = basis === 'initial' ? amountMinor : Math.ceil((amountMinor * stretchPercent) / 100)
      return [needOf(select, 0, op === 'gt' ? stretched + 1 : stretched)]
    }
    case 'quantity':
    case 'lineQuantity': {
      const { op = 'gte', select, value } = condition
      return op === 'lte' || op === 'lt' ? [] : [needOf(select, op === 'gt' ? value + 1 : value)]
    }
    case 'contains':
      return [needOf(condition.select, 1)]
    default:
      return []
  }
}
