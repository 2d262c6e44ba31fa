/**
 * What a Shopify store charges for some carts, worked out with a pencil by its documented rules: discounts of articles first, one per line and the best of them;
 * then all discounts of the order on what is left; discounts that do not combine in the way that saves most. Percentages are rounded half up, cents of an
 * amount go to the largest rests. Nothing here is computed by us; that lines add up is checked where it is used.
 */

/** What comes off, per variant: the title of an automatic discount, or a code, and cents. */
export type PricedCart = {
  readonly lines: readonly (readonly [variant: string, quantity: number])[]
  readonly codes: readonly string[]
  readonly off: { readonly [variant: string]: readonly (readonly [name: string, cents: number])[] }
  readonly total: number
  /** Codes that it knows and that do nothing here. */
  readonly idle?: readonly string[]
}

const priced = (lines: PricedCart['lines'], codes: readonly string[], off: PricedCart['off'], total: number, idle?: readonly string[]): PricedCart => ({ lines, codes, off, total, ...(idle && { idle }) })

const MUGS = 'Tassenwochen'
const FIVE = 'Ab 40 Euro'
const TEA = 'Tee: 2 + 1'

/** 101 coffee 9.99 · 102 tea 4.49 · 103 and 104 mugs 12.00 and 11.80 · 105 honey 6.95 · 107 bread 3.20 */
export const PRICED: readonly PricedCart[] = [
  // Without any discount; 18.87 and 17.10 miss the 40 euros.
  priced([['101', 2]], [], {}, 1998),
  priced([['102', 2]], [], {}, 898),
  priced([['105', 1]], [], {}, 695),
  priced([['107', 1]], [], {}, 320),
  priced([['101', 1], ['105', 1]], [], {}, 1694),
  // 15 % off mugs: 1.80 a blue one, 1.77 a red one.
  priced([['103', 1]], [], { 103: [[MUGS, 180]] }, 1020),
  priced([['103', 2], ['104', 1]], [], { 103: [[MUGS, 360]], 104: [[MUGS, 177]] }, 3043),
  priced([['101', 1], ['103', 1]], [], { 103: [[MUGS, 180]] }, 2019),
  priced([['104', 1], ['105', 1]], [], { 104: [[MUGS, 177]] }, 1698),
  // 5 % from 40.00: of 46.91 it is 2.3455, so 2.35; 39.96 bear 2.0018 of it and 6.95 0.3482: 2.00 and 0.35.
  priced([['101', 4], ['105', 1]], [], { 101: [[FIVE, 200]], 105: [[FIVE, 35]] }, 4456),
  // 19.98 + 30.60 = 50.58, 5 % are 2.529, so 2.53; shares 0.9994 and 1.5306: 1.00 and 1.53.
  priced([['101', 2], ['103', 3]], [], { 101: [[FIVE, 100]], 103: [[MUGS, 540], [FIVE, 153]] }, 4805),
  // Two teas bought, the third is given; as often as there are three.
  priced([['102', 3]], [], { 102: [[TEA, 449]] }, 898),
  priced([['102', 5]], [], { 102: [[TEA, 449]] }, 1796),
  priced([['102', 6]], [], { 102: [[TEA, 898]] }, 1796),
  // 10 % of 9.99 are 0.999.
  priced([['101', 1]], ['HERBST10'], { 101: [['HERBST10', 100]] }, 899),
  // 10 % of 14.48 are 1.448, so 1.45; shares 1.0004 and 0.4496: 1.00 and 0.45.
  priced([['101', 1], ['102', 1]], ['HERBST10'], { 101: [['HERBST10', 100]], 102: [['HERBST10', 45]] }, 1303),
  // Both of the order's discounts on the same 49.95: 2.4975 and 4.995.
  priced([['101', 5]], ['HERBST10'], { 101: [[FIVE, 250], ['HERBST10', 500]] }, 4245),
  priced([['101', 3]], ['KAFFEE2'], { 101: [['KAFFEE2', 600]] }, 2397),
  // 10 % of the 23.97 that are left.
  priced([['101', 3]], ['KAFFEE2', 'HERBST10'], { 101: [['KAFFEE2', 600], ['HERBST10', 240]] }, 2157),
  // 15.98 + 8.98 = 24.96, 10 % are 2.496, so 2.50; shares 1.6006 and 0.8994: 1.60 and 0.90.
  priced([['101', 2], ['102', 2]], ['HERBST10', 'KAFFEE2'], { 101: [['KAFFEE2', 400], ['HERBST10', 160]], 102: [['HERBST10', 90]] }, 2246),
  // Five euros go together with nothing: 5.00 instead of 3.60 off the mugs, but not instead of 7.20 and 5 % of the other 40.80.
  priced([['101', 1]], ['FUENF'], { 101: [['FUENF', 500]] }, 499),
  priced([['103', 2]], ['FUENF'], { 103: [['FUENF', 500]] }, 1900),
  priced([['103', 4]], ['FUENF'], { 103: [[MUGS, 720], [FIVE, 204]] }, 3876, ['FUENF']),
  // 20 % from four pieces of honey and bread on, not together with discounts of the order: 2.78 and 1.28; three are too few.
  priced([['105', 2], ['107', 2]], ['REGIONAL20'], { 105: [['REGIONAL20', 278]], 107: [['REGIONAL20', 128]] }, 1624),
  priced([['105', 2], ['107', 1]], ['REGIONAL20'], {}, 1710, ['REGIONAL20']),
  // 5.56 + 2.56 = 8.12 instead of 5 % of 40.60; 5.56 instead of 5 % of 67.76.
  priced([['105', 4], ['107', 4]], ['REGIONAL20'], { 105: [['REGIONAL20', 556]], 107: [['REGIONAL20', 256]] }, 3248),
  priced([['101', 4], ['105', 4]], ['REGIONAL20'], { 105: [['REGIONAL20', 556]] }, 6220),
  // 10 % of 4.49 are 0.449; the gift is worth more than 10 % of all three.
  priced([['102', 1]], ['LISTE'], { 102: [['LISTE', 45]] }, 404),
  priced([['102', 3]], ['LISTE'], { 102: [[TEA, 449]] }, 898, ['LISTE']),
  // Nobody outside knows how 3.00 are split over articles: this is how this store did it once.
  priced([['101', 1], ['105', 1]], ['GESAMT3'], { 101: [['GESAMT3', 177]], 105: [['GESAMT3', 123]] }, 1394),
]
