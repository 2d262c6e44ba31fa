import { describe, expect, it } from 'vitest'
import type { DeviceStore } from '#hub/ports/devices.ts'
import type { DocumentStore } from '#hub/ports/documents.ts'
import type { FeedbackRow } from '#hub/ports/feedback-store.ts'
import type { DeviceStreams } from '#hub/ports/device-streams.ts'
import { sqliteAnswerCells } from '#hub/stores/sqlite/figures/answer-cells.ts'
import { sqliteAnswerReader } from '#hub/stores/sqlite/feedback/answer-reader.ts'
import { sqliteFeedbackStore } from '#hub/stores/sqlite/feedback/feedback-store.ts'
import { openDatabase } from '#hub/stores/sqlite/database/open-database.ts'
import { readDrivers } from '#hub/use-cases/figures/read-drivers.ts'
import { readChoices, readCompare, readOverview, readWeekMap } from '#hub/use-cases/figures/read-figures.ts'
import { readSpend } from '#hub/use-cases/figures/read-spend.ts'
import { topicReading } from '#hub/use-cases/figures/read-topics.ts'
import { readTrend } from '#hub/use-cases/figures/read-trend.ts'
import { keyDriversOf } from '#shared/insights/drivers/key-drivers.ts'
import { seededRandom } from '#shared/insights/statistics/seeded-random.ts'
import { commentTopicsOf } from '#shared/insights/words/comment-topics.ts'
import { cents } from '#shared/kernel/money.ts'
import { millis, type Day } from '#shared/kernel/time.ts'
import type { SpendFilter } from '#hub/ports/spend-source.ts'

const DAY = 86_400_000
/** A Friday noon in Berlin. */
const NOW = Date.parse('2026-11-20T11:00:00Z')

const documents = {
  head: () => ({ rev: 1, hash: 'a'.repeat(64), publishedAt: millis(0) }),
  current: () => ({ items: { 'survey/visit': { id: 'visit', opening: { id: 'mood', kind: 'csat5', text: { de: 'Wie war es?', en: 'How was it?' } }, followUps: [], contact: false }, 'touchpoint/exit': { id: 'exit', name: { de: 'Ausgang', en: 'Exit' }, phase: 'after', survey: 'visit' }, 'touchpoint/meat': { id: 'meat', name: { de: 'Fleischtheke', en: 'Meat counter' }, phase: 'during', survey: 'visit' } } }),
} as unknown as DocumentStore

const opened = openDatabase(':memory:', millis(NOW))

/** An emptied store with these answers. */
const storeWith = (rows: readonly Partial<FeedbackRow>[]) => {
  if (!opened.ok) throw new Error('no database')
  opened.value.exec('DELETE FROM feedback')
  sqliteAnswerCells(opened.value).forget()
  const feedback = sqliteFeedbackStore(opened.value)
  rows.forEach((row, i) => feedback.add({ id: `e${i}`, response: `r${i}`, touchpoint: 'exit', survey: 'visit', question: 'mood', kind: 'csat5', value: 5, detail: false, at: millis(NOW), receivedAt: NOW, dev: 'k1', channel: 'kiosk', flags: [], ...row }))
  return {
    feedback,
    cells: sqliteAnswerCells(opened.value),
    reader: sqliteAnswerReader(opened.value),
    documents,
    devices: { list: () => [], find: () => null } as unknown as DeviceStore,
    streams: { wordsOf: () => [] } as unknown as DeviceStreams,
    clock: { now: () => millis(NOW) },
    retention: { sumsBefore: () => null },
    analyst: { drivers: async (answers: Parameters<typeof keyDriversOf>[0]) => keyDriversOf(answers, { random: seededRandom(1), rounds: 50 }), topics: async (comments: Parameters<typeof commentTopicsOf>[0]) => commentTopicsOf(comments), stop: async () => undefined },
    pause: async () => undefined,
  }
}
const times = (n: number, row: Partial<FeedbackRow>) => Array.from({ length: n }, () => row)
const ago = (days: number) => ({ at: millis(NOW - days * DAY) })

describe('the overview', () => {
  it('says where it stands, what changed for sure, and which place it is', () => {
    const store = storeWith([...times(80, {}), ...times(40, { touchpoint: 'meat', value: 1 }), ...times(100, ago(8)), ...times(10, { ...ago(8), value: 2 })])
    const { overall, before, change, headline, touchpoints, withheld, formula } = readOverview(store)({ metric: 'csat', period: 'week' })
    expect([overall.n, Math.round(overall.score!), before?.n, withheld]).toEqual([120, 67, 110, []])
    expect([Math.round(change!.difference), change!.interval.high < 0]).toEqual([-24, true])
    expect([headline.kind, headline.touchpoint, headline.sentence.de.startsWith('Fleischtheke')]).toEqual(['trouble', 'meat', true])
    expect(touchpoints.map(({ key, name, figure }) => [key, name.en, figure.n])).toEqual([['exit', 'Exit', 80], ['meat', 'Meat counter', 40]])
    expect(formula.en).toContain('Wilson')
  })
  it('of an empty store says that nobody has answered', () => {
    const { overall, before, change, headline } = readOverview(storeWith([]))({ metric: 'csat', period: 'today' })
    expect([overall.n, overall.score, before, change, headline.kind]).toEqual([0, null, null, null, 'none'])
  })
})

describe('a trend', () => {
  it('joins sparse days, tells gaps apart, and has a direction', () => {
    const store = storeWith([...times(30, ago(9)), ...times(30, { ...ago(8), value: 4 }), ...times(3, ago(6)), ...times(20, { ...ago(5), value: 1 }), ...times(2, ago(1))])
    const { points, gaps, direction, overall } = readTrend(store)({ metric: 'csat', step: 'day', from: NOW - 10 * DAY, until: NOW })
    expect(points.map(({ from, until, figure }) => [from, until, figure.n])).toEqual([['2026-11-11', '2026-11-11', 30], ['2026-11-12', '2026-11-14', 33], ['2026-11-15', '2026-11-19', 22]])
    expect(gaps).toEqual([{ from: '2026-11-10', until: '2026-11-10', why: 'none' }, { from: '2026-11-20', until: '2026-11-20', why: 'none' }])
    expect([direction, overall?.n]).toEqual(['down', 85])
  })
  it('by week goes from Monday to Sunday', () => {
    const store = storeWith([1, 2, 3, 5, 8, 9, 12].flatMap((days) => times(6, ago(days))))
    expect(readTrend(store)({ metric: 'csat', step: 'week' }).points.map(({ from, until, figure }) => [from, until, figure.n])).toEqual([['2026-11-08', '2026-11-08', 6], ['2026-11-11', '2026-11-15', 18], ['2026-11-17', '2026-11-19', 18]])
  })
  it('at a touchpoint and of one language is that alone', () => {
    const store = storeWith([...times(9, { lang: 'en' }), ...times(20, { lang: 'de' }), ...times(30, { touchpoint: 'meat', lang: 'de' }), ...times(8, { touchpoint: 'meat', lang: 'en' })])
    const n = (scope: object): number | undefined => readTrend(store)({ metric: 'csat', step: 'day', ...scope }).overall?.n
    expect([n({}), n({ at: 'exit' }), n({ only: { by: 'language', key: 'en' } }), n({ at: 'exit', only: { by: 'language', key: 'en' } }), n({ only: { by: 'stage', key: 'during' } })]).toEqual([67, 29, 17, 9, 38])
  })
})

describe('the map of the week', () => {
  it('has 168 hours; those that nobody answered in are empty, those with too few are not told', () => {
    const { hours, overall } = readWeekMap(storeWith([...times(12, ago(1)), ...times(7, ago(2)), ...times(2, ago(3))]))({ metric: 'csat' })
    const at = (weekday: number, hour: number) => hours.find((one) => one.weekday === weekday && one.hour === hour)!
    expect([hours.length, overall?.n, at(4, 12).figure?.n, at(1, 3)]).toEqual([168, 21, 12, { weekday: 1, hour: 3, figure: null, empty: true }])
    expect([at(2, 12).figure, at(2, 12).empty, at(3, 12).figure]).toEqual([null, false, null])
  })
  it('is of days that are over', () => {
    const answers = [...times(12, ago(1)), ...times(9, ago(7))]
    const map = (today: number) => readWeekMap(storeWith([...answers, ...times(today, {})]))({ metric: 'csat' })
    const told = ({ hours, overall }: ReturnType<typeof map>) => [overall?.n, hours.flatMap(({ weekday, hour, figure }) => (figure ? [[weekday, hour, figure.n]] : []))]
    expect(told(map(0))).toEqual([21, [[4, 12, 12], [5, 12, 9]]])
    expect(told(map(30))).toEqual(told(map(0)))
  })
})

describe('a comparison', () => {
  it('says what differs by more than luck, with the luck of many looks taken out', () => {
    const store = storeWith([...times(60, {}), ...times(60, { touchpoint: 'meat', value: 1 }), ...times(60, { touchpoint: 'bread' })])
    const { groups, overall } = readCompare(store)({ metric: 'csat', by: 'touchpoint' })
    expect(groups.map(({ key, verdict, certain }) => [key, verdict, certain])).toEqual([['bread', 'better', true], ['exit', 'better', true], ['meat', 'worse', true]])
    expect([overall?.n, groups[2]!.difference?.difference]).toEqual([180, -100])
  })
  it('goes by every division; of several channels one score and its parts', () => {
    const channels = ['kiosk', 'staff', 'phone', 'shop'] as const
    const store = storeWith(channels.flatMap((channel, i) => times(10 + i, { channel, dev: channel === 'kiosk' ? 'k1' : `${channel}-${i}`, lang: i % 2 ? 'en' : 'de', touchpoint: i % 2 ? 'meat' : 'exit' })))
    const sizes = (by: Parameters<ReturnType<typeof readCompare>>[0]['by']) => readCompare(store)({ metric: 'csat', by }).groups.map(({ name, figure }) => [name.en, figure.n])
    expect(readCompare(store)({ metric: 'csat', by: 'channel' }).overall?.n).toBe(46)
    expect(sizes('channel')).toEqual([['Web shop', 13], ['Own phone', 12], ['Conversation', 11], ['Kiosk', 10]])
    expect(sizes('device')).toEqual([['Web shop', 13], ['Own phone', 12], ['Conversation', 11], ['k1', 10]])
    expect(sizes('stage')).toEqual([['While shopping', 24], ['After shopping', 22]])
    expect(sizes('language')).toEqual([['English', 24], ['German', 22]])
    expect(sizes('segment')).toEqual([['not known', 46]])
    expect([sizes('hour'), sizes('question'), sizes('survey')]).toEqual([[['12:00', 46]], [['How was it?', 46]], [['How was it?', 46]]])
    expect(readCompare(store)({ metric: 'csat', by: 'channel', at: 'meat' }).groups.map(({ key, figure }) => [key, figure.n])).toEqual([['shop', 13], ['staff', 11]])
  })
  it('names a group of four and tells nothing of it', () => {
    const { groups, withheld } = readCompare(storeWith([...times(40, { lang: 'de' }), ...times(30, { lang: 'en' }), ...times(4, {})]))({ metric: 'csat', by: 'language' })
    expect([groups.map(({ key }) => key), withheld.map(({ key }) => key)]).toEqual([['de'], ['en', 'unknown']])
  })
})

describe('drivers', () => {
  const people = (n: number) => Array.from({ length: n }, (_, i) => {
    const [price, staff] = [1 + (i % 5), 1 + ((i * 7) % 5)]
    const one = (question: string, value: number, detail: boolean): Partial<FeedbackRow> => ({ response: `p${i}`, question, value, detail })
    return [one('mood', Math.min(5, Math.max(1, Math.round(0.8 * staff + 0.2 * price))), false), one('price', price, true), one('staff', staff, true)]
  }).flat()
  it('are weighed, placed and marked', async () => {
    const { n, found, why, outcome } = await readDrivers(storeWith(people(80)))({ outcome: 'mood' })
    expect([n, why, outcome.key, found?.drivers.map(({ key }) => key)]).toEqual([80, null, 'mood', ['staff', 'price']])
    expect(found!.drivers[0]!.weight).toBeGreaterThan(0.7)
    expect(found!.points.length).toBe(2)
  })
  it('are ratings on one scale unless others are asked for', async () => {
    const more = Array.from({ length: 80 }, (_, i): readonly Partial<FeedbackRow>[] => [{ response: `p${i}`, question: 'recommend', kind: 'nps', value: i % 11 }, { response: `p${i}`, question: 'easy', kind: 'ces7', value: 1 + (i % 7) }]).flat()
    const store = storeWith([...people(80), ...more])
    expect((await readDrivers(store)({ outcome: 'mood' })).found?.drivers.map(({ key }) => key).toSorted()).toEqual(['price', 'staff'])
    expect((await readDrivers(store)({ outcome: 'mood', ratings: ['easy', 'price'] })).found?.drivers.map(({ key }) => key).toSorted()).toEqual(['easy', 'price'])
  })
  it('of four people are not told; of a question without ratings there are none', async () => {
    expect(await readDrivers(storeWith(people(4)))({ outcome: 'mood' })).toMatchObject({ n: 0, found: null, why: 'no-ratings' })
    expect(await readDrivers(storeWith(people(4)))({ outcome: 'mood', ratings: ['price'] })).toMatchObject({ n: 0, found: null, why: 'few' })
    expect(await readDrivers(storeWith(times(40, {})))({ outcome: 'mood' })).toMatchObject({ found: null, why: 'no-ratings' })
  })
})

describe('topics', () => {
  const said = (texts: readonly string[]): readonly Partial<FeedbackRow>[] => texts.map((value) => ({ question: 'why', kind: 'text', value }))
  it('have the words behind them, page by page, and not those that are folded away', async () => {
    const store = storeWith([...said(Array.from({ length: 25 }, (_, i) => `Die Schlange an der Kasse war zu lang ${i}`)), ...said(['Super freundliches Personal']), { question: 'why', kind: 'text', value: 'Kasse blöd', hidden: 'insult' }])
    const { topics, words } = topicReading(store)
    const { comments, topics: found } = await topics({})
    expect([comments, found[0]!.topic, found[0]!.n]).toEqual([26, 'kasse', 25])
    const first = await words({ topic: 'kasse' })
    expect([first.total, first.responses.length, first.next]).toEqual([25, 20, 20])
    expect((await words({ topic: 'kasse', after: 20 })).responses.length).toBe(5)
    expect((await words({ topic: 'personal' })).total).toBe(0)
  })
})

describe('spend', () => {
  it('is a correlation over the visits whose basket is known', () => {
    const answered = () => [{ score: 5, reached: 'ordered' as const, spend: cents(4000), n: 12 }, { score: 1, reached: 'shown' as const, spend: cents(1500), n: 9 }, { score: 5, reached: 'none' as const, spend: null, n: 30 }]
    const store = { ...storeWith(times(60, {})), spend: { answered, weeks: () => [{ monday: '2026-11-02' as Day, score: 5, n: 12 }, { monday: '2026-11-02' as Day, score: 1, n: 9 }, { monday: '2026-11-16' as Day, score: 5, n: 50 }], questions: () => [], settledUntil: () => null, settle: () => true } }
    const { kind, answers, n, moods, together } = readSpend(store)({ metric: 'csat' })
    expect([kind, answers, n, moods.map(({ mood, mean }) => [mood, mean])]).toEqual(['correlation', 51, 21, [['unhappy', 1500], ['neutral', null], ['happy', 4000]]])
    expect(together!.rho).toBeCloseTo(1, 6)
  })
  it('is asked from cut to cut, and never for the week that is not over', () => {
    const asked: unknown[] = []
    const week = (monday: string, n: number) => ({ monday: monday as Day, score: 5, n })
    const spend = { answered: (filter: SpendFilter) => (asked.push([filter.from, filter.until]), []), weeks: () => [week('2026-10-26', 5), week('2026-11-02', 2), week('2026-11-09', 3), week('2026-11-16', 9)], questions: () => [], settledUntil: () => null, settle: () => true }
    const store = { ...storeWith(times(60, {})), spend }
    const at = (day: string): number => Date.parse(`${day}T12:00:00Z`)
    readSpend(store)({ metric: 'csat' })
    readSpend(store)({ metric: 'csat', from: at('2026-11-02'), until: at('2026-11-08') })
    readSpend(store)({ metric: 'csat', from: at('2026-11-01'), until: at('2026-11-16') })
    expect(asked).toEqual([['2026-10-26', '2026-11-16'], ['2026-11-02', '2026-11-16']])
  })
})

describe('choices', () => {
  it('name what can be asked for', () => {
    const { questions, touchpoints, slices, since } = readChoices(storeWith([...times(9, { lang: 'de' }), ...times(6, { ...ago(3), question: 'price', detail: true })]))()
    expect(questions.map(({ question, metric, detail, n }) => [question, metric, detail, n])).toEqual([['mood', 'csat', false, 9], ['price', 'csat', true, 6]])
    expect([touchpoints.map(({ key }) => key), slices.language.map(({ key }) => key), slices.stage.map(({ key }) => key), since]).toEqual([['exit'], ['de'], ['after'], '2026-11-17'])
  })
})
