/** `npm run insights -- spend`: what those spend who are satisfied, and those who are not. */
import { readAmount } from '#shared/insights/amounts.ts'
import { optionsIn, scoreIn } from '#shared/insights/responses.ts'
import { spendByMood } from '#shared/insights/spend-by-mood.ts'
import { cents } from '#shared/kernel/money.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import { metricOf, unknownQuestion, type DeskAnswers } from './desk-answers.ts'
import { intervalJson, rounded, type JsonObject } from './figure-json.ts'

/** Millionths in a cent. */
const CENT = 10_000n

/** `amount` is a question whose answers are amounts of money in whole cents, as 12.50. */
export const spendView = (answers: DeskAnswers, question: string, amount: string): Result<JsonObject, string> => {
  const unknown = unknownQuestion(answers, question) ?? unknownQuestion(answers, amount)
  if (unknown) return err(unknown)
  const metric = metricOf(answers, question)
  if (metric === null) return err(`"${question}" has no scale`)
  const scored = answers.responses.filter((response) => scoreIn(response, question) !== null)
  const baskets = scored.flatMap((response) => {
    const spent = readAmount(optionsIn(response, amount)[0] ?? '')
    return spent === null || spent % CENT !== 0n ? [] : [{ response: response.id, score: scoreIn(response, question)!, spend: cents(Number(spent / CENT)) }]
  })
  const { kind, answers: all, n, moods, together } = spendByMood(metric, baskets, scored.length)
  return ok({ question, amount, metric, kind, answers: all, n, moods: moods.map(({ mood, n, mean, median, low, high }) => ({ mood, n, meanCents: mean, medianCents: median, lowCents: low, highCents: high })), together: together && { rho: rounded(together.rho, 4), interval: intervalJson(together.interval, 4) } })
}
