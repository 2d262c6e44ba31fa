import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readInstant, orderOfDates } from '#hub/use-cases/releases/read-instant.ts'
import { pointsOfWords } from '#hub/use-cases/surveys/judging-words.ts'
import { plainAmount } from '#shared/insights/amounts.ts'
import { runExport } from '#hub/tools/export.ts'
import { runImport } from '#hub/tools/import.ts'
import { runInsights } from '#hub/tools/insights.ts'
import { openDesk } from '#hub/tools/open-desk.ts'

let data = ''
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'einklang-awkward-'))
})
afterEach(() => rmSync(data, { recursive: true, force: true }))

const run = (tool: typeof runImport, ...args: readonly string[]) => {
  const [out, complaints]: [string[], string[]] = [[], []]
  const code = tool([...args, '--data', data], (line) => out.push(line), (line) => complaints.push(line))
  return { code, out, complaints, text: out.join('\n') }
}
const file = (name: string, text: string | Buffer): string => {
  writeFileSync(join(data, name), text)
  return join(data, name)
}
const take = (text: string | Buffer, map?: object) => run(runImport, 'feedback', file('t.csv', text), ...(map ? ['--map', file('map.json', JSON.stringify(map))] : []))
const last = ({ out }: { readonly out: readonly string[] }): { readonly [fact: string]: unknown } => JSON.parse(out.at(-1)!)
const insights = (...args: readonly string[]) => JSON.parse(run(runInsights, ...args).text)
const map = (...questions: readonly object[]) => ({ survey: 's', touchpoint: 'all', questions })

describe('an instant', () => {
  const at = (text: string, order?: 'dmy' | 'mdy') => {
    const read = readInstant(text, 'Europe/Berlin', order)
    return read.ok ? read.value && new Date(read.value).toISOString().slice(0, 19) : read.error
  }
  it.each([
    ['31.12.2025 14:05', '2025-12-31T13:05:00'],
    ['31.12.25, 14:05 Uhr', '2025-12-31T13:05:00'],
    ['12/31/2025 2:05 PM', '2025-12-31T13:05:00'],
    ['31/12/2025 14:05:09', '2025-12-31T13:05:09'],
    ['2025/12/31 2:05:09 PM GMT+5:30', '2025-12-31T08:35:09'],
    ['2025-12-31T14:05:09.123456Z', '2025-12-31T14:05:09'],
    ['2025-12-31 14:05:09 UTC', '2025-12-31T14:05:09'],
    ['2025-12-31 14:05 +0200', '2025-12-31T12:05:00'],
    ['Dec 31, 2025 2:05 pm', '2025-12-31T13:05:00'],
    ['31. Dezember 2025', '2025-12-30T23:00:00'],
    ['Wed, 31 Dec 2025 14:05:09 GMT', '2025-12-31T14:05:09'],
    ['1767190000', '2025-12-31T14:06:40'],
    ['1767190000000', '2025-12-31T14:06:40'],
    ['12 AM', '"12 AM" is not a date'],
    ['4', '"4" is not a date'],
    ['31.02.2025', '"31.02.2025" is not a date'],
    ['12/31/2025 14:05 PM', '"12/31/2025 14:05 PM" is not a date'],
    ['2025-12-31 25:00', '"2025-12-31 25:00" is not a date'],
    ['05/06/2025', '"05/06/2025" may be two days: the map has to say "order": "dmy" or "mdy"'],
  ])('%s', (text, instant) => expect(at(text)).toBe(instant))
  it('with strokes is read as the other dates of its column are', () => {
    expect([at('05/06/2025', 'dmy'), at('05/06/2025', 'mdy')]).toEqual(['2025-06-04T22:00:00', '2025-05-05T22:00:00'])
    expect([orderOfDates(['05/06/2025', '13/06/2025']), orderOfDates(['05/06/2025', '06/13/2025']), orderOfDates(['05/06/2025']), orderOfDates(['13/06/2025', '06/13/2025'])]).toEqual(['dmy', 'mdy', null, null])
  })
})

describe('amounts as people write them', () => {
  it.each([['1.234,50 €', '1234.50'], ['$1,234.50', '1234.50'], ['12,5', '12.5'], ['-3,00', '-3.00'], ['1 234,50', '1234.50'], ['1.234.567', '1234567'], ["CHF 1'234.50", '1234.50'], ['12.50', '12.50'], ['0,125', '0.125'], ['1,234', null], ['1,2,3', null], ['viel', null], ['', null]])('%s is %s', (written, plain) => expect(plainAmount(written)).toBe(plain))
})

describe('words of a scale', () => {
  it('are its points, unless two of them would be the same', () => {
    expect(pointsOfWords(['Sehr zufrieden', 'zufrieden', 'teils/teils', 'Unzufrieden'])).toEqual({ 'sehr zufrieden': 5, zufrieden: 4, 'teils/teils': 3, unzufrieden: 2 })
    expect(pointsOfWords(['excellent', 'very good', 'good', 'poor'])).toBeNull()
    expect(pointsOfWords(['gut', 'gut'])).toBeNull()
    expect(pointsOfWords(['gut', 'schlecht', 'Kasse', 'Parkplatz'])).toBeNull()
  })
})

describe('a table of a German spreadsheet', () => {
  const table = '\uFEFFZeitstempel;Filiale;Gesamtzufriedenheit;Wie zufrieden waren Sie mit der Kasse?;Einkaufswert;Kundenkarte;Was sollen wir besser machen?;\r\n' + Array.from({ length: 20 }, (_, i) => `${String(i + 1).padStart(2, '0')}.11.2025 14:05;Süd;${(i % 5) + 1},0;${['sehr zufrieden', 'zufrieden', 'teils/teils', 'unzufrieden', 'k.A.'][i % 5]};${i}.010,50 €;${i % 2 ? 'ja' : 'nein'};"Bitte die Kasse ""3""\r\nöfter besetzen, Nummer ${i}";\r\n`).join('')
  it('needs no map: words, amounts, choices and comments are known by what stands there', () => {
    const done = take(Buffer.from(table, 'utf8'))
    expect(done.out[0]).toBe('columns: Gesamtzufriedenheit → csat5, Wie zufrieden waren Sie mit der Kasse? → csat5 (detail), Einkaufswert → amount, Kundenkarte → choice, Was sollen wir besser machen? → text')
    expect(done.out.slice(1, 3)).toEqual(['place and time: Filiale → touchpoint, Zeitstempel in Europe/Berlin', 'Wie zufrieden waren Sie mit der Kasse?: sehr zufrieden = 5, zufrieden = 4, teils/teils = 3, unzufrieden = 2'])
    expect(last(done)).toMatchObject({ rows: 20, imported: 20, bad: 0, answers: 96 })
    expect(insights('answers', '--question', 'Einkaufswert').amounts).toMatchObject({ n: 20, sum: '190210', least: '10.5' })
    expect(insights('--question', 'Wie zufrieden waren Sie mit der Kasse?').csat).toMatchObject({ n: 16, mean: 3.5 })
    expect(run(runExport, 'feedback').text).toContain('öfter besetzen')
  })
  it('says what it left out', () => {
    expect(take(`overall,id,Name\n${Array.from({ length: 6 }, (_, i) => `4,${i},Ada ${i}`).join('\n')}\n`).out[2]).toBe('left out: id, Name')
  })
})

describe('cells without an answer', () => {
  it('cost no other answer of their row', () => {
    const done = take('overall,q_a,q_b,comment\n4,NA,3,fein\n5,-,2,n/a\n3,99,null,\n,k. A.,,\n', { ...map(...['overall', 'q_a', 'q_b'].map((column) => ({ column, kind: 'csat5' })), { column: 'comment', kind: 'text' }), missing: ['99'] })
    expect(last(done)).toEqual({ kind: 'feedback', rows: 4, imported: 3, known: 0, empty: 1, bad: 0, answers: 6 })
  })
})

describe('a map', () => {
  it('may turn a scale and say what its words count', () => {
    take('grade,mood\n1,top\n2,flop\n5,TOP\n1,top\n1,flop\n', map({ column: 'grade', kind: 'csat5', reversed: true }, { column: 'mood', kind: 'csat5', values: { top: 5, flop: 1 } }))
    expect(insights('--question', 'grade').csat.counts).toEqual({ 1: 1, 4: 1, 5: 3 })
    expect(insights('--question', 'mood').csat.counts).toEqual({ 1: 2, 5: 3 })
  })
  it('reads numbers with their label, and refuses words with a hint', () => {
    const done = take('a\n5 - sehr gut\n(4) gut\nmittel (3)\n2/5\n★★★★☆\n4 von 10\ngenial\n', map({ column: 'a', kind: 'csat5' }))
    expect(done.out.slice(2, 4)).toEqual(['line 7: a: "4 von 10" is not a whole number from 1 to 5', 'line 8: a: "genial" is not a whole number from 1 to 5; the map may say what it counts: "values"'])
    expect(insights('--question', 'a').csat).toMatchObject({ n: 5, mean: 3.6 })
  })
  it('has to say the order of day and month where no date does', () => {
    const at = { column: 'at', timeZone: 'Europe/Berlin' }
    expect(take('at,a\n05/06/2025,4\n', { ...map({ column: 'a', kind: 'csat5' }), at })).toMatchObject({ code: 2, complaints: ['at: "05/06/2025" may be two days: the map has to say "order": "dmy" or "mdy" in "at"'] })
    expect(last(take('at,a\n05/06/2025,4\n', { ...map({ column: 'a', kind: 'csat5' }), at: { ...at, order: 'dmy' } }))).toMatchObject({ imported: 1 })
  })
})

describe('without a map', () => {
  it('a column is the time only if instants stand in it', () => {
    const rows = Array.from({ length: 8 }, (_, i) => `${i + 8},2025-05-0${i + 1},${(i % 5) + 1}`).join('\n')
    expect(take(`time,date,rating\n${rows}\n`).out[1]).toBe('place and time: all at t, date in Europe/Berlin, days alone: all of them count at midnight')
  })
  it('a time of day beside the date is its hour', () => {
    expect(take(`Datum;Uhrzeit;Bewertung\n${'02.11.2025;14:05;4\n'.repeat(6)}`).out[1]).toBe('place and time: all at t, Datum Uhrzeit in Europe/Berlin')
    expect(insights('--by', 'hour').csat.groups).toMatchObject([{ key: '14', n: 6 }])
  })
  it('one column of small numbers is no rating, and a guess costs no row', () => {
    expect(take(`weg,betrag,kanal\n${Array.from({ length: 12 }, (_, i) => `${(i % 6) + 1},${i}.50,${i % 2 ? 'store' : 'online'}`).join('\n')}\n`).out[0]).toBe('columns: betrag → amount, kanal → choice')
    const done = take(`overall,Kasse\n${Array.from({ length: 40 }, (_, i) => `4,${i === 7 ? 99 : (i % 5) + 1}`).join('\n')}\n`)
    expect([done.out[0], last(done)['bad']]).toEqual(['columns: overall → csat5', 0])
  })
  it('numbers on a scale are ratings, and counts, ages and codes are none', () => {
    const rows = Array.from({ length: 40 }, (_, i) => `${i},${(i % 5) + 1},${(i % 7) + 1},${i % 11},${20 + i},${(i % 5) + 1},${i % 2}`).join('\n')
    expect(take(`id,Sauberkeit,Bedienung,Empfehlung,alter,anzahl_besuche,karte\n${rows}\n`).out[0]).toBe('columns: Sauberkeit → csat5, Bedienung → ces7, Empfehlung → nps, alter → amount, karte → choice')
  })
  it('reviews are put where the department is, not at what stands above it', () => {
    run(runImport, 'reviews', file('r.csv', `rating,division,department\n${'5,General,Tops\n4,General,Trend\n'.repeat(5)}`))
    expect(insights('--by', 'touchpoint').csat.groups.map(({ key }: { readonly key: string }) => key)).toEqual(['Tops', 'Trend'])
  })
})

describe('tables of shops', () => {
  it('have German names for order, article and pieces', () => {
    const rows = Array.from({ length: 6 }, (_, i) => `${i >> 1};A${i % 2};Ding;1,0;1.250,50;1${i >> 1}.11.2025`).join('\n')
    expect(run(runImport, 'orders', file('o.csv', `Bestellnummer;Artikelnummer;Artikelbezeichnung;Menge;Preis EUR;Datum\n${rows}\n`)).out[0]).toBe('columns: Bestellnummer → basket, Artikelnummer → item, Artikelbezeichnung → title, Menge → quantity, Preis EUR → price, Datum → at')
    expect(insights('baskets', '--source', 'o', '--least', '1')).toMatchObject({ baskets: 3, lines: 6 })
  })
  it('without a row are said to have none', () => {
    expect(run(runImport, 'feedback', file('e.csv', 'rating,comment\n')).complaints[0]).toMatch(/e\.csv: nothing but names of columns$/)
    expect(run(runImport, 'feedback', file('e.csv', 'rating,comment\n"5"x,a\n')).complaints[0]).toMatch(/e\.csv: none of its rows can be read; line 2: Quote/)
  })
})

describe('drivers', () => {
  it('go on without a rating that everybody gave alike, and say so', () => {
    take(`overall,q_a,q_b,q_c\n${Array.from({ length: 60 }, (_, i) => `${1 + (i * i) % 5},3,${1 + (i % 5)},${1 + ((i * 2) % 5)}`).join('\n')}\n`)
    const { drivers, leftOut } = insights('drivers', '--question', 'overall')
    expect([drivers.map(({ question }: { readonly question: string }) => question).sort(), leftOut]).toEqual([['q_b', 'q_c'], [{ question: 'q_a', why: 'constant' }]])
  })
})

describe('answers of a table', () => {
  it('are counted in cells when the command ends: nobody has to read them one by one', () => {
    take(`overall,nps\n${'4,9\n'.repeat(4500)}`)
    const desk = openDesk(data, { mustExist: true })
    if (!desk.ok) throw new Error(desk.error)
    expect([[...desk.value.cells.uncounted('csat5')].length, desk.value.cells.differences()]).toEqual([0, []])
    desk.value.close()
  })
})
