import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RECEIPT_BYTES, receiptFromBytes, receiptHash } from '#shared/feedback/receipt-code.ts'
import { signFragment } from '#shared/feedback/sign-code.ts'
import { millis } from '#shared/kernel/time.ts'
import type { ChannelsReply, RatesReply, SignView } from '#shared/protocol/listening.ts'
import type { FeedbackItem } from '#shared/protocol/feedback.ts'
import { STILL_ANSWERING_MS } from '#hub/use-cases/feedback/read-listening.ts'
import { batch, chainOf, connect, eventId, MANAGER_PERSON, pairTestDevice, postJson, signIn, startTestHub, type Link, type TestHub } from './test-hub.ts'

let now = 1_800_000_000_000
let hub: TestHub
let kiosk: Link
let tablet: Link
let manager: Link
let token = ''
let other = ''
const value = async (link: Link, call: string, request: object = {}): Promise<unknown> => {
  const reply = (await link.ask(call as 'feedback.list', request as never)) as { readonly ok: boolean; readonly value?: unknown; readonly error?: unknown }
  if (!reply.ok) throw new Error(JSON.stringify(reply.error))
  return reply.value
}
const post = async (path: string, body: object, headers: Record<string, string> = {}): Promise<{ readonly status: number; readonly body: Record<string, unknown> }> => {
  const reply = await postJson(`${hub.url}${path}`, body, headers)
  return { status: reply.status, body: (await reply.json()) as Record<string, unknown> }
}
const shop = (answers: readonly object[]) => post('/api/v1/feedback', { answers }, { authorization: `Bearer ${token}` })
const channels = async (): Promise<ChannelsReply> => (await value(manager, 'voice.channels')) as ChannelsReply

beforeAll(async () => {
  hub = await startTestHub({ deps: { clock: { now: () => millis(now) }, timer: { every: () => () => undefined } } })
  manager = await connect(hub.url, await pairTestDevice(hub.url, hub.setupCode!, 'manager'))
  await signIn(hub, manager)
  kiosk = await connect(hub.url, await pairTestDevice(hub.url, hub.pairingCode!, 'kiosk', 'Kasse 1', manager))
  tablet = await connect(hub.url, await pairTestDevice(hub.url, hub.pairingCode!, 'staff', 'Tablet 1', manager))
  other = ((await value(manager, 'share.token', { name: 'Other', scopes: ['figures:read'], days: 30 })) as { readonly token: string }).token
  token = ((await value(manager, 'share.token', { name: 'Shop', scopes: ['feedback:write'], days: 30 })) as { readonly token: string }).token
})
afterAll(async () => {
  for (const link of [kiosk, tablet, manager]) link.close()
  await hub.remove()
})

const RECEIPT = receiptFromBytes(new Uint8Array(RECEIPT_BYTES).fill(9))
const hex = (n: number): string => n.toString(16).padStart(32, '0')
const phoneAnswer = (sign: SignView, n: number, given: readonly object[], receipt = RECEIPT) => ({ sign: signFragment({ touchpoint: sign.touchpoint, serial: sign.serial, code: sign.code! }), response: hex(n), receipt: receiptHash(receipt), language: 'de', answers: given })

describe('the same question on three ways', () => {
  it('is one record with its channel, and counted apart', async () => {
    const said = (response: string, answer: number) => ({ response, touchpoint: 'checkout', survey: 'store-visit', question: 'visit', kind: 'csat5', value: answer })
    const ids = [1, 2, 3].map(eventId)
    for (const [i, id] of ids.entries()) await kiosk.ask('push', batch([id], { from: i + 1, prev: i === 0 ? undefined as never : chainOf(ids.slice(0, i)), t: 'feedback.answered', p: said(`k${i}`, 4) }))
    await tablet.ask('push', batch([eventId(9)], { t: 'feedback.answered', p: said('t1', 2) }))
    const sign = (await value(manager, 'voice.sign', { touchpoint: 'checkout' })) as SignView
    expect((await post('/api/feedback/answer', phoneAnswer(sign, 1, [{ id: hex(11), question: 'visit', value: 5, ago: 2_000 }]))).body).toEqual({ type: 'kept', ids: [hex(11)], refused: [] })
    expect((await shop([{ id: 'order-4711', touchpoint: 'checkout', survey: 'store-visit', question: 'visit', kind: 'csat5', value: 5, lang: 'de' }])).body).toEqual({ kept: 1, known: 0, bad: [] })
    const items = (await value(manager, 'feedback.list', { limit: 20 })) as readonly FeedbackItem[]
    expect(items.map(({ channel, question, value: given }) => [channel, question, given]).toSorted()).toEqual([['kiosk', 'visit', 4], ['kiosk', 'visit', 4], ['kiosk', 'visit', 4], ['phone', 'visit', 5], ['shop', 'visit', 5], ['staff', 'visit', 2]])
    expect(JSON.stringify(items)).not.toContain('4711')
    const counted = await channels()
    expect(Object.fromEntries(counted.channels.map(({ channel, responses }) => [channel, responses]))).toEqual({ kiosk: 3, staff: 1, phone: 1, shop: 1, import: 0 })
    // Those of the devices were given long ago by their clocks; at the phone and in the shop somebody may still go on.
    expect(counted.overall).toMatchObject({ responses: 6, judged: 4, partial: 4 })
  })
  it('is partial once nobody answers any more: one tap led to the reason, how easy it was and whether one recommends', async () => {
    now += STILL_ANSWERING_MS
    const { overall, touchpoints } = await channels()
    expect(overall).toMatchObject({ responses: 6, judged: 6, partial: 6 })
    expect(touchpoints.map(({ touchpoint, name, responses }) => [touchpoint, name?.de, responses])).toEqual([['checkout', 'Kasse', 6]])
    const staff = ((await value(manager, 'feedback.list', { limit: 20 })) as readonly FeedbackItem[]).find(({ channel }) => channel === 'staff')
    expect(staff!.open).toBe(3)
  })
})

describe('a phone at a sign', () => {
  it('is asked what is asked there, and kept once however often it sends', async () => {
    const sign = (await value(manager, 'voice.sign', { touchpoint: 'produce' })) as SignView
    const opened = await post('/api/feedback/open', { sign: signFragment({ ...sign, code: sign.code! }) })
    expect(opened.body).toMatchObject({ type: 'survey', survey: { id: 'department' }, touchpoint: { de: 'Obst & Gemüse' } })
    const whole = phoneAnswer(sign, 2, [{ id: hex(21), question: 'department', value: 1, ago: 60_000 }, { id: hex(22), question: 'department-reason', value: ['fresh'], ago: 40_000 }, { id: hex(23), question: 'comment', value: 'Frau Krause war weg, 0171 2345678', ago: 20_000 }])
    for (let i = 0; i < 3; i++) expect((await post('/api/feedback/answer', whole)).body).toMatchObject({ type: 'kept', refused: [] })
    const items = ((await value(manager, 'feedback.list', { limit: 50 })) as readonly FeedbackItem[]).filter(({ response }) => response === hex(2))
    expect(items.map(({ question, value: given, lang, at }) => [question, given, lang, now - at])).toEqual([['comment', 'Frau ‹Name› war weg, ‹Telefon›', 'de', 20_000], ['department-reason', ['fresh'], 'de', 40_000], ['department', 1, 'de', 60_000]])
    expect((await post('/api/receipt/open', { code: RECEIPT })).body).toMatchObject({ type: 'receipt' })
  })
  it('says which answers are none, and keeps the others', async () => {
    const sign = (await value(manager, 'voice.sign', { touchpoint: 'produce' })) as SignView
    const answered = await post('/api/feedback/answer', phoneAnswer(sign, 3, [{ id: hex(31), question: 'department', value: 9, ago: 0 }, { id: hex(32), question: 'weather', value: 1, ago: 0 }, { id: hex(33), question: 'department-reason', value: ['sunshine'], ago: 0 }, { id: hex(34), question: 'department', value: 4, ago: 0 }]))
    expect(answered.body).toEqual({ type: 'kept', ids: [hex(34)], refused: [hex(31), hex(32), hex(33)] })
  })
  it('is heard no more when the sign is revoked, forged or unknown, and learns nothing from it', async () => {
    const sign = (await value(manager, 'voice.sign', { touchpoint: 'entrance' })) as SignView
    await value(manager, 'session.confirm', { password: MANAGER_PERSON.password })
    expect(await value(manager, 'voice.revoke', { touchpoint: 'entrance', serial: sign.serial })).toMatchObject({ code: null, revokedAt: now })
    const forged = { ...sign, code: receiptFromBytes(new Uint8Array(10).fill(3)) }
    for (const one of [sign, forged, { ...sign, serial: 99 }, { ...sign, touchpoint: 'moon' }]) {
      const { status, body } = await post('/api/feedback/open', { sign: signFragment({ ...one, code: one.code! }) })
      expect([status, body['type']]).toEqual([200, 'none'])
      expect((await post('/api/feedback/answer', phoneAnswer(one, 4, [{ id: hex(41), question: 'visit', value: 5, ago: 0 }]))).body).toEqual({ type: 'none' })
    }
  })
  it('is forgotten with its receipt, also when it sends once more', async () => {
    const sign = (await value(manager, 'voice.sign', { touchpoint: 'kiosk' })) as SignView
    const own = receiptFromBytes(new Uint8Array(10).fill(77))
    const whole = phoneAnswer(sign, 5, [{ id: hex(51), question: 'visit', value: 5, ago: 0 }], own)
    await post('/api/feedback/answer', whole)
    const held = async () => ((await value(manager, 'feedback.list', { limit: 50 })) as readonly FeedbackItem[]).filter(({ response }) => response === hex(5)).length
    expect(await held()).toBe(1)
    expect((await post('/api/receipt/erase', { code: own, what: 'all' })).body).toEqual({ type: 'erased' })
    await post('/api/feedback/answer', whole)
    expect(await held()).toBe(0)
  })
  it('may be one of many: ten in a minute are flagged as a burst, and kept', async () => {
    const sign = (await value(manager, 'voice.sign', { touchpoint: 'cheese-counter' })) as SignView
    now += 120_000
    for (let n = 0; n < 10; n++) await post('/api/feedback/answer', phoneAnswer(sign, 60 + n, [{ id: hex(600 + n), question: 'department', value: 1 + (n % 5), ago: 0 }]))
    const items = ((await value(manager, 'feedback.list', { limit: 50 })) as readonly FeedbackItem[]).filter(({ touchpoint }) => touchpoint === 'cheese-counter')
    expect([items.length, items.filter(({ flags }) => flags !== undefined).map(({ flags }) => flags)]).toEqual([10, [['burst']]])
    expect((await channels()).flags).toContainEqual({ flag: 'burst', responses: 1 })
    expect(((await value(manager, 'voice.signs')) as { readonly signs: readonly SignView[] }).signs.find(({ touchpoint }) => touchpoint === 'cheese-counter')!.responses).toBe(10)
  })
})

describe('a web shop', () => {
  it('hands in a hundred, sound ones kept, others named with their reason; again adds nothing', async () => {
    const good = Array.from({ length: 97 }, (_, i) => ({ id: `a${i}`, response: `r${i}`, touchpoint: 'web-shop', survey: 'web-shop', question: 'web-visit', kind: 'csat5', value: 1 + (i % 5) }))
    const bad = [
      { id: 'x1', touchpoint: 'web-shop', question: 'web-visit', kind: 'csat5', value: 6 },
      { id: 'x2', touchpoint: 'web-shop', question: 'web-visit', kind: 'csat5', value: 4, email: 'ada@example.org' },
      { id: 'x3', touchpoint: 'web-shop', survey: 'web-shop', question: 'web-visit', kind: 'nps', value: 4 },
    ]
    const first = await shop([...good, ...bad])
    expect(first.body).toMatchObject({ known: 0, bad: [{ index: 97, id: 'x1', reason: 'value: not a whole number from 1 to 5' }, { index: 98, id: 'x2' }, { index: 99, id: 'x3', reason: 'kind: "web-visit" is asked as csat5' }] })
    expect(first.body['kept']).toBe(97)
    expect((await shop([...good, ...bad])).body).toMatchObject({ kept: 0, known: 97 })
    expect((await shop([...good, ...bad, good[0]!])).status).toBe(400)
    // What is no answer at all holds back nobody either.
    expect((await shop([null, good[0]!, 5] as never)).body).toMatchObject({ kept: 0, known: 1, bad: [{ index: 0, id: null }, { index: 2, id: null }] })
  })
  it('is answered only with a token that may', async () => {
    expect((await post('/api/v1/feedback', { answers: [] })).status).toBe(401)
    expect((await post('/api/v1/feedback', { answers: [{ id: 'a' }] }, { authorization: `Bearer ${other}` })).status).toBe(403)
  })
})

describe('words that are folded away', () => {
  it('are put back and folded by a manager, with a row in the log', async () => {
    await shop([{ id: 'rude', touchpoint: 'web-shop', question: 'words', kind: 'text', value: 'Ihr seid alle Idioten' }, { id: 'plain', touchpoint: 'web-shop', question: 'words', kind: 'text', value: 'Zu teuer' }])
    const item = async (text: string) => ((await value(manager, 'feedback.list', { limit: 500 })) as readonly FeedbackItem[]).find((one) => one.value === text)!
    const rude = await item('Ihr seid alle Idioten')
    expect([rude.hidden, (await item('Zu teuer')).hidden]).toEqual(['insult', undefined])
    expect((await channels()).words).toEqual({ all: 3, folded: 1 })
    expect(await value(manager, 'voice.fold', { id: rude.id, fold: false })).toEqual({ hidden: 'shown' })
    expect(await value(manager, 'voice.fold', { id: (await item('Zu teuer')).id, fold: true })).toEqual({ hidden: 'person' })
    expect((await item('Ihr seid alle Idioten')).hidden).toBe('shown')
    expect(await manager.ask('voice.fold' as never, { id: 'nobody', fold: true } as never)).toEqual({ ok: false, error: { code: 'not_found' } })
  })
})

describe('the response rate', () => {
  it('is answered visits of all visits; what is tapped before a visit stands beside it', async () => {
    const before = (await value(manager, 'voice.rates')) as RatesReply
    expect(before.overall).toMatchObject({ loose: 3, rate: { visits: 0, answered: 0, share: null } })
    expect(before.devices.map(({ name }) => name!.de)).toEqual(['Kasse 1'])
  })
})

describe('one question on three ways', () => {
  it('has one score and its split by channel', async () => {
    const other = await startTestHub({ deps: { clock: { now: () => millis(1_700_000_100_000) }, timer: { every: () => () => undefined } } })
    const office = await connect(other.url, await pairTestDevice(other.url, other.setupCode!, 'manager'))
    await signIn(other, office)
    const devices = [await connect(other.url, await pairTestDevice(other.url, other.pairingCode!, 'kiosk', 'Kasse 1', office)), await connect(other.url, await pairTestDevice(other.url, other.pairingCode!, 'staff', 'Tablet 1', office))]
    const key = ((await value(office, 'share.token', { name: 'Shop', scopes: ['feedback:write'], days: 30 })) as { readonly token: string }).token
    /** Twelve answers each: of the kiosk 9 are good, of the tablet 6, of the shop 12. */
    for (const [i, good] of [9, 6].entries()) {
      const ids = Array.from({ length: 12 }, (_, n) => eventId(100 * (i + 1) + n))
      const whole = batch(ids, { t: 'feedback.answered' })
      const said = (n: number) => ({ response: `d${i}-${n}`, touchpoint: 'checkout', survey: 'store-visit', question: 'visit', kind: 'csat5', value: n < good ? 5 : 1 })
      expect(await devices[i]!.ask('push', { ...whole, ev: whole.ev.map((event, n) => Object.assign(event, { p: said(n) })) } as never)).toMatchObject({ upto: 12 })
    }
    const shopped = Array.from({ length: 12 }, (_, n) => ({ id: `s${n}`, touchpoint: 'checkout', survey: 'store-visit', question: 'visit', kind: 'csat5', value: 4 }))
    expect(await (await postJson(`${other.url}/api/v1/feedback`, { answers: shopped }, { authorization: `Bearer ${key}` })).json()).toMatchObject({ kept: 12 })
    const compared = (await value(office, 'figures.compare', { metric: 'csat', question: 'visit', by: 'channel' })) as { readonly overall: { readonly n: number; readonly score: number }; readonly groups: readonly { readonly key: string; readonly figure: { readonly n: number; readonly score: number } }[] }
    expect([compared.overall.n, compared.overall.score]).toEqual([36, 75])
    expect(Object.fromEntries(compared.groups.map(({ key: channel, figure }) => [channel, [figure.n, figure.score]]))).toEqual({ kiosk: [12, 75], staff: [12, 50], shop: [12, 100] })
    for (const link of [...devices, office]) link.close()
    await other.remove()
  })
})
