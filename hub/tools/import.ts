/** `npm run import -- KIND FILE [--map FILE] [--data DIR]`: takes a table in; the same file twice adds nothing. */
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { readBasketRows } from '#hub/use-cases/bought/basket-rows.ts'
import { feedbackContext } from '#hub/use-cases/feedback/feedback-context.ts'
import type { FeedbackMap } from '#hub/use-cases/feedback/feedback-rows.ts'
import { importFeedback, type BadRow } from '#hub/use-cases/feedback/import-feedback.ts'
import { takeBaskets } from '#hub/use-cases/bought/take-baskets.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import { basketMap, type BasketMap } from './import/basket-map.ts'
import { feedbackMap, reviewsMap, type MapAsked } from './import/feedback-map.ts'
import { openDesk, type Desk } from './open-desk.ts'
import { readTable, type Table } from './read-table.ts'

const HELP = `npm run import -- KIND FILE [--map FILE] [--data DIR]

  KIND        feedback, reviews, baskets or orders
  FILE        CSV (comma, semicolon, tab or |; UTF-8, UTF-16 or Windows-1252), a JSON list, or a JSON object a line; may be gzip-compressed;
              the first line of a CSV names the columns
  --map FILE  JSON that says what the columns mean; without it they are recognised by name and content, and what is left out is named
  --data DIR  the hub's data folder (default ./.einklang; DATA_DIR)

feedback      {"survey": "exit-2026", "touchpoint": "exit" or {"column": "place"},
               "at": {"column": "submitted_at", "timeZone": "Europe/Berlin"}, "language": "de",
               "questions": [{"column": "overall", "kind": "csat5"},
                             {"column": "nps_0_10", "question": "nps", "kind": "nps"},
                             {"column": "q_parking", "kind": "csat5", "detail": true},
                             {"column": "comment", "kind": "text"}]}
              kinds: csat5 (1-5), smiley4 (1-4), nps (0-10), ces7 (1-7), scale10 (1-10), choice and ranking (a;b), amount (12.50), text;
              0-10 that is no recommendation: nps with "detail": true; 0-100: amount.
              A question may say "values": {"top": 5, "flop": 1} and "reversed": true (1 is the best); the map "missing": ["99"], beside empty
              cells, NA, null, - and k.A.; "at" the "time" column beside a date, and the "order" of 05/06/2025, "dmy" or "mdy", if no date of the column tells
reviews       {"rating": "stars", "product": "sku", "division": "department", "texts": ["title", "text"],
               "recommended": "recommended", "at": {…}, "language": "de", "survey": "reviews"}; all but rating may be left out
baskets       {"basket": "basket", "item": "item", "name": "till"}: what lay together
orders        {"basket": "invoice", "item": "sku", "title": "description", "quantity": "quantity", "price": "unit_price", "currency": "EUR",
               "at": {…}, "customer": "customer_id", "country": "country", "name": "shop",
               "cancelled": {"column": "invoice", "begins": "C"}, "goods": {"column": "sku", "pattern": "^[0-9]{5}"}}; all but basket and item may be left out.
              Who the customer is is kept nowhere: only which order of theirs it was.

Damaged rows are reported with line and reason, the others are kept, and the command ends with 0.
It ends with 2 if nothing could be read. The last line is one JSON line.
`

/** Reported one by one; of more the number is enough to see that the file is the wrong one. */
const MAX_REPORTED = 50
const PLANNED = new Set(['catalogue', 'prices', 'stock'])
const KINDS = ['feedback', 'reviews', 'baskets', 'orders'] as const
type Kind = (typeof KINDS)[number]

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
  if (table.value.rows.length === 0) return refuse(complain, `${asked.value.file}: ${table.value.bad.length > 0 ? `none of its rows can be read; line ${table.value.bad[0]!.line}: ${table.value.bad[0]!.reason}` : 'nothing but names of columns'}`)
  const desk = openDesk(asked.value.data, { mustExist: false })
  if (!desk.ok) return refuse(complain, desk.error)
  try {
    const told = take(desk.value, table.value, asked.value)
    if (!told.ok) return refuse(complain, told.error)
    for (const line of told.value) print(line)
    return 0
  } finally {
    desk.value.close()
  }
}

type Asked = { readonly kind: Kind; readonly file: string; readonly map: string | undefined; readonly data: string | undefined }

/** The error is null when help was asked for. */
const readArguments = (args: readonly string[]): Result<Asked, string | null> => {
  try {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: { map: { type: 'string' }, data: { type: 'string' }, help: { type: 'boolean' } } })
    if (values.help) return err(null)
    const [written, file, ...more] = positionals
    const kind = KINDS.find((one) => one === written)
    if (written === undefined) return err('import what? npm run import -- feedback FILE; more with --help')
    if (kind === undefined) return err(PLANNED.has(written) ? `"${written}" cannot be imported yet; ${KINDS.join(', ')} can` : `there is no kind "${written}"; ${KINDS.join(', ')} can be imported`)
    if (file === undefined) return err(`which file? npm run import -- ${kind} FILE`)
    return more.length > 0 ? err(`one file at a time; what is "${more[0]}"?`) : ok({ kind, file, map: values.map, data: values.data })
  } catch (error) {
    return err(error instanceof Error ? error.message : String(error))
  }
}

/** What there is to tell. */
const take = (desk: Desk, table: Table, asked: Asked): Result<readonly string[], string> => {
  const map: MapAsked = { file: asked.map ?? null, name: basename(asked.file).replace(/(\.(csv|tsv|txt|json|gz))+$/i, '').slice(0, 80), timeZone: feedbackContext(desk.documents).timeZone }
  if (asked.kind === 'baskets' || asked.kind === 'orders') {
    const baskets = basketMap(table, map)
    return baskets.ok ? ok(takeBasketTable(desk, table, baskets.value, asked.kind)) : baskets
  }
  const answers = asked.kind === 'reviews' ? reviewsMap(table, map) : feedbackMap(table, map)
  return answers.ok ? ok(takeAnswers(desk, table, answers.value, asked.kind)) : answers
}

const takeAnswers = (desk: Desk, table: Table, map: FeedbackMap, kind: Kind): readonly string[] => {
  const done = importFeedback(desk, table, map)
  const bad = allBad(table, done.bad)
  const rows = done.rows + table.bad.length
  return [
    `columns: ${map.questions.map(({ column, kind: as, detail }) => `${column} → ${as}${detail ? ' (detail)' : ''}`).join(', ')}`,
    ...aside(table, map),
    ...badLines(bad),
    `${rows} rows: ${done.imported} imported (${done.answers} answers), ${done.known} known already, ${done.empty} without an answer, ${bad.length} damaged`,
    JSON.stringify({ kind, rows, imported: done.imported, known: done.known, empty: done.empty, bad: bad.length, answers: done.answers }),
  ]
}

/** Place and time of the rows, and what nobody asked for. */
const aside = ({ header, rows }: Table, { at, touchpoint, questions }: FeedbackMap): readonly string[] => {
  const place = typeof touchpoint === 'string' ? `all at ${touchpoint}` : `${touchpoint.column} → touchpoint`
  const taken = new Set([...questions.map(({ column }) => column), at?.column, at?.time, typeof touchpoint === 'string' ? undefined : touchpoint.column])
  const left = header.filter((column) => !taken.has(column))
  const words = questions.flatMap(({ column, values }) => (values ? [`${column}: ${Object.entries(values).map(([word, points]) => `${word} = ${points}`).join(', ')}`] : []))
  const hasHours = at !== undefined && (at.time !== undefined || rows.some(({ cells }) => /\d:\d|\d{10}/.test(cells[header.indexOf(at.column)] ?? '')))
  const when = at ? `${[at.column, at.time].filter(Boolean).join(' ')} in ${at.timeZone}${at.order ? ` (${at.order})` : ''}${hasHours ? '' : ', days alone: all of them count at midnight'}` : 'no time'
  return [`place and time: ${place}, ${when}`, ...words, ...(left.length > 0 ? [`left out: ${left.join(', ')}`] : [])]
}

const takeBasketTable = (desk: Desk, table: Table, { name, currency, ...columns }: BasketMap, kind: Kind): readonly string[] => {
  const read = readBasketRows(table.header, table.rows, columns)
  const done = takeBaskets(desk, { name, currency, ordered: kind === 'orders' }, read.rows)
  const bad = allBad(table, read.bad)
  const rows = table.rows.length + table.bad.length
  return [
    `columns: ${Object.entries(columns).map(([what, column]) => `${typeof column === 'string' ? column : column.column} → ${what}`).join(', ')}`,
    ...badLines(bad),
    `${rows} rows: ${done.baskets} ${kind} imported (${done.lines} lines), ${done.known} known already, ${bad.length} rows damaged`,
    JSON.stringify({ kind, rows, imported: done.baskets, known: done.known, lines: done.lines, bad: bad.length }),
  ]
}

const allBad = (table: Table, bad: readonly BadRow[]): readonly BadRow[] => [...table.bad, ...bad].sort((a, b) => a.line - b.line)

const badLines = (bad: readonly BadRow[]): readonly string[] => [...bad.slice(0, MAX_REPORTED).map(({ line, reason }) => `line ${line}: ${reason}`), ...(bad.length > MAX_REPORTED ? [`… and ${bad.length - MAX_REPORTED} more damaged rows`] : [])]

const refuse = (complain: Print, why: string): number => {
  complain(why)
  return 2
}

if (import.meta.main) process.exitCode = runImport(process.argv.slice(2), console.log, console.error)
