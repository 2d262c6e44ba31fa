import * as fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readTable } from '#hub/tools/read-table.ts'
import { judgeWords } from '#shared/feedback/judge-words.ts'
import { leastMs } from '../../least-ms.ts'

describe('words are folded away', () => {
  it.each(['Der Kassierer ist ein Arschloch', 'Ihr Idioten', 'dumme Kuh an der Kasse', 'FICK DICH', 'So ein Vollidiot.', 'you are a moron', 'Fuck you all', 'A r s c h l o c h', 'ARSCHLOOOOCH', 'Du Id1ot', 'ihr W*chser', '@rschloch', 'Verpisst euch!'])(
    'when they insult people: %s', (text) => expect(judgeWords(text)).toBe('insult'))
  it.each(['Jetzt gratis gewinnen auf www.tolle-preise.ru', 'http://a.example http://b.example', 'Klick hier: earn-money.com free money', 'asdfghjkl', 'qwertzuiop', 'jkljkljkl', 'aaaaaaaaaa', 'test test test test test test', 'asdf asdf asdf'])(
    'when they advertise, or are keys pressed at random: %s', (text) => expect(judgeWords(text)).toBe('spam'))
})

describe('words stay in sight', () => {
  it.each([
    'Die Kasse ist scheiße.', 'Scheiß Musik', 'Das war richtig beschissen', 'Man steht am Arsch der Welt', 'Idiotensichere Bedienung', 'Der Verkäufer war unfreundlich und arrogant', 'Verdammt lange Schlange', 'hahahaha', 'Damn slow checkout', 'This sucks',
    'Alles gut', 'Sehr sehr sehr gut', 'Gratis Kaffee wäre schön', 'Angebot war schon weg, im Laden kostenlos beraten', 'Auf eurer Seite shop.de stand ein anderer Preis', 'Schlamperei an der Theke', 'Penne waren aus', 'Negerkuss heißt heute anders', 'ok', '12345', 'Note 1', 'nix', 'Retardkapseln fehlen', 'Whole foods', '‹Name› war sehr nett',
  ])('when they are an answer, however rude: %s', (text) => expect(judgeWords(text)).toBeNull())
  it('all German comments that topics are measured with', () => {
    const texts = readFileSync(new URL('../../fixtures/feedback/german-comments.tsv', import.meta.url), 'utf8').split('\n').map((line) => line.split('\t').at(-1)!)
    expect(texts.length).toBeGreaterThan(150)
    expect(texts.filter((text) => judgeWords(text) !== null)).toEqual([])
  })
  it('4,698 reviews that people wrote in earnest, of which none insults or advertises', () => {
    const reviews = readTable(new URL('../../fixtures/feedback/reviews_clothing.csv.gz', import.meta.url).pathname)
    const texts = reviews.ok ? reviews.value.rows.map(({ cells }) => cells[reviews.value.header.indexOf('text')]!) : []
    expect(texts.length).toBe(4_698)
    expect(texts.filter((text) => judgeWords(text) !== null)).toEqual([])
  })
})

describe('judging words', () => {
  it('never takes long and never throws, whatever was typed', () => {
    fc.assert(fc.property(fc.string({ maxLength: 2_000, unit: 'grapheme' }), (text) => [null, 'spam', 'insult'].includes(judgeWords(text))), { numRuns: 200 })
    expect(leastMs(() => {
      for (const text of ['a '.repeat(1_000), 'x'.repeat(2_000), 'asdf'.repeat(500), 'ab.'.repeat(660), '*'.repeat(2_000)]) judgeWords(text)
    })).toBeLessThan(500)
  })
  it('finds an insult whatever stands around it', () => {
    fc.assert(fc.property(fc.string({ maxLength: 50 }), fc.string({ maxLength: 50 }), (a, b) => judgeWords(`${a} Hurensohn ${b}`) === 'insult'), { numRuns: 100 })
  })
})
