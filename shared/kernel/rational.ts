/**
 * Exact fractions for the price engine: no floating point decides a cent.
 * Shape   a whole number within 2^53 is a plain `number`, a fraction of two such numbers a `Small`; only what does not fit is made of big
 *         integers. Each value has one form, always reduced, the denominator positive.
 */
export type Rational = number | Small | Big
type Small = { readonly p: number; readonly q: number }
type Big = { readonly n: bigint; readonly d: bigint }

/** `half…` say where an exact half goes (`halfUp` away from zero, `halfDown` towards it); `floor` and `ceil` go down and up the number line. */
export const ROUNDING_MODES = ['halfUp', 'halfDown', 'halfEven', 'floor', 'ceil', 'none'] as const
/** The name of a rounding mode. */
export type RoundingMode = (typeof ROUNDING_MODES)[number]

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i
/** Texts so short that their digits fit a safe integer. */
const SHORT_DECIMAL = /^\d{1,9}(\.\d{1,6})?$/

/**
 * The exact value of a decimal text, or of a number as its shortest decimal text says (0.1 is one tenth).
 * Errors  throws RangeError for anything that is not a finite decimal.
 */
export const rational = (value: number | string): Rational => {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value === 0 ? 0 : value
  const text = String(value)
  const known = shortDecimals.get(text)
  if (known !== undefined) return known
  if (SHORT_DECIMAL.test(text)) return rememberShort(text)
  const parts = DECIMAL.exec(text)
  if (!parts) throw new RangeError(`not a decimal: ${value}`)
  const [, sign, whole, decimals = '', exponent = '0'] = parts
  const digits = BigInt(`${whole}${decimals}`) * (sign ? -1n : 1n)
  const power = Number(exponent) - decimals.length
  return power >= 0 ? reduced(digits * 10n ** BigInt(power), 1n) : reduced(digits, 10n ** BigInt(-power))
}

/** The percentages of a release and the rates of tax: the same few texts, read again for every line of every basket. */
const shortDecimals = new Map<string, Rational>()
const MOST_SHORT_DECIMALS = 1000

const rememberShort = (text: string): Rational => {
  if (shortDecimals.size >= MOST_SHORT_DECIMALS) shortDecimals.clear()
  const value = shortDecimal(text)
  shortDecimals.set(text, value)
  return value
}

const shortDecimal = (text: string): Rational => {
  const point = text.indexOf('.')
  if (point < 0) return Number(text)
  return ratio(Number(text.slice(0, point) + text.slice(point + 1)), 10 ** (text.length - point - 1))
}

/** a + b */
export const add = (a: Rational, b: Rational): Rational => {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b
    if (Number.isSafeInteger(sum)) return sum
  } else if (isSmall(a) && isSmall(b)) {
    const [left, right, bottom] = [topOf(a) * bottomOf(b), topOf(b) * bottomOf(a), bottomOf(a) * bottomOf(b)]
    if (areSafe(left, right, left + right) && Number.isSafeInteger(bottom)) return ratio(left + right, bottom)
  }
  const x = big(a)
  const y = big(b)
  return reduced(x.n * y.d + y.n * x.d, x.d * y.d)
}

/** −a */
export const negate = (a: Rational): Rational => {
  if (typeof a === 'number') return a === 0 ? 0 : -a
  return 'p' in a ? { p: -a.p, q: a.q } : { n: -a.n, d: a.d }
}

/** a − b */
export const subtract = (a: Rational, b: Rational): Rational => {
  if (typeof a === 'number' && typeof b === 'number') {
    const difference = a - b
    if (Number.isSafeInteger(difference)) return difference
  }
  return add(a, negate(b))
}

/** a × b */
export const multiply = (a: Rational, b: Rational): Rational => {
  if (typeof a === 'number' && typeof b === 'number') {
    const product = a * b
    if (Number.isSafeInteger(product)) return product === 0 ? 0 : product
  } else if (isSmall(a) && isSmall(b)) {
    const [top, bottom] = [topOf(a) * topOf(b), bottomOf(a) * bottomOf(b)]
    if (areSafe(top, bottom, 0)) return ratio(top, bottom)
  }
  const x = big(a)
  const y = big(b)
  return reduced(x.n * y.n, x.d * y.d)
}

/** Errors  throws RangeError when `b` is zero. */
export const divide = (a: Rational, b: Rational): Rational => {
  if (b === 0) throw new RangeError('division by zero')
  if (isSmall(a) && isSmall(b)) {
    const [top, bottom] = [topOf(a) * bottomOf(b), bottomOf(a) * topOf(b)]
    if (areSafe(top, bottom, 0)) return bottom < 0 ? ratio(-top, -bottom) : ratio(top, bottom)
  }
  const x = big(a)
  const y = big(b)
  return reduced(x.n * y.d, x.d * y.n)
}

/** Negative, zero or positive, as `a` is less than, equal to or greater than `b`. */
export const compare = (a: Rational, b: Rational): number => {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (isSmall(a) && isSmall(b)) {
    const [left, right] = [topOf(a) * bottomOf(b), topOf(b) * bottomOf(a)]
    if (areSafe(left, right, 0)) return left - right
  }
  const x = big(a)
  const y = big(b)
  const difference = x.n * y.d - y.n * x.d
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

/** Whether nothing is left. */
export const isZero = (a: Rational): boolean => a === 0
/** More than nothing. */
export const isPositive = (a: Rational): boolean => (typeof a === 'number' ? a > 0 : 'p' in a ? a.p > 0 : a.n > 0n)
/** The smaller one. */
export const minOf = (a: Rational, b: Rational): Rational => (compare(a, b) <= 0 ? a : b)
/** The larger one. */
export const maxOf = (a: Rational, b: Rational): Rational => (compare(a, b) >= 0 ? a : b)
/** Zero for none. */
export const sumOf = (all: readonly Rational[]): Rational => {
  let sum: Rational = 0
  for (const one of all) sum = add(sum, one)
  return sum
}

/** `percent` hundredths of `a`. */
export const percentOf = (a: Rational, percent: Rational): Rational => divide(multiply(a, percent), 100)

/** The same rounded, without making the fraction in between where the numbers are small. */
export const roundedPercentOf = (a: Rational, percent: Rational, mode: RoundingMode): Rational => {
  if (typeof a === 'number' && isSmall(percent) && mode !== 'none') {
    const [top, bottom] = [a * topOf(percent), 100 * bottomOf(percent)]
    if (Number.isSafeInteger(top) && Number.isSafeInteger(bottom)) return roundRatio(top, bottom, mode)
  }
  return round(percentOf(a, percent), mode)
}

/** The whole number that the mode asks for; `none` keeps the fraction. */
export const round = (a: Rational, mode: RoundingMode): Rational => {
  if (typeof a === 'number' || mode === 'none') return a
  if ('p' in a) return roundRatio(a.p, a.q, mode)
  const floor = floorOf(a)
  if (mode === 'floor') return whole(floor)
  if (mode === 'ceil') return whole(a.d === 1n ? floor : floor + 1n)
  const twice = 2n * (a.n - floor * a.d) - a.d
  return whole(twice > 0n || (twice === 0n && tieGoesUp(floor % 2n !== 0n, floor >= 0n, mode)) ? floor + 1n : floor)
}

/** The nearest number, for showing and storing; whole numbers stay exact. */
export const toNumber = (a: Rational): number => {
  if (typeof a === 'number') return a
  const { n, d } = big(a)
  const floor = floorOf({ n, d })
  return Number(floor) + Number(((n - floor * d) * 10n ** 17n) / d) / 1e17
}

/** Both within 2^53: there a remainder and a denominator are compared without doubling them. */
const roundRatio = (p: number, q: number, mode: Exclude<RoundingMode, 'none'>): number => {
  const floor = Math.floor(p / q) // Exact: nearer to a whole number than a quotient within 2^53 can be, no quotient is rounded up to it.
  const rest = p < 0 ? ((p % q) + q) % q : p - floor * q // Below zero, floor × q may lie beyond 2^53.
  if (mode === 'floor' || rest === 0) return floor || 0
  const above = mode === 'ceil' ? 1 : rest - (q - rest)
  return above > 0 || (above === 0 && tieGoesUp(floor % 2 !== 0, floor >= 0, mode as HalfMode)) ? floor + 1 || 0 : floor
}

type HalfMode = Exclude<RoundingMode, 'none' | 'floor' | 'ceil'>

const tieGoesUp = (isOdd: boolean, isPositiveSide: boolean, mode: HalfMode): boolean =>
  mode === 'halfEven' ? isOdd : (mode === 'halfUp') === isPositiveSide

const isSmall = (a: Rational): a is number | Small => typeof a === 'number' || 'p' in a
const topOf = (a: number | Small): number => (typeof a === 'number' ? a : a.p)
const bottomOf = (a: number | Small): number => (typeof a === 'number' ? 1 : a.q)
const areSafe = (a: number, b: number, c: number): boolean => Number.isSafeInteger(a) && Number.isSafeInteger(b) && Number.isSafeInteger(c)
const big = (a: Rational): Big => (typeof a === 'number' ? { n: BigInt(a), d: 1n } : 'p' in a ? { n: BigInt(a.p), d: BigInt(a.q) } : a)
const floorOf = ({ n, d }: Big): bigint => (n >= 0n || n % d === 0n ? n / d : n / d - 1n)
const LARGEST = BigInt(Number.MAX_SAFE_INTEGER)
const isWithin = (n: bigint): boolean => n >= -LARGEST && n <= LARGEST
const whole = (n: bigint): Rational => (isWithin(n) ? Number(n) : { n, d: 1n })

/** Both safe integers, the denominator positive. */
const ratio = (top: number, bottom: number): Rational => {
  if (top % bottom === 0) return top / bottom || 0
  let [a, b] = [Math.abs(top), bottom]
  while (b !== 0) [a, b] = [b, a % b]
  return { p: top / a, q: bottom / a }
}

const reduced = (n: bigint, d: bigint): Rational => {
  const divisor = greatestCommonDivisor(n < 0n ? -n : n, d < 0n ? -d : d) * (d < 0n ? -1n : 1n)
  const top = n / divisor
  const bottom = d / divisor
  if (bottom === 1n) return whole(top)
  return isWithin(top) && isWithin(bottom) ? { p: Number(top), q: Number(bottom) } : { n: top, d: bottom }
}

const greatestCommonDivisor = (a: bigint, b: bigint): bigint => {
  while (b !== 0n) [a, b] = [b, a % b]
  return a
}
