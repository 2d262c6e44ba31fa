/**
 * What the small Shopware charges: worked out by hand from its documentation, cent by cent, and by nothing else. Every promotion is a line of its own, taken from
 * listed prices; its tax is shared by the worth of the articles that it is for; half a cent goes up.
 */
import { BOOK, COFFEE, CUP, ids, PLATE, POT, SHIRT } from './shopware-world.ts'

/** Units  cents, gross; `tax`: of each rate. */
export type Priced = { readonly total: number; readonly tax: { readonly [rate: string]: number } }
export type PricedCart = {
  readonly lines: readonly (readonly [key: string, quantity: number])[]
  readonly codes?: readonly string[]
  readonly items: { readonly [key: string]: Priced }
  readonly promotions?: readonly { readonly promotion: string; readonly code: string | null; readonly off: Priced }[]
  /** What comes off the 4.90 of the delivery, with 0.78 of tax in it. */
  readonly delivery?: readonly { readonly promotion: string; readonly code: string | null; readonly off: Priced }[]
}

const of = (total: number, rate: 19 | 7, tax: number): Priced => ({ total, tax: { [rate]: tax } })

// From 60 € of goods on the delivery is free: 4.90 with 0.78 of tax.
const FREE = [{ promotion: ids.free, code: null, off: of(490, 19, 78) }]

export const PRICED: readonly PricedCart[] = [
  // 29.99 holds 4.79 (4.788) of tax
  { lines: [[POT, 1]], items: { [POT]: of(2999, 19, 479) } },
  // 10 % of 67.47 are 6.75 (6.747): 6.00 of it at 19 %, holding 0.96, and 0.75 at 7 %, holding 0.05
  { lines: [[POT, 2], [COFFEE, 1]], codes: ['ZEHN'], items: { [POT]: of(5998, 19, 958), [COFFEE]: of(749, 7, 49) }, promotions: [{ promotion: ids.ten, code: 'ZEHN', off: { total: 675, tax: { 19: 96, 7: 5 } } }], delivery: FREE },
  // three cups cost 12.00 instead of 14.85
  { lines: [[CUP, 3]], items: { [CUP]: of(1485, 19, 237) }, promotions: [{ promotion: ids.three, code: null, off: of(285, 19, 46) }] },
  // seven cups are two sets and one: 2 × 2.85 off
  { lines: [[CUP, 7]], items: { [CUP]: of(3465, 19, 553) }, promotions: [{ promotion: ids.three, code: null, off: of(570, 19, 91) }] },
  // 20 % of 35.80 would be 7.16, but 6.00 is the most
  { lines: [[PLATE, 4]], items: { [PLATE]: of(3580, 19, 572) }, promotions: [{ promotion: ids.plates, code: null, off: of(600, 19, 96) }] },
  // 20 % of the plate alone: 1.79
  { lines: [[PLATE, 1], [BOOK, 1]], items: { [PLATE]: of(895, 19, 143), [BOOK]: of(1200, 7, 79) }, promotions: [{ promotion: ids.plates, code: null, off: of(179, 19, 29) }] },
  // 5.00 over 37.48: 4.00 at 19 %, 1.00 at 7 %
  { lines: [[POT, 1], [COFFEE, 1]], codes: ['FUENF'], items: { [POT]: of(2999, 19, 479), [COFFEE]: of(749, 7, 49) }, promotions: [{ promotion: ids.five, code: 'FUENF', off: { total: 500, tax: { 19: 64, 7: 7 } } }] },
  // a cent too little for it
  { lines: [[POT, 1]], codes: ['FUENF'], items: { [POT]: of(2999, 19, 479) } },
  // 15 % of 38.94 are 5.84; the plate's own promotion is kept away
  { lines: [[POT, 1], [PLATE, 1]], codes: ['ALLEIN'], items: { [POT]: of(2999, 19, 479), [PLATE]: of(895, 19, 143) }, promotions: [{ promotion: ids.alone, code: 'ALLEIN', off: of(584, 19, 93) }] },
  // and so is another code
  { lines: [[POT, 1], [PLATE, 1]], codes: ['ALLEIN', 'ZEHN'], items: { [POT]: of(2999, 19, 479), [PLATE]: of(895, 19, 143) }, promotions: [{ promotion: ids.alone, code: 'ALLEIN', off: of(584, 19, 93) }] },
  // half of the cheapest piece: 2.475, so 2.48
  { lines: [[COFFEE, 2], [CUP, 1], [SHIRT, 1]], codes: ['BILLIG'], items: { [COFFEE]: of(1498, 7, 98), [CUP]: of(495, 19, 79), [SHIRT]: of(1990, 19, 318) }, promotions: [{ promotion: ids.cheapest, code: 'BILLIG', off: of(248, 19, 40) }] },
  // 5.99 a piece in euros, 1.50 off each
  { lines: [[COFFEE, 3]], codes: ['KAFFEE'], items: { [COFFEE]: of(2247, 7, 147) }, promotions: [{ promotion: ids.coffee, code: 'KAFFEE', off: of(450, 7, 29) }] },
  // delivery for 2.90
  { lines: [[POT, 1]], codes: ['VERSAND'], items: { [POT]: of(2999, 19, 479) }, delivery: [{ promotion: ids.fixed, code: 'VERSAND', off: of(200, 19, 32) }] },
  // a fixed price goes before a free delivery
  { lines: [[POT, 3]], codes: ['VERSAND'], items: { [POT]: of(8997, 19, 1436) }, delivery: [{ promotion: ids.fixed, code: 'VERSAND', off: of(200, 19, 32) }] },
  // both from the listed price: 6.00 (5.998) and 5.00
  { lines: [[POT, 2]], codes: ['FUENF', 'ZEHN'], items: { [POT]: of(5998, 19, 958) }, promotions: [{ promotion: ids.ten, code: 'ZEHN', off: of(600, 19, 96) }, { promotion: ids.five, code: 'FUENF', off: of(500, 19, 80) }] },
  // the one keeps the other away: 3.00 (2.999)
  { lines: [[POT, 2]], codes: ['NUR', 'ZEHN'], items: { [POT]: of(5998, 19, 958) }, promotions: [{ promotion: ids.only, code: 'NUR', off: of(300, 19, 48) }] },
]
