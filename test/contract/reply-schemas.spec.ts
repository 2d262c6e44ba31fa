import { PLAIN_PROFILE } from '#shared/devices/profile.ts'
import { safeParse, type GenericSchema } from 'valibot'
import { afterEach, describe, expect, it } from 'vitest'
import type { CallName } from '#shared/protocol/calls.ts'
import { CallErrorReply, REPLY_SCHEMAS, type UnfitReply } from '#shared/protocol/reply-schemas.ts'
import { batch, connect, eventId, pairTestDevice, postJson, signIn, startTestHub, type Link } from '../hub/test-hub.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

/** Compiles only while every reply has the shape that is written down. */
const noneIsUnfit = (unfit: UnfitReply): never => unfit

/** A survey that may be asked, with a table. */
const ASKED = {
  id: 'asked',
  opening: { id: 'asked-first', kind: 'smiley4', text: { de: 'Wie war es?', en: 'How was it?' }, purpose: { owner: 'Service', decision: 'Was sich ändert', kind: 'emotional' }, retireAt: { halfWidth: 5, minN: 50, days: 28 } },
  followUps: [{ id: 'parts', kind: 'matrix', text: { de: 'Wie zufrieden?', en: 'How satisfied?' }, rows: [{ id: 'till', text: { de: 'Kasse', en: 'Till' } }, { id: 'shelf', text: { de: 'Regal', en: 'Shelf' } }], purpose: { owner: 'Service', decision: 'Was sich ändert', kind: 'functional' }, retireAt: null }],
  contact: false,
}

/** In an order in which each finds something. */
const QUESTIONS: readonly (readonly [CallName, (dev: string) => object])[] = [
  ['offers.check', () => ({ sku: 'milk' })],
  ['parity.read', () => ({})],
  ['funnel.read', () => ({})],
  ['parity.alarm', () => ({ id: 1 })],
  ['parity.vector', () => ({ id: 1 })],
  ['parity.close', () => ({ id: 1 })],
  ['offer.leave', () => ({ offer: 'juice-20', alarm: null })],
  ['offer.lift', () => ({ offer: 'juice-20' })],
  ['devices.list', () => ({})],
  ['seals.read', () => ({ days: 7 })],
  ['hub.health', () => ({})],
  ['hub.redrive', () => ({})],
  ['feedback.list', () => ({ limit: 50 })],
  ['feedback.contacts', () => ({ response: 'r1' })],
  ['feedback.watch', () => ({})],
  ['voice.channels', () => ({})],
  ['voice.rates', () => ({})],
  ['voice.signs', () => ({})],
  ['voice.sign', () => ({ touchpoint: 'checkout' })],
  ['voice.revoke', () => ({ touchpoint: 'checkout', serial: 1 })],
  ['feedback.gone', () => ({ ids: ['x'] })],
  ['receipt.read', () => ({ response: responseOf(eventId(1)) })],
  ['receipt.move', () => ({ response: responseOf(eventId(1)), state: 'looking' })],
  ['receipt.reply', () => ({ response: responseOf(eventId(1)), text: 'Danke', key: 'a'.repeat(32) })],
  ['cases.open', () => ({ title: 'Warten', touchpoint: null, origin: { type: 'response', response: responseOf(eventId(1)) }, owner: { type: 'team', team: 'service' }, severity: 'high', key: 'a'.repeat(32) })],
  ['cases.join', () => ({ title: 'Warten', cases: [1], key: 'b'.repeat(32) })],
  ['cases.change', () => ({ id: 1, change: { type: 'note', text: 'Angesehen' } })],
  ['cases.step', () => ({ id: 1, text: 'Angesehen', settled: false })],
  ['cases.team', () => ({ person: 'f'.repeat(16), team: 'product' })],
  ['alarms.set', () => ({ falsePerYear: 4, hours: Array.from({ length: 7 }, () => null) })],
  ['improvements.need', () => ({ touchpoint: 'kiosk', metric: 'csat', points: 10, direction: 'up' })],
  ['improvements.plan', () => ({ pattern: 1, measure: 'Zweite Kasse', plan: { hypothesis: 'Wer nicht wartet, ist zufriedener', metric: 'csat', touchpoint: 'kiosk', direction: 'up', points: 10, before: { from: '2099-01-05', until: '2099-01-12' }, after: { from: '2099-01-12', until: '2099-01-19' }, control: null }, key: 'c'.repeat(32) })],
  ['improvements.read', () => ({})],
  ['improvements.close', () => ({ id: 1, note: 'Zu früh' })],
  ['improvements.tell', () => ({ id: 1, text: null })],
  ['improvements.stop', () => ({ id: 1, note: 'Kein Platz' })],
  ['improvements.publish', () => ({})],
  ['alarms.read', () => ({})],
  ['alarms.accept', () => ({ id: 999 })],
  ['cases.read', () => ({})],
  ['cases.mine', () => ({})],
  ['cases.todo', () => ({})],
  ['surveys.save', () => ({ survey: ASKED, base: null })],
  ['surveys.place', () => ({ id: 'door', name: { de: 'Tür', en: 'Door' }, phase: 'after', survey: 'asked' })],
  ['surveys.check', () => ({ survey: ASKED })],
  ['surveys.publish', () => ({ survey: 'asked', version: 1 })],
  ['surveys.rest', () => ({ survey: 'asked', rest: 'paused' })],
  ['surveys.question', () => ({ survey: 'asked', question: 'parts', retired: true })],
  ['surveys.back', () => ({ survey: 'asked', version: 1 })],
  ['surveys.read', () => ({ survey: 'asked' })],
  ['surveys.list', () => ({})],
  ['insights.read', () => ({ metric: 'csat', by: 'day' })],
  ['figures.overview', () => ({ metric: 'csat', period: 'week' })],
  ['figures.trend', () => ({ metric: 'csat', step: 'day' })],
  ['figures.weekMap', () => ({ metric: 'csat' })],
  ['figures.compare', () => ({ metric: 'csat', by: 'touchpoint' })],
  ['figures.drivers', () => ({ outcome: 'opening' })],
  ['figures.topics', () => ({})],
  ['figures.words', () => ({ topic: 'kasse' })],
  ['figures.spend', () => ({ metric: 'csat' })],
  ['figures.choices', () => ({})],
  ['privacy.set', () => ({ days: { words: 90 }, teamOnly: true })],
  ['feedback.export', () => ({ kind: 'figures' })],
  ['share.token', () => ({ name: 'Kasse', scopes: ['figures:read'], days: 30 })],
  ['share.board', () => ({ name: 'Eingang', days: 30 })],
  ['share.receiver', () => ({ name: 'Lager', url: 'https://elsewhere.example/told', events: ['alarm.opened'], words: false })],
  ['share.receiver', () => ({ name: 'Lager', url: 'https://10.0.0.5/told', events: ['alarm.opened'], words: false })],
  ['share.voice', () => ({ id: 'x', shown: true })],
  ['share.letter', () => ({ week: null })],
  ['share.table', () => ({ table: 'letters', format: 'json' })],
  ['share.read', () => ({})],
  ['share.deliveries', () => ({ id: 'a'.repeat(16) })],
  ['share.revoke', () => ({ id: 'a'.repeat(16) })],
  ['share.rotate', () => ({ id: 'a'.repeat(16) })],
  ['share.end', () => ({ id: 'a'.repeat(16) })],
  ['share.again', () => ({ id: `msg_${'a'.repeat(32)}` })],
  ['audit.list', () => ({ limit: 50 })],
  ['privacy.read', () => ({})],
  ['offers.review', () => ({ set: 'current', against: 'none' })],
  ['session.people', () => ({})],
  ['session.open', () => ({ name: 'Ada Berg', password: 'falsch falsch falsch' })],
  ['session.open', () => ({ name: 'Ada Berg', password: 'lange Wege im Regen' })],
  ['session.recover', () => ({ name: 'Ada Berg', code: 'ABCD-1234', password: 'kurz' })],
  ['session.resume', () => ({ session: 'A'.repeat(43) })],
  ['session.touch', () => ({})],
  ['session.mine', () => ({})],
  ['session.end', () => ({ id: '0'.repeat(16) })],
  ['session.confirm', () => ({ password: 'lange Wege im Regen' })],
  ['people.password', () => ({ old: 'lange Wege im Regen', password: 'lange Wege im Regen' })],
  ['people.pin', () => ({ pin: '482915' })],
  ['people.list', () => ({})],
  ['people.add', () => ({ name: 'Ben Cordes', role: 'staff' })],
  ['people.add', () => ({ name: 'Ben Cordes', role: 'staff' })],
  ['people.code', () => ({ person: 'f'.repeat(16) })],
  ['people.change', () => ({ person: 'f'.repeat(16), name: 'Eva', role: 'staff' })],
  ['people.remove', () => ({ person: 'f'.repeat(16) })],
  ['device.code', () => ({ role: 'kiosk', name: 'Eingang', touchpoint: null })],
  ['pairing.list', () => ({})],
  ['pairing.decide', () => ({ id: 'AB', number: '004071', letIn: false })],
  ['profile.save', (dev) => ({ id: dev, ...PLAIN_PROFILE })],
  ['device.revoke', (dev) => ({ dev })],
  ['quote.lookup', () => ({ code: 'ABCDEF' })],
]

const responseOf = (id: string): string => id.replaceAll('-', '')
const answer = (id: string, value: number) => ({ id, t: 'feedback.answered', p: { response: responseOf(id), touchpoint: 'kiosk', survey: 'visit', question: 'opening', kind: 'csat5', value, receipt: 'ab'.repeat(16) } })

describe('what a hub answers to calls', () => {
  it('has the shape that the hash of the protocol is made from, call by call', async () => {
    const hub = await startTestHub()
    closers.push(() => hub.remove())
    const kiosk = await pairTestDevice(hub.url, hub.pairingCode!, 'kiosk')
    const manager = await connect(hub.url, await pairTestDevice(hub.url, hub.setupCode!, 'manager'))
    await signIn(hub, manager)
    const said: Link = await connect(hub.url, kiosk)
    closers.push(() => manager.close(), () => said.close())
    const one = answer(eventId(1), 4)
    expect(await said.ask('push', batch([eventId(1)], { t: one.t, p: one.p }))).toMatchObject({ upto: 1 })
    expect(await said.ask('push', batch([eventId(1), eventId(2)], { t: 'nobody.knows' }))).toBeTruthy()
    const asked = await said.ask('allotments.exchange', { ep: 'e'.repeat(16), n: 1, leases: [] })
    const wrong: unknown[] = [issuesOf('allotments.exchange', asked)]
    const refused: CallName[] = []
    const { code } = (await (await postJson(`${hub.url}/api/baskets`, { lines: [{ sku: '00-435085', quantity: 2 }] })).json()) as { readonly code: string }
    wrong.push(issuesOf('basket.fetch', await said.ask('basket.fetch', { code })))
    for (const [name, question] of QUESTIONS) {
      const reply = await manager.ask(name, question(kiosk.dev))
      wrong.push(issuesOf(name, reply))
      if (!(reply as { readonly ok: boolean }).ok) refused.push(name)
    }
    expect(refused).toEqual(['parity.alarm', 'parity.vector', 'parity.close', 'cases.team', 'alarms.accept', 'share.revoke', 'share.rotate', 'share.end', 'share.again', 'people.code', 'people.change', 'people.remove', 'pairing.decide', 'quote.lookup'])
    expect(wrong.filter((one) => one !== null)).toEqual([])
    expect(noneIsUnfit).toBeTypeOf('function')
  })
})

const issuesOf = (name: CallName, answer: unknown): unknown => {
  const { ok, value, error } = answer as { readonly ok: boolean; readonly value: unknown; readonly error: unknown }
  const parsed = safeParse((ok ? REPLY_SCHEMAS[name] : CallErrorReply) as GenericSchema, ok ? value : error)
  return parsed.success ? null : [name, parsed.issues.map(({ message, path }) => [message, path?.map(({ key }) => key).join('.')])]
}
