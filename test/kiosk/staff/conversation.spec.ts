import { describe, expect, it } from 'vitest'
import { Conversation, notePlaces, type SayOnTablet } from '#kiosk/staff/conversation.svelte.ts'
import type { Json } from '#shared/kernel/json.ts'
import type { Documents } from '#shared/sync/release.ts'

const text = (words: string) => ({ de: words, en: words })
const SURVEY = {
  id: 'visit',
  opening: { id: 'mood', kind: 'csat5', text: text('Wie war es?') },
  followUps: [{ id: 'why', kind: 'choice', text: text('Woran lag es?'), options: [{ id: 'queue', text: text('Warten') }, { id: 'staff', text: text('Beratung') }], onlyIf: { from: 1, to: 2 } }, { id: 'comment', kind: 'text', text: text('Noch etwas?') }],
  contact: true,
}
const ITEMS = {
  'survey/visit': SURVEY,
  'survey/resting': { ...SURVEY, id: 'resting', rest: 'paused' },
  'touchpoint/till': { id: 'till', name: text('Kasse'), phase: 'after', survey: 'visit' },
  'touchpoint/door': { id: 'door', name: text('Eingang'), phase: 'before', survey: 'visit' },
  'touchpoint/yard': { id: 'yard', name: text('Hof'), phase: 'before', survey: 'resting' },
} as unknown as Documents

const tablet = (works = true) => {
  const said: { readonly t: string; readonly p: Json; readonly secret?: Json }[] = []
  let n = 0
  const say: SayOnTablet = async (event) => {
    if (works) said.push(event)
    return works
  }
  const note = new Conversation(say, (count) => new Uint8Array(count).fill(++n))
  note.at(notePlaces(ITEMS).find(({ touchpoint }) => touchpoint.id === 'till')!)
  return { note, said }
}
const ONE = '01'.repeat(16)
const about = { response: ONE, touchpoint: 'till', survey: 'visit', lang: 'de' }

describe('a conversation that staff note', () => {
  it('can be about every place where something is asked now', () => expect(notePlaces(ITEMS).map(({ touchpoint }) => touchpoint.id)).toEqual(['door', 'till']))
  it('counts with one tap; a second tap corrects it', async () => {
    const { note, said } = tablet()
    await note.feel(2, 'de')
    await note.feel(1, 'de')
    expect(said).toEqual([2, 1].map((value) => ({ t: 'feedback.answered', p: { ...about, question: 'mood', kind: 'csat5', value } })))
  })
  it('takes a topic and words beside it, masked on the tablet; nothing says who wrote it', async () => {
    const { note, said } = tablet()
    await note.feel(1, 'de')
    await note.about(['queue'], 'de')
    note.words = ' Herr Krause hat lange gewartet, 0171 2345678 '
    expect(await note.finish('de')).toBe(true)
    expect(said.slice(1)).toEqual([
      { t: 'feedback.answered', p: { ...about, question: 'why', kind: 'choice', value: ['queue'] } },
      { t: 'feedback.commented', p: { ...about, question: 'comment' }, secret: { text: 'Herr ‹Name› hat lange gewartet, ‹Telefon›' } },
    ])
    expect(Object.keys(said[0]!.p as object).toSorted()).toEqual(['kind', 'lang', 'question', 'response', 'survey', 'touchpoint', 'value'])
  })
  it('begins anew when it is done, or is about another place', async () => {
    const { note, said } = tablet()
    await note.feel(4, 'de')
    note.next()
    await note.feel(5, 'de')
    note.at(notePlaces(ITEMS).find(({ touchpoint }) => touchpoint.id === 'door')!)
    await note.feel(3, 'de')
    expect(said.map(({ p }) => [(p as typeof about).response.slice(0, 2), (p as typeof about).touchpoint])).toEqual([['01', 'till'], ['02', 'till'], ['03', 'door']])
  })
  it('says so when the tablet could not keep it, and moves nowhere', async () => {
    const { note, said } = tablet(false)
    await note.feel(1, 'de')
    expect([note.mood, note.notSaved, said]).toEqual([null, true, []])
  })
  it('takes no topic and no words before the mood', async () => {
    const { note, said } = tablet()
    await note.about(['queue'], 'de')
    note.words = 'Hallo'
    expect([await note.finish('de'), said]).toEqual([true, []])
  })
})
