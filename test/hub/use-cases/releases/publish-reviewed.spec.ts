import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connect, pairTestDevice, signIn, startTestHub, type Link, type TestHub } from '../../test-hub.ts'
import { demoDocuments } from '#hub/shops/builtin/demo/demo-documents.ts'
import type { Json } from '#shared/kernel/json.ts'
import { millis, type Day } from '#shared/kernel/time.ts'
import type { Offer } from '#shared/offers/offer.ts'
import type { OfferReviewReply, OfferReviewRequest } from '#shared/protocol/offer-review.ts'
import type { Documents } from '#shared/sync/release.ts'

const DAY_MS = 86_400_000
const NOW = Date.now()
const DEMO = demoDocuments(new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Berlin' }).format(NOW) as Day)
const WINDOW = { from: new Date(NOW - DAY_MS).toISOString(), until: new Date(NOW + 20 * DAY_MS).toISOString() }

let number = 200
const offer = (id: string, pledge: Partial<Offer>): Documents => ({
  [`offer/${id}`]: {
    offer: { id, effects: [{ type: 'orderDiscount', value: { amountMinor: 100 } }], when: { type: 'subtotal', amountMinor: 5000, basis: 'initial' }, window: WINDOW, ...pledge } as unknown as Json,
    number: ++number, badge: { de: '−', en: '−' }, title: { de: id, en: id }, summary: { de: id, en: id }, picture: '/pictures/x.svg', certainty: 'exact',
  },
})
const NEVER = offer('never', { when: { type: 'never' } })
const ENDLESS = offer('endless', { when: { type: 'all', of: [] }, effects: [{ type: 'unitDiscount', value: { percent: '5' }, select: { taxons: ['tins-soups'] } }], window: { from: WINDOW.from } })

let hub: TestHub
let manager: Link
const review = async (request: Partial<OfferReviewRequest> = {}): Promise<OfferReviewReply> => {
  const reply = (await manager.ask('offers.review', { set: 'current', against: 'none', ...request })) as { readonly ok: true; readonly value: OfferReviewReply }
  expect(reply.ok).toBe(true)
  return reply.value
}
const rulesOf = ({ findings }: Pick<OfferReviewReply, 'findings'>) => findings.map(({ rule, offers: [id] }) => `${rule} ${id}`)

beforeAll(async () => {
  hub = await startTestHub()
  manager = await connect(hub.url, await pairTestDevice(hub.url, hub.setupCode!, 'manager'))
  await signIn(hub, manager)
})
afterAll(async () => {
  manager.close()
  await hub.remove()
})

describe('publishing offers', () => {
  it('of the demo shop goes through, with nothing to object to', async () => {
    expect(await review()).toMatchObject({ rev: 1, findings: [], override: null, set: 'current', nextAt: null, against: 'none', rehearsal: { baskets: 0 } })
  })
  it('with a new error is refused with the reason, and what is in force stays', async () => {
    const published = hub.publish({ ...DEMO, ...NEVER })
    expect(published).toMatchObject({ ok: false, error: { type: 'OffersRefused', findings: [{ rule: 'never', severity: 'error', offers: ['never'], path: 'when' }] } })
    expect((await review()).rev).toBe(1)
    expect(hub.lines.filter(({ what }) => what === 'release refused by the review of its offers')).toHaveLength(1)
  })
  it('with warnings goes through, and they are kept', async () => {
    expect(hub.publish({ ...DEMO, ...ENDLESS })).toMatchObject({ ok: true, value: { rev: 2 } })
    expect(await review()).toMatchObject({ rev: 2, override: null })
    expect(rulesOf(await review())).toContain('sale-endless endless')
  })
  it('with an error goes through if somebody answers for it, and that is recorded', async () => {
    expect(hub.publish({ ...DEMO, ...ENDLESS, ...NEVER }, { by: 'Marktleitung', reason: 'Platzhalter für den Advent' })).toMatchObject({ ok: true, value: { rev: 3 } })
    expect(await review()).toMatchObject({ rev: 3, override: { by: 'Marktleitung', reason: 'Platzhalter für den Advent' } })
    expect(rulesOf(await review())[0]).toBe('never never')
    expect(hub.lines.find(({ what }) => what === 'release published in spite of its review')?.facts).toMatchObject({ rev: 3, by: 'Marktleitung', errors: 1 })
  })
  it('is not held up by an error that is in force already, only by the next one', () => {
    const renamed = { ...DEMO, ...ENDLESS, ...NEVER, 'brand/main': { ...(DEMO['brand/main'] as object), name: 'Lindenkorb Süd' } }
    expect(hub.publish(renamed)).toMatchObject({ ok: true, value: { rev: 4 } })
    expect(hub.publish({ ...renamed, ...offer('nobody', { channels: [] }) })).toMatchObject({ ok: false, error: { type: 'OffersRefused', findings: [{ rule: 'channel-none', offers: ['nobody'] }] } })
  })
  it('that nobody here understands goes through, and stands first among the errors, by its title', async () => {
    const moon = offer('moon', { effects: [{ type: 'moonlight' }] as unknown as Offer['effects'] })
    expect(hub.publish({ ...DEMO, ...moon })).toMatchObject({ ok: true })
    const { findings: [first], offers, names } = await review()
    expect(first).toMatchObject({ rule: 'malformed', severity: 'error', offers: ['moon'], sentence: { de: '„moon“ kann nicht berechnet werden und wird nirgends abgezogen (offer.effects.0.type: not known: "moonlight").' } })
    expect([offers, names['moon']]).toEqual([Object.keys(DEMO).filter((id) => id.startsWith('offer/')).length + 1, { de: 'moon', en: 'moon' }])
  })
  it('for later is judged by the moment at which they begin', async () => {
    const over = offer('over', { window: { from: WINDOW.from, until: new Date(NOW + DAY_MS).toISOString() } })
    expect(hub.publish({ ...DEMO, ...over }, null, { activeFrom: millis(NOW + 2 * DAY_MS) })).toMatchObject({ ok: true })
    expect(rulesOf(await review({ set: 'next' }))).toContain('window-over over')
    expect(await review({ set: 'next', against: 'previous' })).toMatchObject({ set: 'next', nextAt: NOW + 2 * DAY_MS, against: 'previous' })
    expect(rulesOf(await review())).not.toContain('window-over over')
  })
})
