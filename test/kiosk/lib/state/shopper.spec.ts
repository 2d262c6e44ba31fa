import { describe, expect, it, vi } from 'vitest'
import { Asking } from '#kiosk/lib/state/asking.svelte.ts'
import { locale } from '#kiosk/lib/i18n/locale.svelte.ts'
import { FeedbackFlow } from '#kiosk/lib/state/feedback-flow.svelte.ts'
import { Shopper, type Kept } from '#kiosk/lib/state/shopper.svelte.ts'
import { Trade } from '#kiosk/lib/state/trade.svelte.ts'
import { EMPTY_BASKET } from '#shared/basket/basket.ts'
import type { Json } from '#shared/kernel/json.ts'
import type { Sku } from '#shared/kernel/ids.ts'
import { fakeClock } from '../../fake-clock.ts'
import { fakeDevice } from '../../fake-device.ts'
import { fakeKept } from '../../fake-kept.ts'
import { SMALL_SHOP } from '../../small-shop.ts'

const MILK = 'milk' as Sku
const CHEESE = 'cheese' as Sku

const visit = () => {
  const time = fakeClock()
  const fake = fakeDevice({ documents: SMALL_SHOP })
  const kept: Kept[] = []
  const forget = vi.fn<() => void>()
  let next = 0
  const random = (count: number): Uint8Array => new Uint8Array(count).fill(++next)
  const shopper = new Shopper({ device: fake.device, clock: time.clock, random, host: 'markt.example', protocol: 'https:', keep: (state) => kept.push(state), counts: fakeKept(), forget })
  shopper.equip({ openTrade: (parts) => new Trade(parts), openFlow: (...args) => new FeedbackFlow(...args), openAsking: (kept) => new Asking(kept) })
  return { ...time, ...fake, shopper, kept, forget }
}
const said = (recorded: readonly { readonly t: string }[]): readonly string[] => recorded.map(({ t }) => t)

describe('a visit at the kiosk', () => {
  it('begins with a touch and is counted once, with its language', () => {
    const { shopper, recorded } = visit()
    shopper.start('en')
    shopper.start('de')
    expect(said(recorded)).toEqual(['visit.started'])
    expect(recorded[0]!.p).toEqual({ touchpoint: null, language: 'en', basket: true })
    expect([shopper.screen.name, locale.language]).toEqual(['home', 'en'])
    shopper.leave()
  })
  it('leads back the way it came, and ends at the first page', () => {
    const { shopper } = visit()
    shopper.start()
    shopper.go({ name: 'category', id: 'food' })
    shopper.go({ name: 'product', sku: MILK })
    shopper.back()
    expect(shopper.screen).toEqual({ name: 'category', id: 'food' })
    shopper.back()
    shopper.back()
    expect(shopper.screen.name).toBe('home')
    shopper.leave()
  })
  it('tells once that its basket begins, and again in the next visit', () => {
    const { shopper, recorded } = visit()
    shopper.start()
    const first = recorded[0]!.sid
    shopper.basket.add(MILK)
    shopper.basket.add(CHEESE)
    for (const sku of [MILK, CHEESE]) shopper.basket.run({ type: 'remove', sku })
    expect(shopper.basket.isEmpty).toBe(true)
    shopper.basket.add(MILK)
    expect(recorded.slice(1)).toMatchObject([{ t: 'basket.begun', sid: first, p: {} }])
    shopper.end('done')
    shopper.start()
    shopper.basket.add(MILK)
    expect(said(recorded)).toEqual(['visit.started', 'basket.begun', 'visit.ended', 'visit.started', 'basket.begun'])
    expect(recorded.at(-1)!.sid).not.toBe(first)
    shopper.leave()
  })
  it('keeps the basket for a reload after every change, and takes it up again', () => {
    const { shopper, kept } = visit()
    shopper.start()
    shopper.basket.add(MILK)
    expect(kept.at(-1)).toEqual({ basket: { lines: [{ sku: 'milk', quantity: 1 }], codes: [], delivery: 'pickup' }, language: 'de' })
    const after = visit()
    after.shopper.resume(kept.at(-1)!)
    expect([after.shopper.basket.pieces, after.shopper.screen.name]).toEqual([1, 'home'])
    shopper.leave()
    after.shopper.leave()
  })
  it('is forgotten whole when the person has gone: 75 s + 30 s after the last sign of life', async () => {
    const { shopper, pass, kept, forget, recorded } = visit()
    shopper.start('en')
    shopper.basket.add(CHEESE)
    shopper.query = 'my secret wish'
    shopper.preferences.textFactor = 1.8
    shopper.preferences.theme = 'white-on-black'
    locale.simple = true
    shopper.openFeedback()
    await shopper.feedback!.answer(2)
    shopper.go({ name: 'basket' })
    pass(105_000)
    expect(shopper.screen.name).toBe('attract')
    expect(shopper.basket.basket).toEqual(EMPTY_BASKET)
    expect([shopper.query, shopper.feedback, shopper.handoff.code]).toEqual(['', null, null])
    expect([shopper.preferences.textFactor, shopper.preferences.theme, locale.language, locale.simple]).toEqual([1, 'light', 'de', false])
    expect(kept.at(-1)!.basket).toEqual(EMPTY_BASKET)
    expect(forget).toHaveBeenCalledOnce()
    expect(recorded.at(-1)).toMatchObject({ t: 'visit.ended', p: { reason: 'idle', offers: 0, quoted: false } })
    expect(shopper.isFree).toBe(true)
    shopper.leave()
  })
  it('is not free for an update while somebody shops', () => {
    const { shopper } = visit()
    expect(shopper.isFree).toBe(true)
    shopper.start()
    expect(shopper.isFree).toBe(false)
    shopper.leave()
  })
  it('counts a face on the attract screen at once, and thanks only when the device has it', async () => {
    const { shopper, recorded, refuse } = visit()
    refuse('storage full')
    await shopper.answerAtOnce(4)
    expect([shopper.feedback!.notSaved, shopper.feedback!.step.name, shopper.screen.name]).toEqual([true, 'opening', 'feedback'])
    refuse(null)
    await shopper.feedback!.answer(4)
    expect(recorded.filter(({ t }) => t === 'feedback.answered')).toHaveLength(1)
    expect([shopper.feedback!.notSaved, shopper.feedback!.step.name]).toEqual([false, 'thanked'])
    shopper.leave()
  })
  it('frees the screen 15 s after a tap in passing, and not from a person who shops', async () => {
    const passing = visit()
    await passing.shopper.answerAtOnce(4)
    passing.pass(15_000)
    expect(passing.shopper.screen.name).toBe('attract')
    const shopping = visit()
    shopping.shopper.start()
    shopping.shopper.basket.add(MILK)
    await shopping.shopper.answerAtOnce(4)
    shopping.pass(60_000)
    expect([shopping.shopper.screen.name, shopping.shopper.basket.pieces]).toEqual(['feedback', 1])
    passing.shopper.leave()
    shopping.shopper.leave()
  })
  it('gives the next person another visit and another response', async () => {
    const { shopper, recorded } = visit()
    await shopper.answerAtOnce(4)
    shopper.end('done')
    await shopper.answerAtOnce(5)
    const answers = recorded.filter(({ t }) => t === 'feedback.answered')
    expect(answers).toHaveLength(2)
    expect(answers[0]!.sid).not.toBe(answers[1]!.sid)
    expect((answers[0]!.p as { response: string }).response).not.toBe((answers[1]!.p as { response: string }).response)
    shopper.leave()
  })
})

describe('a basket taken to the phone', () => {
  const taken = async () => {
    const all = visit()
    all.shopper.start()
    all.shopper.basket.add(MILK)
    all.shopper.basket.add(CHEESE)
    await all.shopper.takeToPhone()
    return all
  }
  it('is signed on the device, recorded with what was shown, and leads to the host of the checkout', async () => {
    const { shopper, recorded } = await taken()
    const code = shopper.handoff.code!
    expect(code.url).toMatch(/^https:\/\/markt\.example\/checkout\/#\d{100,400}$/)
    expect([code.totalCents, code.recorded, code.code.length, code.checkWord.length]).toEqual([1100, true, 6, 4])
    expect(recorded.at(-1)).toMatchObject({ t: 'basket.handed-over', p: { qid: code.qid, code: code.code, totalCents: 1100, lines: 2 } })
    shopper.leave()
  })
  it('is covered after 90 seconds, longer if the shopper asks', async () => {
    const { shopper, pass } = await taken()
    pass(80_000)
    shopper.idle.activity()
    shopper.handoff.moreTime()
    pass(80_000)
    shopper.idle.activity()
    expect(shopper.handoff.phase).toBe('shown')
    pass(20_000)
    expect(shopper.handoff.phase).toBe('covered')
    shopper.handoff.showAgain()
    expect(shopper.handoff.phase).toBe('shown')
    shopper.leave()
  })
  it('says so when the phone has it, then goodbye, then nothing', async () => {
    const { shopper, hint, pass, kept } = await taken()
    hint('handoff', { qid: 'ffffffffffffffff', state: 'opened' })
    expect(shopper.handoff.phase).toBe('shown')
    hint('handoff', { qid: shopper.handoff.code!.qid, state: 'opened' })
    expect(shopper.handoff.phase).toBe('opened')
    pass(20_000)
    expect(shopper.screen.name).toBe('thanks')
    expect(kept.at(-1)?.basket.lines, 'a restart during the thanks brings nothing back').toEqual([])
    pass(12_000)
    expect([shopper.screen.name, shopper.basket.isEmpty, shopper.handoff.code]).toEqual(['attract', true, null])
    shopper.leave()
  })
  it('still works when the device cannot record, and says that staff will not find it', async () => {
    const all = visit()
    all.shopper.start()
    all.shopper.basket.add(MILK)
    all.refuse('storage full')
    await all.shopper.takeToPhone()
    expect([all.shopper.handoff.phase, all.shopper.handoff.code!.recorded]).toEqual(['shown', false])
    all.shopper.leave()
  })
  it('is not made of an empty basket', async () => {
    const { shopper } = visit()
    shopper.start()
    await shopper.takeToPhone()
    expect([shopper.handoff.phase, shopper.screen.name]).toEqual(['none', 'home'])
    shopper.leave()
  })
})

const askingWith = (survey: Record<string, unknown>, modules?: readonly string[]) => {
  const time = fakeClock()
  const profile = { id: '0'.repeat(32), place: '', touchpoint: null, department: null, languages: ['de', 'en'], modules: modules ?? ['browse', 'offers', 'basket', 'feedback'], panel: null, middleMm: null, textStep: 0 }
  const fake = fakeDevice({ documents: { ...SMALL_SHOP, 'survey/visit': { ...(SMALL_SHOP['survey/visit'] as object), ...survey } as Json, [`profile/${'0'.repeat(32)}`]: profile } })
  const shopper = new Shopper({ device: fake.device, clock: time.clock, random: (count) => new Uint8Array(count).fill(5), host: 'x', protocol: 'https:', keep: () => undefined, counts: fakeKept(), forget: () => undefined })
  const equip = (): void => shopper.equip({ openTrade: (parts) => new Trade(parts), openFlow: (...args) => new FeedbackFlow(...args), openAsking: (kept) => new Asking(kept) })
  return { ...time, ...fake, shopper, equip }
}
const CHOICE = { id: 'goal', kind: 'choice', text: { de: 'Was hatten Sie vor?', en: 'What did you come for?' }, options: [{ id: 'weekly', text: { de: 'Wocheneinkauf', en: 'Weekly' } }, { id: 'quick', text: { de: 'Schnell etwas', en: 'Quick' } }] }

describe('what is asked on the attract screen', () => {
  it('stands there at once where it has no limit, and with one only when the device has counted', () => {
    const free = askingWith({})
    expect(free.shopper.asked?.opening.id).toBe('how')
    const limited = askingWith({ hours: [{ weekdays: [1, 2, 3, 4, 5, 6, 7], fromMinute: 0, untilMinute: 1440 }] })
    expect(limited.shopper.asked).toBe(null)
    limited.equip()
    expect(limited.shopper.asked?.opening.id).toBe('how')
  })
  it('is nothing outside its hours: a device that only asks then begins no visit', () => {
    const closed = askingWith({ hours: [{ weekdays: [7], fromMinute: 0, untilMinute: 60 }] }, ['feedback'])
    closed.equip()
    closed.shopper.start()
    expect([closed.shopper.asked, closed.shopper.canStart, closed.shopper.visiting, closed.recorded]).toEqual([null, false, false, []])
  })
  it('counts towards its quota with the first tap', async () => {
    const { shopper, equip } = askingWith({ quota: { most: 1, per: 'day', share: 'device' } })
    equip()
    await Promise.resolve()
    await Promise.resolve()
    expect(shopper.asked?.opening.id).toBe('how')
    await shopper.answerAtOnce(4)
    shopper.end('done')
    expect(shopper.asked).toBe(null)
  })
  it('may be a choice: one answer is given with the tap, of several the first is kept and more may follow', async () => {
    const one = askingWith({ opening: { ...CHOICE, most: 1 }, followUps: [] })
    one.equip()
    await one.shopper.answerAtOnce(['quick'])
    expect([one.shopper.feedback?.step.name, one.shopper.feedback?.opening]).toEqual(['thanked', ['quick']])
    const several = askingWith({ opening: CHOICE, followUps: [] })
    several.equip()
    await several.shopper.answerAtOnce(['quick'])
    expect([several.shopper.feedback?.step.name, several.shopper.feedback?.opening, several.shopper.screen.name]).toEqual(['opening', ['quick'], 'feedback'])
    one.shopper.leave()
    several.shopper.leave()
  })
  it('says in which language it was read, also where it is asked in one only', async () => {
    const { shopper, equip, recorded } = askingWith({ languages: ['en'] })
    equip()
    await shopper.answerAtOnce(4)
    expect((recorded.find(({ t }) => t === 'feedback.answered')!.p as { readonly lang: string }).lang).toBe('en')
    shopper.leave()
  })
})
