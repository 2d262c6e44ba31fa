/** How long a tap waits in the hub while a manager explores: drivers, topics, words, slices and the map of the week out of a month of single answers. */
import { mkdtempSync, rmSync } from 'node:fs'
import { setImmediate, setTimeout } from 'node:timers/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FeedbackRow } from '#hub/ports/feedback-store.ts'
import { seededRandom } from '#shared/insights/statistics/seeded-random.ts'
import { millis } from '#shared/kernel/time.ts'
import { sqliteAnswerReader } from '../../stores/sqlite/feedback/answer-reader.ts'
import { threadAnalyst } from '../../transport/analysis/analyst.ts'
import { readDrivers } from '../../use-cases/figures/read-drivers.ts'
import { readCompare, readOverview, readWeekMap } from '../../use-cases/figures/read-figures.ts'
import { topicReading } from '../../use-cases/figures/read-topics.ts'
import { readTrend } from '../../use-cases/figures/read-trend.ts'
import { openAnswers, TOUCHPOINTS, ZONE } from './insight-tiles.ts'
import { compare, quantile, type Comparison, type Scale } from './measure.ts'

const MONTH_MS = 30 * 86_400_000
/** Between two taps, of a store on its busiest day. */
const TAP_EVERY_MS = 20
const ROUNDS = 3

export const figuresWait = async ({ quick }: Scale): Promise<readonly Comparison[]> => {
  const n = quick ? 30_000 : 300_000
  const folder = mkdtempSync(join(tmpdir(), 'einklang-bench-'))
  const analyst = threadAnalyst()
  try {
    const now = Date.now()
    const answer = visitsFrom(now - MONTH_MS, (5 * MONTH_MS) / n)
    const { sql, transactions, feedback, cells, parts } = openAnswers(folder, now, n, answer)
    const desk = { ...parts, reader: sqliteAnswerReader(sql), analyst, retention: { sumsBefore: () => null }, pause: () => setImmediate() }
    const topics = topicReading(desk)
    const [overview, trend, compared, week, drivers] = [readOverview(desk), readTrend(desk), readCompare(desk), readWeekMap(desk), readDrivers(desk)]
    const tap = (): void =>
      transactions.run(() => {
        feedback.putNew([answer()])
        cells.keepUp(ZONE, 1)
      })
    const questions: Readonly<Record<string, () => unknown>> = {
      'the overview and a course': () => [overview({ metric: 'csat', period: 'month' }), trend({ metric: 'csat', step: 'day', at: 'meat' })],
      'five divisions': () => (['touchpoint', 'channel', 'language', 'device', 'segment'] as const).map((by) => compared({ metric: 'csat', by })),
      'the map of the week': () => week({ metric: 'csat' }),
      drivers: () => drivers({ outcome: 'mood' }),
      'topics and the words behind them': async () => [await topics.topics({}), await topics.words({ topic: 'kasse' })],
    }
    const still = await waits(tap, () => setTimeout(2_000))
    const results: Comparison[] = []
    for (const [name, ask] of Object.entries(questions)) {
      const own = await waits(tap, async () => {
        for (let round = 0; round < ROUNDS; round++) await setTimeout(300).then(ask)
      })
      for (const [as, q] of [['p99', 0.99], ['longest', 1]] as const) results.push(compare(`wait of a tap beside ${name}, ${n.toLocaleString('en')} answers, ${as}`, 'ms', quantile(own, q), quantile(still, q), 'nobody asks anything'))
    }
    sql.close()
    return results
  } finally {
    await analyst.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Milliseconds from when each tap should have been stored until it was. */
const waits = async (tap: () => void, work: () => Promise<unknown>): Promise<readonly number[]> => {
  const times: number[] = []
  const over = new AbortController()
  const taps = (async () => {
    for (let due = performance.now(); !over.signal.aborted; due += TAP_EVERY_MS) {
      await setTimeout(Math.max(0, due - performance.now()))
      tap()
      times.push(performance.now() - due)
    }
  })()
  await work()
  over.abort()
  await taps
  return times
}

const RATINGS = ['queue', 'friendly', 'fresh'] as const
const WORDS = ['Die Schlange an der Kasse war viel zu lang.', 'Sehr freundliche Beratung an der Theke, danke.', 'Das Gemüse war leider welk und das Obst teuer.', 'Der Pfandautomat war wieder kaputt.'] as const

/** Visits of five rows: a judgement, three ratings beside it, and words or another rating. `step`: between visits. */
const visitsFrom = (start: number, step: number): (() => FeedbackRow) => {
  const random = seededRandom(11)
  let n = -1
  return () => {
    n += 1
    const [visit, part] = [Math.floor(n / 5), n % 5]
    const touchpoint = TOUCHPOINTS[visit % TOUCHPOINTS.length]!
    const id = `${n}`.padStart(12, '0')
    const common = { id, response: `r${visit}`, touchpoint, survey: 'visit', at: millis(Math.floor(start + visit * step)), receivedAt: start + visit * step, dev: `kiosk-${touchpoint}`, channel: 'kiosk' as const, lang: visit % 10 === 0 ? ('en' as const) : ('de' as const), flags: [] }
    const value = 1 + Math.floor(5 * Math.sqrt(random()))
    if (part === 0) return { ...common, question: 'mood', kind: 'csat5', value, detail: false }
    if (part < 4) return { ...common, question: RATINGS[part - 1]!, kind: 'csat5', value, detail: true }
    if (visit % 4 === 0) return { ...common, question: 'words', kind: 'text', value: WORDS[visit % WORDS.length]!, detail: true }
    return { ...common, question: 'clean', kind: 'csat5', value, detail: true }
  }
}
