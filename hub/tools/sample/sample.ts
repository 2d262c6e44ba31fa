/** `npm run sample`: fills an empty store with answers that are made up, to see what a manager sees after a quarter of a year. */
import { parseArgs } from 'node:util'
import { importFeedback } from '#hub/use-cases/feedback/import-feedback.ts'
import type { FeedbackMap } from '#hub/use-cases/feedback/feedback-rows.ts'
import { openDesk, type Desk } from '../open-desk.ts'
import { RATINGS, sampleTables, type SampleTable } from './sample-answers.ts'

const HELP = `npm run sample [-- options]
  fills the demo store with made-up answers of the last weeks, to see the manager's screens at work. Only into data that hold no answer yet: beside real ones
  they would make every figure untrue. Begin with an empty data folder when the store opens.
  --weeks N   1 to 52 (default 13)
  --data DIR  the hub's data folder (default ./.einklang; DATA_DIR)
`
const PER_DAY = 90
const MOST_WEEKS = 52
const COMMON = { touchpoint: { column: 'place' }, at: { column: 'at', timeZone: 'Europe/Berlin' }, language: 'de' } as const
const MAPS: { readonly [S in SampleTable['survey']]: FeedbackMap } = {
  'store-visit': {
    ...COMMON,
    survey: 'store-visit',
    questions: [
      { column: 'visit', kind: 'csat5' },
      { column: 'reason', kind: 'choice' },
      { column: 'find', kind: 'ces7' },
      { column: 'recommend', kind: 'nps' },
      { column: 'comment', kind: 'text' },
      ...RATINGS.map((column) => ({ column, kind: 'csat5' as const, detail: true })),
    ],
  },
  department: {
    ...COMMON,
    survey: 'department',
    questions: [
      { column: 'department', kind: 'csat5' },
      { column: 'department-reason', kind: 'choice' },
      { column: 'comment', kind: 'text' },
    ],
  },
}

type Print = (line: string) => void

/** Shape  how many answers there are now. */
export const fillSample = (desk: Desk, wish: { readonly weeks: number; readonly perDay: number; readonly endsAt: number }): number =>
  sampleTables({ seed: 7, ...wish }).reduce((sum, { survey, header, rows }) => {
    const report = importFeedback(desk, { header, rows: rows.map((cells, i) => ({ line: i + 2, cells })) }, MAPS[survey])
    if (report.bad.length > 0) throw new Error(`the sample does not fit: ${report.bad[0]!.reason}`)
    return sum + report.answers
  }, 0)

export const runSample = (args: readonly string[], print: Print, complain: Print): number => {
  try {
    const text = { type: 'string' } as const
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: { weeks: text, data: text, help: { type: 'boolean' } } })
    if (values.help) {
      print(HELP)
      return 0
    }
    if (positionals.length > 0) throw new Error(`what is "${positionals[0]}"? npm run sample -- --weeks 13`)
    const weeks = Number(values.weeks ?? 13)
    if (!Number.isSafeInteger(weeks) || weeks < 1 || weeks > MOST_WEEKS) throw new Error(`--weeks takes 1 to ${MOST_WEEKS}`)
    const desk = openDesk(values.data, { mustExist: true })
    if (!desk.ok) throw new Error(`${desk.error}: start the hub once with "npm start"`)
    try {
      for (const _ of desk.value.feedback.all()) throw new Error('there are answers already, and made-up ones beside them would make every figure untrue: take an empty data folder')
      const answers = fillSample(desk.value, { weeks, perDay: PER_DAY, endsAt: desk.value.clock.now() })
      print(`${answers} made-up answers of ${weeks} weeks are in. Open the manager's screen.`)
      print(JSON.stringify({ answers, weeks }))
      return 0
    } finally {
      desk.value.close()
    }
  } catch (error) {
    complain(error instanceof Error ? error.message : String(error))
    return 2
  }
}

if (import.meta.main) process.exitCode = runSample(process.argv.slice(2), console.log, console.error)
