import { describe, expect, it } from 'vitest'
import { FeedbackFlow, type Say } from '#kiosk/lib/state/feedback-flow.svelte.ts'
import type { Survey } from '#shared/feedback/survey.ts'
import { SMALL_SHOP } from '../../small-shop.ts'

const SURVEY = SMALL_SHOP['survey/visit'] as unknown as Survey
const place = { response: 'r1', touchpoint: 'entrance', random: (count: number) => new Uint8Array(count), visitMs: () => 60_000 }
/** Of ten zeros. */
const receipt = 'ece0e7fd6643996f8a6805bef796e1c3'

const begin = (survey = SURVEY) => {
  const said: Parameters<Say>[0][] = []
  const answer = { saved: true }
  const flow = new FeedbackFlow(survey, place, async (event) => {
    if (answer.saved) said.push(event)
    return answer.saved
  })
  return { flow, said, answer }
}

describe('answers at the kiosk', () => {
  it('count with the first tap, before anything else is asked', async () => {
    const { flow, said } = begin()
    await flow.answer(5)
    expect(said).toEqual([{ t: 'feedback.answered', p: { response: 'r1', touchpoint: 'entrance', receipt, survey: 'visit', question: 'how', lang: 'de', kind: 'csat5', value: 5 } }])
    expect(flow.step.name).toBe('thanked')
  })
  it('have a receipt from the first tap on, of which only the hash is ever said', async () => {
    const { flow, said } = begin()
    expect(flow.receipt).toBe('00000000000')
    await flow.answer(2)
    flow.continue()
    await flow.tap(['queue'])
    await flow.next()
    await flow.answer('Die Schlange war lang')
    await flow.leaveContact('anna@example.org')
    expect(said.map(({ p }) => (p as { readonly receipt: string }).receipt)).toEqual([receipt, receipt, receipt, receipt])
    expect(JSON.stringify(said)).not.toContain(flow.receipt.slice(0, 10))
  })
  it('are never thanked for when the device could not keep them', async () => {
    const { flow, answer } = begin()
    answer.saved = false
    await flow.answer(5)
    expect([flow.step.name, flow.notSaved, flow.opening]).toEqual(['opening', true, null])
  })
  it('lead an unhappy shopper through the reason, words and contact; each can be passed over', async () => {
    const { flow, said } = begin()
    await flow.answer(2)
    expect([flow.total, flow.position]).toEqual([3, 1])
    flow.continue()
    expect(flow.step).toMatchObject({ name: 'question', question: { id: 'why' } })
    flow.skip()
    expect([flow.step.name === 'question' && flow.step.question.id, flow.position]).toEqual(['words', 2])
    flow.skip()
    expect([flow.step.name, flow.position]).toEqual(['contact', 3])
    flow.skip()
    expect([flow.step.name, said.length]).toEqual(['end', 1])
  })
  it('do not ask a happy shopper what went wrong', async () => {
    const { flow } = begin()
    await flow.answer(5)
    flow.continue()
    expect([flow.step.name === 'question' && flow.step.question.id, flow.total]).toEqual(['words', 2])
  })
  it('seal free words, masked on the device, and never put them into the plain part', async () => {
    const { flow, said } = begin()
    await flow.answer(5)
    flow.continue()
    await flow.answer('Bitte rufen Sie 0171 2345678 an')
    expect(said[1]).toEqual({ t: 'feedback.commented', p: { response: 'r1', touchpoint: 'entrance', receipt, survey: 'visit', question: 'words', lang: 'de' }, secret: { text: 'Bitte rufen Sie ‹Telefon› an' } })
  })
  it('seal a contact too, and take none that is empty', async () => {
    const { flow, said } = begin()
    await flow.answer(5)
    flow.continue()
    flow.skip()
    await flow.leaveContact('  ')
    expect(flow.step.name).toBe('contact')
    await flow.leaveContact(' a@b.de ')
    expect(said[1]).toEqual({ t: 'feedback.contact-left', p: { response: 'r1', touchpoint: 'entrance', receipt }, secret: { contact: 'a@b.de' } })
    expect(flow.step.name).toBe('end')
  })
  it('are not taken twice by a double tap', async () => {
    const { flow, said } = begin()
    await Promise.all([flow.answer(5), flow.answer(1)])
    expect(said.map(({ p }) => (p as { value: number }).value)).toEqual([5])
  })
  it('are refused when off the scale', async () => {
    const { flow, said } = begin()
    await flow.answer(6)
    expect([said.length, flow.step.name]).toEqual([0, 'opening'])
  })
})

const both = (de: string) => ({ de, en: de })
const options = ['fresh', 'price', 'staff'].map((id) => ({ id, text: both(id) }))
const LONG: Survey = {
  id: 'long',
  opening: { id: 'how', kind: 'smiley4', text: both('Wie?') },
  followUps: [
    { id: 'order', kind: 'ranking', text: both('Was zählt?'), options },
    { id: 'parts', kind: 'matrix', text: both('Wie war'), rows: options },
    { id: 'why', kind: 'choice', text: both('Warum?'), options, onlyIf: { question: 'parts.price', from: 1, to: 2 } },
    { id: 'first', kind: 'choice', text: both('Was fehlte?'), options, most: 1, onlyIf: { question: 'order', options: ['fresh'] } },
  ],
  contact: false,
}
const atRanking = async () => {
  const begun = begin(LONG)
  await begun.flow.answer(2)
  begun.flow.continue()
  return begun
}
const values = (said: readonly Parameters<Say>[0][]) => said.map(({ p }) => [(p as { question: string }).question, (p as { kind: string }).kind, (p as { value: unknown }).value])

describe('questions of several taps', () => {
  it('record an order with every tap, and stay until somebody goes on', async () => {
    const { flow, said } = await atRanking()
    await flow.tap(['price'])
    await flow.tap(['price', 'fresh'])
    expect([flow.step.name === 'question' && flow.step.question.id, flow.soFar]).toEqual(['order', ['price', 'fresh']])
    await flow.tap(['price', 'fresh', 'staff'])
    await flow.next()
    expect(flow.step.name === 'question' && flow.step.question.id).toBe('parts')
    expect(values(said)).toEqual([
      ['how', 'smiley4', 2],
      ['order', 'ranking', ['price']],
      ['order', 'ranking', ['price', 'fresh']],
      ['order', 'ranking', ['price', 'fresh', 'staff']],
    ])
  })
  it('take back what nothing is left of, and do not go on without an answer', async () => {
    const { flow, said } = await atRanking()
    await flow.tap(['price'])
    await flow.tap([])
    await flow.next()
    expect([flow.step.name === 'question' && flow.step.question.id, flow.soFar]).toEqual(['order', null])
    expect(values(said).at(-1)).toEqual(['order', 'ranking', []])
    flow.skip()
    expect(flow.step.name === 'question' && flow.step.question.id).toBe('parts')
  })
  it('record each row of a table of faces under its own name; the last face counts', async () => {
    const { flow, said } = await atRanking()
    flow.skip()
    await flow.rate('fresh', 4)
    await flow.rate('price', 5)
    await flow.rate('price', 1)
    await flow.rate('price', 6)
    expect([flow.soFar, flow.step.name]).toEqual([{ fresh: 4, price: 1 }, 'question'])
    expect(values(said).slice(1)).toEqual([['parts.fresh', 'csat5', 4], ['parts.price', 'csat5', 5], ['parts.price', 'csat5', 1]])
  })
  it('lead on by what was answered, and only then', async () => {
    const unhappy = await atRanking()
    unhappy.flow.skip()
    await unhappy.flow.rate('price', 2)
    await unhappy.flow.next()
    expect([unhappy.flow.step.name === 'question' && unhappy.flow.step.question.id, unhappy.flow.position, unhappy.flow.total]).toEqual(['why', 3, 3])
    const fresh = await atRanking()
    await fresh.flow.tap(['fresh', 'price', 'staff'])
    await fresh.flow.next()
    fresh.flow.skip()
    expect(fresh.flow.step.name === 'question' && fresh.flow.step.question.id).toBe('first')
    await fresh.flow.answer(['staff'])
    expect(fresh.flow.step.name).toBe('end')
  })
  it('are written one after the other however quickly they come', async () => {
    const { flow, said } = await atRanking()
    await Promise.all([flow.tap(['price']), flow.tap(['price', 'staff']), flow.next()])
    expect(values(said).slice(1).map(([, , value]) => value)).toEqual([['price'], ['price', 'staff']])
    expect(flow.step.name === 'question' && flow.step.question.id).toBe('parts')
  })
  it('show no tap that the device could not keep', async () => {
    const { flow, answer } = await atRanking()
    await flow.tap(['price'])
    answer.saved = false
    const failing = flow.tap(['price', 'staff'])
    expect(flow.soFar).toEqual(['price', 'staff'])
    await failing
    expect([flow.soFar, flow.notSaved]).toEqual([['price'], true])
    await flow.next()
    expect(flow.step.name === 'question' && flow.step.question.id).toBe('order')
  })
  it('say in which language they were read', async () => {
    const { flow, said } = begin(LONG)
    await flow.answer(3, 'en')
    flow.continue()
    await flow.tap(['staff'], 'en')
    flow.skip()
    await flow.rate('staff', 3, 'en')
    expect(said.map(({ p }) => (p as { lang: string }).lang)).toEqual(['en', 'en', 'en'])
  })
  it('end within what the survey may ask of a visit', async () => {
    const { flow, said } = begin({ ...LONG, budget: { questions: 9, tapsPerMinute: 3 } })
    await flow.answer(2)
    flow.continue()
    await flow.tap(['price'])
    await flow.tap(['price', 'fresh'])
    await flow.next()
    expect([flow.step.name, said.length]).toEqual(['end', 3])
  })
})
