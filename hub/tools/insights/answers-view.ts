/** `npm run insights -- answers | groups | words`: one question alone, beside another, and beside what people wrote. */
import { amountsOf, readAmount } from '#shared/insights/amounts.ts'
import { compareGroups } from '#shared/insights/compare/compare-groups.ts'
import { figureOf } from '#shared/insights/figure.ts'
import { wilsonInterval } from '#shared/insights/interval.ts'
import { bandOf, groupAnswers, optionsIn, type Response } from '#shared/insights/responses.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import { metricOf, unknownQuestion, type DeskAnswers } from './desk-answers.ts'
import { figureJson, intervalJson, rounded, wholeFigureJson, type JsonObject } from './figure-json.ts'

/** What was chosen, how often, with the share's interval; sum and mean too where all answers are amounts. */
export const answersView = (answers: DeskAnswers, question: string): Result<JsonObject, string> => {
  const unknown = unknownQuestion(answers, question)
  if (unknown) return err(unknown)
  const answered = answers.responses.filter((response) => response.answers.has(question))
  const times = answered.flatMap(({ at }) => (at === null ? [] : [at])).sort((a, b) => a - b)
  const whole = { question, responses: answers.responses.length, first: isoTime(times[0]), last: isoTime(times.at(-1)) }
  if (answers.kinds.get(question) === 'text') return ok({ ...whole, answered: answered.length })
  const places = [...new Set(answered.map(({ touchpoint }) => touchpoint))].sort()
  const byTouchpoint = places.map((touchpoint) => Object.assign({ touchpoint }, chosen(answered.filter((response) => response.touchpoint === touchpoint), question)))
  return ok({ ...whole, ...chosen(answered, question), byTouchpoint })
}

/** The figure of a question for each answer to another one, compared with all the others. */
export const groupsView = (answers: DeskAnswers, question: string, { by, bands }: { readonly by: string; readonly bands: readonly number[] }): Result<JsonObject, string> => {
  const unknown = unknownQuestion(answers, question) ?? (by === 'touchpoint' ? null : unknownQuestion(answers, by))
  if (unknown) return err(unknown)
  const metric = metricOf(answers, question)
  if (metric === null) return err(`"${question}" has no scale`)
  const keysOf = (response: Response): readonly string[] => {
    const options = by === 'touchpoint' ? [response.touchpoint] : optionsIn(response, by)
    return bands.length === 0 ? options : options.flatMap((option) => bandOf(option, bands) ?? [])
  }
  const groups = groupAnswers(answers.responses, question, keysOf)
  const differences = compareGroups(metric, groups)
  const json = groups.map(({ key, counts }, i) => {
    const { comparison, verdict, certain, falseDiscovery } = differences[i]!
    const difference = comparison && { difference: rounded(comparison.difference, 2), interval: intervalJson(comparison.interval, 2), falseDiscovery: rounded(falseDiscovery, 4), effect: rounded(comparison.effect, 3) }
    const figure = figureOf(metric, counts)
    return Object.assign({ key }, figureJson(metric, figure), { n: figure.n, verdict, certain, againstRest: difference })
  })
  return ok({ question, metric, by, groups: json.sort((a, b) => b.n - a.n || (a.key < b.key ? -1 : 1)) })
}

/** The figure of those whose words match, and of the others, for each pattern. */
export const wordsView = (answers: DeskAnswers, question: string, patterns: readonly string[]): Result<JsonObject, string> => {
  const unknown = unknownQuestion(answers, question)
  if (unknown) return err(unknown)
  const metric = metricOf(answers, question)
  if (metric === null) return err(`"${question}" has no scale`)
  const texts = [...answers.kinds].filter(([, kind]) => kind === 'text').map(([text]) => text)
  const read = patterns.map((pattern) => ({ pattern, expression: readPattern(pattern) }))
  const wrong = read.find(({ expression }) => !expression.ok)
  if (wrong && !wrong.expression.ok) return wrong.expression
  const found = read.map(({ pattern, expression }) => {
    const matches = (response: Response): boolean => expression.ok && texts.some((text) => expression.value.test(String(response.answers.get(text) ?? '')))
    const groups = groupAnswers(answers.responses, question, (response) => [matches(response) ? 'with' : 'without'])
    const figure = (key: string): JsonObject => wholeFigureJson(metric, figureOf(metric, groups.find((group) => group.key === key)?.counts ?? {}))
    return { pattern, with: figure('with'), without: figure('without') }
  })
  return ok({ question, metric, words: found })
}

const isoTime = (at: number | undefined): string | null => (at === undefined ? null : new Date(at).toISOString())

const chosen = (responses: readonly Response[], question: string): JsonObject => {
  const counts = new Map<string, number>()
  for (const response of responses) for (const option of optionsIn(response, question)) counts.set(option, (counts.get(option) ?? 0) + 1)
  const amounts = [...counts].flatMap(([option, n]) => Array.from({ length: n }, () => readAmount(option)))
  const n = responses.length
  const options = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([option, hits]) => ({ option, n: hits, percent: rounded((100 * hits) / n, 2), interval: intervalJson(hundredfold(wilsonInterval(hits, n)), 2) }))
  const exact = amounts.length > 0 && amounts.every((amount) => amount !== null) ? { amounts: amountsOf(amounts as readonly bigint[]) } : {}
  return { answered: n, distinct: counts.size, ...exact, options: options.slice(0, MOST_OPTIONS) }
}

/** More options than this are a column of free numbers: their figures are in `amounts`. */
const MOST_OPTIONS = 60

const hundredfold = ({ low, high }: { readonly low: number; readonly high: number }) => ({ low: 100 * low, high: 100 * high })

const readPattern = (pattern: string): Result<RegExp, string> => {
  try {
    return ok(new RegExp(pattern, 'iu'))
  } catch (error) {
    return err(`--pattern: ${error instanceof Error ? error.message : String(error)}`)
  }
}
