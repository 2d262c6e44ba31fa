/** From one customer's words to a change that shows its numbers, over the hub's own door. */
import { readdirSync, readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { seal } from '#kiosk/lib/sync/device-keys.ts'
import { receiptFromBytes, receiptHash } from '#shared/feedback/receipt-code.ts'
import { addDays, localTime, millis, type Day } from '#shared/kernel/time.ts'
import type { CaseView, CasesReply, ImprovementsReply, ImprovementView, TodoReply } from '#shared/protocol/acting.ts'
import type { AuditReply } from '#shared/protocol/privacy.ts'
import { NO_CHAIN, type Chain } from '#shared/sync/chain.ts'
import { chainOf, connect, eventId, pairTestDevice, postJson, signIn, STAFF_PERSON, startTestHub, type Link, type TestDevice, type TestHub } from './test-hub.ts'

const HOUR = 3_600_000
const WORDS = 'Die Schlange an Kasse vier war endlos'
const CODE = receiptFromBytes(Uint8Array.from([7, 19, 3, 23, 9, 29, 20, 10, 2, 22]))
const FIRST = 'r'.repeat(32)
const ZONE = 'Europe/Berlin'
/** However much else the machine has to do. */
const PATIENTLY = { timeout: 15_000, interval: 20 }

let now: number
let hub: TestHub
let device: TestDevice
let kiosk: Link
let manager: Link
let duties: (() => void)[]
let seq = 0
let chain: Chain = NO_CHAIN

/** What the hub would do once a minute is done when a test says so. */
const onceAMinute = (ms: number, task: () => void): (() => void) => {
  if (ms === 60_000) duties.push(task)
  return () => undefined
}

beforeEach(async () => {
  // A Monday morning.
  now = Date.parse('2027-01-04T09:00:00Z')
  duties = []
  seq = 0
  chain = NO_CHAIN
  hub = await startTestHub({ deps: { clock: { now: () => millis(now) }, timer: { every: onceAMinute } } })
  device = await pairTestDevice(hub.url, hub.pairingCode!, 'kiosk')
  kiosk = await connect(hub.url, device)
  manager = await connect(hub.url, await pairTestDevice(hub.url, hub.setupCode!, 'manager'))
  await signIn(hub, manager)
})
afterEach(async () => {
  kiosk.close()
  manager.close()
  await hub.remove()
})

const asked = async <T>(link: Link, name: string, request: object): Promise<T> => {
  const reply = (await link.ask(name, request)) as { readonly ok: boolean; readonly value: T; readonly error: unknown }
  if (!reply.ok) throw new Error(`${name}: ${JSON.stringify(reply.error)}`)
  return reply.value
}
const call = <T>(name: string, request: object = {}): Promise<T> => asked<T>(manager, name, request)
const refused = async (name: string, request: object): Promise<unknown> => ((await manager.ask(name, request)) as { readonly error?: { readonly code: string } }).error?.code
const envelope = (t: string, p: object, at: number, more: object = {}) => ({ v: 1, at, off: 0, boot: 'boot', mono: ++seq, sid: null, seq, id: eventId(seq), t, p, ...more })
const push = async (ev: readonly { readonly id: string }[]): Promise<void> => {
  for (let from = 0; from < ev.length; from += 100) {
    const some = ev.slice(from, from + 100)
    expect(await kiosk.ask('push', { pv: 1, ep: 'e'.repeat(16), prev: chain, ev: some })).toMatchObject({ hw: expect.any(Number) })
    chain = chainOf(some.map(({ id }) => id), chain)
  }
}
const tap = (response: string, value: number, at = now) => envelope('feedback.answered', { response, touchpoint: 'kiosk', survey: 'visit', question: 'opening', kind: 'csat5', value }, at)
const unhappy = async () => {
  const place = { response: FIRST, touchpoint: 'kiosk', receipt: receiptHash(CODE) }
  const x = await seal(crypto.subtle, device.hubKey, { text: WORDS }, crypto.getRandomValues(new Uint8Array(12)))
  return [envelope('feedback.answered', { ...place, survey: 'visit', question: 'opening', kind: 'csat5', value: 1 }, now), envelope('feedback.commented', { ...place, survey: 'visit', question: 'words' }, now, { x })]
}
const look = async (): Promise<void> => {
  for (const duty of duties) duty()
  await new Promise((resolve) => setImmediate(() => setImmediate(() => setImmediate(resolve))))
}
const open = (more: object = {}): Promise<CaseView> =>
  call('cases.open', { title: 'Warten an der Kasse', touchpoint: null, origin: { type: 'response', response: FIRST }, owner: { type: 'team', team: 'service' }, severity: 'high', key: 'a'.repeat(32), ...more })
const byHand = (key: string, more: object = {}): Promise<CaseView> => open({ title: 'Schlange', touchpoint: 'kiosk', origin: { type: 'topic', topic: 'kasse' }, severity: 'normal', key: key.repeat(32), ...more })
const change = (id: number, what: object): Promise<CaseView> => call('cases.change', { id, change: what })
const bytesOf = (dir: string): string => readdirSync(dir, { withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => readFileSync(`${dir}/${entry.name}`, 'latin1')).join('\n')
const acts = async (): Promise<readonly string[]> => (await call<AuditReply>('audit.list', { limit: 50 })).entries.map(({ what }) => what)

describe('a case', () => {
  it('is told to every manager’s and staff screen at once, as something to ask for again', async () => {
    const heard = new Promise((resolve) => manager.socket.once('acting', resolve))
    await byHand('a')
    expect(await heard).toEqual({})
  })
  it('comes from one response, with its words, its place and its topic; the shopper sees that somebody looks into it', async () => {
    await push(await unhappy())
    const one = await open()
    expect(one).toMatchObject({ touchpoint: 'kiosk', topic: 'kasse', origin: 'response', response: FIRST, overdue: false, receipt: { state: 'looking' } })
    expect(one.voices.map(({ value }) => value)).toEqual([1, WORDS])
    expect(one.dueAt).toBe(now + 8 * HOUR)
    expect([(await open()).id, (await open({ key: 'b'.repeat(32) })).id]).toEqual([one.id, one.id])
    expect((await acts()).slice(0, 2).toSorted()).toEqual(['case.opened', 'receipt.moved'])
  })
  it('is told as overdue once, stands first in what there is to do, and ends with words alone', async () => {
    const one = await byHand('a', { severity: 'high' })
    now += 8 * HOUR + 1
    await look()
    await look()
    await signIn(hub, manager)
    const todo = await call<TodoReply>('cases.todo')
    expect(todo.cases).toEqual({ open: 1, overdue: 1, dueToday: 0, next: [{ id: one.id, title: 'Schlange', dueAt: one.dueAt, overdue: true }] })
    expect((await call<CasesReply>('cases.read')).escalated).toBe(1)
    expect(await refused('cases.change', { id: one.id, change: { type: 'resolve', text: ' ' } })).toBe('bad_request')
    expect(await change(one.id, { type: 'resolve', text: 'Kasse 5 öffnet ab 16 Uhr' })).toMatchObject({ closedAt: now, overdue: false })
    expect(await change(one.id, { type: 'reopen', text: 'Wieder eine Schlange' })).toMatchObject({ closedAt: null, overdueAt: null })
    await signIn(hub, manager)
    expect((await acts()).filter((what) => what.startsWith('case'))).toEqual(['case.changed', 'case.closed', 'case.overdue', 'case.opened'])
  })
  it('belongs to teams alone where the store says so, and its steps name nobody', async () => {
    await manager.ask('privacy.set', { teamOnly: true })
    const { people, teamOnly } = await call<CasesReply>('cases.read')
    expect(teamOnly).toBe(true)
    expect(await refused('cases.open', { title: 'x', touchpoint: null, origin: { type: 'hand' }, owner: { type: 'person', person: people[0]!.id }, severity: 'low', key: 'c'.repeat(32) })).toBe('bad_request')
    expect((await byHand('a')).steps.map(({ who }) => who)).toEqual([null])
    await manager.ask('privacy.set', { teamOnly: false })
    const named = await byHand('b', { owner: { type: 'person', person: people[0]!.id } })
    expect([named.owner, named.steps[0]!.who]).toEqual([{ type: 'person', person: people[0]!.id, name: 'Ada Berg' }, 'Ada Berg'])
    await manager.ask('privacy.set', { teamOnly: true })
    expect((await call<CasesReply>('cases.read')).cases.find(({ id }) => id === named.id)!.owner).toEqual({ type: 'team', team: 'service' })
  })
  it('is seen and settled by staff of its team, and by no other team', async () => {
    const tablet = await connect(hub.url, await pairTestDevice(hub.url, hub.pairingCode!, 'staff'))
    await signIn(hub, tablet, STAFF_PERSON)
    const [own, others] = [await byHand('a'), await byHand('b', { owner: { type: 'team', team: 'purchasing' } })]
    expect(await asked<object>(tablet, 'cases.mine', {})).toMatchObject({ team: 'service', cases: [{ id: own.id }] })
    expect(await asked<object>(tablet, 'cases.step', { id: own.id, text: 'Fünfte Kasse geöffnet', settled: true })).toMatchObject({ closedAt: now })
    expect(await tablet.ask('cases.step', { id: others.id, text: 'Fremd', settled: true })).toEqual({ ok: false, error: { code: 'not_found' } })
    const { people } = await call<CasesReply>('cases.read')
    await call('cases.team', { person: people.find(({ name }) => name === STAFF_PERSON.name)!.id, team: 'purchasing' })
    expect(await asked<object>(tablet, 'cases.mine', {})).toMatchObject({ team: 'purchasing', cases: [{ id: others.id }] })
    tablet.close()
  })
  it('keeps nothing of what a shopper had erased: neither the words nor what was written about them', async () => {
    await push(await unhappy())
    const one = await open({ title: 'Schlange an Kasse vier' })
    await change(one.id, { type: 'note', text: 'Kundin schrieb: endlos gewartet' })
    expect(bytesOf(hub.folder)).toContain('Schlange an Kasse vier')
    expect(await (await postJson(`${hub.url}/api/receipt/erase`, { code: CODE, what: 'all' })).json()).toEqual({ type: 'erased' })
    const [left] = (await call<CasesReply>('cases.read')).cases
    expect(left).toMatchObject({ id: one.id, title: '', origin: 'erased', response: null, topic: null, voices: [], receipt: null })
    expect(left!.steps.map(({ what, text }) => [what, text])).toEqual([['opened', ''], ['note', '']])
    const files = bytesOf(hub.folder)
    expect([WORDS, 'Schlange an Kasse vier', 'endlos gewartet'].filter((words) => files.includes(words))).toEqual([])
  })
})

const today = (): Day => localTime(millis(now), ZONE).day
/** So many answers a day over days before and behind today, of which so many in ten are good. */
const answerDays = async (from: number, until: number, good: number): Promise<void> => {
  for (let day = from; day < until; day++) {
    const at = now + day * 24 * HOUR
    await push(Array.from({ length: 40 }, (_, i) => tap(`answer-${seq}`, i % 10 < good ? 5 : 2, at + i * 60_000)))
  }
}

describe('an improvement', () => {
  const plan = (more: object = {}) => ({
    hypothesis: 'Wer an der Kasse nicht wartet, ist zufriedener', metric: 'csat', touchpoint: 'kiosk', direction: 'up', points: 10, control: null,
    before: { from: addDays(today(), -14), until: today() }, after: { from: addDays(today(), 1), until: addDays(today(), 15) }, ...more,
  })
  const pattern = async (): Promise<number> => {
    await push(await unhappy())
    const one = await open()
    const two = await byHand('b', { origin: { type: 'topic', topic: 'kasse' } })
    expect((await call<CasesReply>('cases.read')).suggestions).toEqual([{ touchpoint: 'kiosk', topic: 'kasse', cases: [one.id, two.id] }])
    const joined = await call<{ readonly pattern: number }>('cases.join', { title: 'Lange Schlangen', cases: [one.id, two.id], key: 'p'.repeat(32).replaceAll('p', 'd') })
    expect((await call<CasesReply>('cases.read')).suggestions).toEqual([])
    return joined.pattern
  }
  const planned = async (more: object = {}) => call<{ readonly type: string; readonly id: number; readonly why?: string }>('improvements.plan', { pattern: await pattern(), measure: 'Ab 16 Uhr ist Kasse 5 offen', plan: plan(more), key: 'e'.repeat(32) })
  const read = async (id: number): Promise<ImprovementView> => (await call<ImprovementsReply>('improvements.read')).improvements.find((one) => one.id === id)!

  it('says before it begins how many answers its promise takes, and refuses a plan whose numbers would mean nothing', async () => {
    await answerDays(-28, 0, 7)
    expect(await call('improvements.need', { touchpoint: 'kiosk', metric: 'csat', points: 10, direction: 'up' })).toMatchObject({ answers: 291, perWeek: expect.closeTo(280, -1), weeks: 2 })
    expect(await planned({ after: { from: addDays(today(), 1), until: addDays(today(), 9) } })).toEqual({ type: 'faulty', why: 'not whole weeks' })
    expect(await call('improvements.plan', { pattern: 1, measure: 'x', plan: plan({ before: { from: addDays(today(), -28), until: addDays(today(), -14) }, after: { from: addDays(today(), -14), until: today() } }), key: 'f'.repeat(32) })).toEqual({ type: 'faulty', why: 'past' })
  })
  it('closes with its numbers alone, moves the receipts behind it, and stands on the wall in words that a manager approved', async () => {
    await answerDays(-15, 0, 6)
    const { id } = await planned()
    expect(await call('improvements.close', { id, note: 'Zu früh' })).toEqual({ type: 'running', until: addDays(today(), 15) })
    expect(await refused('improvements.tell', { id, text: { de: 'Kasse 5 ist offen', en: 'Till 5 is open' } })).toBe('bad_request')
    now += 16 * 24 * HOUR
    await signIn(hub, manager)
    expect((await call<{ readonly type: string; readonly missing: number }>('improvements.close', { id, note: 'Noch nichts' })).type).toBe('few')
    await answerDays(-15, 0, 9)
    expect(await read(id)).toMatchObject({ standing: 'ready', lacking: 0, cases: [2, 1] })
    const { type, improvement } = await call<{ readonly type: string; readonly improvement: ImprovementView }>('improvements.close', { id, note: 'Kasse 5 bleibt' })
    expect([type, improvement.standing, improvement.result!.verdict]).toEqual(['closed', 'closed', 'kept'])
    expect(improvement.result!.change).toBeCloseTo(30, 0)
    expect(improvement.voices.map(({ value }) => value)).toContain(WORDS)
    expect((await call<CasesReply>('cases.read')).cases.find(({ id: own }) => own === 1)!.receipt).toEqual({ state: 'improved', waiting: false })

    await call('improvements.tell', { id, text: { de: 'Ab 16 Uhr ist Kasse 5 offen', en: 'Till 5 opens at 4 pm' } })
    expect((await call<ImprovementsReply>('improvements.read')).wall).toMatchObject({ shown: [], waiting: true })
    await look()
    await expect.poll(async () => (await call<ImprovementsReply>('improvements.read')).wall.waiting, PATIENTLY).toBe(false)
    const { wall } = await call<ImprovementsReply>('improvements.read')
    expect(wall).toMatchObject({ waiting: false, publishedAt: now, shown: [{ text: { de: 'Ab 16 Uhr ist Kasse 5 offen' }, place: 'kiosk', metric: 'csat', before: 60, after: 90, n: expect.any(Number) }] })
    // Taken back within the day it waits for tomorrow; a manager need not.
    await call('improvements.tell', { id, text: null })
    await look()
    expect((await call<ImprovementsReply>('improvements.read')).wall).toMatchObject({ waiting: true })
    await call('improvements.publish')
    expect((await call<ImprovementsReply>('improvements.read')).wall).toMatchObject({ waiting: false, shown: [] })
    expect((await acts()).slice(0, 5).filter((what) => what.startsWith('wall') || what.startsWith('improvement'))).toEqual(['wall.published', 'improvement.told', 'wall.published'])
  })
  it('ends honestly when nothing was shown, and tells nobody of it', async () => {
    await answerDays(-15, 0, 7)
    const { id } = await planned()
    now += 16 * 24 * HOUR
    await signIn(hub, manager)
    await answerDays(-15, 0, 7)
    const { improvement } = await call<{ readonly improvement: ImprovementView }>('improvements.close', { id, note: 'Kein Unterschied zu sehen' })
    expect(improvement.result).toMatchObject({ verdict: 'open', whole: false })
    expect(await refused('improvements.tell', { id, text: { de: 'Doch', en: 'Yet' } })).toBe('bad_request')
  })
  it('is given up with a reason, and shows no numbers then', async () => {
    const { id } = await planned()
    expect(await call('improvements.stop', { id, note: 'Kein Platz für eine Kasse' })).toMatchObject({ standing: 'stopped', result: null, note: 'Kein Platz für eine Kasse' })
    expect(await refused('improvements.close', { id, note: 'Doch' })).toBe('not_found')
    // Its pattern is free for another try.
    expect((await call<CasesReply>('cases.read')).patterns.map(({ improvement }) => improvement)).toEqual([null])
    expect(await call('improvements.plan', { pattern: 1, measure: 'Kasse 4 öffnet früher', plan: plan(), key: '9'.repeat(32) })).toMatchObject({ type: 'planned' })
  })
})

describe('facts that are noticed', () => {
  it('a kiosk without a word for an hour of opening, and its return', async () => {
    await kiosk.ask('hello', { pv: 1, n: 7, ep: 'e'.repeat(16), next: 1, queued: 0, ack: 0, boot: 'b', app: '1', releaseHash: null, now })
    kiosk.close()
    await expect.poll(async () => (await call<readonly { readonly dev: string; readonly online: boolean }[]>('devices.list')).find(({ dev }) => dev === device.dev)?.online, PATIENTLY).toBe(false)
    now += 2 * HOUR
    await look()
    await signIn(hub, manager)
    const { open: alarms } = await call<{ readonly open: readonly { readonly kind: string; readonly device: { readonly dev: string } }[] }>('alarms.read')
    expect(alarms.map(({ kind, device: silent }) => [kind, silent.dev])).toEqual([['silent', device.dev]])
    kiosk = await connect(hub.url, device)
    await look()
    expect(await call('cases.todo')).toMatchObject({ alarmsOpen: 0 })
  })
  it('says how far each place is known, and what a manager has chosen', async () => {
    await answerDays(-28, 0, 7)
    await look()
    const hours = Array.from({ length: 7 }, () => ({ from: 540, until: 1080 }))
    await call('alarms.set', { falsePerYear: 2, hours })
    expect(await call('alarms.read')).toMatchObject({ settings: { falsePerYear: 2, hours }, watched: [{ place: 'kiosk', knownSince: null, weeks: expect.any(Number), needed: 8 }], open: [] })
  })
})
