/** The unit price (Grundpreis): what one kilogram, one litre or one piece costs. */
import { cents, type Cents } from '../kernel/money.ts'
import type { Contents } from './product.ts'

export type UnitPrice = { readonly cents: Cents; readonly per: 'kg' | 'l' | 'piece' }

/**
 * What 1 kg, 1 l or 1 piece of it costs.
 * Units   whole cents, rounded half up once, from the exact quotient; contents count to a thousandth of a gram or millilitre.
 * Source  PAngV §§ 4, 5: per 1 kg or 1 l; per 100 g or 100 ml is no longer allowed.
 */
export const unitPrice = (priceCents: Cents, contents: Contents): UnitPrice => {
  if (contents.unit === 'piece') return { cents: divideHalfUp(priceCents, contents.amount), per: 'piece' }
  const thousandths = Math.round(contents.amount * 1000)
  return { cents: divideHalfUp(priceCents * 1_000_000, thousandths), per: contents.unit === 'g' ? 'kg' : 'l' }
}

/**
 * Whether the law asks for the unit price beside the price.
 * Source  PAngV § 4 (3): not below 10 g or 10 ml, nor where it equals the price; single pieces have none.
 */
export const isUnitPriceRequired = (contents: Contents): boolean => {
  if (contents.unit === 'piece') return contents.amount > 1
  return contents.amount >= 10 && contents.amount !== 1000
}

/**
 * The unit price as it stands beside a price; null where the law asks for none and nobody would miss it.
 * Units   `priceCents` for `pieces` pieces together, so that a share of a whole basket's reduction is counted too.
 */
export const labelUnitPrice = (priceCents: Cents, contents: Contents, pieces = 1): UnitPrice | null =>
  isUnitPriceRequired(contents) || isKilogram(contents) ? unitPrice(priceCents, { ...contents, amount: contents.amount * pieces }) : null

/** The law lets the label of one kilogram go without; beside a sausage nobody would guess that the price is for so much. */
const isKilogram = ({ amount, unit }: Contents): boolean => unit === 'g' && amount === 1000

const divideHalfUp = (dividend: number, divisor: number): Cents => {
  if (!(divisor > 0)) throw new RangeError(`contents must be positive: ${divisor}`)
  const whole = Math.floor(dividend / divisor)
  const rest = dividend - whole * divisor
  return cents(2 * rest >= divisor ? whole + 1 : whole)
}
