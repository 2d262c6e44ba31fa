/** Conditions that no basket of this store can ever meet, found by reading them. */
import type { Condition } from '../../offers/offer.ts'
import { MAX_LINES, MAX_QUANTITY } from '../basket.ts'
import { contradictionIn } from './contradictions.ts'
import type { Impossible } from './impossible.ts'
import { hoursOf, isClosed } from './open-hours.ts'
import { both, inBoth, money } from './review-words.ts'
import type { ReviewedShop } from './reviewed-shop.ts'

/** The first reason why `condition` can never hold; null if none is known. */
export const whyImpossible = (condition: Condition | undefined, shop: ReviewedShop, path = 'when'): Impossible | null => {
  if (!condition) return null
  switch (condition.type) {
    case 'never':
      return { rule: 'never', path, why: both('die Bedingung heißt „nie“', 'its condition says “never”') }
    case 'all':
    case 'any':
      return condition.type === 'any' ? whyNone(condition, shop, path) : whyNotAll(condition, shop, path)
    case 'not':
      return alwaysHolds(condition.of, shop) ? { rule: 'never', path, why: both('sie verneint, was immer zutrifft', 'it negates what is always true') } : null
    default:
      return whyLeafImpossible(condition, shop, path)
  }
}

type Leaf = Exclude<Condition, { type: 'all' | 'any' | 'not' | 'never' }>

type Several = Extract<Condition, { type: 'all' | 'any' }>

const whyNotAll = (condition: Several, shop: ReviewedShop, path: string): Impossible | null => {
  for (const [i, one] of condition.of.entries()) {
    const fault = whyImpossible(one, shop, `${path}.of.${i}`)
    if (fault) return fault
  }
  return contradictionIn(condition, shop, path)
}

const whyNone = (condition: Several, shop: ReviewedShop, path: string): Impossible | null => {
  const faults = condition.of.map((one, i) => whyImpossible(one, shop, `${path}.of.${i}`))
  if (faults.includes(null)) return null
  return faults[0] ?? { rule: 'never', path, why: both('von den genannten Möglichkeiten gibt es keine', 'it names no alternative at all') }
}

/** True only where reading is proof enough. */
const alwaysHolds = (condition: Condition, shop: ReviewedShop): boolean => {
  switch (condition.type) {
    case 'all':
      return condition.of.every((one) => alwaysHolds(one, shop))
    case 'any':
      return condition.of.some((one) => alwaysHolds(one, shop))
    case 'not':
      return whyImpossible(condition.of, shop) !== null
    case 'subtotal':
    case 'grandTotal':
      return (condition.op ?? 'gte') === 'gte' && condition.amountMinor <= 0
    case 'quantity':
      return (condition.op ?? 'gte') === 'gte' && condition.value <= 0
    case 'weekday':
      return new Set(condition.days).size === 7
    case 'timeOfDay':
      return condition.fromMinute === 0 && condition.untilMinute === 1440
    default:
      return false
  }
}

const whyLeafImpossible = (condition: Leaf, shop: ReviewedShop, path: string): Impossible | null => {
  switch (condition.type) {
    case 'subtotal':
    case 'grandTotal':
      return whyAmountImpossible(condition, shop, path)
    case 'quantity':
    case 'lineQuantity':
      return whyCountImpossible(condition, shop, path)
    case 'contains':
    case 'allLines':
      return shop.articles.select(condition.select).count === 0 ? noArticle(`${path}.select`) : null
    case 'weekday':
    case 'timeOfDay':
      return isClosed(hoursOf([condition])) ? { rule: 'time-never', path, why: both('es bleibt kein Wochentag und keine Uhrzeit', 'no weekday and no time of day is left') } : null
    case 'customerGroup':
    case 'customerTag':
    case 'store':
    case 'country':
    case 'shippingMethod':
      return whyNowhere(condition, shop, path)
    default:
      return null
  }
}

const noArticle = (path: string): Impossible => ({ rule: 'select-empty', path, why: both('kein Artikel im Sortiment passt zur Auswahl', 'no article of the assortment fits the selection') })

type Amount = Extract<Condition, { type: 'subtotal' | 'grandTotal' }>

const whyAmountImpossible = ({ type, op = 'gte', amountMinor, select }: Amount, shop: ReviewedShop, path: string): Impossible | null => {
  if (op === 'lte' || op === 'lt') return op === 'lt' && amountMinor <= 0 ? { rule: 'out-of-reach', path, why: both('kein Einkauf kostet weniger als nichts', 'no basket costs less than nothing') } : null
  if (amountMinor <= 0 && op !== 'gt') return null
  const selection = shop.articles.select(select)
  if (selection.count === 0) return noArticle(`${path}.select`)
  const delivery = type === 'grandTotal' ? Math.max(0, ...shop.assortment.store.shipping.map(({ priceCents }) => priceCents)) : 0
  const most = selection.reachCents * MAX_QUANTITY + delivery
  if (op === 'gt' ? amountMinor < most : amountMinor <= most) return null
  return {
    rule: 'out-of-reach',
    path,
    why: inBoth((language) => (language === 'de' ? `der Mindestwert ${money(amountMinor, 'de')} liegt über jedem möglichen Einkauf (höchstens ${money(most, 'de')})` : `the threshold ${money(amountMinor, 'en')} is above any possible basket (${money(most, 'en')} at most)`)),
  }
}

type Count = Extract<Condition, { type: 'quantity' | 'lineQuantity' }>

const whyCountImpossible = ({ type, op = 'gte', value, select }: Count, shop: ReviewedShop, path: string): Impossible | null => {
  const { count } = shop.articles.select(select)
  const least = op === 'gt' ? value + 1 : value
  const isFloor = op === 'gte' || op === 'gt' || op === 'eq'
  // A single line that fits must exist, however few pieces are asked for.
  if (count === 0 && (type === 'lineQuantity' || (isFloor && least > 0))) return noArticle(`${path}.select`)
  if (op === 'lt' && value <= 0) return { rule: 'out-of-reach', path, why: both('weniger als null Stück gibt es nicht', 'there is no fewer than zero pieces') }
  const most = type === 'lineQuantity' ? MAX_QUANTITY : Math.min(count, MAX_LINES) * MAX_QUANTITY
  if (!isFloor || least <= most) return null
  return { rule: 'out-of-reach', path, why: both(`${least} Stück passen in keinen Einkauf (höchstens ${most})`, `${least} pieces fit into no basket (${most} at most)`) }
}

type Place = Extract<Condition, { type: 'customerGroup' | 'customerTag' | 'store' | 'country' | 'shippingMethod' }>

const whyNowhere = (condition: Place, { assortment: { store } }: ReviewedShop, path: string): Impossible | null => {
  if (condition.in.length === 0) return { rule: 'never', path, why: both('die Liste, aus der etwas zutreffen muss, ist leer', 'the list of which one must be true is empty') }
  const here: { readonly [type in Place['type']]?: readonly string[] } = { store: [store.id], country: [store.country], shippingMethod: store.shipping.map(({ id }) => id) }
  const own = here[condition.type]
  if (!own || own.some((one) => condition.in.includes(one))) return null
  const places = condition.in.join(', ')
  return { rule: 'place-never', path, why: both(`sie verlangt ${places}, hier gibt es nur ${own.join(', ')}`, `it asks for ${places}, here there is only ${own.join(', ')}`) }
}
