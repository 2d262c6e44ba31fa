/** Offers whose amounts differ by currency, told in one of them. */
import type { AmountByCurrency, Offer } from './offer.ts'

/** Keys that hold the amount which `byCurrency` stands in for. */
const AMOUNTS = ['amountMinor', 'priceMinor', 'unitPriceMinor', 'spendMinor'] as const

type Told = { readonly byCurrency?: AmountByCurrency } & { readonly [key: string]: unknown }

/** Whether any amount of the offer depends on the currency. */
export const hasCurrencies = (value: unknown): boolean => {
  if (typeof value !== 'object' || value === null) return false
  if ('byCurrency' in value) return true
  for (const key in value) if (hasCurrencies(value[key as keyof typeof value])) return true
  return false
}

/** The same offer with the amounts of one currency. */
export const inCurrency = (offer: Offer, currency: string): Offer => (hasCurrencies(offer) ? (tell(offer, currency) as Offer) : offer)

const tell = (value: unknown, currency: string): unknown => {
  if (Array.isArray(value)) return value.map((one) => tell(one, currency))
  if (typeof value !== 'object' || value === null) return value
  const { byCurrency, ...rest } = value as Told
  const told: Record<string, unknown> = Object.fromEntries(Object.entries(rest).map(([key, one]) => [key, tell(one, currency)]))
  const amount = byCurrency && Object.hasOwn(byCurrency, currency) ? byCurrency[currency] : undefined
  const key = AMOUNTS.find((name) => name in told)
  return amount === undefined || key === undefined ? told : { ...told, [key]: amount }
}
