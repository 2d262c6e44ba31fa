/** `npm run devices`: what the devices of a store are called, and another name for one of them. Works beside a running hub. */
import { parseArgs } from 'node:util'
import { renameDevice, type NotRenamed, type RenameParts } from '#hub/use-cases/devices/rename-device.ts'
import { MAX_DEVICE_NAME } from '#shared/protocol/pairing.ts'
import { openDeviceDesk } from './open-desk.ts'

const HELP = `npm run devices -- list
npm run devices -- rename "OLD NAME" "NEW NAME"

  list          the devices that are let in: id, role, name
  rename        calls one of them differently, by its name or its id; managers see it at their next look, its answers stay where they are
  --data DIR    the hub's data folder (default ./.einklang; DATA_DIR)

A new name stands in the audit log. On the device itself the name of its pairing is shown until it is paired anew.
`
const WHAT = 'what is to be done? npm run devices -- list | rename "OLD NAME" "NEW NAME"'

type Print = (line: string) => void
const CONSOLE = { who: 'console', device: null } as const

export const runDevices = (args: readonly string[], print: Print, complain: Print): number => {
  try {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: { data: { type: 'string' }, help: { type: 'boolean' } } })
    if (values.help) {
      print(HELP)
      return 0
    }
    const desk = openDeviceDesk(values.data)
    if (!desk.ok) throw new Error(desk.error)
    try {
      act(desk.value, positionals, print)
      return 0
    } finally {
      desk.value.close()
    }
  } catch (error) {
    complain(error instanceof Error ? error.message : String(error))
    return 2
  }
}

const act = (parts: RenameParts, [verb, ...words]: readonly string[], print: Print): void => {
  if (verb === 'list' && words.length === 0) return list(parts, print)
  const [which, name, ...more] = words
  if (verb !== 'rename' || which === undefined || name === undefined || more.length > 0) throw new Error(WHAT)
  const renamed = renameDevice(parts)(which, name, CONSOLE)
  if (!renamed.ok) throw new Error(whyNot(renamed.error, which, name))
  print(`"${renamed.value.before.name}" is called "${renamed.value.name}" now.`)
}

const list = ({ devices }: RenameParts, print: Print): void => {
  const open = devices.list().filter(({ revokedAt }) => revokedAt === null)
  if (open.length === 0) print('No device is let in yet.')
  for (const { dev, role, name } of open) print(`${dev}  ${role.padEnd(7)}  ${name}`)
}

const whyNot = (error: NotRenamed, which: string, name: string): string => {
  if (error.type === 'unknown') return `no device that is let in is called "${which}": npm run devices -- list`
  if (error.type === 'many') return `several are called "${which}", name one by its id: ${error.devices.map(({ dev }) => dev).join(', ')}`
  return error.type === 'taken' ? `another device is called "${name}" already` : `"${name}" is no name: 1 to ${MAX_DEVICE_NAME} characters that can be seen`
}

if (import.meta.main) process.exitCode = runDevices(process.argv.slice(2), console.log, console.error)
