/** `npm run import -- KIND FILE [--map FILE] [--data DIR]`: takes a table in; the same file twice adds nothing. */
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import * as v from 'valibot'
import { detectFeedbackMap } from '#hub/use-cases/detect-feedback-map.ts'
import { feedbackContext } from '#hub/use-cases/feedback-context.ts'
import type { FeedbackMap } from '#hub/use-cases/feedback-rows.ts'
import { importFeedback, type ImportReport } from '#hub/use-cases/import-feedback.ts'
import { LANGUAGES } from '#shared/kernel/language.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import { openDesk, type Desk } from './open-desk.ts'
import { readTable, type Table } from './read-table.ts'

const HELP = `npm run import -- KIND FILE [--map FILE] [--data DIR]

  KIND        feedback
  FILE        CSV or JSON, may be gzip-compressed; the first line names the columns
  --map FILE  JSON that says what the columns mean:
              {"survey": "exit-2026", "touchpoint": "exit" or {"column": "place"},
               "at": {"column": "submitted_at", "timeZone": "Europe/Berlin"}, "language": "de",
               "questions": [{"column": "overall", "kind": "csat5"},
                             {"column": "nps_0_10", "question": "nps", "kind": "nps"},
                             {"column": "q_parking", "kind": "csat5", "detail": true},
                             {"column": "comment", "kind": "text"}]}
              kinds: csat5 (1-5), nps (0-10), ces7 (1-7), choice (a;b), text.
              Without it the columns are recognised by name and content.
  --data DIR  the hub's data folder (default ./.einklang; DATA_DIR)

Damaged rows are reported with line and reason, the others are kept, and the command ends with 0.
It ends with 2 if nothing could be read. The last line is one JSON line.
`

/** Reported one by one; of more the number is enough to see that the file is the wrong one. */
const MAX_REPORTED = 50
const PLANNED = new Set(['catalogue', 'prices', 'stock', 'orders', 'reviews'])

type Print = (line: string) => void

export const runImport = (args: readonly string[], print: Print, complain: Print): number => {
  const asked = readArguments(args)
  if (!asked.ok) {
    if (asked.error === null) print(HELP)
    else complain(asked.error)
    return asked.error === null ? 0 : 2
  }
  const table = readTable(asked.value.file)
  if (!table.ok) return refuse(complain, `${asked.value.file}: ${table.error.why}`)
  const desk = openDesk(asked.value.data, { mustExist: false })
  if (!desk.ok) return refuse(complain, desk.error)
  try {
    const map = findMap(desk.value, table.value, asked.value)
    if (!map.ok) return refuse(complain, map.error)
    return report(table.value, importFeedback(desk.value, table.value, map.value), map.value, print)
  } finally {
    desk.value.close()
  }
}

type Asked = { readonly file: string; readonly map: string | undefined; readonly data: string | undefined }

/** The error is null when help was asked for. */
const readArguments = (args: readonly string[]): Result<Asked, string | null> => {
  try {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: { map: { type: 'string' }, data: { type: 'string' }, help: { type: 'boolean' } } })
    if (values.help) return err(null)
    const [kind, file, ...more] = positionals
    if (kind === undefined) return err('import what? npm run import -- feedback FILE; more with --help')
    if (kind !== 'feedback') return err(PLANNED.has(kind) ? `"${kind}" cannot be imported yet; feedback can` : `there is no kind "${kind}"; feedback can be imported`)
    if (file === undefined) return err('which file? npm run import -- feedback FILE')
    return more.length > 0 ? err(`one file at a time; what is "${more[0]}"?`) : ok({ file, map: values.map, data: values.data })
  } catch (error) {
    return err(error instanceof Error ? error.message : String(error))
  }
}

const name = v.pipe(v.string(), v.minLength(1), v.maxLength(80))
const timeZone = v.pipe(v.string(), v.check((zone) => Intl.supportedValuesOf('timeZone').includes(zone) || zone === 'UTC', 'no such time zone'))
const MapFile = v.strictObject({
  survey: name,
  touchpoint: v.union([name, v.strictObject({ column: name })]),
  at: v.exactOptional(v.strictObject({ column: name, timeZone })),
  language: v.optional(v.picklist(LANGUAGES), 'de'),
  questions: v.pipe(
    v.array(v.strictObject({ column: name, question: v.exactOptional(name), kind: v.picklist(['csat5', 'nps', 'ces7', 'choice', 'text']), detail: v.exactOptional(v.boolean()) })),
    v.minLength(1),
  ),
})

const findMap = (desk: Desk, { header, rows }: Table, asked: Asked): Result<FeedbackMap, string> => {
  if (asked.map !== undefined) return readMap(asked.map, header)
  const survey = basename(asked.file).replace(/(\.(csv|tsv|txt|json|gz))+$/i, '').slice(0, 80)
  const detected = detectFeedbackMap(header, rows, { name: survey, timeZone: feedbackContext(desk.documents).timeZone, language: 'de' })
  return detected.ok ? detected : err(`no column looks like an answer (${header.join(', ')}); say with --map what they mean`)
}

const readMap = (file: string, header: readonly string[]): Result<FeedbackMap, string> => {
  try {
    const map = v.safeParse(MapFile, JSON.parse(readFileSync(file, 'utf8')))
    if (!map.success) return err(`${file}: ${map.issues.map((issue) => `${v.getDotPath(issue) ?? 'file'}: ${issue.message}`).join('; ')}`)
    const { at, touchpoint, questions } = map.output
    const columns = [...questions.map(({ column }) => column), ...(at ? [at.column] : []), ...(typeof touchpoint === 'string' ? [] : [touchpoint.column])]
    const lost = columns.find((column) => !header.includes(column))
    return lost === undefined ? ok(map.output) : err(`${file}: the table has no column "${lost}"`)
  } catch (error) {
    return err(`${file}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

const report = (table: Table, done: ImportReport, map: FeedbackMap, print: Print): number => {
  const bad = [...table.bad, ...done.bad].sort((a, b) => a.line - b.line)
  const rows = done.rows + table.bad.length
  print(`columns: ${map.questions.map(({ column, kind, detail }) => `${column} → ${kind}${detail ? ' (detail)' : ''}`).join(', ')}`)
  for (const { line, reason } of bad.slice(0, MAX_REPORTED)) print(`line ${line}: ${reason}`)
  if (bad.length > MAX_REPORTED) print(`… and ${bad.length - MAX_REPORTED} more damaged rows`)
  print(`${rows} rows: ${done.imported} imported (${done.answers} answers), ${done.known} known already, ${done.empty} without an answer, ${bad.length} damaged`)
  print(JSON.stringify({ kind: 'feedback', rows, imported: done.imported, known: done.known, empty: done.empty, bad: bad.length, answers: done.answers }))
  return 0
}

const refuse = (complain: Print, why: string): number => {
  complain(why)
  return 2
}

if (import.meta.main) process.exitCode = runImport(process.argv.slice(2), console.log, console.error)
