/** Which rate of tax the shop's own tax service takes. */
import type { MedusaTaxes } from './medusa-replies.ts'

/** What a rate may name, dearest word first: a rule of the article before one of its type before the default. */
type Named = { readonly reference: string; readonly id: string | null }

/** Percent; null where the shop asks another service, or takes one of several. Carts here have no province, so rates of provinces never count. */
export const taxPercentOf = (taxes: MedusaTaxes, named: readonly Named[]): number | null => {
  const country = taxes.find(({ province_code: province }) => province === null)
  if (!country) return 0
  if (country.provider_id !== null && country.provider_id !== 'tp_system') return null
  for (const { reference, id } of named) {
    const ruled = country.tax_rates.filter(({ rules }) => rules?.some((rule) => rule.reference === reference && rule.reference_id === id))
    if (ruled.length > 0) return theOnly(ruled.map(({ rate }) => rate ?? 0))
  }
  return theOnly(country.tax_rates.filter((one) => one.is_default).map(({ rate }) => rate ?? 0)) ?? 0
}

const theOnly = (rates: readonly number[]): number | null => (new Set(rates).size === 1 ? rates[0]! : null)
