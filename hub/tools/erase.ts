/** `npm run erase -- RESPONSE`: everything that one person left, by the response number that the export and the manager's screen show. */
import { parseArgs } from 'node:util'
import { openErasure } from './open-desk.ts'

const HELP = `npm run erase -- RESPONSE [--data DIR] [--backup DIR]

  RESPONSE      number of the response, as "npm run export -- feedback" lists it
  --data DIR    the hub's data folder (default ./.einklang; DATA_DIR)
  --backup DIR  folder of its copies (default: backups in the data folder; BACKUP_DIR)

Answers, words, contact and their events are erased at once, and again whenever an older copy is put back or a device sends them a second time.
The copies themselves are deleted in their turn, after two weeks at the latest.
`

type Print = (line: string) => void

export const runErase = (args: readonly string[], print: Print, complain: Print): number => {
  try {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: { data: { type: 'string' }, backup: { type: 'string' }, help: { type: 'boolean' } } })
    if (values.help) {
      print(HELP)
      return 0
    }
    const [response, ...more] = positionals
    if (response === undefined || more.length > 0) throw new Error('erase which response? npm run erase -- RESPONSE')
    const erasure = openErasure(values.data, values.backup)
    if (!erasure.ok) throw new Error(erasure.error)
    try {
      const { rows } = erasure.value.eraseResponse(response)
      // Until it is counted, what went is noted beside the cells as it was.
      if (rows > 0) erasure.value.count()
      erasure.value.settle()
      if (rows > 0) erasure.value.audit.record({ who: 'console', what: 'feedback.erased', device: null, object: null, count: rows })
      if (rows === 0) throw new Error(`there is nothing of a response "${response}" here`)
      print(`Erased: ${rows} rows of response ${response}.`)
      return 0
    } finally {
      erasure.value.close()
    }
  } catch (error) {
    complain(error instanceof Error ? error.message : String(error))
    return 2
  }
}

if (import.meta.main) process.exitCode = runErase(process.argv.slice(2), console.log, console.error)
