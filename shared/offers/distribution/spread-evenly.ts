import { add, divide, isPositive, multiply, negate, round, subtract, toNumber, type Rational } from '../../kernel/rational.ts'

/** A line's share over its pieces: equal parts towards zero, the first pieces one minor unit more. */
export const spreadEvenly = (amount: Rational, pieces: number): readonly Rational[] => {
  if (pieces < 1) return []
  const sign = isPositive(amount) ? 1 : -1
  const size = sign > 0 ? amount : negate(amount)
  const each = round(divide(size, pieces), 'floor')
  const more = toNumber(subtract(size, multiply(each, pieces)))
  return Array.from({ length: pieces }, (_, i) => multiply(add(each, i < more ? 1 : 0), sign))
}
