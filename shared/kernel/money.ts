/** Money as whole minor units (euro cents). Fractions exist only inside the price engine, as exact rationals. */
declare const unit: unique symbol
export type Cents = number & { readonly [unit]: 'cents' }

/**
 * Marks a number as whole cents.
 * Errors  throws RangeError for fractions, NaN and numbers beyond 2^53: only a bug can cause them.
 */
export const cents = (n: number): Cents => {
  if (Number.isSafeInteger(n)) return (n === 0 ? 0 : n) as Cents
  throw new RangeError(`not whole cents: ${n}`)
}

export const sumCents = (all: readonly Cents[]): Cents => cents(all.reduce((sum, n) => sum + n, 0))
