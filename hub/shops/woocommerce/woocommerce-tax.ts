/** Which tax an article or a delivery bears in the country of the shop. */
import type { WooLists } from './woocommerce-read.ts'

/** ISO code, from a setting such as `DE:DE-BE`. */
export const countryOf = ({ settings }: Pick<WooLists, 'settings'>): string => (settings.get('woocommerce_default_country') ?? '').split(':')[0]!

/** The shop calls the class of no name otherwise in its rates. */
const rateClass = (taxClass: string): string => (taxClass === '' ? 'standard' : taxClass)

/** Percent; null where it depends on more than the country. Shape  nothing where the shop makes no tax at all, or has no rate. */
export const taxPercentOf = (lists: Pick<WooLists, 'settings' | 'taxRates'>, taxClass: string, isDelivery = false): number | null => {
  if (lists.settings.get('woocommerce_calc_taxes') !== 'yes') return 0
  const country = countryOf(lists)
  const rates = lists.taxRates.filter((rate) => rate.class === rateClass(taxClass) && (rate.country === '' || rate.country === country) && (!isDelivery || rate.shipping))
  if (rates.some(({ state, postcodes, cities }) => state !== '' || postcodes.length > 0 || cities.length > 0)) return null
  const own = rates.filter((rate) => rate.country === country)
  const [rate, another] = own.length > 0 ? own : rates
  if (another) return null
  const percent = rate ? Number(rate.rate) : 0
  return Number.isFinite(percent) ? percent : null
}
