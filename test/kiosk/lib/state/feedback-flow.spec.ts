import { describe, expect, it } from 'vitest'
import { FeedbackFlow, type Say } from '#kiosk/lib/state/feedback-flow.svelte.ts'
import type { Survey } from '#shared/feedback/survey.ts'
import { SMALL_SHOP } from '../../small-shop.ts'

const SURVEY = SMALL_SHOP['survey/visit'] as unknown as Survey
const place = { response: 'r1', touchpoint: 'entrance', random: (count: number) => new Uint8Array(count) }
/** Of ten zeros. */
const receipt = 'ece0e7fd6643996f8a6805bef796e1c3'

const begin = () => {
  const said: Parameters<Say>[0][] = []
  const answer = { saved: true }
  const flow = new FeedbackFlow(SURVEY, place, async (event) => {
    if (answer.saved) said.push(event)
    return answer.saved
  })
  return { flow, said, answer }
}

describe('answers at the kiosk', () => {
  it('count with the first tap, before anything else is asked', async () => {
    const { flow, said } = begin()
    await flow.answer(5)
    expect(said).toEqual([{ t: 'feedback.answered', p: { response: 'r1', touchpoint: 'entrance', receipt, survey: 'visit', question: 'how', kind: 'csat5', value: 5 } }])
    expect(flow.step.name).toBe('thanked')
  })
  it('have a receipt from the first tap on, of which only the hash is ever said', async () => {
    const { flow, said } = begin()
    expect(flow.receipt).toBe('00000000000')
    await flow.answer(2)
    flow.continue()
    await flow.answer(['queue'])
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
    expect(said[1]).toEqual({ t: 'feedback.commented', p: { response: 'r1', touchpoint: 'entrance', receipt, survey: 'visit', question: 'words' }, secret: { text: 'Bitte rufen Sie ‹Telefon› an' } })
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
