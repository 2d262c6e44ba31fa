/** Ways of delivery: those of the first zone of the shop that has its own country, and what makes them free. */
import type { LeftOut, ShopDelivery, ShopTexts } from '#hub/ports/web-shop/shop-snapshot.ts'
import { majorToMinor } from './woocommerce-basket.ts'
import type { WooLists } from './woocommerce-read.ts'
import type { WooDelivery, WooSettings } from './woocommerce-records.ts'
import type { WooMethodRecord, WooZone } from './woocommerce-replies.ts'
import { countryOf, taxPercentOf } from './woocommerce-tax.ts'

export type WooDeliveries = {
  readonly deliveries: readonly ShopDelivery[]
  /** Null where nothing but its own price makes a delivery free. */
  readonly free: WooDelivery['free']
  readonly freeTitle: string
  readonly leftOut: readonly LeftOut[]
}

/** How the house calls the way home, and offers by it. */
export const HOME = 'home'
const REQUIRES = ['coupon', 'min_amount', 'either', 'both'] as const

export const deliveriesOf = (lists: WooLists, settings: WooSettings, articleClasses: readonly string[], language: string): WooDeliveries => {
  const { zone, only } = zoneOf(lists)
  const methods = [...(zone?.methods ?? [])].filter(({ enabled }) => enabled).sort((a, b) => a.order - b.order)
  const always = methods.filter((one) => one.method_id === 'free_shipping' && setting(one, 'requires') === '')
  const conditional = methods.filter((one) => one.method_id === 'free_shipping' && setting(one, 'requires') !== '')
  const priced = methods.filter((one) => one.method_id !== 'free_shipping')
  const told = (one: WooMethodRecord, price: Price): ShopDelivery => ({ key: `${one.method_id}:${one.instance_id}`, kind: one.method_id === 'local_pickup' ? 'pickup' : 'home', name: texts(one.title, language), ...price })
  const [first, ...others] = conditional
  return {
    // The free one is the cheapest, so it goes before all others.
    deliveries: [...always.map((one) => told(one, { priceMinor: 0, taxPercent: 0 })), ...priced.map((one) => told(one, only === null ? priceOf(one, lists, settings, articleClasses) : untold(only)))],
    free: first ? freeOf(first) : null,
    freeTitle: first?.title ?? '',
    leftOut: others.map((one) => ({ what: `delivery ${one.title}`, why: 'another way of free delivery stands before it' })),
  }
}

const texts = (title: string, language: string): ShopTexts => (title === '' ? {} : { [language]: title })

const EUROPE: readonly string[] = 'AT BE BG CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IS IT LI LT LU LV MC MT NL NO PL PT RO SE SI SK SM VA'.split(' ')

/** `only`: why nobody but the shop can tell a price. */
const zoneOf = (lists: WooLists): { readonly zone: WooZone | undefined; readonly only: string | null } => {
  const country = countryOf(lists)
  const covers = ({ locations }: WooZone): boolean => locations.some(({ type, code }) => (type === 'country' && code === country) || (type === 'continent' && code === 'EU' && EUROPE.includes(country)))
  const isPart = ({ locations }: WooZone): boolean => locations.some(({ type, code }) => type === 'state' && code.startsWith(`${country}:`)) || locations.some(({ type }) => type === 'postcode')
  const zones = lists.zones.filter(({ id }) => id !== 0).sort((a, b) => a.order - b.order || a.id - b.id)
  const zone = zones.find((one) => covers(one) && !isPart(one)) ?? lists.zones.find(({ id }) => id === 0)
  const before = zones.slice(0, zone && zone.id !== 0 ? zones.indexOf(zone) : zones.length)
  return { zone, only: before.some((one) => isPart(one) && one.methods.some(({ enabled }) => enabled)) ? 'its price depends on the address' : null }
}

const setting = ({ settings }: WooMethodRecord, name: string): string => {
  const value = settings[name]?.value
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

type Price = Pick<ShopDelivery, 'priceMinor' | 'taxPercent' | 'why'>
const untold = (why: string): Price => ({ priceMinor: null, taxPercent: 0, why })

const PLAIN_COST = /^(\d{1,7}([.,]\d{1,6})?)?$/

const priceOf = (method: WooMethodRecord, lists: WooLists, settings: WooSettings, articleClasses: readonly string[]): Price => {
  if (method.method_id !== 'flat_rate' && method.method_id !== 'local_pickup') return untold(`its price is worked out by "${method.method_id}"`)
  const byClass = Object.keys(method.settings).filter((name) => /^(class_cost_.+|no_class_cost)$/.test(name) && setting(method, name) !== '')
  if (byClass.length > 0) return untold('its price depends on the shipping classes of the articles')
  const cost = setting(method, 'cost')
  if (!PLAIN_COST.test(cost)) return untold(`its price is a formula: ${cost}`.slice(0, 80))
  const taxPercent = setting(method, 'tax_status') === 'none' ? 0 : percentOfDelivery(lists, articleClasses)
  if (taxPercent === null) return untold('its tax follows the articles in the basket, or depends on more than the country')
  const net = majorToMinor(cost.replace(',', '.'), settings)
  return { priceMinor: Math.round(net) + halfDown((net * taxPercent) / 100), taxPercent }
}

/** Prices that contain tax let half a cent of it go to the shopper. The dust of binary fractions is taken off first. */
const halfDown = (minor: number): number => Math.ceil(Number(minor.toFixed(6)) - 0.5)

/** `inherit`: that of the articles, where they agree. */
const percentOfDelivery = (lists: WooLists, articleClasses: readonly string[]): number | null => {
  const taxClass = lists.settings.get('woocommerce_shipping_tax_class') ?? 'inherit'
  if (taxClass !== 'inherit') return taxPercentOf(lists, taxClass, true)
  const percents = [...new Set(articleClasses.map((one) => taxPercentOf(lists, one, true)))]
  return percents.length === 1 ? percents[0]! : null
}

const freeOf = (method: WooMethodRecord): WooDelivery['free'] => {
  const requires = REQUIRES.find((one) => one === setting(method, 'requires'))
  return requires ? { requires, minAmount: setting(method, 'min_amount').replace(',', '.'), ignoreDiscounts: setting(method, 'ignore_discounts') === 'yes' } : null
}
