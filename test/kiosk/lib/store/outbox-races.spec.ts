import * as fc from 'fast-check'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { describe, expect, it } from 'vitest'
import { openStores, type Stores } from '#kiosk/lib/store/open-stores.ts'
import type { DeviceId } from '#shared/kernel/ids.ts'
import { appendEvent } from '#shared/sync/append-event.ts'
import { batchToPush } from '#shared/sync/batch.ts'
import { answerHello, ingestPush } from '#shared/sync/hub-ingest.ts'
import type { OutboxRow, OutboxStep } from '#shared/sync/outbox.ts'
import { believeAck, judgeHello, rotateOutbox, sayHello, tidyOutbox } from '#shared/sync/outbox-steps.ts'
import type { ReceivedPush } from '#shared/sync/wire.ts'
import { memoryLedger } from '../../../shared/sync/memory-ledger.ts'
import { draft, eventId, memoryOutbox, takeBatch } from '../../../shared/sync/memory-outbox.ts'

/** More by hand: FUZZ_RUNS=5000. */
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 150)
const PAGES = 3
const DEV = 'd'.repeat(32) as DeviceId
const FACTS = { hubEpoch: 'db.1', now: 0, min: 1, max: 1 }
const allRows: OutboxStep<readonly OutboxRow[]> = { need: (state) => ({ from: 1, to: state.next, limit: Number.MAX_SAFE_INTEGER }), decide: (_state, result) => ({ change: null, result }) }

type Deed = { readonly page: number; readonly what: 'tap' | 'send' | 'greet' | 'tidy' | 'begin anew' }
const deed = fc.record({ page: fc.nat(PAGES - 1), what: fc.constantFrom('tap', 'tap', 'tap', 'send', 'send', 'greet', 'tidy', 'begin anew') }) as fc.Arbitrary<Deed>

/** Three pages of one device over one disk and a hub in memory; between any two steps of a page, any step of another may come first. */
const race = (scheduler: fc.Scheduler) => {
  const disk = new IDBFactory()
  const { makers } = memoryOutbox()
  const open = (): Stores => openStores('shopper', { indexedDB: disk, IDBKeyRange })
  const pages = Array.from({ length: PAGES }, open)
  const hub = memoryLedger()
  const thanked: string[] = []
  let [taps, greetings] = [0, 0]
  const turn = (what: string): Promise<void> => scheduler.schedule(Promise.resolve(), what)

  const greet = async (page: Stores): Promise<void> => {
    const hello = await page.outbox.run(sayHello({ pv: 1, n: (greetings += 1), boot: 'b', app: '1', releaseHash: null, now: 0 }, makers))
    if (!hello.ok) throw new Error('no greeting')
    await turn('greeting heard')
    const reply = answerHello(hub.ledger, DEV, hello.value, FACTS)
    if ('code' in reply) throw new Error(reply.code)
    await turn('greeting answered')
    const verdict = await page.outbox.run(judgeHello(hello.value, reply))
    if (verdict.ok && verdict.value.type === 'rotate') await page.outbox.run(rotateOutbox(hello.value.ep, verdict.value.loss, makers))
  }
  const send = async (page: Stores): Promise<void> => {
    const batch = await page.outbox.run(takeBatch({ events: 3, bytes: 64 * 1024 }))
    if (!batch.ok || !batch.value) return
    await turn('batch heard')
    const answer = ingestPush(hub.ledger, DEV, batchToPush(batch.value) as ReceivedPush, FACTS)
    await turn('batch answered')
    if ('code' in answer) return answer.code === 'fork' ? void (await page.outbox.run(rotateOutbox(batch.value.ep, null, makers))) : undefined
    await page.outbox.run(believeAck(batch.value, answer))
  }
  const tap = async (page: Stores): Promise<void> => {
    const n = (taps += 1)
    const saved = await page.outbox.run(appendEvent(draft(n), 'durable', makers))
    if (saved.ok && saved.value.ok) thanked.push(eventId(n))
  }
  const run = async ({ page, what }: Deed): Promise<void> => {
    await turn(what)
    const own = pages[page]!
    if (what === 'tap') return tap(own)
    if (what === 'send') return send(own)
    if (what === 'greet') return greet(own)
    if (what === 'tidy') return void (await own.outbox.run(tidyOutbox(true)))
    // The page ends without a word; what it only remembered is gone with it.
    pages[page] = open()
  }
  /** One page is left, and the line is good. */
  const goHome = async (): Promise<void> => {
    const last = open()
    for (let i = 0; i <= taps; i++) {
      await greet(last)
      await send(last)
    }
  }
  return { disk, hub, thanked, run, goHome, rows: async () => taken(await open().outbox.run(allRows)) }
}
const taken = <T>(result: { readonly ok: true; readonly value: T } | { readonly ok: false }): T => {
  if (!result.ok) throw new Error('not read')
  return result.value
}

describe('three pages of one device, in any order of their steps', () => {
  it(`number every thanked tap once and bring it to the hub once (${RUNS} orders)`, { timeout: 30_000 + RUNS * 100 }, async () => {
    await fc.assert(fc.asyncProperty(fc.scheduler(), fc.array(deed, { minLength: 4, maxLength: 24 }), async (scheduler, deeds) => {
      const pages = race(scheduler)
      await scheduler.waitFor(Promise.all(deeds.map(pages.run)))
      const rows = await pages.rows()
      // Dense, from wherever it begins, and chained: nobody got a number that somebody else has.
      expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, i) => rows[0]!.seq + i))
      expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length)
      await scheduler.waitFor(pages.goHome())
      const atHub = pages.hub.ids().filter((id) => id < eventId(900_000))
      expect([...atHub].sort()).toEqual([...pages.thanked].sort())
      expect(pages.hub.quarantined).toEqual([])
    }), { numRuns: RUNS })
  })
})
