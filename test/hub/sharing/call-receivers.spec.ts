import * as v from 'valibot'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CallDoor, OutgoingCall } from '#hub/ports/call-door.ts'
import type { Receiver } from '#hub/ports/outgoing-events.ts'
import { openDatabase } from '#hub/stores/sqlite/database/open-database.ts'
import { sqliteFeedbackPages } from '#hub/stores/sqlite/feedback/feedback-pages.ts'
import { sqliteFeedbackStore } from '#hub/stores/sqlite/feedback/feedback-store.ts'
import { sqliteOutgoingCalls } from '#hub/stores/sqlite/sharing/outgoing-calls.ts'
import { sqliteTransactions } from '#hub/stores/sqlite/database/transactions.ts'
import { callReceivers, pauseMs } from '#hub/use-cases/sharing/call-receivers.ts'
import { sharedId } from '#hub/use-cases/sharing/page-feedback.ts'
import { err, ok } from '#shared/kernel/result.ts'
import { millis } from '#shared/kernel/time.ts'
import { TOLD_DATA } from '#shared/protocol/told-calls.ts'

const HOUR = 3_600_000
type Behaviour = 'takes' | 'down' | 'fails' | 'takes but its answer is lost' | 'is gone'

const world = () => {
  let now = Date.parse('2026-11-22T12:00:00Z')
  let seed = 1
  const opened = openDatabase(':memory:', millis(now))
  if (!opened.ok) throw new Error('no database')
  const sql = opened.value
  const clock = { now: () => millis(now) }
  const random = { bytes: (n: number) => Uint8Array.from({ length: n }, () => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) >> 8) }
  const outgoing = sqliteOutgoingCalls(sql, clock, random)
  const feedback = sqliteFeedbackStore(sql)
  const pages = sqliteFeedbackPages(sql)
  const transactions = sqliteTransactions(sql)
  let behaviour: Behaviour = 'takes'
  /** What the receiver has seen, every time. */
  const seen: OutgoingCall[] = []
  const log: string[] = []
  const { promise: slowly, resolve: answerAtLast } = Promise.withResolvers<void>()
  const door: CallDoor = {
    faultOf: () => null,
    call: async (call) => {
      if (behaviour === 'down') return err({ type: 'CallFailed', why: 'ECONNREFUSED', waitMs: null })
      seen.push(call)
      if (call.url.endsWith('/slow')) await slowly
      if (behaviour === 'is gone') return err({ type: 'CallFailed', why: 'it answered 410: it wants no more calls', waitMs: null, isGone: true })
      if (behaviour === 'takes') return ok(undefined)
      return err({ type: 'CallFailed', why: behaviour === 'fails' ? 'it answered 500' : 'no answer within 10 s', waitMs: null })
    },
  }
  const told = { info: () => undefined, warn: (what: string) => void log.push(what), error: (what: string) => void log.push(what) }
  const callers = callReceivers({ outgoing, pages, transactions, door, clock, random, log: told, timeZone: () => 'Europe/Berlin' }, { every: () => () => undefined })
  const add = (more: Partial<Receiver> = {}): void => outgoing.add({ id: 'a'.repeat(16), name: 'Lager', url: 'https://x.example', events: ['feedback.received', 'alarm.opened'], words: false, secret: 'whsec_AAAA', oldSecret: null, oldUntil: null, madeAt: clock.now(), feedbackPlace: pages.last(), ...more })
  const answer = (n: number, kind: 'csat5' | 'text' = 'csat5', channel: 'kiosk' | 'import' = 'kiosk', response = `r${n}`): void =>
    void feedback.add({ id: `id-${n}`, dev: 'd', response, touchpoint: 'till', survey: 's', question: kind, kind, value: kind === 'text' ? `Wort ${n}` : 4, detail: false, at: clock.now(), receivedAt: clock.now(), channel, flags: [] })
  return { sql, outgoing, transactions, callers, seen, log, add, answer, answerAtLast, be: (next: Behaviour): void => void (behaviour = next), rest: (ms: number): void => void (now += ms) }
}
let w: ReturnType<typeof world>
beforeEach(() => {
  w = world()
})
afterEach(() => w.sql.close())

const bodies = (): readonly { readonly type: string; readonly data: { readonly items: readonly { readonly id: string; readonly value: unknown; readonly kind: string }[] } }[] => w.seen.map(({ body }) => JSON.parse(body))
/** What a receiver keeps that knows ids. */
const kept = (): readonly string[] => [...new Map(w.seen.map((call) => [call.id, call.body])).values()]

describe('what happened', () => {
  it('is told in the transaction in which it happened: what is undone is told nobody', async () => {
    w.add()
    expect(() => w.transactions.run(() => {
      w.outgoing.tell('alarm.opened', { alarm: 1 })
      throw new Error('undone')
    })).toThrow('undone')
    w.transactions.run(() => w.outgoing.tell('alarm.opened', { alarm: 2 }))
    w.transactions.run(() => w.outgoing.tell('case.opened', { case: 3 }))
    await w.callers.look()
    expect(bodies()).toEqual([{ type: 'alarm.opened', timestamp: '2026-11-22T12:00:00.000Z', data: { alarm: 2 } }])
  })
  it('reaches a receiver that was down, failed or lost its answer: nothing is lost, and what comes twice has one id', async () => {
    w.add()
    for (let n = 1; n <= 4; n++) {
      w.be((['down', 'fails', 'takes but its answer is lost', 'takes'] as const)[n - 1]!)
      w.transactions.run(() => w.outgoing.tell('alarm.opened', { alarm: n }))
      await w.callers.look()
      w.rest(30_000)
    }
    w.be('takes')
    for (let i = 0; i < 8; i++) {
      w.rest(600_000)
      await w.callers.look()
    }
    expect(kept().map((body) => (JSON.parse(body) as { readonly data: unknown }).data).toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))).toEqual([1, 2, 3, 4].map((alarm) => ({ alarm })))
    expect(w.seen.length).toBeGreaterThan(4)
    expect(w.outgoing.standing('a'.repeat(16))).toMatchObject({ waiting: 0, givenUp: 0 })
  })
  it('is given up after three days with a notice, stands in the log, and can be sent once more by hand', async () => {
    w.add()
    w.be('down')
    w.transactions.run(() => w.outgoing.tell('alarm.opened', { alarm: 1 }))
    for (let hour = 0; hour < 80; hour++) {
      await w.callers.look()
      w.rest(HOUR)
    }
    const [entry] = w.outgoing.log('a'.repeat(16), 5)
    expect(entry).toMatchObject({ state: 'given-up', why: 'ECONNREFUSED', nextAt: null })
    expect([entry!.tries > 10, entry!.tries < 30, w.log]).toEqual([true, true, ['a call was given up: nobody took it for three days']])
    w.be('takes')
    await w.callers.look()
    expect(w.seen).toEqual([])
    w.outgoing.again(entry!.id, millis(0))
    await w.callers.look()
    expect(w.seen.map(({ id }) => id)).toEqual([entry!.id])
  })
  it('is told at once after an outage of hours, when the first call was taken again', async () => {
    w.add()
    w.be('down')
    for (const alarm of [1, 2, 3]) w.transactions.run(() => w.outgoing.tell('alarm.opened', { alarm }))
    for (let hour = 0; hour < 12; hour++) {
      await w.callers.look()
      w.rest(HOUR)
    }
    w.be('takes')
    w.transactions.run(() => w.outgoing.tell('alarm.opened', { alarm: 4 }))
    await w.callers.look()
    expect([w.seen.length, w.outgoing.standing('a'.repeat(16)).waiting]).toEqual([4, 0])
  })
  it('is not told again to whoever says that it wants no more calls', async () => {
    w.add()
    w.be('is gone')
    w.transactions.run(() => w.outgoing.tell('alarm.opened', { alarm: 1 }))
    await w.callers.look()
    w.rest(80 * HOUR)
    await w.callers.look()
    expect([w.seen.length, w.outgoing.standing('a'.repeat(16)), w.log]).toEqual([1, { waiting: 0, givenUp: 1, lastTakenAt: null }, ['a call was given up: its receiver wants no more']])
  })
  it('reaches everybody else while one receiver takes its time', async () => {
    w.add({ id: 'b'.repeat(16), url: 'https://x.example/slow' })
    w.add()
    for (const alarm of [1, 2, 3]) w.transactions.run(() => w.outgoing.tell('alarm.opened', { alarm }))
    const looked = w.callers.look()
    for (let turn = 0; turn < 20; turn++) await Promise.resolve()
    expect([w.outgoing.standing('a'.repeat(16)).waiting, w.outgoing.standing('b'.repeat(16)).waiting]).toEqual([0, 3])
    w.answerAtLast()
    await looked
    expect(w.outgoing.standing('b'.repeat(16)).waiting).toBe(0)
  })
  it('is signed with both secrets while one is renewed, later with the new one alone', async () => {
    w.add()
    w.outgoing.rotate('a'.repeat(16), 'whsec_BBBB', millis(Date.parse('2026-11-23T12:00:00Z')))
    for (const alarm of [1, 2]) {
      w.transactions.run(() => w.outgoing.tell('alarm.opened', { alarm }))
      await w.callers.look()
      w.rest(24 * HOUR)
    }
    expect(w.seen.map(({ secrets }) => secrets)).toEqual([['whsec_BBBB', 'whsec_AAAA'], ['whsec_BBBB']])
  })
})

describe('answers that arrive', () => {
  const told = () => bodies().map(({ data }) => data.items.map(({ id }) => id).toSorted())
  const ids = (...numbers: readonly number[]) => numbers.map((n) => sharedId(`id-${n}`)).toSorted()
  it('are told by the five, each once, from the moment on in which the receiver was made; fewer wait, however long', async () => {
    w.answer(1)
    w.add()
    for (let n = 2; n <= 5; n++) w.answer(n)
    await w.callers.look()
    expect(w.seen).toEqual([])
    w.answer(6)
    await w.callers.look()
    for (let n = 7; n <= 10; n++) w.answer(n)
    for (let hour = 0; hour < 50; hour++) {
      w.rest(HOUR)
      await w.callers.look()
    }
    expect(told()).toEqual([ids(2, 3, 4, 5, 6)])
    w.answer(11)
    await w.callers.look()
    expect(told()).toEqual([ids(2, 3, 4, 5, 6), ids(7, 8, 9, 10, 11)])
  })
  it('are told by the five people: all that one of them said is one', async () => {
    w.add()
    for (let n = 1; n <= 8; n++) w.answer(n, n % 2 ? 'csat5' : 'text', 'kiosk', `r${Math.ceil(n / 2)}`)
    await w.callers.look()
    expect(w.seen).toEqual([])
    w.answer(9)
    await w.callers.look()
    expect(told()).toEqual([ids(1, 2, 3, 4, 5, 6, 7, 8, 9)])
  })
  it('among a table of old ones wait for five of their own kind', async () => {
    w.add()
    for (let n = 1; n <= 2; n++) w.answer(n)
    for (let n = 3; n <= 150; n++) w.answer(n, 'csat5', 'import')
    for (let n = 151; n <= 152; n++) w.answer(n)
    await w.callers.look()
    expect(w.seen).toEqual([])
    w.answer(153)
    await w.callers.look()
    expect(told()).toEqual([ids(1, 2, 151, 152, 153)])
  })
  it('come without words unless the manager allowed it; and what was erased before it was sent is gone', async () => {
    w.add()
    w.add({ id: 'b'.repeat(16), words: true })
    for (let n = 1; n <= 5; n++) w.answer(n, 'text')
    w.be('down')
    await w.callers.look()
    w.sql.exec(`DELETE FROM feedback WHERE id = 'id-3'`)
    w.be('takes')
    w.rest(HOUR)
    await w.callers.look()
    expect(bodies().map(({ data }) => data.items.map(({ value }) => value).toSorted())).toEqual([[null, null, null, null], ['Wort 1', 'Wort 2', 'Wort 4', 'Wort 5']])
    expect(bodies().map(({ data }) => v.safeParse(TOLD_DATA['feedback.received'], data).success)).toEqual([true, true])
  })
  it('leave nothing of themselves in the queue, neither while they wait nor afterwards; one of which all was erased is not sent', async () => {
    w.add()
    for (let n = 1; n <= 5; n++) w.answer(n)
    w.be('down')
    await w.callers.look()
    const queued = () => w.sql.prepare('SELECT state, data FROM outgoing_call').all().map(({ state, data }) => [state, JSON.parse(String(data))])
    expect(queued()).toEqual([['waiting', { after: 0, upTo: 5 }]])
    for (let n = 6; n <= 10; n++) w.answer(n)
    await w.callers.look()
    w.sql.exec('DELETE FROM feedback WHERE n <= 5')
    w.be('takes')
    w.rest(HOUR)
    await w.callers.look()
    expect(bodies().map(({ data }) => data.items.map(({ id }) => id).toSorted())).toEqual([[6, 7, 8, 9, 10].map((n) => sharedId(`id-${n}`)).toSorted()])
    expect(queued()).toEqual([['taken', { after: 5, upTo: 10 }]])
  })
  it('given up and sent once more by hand are those that are still held', async () => {
    w.add()
    for (let n = 1; n <= 5; n++) w.answer(n)
    w.be('down')
    for (let hour = 0; hour < 80; hour++) {
      await w.callers.look()
      w.rest(HOUR)
    }
    w.sql.exec('DELETE FROM feedback WHERE n = 2')
    w.be('takes')
    w.outgoing.again(w.outgoing.log('a'.repeat(16), 1)[0]!.id, millis(0))
    await w.callers.look()
    expect(bodies().map(({ data }) => data.items.length)).toEqual([4])
  })
  it('of a table of old ones are told nobody', async () => {
    w.add()
    for (let n = 1; n <= 250; n++) w.answer(n, 'csat5', 'import')
    for (let n = 251; n <= 256; n++) w.answer(n)
    for (let i = 0; i < 3; i++) await w.callers.look()
    expect(bodies().flatMap(({ data }) => data.items).length).toBe(6)
  })
  it('wait where they are kept while a receiver is down, and none is left out when it comes back', async () => {
    w.add()
    w.be('down')
    for (let n = 1; n <= 3000; n++) w.answer(n)
    for (let i = 0; i < 5; i++) await w.callers.look()
    expect(w.outgoing.standing('a'.repeat(16)).waiting).toBeLessThanOrEqual(20)
    w.be('takes')
    for (let i = 0; i < 10; i++) {
      w.rest(HOUR)
      await w.callers.look()
    }
    const ids = bodies().flatMap(({ data }) => data.items.map(({ id }) => id))
    expect([ids.length, new Set(ids).size]).toEqual([3000, 3000])
  })
})

describe('the pause before the next try', () => {
  it('doubles from ten seconds to six hours, a quarter more or less', () => {
    const least = { bytes: () => new Uint8Array([0, 0]) }
    const most = { bytes: () => new Uint8Array([255, 255]) }
    expect([0, 1, 5, 30].map((tries) => pauseMs(tries, least))).toEqual([7500, 15_000, 240_000, 16_200_000])
    expect([0, 1, 5, 30].map((tries) => Math.ceil(pauseMs(tries, most) / 1000))).toEqual([13, 25, 400, 27_000])
  })
})
