/** `npm run people`: who may sign in, and a way back in for a store whose only manager forgot the password. Works beside a running hub. */
import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import { addPerson, codeForPerson, listPeople, type KeepPeopleParts } from '#hub/use-cases/people/keep-people.ts'
import type { PersonRole } from '#shared/devices/person.ts'
import { personKey } from '#shared/people/person-name.ts'
import type { PersonCode, PersonRefused } from '#shared/protocol/people.ts'
import { openPeopleDesk } from './open-desk.ts'

const HELP = `npm run people -- list
npm run people -- reset NAME
npm run people -- add NAME [--manager]

  list          who may sign in, and what they still lack
  reset NAME    prints a one-time code: with it the person chooses a new password behind "Ich habe einen Code bekommen" on any device of staff or managers.
                The old password counts until then.
  add NAME      adds somebody, and prints the same for them; --manager: a manager
  --data DIR    the hub's data folder (default ./.einklang; DATA_DIR)

Each of these acts stands in the audit log.
`

type Print = (line: string) => void
const CONSOLE = { who: 'console', device: null } as const

export const runPeople = (args: readonly string[], print: Print, complain: Print): number => {
  try {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: { data: { type: 'string' }, manager: { type: 'boolean' }, help: { type: 'boolean' } } })
    if (values.help) {
      print(HELP)
      return 0
    }
    const desk = openPeopleDesk(values.data, (length) => Uint8Array.from(randomBytes(length)))
    if (!desk.ok) throw new Error(desk.error)
    try {
      act(desk.value, positionals, values.manager ? 'manager' : 'staff', print)
      return 0
    } finally {
      desk.value.close()
    }
  } catch (error) {
    complain(error instanceof Error ? error.message : String(error))
    return 2
  }
}

const act = (parts: KeepPeopleParts, [verb, ...words]: readonly string[], role: PersonRole, print: Print): void => {
  const name = words.join(' ')
  if (verb === 'list') return list(parts, print)
  if ((verb !== 'reset' && verb !== 'add') || name === '') throw new Error('what is to be done? npm run people -- list | reset NAME | add NAME')
  if (verb === 'add') return tellCode(addPerson(parts, { name, role }, CONSOLE), name, print)
  const person = parts.people.findByKey(personKey(name))
  const made = person && codeForPerson(parts, person.id, CONSOLE)
  if (!made?.ok) throw new Error(`nobody here is called "${name}": npm run people -- list`)
  tellCode(made.value, name, print)
}

const list = (parts: KeepPeopleParts, print: Print): void => {
  const people = listPeople(parts)
  if (people.length === 0) print('Nobody yet: the setup code of "npm start" pairs the first manager\'s device, where the first manager chooses a name and a password.')
  for (const { name, role, hasPassword, codeUntil } of people) print(`${name} (${role})${hasPassword ? '' : codeUntil === null ? ', has no password and no open code' : ', has not chosen a password yet'}`)
}

const tellCode = (made: PersonCode | PersonRefused, name: string, print: Print): void => {
  if (made.type !== 'code') throw new Error(made.type === 'name' ? `"${name}" cannot be added: ${made.fault === 'taken' ? 'somebody has that name already' : 'that is no name'}` : 'not possible')
  print(`One-time code for ${name}: ${made.code}`)
  print(`It counts once, until ${new Date(made.expiresAt).toLocaleString()}.`)
}

if (import.meta.main) process.exitCode = runPeople(process.argv.slice(2), console.log, console.error)
