/**
 * Exact fractions for the price engine: no floating point decides a cent.
 * Shape   a whole number within 2^53 is a plain `number` (the fast path); everything else is a reduced fraction of big integers.
 */
export type Rational = number | Fraction
/** Reduced, denominator positive. */
type Fraction = { readonly n: bigint; readonly d: bigint }

/** `half…` say where an exact half goes (`halfUp` away from zero, `halfDown` towards it); `floor` and `ceil` go down and up the number line. */
export const ROUNDING_MODES = ['halfUp', 'halfDown', 'halfEven', 'floor', 'ceil', 'none'] as const
/** The name of a rounding mode. */
export type RoundingMode = (typeof ROUNDING_MODES)[number]

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i

/**
 * The exact value of a decimal text, or of a number as its shortest decimal text says (0.1 is one tenth).
 * Errors  throws RangeError for anything that is not a finite decimal.
 */
export const rational = (value: number | string): Rational => {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value === 0 ? 0 : value
  const parts = DECIMAL.exec(String(value))
  if (!parts) throw new RangeError(`not a decimal: ${value}`)
  const [, sign, whole, decimals = '', exponent = '0'] = parts
  const digits = BigInt(`${whole}${decimals}`) * (sign ? -1n : 1n)
  const power = Number(exponent) - decimals.length
  return power >= 0 ? reduced(digits * 10n ** BigInt(power), 1n) : reduced(digits, 10n ** BigInt(-power))
}

/** a + b */
export const add = (a: Rational, b: Rational): Rational => {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b
    if (Number.isSafeInteger(sum)) return sum
  }
  const x = fraction(a)
  const y = fraction(b)
  return reduced(x.n * y.d + y.n * x.d, x.d * y.d)
}

/** −a */
export const negate = (a: Rational): Rational => (typeof a === 'number' ? (a === 0 ? 0 : -a) : { n: -a.n, d: a.d })

/** a − b */
export const subtract = (a: Rational, b: Rational): Rational => add(a, negate(b))

/** a × b */
export const multiply = (a: Rational, b: Rational): Rational => {
  if (typeof a === 'number' && typeof b === 'number') {
    const product = a * b
    if (Number.isSafeInteger(product)) return product === 0 ? 0 : product
  }
  const x = fraction(a)
  const y = fraction(b)
  return reduced(x.n * y.n, x.d * y.d)
}

/** Errors  throws RangeError when `b` is zero. */
export const divide = (a: Rational, b: Rational): Rational => {
  if (typeof a === 'number' && typeof b === 'number' && b !== 0 && a % b === 0) return a === 0 ? 0 : a / b
  const x = fraction(a)
  const y = fraction(b)
  if (y.n === 0n) throw new RangeError('division by zero')
  return reduced(x.n * y.d, x.d * y.n)
}

/** Negative, zero or positive, as `a` is less than, equal to or greater than `b`. */
export const compare = (a: Rational, b: Rational): number => {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  const x = fraction(a)
  const y = fraction(b)
  const difference = x.n * y.d - y.n * x.d
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

/** Whether nothing is left. */
export const isZero = (a: Rational): boolean => a === 0
/** More than nothing. */
export const isPositive = (a: Rational): boolean => (typeof a === 'number' ? a > 0 : a.n > 0n)
/** The smaller one. */
export const minOf = (a: Rational, b: Rational): Rational => (compare(a, b) <= 0 ? a : b)
/** The larger one. */
export const maxOf = (a: Rational, b: Rational): Rational => (compare(a, b) >= 0 ? a : b)
/** Zero for none. */
export const sumOf = (all: Iterable<Rational>): Rational => {
  let sum: Rational = 0
  for (const one of all) sum = add(sum, one)
  return sum
}

/** `percent` hundredths of `a`. */
export const percentOf = (a: Rational, percent: Rational): Rational => divide(multiply(a, percent), 100)

/** The whole number that the mode asks for; `none` keeps the fraction. */
export const round = (a: Rational, mode: RoundingMode): Rational => {
  if (typeof a === 'number' || mode === 'none') return a
  const floor = floorOf(a)
  if (mode === 'floor') return whole(floor)
  if (mode === 'ceil') return whole(a.d === 1n ? floor : floor + 1n)
  const twice = 2n * (a.n - floor * a.d) - a.d
  return whole(twice > 0n || (twice === 0n && tieGoesUp(floor, mode)) ? floor + 1n : floor)
}

/** The nearest number, for showing and storing; whole numbers stay exact. */
export const toNumber = (a: Rational): number => {
  if (typeof a === 'number') return a
  const floor = floorOf(a)
  return Number(floor) + Number(((a.n - floor * a.d) * 10n ** 17n) / a.d) / 1e17
}

const tieGoesUp = (floor: bigint, mode: 'halfUp' | 'halfDown' | 'halfEven'): boolean => {
  if (mode === 'halfEven') return floor % 2n !== 0n
  return (mode === 'halfUp') === floor >= 0n
}

const fraction = (a: Rational): Fraction => (typeof a === 'number' ? { n: BigInt(a), d: 1n } : a)
const floorOf = ({ n, d }: Fraction): bigint => (n >= 0n || n % d === 0n ? n / d : n / d - 1n)
const LARGEST = BigInt(Number.MAX_SAFE_INTEGER)
const whole = (n: bigint): Rational => (n >= -LARGEST && n <= LARGEST ? Number(n) : { n, d: 1n })

const reduced = (n: bigint, d: bigint): Rational => {
  const divisor = greatestCommonDivisor(n < 0n ? -n : n, d < 0n ? -d : d) * (d < 0n ? -1n : 1n)
  const top = n / divisor
  const bottom = d / divisor
  return bottom === 1n ? whole(top) : { n: top, d: bottom }
}

const greatestCommonDivisor = (a: bigint, b: bigint): bigint => {
  while (b !== 0n) [a, b] = [b, a % b]
  return a
}
