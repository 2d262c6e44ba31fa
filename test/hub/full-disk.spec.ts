import { describe, expect, it } from 'vitest'
import { openDatabase } from '#hub/stores/sqlite/database/open-database.ts'
import { sqliteStores } from '#hub/stores/sqlite/database/stores.ts'
import { hubKeysFrom, newPrivateKey } from '#hub/stores/keys/hub-key-file.ts'
import { groupCommit } from '#hub/use-cases/events/group-commit.ts'
import { ingestEvents } from '#hub/use-cases/events/ingest-events.ts'
import type { DeviceId } from '#shared/kernel/ids.ts'
import { millis } from '#shared/kernel/time.ts'
import type { ReceivedPush } from '#shared/sync/wire.ts'
import { batch, eventId } from './test-hub.ts'

describe('a hub whose disk is full', () => {
  it('acknowledges nothing, stores nothing by halves, and goes on when there is room', async () => {
    const opened = openDatabase(':memory:', millis(0))
    if (!opened.ok) throw new Error('not opened')
    const sql = opened.value
    const { events, transactions } = sqliteStores(sql, { now: () => millis(0) })
    const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined }
    const push = ingestEvents({
      events, transactions, projectors: [], keys: hubKeysFrom(newPrivateKey()), committer: groupCommit(transactions, setImmediate),
      clock: { now: () => millis(1) }, log: quiet, hubEpoch: 'db.1',
    })
    const devices = ['a', 'b', 'c'].map((letter) => letter.repeat(32) as DeviceId)
    const big = (n: number): ReceivedPush => batch(Array.from({ length: 50 }, (_, i) => eventId(100 * n + i)), { p: { text: 'x'.repeat(1500) } }) as unknown as ReceivedPush
    const all = (): Promise<unknown[]> => Promise.all(devices.map((dev, n) => push(dev, big(n))))

    const { page_count: pages } = sql.prepare('PRAGMA page_count').get() as { page_count: number }
    sql.exec(`PRAGMA max_page_count = ${pages + 10}`)
    expect(await all()).toEqual(devices.map(() => ({ code: 'disk', retryMs: 5000 })))
    expect(events.countByState()).toEqual({ stored: 0, parked: 0, quarantined: 0 })
    expect(events.producer(devices[0]!, 'e'.repeat(16) as never)).toBeNull()

    sql.exec('PRAGMA max_page_count = 100000')
    expect(await all()).toMatchObject(devices.map(() => ({ upto: 50, hw: 50 })))
    expect(events.countByState()).toEqual({ stored: 150, parked: 0, quarantined: 0 })
    sql.close()
  })
})
