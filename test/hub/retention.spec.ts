/** What has had its time goes, and no figure changes by it. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openData, type HubData } from '#hub/open-data.ts'
import type { FeedbackRow } from '#hub/ports/feedback-store.ts'
import { runRetention, type RetentionParts } from '#hub/use-cases/privacy/keep-retention.ts'
import { readInsights } from '#hub/use-cases/figures/read-insights.ts'
import { readPrivacy } from '#hub/use-cases/privacy/read-privacy.ts'
import { METRICS } from '#shared/insights/figure.ts'
import { DIMENSIONS } from '#shared/insights/group-tallies.ts'
import type { ReceiptHash } from '#shared/feedback/receipt-code.ts'
import type { DeviceId, EpochId, QuoteId, VisitId } from '#shared/kernel/ids.ts'
import { cents } from '#shared/kernel/money.ts'
import { millis } from '#shared/kernel/time.ts'

const DAY = 86_400_000
const START = Date.parse('2026-06-01T08:00:00Z')
let folder: string
let now: number
let data: HubData
const clock = { now: () => millis(now) }
const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined }

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'einklang-retention-'))
  now = START
  data = open()
})
afterEach(() => {
  data.close()
  rmSync(folder, { recursive: true, force: true })
})

const open = (): HubData => {
  const opened = openData({ dataDir: folder, backupDir: join(folder, 'backups') }, clock, { bytes: (length) => new Uint8Array(length).fill(7) })
  if (!opened.ok) throw new Error(opened.error.type)
  return opened.value
}
const parts = (): RetentionParts => ({ ...data, clock, log: SILENT, pause: async () => undefined })
const run = () => runRetention(parts())
const answer = (n: number, over: Partial<FeedbackRow> = {}): FeedbackRow => ({
  id: `id-${n}`, response: `r${n}`, touchpoint: 'kasse', survey: 'visit', question: 'visit', kind: 'csat5', value: 4, detail: false, at: millis(now), receivedAt: now, dev: 'd'.repeat(32), channel: 'kiosk', flags: [], ...over,
})
const insights = () => ({ feedback: data.feedback, cells: data.cells, devices: data.devices, streams: data.streams, documents: data.documents, clock })
const allFigures = (from?: number, until?: number) =>
  METRICS.flatMap((metric) => [undefined, ...DIMENSIONS].map((by) => {
    const { overall, groups, withheld, flagged } = readInsights(insights(), { metric, ...(by && { by }), ...(from !== undefined && { from }), ...(until !== undefined && { until }) })
    return { metric, by, overall, groups, withheld, flagged }
  }))
const bytes = (): string => readdirSync(folder).filter((name) => name.startsWith('hub.sqlite')).map((name) => readFileSync(join(folder, name), 'latin1')).join('')

describe('taps are kept one by one for 30 days, then as sums', () => {
  it('to the day: 29 days after they arrived they are there, 30 days after they are gone', async () => {
    for (let i = 0; i < 7; i++) data.feedback.add(answer(i))
    now = START + 30 * DAY
    expect(await run()).toMatchObject({ taps: 0 })
    now += 1
    expect(await run()).toMatchObject({ taps: 7 })
    expect([...data.feedback.all()]).toEqual([])
    expect(await run()).toMatchObject({ taps: 0 })
  })
  it('by the hub\'s time of arrival, however late or wrong the device\'s clock says it was', async () => {
    data.feedback.add(answer(1, { at: millis(0) }))
    now = START + 29 * DAY
    expect(await run()).toMatchObject({ taps: 0 })
  })
  it('and no figure of any stretch, place, hour, day or question changes', async () => {
    const kinds = [['csat5', 5], ['nps', 10], ['ces7', 7]] as const
    const given = fc.record({ kind: fc.constantFrom(...kinds), value: fc.nat(10), touchpoint: fc.constantFrom('kasse', 'obst', 'eingang'), question: fc.constantFrom('visit', 'help'), detail: fc.boolean(), minutes: fc.nat(20 * 1440), dated: fc.integer({ max: 9, min: 0 }), flagged: fc.boolean(), young: fc.boolean() })
    await fc.assert(fc.asyncProperty(fc.array(given, { minLength: 30, maxLength: 80 }), fc.nat(18), fc.nat(6), async (list, first, length) => {
      data.close()
      rmSync(folder, { recursive: true, force: true })
      now = START
      data = open()
      list.forEach(({ kind: [kind, most], value, touchpoint, question, detail, minutes, dated, flagged, young }, i) => {
        const at = START + minutes * 60_000
        data.feedback.add(answer(i, { kind, value: kind === 'nps' ? value : 1 + (value % most), touchpoint, question, detail, at: dated === 0 ? null : millis(at), receivedAt: young ? START + 40 * DAY : at, flags: flagged ? ['burst'] : [] }))
      })
      now = START + 60 * DAY
      const ranges = [[], [START + first * DAY], [START + first * DAY, START + (first + length) * DAY]] as const
      const before = ranges.map(([from, until]) => allFigures(from, until))
      const days = Array.from({ length: 22 }, (_, day) => data.feedback.countBetween('d'.repeat(32), Date.parse('2026-05-31T22:00:00Z') + day * DAY, Date.parse('2026-05-31T22:00:00Z') + (day + 1) * DAY))
      const questions = data.feedback.scoredQuestions()
      const gone = await run()
      expect(gone.taps).toBe(list.filter(({ young }) => !young).length)
      expect(ranges.map(([from, until]) => allFigures(from, until))).toEqual(before)
      expect(days).toEqual(Array.from({ length: 22 }, (_, day) => data.feedback.countBetween('d'.repeat(32), Date.parse('2026-05-31T22:00:00Z') + day * DAY, Date.parse('2026-05-31T22:00:00Z') + (day + 1) * DAY)))
      expect(data.feedback.scoredQuestions()).toEqual(questions)
    }), { numRuns: 4, endOnFailure: true })
  })
  it('says from when on single answers cannot be asked for any more', async () => {
    data.feedback.add(answer(1))
    now += 31 * DAY
    expect(readPrivacy(parts() as never)().sumsBefore).toBeNull()
    await run()
    expect(readPrivacy(parts() as never)().sumsBefore).toBe(START + 3_600_000)
  })
  it('in steps: a first run over many days\' answers lets others be answered in between', async () => {
    data.transactions.run(() => {
      for (let i = 0; i < 4001; i++) data.feedback.add(answer(i))
    })
    now += 31 * DAY
    let pauses = 0
    expect((await runRetention({ ...parts(), pause: async () => void (pauses += 1) })).taps).toBe(4001)
    expect(pauses).toBeGreaterThanOrEqual(2)
    expect(data.audit.list({ limit: 9, what: 'retention.ran' }).map(({ object, count }) => [object, count])).toEqual([['taps', 1], ['taps', 2000], ['taps', 2000]])
  })
})

describe('words, contacts, baskets and orders have times of their own', () => {
  const WORDS = 'Der Gang bei den Nudeln war versperrt'
  it('words for 180 days; then they are in no file of the database', async () => {
    data.feedback.add(answer(1, { kind: 'text', value: WORDS, question: 'words' }))
    data.tokens.showVoice('id-1', millis(START))
    now = START + 180 * DAY
    await run()
    expect([bytes().includes(WORDS), data.tokens.voices()]).toEqual([true, ['id-1']])
    now += 1
    expect(await run()).toMatchObject({ words: 1 })
    expect([bytes().includes(WORDS), data.tokens.voices()]).toEqual([false, []])
  })
  it('what was written about a case for as long after its end; that there was one stays', async () => {
    const step = (what: 'opened' | 'note' | 'resolved' | 'assigned', text: string) => ({ what, at: millis(START), who: 'a'.repeat(16), text })
    const open = (title: string, closedAt: number | null, key: string) =>
      data.cases.open({ title, touchpoint: 'kasse', topic: null, origin: { type: 'response', response: `answer of ${key}`, dev: '' }, owner: { type: 'person', person: 'a'.repeat(16) as never }, team: 'service', severity: 'high', openedAt: millis(START), dueAt: millis(START), closedAt: closedAt === null ? null : millis(closedAt), overdueAt: null, pattern: null, steps: [step('opened', ''), step('note', `Notiz über ${title}`), step('assigned', 'service'), step('resolved', `Ende von ${title}`)] }, key)
    const [ended, open1] = [open('Herr Krause ruft an', START, 'k1'), open('Frau Lehmann schreibt', null, 'k2')]
    now = START + 180 * DAY
    expect(await run()).toMatchObject({ words: 0 })
    now += 1
    expect(await run()).toMatchObject({ words: 1 })
    expect(data.cases.case(ended.id)).toMatchObject({ title: '', origin: { type: 'erased' }, owner: { type: 'team', team: 'service' }, closedAt: START, steps: [{ what: 'opened' }, { what: 'note', text: '', who: null }, { what: 'assigned', text: 'service' }, { what: 'resolved', text: '' }] })
    expect(data.cases.case(open1.id)).toMatchObject({ title: 'Frau Lehmann schreibt' })
    expect(bytes()).not.toContain('Krause')
    expect(await run()).toMatchObject({ words: 0 })
  })
  it('a contact for 30 days after its answer, 90 in all', async () => {
    const contact = (id: string) => ({ id, response: id, touchpoint: 'kasse', at: millis(START), contact: `${id}@example.org`, sealed: false })
    for (const id of ['answered', 'waiting']) data.feedback.keepContact(contact(id))
    data.feedback.noteContactAnswered('answered', millis(START + 5 * DAY))
    const left = () => data.feedback.contacts().map(({ id }) => id)
    now = START + 35 * DAY - 1
    await run()
    expect(left()).toEqual(['answered', 'waiting'])
    now = START + 35 * DAY
    expect(await run()).toMatchObject({ contacts: 1 })
    expect(left()).toEqual(['waiting'])
    now = START + 90 * DAY
    await run()
    expect(left()).toEqual([])
    expect(bytes()).not.toContain('@example.org')
  })
  it('as the retailer sets them, and not before the next run', async () => {
    data.feedback.add(answer(1, { kind: 'text', value: WORDS, question: 'words' }))
    data.retention.choose({ days: { words: 14 } })
    now = START + 15 * DAY
    expect(readPrivacy(parts() as never)().kept.find((kept) => kept.class === 'words')).toMatchObject({ days: 14, n: 1, overdue: false })
    now += DAY
    expect(readPrivacy(parts() as never)().kept.find((kept) => kept.class === 'words')).toMatchObject({ overdue: true })
    expect(await run()).toMatchObject({ words: 1 })
    expect(readPrivacy(parts() as never)().kept.find((kept) => kept.class === 'words')).toMatchObject({ n: 0, oldestAt: null, overdue: false })
  })
  it('a basket taken along for 60 days: code, content and the tie to its visit go, the counts of visits stay', async () => {
    const kiosk = { dev: 'd'.repeat(32) as DeviceId, sid: 'visit-1' as VisitId }
    const shown = (n: number) => {
      data.quotes.addShown({ qid: `q${n}` as QuoteId, code: `CODE0${n}`, digits: `98765432100${n}`, dev: kiosk.dev, issuedAt: millis(now), totalCents: cents(1_234), releaseHash: 'r' })
      data.funnel.codeShown({ qid: `q${n}` as QuoteId, dev: kiosk.dev, sid: kiosk.sid, at: millis(now) })
    }
    data.funnel.visitStarted(kiosk, millis(now), true)
    shown(1)
    data.quotes.claimFirst('q1' as QuoteId, 'phone-1', millis(now))
    data.quotes.beginOrder('q1' as QuoteId, 'o1', millis(now), millis(0))
    data.quotes.endOrder('q1' as QuoteId, 'o1', 'K-1')
    data.funnel.handoffMoved('q1' as QuoteId, kiosk.dev)
    // Opened before its kiosk told of it: counted by itself, and no visit to tie it to.
    data.quotes.claimFirst('early' as QuoteId, 'phone-2', millis(now))
    data.funnel.handoffMoved('early' as QuoteId, kiosk.dev)
    const counted = () => [data.funnel.countsByDevice({ from: millis(0), until: millis(START + DAY) }), data.funnel.early({ from: millis(0), until: millis(START + DAY) })]
    const before = counted()
    expect(before).toMatchObject([[{ counts: { visits: 1, shown: 1, opened: 1, ordered: 1 } }], { opened: 1, ordered: 0 }])
    now = START + 60 * DAY
    expect(await run()).toMatchObject({ baskets: 0 })
    expect(data.quotes.findByCode('CODE01')).not.toBeNull()
    now += 1
    expect(await run()).toMatchObject({ baskets: 1 })
    expect([data.quotes.findByCode('CODE01'), data.quotes.claim('q1' as QuoteId)]).toEqual([null, null])
    expect(counted()).toEqual(before)
    expect(bytes()).not.toContain('987654321001')
    expect(bytes()).not.toContain('phone-1')
    // Another code of that visit, heard of when the first has had its time, takes nothing away.
    data.funnel.codeShown({ qid: 'q2' as QuoteId, dev: kiosk.dev, sid: kiosk.sid, at: millis(now) })
    expect(counted()).toEqual(before)
    expect(readPrivacy(parts() as never)().kept.find((kept) => kept.class === 'baskets')).toMatchObject({ days: 60, n: 1, overdue: false })
    expect(readPrivacy(parts() as never)().run).toMatchObject({ gone: { baskets: 1 } })
  })
  it('visits for as long: then they are counts by device and day, and neither the funnel nor the response rate changes', async () => {
    const name = (n: number, dev = 'd') => ({ dev: dev.repeat(32) as DeviceId, sid: `visit-${n}-${dev}` as VisitId })
    const shown = (n: number, at: number) => {
      data.quotes.addShown({ qid: `q${n}` as QuoteId, code: `CODE0${n}`, digits: `98765432100${n}`, dev: name(n).dev, issuedAt: millis(at), totalCents: cents(1_234), releaseHash: 'r' })
      data.funnel.codeShown({ qid: `q${n}` as QuoteId, ...name(n), at: millis(at) })
    }
    for (let n = 0; n < 6; n++) data.funnel.visitStarted(name(n), millis(START + n * 9 * 3_600_000), n !== 3)
    data.funnel.visitStarted(name(0, 'e'), millis(START), true)
    data.funnel.basketBegun(name(1), millis(START + DAY))
    shown(2, START + DAY)
    for (const n of [1, 2, 9]) data.listening.visitAnswered(name(n).dev, name(n).sid)
    data.listening.visitAnswered(name(0, 'e').dev, name(0, 'e').sid)
    const midnight = Date.parse('2026-05-31T22:00:00Z')
    const counted = () => [0, 1, 2, 3].map((day) => [midnight, midnight + day * DAY].map((from) => {
      const until = midnight + (day + 1) * DAY
      return [data.funnel.countsByDevice({ from, until }), data.listening.answeredVisits(from, until - 1)]
    }))
    const before = counted()
    expect(before[3]![0]).toMatchObject([[{ counts: { visits: 6, told: 5, baskets: 2, shown: 1 } }, { counts: { visits: 1 } }], [{ answered: 2 }, { answered: 1 }]])
    now = START + 60 * DAY
    await run()
    expect(bytes()).toContain('visit-1-d')
    // Its code has been held for less long than the visit: an order that comes of it still counts.
    now = START + 60 * DAY + 20 * 3_600_000
    await run()
    expect(counted()).toEqual(before)
    data.quotes.claimFirst('q2' as QuoteId, 'phone-1', millis(now))
    data.funnel.handoffMoved('q2' as QuoteId, name(2).dev)
    const after = counted()
    expect(after[3]![0]![0]).toMatchObject([{ counts: { visits: 6, opened: 1 } }, {}])
    now = START + 63 * DAY
    await run()
    expect(counted()).toEqual(after)
    expect(bytes()).not.toMatch(/visit-\d/)
    expect(data.funnel.since()).toBe(midnight)
    // A kiosk that was cut off tells the rest of a visit that is a count by now: no second one begins.
    data.funnel.basketBegun(name(1), millis(START + DAY))
    data.listening.visitAnswered(name(1).dev, name(1).sid)
    // One that nobody had heard of counts.
    data.funnel.visitStarted(name(7), millis(START), true)
    data.funnel.basketBegun(name(7), millis(START))
    await run()
    expect(data.funnel.countsByDevice({ from: midnight, until: midnight + DAY })).toMatchObject([{ counts: { visits: 3, baskets: 2 } }, { counts: { visits: 1 } }])
    expect(data.listening.answeredVisits(0, now)).toEqual(before[3]![0]![1])
    expect(bytes()).not.toMatch(/visit-\d/)
  })
  it('whose answer a case came from until neither the answer nor its receipt is held, for nobody could ask any more that it be forgotten', async () => {
    const HASH = 'a1'.repeat(16) as ReceiptHash
    const dev = 'd'.repeat(32)
    data.feedback.add(answer(1, { response: 'r-with' }))
    data.feedback.add(answer(2, { response: 'r-without' }))
    data.receipts.begin([{ hash: HASH, dev, response: 'r-with', touchpoint: 'kasse', at: millis(START), receivedAt: millis(START) }])
    const cases = ['r-with', 'r-without'].map((response) =>
      data.cases.open({ title: 'Kasse 4', touchpoint: 'kasse', topic: null, origin: { type: 'response', response, dev }, owner: { type: 'team', team: 'service' }, team: 'service', severity: 'high', openedAt: millis(START), dueAt: millis(START), closedAt: null, overdueAt: null, pattern: null, steps: [] }, `key of ${response}`.replaceAll('r-', '')))
    const origins = () => cases.map(({ id }) => data.cases.case(id)!.origin.type)
    now = START + 30 * DAY
    await run()
    expect(origins()).toEqual(['response', 'response'])
    now += 1
    await run()
    expect(origins()).toEqual(['response', 'erased'])
    expect(bytes()).not.toContain('r-without')
    now = START + 180 * DAY
    await run()
    expect(origins()).toEqual(['response', 'erased'])
    now += 1
    await run()
    expect([origins(), data.cases.case(cases[0]!.id)!.title]).toEqual([['erased', 'erased'], 'Kasse 4'])
    expect(bytes()).not.toContain('r-with')
  })
  it('which events a receipt came with until neither it nor they are held: words that outlive it can still be erased by it', async () => {
    const [short, long] = ['a1', 'b2'].map((byte) => byte.repeat(16) as ReceiptHash)
    data.retention.choose({ days: { receipts: 30 } })
    const came = (n: number, hash: ReceiptHash, kind: 'csat5' | 'text') => {
      data.feedback.add(answer(n, kind === 'text' ? { kind, value: WORDS, question: 'words' } : {}))
      data.events.keep([{ id: `id-${n}`, dev: 'd'.repeat(32) as DeviceId, ep: 'e'.repeat(16) as EpochId, seq: n, type: kind === 'text' ? 'feedback.commented' : 'feedback.answered', state: 'stored', why: null, atHub: millis(now), receivedAt: millis(now), body: { p: { receipt: hash } } }])
      data.receiptLedger.keep([{ hash, id: `id-${n}` }])
      data.receipts.begin([{ hash, dev: 'd'.repeat(32), response: `r${n}`, touchpoint: 'kasse', at: millis(now), receivedAt: millis(now) }])
    }
    came(1, short!, 'csat5')
    came(2, long!, 'text')
    now += 31 * DAY
    await run()
    expect([data.receipts.find(short!), data.receipts.find(long!), bytes().includes(short!), bytes().includes(long!)]).toEqual([null, null, false, true])
    expect(data.erasure.eraseReceipt(long!)).toMatchObject({ items: ['id-2'] })
    data.erasure.settle()
    expect(bytes()).not.toContain(`${long!}id-2`)
  })
  it('the log of all this for three years, and then from its front', async () => {
    data.audit.record({ who: 'p1', what: 'offer.left', device: null, object: 'x' })
    now = START + 1097 * DAY
    data.audit.record({ who: 'p1', what: 'offer.left', device: null, object: 'y' })
    expect(await run()).toMatchObject({ audit: 1 })
    expect(data.audit.list({ limit: 9 }).map(({ what, object }) => [what, object])).toEqual([['audit.aged', null], ['offer.left', 'y']])
    expect(await data.audit.verify()).toMatchObject({ broken: null })
  })
})

describe('the events that answers came with', () => {
  const DEV = 'd'.repeat(32) as DeviceId
  const EP = 'e'.repeat(16) as EpochId
  const event = (id: string, type: string) => data.events.keep([{ id, dev: DEV, ep: EP, seq: 1, type, state: 'stored', why: null, atHub: millis(now), receivedAt: millis(now), body: { p: { response: 'secret-response' } } }])
  it('are emptied with them, keep their number, and are known when a device sends them again', async () => {
    event('tap', 'feedback.answered')
    event('words', 'feedback.commented')
    now = START + 31 * DAY
    await run()
    expect([data.events.row('tap')?.body, data.events.row('words')?.body]).toEqual([{}, { p: { response: 'secret-response' } }])
    expect(data.events.known(['tap'])).toEqual(new Map([['tap', 'held']]))
    now = START + 181 * DAY
    await run()
    expect(data.events.row('words')?.body).toEqual({})
    expect(bytes()).not.toContain('secret-response')
    expect(data.events.countOf(DEV)).toBe(2)
  })
  it('that nobody has understood yet stay as they came', async () => {
    data.events.keep([{ id: 'later', dev: DEV, ep: EP, seq: 2, type: 'feedback.danced', state: 'parked', why: 'newer', atHub: millis(now), receivedAt: millis(now), body: { p: 1 } }])
    now = START + 400 * DAY
    await run()
    expect(data.events.row('later')?.body).toEqual({ p: 1 })
  })
})

describe('a copy that is put back', () => {
  it('holds again what had gone; the next run lets it go, once, and the sums do not count it twice', async () => {
    for (let i = 0; i < 6; i++) data.feedback.add(answer(i))
    const made = await data.backups.make(clock.now())
    expect(made.ok).toBe(true)
    now = START + 31 * DAY
    await run()
    const before = allFigures()
    data.close()
    for (const name of readdirSync(folder).filter((file) => file.startsWith('hub.sqlite'))) rmSync(join(folder, name))
    data = open()
    expect(data.restored).not.toBeNull()
    expect([...data.feedback.all()]).toHaveLength(6)
    expect(allFigures()).toEqual(before)
    await run()
    expect([...data.feedback.all()]).toEqual([])
    expect(allFigures()).toEqual(before)
    expect(data.audit.list({ limit: 9 }).map(({ what }) => what)).toEqual(['retention.ran', 'backup.restored'])
  })
})
