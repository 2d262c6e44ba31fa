import { describe, expect, it } from 'vitest'
import { relativeWeights } from '#shared/insights/drivers/relative-weights.ts'
import { shapleyParts } from '#shared/insights/drivers/shapley-shares.ts'
import { regress, type Regression } from '#shared/insights/statistics/regression.ts'

/**
 * Correlations among overall satisfaction and nine ratings of 906 customers (every second one of Rossi, Gilula and Allenby, J. Am. Stat. Assoc. 96
 * (2001) 20), computed with numpy; row by row below the diagonal, the overall judgement first. The expected shares were computed with numpy and R.
 */
const BELOW = [
  [0.65075765],
  [0.6081422, 0.76567309],
  [0.79291556, 0.75854071, 0.70676212],
  [0.66411136, 0.54279458, 0.51492645, 0.65017992],
  [0.73029099, 0.48331872, 0.45893439, 0.67507015, 0.71076596],
  [0.56130674, 0.39167754, 0.40219563, 0.49784713, 0.52089306, 0.59185004],
  [0.54762422, 0.40726767, 0.42603965, 0.48907076, 0.53866273, 0.56523777, 0.60959956],
  [0.40149383, 0.3221786, 0.35045966, 0.38287132, 0.40834934, 0.40766769, 0.5684394, 0.59246445],
  [0.42311411, 0.32917641, 0.35797038, 0.36803137, 0.40658532, 0.41411648, 0.54873933, 0.55766435, 0.7518656],
]

const among = (i: number, j: number): number => (i === j ? 1 : BELOW[Math.max(i, j) - 1]![Math.min(i, j)]!)
const RATINGS = [1, 2, 3, 4, 5, 6, 7, 8, 9]
const CORRELATIONS = { among: RATINGS.map((i) => RATINGS.map((j) => among(i, j))), toOutcome: RATINGS.map((i) => among(i, 0)), n: 906 }
const fourDigits = (values: readonly number[]): readonly string[] => values.map((value) => value.toFixed(4))

describe('nine ratings on ten points that go together closely', () => {
  const fitted = regress(CORRELATIONS) as Regression
  it('explain 72.21 % of the overall judgement', () => expect(fitted.rSquared.toFixed(4)).toBe('0.7221'))
  it('have these weights in a plain regression, one of them turned round', () => {
    expect(fourDigits(fitted.betas)).toEqual(['0.0979', '0.0319', '0.4032', '0.0695', '0.2629', '0.0794', '0.0646', '-0.0584', '0.0582'])
  })
  it('have these shares averaged over all orders', () => {
    expect(fourDigits(shapleyParts(CORRELATIONS)!.map((part) => part / fitted.rSquared))).toEqual(['0.1243', '0.0973', '0.2521', '0.1221', '0.1913', '0.0782', '0.0699', '0.0293', '0.0353'])
  })
  it("have these by Johnson's relative weights", () => {
    expect(fourDigits(relativeWeights(CORRELATIONS)!.map((part) => part / fitted.rSquared))).toEqual(['0.1307', '0.1026', '0.2304', '0.1242', '0.1913', '0.0822', '0.0725', '0.0280', '0.0380'])
  })
})
