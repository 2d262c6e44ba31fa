import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runExport } from '#hub/tools/export.ts'
import { runImport } from '#hub/tools/import.ts'
import { runInsights } from '#hub/tools/insights.ts'
import { openDesk } from '#hub/tools/open-desk.ts'
import { openHubKeys } from '#hub/stores/keys/hub-key-file.ts'
import { millis } from '#shared/kernel/time.ts'
import { seal } from '#kiosk/lib/sync/device-keys.ts'

const FIXTURES = new URL('../../fixtures/feedback/', import.meta.url).pathname
const CLOTHING = join(FIXTURES, 'reviews_clothing.csv.gz')
const REVIEWS = new URL('../../fixtures/truth/reviews_clothing.csv.gz', import.meta.url).pathname
const SUPERMARKET = join(FIXTURES, 'survey_supermarket.csv')

let data = ''
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'einklang-import-'))
})
afterEach(() => rmSync(data, { recursive: true, force: true }))

type Tool = typeof runImport
const run = (tool: Tool, ...args: readonly string[]) => {
  const [out, complaints]: [string[], string[]] = [[], []]
  const code = tool([...args, '--data', data], (line) => out.push(line), (line) => complaints.push(line))
  return { code, out, complaints, text: out.join('\n') }
}
const lastLine = ({ out }: { readonly out: readonly string[] }): unknown => JSON.parse(out.at(-1)!)
const file = (name: string, text: string): string => {
  const path = join(data, name)
  writeFileSync(path, text)
  return path
}
const insights = (...args: readonly string[]) => JSON.parse(run(runInsights, ...args).text)

describe('4,698 real clothing reviews', () => {
  it('give n 4,698, mean 4.1888 and 77.14 % satisfied, and the same after a second import', () => {
    expect(lastLine(run(runImport, 'feedback', CLOTHING))).toMatchObject({ rows: 4698, imported: 4698, known: 0, bad: 0 })
    const once = insights('--question', 'rating')
    expect(once.csat).toMatchObject({ n: 4698, mean: 4.1888, score: 77.14, low: 75.92, high: 78.32, counts: { 1: 166, 2: 339, 3: 569, 4: 992, 5: 2632 } })
    expect(lastLine(run(runImport, 'feedback', CLOTHING))).toMatchObject({ rows: 4698, imported: 0, known: 4698, answers: 0 })
    expect(insights('--question', 'rating').csat).toEqual(once.csat)
  })
  it('differ by department as the source says', () => {
    run(runImport, 'feedback', CLOTHING)
    const groups = insights('--by', 'touchpoint').csat.groups
    expect(groups.map(({ key, n, mean, score }: { key: string; n: number; mean: number; score: number }) => [key, n, mean, score])).toEqual([
      ['Tops', 2076, 4.1416, 75.82],
      ['Dresses', 1305, 4.1793, 76.17],
      ['Bottoms', 731, 4.3201, 81.53],
      ['Intimate', 362, 4.2735, 80.39],
      ['Jackets', 205, 4.1561, 76.59],
      ['Trend', 19, 3.6842, 63.16],
    ])
  })
})

describe('103 real supermarket answers', () => {
  it('give 69.90 % satisfied and NPS 23/49/30 = −6.86 with standard error 7.10', () => {
    expect(lastLine(run(runImport, 'feedback', SUPERMARKET))).toMatchObject({ rows: 103, imported: 103, bad: 0 })
    const figures = insights()
    expect(figures.csat).toMatchObject({ n: 103, mean: 3.8058, score: 69.9, counts: { 1: 3, 2: 2, 3: 26, 4: 53, 5: 19 } })
    expect(figures.nps).toMatchObject({ n: 102, score: -6.86, standardError: 7.1, low: -20.79, high: 7.06, mean: 7.3137, promoters: 23, passives: 49, detractors: 30 })
  })
  it('keep their part ratings out of the overall figure and give each its own', () => {
    run(runImport, 'feedback', SUPERMARKET)
    const means = Object.fromEntries(insights('--by', 'question').csat.groups.map(({ key, mean }: { key: string; mean: number }) => [key, mean]))
    expect(means).toMatchObject({ overall_satisfaction: 3.8058, q_product_quality: 3.3981, q_checkout_speed: 2.9806, q_parking: 3.0583 })
  })
  it('show no place with fewer than 5 answers', () => {
    run(runImport, 'feedback', SUPERMARKET)
    const groups: readonly { key: string; n: number; score: number | null }[] = insights('--by', 'touchpoint').nps.groups
    expect(groups.filter(({ score }) => score !== null).map(({ key, score }) => [key, score])).toEqual([
      ['Cargills Food City', 2.27],
      ['Keells', 0],
      ['Arpico Supercentre', -37.5],
      ['Laughs Super', -25],
      ['SPAR', -28.57],
    ])
  })
})

describe('damaged rows', () => {
  const text = 'id,rating,comment\n1,5,"fein,\nsehr fein"\n2,7,zu viel\n3,4\n4,"3"x,kaputt\n5,2,"Frau Müller, 0170 1234567"\n6,,\n'
  it('are reported with line and reason, the others are kept', () => {
    const done = run(runImport, 'feedback', file('damaged.csv', text))
    expect(done.out).toContain('line 4: rating: "7" is not a whole number from 1 to 5')
    expect(done.out).toContain('line 5: 2 cells instead of 3')
    expect(done.out.find((line) => line.startsWith('line 6: '))).toContain('Quote')
    expect(lastLine(done)).toEqual({ kind: 'feedback', rows: 6, imported: 2, known: 0, empty: 1, bad: 3, answers: 4 })
    expect(done.code).toBe(0)
  })
  it('do not keep personal data of the sound ones from being masked', () => {
    run(runImport, 'feedback', file('damaged.csv', text))
    const exported = run(runExport, 'feedback').text
    expect(exported).toContain('"Frau ‹Name›, ‹Telefon›"')
    expect(exported).toContain('"fein,\nsehr fein"')
  })
})

describe('columns', () => {
  it('are recognised in a German spreadsheet with semicolons and old letters', () => {
    const path = join(data, 'umfrage.csv')
    writeFileSync(path, Buffer.from('Datum;Filiale;Bewertung;NPS;Kommentar\n28.11.2026 14:05;Süd;4;9;schön\n31.02.2026;Süd;4;9;\n', 'latin1'))
    const done = run(runImport, 'feedback', path)
    expect(done.out[0]).toBe('columns: Bewertung → csat5, NPS → nps, Kommentar → text')
    expect(done.out).toContain('line 3: Datum: "31.02.2026" is not a date')
    expect(run(runExport, 'feedback').out[1]).toContain('2026-11-28T13:05:00.000Z')
    expect(run(runExport, 'feedback').text).toContain('schön')
  })
  it('of a scale of ten are known by what lies above five, and one slip on a scale of five makes none', () => {
    const rows = (values: readonly number[]): string => values.map((value) => `${value},${value > 5 ? 5 : value}`).join('\n')
    const table = file('ten.csv', `overall,q_price\n${rows([1, 4, 7, 9, 10, 3, 8, 2, 6, 5])}\n`)
    expect(run(runImport, 'feedback', table).out.join(' ')).toContain('overall → scale10, q_price → csat5 (detail)')
    const slip = file('slip.csv', `overall\n${[...Array.from({ length: 19 }, () => 4), 7].join('\n')}\n`)
    expect(run(runImport, 'feedback', slip).out.join(' ')).toMatch(/overall → csat5 .*19 imported .* 1 damaged/)
  })
  it('mean what a map says', () => {
    const map = file('map.json', JSON.stringify({ survey: 's', touchpoint: 'exit', questions: [{ column: 'a', question: 'ease', kind: 'ces7' }, { column: 'b', kind: 'choice' }] }))
    const table = file('t.csv', `a,b\n${'7,x;y\n'.repeat(6)}`)
    expect(lastLine(run(runImport, 'feedback', table, '--map', map))).toMatchObject({ imported: 6, answers: 12 })
    expect(insights('--question', 'ease').ces).toMatchObject({ n: 6, score: 100 })
    expect(lastLine(run(runImport, 'feedback', table, '--map', map))).toMatchObject({ imported: 0, known: 6 })
  })
  it('of JSON lists too', () => {
    const table = file('t.json', JSON.stringify(Array.from({ length: 5 }, (_, i) => ({ response_id: i, rating: 5, at: '2026-11-28T10:00:00Z' }))))
    run(runImport, 'feedback', table)
    expect(insights('--by', 'hour').csat.groups).toMatchObject([{ key: '11', n: 5, score: 100 }])
  })
})

describe('contacts', () => {
  it('leave opened with the hub’s key, while their time lasts, and empty where they were sealed to another key', async () => {
    const sealed = (key: string, contact: string): Promise<string> => seal(crypto.subtle, key, { contact }, new Uint8Array(12))
    mkdirSync(join(data, 'other'))
    const [own, other] = [openHubKeys(data).publicKey, openHubKeys(join(data, 'other')).publicKey]
    const at = millis(Date.now())
    const desk = openDesk(data, { mustExist: false })
    if (!desk.ok) throw new Error(desk.error)
    const kept = { touchpoint: 'till', at, sealed: true }
    desk.value.feedback.keepContact({ ...kept, id: 'a', response: 'r1', contact: await sealed(own, 'ada@example.org') })
    desk.value.feedback.keepContact({ ...kept, id: 'b', response: 'r2', contact: await sealed(other, 'bob@example.org') })
    desk.value.feedback.keepContact({ ...kept, id: 'c', response: 'r3', contact: 'cleo@example.org', sealed: false })
    desk.value.feedback.keepContact({ ...kept, id: 'd', response: 'r4', contact: await sealed(own, 'dan@example.org'), at: millis(at - 91 * 86_400_000) })
    desk.value.close()
    const rows = JSON.parse(run(runExport, 'contacts', '--format', 'json').text) as readonly { readonly response: string; readonly contact: string | null }[]
    expect(rows.map(({ response, contact }) => [response, contact])).toEqual([['r1', 'ada@example.org'], ['r2', null], ['r3', 'cleo@example.org']])
  })
})

describe('answers on ten points and amounts', () => {
  it('are taken over as what they are, and refused where they are not', () => {
    const map = file('map.json', JSON.stringify({ survey: 's', touchpoint: 'all', questions: [{ column: 'q', kind: 'scale10' }, { column: 'spent', kind: 'amount' }] }))
    const done = run(runImport, 'feedback', file('x.csv', 'q,spent\n10,12.50\n0,3\n4,viel\n1,7.05\n'), '--map', map)
    expect(done.out.slice(2, -1)).toEqual(['line 3: q: "0" is not a whole number from 1 to 10', 'line 4: spent: "viel" is not an amount', '4 rows: 2 imported (4 answers), 0 known already, 0 without an answer, 2 damaged'])
    expect(insights('answers', '--question', 'spent').amounts).toMatchObject({ n: 2, sum: '19.55' })
    expect(insights('answers', '--question', 'q').amounts).toMatchObject({ n: 2, mean: '5.5' })
    expect(insights().nps?.n ?? 0).toBe(0)
  })
})

describe('reviews of articles', () => {
  it('are known by their columns: 4,698 stars with article, department and words; the same file again adds nothing', () => {
    expect(lastLine(run(runImport, 'reviews', REVIEWS))).toMatchObject({ kind: 'reviews', rows: 4698, imported: 4698, known: 0, bad: 0 })
    expect(insights('--question', 'rating').csat).toMatchObject({ n: 4698, mean: 4.1888, score: 77.14 })
    expect(insights('answers', '--question', 'product').distinct).toBeGreaterThan(400)
    expect(lastLine(run(runImport, 'reviews', REVIEWS))).toMatchObject({ imported: 0, known: 4698 })
  })
  it('say which stars are none, by line', () => {
    const done = run(runImport, 'reviews', file('r.csv', 'sterne;artikel;text\n5;A1;Gut\n7;A1;Toll\n;A2;Nur Worte\n'))
    expect(done.out.slice(2, -1)).toEqual(['line 3: sterne: "7" is not a whole number from 1 to 5', '3 rows: 2 imported (5 answers), 0 known already, 0 without an answer, 1 damaged'])
    expect(run(runImport, 'reviews', file('n.csv', 'a,b\n1,2\n')).complaints[0]).toMatch(/^no column looks like stars \(a, b\)/)
  })
})

describe('baskets and orders', () => {
  const ORDERS = 'invoice,sku,description,quantity,timestamp,unit_price_eur,customer_id,country\n7,A1,Tasse,2,2026-11-02 10:00,3.50,K9,Germany\n7,POST,Porto,1,2026-11-02 10:00,4.95,K9,Germany\n8,A1,Tasse,viele,2026-11-03 10:00,3.50,,Germany\n8,B2,Teller,1,2026-11-03 10:00,"6,00",,Germany\nC9,A1,Tasse,-2,2026-11-04 10:00,3.50,K9,Germany\n'
  it('are taken with their lines, damaged ones named, and never twice', () => {
    const map = file('map.json', JSON.stringify({ basket: 'invoice', item: 'sku', title: 'description', quantity: 'quantity', price: 'unit_price_eur', currency: 'EUR', at: { column: 'timestamp', timeZone: 'Europe/Berlin' }, customer: 'customer_id', country: 'country', cancelled: { column: 'invoice', begins: 'C' }, goods: { column: 'sku', pattern: '^[A-Z]\\d$' } }))
    const orders = file('orders.csv', ORDERS)
    const done = run(runImport, 'orders', orders, '--map', map)
    expect(done.out.at(-3)).toBe('line 4: quantity: "viele" is not a whole number of pieces')
    expect(lastLine(done)).toEqual({ kind: 'orders', rows: 5, imported: 3, known: 0, lines: 4, bad: 1 })
    expect(lastLine(run(runImport, 'orders', orders, '--map', map))).toMatchObject({ imported: 0, known: 3, lines: 0 })
    const desk = openDesk(data, { mustExist: true })
    if (!desk.ok) throw new Error(desk.error)
    const books = [...desk.value.baskets.all('orders')]
    desk.value.close()
    expect(books.map(({ cancelled, currency, lines }) => [cancelled, currency, lines.map(({ item, quantity, priceMicros, goods }) => [item, quantity, priceMicros, goods])])).toEqual([
      [false, 'EUR', [['A1', 2, 3_500_000, true], ['POST', 1, 4_950_000, false]]],
      [false, 'EUR', [['B2', 1, 6_000_000, true]]],
      [true, 'EUR', [['A1', -2, 3_500_000, true]]],
    ])
    expect(JSON.stringify(books)).not.toContain('K9')
  })
  it('are known by their columns, with the currency of the price', () => {
    expect(lastLine(run(runImport, 'orders', file('o.csv', ORDERS)))).toMatchObject({ imported: 3, lines: 4, bad: 1 })
    expect(lastLine(run(runImport, 'baskets', file('b.csv', 'basket,item\n1,milk\n1,bread\n2,milk\n,milk\n')))).toMatchObject({ kind: 'baskets', imported: 2, lines: 3, bad: 1 })
    expect(run(runImport, 'orders', file('n.csv', 'a,b\n1,2\n')).complaints[0]).toMatch(/^no columns look like the number of a basket and an article/)
  })
})

describe('a wrong call ends with a clear sentence and code 2', () => {
  it.each([
    [runImport, ['catalogue', 'x.csv'], '"catalogue" cannot be imported yet; feedback, reviews, baskets, orders can'],
    [runImport, ['fedback', 'x.csv'], 'there is no kind "fedback"; feedback, reviews, baskets, orders can be imported'],
    [runImport, ['feedback'], 'which file? npm run import -- feedback FILE'],
    [runInsights, ['--by', 'weather'], '--by "weather" is none of touchpoint, hour, day, question, stage, device, channel, language, segment, survey'],
    [runExport, ['orders'], '"orders" cannot be exported; feedback, contacts, surveys, cases, improvements, letters can'],
    [runExport, ['feedback', '--format', 'xml'], '--format "xml" is neither csv nor json'],
  ] as readonly (readonly [Tool, readonly string[], string])[])('%#', (tool, args, sentence) => {
    const done = run(tool, ...args)
    expect([done.code, done.complaints]).toEqual([2, [sentence]])
  })
  it('when there are no data, when a question was never answered, when nothing looks like an answer', () => {
    expect(run(runInsights).complaints[0]).toMatch(/^there are no data in /)
    run(runImport, 'feedback', SUPERMARKET)
    expect(run(runInsights, '--question', 'weather').complaints[0]).toMatch(/^nobody has answered "weather"; answered: overall_satisfaction, /)
    expect(run(runImport, 'feedback', file('x.csv', 'a,b\n1,2\n')).complaints[0]).toMatch(/^no column looks like an answer \(a, b\)/)
    expect(run(runImport, 'feedback', join(data, 'none.csv')).code).toBe(2)
  })
  it('but help is no error', () => expect(run(runImport, '--help').code).toBe(0))
})

describe('the export', () => {
  it('is safe against formulas and gives the same rows as JSON', () => {
    run(runImport, 'feedback', file('t.csv', 'id,rating,comment\n1,5,=1+1\n2,4,"-gut"\n3,3,"@SUM(A1)"\n'))
    const lines = run(runExport, 'feedback').out
    expect(lines.filter((line) => /,"'[=@-]/.test(line)).length).toBe(3)
    expect(JSON.parse(run(runExport, 'feedback', '--format', 'json').text)).toHaveLength(6)
  })
})
