/** What the parity monitor of a hub has counted, read from its data folder, also while it runs. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { ParityLedger, StoredAlarm } from '#hub/ports/parity-ledger.ts'
import { openDatabase } from '#hub/stores/sqlite/database/open-database.ts'
import { sqliteParityLedger } from '#hub/stores/sqlite/shops/parity-ledger.ts'
import type { AlarmExample } from '#hub/use-cases/parity/parity-example.ts'
import type { Json } from '#shared/kernel/json.ts'
import { millis } from '#shared/kernel/time.ts'
import { PARITY_SOURCES, type AlarmFigure } from '#shared/protocol/parity.ts'
import { DEFAULT_DATA } from '../open-desk.ts'
import { keepCases } from './keep-cases.ts'

export const STANDING_HELP = `  npm run parity -- --standing [--data DIR] [--keep]

  --standing        what the hub's own monitor has counted, and every alarm that is open
  --data DIR        the hub's data folder (default ${DEFAULT_DATA}; DATA_DIR); the hub may be running`

/** The exit code, or a sentence on what is wrong with the arguments. */
export const parityStanding = (args: readonly string[], now: number = Date.now()): number | string => {
  const asked = readArguments(args)
  if (typeof asked === 'string') return asked
  const { folder, keep } = asked
  if (!existsSync(join(folder, 'hub.sqlite'))) return `there are no data in ${folder}`
  const database = openDatabase(folder, millis(now))
  if (!database.ok) return `the data in ${folder} cannot be used: ${database.error.type}`
  try {
    return tell(sqliteParityLedger(database.value), now, keep)
  } finally {
    database.value.close()
  }
}

const readArguments = (args: readonly string[]): { readonly folder: string; readonly keep: boolean } | string => {
  try {
    const { values } = parseArgs({ args: [...args], options: { standing: { type: 'boolean' }, data: { type: 'string' }, keep: { type: 'boolean', default: false } } })
    return { folder: values.data ?? process.env['DATA_DIR'] ?? DEFAULT_DATA, keep: values.keep }
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** More than people look at. */
const MAX_TOLD = 200

const tell = (ledger: ParityLedger, now: number, keep: boolean): number => {
  const { since, lastAt, counts } = ledger.sums()
  const sum = (key: keyof (typeof counts)['handoff']): number => PARITY_SOURCES.reduce((n, source) => n + counts[source][key], 0)
  const compared = sum('equal') + sum('different')
  console.log(compared === 0 || lastAt === null ? 'no basket compared yet' : `${compared} baskets compared, ${sum('apartMinor')} cents apart, last ${Math.floor((now - lastAt) / 60_000)} min ago, counted since ${new Date(since!).toISOString()}`)
  for (const source of PARITY_SOURCES) console.log(`  ${source.padEnd(8)} equal ${counts[source].equal}, different ${counts[source].different}, left to the checkout ${counts[source].left}, not compared ${counts[source].passed}`)
  if (ledger.countWaiting() > 0) console.log(`  waiting  ${ledger.countWaiting()}`)
  const open = ledger.alarms(MAX_TOLD).filter(({ closedAt }) => closedAt === null)
  for (const alarm of open) console.log(alarmLines(alarm))
  if (keep) keepCases('hub', open.flatMap((alarm) => exampleOf(alarm).vector ?? []))
  console.log(JSON.stringify({ total: compared + sum('left') + sum('passed'), equal: sum('equal'), different: sum('different'), notComputable: sum('left'), unstable: sum('passed') }))
  return open.length > 0 ? 1 : 0
}

const exampleOf = ({ example }: StoredAlarm): AlarmExample => example as Json as unknown as AlarmExample

const alarmLines = (alarm: StoredAlarm): string =>
  [
    `  DIFFERENT  ${alarm.cause}${alarm.detail === null ? '' : ` (${alarm.detail})`}: ${alarm.baskets} baskets, the newest by ${alarm.byMinor}, offers ${alarm.offers.join(' ') || 'none'}`,
    ...exampleOf(alarm).figures.filter(({ kiosk, ours, shop }) => new Set([kiosk, ours, shop].filter((one) => one !== null)).size > 1).map(figureLine),
  ].join('\n')

const figureLine = ({ place, kiosk, ours, shop }: AlarmFigure): string => `    ${'name' in place ? `${place.type} ${place.name.en}` : place.type}: shop ${shop ?? '–'}, ours ${ours ?? '–'}, kiosk ${kiosk ?? '–'}`
