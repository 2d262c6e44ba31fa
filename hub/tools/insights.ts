/** `npm run insights -- [--question Q] [--by DIM] [--data DIR]`: the manager's figures as JSON. */
import { parseArgs } from 'node:util'
import { readInsights } from '#hub/use-cases/read-insights.ts'
import { isThin, METRIC_KIND, METRICS, npsCounts, standardErrorOf, type Figure, type Metric } from '#shared/insights/figure.ts'
import { DIMENSIONS, type Dimension } from '#shared/insights/group-tallies.ts'
import type { Json } from '#shared/kernel/json.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import { openDesk, type Desk } from './open-desk.ts'

const HELP = `npm run insights -- [--question Q] [--by DIM] [--data DIR]

  --question Q  only the answers to this question
  --by DIM      also a figure for each ${DIMENSIONS.join(', ')}
  --data DIR    the hub's data folder (default ./.einklang; DATA_DIR)

Prints one JSON object. csat: share of 4-5 of 1-5, ces: share of 5-7 of 1-7 (percent, Wilson interval);
nps: share of 9-10 minus share of 0-6 (points, interval from the variance p + d - (p - d)^2); intervals are 95 %.
Figures of fewer than 5 answers are null; "thin" marks an interval wider than +-15.
`

type Print = (line: string) => void
type Asked = { readonly question: string | undefined; readonly by: Dimension | undefined; readonly data: string | undefined }

export const runInsights = (args: readonly string[], print: Print, complain: Print): number => {
  const asked = readArguments(args)
  if (!asked.ok) {
    if (asked.error === null) print(HELP)
    else complain(asked.error)
    return asked.error === null ? 0 : 2
  }
  const desk = openDesk(asked.value.data, { mustExist: true })
  if (!desk.ok) {
    complain(desk.error)
    return 2
  }
  try {
    return printFigures(desk.value, asked.value, print, complain)
  } finally {
    desk.value.close()
  }
}

/** The error is null when help was asked for. */
const readArguments = (args: readonly string[]): Result<Asked, string | null> => {
  try {
    const { values } = parseArgs({ args: [...args], options: { question: { type: 'string' }, by: { type: 'string' }, data: { type: 'string' }, help: { type: 'boolean' } } })
    if (values.help) return err(null)
    const by = DIMENSIONS.find((dimension) => dimension === values.by)
    if (values.by !== undefined && by === undefined) return err(`--by "${values.by}" is none of ${DIMENSIONS.join(', ')}`)
    return ok({ question: values.question, by, data: values.data })
  } catch (error) {
    return err(error instanceof Error ? error.message : String(error))
  }
}

const printFigures = (desk: Desk, { question, by }: Asked, print: Print, complain: Print): number => {
  const asked = { ...(by !== undefined && { by }), ...(question !== undefined && { question }) }
  const questions = desk.feedback.scoredQuestions()
  const known = questions.filter((known) => question === undefined || known.question === question)
  if (question !== undefined && known.length === 0) {
    complain(`nobody has answered "${question}"; answered: ${questions.map((known) => known.question).join(', ') || 'nothing yet'}`)
    return 2
  }
  const metrics = METRICS.filter((metric) => question === undefined || known.some(({ kind }) => kind === METRIC_KIND[metric]))
  const replies = metrics.map((metric) => readInsights(desk, { metric, ...asked }))
  const figures = replies.map(({ metric, overall, groups, flagged }) => {
    const byGroup = by === undefined ? {} : { by, groups: groups.map(({ key, figure }) => ({ key, ...toJson(metric, figure) })) }
    return [metric, { ...toJson(metric, overall), flagged, ...byGroup }] as const
  })
  print(JSON.stringify({ question: question ?? null, ...Object.fromEntries(figures), questions: known, missing: replies[0]?.missing ?? [], asOf: desk.clock.now() } as Json, null, 2))
  return 0
}

/** Scores to two digits, means to four. */
const toJson = (metric: Metric, figure: Figure): { readonly [fact: string]: Json } => ({
  n: figure.n,
  score: rounded(figure.score, 2),
  low: rounded(figure.low, 2),
  high: rounded(figure.high, 2),
  standardError: rounded(standardErrorOf(metric, figure), 2),
  mean: rounded(figure.mean, 4),
  thin: isThin(figure),
  counts: figure.counts,
  ...(metric === 'nps' && figure.score !== null && npsCounts(figure.counts)),
})

const rounded = (value: number | null, digits: number): number | null => (value === null ? null : Number(value.toFixed(digits)))

if (import.meta.main) process.exitCode = runInsights(process.argv.slice(2), console.log, console.error)
