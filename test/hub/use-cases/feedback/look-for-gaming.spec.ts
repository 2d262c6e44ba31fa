import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { DeviceStore } from '#hub/ports/devices.ts'
import type { DocumentStore } from '#hub/ports/documents.ts'
import type { FeedbackRow } from '#hub/ports/feedback-store.ts'
import { openDatabase } from '#hub/stores/sqlite/database/open-database.ts'
import { sqliteFeedbackStore } from '#hub/stores/sqlite/feedback/feedback-store.ts'
import { sqliteListeningStore } from '#hub/stores/sqlite/feedback/listening-store.ts'
import { sqliteTransactions } from '#hub/stores/sqlite/database/transactions.ts'
import { lookForGaming, quietMinutes } from '#hub/use-cases/feedback/look-for-gaming.ts'
import { USUAL_HOURS } from '#shared/cx/opening-hours.ts'
import { seededRandom } from '#shared/insights/statistics/seeded-random.ts'
import { millis } from '#shared/kernel/time.ts'

const DAY = 86_400_000
/** Monday, 2026-11-23, 09:30 in Berlin. */
const NOW = Date.parse('2026-11-23T08:30:00Z')
const at = (written: string): number => Date.parse(`${written}+01:00`)

const makeHub = () => {
  const opened = openDatabase(':memory:', millis(NOW))
  if (!opened.ok) throw new Error('no database')
  const sql = opened.value
  const [feedback, listening] = [sqliteFeedbackStore(sql), sqliteListeningStore(sql)]
  let n = 0
  const answer = (dev: string, moment: number, value: number): void => {
    n += 1
    feedback.put({ id: `a${n}`, response: `r${n}`, touchpoint: 'exit', survey: 's', question: 'q', kind: 'csat5', value, detail: false, at: millis(moment), receivedAt: moment, dev, channel: 'kiosk', flags: [] } satisfies FeedbackRow)
  }
  const devices = { list: () => [{ dev: 'k1', role: 'kiosk' }, { dev: 'k2', role: 'kiosk' }, { dev: 't1', role: 'staff' }] } as unknown as Pick<DeviceStore, 'list'>
  const look = (): Promise<number> =>
    lookForGaming({ listening, feedback, devices, documents: { head: () => null, current: () => null } as unknown as DocumentStore, transactions: sqliteTransactions(sql), hours: () => USUAL_HOURS, clock: { now: () => millis(NOW) }, log: { info: () => undefined, warn: () => undefined, error: () => undefined }, pause: async () => undefined })
  const flags = (): Record<string, number> => {
    const counts: Record<string, number> = {}
    for (const row of feedback.all()) for (const flag of row.flags) counts[`${row.dev} ${flag}`] = (counts[`${row.dev} ${flag}`] ?? 0) + 1
    return counts
  }
  return { sql, answer, look, flags }
}

let hub: ReturnType<typeof makeHub>
beforeEach(() => {
  hub = makeHub()
})
afterEach(() => hub.sql.close())

describe('the hour after hour look for helping hands', () => {
  it('flags seven best answers after closing on a kiosk, once, and none of a tablet or of the day', async () => {
    for (const dev of ['k1', 't1']) for (let i = 0; i < 7; i++) hub.answer(dev, at('2026-11-21T20:03:00') + i * 30_000, 5)
    for (let i = 0; i < 30; i++) hub.answer('k2', at('2026-11-21T15:00:00') + i * 30_000, 5)
    expect(await hub.look()).toBe(7)
    expect(await hub.look()).toBe(0)
    expect(hub.flags()).toEqual({ 'k1 best-run': 7 })
  })
  it('flags the day of a kiosk that lies far above its own, not that of one that always did so', async () => {
    const random = seededRandom(5)
    for (let ago = 29; ago >= 2; ago--)
      for (let i = 0; i < 40; i++) {
        hub.answer('k1', NOW - ago * DAY + i * 600_000, random() < 0.6 ? 4 : 2)
        hub.answer('k2', NOW - ago * DAY + i * 600_000, 5)
      }
    for (let i = 0; i < 40; i++) {
      hub.answer('k1', at('2026-11-22T10:00:00') + i * 600_000, 4)
      hub.answer('k2', at('2026-11-22T10:00:00') + i * 600_000, i % 10 === 0 ? 2 : 4)
    }
    await hub.look()
    expect(hub.flags()).toEqual({ 'k1 off-baseline': 40 })
  })
  it('finds nothing on two honest weeks of a busy store', async () => {
    const random = seededRandom(9)
    for (let ago = 14; ago >= 1; ago--) for (let i = 0; i < 200; i++) hub.answer('k1', at('2026-11-23T08:15:00') - ago * DAY + i * 200_000, [5, 5, 4, 4, 3, 2][Math.floor(6 * random())]!)
    expect([await hub.look(), hub.flags()]).toEqual([0, {}])
  })
})

describe('quiet minutes', () => {
  const quiet = quietMinutes(USUAL_HOURS, 'Europe/Berlin')
  it('are those of the night, of Sunday, and ten at either end of the day', () => {
    expect(['2026-11-23T07:59:00', '2026-11-23T08:09:00', '2026-11-23T08:10:00', '2026-11-23T19:49:00', '2026-11-23T19:50:00', '2026-11-22T12:00:00'].map((moment) => quiet(millis(at(moment))))).toEqual([true, true, false, false, true, true])
  })
})
