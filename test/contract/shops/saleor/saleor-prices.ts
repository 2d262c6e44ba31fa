/**
 * What the small Saleor charges: worked out by hand from its documentation, cent by cent, and by nothing else. Of catalogue rules the best for each article, rounded
 * per piece; then a voucher, or without one the best order rule; its amount is shared over the lines, the last one takes the rest; half a cent goes up.
 */
import { BEER, JUICE, LARGE, MUG, POSTER, SHIRT } from './saleor-world.ts'

/** Units  cents. `listed` and `catalogue`: of one piece. */
export type PricedLine = { readonly key: string; readonly quantity: number; readonly listed: number; readonly catalogue: number; readonly total: number; readonly tax: number }
export type PricedCheckout = { readonly lines: readonly PricedLine[]; readonly code?: string; readonly discountName?: string; /** What is left of the 4.90, with 0.78 of tax in it. */ readonly delivery?: { readonly gross: number; readonly tax: number } }

const line = (key: string, quantity: number, [listed, catalogue]: readonly [number, number], total: number, tax: number): PricedLine => ({ key, quantity, listed, catalogue, total, tax })
const OF_JUICE = [399, 399] as const
const OF_BEER = [249, 249] as const
// 15 % of 12.90 are 1.94 (1.935)
const OF_MUG = [1290, 1096] as const
// 15 % of 24.95 would be 3.74, so 5.00 is the best
const OF_SHIRT = [2495, 1995] as const
const OF_POSTER = [104, 104] as const

export const PRICED: readonly PricedCheckout[] = [
  { lines: [line(JUICE, 2, OF_JUICE, 798, 52)] },
  { lines: [line(MUG, 1, OF_MUG, 1096, 175)] },
  { lines: [line(SHIRT, 2, OF_SHIRT, 3990, 637)] },
  // 10 % of 63.84 are 6.38: 0.40 (0.39875) and the rest
  { lines: [line(JUICE, 1, OF_JUICE, 359, 23), line(SHIRT, 3, OF_SHIRT, 5387, 860)], discountName: 'Ab 60' },
  // 102.24: 12.00 is better than 10.22; 0.29 (0.29225) and the rest
  { lines: [line(BEER, 1, OF_BEER, 220, 35), line(SHIRT, 5, OF_SHIRT, 8804, 1406)], discountName: 'Ab 100: 12 €' },
  // 10 % of 16.95 are 1.70 (1.695): 1.20 and 0.50
  { lines: [line(JUICE, 3, OF_JUICE, 1077, 70), line(BEER, 2, OF_BEER, 448, 72)], code: 'ZEHN' },
  // a voucher takes the place of the order rule
  { lines: [line(JUICE, 1, OF_JUICE, 359, 23), line(SHIRT, 3, OF_SHIRT, 5387, 860)], code: 'ZEHN' },
  // 5.00 off 21.92
  { lines: [line(MUG, 2, OF_MUG, 1692, 270)], code: 'FUENF' },
  // 0.40 (0.399) off the juice, 0.75 (0.747) off the beers
  { lines: [line(JUICE, 1, OF_JUICE, 359, 23), line(BEER, 3, OF_BEER, 672, 107), line(MUG, 1, OF_MUG, 1096, 175)], code: 'DRINK' },
  // 10 % of 3.12 are 0.31 (0.312); per piece it would be 0.30
  { lines: [line(POSTER, 3, OF_POSTER, 281, 45)], code: 'POSTER' },
  // half of the cheapest piece: 2.00 (1.995)
  { lines: [line(JUICE, 1, OF_JUICE, 199, 13), line(MUG, 1, OF_MUG, 1096, 175)], code: 'EINS' },
  { lines: [line(JUICE, 2, OF_JUICE, 798, 52)], code: 'VERSAND', delivery: { gross: 0, tax: 0 } },
  // 3.00 off every mug
  { lines: [line(JUICE, 1, OF_JUICE, 399, 26), line(MUG, 2, OF_MUG, 1592, 254)], code: 'BECHER' },
  { lines: [line(LARGE, 1, [500, 500], 500, 80)] },
]

/** Known not to hold: 10.96 is less than its minimum of 20.00. */
export const NOT_APPLICABLE: readonly { readonly lines: readonly Pick<PricedLine, 'key' | 'quantity'>[]; readonly code: string }[] = [{ lines: [{ key: MUG, quantity: 1 }], code: 'FUENF' }]
