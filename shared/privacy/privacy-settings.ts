/** What the retailer decides about privacy: how long each class of data is kept, and whether the store is judged as a team only. */

/** Classes with a period of their own. Contacts are not among them: their time is part of what the shopper agreed to. */
export const PERIODS_OF = ['taps', 'words', 'receipts', 'baskets', 'orders', 'audit'] as const
export type PeriodOf = (typeof PERIODS_OF)[number]

/** Everything whose age is watched. */
export const KEPT_CLASSES = [...PERIODS_OF, 'contacts'] as const
export type KeptClass = (typeof KEPT_CLASSES)[number]

export type Periods = { readonly [P in PeriodOf]: number }

/** Units  days. */
export type PrivacySettings = {
  readonly days: Periods
  /** No question about single persons goes live, and nothing is counted by person. */
  readonly teamOnly: boolean
}

/** What a retailer has set; what is absent follows the defaults. */
export type PrivacyChoices = { readonly days?: Partial<Periods>; readonly teamOnly?: boolean }

/**
 * Shortest and longest period of each class, and what is kept where nobody has chosen.
 * Units   days.
 * Source  baskets: a code is good for a day or two; an order that came of it can be sent back within a fortnight, and its word is heard late. orders: eight years for vouchers in Germany (§ 147 AO); the rest is as long as it is of use. A device that was switched off may send an answer again for
 *         weeks: what is dropped before that would be counted twice, which is why nothing of a tap goes within a fortnight.
 */
export const PERIOD_BOUNDS: { readonly [P in PeriodOf]: { readonly least: number; readonly most: number; readonly usual: number } } = {
  taps: { least: 14, most: 365, usual: 30 },
  words: { least: 14, most: 1_095, usual: 180 },
  receipts: { least: 30, most: 1_095, usual: 180 },
  baskets: { least: 30, most: 365, usual: 60 },
  orders: { least: 30, most: 4_018, usual: 2_922 },
  audit: { least: 365, most: 3_653, usual: 1_096 },
}

/** Countries whose stores have works councils that have a say in this (BetrVG § 87). */
const TEAM_ONLY_COUNTRIES: ReadonlySet<string> = new Set(['DE', 'AT'])

/** What holds without any choice. `country`: of the store, two letters. */
export const usualSettings = (country: string): PrivacySettings => ({
  days: { taps: PERIOD_BOUNDS.taps.usual, words: PERIOD_BOUNDS.words.usual, receipts: PERIOD_BOUNDS.receipts.usual, baskets: PERIOD_BOUNDS.baskets.usual, orders: PERIOD_BOUNDS.orders.usual, audit: PERIOD_BOUNDS.audit.usual },
  teamOnly: TEAM_ONLY_COUNTRIES.has(country),
})

/** The settings in force. */
export const settingsOf = (choices: PrivacyChoices, country: string): PrivacySettings => {
  const usual = usualSettings(country)
  return { days: { ...usual.days, ...choices.days }, teamOnly: choices.teamOnly ?? usual.teamOnly }
}

/** The first period that is shorter or longer than it may be; null if all are whole days within their bounds. */
export const periodFault = (days: Partial<Periods>): PeriodOf | null =>
  PERIODS_OF.find((period) => {
    const value = days[period]
    const { least, most } = PERIOD_BOUNDS[period]
    return value !== undefined && !(Number.isSafeInteger(value) && value >= least && value <= most)
  }) ?? null
