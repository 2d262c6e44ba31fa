import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { COMMENT_LIMIT_CHARS, maskText } from '#shared/feedback/mask-text.ts'
import { leastMs } from '../../least-ms.ts'

const masked = (text: string): string => maskText(text).text

describe('personal data in a comment becomes a mark', () => {
  it.each([
    ['Frau Müller an der Kasse war sehr freundlich', 'Frau ‹Name› an der Kasse war sehr freundlich'],
    ['Bitte richten Sie Herrn Dr. Schmidt-Weber meinen Dank aus', 'Bitte richten Sie Herrn Dr. ‹Name› meinen Dank aus'],
    ['Ich war mit Herrn von der Heide im Gespräch', 'Ich war mit Herrn von der ‹Name› im Gespräch'],
    ['Frau Prof. Dr. Anna Berg war da, Frau Kurz Kasse 3 nicht', 'Frau Prof. Dr. ‹Name› war da, Frau ‹Name› Kasse 3 nicht'],
    ['Herr Yılmaz und Frau Öztürk haben geholfen', 'Herr ‹Name› und Frau ‹Name› haben geholfen'],
    ['herr meier war nicht da', 'herr ‹Name› war nicht da'],
    ['Mrs. O’Brien was rude, Mr Smith was not', 'Mrs. ‹Name› was rude, Mr ‹Name› was not'],
    ['Mein Name ist Anna Schulz, bitte melden', 'Mein Name ist ‹Name›, bitte melden'],
    ['Viele Grüße, Peter', 'Viele Grüße, ‹Name›'],
    ['Dear Susan, thanks', 'Dear ‹Name›, thanks'],
  ])('a name after its salutation: %s', (text, expected) => expect(masked(text)).toBe(expected))

  it.each([
    ['Rufen Sie mich an: 0170 1234567', 'Rufen Sie mich an: ‹Telefon›'],
    ['Tel. +49 (0)30 / 123 45-67 abends', 'Tel. ‹Telefon› abends'],
    ['030/1234567', '‹Telefon›'],
    ['(0221) 98 76 54', '‹Telefon›'],
    ['call +44 20 7946 0958 please', 'call ‹Telefon› please'],
  ])('a telephone number: %s', (text, expected) => expect(masked(text)).toBe(expected))

  it.each([
    ['anna.schulz@example.org antwortet', '‹E-Mail› antwortet'],
    ['schreibt an max (at) example.de', 'schreibt an ‹E-Mail›'],
    ['IBAN DE89 3704 0044 0532 0130 00 bitte', 'IBAN ‹IBAN› bitte'],
    ['de89370400440532013000', '‹IBAN›'],
    ['GB29 NWBK 6016 1331 9268 19', '‹IBAN›'],
    ['Karte 4111 1111 1111 1111 abgelehnt', 'Karte ‹Karte› abgelehnt'],
    ['Kundennummer 88412345', 'Kundennummer ‹Nummer›'],
    ['1'.repeat(60), '‹Nummer›'],
    ['Der Wagen B-AB 1234 stand quer', 'Der Wagen ‹Kennzeichen› stand quer'],
    ['Auto HH XY 99E', 'Auto ‹Kennzeichen›'],
    ['Kennzeichen: m-ab 123', 'Kennzeichen: ‹Kennzeichen›'],
    ['plate AB12 CDE blocked me', 'plate ‹Kennzeichen› blocked me'],
    ['Ich wohne Hauptstraße 12a, 10115 Berlin.', 'Ich wohne ‹Adresse›.'],
    ['Lieferung an Goethe Str. 5 kam nie', 'Lieferung an ‹Adresse› kam nie'],
    ['Lindenallee 7', '‹Adresse›'],
    ['I live at 221 Baker Street', 'I live at ‹Adresse›'],
    ['1234567B-AB 12', '‹Nummer›‹Kennzeichen›'],
  ])('mail, accounts, cards, plates, addresses: %s', (text, expected) => expect(masked(text)).toBe(expected))

  it('with the marks of the language asked for', () => {
    expect(maskText('Mr Smith, 0170 1234567', 'en')).toEqual({ text: 'Mr ‹name›, ‹phone›', masked: 2 })
  })
})

describe('what is no personal data stays readable', () => {
  it.each([
    'Die Frau an der Kasse war nett',
    'Der Herr hinter mir hat gedrängelt',
    'eine junge frau hat mir geholfen',
    'Am 12.05.2026 um 14:30 Uhr musste ich 25 Minuten warten',
    'am 05.12. und am 6.12.2026',
    'Der Käse kostet 12,99 € statt 1.299,00 € im Regal',
    'Gang 3, Regal 12, Kasse 4',
    'Parkplatz 5 war zu eng, der Umweg 10 Minuten lang',
    'Papier DIN A 4 fehlt, 3 für 2 gilt nicht',
    'The staff at checkout 2 took 15 minutes',
    'Hallo Team, weiter so. Liebe Grüße',
    '500 g für 2,49 € und 1,5 l für 0,99 €',
    'Öffnet bitte um 7:00 statt um 8:00',
  ])('%s', (text) => expect(maskText(text)).toEqual({ text, masked: 0 }))
})

describe('masking', () => {
  it('cuts at 2,000 characters without leaving half a number or half a mark', () => {
    const text = `${'a '.repeat(995)}0170 1234567 und mehr`
    expect(maskText(text).text).toBe('a '.repeat(995) + '‹Telefon› ')
    expect(maskText(`${'a '.repeat(997)}0170 1234567`).text).toBe('a '.repeat(997))
    expect(maskText('😀'.repeat(1500)).text).toBe('😀'.repeat(1000))
  })

  it('of a masked text changes nothing, and never grows beyond the limit', () => {
    const words = fc.constantFrom('Frau ', 'Müller ', 'herr ', '0170 ', '1234567', 'B-AB ', '12', 'a@b.de ', 'DE89', ' 3704 0044 0532', '. ', 'str. ', 'Weg ', '‹', '›', '(', '😀', 'Dear ', ',')
    fc.assert(
      fc.property(fc.oneof(fc.string({ maxLength: 300 }), fc.array(words, { maxLength: 120 }).map((all) => all.join(''))), (text) => {
        const once = maskText(text)
        return once.text.length <= COMMENT_LIMIT_CHARS && maskText(once.text).text === once.text
      }),
      { numRuns: 500 },
    )
  })

  it('takes no longer for hostile texts', () => {
    const hostile = ['1 '.repeat(5000), '(1'.repeat(5000), 'a'.repeat(9000) + '@', 'Frau von '.repeat(900), 'DE89' + ' 3704'.repeat(900), 'Dr. '.repeat(2000), 'A-'.repeat(4000), '1.'.repeat(4000)]
    for (const text of hostile) expect(leastMs(() => maskText(text)), text.slice(0, 20)).toBeLessThan(200)
  })
})
