/** `npm run insights -- drivers`: what goes with the overall judgement. */
import { importancePerformance } from '#shared/insights/drivers/importance-performance.ts'
import { keyDriversOf, type Driver } from '#shared/insights/drivers/key-drivers.ts'
import { markedPoints } from '#shared/insights/drivers/pain-points.ts'
import { ratingsBeside, tellingRatings } from '#shared/insights/drivers/ratings-beside.ts'
import { completeAnswers } from '#shared/insights/responses.ts'
import { seededRandom } from '#shared/insights/statistics/seeded-random.ts'
import { summaryOf } from '#shared/insights/statistics/summary.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import { askedAs, unknownQuestion, type DeskAnswers } from './desk-answers.ts'
import { intervalJson, rounded, type JsonObject } from './figure-json.ts'

/** The same seed at every call: the same answers print the same digits. */
const SEED = 1
const ROUNDS = 400

export const driversView = (answers: DeskAnswers, outcome: string, ratings: readonly string[]): Result<JsonObject, string> => {
  const asked = ratings.length > 0 ? ratings : ratingsBeside(answers.responses, askedAs(answers), outcome)
  const unknown = [outcome, ...asked].map((question) => unknownQuestion(answers, question)).find((why) => why !== null)
  if (unknown) return err(unknown)
  if (asked.length === 0) return err(`no rating was given together with "${outcome}"`)
  const complete = completeAnswers(answers.responses, outcome, asked)
  const { kept, left } = ratings.length > 0 ? { kept: complete.ratings, left: [] } : tellingRatings(complete)
  const given = { ...complete, ratings: kept }
  const found = keyDriversOf(given, { random: seededRandom(SEED), rounds: ROUNDS })
  if ('type' in found) return ok({ outcome, n: found.n, enough: found.enough, drivers: null, why: found.why, leftOut: left.map(({ key, why }) => ({ question: key, why })) })
  const placed = importancePerformance(found.drivers.map(({ key, weight, mean }) => ({ key, importance: weight, score: mean })))
  const scored = found.drivers.map((driver) => ({ ...weighed(driver, given.ratings.find(({ key }) => key === driver.key)!.values) }))
  return ok({
    outcome,
    n: found.n,
    enough: found.enough,
    outcomeMean: rounded(found.outcomeMean, 4),
    rSquared: rounded(found.rSquared, 4),
    adjustedRSquared: rounded(found.adjustedRSquared, 4),
    warnings: found.warnings,
    leftOut: left.map(({ key, why }) => ({ question: key, why })),
    note: 'correlation, not cause; lmg and weight are shares of rSquared; opposite: plain regression turns the sign',
    drivers: found.drivers.map((driver) => ({
      question: driver.key,
      mean: rounded(driver.mean, 4),
      r: rounded(driver.r, 4),
      rInterval: intervalJson(driver.rInterval, 4),
      rho: rounded(driver.rho, 4),
      beta: rounded(driver.beta, 4),
      inflation: rounded(driver.inflation, 3),
      lmg: rounded(driver.lmg, 4),
      weight: rounded(driver.weight, 4),
      shareInterval: intervalJson(driver.shareInterval, 4),
      warnings: driver.warnings,
      quadrant: placed.placed.find(({ key }) => key === driver.key)!.quadrant,
    })),
    cuts: { importance: rounded(placed.importanceCut, 4), performance: rounded(placed.performanceCut, 4) },
    points: markedPoints(scored).map(({ key, kind, effect, interval, sure }) => ({ question: key, kind, effect: rounded(effect, 4), interval: intervalJson(interval, 4), sure })),
  })
}

const weighed = ({ key, mean, weight, shareInterval }: Driver, values: readonly number[]) => ({
  key,
  score: mean,
  scoreInterval: summaryOf(values).interval ?? { low: mean, high: mean },
  importance: weight,
  importanceInterval: shareInterval ?? { low: 0, high: 1 },
})
