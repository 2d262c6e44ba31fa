/** Discounts of a promotion as effects. Pure: what comes out takes the shop's cents off, or it says why nobody can tell. */
import { minorOf, percentOf } from '#hub/ports/web-shop/decimal.ts'
import type { Effect, Filter, SimpleValue } from '#shared/offers/offer.ts'
import type { DiscountRecord, PromotionRecord } from './shopware-replies.ts'
import { isWhy, selectOfRules, type RuledArticle, type RuleNode, type RuleWorld, type Why } from './shopware-rules.ts'

export type DiscountWorld = RuleWorld & { readonly rules: ReadonlyMap<string, RuleNode> }

type SetEffect = Extract<Effect, { type: 'set' }>
type Group = SetEffect['groups'][number]

export const effectOf = (discount: DiscountRecord, promotion: PromotionRecord, world: DiscountWorld): Effect | Why => {
  const value = valueOf(discount, world)
  if (isWhy(value)) return value
  const cap = capOf(discount, world)
  if (isWhy(cap)) return cap
  if (discount.scope === 'cart') return cartEffect(discount, value, cap, world)
  if (discount.scope === 'delivery') return deliveryEffect(discount, value, cap)
  const setgroup = /^setgroup(?:-(.+))?$/.exec(discount.scope)
  if (discount.scope !== 'set' && !setgroup) return { why: `discount scope "${discount.scope}" is not one of the shop's own` }
  return setEffect(discount, promotion, { value, cap, group: setgroup?.[1] ?? null }, world)
}

/** Rules that are not among those of the shop any more hold for nobody. */
export const rulesNamed = (ids: readonly { readonly id: string }[], { rules }: DiscountWorld): readonly RuleNode[] | Why => {
  const found = ids.map(({ id }) => rules.get(id))
  return found.every((rule) => rule !== undefined) ? found : { why: 'one of its rules cannot be read' }
}

/** Amounts of the sales channel's currency go before the general one. */
const inCurrency = ({ promotionDiscountPrices }: DiscountRecord, { currency }: RuleWorld): number | null => promotionDiscountPrices.find(({ currencyId }) => currencyId === currency)?.price ?? null

const valueOf = (discount: DiscountRecord, world: RuleWorld): SimpleValue | Why => {
  const { type, value } = discount
  if (type === 'percentage') {
    const percent = percentOf(Math.abs(value))
    return percent === null ? { why: `${value} is no percentage` } : { percent }
  }
  const amount = inCurrency(discount, world) ?? value
  const minor = minorOf(Math.abs(amount))
  if (minor === null) return { why: `${amount} has parts of a cent` }
  if (type === 'absolute') return { amountMinor: minor }
  if (type === 'fixed') return { priceMinor: minor }
  return type === 'fixed_unit' ? { unitPriceMinor: minor } : { why: `discount type "${type}" is not one of the shop's own` }
}

type Cap = { readonly capMinor?: number }

const capOf = (discount: DiscountRecord, world: RuleWorld): Cap | Why => {
  if (discount.type !== 'percentage' || discount.maxValue === null) return {}
  const most = inCurrency(discount, world) ?? discount.maxValue
  const capMinor = minorOf(Math.abs(most))
  return capMinor === null ? { why: `${most} has parts of a cent` } : { capMinor }
}

/** Only where all three are set does the shop pick single pieces. */
const picks = ({ considerAdvancedRules, sorterKey, applierKey, usageKey }: DiscountRecord): boolean => considerAdvancedRules && Boolean(sorterKey) && Boolean(applierKey) && Boolean(usageKey) && !(applierKey === 'ALL' && usageKey === 'ALL')

const cartEffect = (discount: DiscountRecord, value: SimpleValue, cap: Cap, world: DiscountWorld): Effect | Why => {
  const select = narrowedTo(discount, world)
  if (select && isWhy(select)) return select
  const narrowed = select ? { select } : {}
  if (picks(discount)) return pickedEffect(discount, value, cap, narrowed)
  if ('unitPriceMinor' in value) return { type: 'orderDiscount', value, ...narrowed }
  const fault = atLeast(value, select ?? undefined, 1, world, 'priceMinor' in value || select !== null)
  return fault ?? { type: 'orderDiscount', value, ...narrowed, ...cap }
}

/** The cheapest pieces of the cart, where they are the first in the row. */
const pickedEffect = ({ sorterKey, applierKey, usageKey, pickerKey }: DiscountRecord, value: SimpleValue, cap: Cap, narrowed: { readonly select?: Filter }): Effect | Why =>
  'percent' in value && sorterKey === 'PRICE_ASC' && applierKey === '1' && (usageKey === 'ALL' || usageKey === '1') && pickerKey !== 'HORIZONTAL'
    ? { type: 'orderDiscount', value, ...narrowed, ...cap, maxUnits: { count: 1, per: 'order', pick: 'cheapest' } }
    : { why: 'it picks single pieces of the whole cart' }

const narrowedTo = ({ considerAdvancedRules, discountRules }: DiscountRecord, world: DiscountWorld): Filter | Why | null => {
  if (!considerAdvancedRules) return null
  const rules = rulesNamed(discountRules, world)
  return isWhy(rules) ? rules : selectOfRules(rules, world)
}

/** The shop takes the whole amount off even where its articles cost less; it is only exact where they never do. */
const atLeast = (value: SimpleValue, select: Filter | undefined, pieces: number, { articles }: RuleWorld, matters: boolean): Why | null => {
  const minor = 'amountMinor' in value ? value.amountMinor : 'priceMinor' in value ? value.priceMinor : null
  if (minor === null || !matters) return null
  const least = Math.min(...articles.filter((article) => isIn(article, select)).map(({ priceMinor }) => priceMinor))
  return least * pieces >= minor ? null : { why: 'its amount may be more than the articles that it is for cost, and the shop takes it off all the same' }
}

const isIn = ({ sku, categories }: RuledArticle, select: Filter | undefined): boolean => !select || (select.skus?.includes(sku) ?? true) && (select.taxons?.some((taxon) => categories.includes(taxon)) ?? true)

const deliveryEffect = (discount: DiscountRecord, value: SimpleValue, cap: Cap): Effect | Why => {
  if (discount.considerAdvancedRules && discount.discountRules.length > 0) return { why: 'its delivery is narrowed by a rule' }
  if ('unitPriceMinor' in value) return { type: 'shippingDiscount', value: { priceMinor: value.unitPriceMinor } }
  return 'priceMinor' in value ? { why: 'discount type "fixed" is none for deliveries' } : { type: 'shippingDiscount', value, ...cap }
}

type SetTerms = { readonly value: SimpleValue; readonly cap: Cap; readonly group: string | null }

const setEffect = (discount: DiscountRecord, promotion: PromotionRecord, { value, cap, group }: SetTerms, world: DiscountWorld): Effect | Why => {
  const groups = groupsOf(promotion, world)
  if (isWhy(groups)) return groups
  if (groups.length === 0) return { why: 'it is for sets, and none is named' }
  const at = group === null ? null : promotion.setgroups.findIndex(({ id }) => id === group)
  if (at === -1) return { why: 'the set that it is for is not there' }
  if (at === null && discount.considerAdvancedRules && discount.discountRules.length > 0) return { why: 'a rule picks articles out of its sets' }
  const pick = pickOf(discount)
  if (pick && isWhy(pick)) return pick
  const meant = at === null ? groups : [groups[at]!]
  const fault = meant.map((one) => atLeast(value, one.select, pick ? 1 : one.count, world, true)).find((one) => one !== null)
  return fault ?? { type: 'set', groups, ...(at === null ? {} : { group: at }), value, ...cap, ...(pick && { pick }) }
}

const COUNT = 'COUNT'
const WORTH = 'PRICE_UNIT_GROSS'
const SORTERS: { readonly [key: string]: Group['sort'] } = { PRICE_ASC: 'priceAsc', PRICE_DESC: 'priceDesc' }

/** In the order of the shop; a piece belongs to one of them only. */
export const groupsOf = ({ setgroups }: PromotionRecord, world: DiscountWorld): readonly Group[] | Why => {
  const groups = setgroups.map((one): Group | Why => {
    const sort = Object.hasOwn(SORTERS, one.sorterKey) ? SORTERS[one.sorterKey]! : null
    const rules = rulesNamed(one.setGroupRules, world)
    const select = isWhy(rules) ? rules : selectOfRules(rules, world)
    if (select && isWhy(select)) return select
    if (sort === null) return { why: `its sets are sorted by "${one.sorterKey}"` }
    const narrowed = select ? { select } : {}
    const worth = minorOf(one.value)
    if (one.packagerKey === WORTH && worth !== null) return { count: 1, amountMinor: worth, sort, ...narrowed }
    return one.packagerKey === COUNT && Number.isInteger(one.value) && one.value > 0 ? { count: one.value, sort, ...narrowed } : { why: `its sets are made by "${one.packagerKey}"` }
  })
  return groups.find(isWhy) ?? (groups as readonly Group[])
}

const pickOf = (discount: DiscountRecord): NonNullable<SetEffect['pick']> | Why | null => {
  if (!picks(discount)) return null
  const { applierKey, usageKey, pickerKey, sorterKey } = discount
  const isCount = (key: string | null): key is string => key !== null && /^[1-9]\d{0,2}$/.test(key)
  const sort = sorterKey !== null && Object.hasOwn(SORTERS, sorterKey) ? SORTERS[sorterKey]! : null
  if (sort === null || !isCount(applierKey) || (usageKey !== 'ALL' && !isCount(usageKey))) return { why: `it picks pieces by "${sorterKey}", "${applierKey}", "${usageKey}"` }
  return { sort, nth: Number(applierKey), maxUses: usageKey === 'ALL' ? 'all' : Number(usageKey), across: pickerKey === 'HORIZONTAL' ? 'horizontal' : 'vertical' }
}
