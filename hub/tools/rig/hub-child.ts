/** The hub as a child of a test or tool: the same composition as ever, its addresses and codes as one JSON line on standard output. */
import { flushCompileCache } from 'node:module'
import { localTime, millis } from '#shared/kernel/time.ts'
import type { Json } from '#shared/kernel/json.ts'
import type { PersonRole } from '#shared/devices/person.ts'
import type { Documents } from '#shared/sync/release.ts'
import { readConfig } from '../../config.ts'
import { startHub } from '../../main.ts'
import { DISPATCH_LIMITS } from '../../transport/socket/dispatcher.ts'
import { demoDocuments } from '../../shops/builtin/demo/demo-documents.ts'

/** Asks for the demo shop with other documents in place of some of its own; null takes one out. */
export type ShopChange = { readonly type: 'publish'; readonly documents: { readonly [id: string]: Json | null } }
/** Asks for a verified copy now. */
export type BackUpNow = { readonly type: 'back-up' }
/** Asks for people who have a password and a PIN already. */
export type NewPerson = { readonly name: string; readonly role: PersonRole; readonly password: string; readonly pin?: string }
export type PeopleWanted = { readonly type: 'people'; readonly people: readonly NewPerson[] }
export type ShopChanged = { readonly type: 'done'; readonly ok: boolean }

const config = readConfig(process.argv.slice(2), process.env)
if (!config.ok) {
  console.error(config.error.join('\n'))
  process.exit(2)
}
// Another build of the apps than the one in dist, to see how devices take an update.
const files = process.env['APP_FILES']
// A hub on which more time has gone by than in the test.
const aheadMs = Number(process.env['CLOCK_AHEAD_MS'] ?? 0)
const clock = { now: () => millis(Date.now() + aheadMs) }
// A drill sends in a minute what the limits spread over days.
const dispatch = process.env['OPEN_LIMITS'] === '1' ? { perSecond: 1e6, burst: 1e6, handlerMs: 5000, maxViolations: 1e9, violationWindowMs: 1e9 } : DISPATCH_LIMITS
const hub = await startHub(config.value, { clock, dispatch, ...(files !== undefined && { files }) })
console.log(JSON.stringify({ url: hub.url, setupCode: hub.setupCode, pairingCode: hub.pairingCode }))
// A hub that is killed writes nothing at its end.
flushCompileCache()

/** The demo of the real day, however far the clock is ahead: a published price history cannot be rewritten. */
const changed = (documents: ShopChange['documents']): Documents => {
  const all = { ...demoDocuments(localTime(millis(Date.now()), 'Europe/Berlin').day), ...documents }
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, Json] => entry[1] !== null))
}
const obey = async (order: ShopChange | BackUpNow | PeopleWanted): Promise<boolean> => {
  if (order.type === 'back-up') return (await hub.backUp()).ok
  if (order.type === 'publish') return hub.publish(changed(order.documents)).ok
  for (const person of order.people) if (!(await hub.addPerson(person)).ok) return false
  return true
}
process.on('message', (order: ShopChange | BackUpNow | PeopleWanted) => void obey(order).then((ok) => process.send?.({ type: 'done', ok } satisfies ShopChanged)))
process.once('SIGTERM', () => void hub.stop().then(() => process.exit(0)))
// A hub whose test is gone must not stay behind.
process.once('disconnect', () => process.exit(0))
