/** `npm run backup`, `restore` and `verify`: copies of the hub's database, made, read and put back by hand. The hub makes its own every hour. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { listBackups, sqliteBackups } from '#hub/stores/sqlite/care/backups.ts'
import { checkCopy } from '#hub/stores/sqlite/care/check-copy.ts'
import { isInUse, openToCopy } from '#hub/stores/sqlite/care/open-to-copy.ts'
import { DATABASE_FILE, chooseCopy } from '#hub/stores/sqlite/care/restore-database.ts'
import { millis } from '#shared/kernel/time.ts'
import { copiesOf, folderOf } from './open-desk.ts'

const OPTIONS = `  --data DIR    the hub's data folder (default ./.einklang; DATA_DIR)
  --backup DIR  folder of its copies (default: backups in the data folder; BACKUP_DIR)
`
const HELP = {
  backup: `npm run backup [-- options]
  makes a copy now, reads it back whole, and only then gives it its name; beside a running hub too. Exit code 1 if it could not.
${OPTIONS}`,
  verify: `npm run verify [-- COPY …] [options]
  reads the database and every copy, or those named, from the first page to the last row. Exit code 1 if one is damaged.
${OPTIONS}`,
  restore: `npm run restore -- COPY | newest [options]
  the hub begins from this copy at its next start. The database of now is set aside, never deleted. What shoppers had erased stays erased, who was removed
  stays removed, and devices send again what the copy lacks. Only while no hub runs.
${OPTIONS}`,
} as const
type Command = keyof typeof HELP
type Print = (line: string) => void
type Asked = { readonly data: string; readonly backup: string; readonly names: readonly string[] }

/** Shape  exit code: 0 done, 1 what was asked for fell short, 2 nobody can do that. */
export const runCopies = async (args: readonly string[], print: Print, complain: Print): Promise<number> => {
  try {
    const [command, ...rest] = args
    if (command !== 'backup' && command !== 'verify' && command !== 'restore') throw new Error('backup, verify or restore?')
    const asked = readArguments(rest)
    if (asked) return await COMMANDS[command](asked, print)
    print(HELP[command])
    return 0
  } catch (error) {
    complain(error instanceof Error ? error.message : String(error))
    return 2
  }
}

const COMMANDS: { readonly [C in Command]: (asked: Asked, print: Print) => Promise<number> | number } = {
  backup: async ({ data, backup }, print) => {
    const sql = openToCopy(fileOf(data))
    try {
      const made = await sqliteBackups(sql, data, backup).make(millis(Date.now()))
      if (made.ok) print(`${join(backup, made.value.name)}: ${made.value.events} events, read back whole`)
      else print(`no copy was made: ${made.error.why}`)
      print(JSON.stringify(made.ok ? { copy: made.value.name, bytes: made.value.bytes, events: made.value.events } : { copy: null, why: made.error.why }))
      return made.ok ? 0 : 1
    } finally {
      sql.close()
    }
  },
  verify: ({ data, backup, names }, print) => {
    const copies = listBackups(backup).map(({ name }) => name)
    const unknown = names.find((name) => !copies.includes(name))
    if (unknown !== undefined) throw new Error(`there is no copy ${unknown} in ${backup}`)
    const files = names.length > 0 ? names.map((name) => join(backup, name)) : [...(existsSync(join(data, DATABASE_FILE)) ? [join(data, DATABASE_FILE)] : []), ...copies.map((name) => join(backup, name))]
    if (files.length === 0) throw new Error(`there are no data in ${data} and no copies in ${backup}`)
    const found = files.map((file) => ({ file, checked: checkCopy(file) }))
    for (const { file, checked } of found) print(checked.ok ? `${file}: whole, ${checked.value.events} events` : `${file}: damaged, ${checked.error.why}`)
    const damaged = found.filter(({ checked }) => !checked.ok).length
    print(JSON.stringify({ checked: found.length, whole: found.length - damaged, damaged }))
    return damaged === 0 ? 0 : 1
  },
  restore: ({ data, backup, names }, print) => {
    const copies = listBackups(backup)
    const [wish, ...more] = names
    if (wish === undefined || more.length > 0) throw new Error(`which copy? One of: newest${copies.map(({ name }) => `, ${name}`).join('')}`)
    const copy = wish === 'newest' ? copies[0] : copies.find(({ name }) => name === wish)
    if (!copy) throw new Error(wish === 'newest' ? `there is no copy in ${backup}` : `there is no copy ${wish} in ${backup}`)
    const checked = checkCopy(join(backup, copy.name))
    if (!checked.ok) throw new Error(`${copy.name} is damaged: ${checked.error.why}. Nothing was changed.`)
    if (isInUse(join(data, DATABASE_FILE))) throw new Error('a hub or a command is at work on these data: end it first. Nothing was changed.')
    const aside = chooseCopy(data, copy.name, millis(Date.now()))
    print(`the hub begins from ${copy.name} (${checked.value.events} events) when it is started${aside === null ? '' : `; what was there lies in ${aside}`}`)
    print(JSON.stringify({ copy: copy.name, at: new Date(copy.at).toISOString(), events: checked.value.events, aside }))
    return 0
  },
}

/** Null when help was asked for. */
const readArguments = (args: readonly string[]): Asked | null => {
  const text = { type: 'string' } as const
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: { data: text, backup: text, help: { type: 'boolean' } } })
  if (values.help) return null
  const data = folderOf(values.data)
  return { data, backup: copiesOf(data, values.backup), names: positionals }
}

const fileOf = (data: string): string => {
  const file = join(data, DATABASE_FILE)
  if (!existsSync(file)) throw new Error(`there are no data in ${data}`)
  return file
}

if (import.meta.main) process.exitCode = await runCopies(process.argv.slice(2), console.log, console.error)
