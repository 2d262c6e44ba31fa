/** `npm run insights -- [VIEW] [--question Q] [--by DIM] [--data DIR]`: the manager's figures as JSON. */
import { parseArgs } from 'node:util'
import type { AnswerBook } from '#hub/use-cases/figures/answer-book.ts'
import { feedbackContext } from '#hub/use-cases/feedback/feedback-context.ts'
import { readCompare } from '#hub/use-cases/figures/read-figures.ts'
import { readInsights } from '#hub/use-cases/figures/read-insights.ts'
import { LEAST_TOGETHER } from '#shared/insights/baskets/also-bought.ts'
import { GROUPINGS } from '#shared/protocol/figures.ts'
import { METRIC_KIND, METRICS } from '#shared/insights/figure.ts'
import { DIMENSIONS } from '#shared/insights/group-tallies.ts'
import { ledgerOf, settleReports } from '#shared/insights/report-figures.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import { localTime, type Millis } from '#shared/kernel/time.ts'
import { answersView, groupsView, wordsView } from './insights/answers-view.ts'
import { basketsView } from './insights/baskets-view.ts'
import { deskAnswers, type DeskAnswers } from './insights/desk-answers.ts'
import { driversView } from './insights/drivers-view.ts'
import { figureJson, wholeFigureJson, type JsonObject } from './insights/figure-json.ts'
import { alsoBoughtView, storedBasketsView } from './insights/stored-baskets-view.ts'
import { spendView } from './insights/spend-view.ts'
import { alarmsView, changeView, trendView, weekView, type AskedChange } from './insights/time-views.ts'
import { topicsView } from './insights/topics-view.ts'
import { openDesk, type Desk } from './open-desk.ts'
import { readTable } from './read-table.ts'

/** What reports divide by, and what else screens compare by. */
const BY = [...DIMENSIONS, ...GROUPINGS.filter((one) => !DIMENSIONS.some((dimension) => dimension === one))]

const HELP = `npm run insights -- [VIEW] [--question Q] [--by DIM] [--data DIR]

  figures   (without a VIEW) csat, nps, ces of all answers
              --question Q    only the answers to this question
              --by DIM        also a figure for each ${BY.join(', ')}
              --flagged without   leaves out answers with a sign of play, and says how many of them the figure had
  verify    whether the cells of figures are what a recount of all answers finds; ends with 1 if not
              --mend          has them counted anew if they are not
  drivers   what goes with the answers to --question Q: correlations, shares (LMG, relative weights), matrix, pain points
              --of A,B,…      the ratings; default those of parts that were given together with Q, on the scale most of them have
  answers   what was chosen at --question Q, with shares; sum and mean where all answers are amounts
  groups    --question Q for each answer to --by B, compared with the others
              --bands 18,30,… joins numbers; the last one is open
  words     --question Q of those whose words match --pattern P (may be said several times), and of the others
  trend     --question Q day by day, and whether it goes up or down
  week      --question Q for each hour of the week
  alarms    what would have been raised for --question Q, touchpoint by touchpoint, and closed again
  change    --question Q at a touchpoint before and after something was changed
              --at T --before 2026-10-05..2026-10-19 --after 2026-10-26..2026-11-09
              --points 8      the change that was promised (down: --points=-8)   --control T2  a touchpoint where nothing was changed
  spend     what satisfied and dissatisfied customers spend: --question Q beside --amount A
  topics    what German comments are about, how they sound, what goes together; with the responses behind each
  baskets   what is bought together, and orders in figures: of --source S, a table that was imported (npm run import -- baskets|orders), or of a FILE (basket,item or invoices)
              --anchors A,B   articles to say for what others bought too
              --least N       baskets a pair must be in (default ${LEAST_TOGETHER})
  also-bought  what would stand beside the store's articles if all its baskets were counted now, and why something would not   --anchors A,B
  --data DIR  the hub's data folder (default ./.einklang; DATA_DIR)

Prints one JSON object. csat: share of 4-5 of 1-5, ces: share of 5-7 of 1-7 (percent, Wilson interval);
nps: share of 9-10 minus share of 0-6 (points, interval from the variance p + d - (p - d)^2); intervals are 95 %.
Figures of fewer than 5 answers are null; "thin" marks an interval wider than +-15.
`

type Print = (line: string) => void
type Asked = {
  readonly view: View
  readonly file: string | undefined
  readonly question: string | undefined
  readonly by: string | undefined
  readonly data: string | undefined
  readonly source: string | undefined
  readonly of: readonly string[]
  readonly bands: readonly number[]
  readonly anchors: readonly string[]
  readonly patterns: readonly string[]
  readonly least: number
  readonly amount: string | undefined
  readonly mend: boolean
  readonly isPlain: boolean
  readonly change: Omit<AskedChange, 'today'>
}

const VIEWS = ['figures', 'verify', 'drivers', 'answers', 'groups', 'words', 'trend', 'week', 'alarms', 'change', 'spend', 'topics', 'baskets', 'also-bought'] as const
type View = (typeof VIEWS)[number]

export const runInsights = (args: readonly string[], print: Print, complain: Print): number => {
  const asked = readArguments(args)
  if (!asked.ok) {
    if (asked.error === null) print(HELP)
    else complain(asked.error)
    return asked.error === null ? 0 : 2
  }
  const done = asked.value.view === 'baskets' && asked.value.file !== undefined ? readBasketFile(asked.value) : withDesk(asked.value)
  if (done.ok) print(JSON.stringify(done.value, null, 2))
  else complain(done.error)
  return done.ok ? 0 : 2
}

/** The error is null when help was asked for. */
const readArguments = (args: readonly string[]): Result<Asked, string | null> => {
  try {
    const text = { type: 'string' } as const
    const options = { question: text, by: text, data: text, source: text, of: text, bands: text, anchors: text, pattern: { type: 'string', multiple: true }, least: text, amount: text, before: text, after: text, at: text, control: text, points: text, mend: { type: 'boolean' }, flagged: text, help: { type: 'boolean' } } as const
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options })
    if (values.help) return err(null)
    const [named = 'figures', file, ...more] = positionals
    const view = VIEWS.find((one) => one === named)
    if (!view) return err(`there is no view "${named}"; views: ${VIEWS.join(', ')}`)
    if ((file !== undefined && view !== 'baskets') || more.length > 0) return err(`what is "${more[0] ?? file}"?`)
    const bands = listOf(values.bands).map(Number)
    const least = Number(values.least ?? LEAST_TOGETHER)
    if (bands.some(Number.isNaN) || bands.some((band, i) => i > 0 && band <= bands[i - 1]!)) return err(`--bands "${values.bands}" is no ascending list of numbers`)
    if (!Number.isSafeInteger(least) || least < 1) return err(`--least "${values.least}" is no number of baskets`)
    const change = { at: values.at ?? '', before: values.before ?? '', after: values.after ?? '', control: values.control ?? null, points: Number(values.points) }
    return faultOf(view, values) ?? ok({ view, file, question: values.question, by: values.by, data: values.data, source: values.source, of: listOf(values.of), bands, anchors: listOf(values.anchors), patterns: values.pattern ?? [], least, amount: values.amount, mend: values.mend ?? false, isPlain: values.flagged === 'without', change })
  } catch (error) {
    return err(error instanceof Error ? error.message : String(error))
  }
}

type Given = { readonly [one in 'question' | 'by' | 'amount' | 'at' | 'points' | 'flagged']?: string } & { readonly pattern?: readonly string[] }

/** What a view cannot do without. */
const faultOf = (view: View, { question, by, pattern, amount, at, points, flagged }: Given): Result<never, string> | null => {
  if (flagged !== undefined && (flagged !== 'without' || view !== 'figures' || (by !== undefined && !DIMENSIONS.some((one) => one === by)))) return err(`--flagged takes "without", for figures of all or by ${DIMENSIONS.join(', ')}`)
  if (view === 'figures' && by !== undefined && !BY.some((one) => one === by)) return err(`--by "${by}" is none of ${BY.join(', ')}`)
  if (!['figures', 'verify', 'topics', 'baskets', 'also-bought'].includes(view) && question === undefined) return err(`which question? npm run insights -- ${view} --question Q`)
  if (view === 'spend' && amount === undefined) return err('which amounts? npm run insights -- spend --question Q --amount A')
  if (view === 'change' && (at === undefined || !(Number(points) !== 0))) return err('which change? npm run insights -- change --question Q --at T --before … --after … --points 8')
  if (view === 'groups' && by === undefined) return err('beside which question? npm run insights -- groups --question Q --by B')
  return view === 'words' && pattern === undefined ? err('which words? npm run insights -- words --question Q --pattern P') : null
}

const listOf = (written: string | undefined): readonly string[] => written?.split(',').map((part) => part.trim()).filter(Boolean) ?? []

const withDesk = (asked: Asked): Result<JsonObject, string> => {
  const desk = openDesk(asked.data, { mustExist: true })
  if (!desk.ok) return desk
  try {
    if (asked.view === 'baskets') return storedBasketsView(desk.value.baskets, asked.source, { ...asked, limit: MOST_LISTED })
    if (asked.view === 'also-bought') return alsoBoughtView(desk.value.baskets, desk.value.documents.current()?.items ?? {}, { ...asked, limit: MOST_LISTED })
    if (asked.view === 'verify') return verifyView(desk.value, asked.mend)
    return asked.view === 'figures' ? figuresView(desk.value, asked) : answersViews(deskAnswers(desk.value.feedback), asked, { timeZone: feedbackContext(desk.value.documents).timeZone, now: desk.value.clock.now() })
  } finally {
    desk.value.close()
  }
}

const answersViews = (answers: DeskAnswers, asked: Asked, { timeZone, now }: { readonly timeZone: string; readonly now: Millis }): Result<JsonObject, string> => {
  const { view, question = '', by = '', amount = '', of, bands, patterns, change } = asked
  switch (view) {
    case 'drivers': return driversView(answers, question, of)
    case 'answers': return answersView(answers, question)
    case 'groups': return groupsView(answers, question, { by, bands })
    case 'words': return wordsView(answers, question, patterns)
    case 'trend': return trendView(answers, question, timeZone)
    case 'week': return weekView(answers, question, timeZone)
    case 'alarms': return alarmsView(answers, question, timeZone)
    case 'change': return changeView(answers, question, timeZone, { ...change, today: localTime(now, timeZone).day })
    case 'spend': return spendView(answers, question, amount)
    default: return ok(topicsView(answers))
  }
}

const readBasketFile = ({ file = '', anchors, least }: Asked): Result<JsonObject, string> => {
  const table = readTable(file)
  return table.ok ? basketsView(table.value, { anchors, least, limit: MOST_LISTED }) : err(`${file}: ${table.error.why}`)
}

const MOST_LISTED = 10

/** Figures are read from cells; the answers are the truth. */
const verifyView = ({ cells, transactions, documents }: Desk, mend: boolean): Result<JsonObject, string> => {
  const differences = cells.differences()
  if (differences.length === 0) return ok({ equal: true })
  if (!mend) return err(`cells differ from a recount of the answers in ${differences.length} places, first: ${differences[0]}; counted anew by npm run insights -- verify --mend`)
  const { timeZone } = feedbackContext(documents)
  transactions.run(() => cells.forget())
  while (!transactions.run(() => cells.count(timeZone))) continue
  return ok({ equal: cells.differences().length === 0, mended: differences.length })
}

const figuresView = (desk: Desk, { question, by, isPlain }: Asked): Result<JsonObject, string> => {
  const dimension = DIMENSIONS.find((one) => one === by)
  const grouping = GROUPINGS.find((one) => one === by)
  const asked = { ...(dimension !== undefined && { by: dimension }), ...(question !== undefined && { question }) }
  const questions = desk.feedback.scoredQuestions()
  const known = questions.filter((known) => question === undefined || known.question === question)
  if (question !== undefined && known.length === 0) return err(`nobody has answered "${question}"; answered: ${questions.map((known) => known.question).join(', ') || 'nothing yet'}`)
  const metrics = METRICS.filter((metric) => question === undefined || known.some(({ kind }) => kind === METRIC_KIND[metric]))
  const read = isPlain ? { ...desk, book: plainBook(desk) } : desk
  const replies = metrics.map((metric) => Object.assign(readInsights(read, { metric, ...asked }), { flagged: readInsights(desk, { metric, ...asked }).flagged }))
  const figures = replies.map(({ metric, overall, groups: ofReport, flagged }) => {
    // What screens compare by is told as they are told it.
    const groups = dimension === undefined && grouping !== undefined ? readCompare(desk)({ metric, by: grouping, ...(question !== undefined && { question }) }).groups : ofReport
    const byGroup = by === undefined ? {} : { by, groups: groups.map(({ key, figure }) => Object.assign({ key }, figureJson(metric, figure))) }
    return [metric, { ...wholeFigureJson(metric, overall), [isPlain ? 'leftOut' : 'flagged']: flagged, ...byGroup }] as const
  })
  return ok({ question: question ?? null, ...Object.fromEntries(figures), questions: known, missing: replies[0]?.missing ?? [], asOf: desk.clock.now() } as JsonObject)
}

/** Without answers that have a sign of play: whoever holds the data folder has all of them anyway. */
const plainBook = ({ feedback }: Desk): AnswerBook => ({
  read: (kind, timeZone) => {
    const ledger = ledgerOf(feedback.tallies({ kind, flagged: 'without' }), timeZone)
    return { version: feedback.version(), ledger, settled: () => settleReports(ledger) }
  },
})

if (import.meta.main) process.exitCode = runInsights(process.argv.slice(2), console.log, console.error)
