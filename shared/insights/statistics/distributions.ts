/** Tails and quantiles of the distributions that intervals and tests are read from. */

/**
 * Probability that a standard normal value lies above `z`.
 * Source  erfc by its series below 2.5 and its continued fraction beyond (DLMF 7.6.2, 7.9.4); relative error below 1e-12 up to z = 10.
 */
export const normalTail = (z: number): number => {
  if (z < 0) return 1 - normalTail(-z)
  return z < 2.5 ? 0.5 - normalFromMiddle(z) : normalFraction(z)
}

/** Two-sided probability of a value at least this far from nought. */
export const normalTwoSided = (z: number): number => Math.min(1, 2 * normalTail(Math.abs(z)))

/**
 * Two-sided probability of Student's t with `freedom` degrees of freedom, which need not be whole.
 * Source  Abramowitz and Stegun 26.7.1 by the incomplete beta function.
 */
export const studentTwoSided = (t: number, freedom: number): number =>
  freedom > 0 ? incompleteBeta(freedom / (freedom + t * t), freedom / 2, 0.5) : 1

/** The t that leaves `twoSided` outside of ±t. Source  bisection over `studentTwoSided`, to 1e-12 of its value. */
export const studentQuantile = (twoSided: number, freedom: number): number => {
  let [low, high] = [0, 1]
  while (studentTwoSided(high, freedom) > twoSided && high < 1e12) high *= 2
  for (let step = 0; step < 200 && high - low > 1e-12 * high; step++) {
    const middle = (low + high) / 2
    if (studentTwoSided(middle, freedom) > twoSided) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** Probability that chi square with one degree of freedom is at least `x`. */
export const chiSquareTail = (x: number): number => normalTwoSided(Math.sqrt(Math.max(0, x)))

/** Share of the normal distribution between 0 and z. */
const normalFromMiddle = (z: number): number => {
  let [term, sum] = [z, z]
  for (let k = 1; Math.abs(term) > 1e-17 * sum; k++) {
    term *= (z * z) / (2 * k + 1)
    sum += term
  }
  return sum * Math.exp((-z * z) / 2) * INVERSE_ROOT_TWO_PI
}

const normalFraction = (z: number): number => {
  let fraction = 0
  for (let k = 120; k >= 1; k--) fraction = k / (z + fraction)
  return (Math.exp((-z * z) / 2) * INVERSE_ROOT_TWO_PI) / (z + fraction)
}

const INVERSE_ROOT_TWO_PI = 1 / Math.sqrt(2 * Math.PI)

/** Regularised incomplete beta function I_x(a, b). Source  DLMF 8.17.22, evaluated by Lentz's method; 8.17.4 where it converges better. */
const incompleteBeta = (x: number, a: number, b: number): number => {
  if (x <= 0) return 0
  if (x >= 1) return 1
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a)
  const front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) + logGamma(a + b) - logGamma(a) - logGamma(b)) / a
  let [c, d] = [1, 1 / (1 - ((a + b) * x) / (a + 1))]
  let value = d
  for (let m = 1; m <= MOST_TERMS; m++) {
    for (const step of [(m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m)), (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))]) {
      d = 1 / (1 + step * d)
      c = 1 + step / c
      value *= c * d
    }
    if (Math.abs(c * d - 1) < 1e-15) break
  }
  return front * value
}

/** The fraction is exact long before; the bound keeps strange arguments from running on. */
const MOST_TERMS = 2_000

/** Source  Lanczos, SIAM J. Numer. Anal. B 1 (1964) 86, with g = 7 and nine coefficients. */
const logGamma = (x: number): number => {
  const base = x + 6.5
  const series = LANCZOS.reduce((sum, coefficient, i) => (i === 0 ? coefficient : sum + coefficient / (x + i - 1)), 0)
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(base) - base + Math.log(series)
}

const LANCZOS = [0.999_999_999_999_809_9, 676.520_368_121_885_1, -1_259.139_216_722_402_8, 771.323_428_777_653_1, -176.615_029_162_140_6, 12.507_343_278_686_905, -0.138_571_095_265_720_12, 9.984_369_578_019_572e-6, 1.505_632_735_149_311_6e-7]
