/** `npm run release -- FILE [--active-from INSTANT]`: publishes changes of prices, offers or anything else, at once or from an instant on, also while the hub runs. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Log } from '#hub/ports/log.ts'
import type { Json } from '#shared/kernel/json.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import { millis, type Millis } from '#shared/kernel/time.ts'
import type { Documents } from '#shared/sync/release.ts'
import { inForceAt } from '#shared/sync/release-plan.ts'
import { openPublisherKey } from '../stores/keys/publisher-key-file.ts'
import { openDatabase } from '../stores/sqlite/database/open-database.ts'
import { sqliteLeftOffers } from '../stores/sqlite/shops/left-offers.ts'
import { sqliteReviewStore } from '../stores/sqlite/releases/review-store.ts'
import { sqliteStores } from '../stores/sqlite/database/stores.ts'
import { sqliteSurveyStore } from '../stores/sqlite/feedback/survey-store.ts'
import { publishSurveys } from '../use-cases/surveys/carry-surveys.ts'
import { publishLeft } from '../use-cases/parity/leave-offer.ts'
import { publishRecorded } from '../use-cases/releases/publish-recorded.ts'
import { publishRelease } from '../use-cases/releases/publish-release.ts'
import { publishReviewed } from '../use-cases/releases/publish-reviewed.ts'
import { DEFAULT_DATA } from './open-desk.ts'

const HELP = `npm run release -- FILE [--active-from INSTANT] [--whole] [--in-spite-of REASON] [--data DIR]

  FILE                   JSON: {"product/00-1": {…}, "offer/summer": null}; null takes a document out.
                         The changes go on top of the release that holds at INSTANT.
  --active-from INSTANT  when it begins, with its zone: 2026-11-30T06:00:00+01:00 (default: at once).
                         Devices fetch it now and switch together at that instant, also without the hub.
  --whole                FILE holds all documents, not changes
  --in-spite-of REASON   publish although the review of the offers found errors; kept with the release
  --data DIR             the hub's data folder (default ./.einklang; DATA_DIR); the hub may be running

Surveys and touchpoints that managers keep on their own page go along whatever FILE says.
The last line is one JSON line. It ends with 2 if nothing was published.
`

type Print = (line: string) => void
type Asked = { readonly items: Documents; readonly isWhole: boolean; readonly activeFrom: Millis | null; readonly inSpiteOf: string | null; readonly data: string }

export const runRelease = (args: readonly string[], print: Print, complain: Print, now: () => number = Date.now): number => {
  const asked = readArguments(args)
  if (!asked.ok) {
    if (asked.error === null) print(HELP)
    else complain(asked.error)
    return asked.error === null ? 0 : 2
  }
  const published = publish(asked.value, { now: () => millis(now()) }, { info: () => undefined, warn: (what, facts) => complain(`${what} ${JSON.stringify(facts ?? {})}`), error: (what) => complain(what) })
  if (!published.ok) {
    complain(published.error)
    return 2
  }
  const { rev, hash, activeFrom } = published.value
  print(`release ${rev} ${hash.slice(0, 8)} holds from ${new Date(activeFrom).toISOString()}`)
  print(JSON.stringify({ rev, hash, activeFrom }))
  return 0
}

const publish = ({ items, isWhole, activeFrom, inSpiteOf, data }: Asked, clock: { now(): Millis }, log: Log): Result<{ readonly rev: number; readonly hash: string; readonly activeFrom: number }, string> => {
  const database = openDatabase(data, clock.now())
  if (!database.ok) return err(`the data in ${data} cannot be used: ${database.error.type}`)
  const sql = database.value
  try {
    const parts = { ...sqliteStores(sql, clock), reviews: sqliteReviewStore(sql), publisher: openPublisherKey(data), clock, log, hints: { release: () => undefined } }
    const whole = isWhole ? items : changed(baseAt(parts.documents, activeFrom ?? clock.now()), items)
    const override = inSpiteOf === null ? null : { by: 'command line', reason: inSpiteOf }
    const published = publishLeft(sqliteLeftOffers(sql), publishSurveys(sqliteSurveyStore(sql), publishReviewed(parts, publishRecorded(parts, publishRelease(parts)))))(whole, override, activeFrom === null ? {} : { activeFrom })
    return published.ok ? published : err(`not published: ${JSON.stringify(published.error).slice(0, 2000)}`)
  } finally {
    sql.close()
  }
}

/** What the changes go on top of: the release that holds at that instant. */
const baseAt = (documents: ReturnType<typeof sqliteStores>['documents'], at: number): Documents => {
  const head = documents.head()
  const base = inForceAt([...(head ? [head] : []), ...documents.upcoming()], at)
  return base ? documents.itemsAt(base.rev) : {}
}

const changed = (before: Documents, changes: Documents): Documents =>
  Object.fromEntries(Object.entries({ ...before, ...changes }).filter(([, body]) => body !== null))

/** The error is null when help was asked for. */
const readArguments = (args: readonly string[]): Result<Asked, string | null> => {
  try {
    const options = { 'active-from': { type: 'string' }, whole: { type: 'boolean' }, 'in-spite-of': { type: 'string' }, data: { type: 'string' }, help: { type: 'boolean' } } as const
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options })
    if (values.help) return err(null)
    const [file, ...more] = positionals
    if (file === undefined || more.length > 0) return err('which file? npm run release -- FILE; more with --help')
    const activeFrom = readInstant(values['active-from'])
    if (!activeFrom.ok) return activeFrom
    const data = values.data ?? process.env['DATA_DIR'] ?? DEFAULT_DATA
    if (!existsSync(join(data, 'hub.sqlite'))) return err(`there are no data in ${data}`)
    const items = JSON.parse(readFileSync(file, 'utf8')) as Json
    if (typeof items !== 'object' || items === null || Array.isArray(items)) return err(`${file}: not an object of documents by their id`)
    return ok({ items: items as Documents, isWhole: values.whole ?? false, activeFrom: activeFrom.value, inSpiteOf: values['in-spite-of'] ?? null, data })
  } catch (error) {
    return err(error instanceof Error ? error.message : String(error))
  }
}

/** Only with a zone: an hour that depends on where the command runs is no instant. */
const readInstant = (text: string | undefined): Result<Millis | null, string> => {
  if (text === undefined) return ok(null)
  const at = /T.*(Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(at) ? err(`--active-from: "${text}" is no instant with a zone, such as 2026-11-30T06:00:00+01:00`) : ok(millis(at))
}

if (import.meta.main) process.exitCode = runRelease(process.argv.slice(2), console.log, console.error)
