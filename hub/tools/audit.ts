/** `npm run audit -- verify|list|export`: who did what, when, on which device; and whether every row is as it was written. */
import { parseArgs } from 'node:util'
import { csvLine } from '#hub/use-cases/feedback/csv-line.ts'
import { AUDIT_ACTS, type AuditAct } from '#shared/privacy/audit-act.ts'
import type { AuditBreak, AuditRow, AuditState } from '#shared/privacy/audit.ts'
import { openDesk, type Desk } from './open-desk.ts'

const HELP = `npm run audit -- verify|list|export [options]

  verify        reads the chain from end to end beside its witnesses; the last line is JSON, exit code 1 if a row is not as it was written
  list          the newest rows (--limit, default 50), one line each
  export        all rows as CSV, with their hashes, so that others can compute the chain; the export is a row itself
  --who ID      only what this person did (list)
  --what ACT    only acts of this kind (list)
  --limit N     how many rows (list)
  --data DIR    the hub's data folder (default ./.einklang; DATA_DIR)
  --backup DIR  folder of its copies, where the second witness lies (default: backups in the data folder; BACKUP_DIR)

A row's hash is SHA-256 over the hash before it (64 zeros before the first) and the row as JSON with sorted keys: at, count, device, n, object, what, who.
`

type Print = (line: string) => void
type Asked = { readonly command: string; readonly who: string | undefined; readonly what: AuditAct | undefined; readonly limit: number; readonly data: string | undefined; readonly backup: string | undefined }

export const runAudit = async (args: readonly string[], print: Print, complain: Print): Promise<number> => {
  try {
    const asked = readArguments(args)
    if (!asked) {
      print(HELP)
      return 0
    }
    const desk = openDesk(asked.data, { mustExist: true, backup: asked.backup })
    if (!desk.ok) throw new Error(desk.error)
    try {
      return await COMMANDS[asked.command]!(desk.value, asked, print)
    } finally {
      desk.value.close()
    }
  } catch (error) {
    complain(error instanceof Error ? error.message : String(error))
    return 2
  }
}

const COMMANDS: { readonly [command: string]: (desk: Desk, asked: Asked, print: Print) => Promise<number> | number } = {
  verify: async ({ audit }, _asked, print) => {
    const state = await audit.verify()
    for (const line of sayState(state)) print(line)
    print(JSON.stringify({ rows: state.rows, gaps: state.gaps, broken: state.broken }))
    return state.broken === null ? 0 : 1
  },
  list: ({ audit }, { who, what, limit }, print) => {
    for (const row of audit.list({ limit, ...(who !== undefined && { who }), ...(what !== undefined && { what }) })) print(lineOf(row))
    return 0
  },
  export: ({ audit }, _asked, print) => {
    print(csvLine(['n', 'at', 'who', 'what', 'device', 'object', 'count', 'hash']))
    let rows = 0
    for (const { n, at, who, what, device, object, count, hash } of audit.all()) {
      print(csvLine([n, new Date(at).toISOString(), who, what, device, object, count, hash]))
      rows += 1
    }
    audit.record({ who: 'console', what: 'audit.exported', device: null, object: null, count: rows })
    return 0
  },
}

/** Null when help was asked for. */
const readArguments = (args: readonly string[]): Asked | null => {
  const text = { type: 'string' } as const
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: { who: text, what: text, limit: text, data: text, backup: text, help: { type: 'boolean' } } })
  if (values.help) return null
  const [command, ...more] = positionals
  if (command === undefined || more.length > 0 || !Object.hasOwn(COMMANDS, command)) throw new Error(`audit what? npm run audit -- ${Object.keys(COMMANDS).join('|')}`)
  const what = AUDIT_ACTS.find((act) => act === values.what)
  if (values.what !== undefined && !what) throw new Error(`"${values.what}" is no act; there are ${AUDIT_ACTS.join(', ')}`)
  const limit = Number(values.limit ?? 50)
  if (!Number.isSafeInteger(limit) || limit < 1) throw new Error(`--limit "${values.limit}" is not a number of rows`)
  return { command, who: values.who, what, limit, data: values.data, backup: values.backup }
}

const lineOf = ({ n, at, who, what, device, object, count }: AuditRow): string =>
  [String(n).padStart(6), new Date(at).toISOString(), who.padEnd(16), what.padEnd(18), (device ?? '-').slice(0, 8).padEnd(8), object ?? '-', count > 0 ? `x${count}` : ''].join('  ').trimEnd()

const WHY: { readonly [W in AuditBreak['why']]: string } = {
  changed: 'was changed',
  missing: 'is missing',
  rewritten: 'is another one than the witness remembers',
  cut: 'is missing, and everything behind it: the witness remembers more',
  unwitnessed: 'has no witness: the file beside the database and the one beside its copies are gone',
}

const sayState = ({ rows, gaps, broken }: AuditState): readonly string[] => [
  ...gaps.map(({ n, what, missing, at }) => `row ${n} tells that ${missing} rows before it are missing since ${new Date(at).toISOString()} (${what === 'audit.cut' ? 'the log was cut' : 'a copy was put back'})`),
  broken ? `row ${broken.n} ${WHY[broken.why]}` : `${rows} rows, each as it was written`,
]

if (import.meta.main) process.exitCode = await runAudit(process.argv.slice(2), console.log, console.error)
