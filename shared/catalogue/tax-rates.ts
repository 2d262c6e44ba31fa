/**
 * The rates of value added tax that a country has, in basis points; anything else in a product is a mistake.
 * Source  DE: UStG § 12; AT: UStG 1994 § 10; CH: MWSTG Art. 25.
 */
export const KNOWN_TAX_RATES_BPS: { readonly [country: string]: readonly number[] } = {
  DE: [0, 700, 1900],
  AT: [0, 1000, 1300, 2000],
  CH: [0, 260, 380, 810],
}
