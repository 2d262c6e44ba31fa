/** `npm run export -- KIND [--format csv|json] [--data DIR]`: the data the other way, for spreadsheets and other programs. */
import { parseArgs } from 'node:util'
import type { FeedbackRow, FeedbackStore } from '#hub/ports/feedback-store.ts'
import { coarsePlaces } from '#hub/use-cases/feedback/export-feedback.ts'
import { feedbackContext } from '#hub/use-cases/feedback/feedback-context.ts'
import { contactInClear } from '#hub/use-cases/feedback/open-contacts.ts'
import { missingDevices } from '#hub/use-cases/figures/read-insights.ts'
import { contactEndsAt } from '#shared/feedback/contact-time.ts'
import { isFolded } from '#shared/feedback/hidden.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import { csvLine } from '../use-cases/feedback/csv-line.ts'
import { caseSheet, improvementSheet, letterSheet, surveySheet, type Cell, type Sheet } from './export-sheets.ts'
import { openDesk, type Desk } from './open-desk.ts'

const HELP = `npm run export -- KIND [--format csv|json] [--coarse] [--data DIR]

  KIND          feedback (answers and masked comments), contacts (of those who asked for an answer, opened with the hub's key),
                surveys (questions in force), cases, improvements (with their numbers) or letters (figures of the weekly letters)
  --format F    csv (default) or json
  --coarse      feedback to hand on: without moment, device and response number
  --data DIR    the hub's data folder (default ./.einklang; DATA_DIR)

With --coarse, as a manager's screen exports it, the time of an answer is its day; where fewer than five people answered at a place on a day it is its month, and where that
are too few as well it has no place. Without it everything is there that another hub needs to take it over: whoever holds the data folder holds that anyway.
Whose answers are not all here, and what is kept as sums alone, is told on standard error. In CSV a cell that a spreadsheet would take for a formula begins with an apostrophe.
Every export is a row of the audit log.
`

type Print = (line: string) => void

const FEEDBACK_COLUMNS = ['id', 'response', 'at', 'received_at', 'touchpoint', 'survey', 'question', 'kind', 'value', 'channel', 'device', 'flags']
const CONTACT_COLUMNS = ['id', 'response', 'at', 'touchpoint', 'contact']

const COARSE_COLUMNS = ['when', 'touchpoint', 'survey', 'question', 'kind', 'value', 'channel']

const SHEETS: { readonly [kind: string]: (desk: Pick<Desk, 'feedback' | 'documents' | 'keys' | 'clock' | 'cases' | 'letters'>, coarse: boolean) => Sheet } = {
  feedback: ({ feedback, documents }, coarse) =>
    coarse ? { columns: COARSE_COLUMNS, rows: coarseRows([...feedback.all()], feedbackContext(documents).timeZone) } : { columns: FEEDBACK_COLUMNS, rows: feedbackRows(feedback) },
  contacts: (desk) => ({ columns: CONTACT_COLUMNS, rows: contactRows(desk) }),
  surveys: ({ documents }) => surveySheet(documents.current()?.items ?? {}),
  cases: ({ cases }) => caseSheet(cases),
  improvements: ({ cases }) => improvementSheet(cases),
  letters: ({ letters }) => letterSheet(letters),
}

/** Opened as on the manager's screen: nobody's whose time is over. One that was sealed to a key that is gone stays empty. */
const contactRows = ({ feedback, keys, clock }: Pick<Desk, 'feedback' | 'keys' | 'clock'>): readonly (readonly Cell[])[] => {
  const now = clock.now()
  const kept = feedback.contacts().filter((one) => contactEndsAt(one) >= now)
  return kept.map((one) => [one.id, one.response, isoTime(one.at), one.touchpoint, one.sealed ? contactInClear(keys(), one) : one.contact])
}

export const runExport = (args: readonly string[], print: Print, complain: Print): number => {
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
    const { kind, format, coarse } = asked.value
    const sheet = SHEETS[kind]!(desk.value, coarse)
    const rows = format === 'csv' ? printCsv(sheet, print) : printJson(sheet, print)
    desk.value.audit.record({ who: 'console', what: 'feedback.exported', device: null, object: coarse ? `${kind}:coarse` : kind, count: rows })
    if (asked.value.kind === 'feedback') tellMissing(desk.value, complain)
    return 0
  } finally {
    desk.value.close()
  }
}

/** Beside the data, never in it: whose answers are not all here. */
const tellMissing = (desk: Desk, complain: Print): void => {
  const now = desk.clock.now()
  for (const { name, waiting, since, lost } of missingDevices(desk, { from: -Infinity, until: now + 1 }, now))
    complain(`not complete: ${name}, ${lost ? `up to ${lost} events lost` : `at least ${waiting} events waiting`}, ${since === null ? 'never heard' : `last heard ${isoTime(since)}`}`)
}

type Asked = { readonly kind: string; readonly format: 'csv' | 'json'; readonly coarse: boolean; readonly data: string | undefined }

/** The error is null when help was asked for. */
const readArguments = (args: readonly string[]): Result<Asked, string | null> => {
  try {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: { format: { type: 'string' }, coarse: { type: 'boolean' }, data: { type: 'string' }, help: { type: 'boolean' } } })
    if (values.help) return err(null)
    const [kind, ...more] = positionals
    const format = values.format ?? 'csv'
    if (kind === undefined) return err('export what? npm run export -- feedback')
    if (!Object.hasOwn(SHEETS, kind)) return err(`"${kind}" cannot be exported; ${Object.keys(SHEETS).join(', ')} can`)
    if (more.length > 0) return err(`one kind at a time; what is "${more[0]}"?`)
    if (format !== 'csv' && format !== 'json') return err(`--format "${format}" is neither csv nor json`)
    return ok({ kind, format, coarse: values.coarse ?? false, data: values.data })
  } catch (error) {
    return err(error instanceof Error ? error.message : String(error))
  }
}

const feedbackRows = function* (feedback: FeedbackStore): Iterable<readonly Cell[]> {
  for (const row of feedback.all()) {
    const value = typeof row.value === 'object' ? row.value.join(';') : row.value
    yield [row.id, row.response, row.at === null ? null : isoTime(row.at), isoTime(row.receivedAt), row.touchpoint, row.survey, row.question, row.kind, value, row.channel, row.dev, row.flags.join(';')]
  }
}

/** Sorted by what it says, so that the order of arrival is not told. */
const coarseRows = (rows: readonly FeedbackRow[], timeZone: string): readonly (readonly Cell[])[] => {
  const placeOf = coarsePlaces(rows, timeZone)
  const cells = rows.filter(({ kind, hidden }) => kind !== 'contact' && !isFolded(hidden)).map((row): readonly Cell[] => {
    const { when, touchpoint } = placeOf(row)
    return [when, touchpoint, row.survey, row.question, row.kind, typeof row.value === 'object' ? row.value.join(';') : row.value, row.channel]
  })
  return cells.toSorted((a, b) => (a.join('\t') < b.join('\t') ? -1 : 1))
}

const isoTime = (at: number): string => new Date(at).toISOString()

/** How many rows that were. */
const printCsv = ({ columns, rows }: Sheet, print: Print): number => {
  let n = 0
  print(csvLine(columns))
  for (const row of rows) {
    print(csvLine(row))
    n += 1
  }
  return n
}

const printJson = ({ columns, rows }: Sheet, print: Print): number => {
  let n = 0
  print('[')
  let before: string | null = null
  for (const row of rows) {
    if (before !== null) print(`${before},`)
    before = JSON.stringify(Object.fromEntries(columns.map((column, i) => [column, row[i] ?? null])))
    n += 1
  }
  if (before !== null) print(before)
  print(']')
  return n
}

if (import.meta.main) process.exitCode = runExport(process.argv.slice(2), console.log, console.error)
