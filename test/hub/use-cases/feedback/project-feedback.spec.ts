import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DatabaseSync } from 'node:sqlite'
import type { StoredEvent } from '#hub/ports/projector.ts'
import type { DocumentStore } from '#hub/ports/documents.ts'
import { sqliteAnswerCells } from '#hub/stores/sqlite/figures/answer-cells.ts'
import { sqliteFeedbackStore } from '#hub/stores/sqlite/feedback/feedback-store.ts'
import { MIGRATIONS } from '#hub/stores/sqlite/database/migrations.ts'
import { sqliteListeningStore } from '#hub/stores/sqlite/feedback/listening-store.ts'
import { sqliteReceiptStore } from '#hub/stores/sqlite/feedback/receipt-store.ts'
import { listFeedback } from '#hub/use-cases/feedback/list-feedback.ts'
import { openContacts } from '#hub/use-cases/feedback/open-contacts.ts'
import { feedbackProjector } from '#hub/use-cases/feedback/project-feedback.ts'
import { memoryStores } from '#hub/stores/memory/memory-stores.ts'
import { readInsights } from '#hub/use-cases/figures/read-insights.ts'
import type { DeviceStore, PairedDevice } from '#hub/ports/devices.ts'
import type { DeviceId, EpochId, EventId } from '#shared/kernel/ids.ts'
import type { Json } from '#shared/kernel/json.ts'
import type { ReceiptHash } from '#shared/feedback/receipt-code.ts'
import { millis, type Millis } from '#shared/kernel/time.ts'
import type { FeedbackItem } from '#shared/protocol/feedback.ts'
import type { Documents } from '#shared/sync/release.ts'

const words = { de: '…', en: '…' }
const EXIT = { id: 'exit', opening: { id: 'visit', kind: 'csat5', text: words }, followUps: [{ id: 'staff', kind: 'csat5', text: words }, { id: 'recommend', kind: 'nps', text: words }], contact: true }
const documents = (items: Documents): DocumentStore => {
  const head = { rev: 1, hash: 'a'.repeat(64), publishedAt: millis(0) }
  return { head: () => head, current: () => ({ ...head, items }) } as unknown as DocumentStore
}

const makeHub = () => {
  const sql = new DatabaseSync(':memory:')
  for (const { sql: step } of MIGRATIONS) sql.exec(step)
  const feedback = sqliteFeedbackStore(sql)
  const hinted: FeedbackItem[] = []
  const receipts = sqliteReceiptStore(sql)
  const deps = { feedback, cells: sqliteAnswerCells(sql), receipts, documents: documents({ 'survey/exit': EXIT as unknown as Json }), devices: { find: (dev: DeviceId) => (dev.startsWith('tablet') ? ({ role: 'staff' } as unknown as PairedDevice) : null) }, listening: sqliteListeningStore(sql), hints: { feedback: (make: () => readonly FeedbackItem[]) => void hinted.push(...make()) } }
  const projector = feedbackProjector(deps)
  let count = 0
  const apply = (t: string, p: Json, options: { readonly at?: number; readonly secret?: Json; readonly dev?: string } = {}) => {
    const at = millis(options.at ?? 1_000_000 + 60_000 * count)
    const id = `event-${++count}` as EventId
    const stored: StoredEvent = {
      dev: (options.dev ?? 'kiosk-1') as DeviceId,
      ep: 'e' as EpochId,
      event: { id, t, v: 1, at, off: 0, boot: 'b', mono: 0, sid: null, p, seq: count, ...(options.secret ? { x: JSON.stringify(options.secret) } : {}) },
      receivedAt: millis(at + 5),
      atHub: at,
      secret: options.secret ?? null,
    }
    return projector.apply({ afterCommit: (task) => task() }, stored)
  }
  const answer = (response: string, value: number, options: { readonly at?: number; readonly question?: string; readonly kind?: string } = {}) =>
    apply('feedback.answered', { response, touchpoint: 'exit', survey: 'exit', question: options.question ?? 'visit', kind: options.kind ?? 'csat5', value }, options)
  const insights = (metric: 'csat' | 'nps') => readInsights({ feedback, cells: deps.cells, documents: deps.documents, devices: { list: () => [] } as unknown as DeviceStore, streams: memoryStores().streams, clock: { now: () => millis(9_000_000) } }, { metric })
  return { projector, apply, answer, feedback, receipts, documents: deps.documents, hinted, insights, sql }
}

describe('the channel and the language of an answer', () => {
  it('are the kind of device that sent it, whatever it claims, and the language of its screen', () => {
    const { apply, feedback } = makeHub()
    const said = { response: 'r1', touchpoint: 'exit', survey: 'exit', question: 'visit', kind: 'csat5', value: 4 }
    apply('feedback.answered', { ...said, lang: 'en' })
    apply('feedback.answered', { ...said, response: 'r2', channel: 'kiosk' }, { dev: 'tablet-1' })
    expect(feedback.newest(2).map(({ channel, lang }) => [channel, lang])).toEqual([['staff', undefined], ['kiosk', 'en']])
  })
})

describe('a choice that is taken back', () => {
  const choose = (hub: ReturnType<typeof makeHub>, value: readonly string[], at: number) => hub.apply('feedback.answered', { response: 'r1', touchpoint: 'exit', survey: 'exit', question: 'why', kind: 'choice', value }, { at })
  it('leaves no answer behind, and the next one is an answer again', () => {
    const hub = makeHub()
    choose(hub, ['wait'], 1_000)
    choose(hub, [], 2_000)
    expect(hub.feedback.newest(5)).toEqual([])
    choose(hub, ['staff'], 3_000)
    expect(hub.feedback.newest(5).map(({ value }) => value)).toEqual([['staff']])
    expect(hub.hinted.map(({ value }) => value)).toEqual([['wait'], ['staff']])
  })
  it('does not undo what was chosen later', () => {
    const hub = makeHub()
    choose(hub, ['staff'], 3_000)
    choose(hub, [], 2_000)
    expect(hub.feedback.newest(5).map(({ value }) => value)).toEqual([['staff']])
  })
})

describe('rude words', () => {
  it('are folded away and stay: only the row says why', () => {
    const hub = makeHub()
    const said = { response: 'r1', touchpoint: 'exit', survey: 'exit', question: 'words' }
    hub.apply('feedback.commented', said, { secret: { text: 'Ihr seid Idioten' } })
    hub.apply('feedback.commented', { ...said, response: 'r2' }, { secret: { text: 'Die Kasse ist scheiße' } })
    expect(hub.feedback.newest(2).map(({ value, hidden }) => [value, hidden])).toEqual([['Die Kasse ist scheiße', undefined], ['Ihr seid Idioten', 'insult']])
    const [, rude] = hub.feedback.newest(2)
    expect(hub.feedback.fold(rude!.id, 'shown')).toBe(true)
    expect(listFeedback(hub, { limit: 2 })[1]!.hidden).toBe('shown')
    expect(hub.feedback.fold('nobody', 'person')).toBe(false)
  })
})

describe('flags that come later', () => {
  it('are added to every answer of a response, once', () => {
    const hub = makeHub()
    hub.answer('r1', 5, { at: 1_000 })
    hub.answer('r1', 9, { at: 1_500, question: 'recommend', kind: 'nps' })
    hub.answer('r2', 5, { at: 1_600 })
    expect(hub.feedback.flag('kiosk-1', ['r1', 'r2'], 'best-run')).toBe(3)
    expect(hub.feedback.flag('kiosk-1', ['r1', 'r2'], 'best-run')).toBe(0)
    expect(hub.feedback.newest(3).map(({ flags }) => flags)).toEqual([['too-fast', 'best-run'], ['best-run'], ['best-run']])
  })
})

describe('a feedback event', () => {
  it('becomes a row and a hint to those who watch', () => {
    const hub = makeHub()
    expect(hub.answer('r1', 4).ok).toBe(true)
    expect(hub.hinted).toEqual([{ id: 'event-1', response: 'r1', touchpoint: 'exit', question: 'visit', kind: 'csat5', value: 4, at: 1_000_000, receivedAt: 1_000_005, dev: 'kiosk-1', channel: 'kiosk', open: 2 }])
    expect(listFeedback(hub, { limit: 10 })).toEqual(hub.hinted)
  })
  it('of the same question corrects the answer, also when the older one arrives last', () => {
    const hub = makeHub()
    hub.answer('r1', 2, { at: 5000 })
    hub.answer('r1', 5, { at: 8000 })
    hub.answer('r1', 1, { at: 6000 })
    expect(listFeedback(hub, { limit: 10 }).map(({ value }) => value)).toEqual([5])
  })
  it('whose words come sealed is masked once more', () => {
    const hub = makeHub()
    hub.apply('feedback.commented', { response: 'r1', touchpoint: 'exit', survey: 'exit', question: 'words' }, { secret: { text: 'Frau Müller war nett' } })
    expect(listFeedback(hub, { limit: 1 })[0]?.value).toBe('Frau ‹Name› war nett')
  })
  it('with a contact keeps it apart, as it was sealed, and forgets it after 90 days', () => {
    const hub = makeHub()
    hub.apply('feedback.contact-left', { response: 'r1', touchpoint: 'exit' }, { secret: { contact: 'a@example.org' }, at: 1000 })
    expect(listFeedback(hub, { limit: 1 })[0]).toMatchObject({ kind: 'contact', value: '' })
    expect(hub.feedback.contacts()).toEqual([{ id: 'event-1', response: 'r1', touchpoint: 'exit', at: 1000, answeredAt: null, contact: '{"contact":"a@example.org"}', sealed: true }])
    hub.apply('feedback.contact-left', { response: 'r2', touchpoint: 'exit' }, { secret: { contact: 'b@example.org' }, at: 91 * 86_400_000 })
    expect(hub.feedback.contacts().map(({ response }) => response)).toEqual(['r2'])
    const keys = { open: (sealed: string) => JSON.parse(sealed) as Json }
    const opened = (response: string, day: number) => openContacts({ feedback: hub.feedback, keys, clock: { now: () => millis(day * 86_400_000) } }, { response })
    expect(opened('r2', 92)).toEqual([{ response: 'r2', touchpoint: 'exit', at: 91 * 86_400_000, contact: 'b@example.org' }])
    expect([opened('r1', 92), opened('r2', 182)]).toEqual([[], []])
  })
  it('with a contact tells it no longer than 30 days after the answer', () => {
    const hub = makeHub()
    const day = (n: number): Millis => millis(n * 86_400_000)
    hub.apply('feedback.contact-left', { response: 'r1', touchpoint: 'exit' }, { secret: { contact: 'a@example.org' }, at: day(1) })
    hub.feedback.noteContactAnswered('r1', day(3))
    hub.feedback.noteContactAnswered('r1', day(20))
    const opened = (now: Millis) => openContacts({ feedback: hub.feedback, keys: { open: (sealed: string) => JSON.parse(sealed) as Json }, clock: { now: () => now } }, { response: 'r1' }).length
    expect([opened(day(33)), opened(millis(day(33) + 1))]).toEqual([1, 0])
  })
  it('with a receipt begins it, once for all answers of the response, and tells how it stands', () => {
    const hub = makeHub()
    const receipt = 'a1'.repeat(16) as ReceiptHash
    const place = { response: 'r1', touchpoint: 'exit', survey: 'exit', receipt }
    hub.apply('feedback.answered', { ...place, question: 'visit', kind: 'csat5', value: 2 })
    hub.apply('feedback.commented', { ...place, question: 'words' }, { secret: { text: 'zu kalt' } })
    expect(hub.receipts.find(receipt)).toEqual({ hash: receipt, dev: 'kiosk-1', response: 'r1', touchpoint: 'exit', at: 1_000_000, receivedAt: 1_000_005, readAt: null, steps: [{ state: 'received', at: 1_000_005 }], words: [] })
    expect(hub.hinted.map((item) => item.receipt)).toEqual([{ state: 'received', waiting: false }, { state: 'received', waiting: false }])
    expect(hub.feedback.ofResponse('kiosk-1', 'r1').map(({ value }) => value)).toEqual([2, 'zu kalt'])
  })
  it('whose receipt is none is refused for quarantine', () => {
    expect(makeHub().apply('feedback.answered', { response: 'r', touchpoint: 'exit', survey: 'exit', question: 'visit', kind: 'csat5', value: 3, receipt: '7K3Q9XMA2PE' })).toMatchObject({ ok: false })
  })
  it.each([
    ['off the scale', 'feedback.answered', { response: 'r', touchpoint: 'exit', survey: 'exit', question: 'visit', kind: 'csat5', value: 6 }, null],
    ['without its sealed part', 'feedback.commented', { response: 'r', touchpoint: 'exit', survey: 'exit', question: 'words' }, null],
    ['without a response', 'feedback.contact-left', { touchpoint: 'exit' }, { contact: 'a@example.org' }],
  ] as readonly (readonly [string, string, Json, Json])[])('%s is refused for quarantine', (_, t, p, secret) => {
    const hub = makeHub()
    expect(hub.apply(t, p, { secret })).toMatchObject({ ok: false, error: { type: 'PayloadRefused' } })
    expect(listFeedback(hub, { limit: 10 })).toEqual([])
  })
})

describe('play at a terminal', () => {
  it('is flagged from the second hasty answer on, and still counted', () => {
    const hub = makeHub()
    for (let i = 0; i < 12; i++) hub.answer(`r${i}`, 5, { at: 1_000_000 + i * 1500 })
    const flags = listFeedback(hub, { limit: 20 }).map((item) => item.flags ?? [])
    expect(flags.at(-1)).toEqual([])
    expect(flags.at(-2)).toEqual(['too-fast'])
    expect(flags[0]).toEqual(['too-fast', 'burst'])
    expect(hub.insights('csat')).toMatchObject({ overall: { n: 12, score: 100 }, flagged: 11 })
  })
  it('is not a second question of the same person', () => {
    const hub = makeHub()
    hub.answer('r1', 5, { at: 1000 })
    hub.answer('r1', 9, { at: 1500, question: 'recommend', kind: 'nps' })
    expect(listFeedback(hub, { limit: 5 }).map((item) => item.flags)).toEqual([undefined, undefined])
  })
})

describe('answers that come together', () => {
  type Tap = { readonly response: string; readonly question: string; readonly at: number; readonly value: number }
  const tap = fc.record<Tap>({ response: fc.constantFrom(...'abcdefghijklmno'), question: fc.constantFrom('visit', 'staff'), at: fc.oneof(fc.integer({ min: 100_000, max: 110_000 }), fc.integer({ min: 100_000, max: 400_000 })), value: fc.integer({ min: 1, max: 6 }) })
  const stored = ({ response, question, at, value }: Tap, n: number): StoredEvent => ({
    dev: 'kiosk-1' as DeviceId,
    ep: 'e' as EpochId,
    event: { id: `event-${n}` as EventId, t: 'feedback.answered', v: 1, at: millis(at), off: 0, boot: 'b', mono: 0, sid: null, p: { response, touchpoint: 'exit', survey: 'exit', question, kind: 'csat5', value }, seq: n },
    receivedAt: millis(500_000),
    atHub: millis(at),
    secret: null,
  })
  it('become what they become one after the other: rows, corrections, flags and refusals', () => {
    fc.assert(fc.property(fc.array(fc.array(tap, { minLength: 1, maxLength: 20 }), { maxLength: 4 }), (batches) => {
      const [single, together] = [makeHub(), makeHub()]
      let n = 0
      for (const batch of batches) {
        const events = batch.map((one) => stored(one, ++n))
        const tx = { afterCommit: () => undefined }
        const answers = events.map((event) => single.projector.apply(tx, event).ok)
        expect(together.projector.applyAll!(tx, events).map(({ ok }) => ok)).toEqual(answers)
      }
      const rows = ({ sql }: ReturnType<typeof makeHub>): unknown => sql.prepare('SELECT id, response, question, score, at, flags FROM feedback ORDER BY response, question').all()
      expect(rows(together)).toEqual(rows(single))
    }), { numRuns: 150 })
  })
})

describe('the overall figure', () => {
  it('leaves out a follow-up on the scale of the opening question', () => {
    const hub = makeHub()
    for (let i = 0; i < 5; i++) {
      hub.answer(`r${i}`, 5)
      hub.answer(`r${i}`, 1, { question: 'staff' })
      hub.answer(`r${i}`, 10, { question: 'recommend', kind: 'nps' })
    }
    expect(hub.insights('csat').overall).toMatchObject({ n: 5, score: 100 })
    expect(hub.insights('nps').overall).toMatchObject({ n: 5, score: 100 })
  })
})
