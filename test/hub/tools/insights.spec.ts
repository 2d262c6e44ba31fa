import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runImport } from '#hub/tools/import.ts'
import { runInsights } from '#hub/tools/insights.ts'
import { openDatabase } from '#hub/stores/sqlite/database/open-database.ts'
import { sqliteRetention } from '#hub/stores/sqlite/privacy/retention.ts'
import { sqliteTransactions } from '#hub/stores/sqlite/database/transactions.ts'
import { millis } from '#shared/kernel/time.ts'

let data = ''
let dated = ''
const run = (...args: readonly string[]) => {
  const [out, complaints]: [string[], string[]] = [[], []]
  const code = runInsights(args.includes('--data') ? args : [...args, '--data', data], (line) => out.push(line), (line) => complaints.push(line))
  return { code, complaints, json: code === 0 && out[0]?.startsWith('{') ? JSON.parse(out.join('\n')) : null }
}

beforeAll(() => {
  data = mkdtempSync(join(tmpdir(), 'einklang-insights-'))
  const rows = Array.from({ length: 40 }, (_, i) => `${i},${(i % 5) + 1},${((i * 3) % 5) + 1},${i % 2 === 0 ? 'club' : ''},${i % 4 === 0 ? 'An der Kasse steht man ewig.' : ''},${(i % 5) * 10 + 10}.50`)
  writeFileSync(join(data, 't.csv'), `id,mood,q_speed,card,comment,spent\n${rows.join('\n')}\n`)
  const map = { survey: 's', touchpoint: 'exit', questions: [{ column: 'mood', kind: 'csat5' }, { column: 'q_speed', kind: 'csat5', detail: true }, { column: 'card', kind: 'choice' }, { column: 'spent', kind: 'choice' }, { column: 'comment', kind: 'text' }] }
  writeFileSync(join(data, 'map.json'), JSON.stringify(map))
  writeFileSync(join(data, 'b.csv'), 'basket,item\n1,a\n1,b\n2,a\n2,b\n3,c\n')
  runImport(['feedback', join(data, 't.csv'), '--map', join(data, 'map.json'), '--data', data], () => {}, () => {})
})

/** Twelve weeks of ten answers a day at ten; the last two are bad. */
beforeAll(() => {
  dated = join(data, 'dated')
  const rows = Array.from({ length: 840 }, (_, i) => {
    const day = new Date(Date.parse('2024-06-03') + Math.floor(i / 10) * 86_400_000).toISOString().slice(0, 10)
    return `${day} 10:0${i % 10},${i < 700 && i % 10 < 8 ? 5 : 1}`
  })
  writeFileSync(join(data, 'd.csv'), `at,mood\n${rows.join('\n')}\n`)
  writeFileSync(join(data, 'dated.json'), JSON.stringify({ survey: 's', touchpoint: 'checkout', at: { column: 'at', timeZone: 'Europe/Berlin' }, questions: [{ column: 'mood', kind: 'csat5' }] }))
  runImport(['feedback', join(data, 'd.csv'), '--map', join(data, 'dated.json'), '--data', dated], () => {}, () => {})
})
afterAll(() => rmSync(data, { recursive: true, force: true }))

describe('npm run insights', () => {
  it('divides by what screens divide by, and finds cells equal to a recount', () => {
    expect(run('--by', 'channel').json.csat).toMatchObject({ n: 40, by: 'channel', groups: [{ key: 'import', n: 40 }] })
    expect(run('verify').json).toEqual({ equal: true })
  })
  it('leaves out answers with a sign of play where that is asked for, single ones and those that are sums, and says how many', () => {
    const played = join(data, 'played')
    runImport(['feedback', join(data, 'd.csv'), '--map', join(data, 'dated.json'), '--data', played], () => {}, () => {})
    const opened = openDatabase(played, millis(Date.now()))
    if (!opened.ok) throw new Error('no database')
    const sql = opened.value
    sql.exec(`UPDATE feedback SET flags = 'too-fast' WHERE score = 1 AND n % 2 = 0`)
    const spoilt = Number(sql.prepare('SELECT count(*) AS n FROM feedback WHERE flags IS NOT NULL').get()!['n'])
    sql.close()
    const plain = (...more: readonly string[]) => run('--flagged', 'without', ...more, '--data', played).json.csat
    expect(run('--data', played).json.csat).toMatchObject({ n: 840, flagged: spoilt })
    expect(plain()).toMatchObject({ n: 840 - spoilt, leftOut: spoilt, counts: { 5: 560, 1: 280 - spoilt } })
    expect(plain('--by', 'hour').groups).toMatchObject([{ key: '10', n: 840 - spoilt }])
    const again = openDatabase(played, millis(Date.now()))
    if (!again.ok) throw new Error('no database')
    const transactions = sqliteTransactions(again.value)
    again.value.exec('UPDATE answer_count SET upto = 1000000')
    sqliteRetention(again.value, transactions).sumTaps(millis(Date.now() + 1000), 3_600_000)
    expect(again.value.prepare('SELECT count(*) AS n FROM feedback').get()).toEqual({ n: 0 })
    again.value.close()
    expect(plain()).toMatchObject({ n: 840 - spoilt, counts: { 5: 560, 1: 280 - spoilt } })
    expect([run('--flagged', 'with'), run('--flagged', 'without', '--by', 'channel'), run('trend', '--question', 'mood', '--flagged', 'without')].map(({ code }) => code)).toEqual([2, 2, 2])
  })
  it('says drivers with their warnings, matrix and points, and prints the same digits again', () => {
    const first = run('drivers', '--question', 'mood').json
    expect(first).toMatchObject({ outcome: 'mood', n: 40, enough: 58, warnings: ['few'], drivers: [{ question: 'q_speed', lmg: 1, weight: 1, quadrant: 'keep' }] })
    expect(run('drivers', '--question', 'mood', '--of', 'q_speed').json).toEqual(first)
  })
  it('says what was chosen, and the figure beside another question against the others', () => {
    expect(run('answers', '--question', 'card').json).toMatchObject({ responses: 40, answered: 20, distinct: 1, options: [{ option: 'club', n: 20, percent: 100 }] })
    expect(run('groups', '--question', 'mood', '--by', 'q_speed', '--bands', '1,3').json.groups).toMatchObject([{ key: '3+', n: 24 }, { key: '1-2', n: 16, verdict: 'few' }])
  })
  it('says the figure of those who wrote certain words', () => {
    expect(run('words', '--question', 'mood', '--pattern', 'kasse').json.words).toMatchObject([{ pattern: 'kasse', with: { n: 10 }, without: { n: 30 } }])
  })
  it('says what comments are about, with the responses behind', () => {
    const { topics } = run('topics').json
    expect(topics).toMatchObject([{ topic: 'kasse', n: 10, share: 1, blame: 1 }])
    expect(topics[0].blamed).toHaveLength(10)
  })
  it('says what is bought together', () => {
    expect(run('baskets', join(data, 'b.csv'), '--least', '2', '--anchors', 'a').json).toMatchObject({ baskets: 3, byLift: [{ a: 'a', b: 'b', nAB: 2, lift: 1.5 }], alsoBought: [{ item: 'a', n: 2, confidence: [{ item: 'b', confidence: 1 }] }] })
  })
  it('says the days with their direction, the hours of the week, what would have been alarmed, and what became of a change', () => {
    const trend = run('trend', '--question', 'mood', '--data', dated).json
    expect([trend.days.length, trend.direction, trend.undated, trend.days[0].day, trend.days[0].n]).toEqual([84, 'down', 0, '2024-06-03', 10])
    expect(run('week', '--question', 'mood', '--data', dated).json.hours).toHaveLength(7)
    expect(run('alarms', '--question', 'mood', '--data', dated).json.touchpoints).toMatchObject([{ touchpoint: 'checkout', n: 840, knownSince: '2024-07-29', open: ['drop'], news: [{ type: 'raised', direction: 'drop', usual: 79.99 }] }])
    const change = ['change', '--question', 'mood', '--at', 'checkout', '--points=-10', '--data', dated]
    expect(run(...change, '--before', '2024-07-29..2024-08-12', '--after', '2024-08-12..2024-08-26').json).toMatchObject({ verdict: 'kept', whole: true, change: -80, before: { n: 140, score: 80 }, after: { n: 140, score: 0 } })
    expect(run(...change, '--before', '2024-07-29..2024-08-12', '--after', '2024-08-13..2024-08-26').complaints).toEqual(['this cannot be compared: not whole weeks'])
    expect(run(...change, '--before', 'May', '--after', 'June').complaints[0]).toMatch(/^--before and --after are days/)
  })
  it('says what satisfied customers spend, in cents, and calls it a correlation', () => {
    expect(run('spend', '--question', 'mood', '--amount', 'spent').json).toMatchObject({ kind: 'correlation', answers: 40, n: 40, moods: [{ mood: 'unhappy', n: 16, meanCents: 1550 }, { mood: 'neutral', n: 8 }, { mood: 'happy', n: 16, meanCents: 4550 }], together: { rho: 1 } })
  })
  it('shows formula, spread and middle beside a figure', () => {
    expect(run('--question', 'mood').json.csat).toMatchObject({ n: 40, mean: 3, median: 3, sd: 1.4322, formula: 'Share of 4–5 of 1–5; 95 % interval by Wilson.' })
  })
  it.each([
    [['weather'], 'there is no view "weather"; views: figures, verify, drivers, answers, groups, words, trend, week, alarms, change, spend, topics, baskets, also-bought'],
    [['drivers'], 'which question? npm run insights -- drivers --question Q'],
    [['drivers', '--question', 'wether'], 'nobody has answered "wether"; answered: mood, q_speed, card, spent, comment'],
    [['groups', '--question', 'mood'], 'beside which question? npm run insights -- groups --question Q --by B'],
    [['groups', '--question', 'card', '--by', 'mood'], '"card" has no scale'],
    [['groups', '--question', 'mood', '--by', 'mood', '--bands', '3,1'], '--bands "3,1" is no ascending list of numbers'],
    [['spend', '--question', 'mood'], 'which amounts? npm run insights -- spend --question Q --amount A'],
    [['change', '--question', 'mood'], 'which change? npm run insights -- change --question Q --at T --before … --after … --points 8'],
    [['words', '--question', 'mood'], 'which words? npm run insights -- words --question Q --pattern P'],
    [['words', '--question', 'mood', '--pattern', '('], '--pattern: Invalid regular expression: /(/iu: Unterminated group'],
    [['baskets'], 'there are no baskets yet: npm run import -- orders FILE'],
    [['also-bought'], 'the store sells nothing yet'],
    [['drivers', 'x'], 'what is "x"?'],
  ] as readonly (readonly [readonly string[], string])[])('%j ends with code 2 and "%s"', (args, sentence) => {
    expect(run(...args)).toMatchObject({ code: 2, complaints: [sentence] })
  })
})
