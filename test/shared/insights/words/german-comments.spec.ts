import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { commentTopicsOf } from '#shared/insights/words/comment-topics.ts'
import { compoundParts, findStem, stemsOf, wordsOf } from '#shared/insights/words/german-words.ts'
import { readComment } from '#shared/insights/words/read-comment.ts'
import { TOPIC_NAMES, TOPICS } from '#shared/insights/words/topic-words.ts'

const heard = (text: string) => readComment(text).mentions.map(({ topic, sound }) => `${topic} ${sound}`)

describe('words', () => {
  it('are known with their endings', () => {
    const stems = stemsOf([['x', 'kasse freundlich verkäufer']])
    expect(['kassen', 'freundliches', 'freundlicher', 'verkäuferinnen', 'kasper'].map((word) => findStem(stems, word) ?? null)).toEqual(['x', 'x', 'x', 'x', null])
  })
  it('are taken apart where they are glued', () => {
    const parts = new Set(['kasse', 'kassen', 'schlange', 'fleisch', 'theke', 'selbst', 'bedienung', 'haltbarkeit', 'datum'])
    const isPart = (word: string): boolean => parts.has(word)
    expect(compoundParts('kassenschlange', isPart)).toEqual(['kassen', 'schlange'])
    expect(compoundParts('fleischtheke', isPart)).toEqual(['fleisch', 'theke'])
    expect(compoundParts('haltbarkeitsdatum', isPart)).toEqual(['haltbarkeit', 'datum'])
    expect(compoundParts('selbstbedienungskasse', isPart)).toEqual(['selbst', 'bedienung', 'kasse'])
    expect(compoundParts('fleischwolf', isPart)).toBeNull()
  })
  it('leave out masked places', () => expect(wordsOf('Frau ‹Name› war nett, 10 €')).toEqual(['frau', 'war', 'nett']))
})

describe('a comment', () => {
  it.each([
    ['Das Personal ist freundlich.', ['personal 1']],
    ['Das Personal ist nicht freundlich.', ['personal -1']],
    ['Der Automat am Leergut funktioniert nicht.', ['pfand -1']],
    ['Kein Anstehen an der Kasse.', ['kasse 1']],
    ['Zu kurze Öffnungszeiten.', ['offen -1']],
    ['Lange Öffnungszeiten.', ['offen 1']],
    ['Keine Toilette.', ['wc -1']],
    ['Nettes Personal, aber ewig an der Kasse gewartet.', ['personal 1', 'kasse -1']],
    ['Mehr Parkplätze wären schön.', ['parken -1']],
    ['Die Sauberkeit lässt zu wünschen übrig.', ['sauber -1']],
    ['Die Sauberkeit lässt nichts zu wünschen übrig.', ['sauber 1']],
  ])('"%s" is %j', (text, mentions) => expect(heard(text)).toEqual(mentions))
  it('says by which words it was known', () => {
    expect(readComment('Die Kassenschlange war lang').mentions).toEqual([{ topic: 'kasse', sound: -1, words: ['kassenschlange'] }])
  })
  it('has no mentions it has no words for, whatever is written', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
      const { mentions } = readComment(text)
      expect(new Set(mentions.map(({ topic }) => topic)).size).toBe(mentions.length)
      for (const { words } of mentions) for (const word of words) expect(wordsOf(text)).toContain(word)
    }))
  })
})

/** Written for this test, with what each is about and how it sounds; the lists were mended on the odd lines alone. */
const corpus = (name: string) => readFileSync(new URL(`../../../fixtures/feedback/${name}`, import.meta.url), 'utf8').trim().split('\n').map((line) => {
  const [labels, text] = line.split('\t') as [string, string]
  return { text, labels: labels.split(',').map((label) => ({ topic: label.slice(0, -1), sound: ({ '+': 1, '-': -1, '0': 0 } as const)[label.at(-1) as '+' | '-' | '0'] })) }
})
const CORPUS = corpus('german-comments.tsv')
/** Written apart from the others, as people talk: short, in dialect, joking. The lists were mended on the odd lines alone. */
const EVERYDAY = corpus('everyday-comments.tsv')

const measured = (some: typeof CORPUS) => {
  let [hits, wrong, missed, sounds, oneSided, oneSidedRight] = [0, 0, 0, 0, 0, 0]
  for (const { text, labels } of some) {
    const read = readComment(text)
    const wanted = labels.filter(({ topic }) => topic !== '')
    for (const mention of read.mentions) {
      const label = wanted.find(({ topic }) => topic === mention.topic)
      if (!label) wrong += 1
      else if (label.sound === mention.sound) sounds += 1
      if (label) hits += 1
    }
    missed += wanted.filter(({ topic }) => !read.mentions.some((mention) => mention.topic === topic)).length
    if (new Set(labels.map(({ sound }) => sound)).size > 1) continue
    oneSided += 1
    if (read.sound === labels[0]!.sound) oneSidedRight += 1
  }
  return { precision: hits / (hits + wrong), recall: hits / (hits + missed), f1: (2 * hits) / (2 * hits + wrong + missed), sound: sounds / hits, whole: oneSidedRight / oneSided }
}

describe('307 German comments', () => {
  it('that nobody looked at while the lists were mended: topics with F1 above 0.87, their sound right in 92 of 100, that of the whole comment too', () => {
    const unseen = measured(CORPUS.filter((_, i) => i % 2 === 1))
    expect(CORPUS).toHaveLength(307)
    expect(unseen.f1).toBeGreaterThan(0.87)
    expect(unseen.sound).toBeGreaterThan(0.92)
    expect(unseen.whole).toBeGreaterThan(0.92)
  })
  it('are worse understood without negation and compounds: that is what those are for', () => {
    const plain = measured(CORPUS.map(({ text, labels }) => ({ labels, text: text.replace(/\b(?:nicht|kein\w*|nie|nichts|ohne|niemand)\b/giu, '') })))
    expect(plain.whole).toBeLessThan(measured(CORPUS).whole - 0.04)
  })
})

describe('199 comments as people talk', () => {
  it('are understood less well: of those nobody looked at F1 above 0.85, the sound of topics right in 68 of 100, of the whole comment in 69', () => {
    const unseen = measured(EVERYDAY.filter((_, i) => i % 2 === 1))
    expect(EVERYDAY).toHaveLength(199)
    expect(unseen.f1).toBeGreaterThan(0.85)
    expect(unseen.sound).toBeGreaterThan(0.68)
    expect(unseen.whole).toBeGreaterThan(0.69)
  })
  it.each([
    ['Alles sauteuer.', 'preis -1'],
    ['Personal is net freundlich', 'personal -1'],
    ['Na super, wieder alle Kassen zu', 'kasse -1'],
    ['WLAN geht nie', 'online -1'],
    ['Der Kaffee war kalt', 'essen -1'],
    ['Wann gibts wieder Toastbrot?', 'auswahl -1'],
    ['Knackfrisches Gemüse', 'frische 1'],
  ])('"%s" is %s', (text, mention) => expect(heard(text)).toEqual([mention]))
})

describe('many comments', () => {
  const topics = commentTopicsOf(CORPUS.map(({ text }, i) => ({ response: `r${i}`, text })))
  it('give each topic its n, its share with interval, and the responses behind praise and blame', () => {
    const wc = topics.topics.find(({ topic }) => topic === 'wc')!
    expect(wc.n).toBe(wc.praised.length + wc.neutral.length + wc.blamed.length)
    expect(wc.blame!).toBeGreaterThan(wc.blameInterval!.low)
    for (const id of wc.blamed) expect(CORPUS[Number(id.slice(1))]!.text).toMatch(/toilette|wc|wickel/i)
  })
  it('say nothing of a topic in fewer than five', () => {
    const few = commentTopicsOf([{ response: 'a', text: 'Die Toilette war schmutzig.' }])
    expect(few.topics.find(({ topic }) => topic === 'wc')).toMatchObject({ n: 1, share: null, blamed: [] })
  })
  it('show what goes together, and words of the customers\' own with who wrote them', () => {
    const some = [
      ...Array.from({ length: 20 }, (_, i) => ({ response: `a${i}`, text: 'Die Fleischtheke hat immer eine Schlange wegen der Weihnachtsgänse.' })),
      ...Array.from({ length: 40 }, (_, i) => ({ response: `b${i}`, text: 'Der Parkplatz ist voll.' })),
    ]
    const { together, ownWords } = commentTopicsOf(some)
    expect(together[0]).toMatchObject({ a: 'kasse', b: 'theke', n: 20, lift: 3 })
    expect(together[0]!.responses).toHaveLength(20)
    expect(ownWords.find(({ word }) => word === 'weihnachtsgänse')!.responses).toHaveLength(20)
  })
  it('show no pair that meets only because both are frequent', () => {
    const often = Array.from({ length: 60 }, (_, i) => ({ response: `r${i}`, text: i % 10 === 0 ? 'Faire Preise.' : i % 10 === 1 ? 'Alles sauber.' : 'Faire Preise und alles sauber.' }))
    expect(commentTopicsOf(often).together).toEqual([])
  })
  it('have a name for every topic in both languages', () => {
    for (const topic of TOPICS) expect(Object.values(TOPIC_NAMES[topic]).every((name) => name.length > 2)).toBe(true)
  })
})
