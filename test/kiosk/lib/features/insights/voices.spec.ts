import { describe, expect, it } from 'vitest'
import { foldedIn, mergeItems, questionsById, voicesOf, withFold } from '#kiosk/lib/features/insights/voices.ts'
import type { FeedbackItem } from '#shared/protocol/feedback.ts'

const item = (part: Partial<FeedbackItem>): FeedbackItem => ({
  id: `${part.response ?? 'r'}-${part.question ?? 'visit'}`,
  response: 'r',
  touchpoint: 'exit',
  question: 'visit',
  kind: 'csat5',
  value: 4,
  at: 1000,
  receivedAt: 1500,
  dev: 'k',
  channel: 'kiosk',
  ...part,
})

describe('answers of one person', () => {
  it('are one voice: the face, what was ticked, the words', () => {
    const [voice, ...more] = voicesOf([
      item({ value: 2 }),
      item({ question: 'reason', kind: 'choice', value: ['queue', 'price'], at: 2000 }),
      item({ question: 'words', kind: 'text', value: 'zu voll', at: 3000 }),
      item({ question: 'contact', kind: 'contact', value: '', at: 4000 }),
    ])
    expect(more).toEqual([])
    expect(voice).toMatchObject({ at: 4000, wantsAnswer: true, choices: [{ question: 'reason', ids: ['queue', 'price'] }], texts: [{ question: 'words', text: 'zu voll' }] })
    expect(voice?.scores.map(({ value }) => value)).toEqual([2])
  })
  it('are not mixed with those of another device that used the same name', () => {
    expect(voicesOf([item({ dev: 'a' }), item({ dev: 'b' })])).toHaveLength(2)
  })
})

describe('voices stand in the order they were given', () => {
  it('so a late arrival takes its own place', () => {
    const known = [item({ response: 'new', at: 9000 }), item({ response: 'old', at: 1000 })]
    const merged = mergeItems(known, [item({ response: 'late', at: 5000, receivedAt: 99_000 })])
    expect(voicesOf(merged).map(({ response }) => response)).toEqual(['new', 'late', 'old'])
  })
  it('each answer once, a corrected one in place of the first', () => {
    const merged = mergeItems([item({ value: 2 })], [item({ value: 2 }), item({ id: 'second', value: 5, at: 1200 })])
    expect(merged.map(({ value }) => value)).toEqual([5])
    expect(mergeItems(merged, [item({ value: 2 })]).map(({ value }) => value)).toEqual([5])
  })
  it('and are undated when they were read in without a time', () => {
    expect(voicesOf([item({ channel: 'import', at: 5, receivedAt: 5 })])[0]?.undated).toBe(true)
    expect(voicesOf([item({})])[0]?.undated).toBe(false)
  })
})

describe('questions', () => {
  it('of two surveys keep the first text under a shared id', () => {
    const words = (text: string) => ({ de: text, en: text })
    const survey = (id: string, text: string) => ({ id, opening: { id: `${id}-visit`, kind: 'csat5' as const, text: words(id) }, followUps: [{ id: 'comment', kind: 'text' as const, text: words(text) }], contact: false })
    const questions = questionsById([survey('a', 'first'), survey('b', 'second')])
    expect([...questions.keys()].sort()).toEqual(['a-visit', 'b-visit', 'comment'])
    expect(questions.get('comment')?.text.de).toBe('first')
  })
})

describe('a voice of which not all is known yet', () => {
  const said = (id: string, more: Partial<FeedbackItem>): FeedbackItem => ({ id, response: 'r', touchpoint: 't', question: id, kind: 'csat5', value: 4, at: 1, receivedAt: 1, dev: 'k', channel: 'phone', ...more })
  it('has as many questions open as the hub said last', () => {
    expect(voicesOf([said('a', { open: 3 }), said('b', { open: 2, at: 2, receivedAt: 2 })])[0]!.open).toBe(2)
    expect(voicesOf([said('a', { open: 3 }), said('b', { at: 2, receivedAt: 2 })])[0]!.open).toBe(0)
  })
  it('names every sign of play once, and its comments with what is folded', () => {
    const items = [said('a', { flags: ['burst'] }), said('b', { flags: ['burst', 'play'] }), said('c', { kind: 'text', value: 'So nicht', hidden: 'insult' }), said('d', { kind: 'text', value: 'Gut' })]
    const [voice] = voicesOf(items)
    expect([voice!.signs, voice!.texts.map(({ id, hidden }) => [id, hidden]), foldedIn([voice!])]).toEqual([['burst', 'play'], [['c', 'insult'], ['d', undefined]], 1])
    expect(foldedIn(voicesOf(withFold(items, 'c', 'shown')))).toBe(0)
    expect(foldedIn(voicesOf(withFold(items, 'd', 'person')))).toBe(2)
  })
})
