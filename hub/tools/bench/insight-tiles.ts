/** What the figures of a manager's screen take out of few and out of very many answers, in the hub's own database, beside plain SQL over the same rows and beside PostgreSQL. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FeedbackRow } from '#hub/ports/feedback-store.ts'
import { seededRandom } from '#shared/insights/statistics/seeded-random.ts'
import { millis } from '#shared/kernel/time.ts'
import { sqliteAnswerCells } from '../../stores/sqlite/figures/answer-cells.ts'
import { sqliteDeviceStreams } from '../../stores/sqlite/devices/device-streams.ts'
import { sqliteDeviceStore } from '../../stores/sqlite/devices/devices.ts'
import { sqliteDocumentStore } from '../../stores/sqlite/releases/documents.ts'
import { sqliteFeedbackStore } from '../../stores/sqlite/feedback/feedback-store.ts'
import { openDatabase } from '../../stores/sqlite/database/open-database.ts'
import { sqliteTransactions } from '../../stores/sqlite/database/transactions.ts'
import { readCompare, readOverview, readWeekMap } from '../../use-cases/figures/read-figures.ts'
import { readTrend } from '../../use-cases/figures/read-trend.ts'
import { compare, quantile, type Comparison, type Scale } from './measure.ts'
import { askPostgres } from './postgres-tiles.ts'

export const ZONE = 'Europe/Berlin'
const DAY_MS = 86_400_000
const YEARS_MS = 2 * 365 * DAY_MS
export const TOUCHPOINTS = ['exit', 'checkout', 'meat', 'bread', 'bottles', 'service'] as const
/** Answers of one transaction while it fills. */
const STEP = 5_000
const ROUNDS = 200

/** `ANSWERS`: other than ten million. */
export const insightTiles = async ({ quick }: Scale): Promise<readonly Comparison[]> => {
  const [few, many] = quick ? [1_000, 100_000] : [10_000, Number(process.env['ANSWERS'] ?? 10_000_000)]
  const small = measure(few)
  const large = measure(many)
  const rows = `${many.toLocaleString('en')} answers`
  const postgres = await askPostgres(many, YEARS_MS)
  return [
    ...large.tiles.map(({ name, p95 }, i) => compare(`${name}, ${rows}, after each new answer, p95`, 'ms of processor', p95, small.tiles[i]!.p95, `the same out of ${few.toLocaleString('en')}`)),
    compare(`first figure after a start, ${rows}`, 'ms of processor', large.cold, small.cold, `the same out of ${few.toLocaleString('en')}`),
    compare(`one touchpoint over a year, ${rows}, p95`, 'ms of processor', large.tile, large.plain, 'plain SQL over the rows, by their index'),
    ...(postgres === null ? [] : [compare(`one touchpoint over a year, ${rows}, p95`, 'ms of processor', large.tile, postgres, 'PostgreSQL 15 over as many rows, by an index that holds all it needs, as it times itself')]),
  ]
}

type Measured = { readonly tiles: readonly { readonly name: string; readonly p95: number }[]; readonly cold: number; readonly tile: number; readonly plain: number }

const measure = (n: number): Measured => {
  const folder = mkdtempSync(join(tmpdir(), 'einklang-bench-'))
  try {
    const now = Date.now()
    const answer = answersFrom(now - YEARS_MS, YEARS_MS / n)
    const { sql, transactions, feedback, cells, parts } = openAnswers(folder, now, n, answer)
    const year = { from: now - 365 * DAY_MS, until: now }
    const [overview, trend, week, compared] = [readOverview(parts), readTrend(parts), readWeekMap(parts), readCompare(parts)]
    const cold = timed(() => overview({ metric: 'csat', period: 'month' }))
    const p95 = (ask: () => unknown): number => {
      const times = Array.from({ length: ROUNDS }, () => {
        transactions.run(() => {
          feedback.putNew([answer()])
          cells.keepUp(ZONE, 1)
        })
        return timed(ask)
      })
      return quantile(times, 0.95)
    }
    const tiles = [
      { name: 'overview of 28 days', p95: p95(() => overview({ metric: 'csat', period: 'month' })) },
      { name: 'trend of a year at a touchpoint', p95: p95(() => trend({ metric: 'csat', step: 'week', at: 'meat', ...year })) },
      { name: 'touchpoints compared over a year', p95: p95(() => compared({ metric: 'csat', by: 'touchpoint', ...year })) },
      { name: 'channels at a touchpoint', p95: p95(() => compared({ metric: 'csat', by: 'channel', at: 'meat', ...year })) },
      { name: 'languages', p95: p95(() => compared({ metric: 'csat', by: 'language', ...year })) },
      { name: 'map of the week', p95: p95(() => week({ metric: 'csat', ...year })) },
    ]
    const plain = sql.prepare(`SELECT score, count(*) AS n FROM feedback WHERE kind = 'csat5' AND detail = 0 AND touchpoint = ? AND at >= ? AND at <= ? AND score IS NOT NULL GROUP BY score`)
    const plainTimes = Array.from({ length: n > 1_000_000 ? 5 : 30 }, () => timed(() => plain.all('meat', year.from, year.until)))
    const tile = p95(() => trend({ metric: 'csat', step: 'month', at: 'meat', ...year }))
    sql.close()
    return { tiles, cold, tile, plain: quantile(plainTimes, 0.95) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A hub's database with so many answers, and what figures are read from. */
export const openAnswers = (folder: string, now: number, n: number, answer: () => FeedbackRow) => {
  const opened = openDatabase(folder, millis(now))
  if (!opened.ok) throw new Error(`no database in ${folder}`)
  const sql = opened.value
  // Nothing is to survive this run; how quickly it is filled is another bench.
  sql.exec('PRAGMA synchronous = OFF')
  const transactions = sqliteTransactions(sql)
  const [feedback, cells] = [sqliteFeedbackStore(sql), sqliteAnswerCells(sql)]
  for (let done = 0; done < n; done += STEP) {
    transactions.run(() => {
      feedback.putNew(Array.from({ length: Math.min(STEP, n - done) }, answer))
      while (!cells.count(ZONE)) continue
    })
  }
  const clock = { now: () => millis(now) }
  return { sql, transactions, feedback, cells, parts: { feedback, cells, documents: sqliteDocumentStore(sql, clock), devices: sqliteDeviceStore(sql), streams: sqliteDeviceStreams(sql), clock } }
}

/** Milliseconds of processor, all threads of this process: what else the machine does does not count. */
const timed = (work: () => unknown): number => {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

/** One answer after the other, in the order of time: two kiosks a touchpoint, some phones, three languages, four kinds of customers. */
const answersFrom = (start: number, step: number): (() => FeedbackRow) => {
  const random = seededRandom(7)
  let n = 0
  return () => {
    n += 1
    const touchpoint = Math.floor(TOUCHPOINTS.length * random())
    const isPhone = random() < 0.1
    // open from eight to eight
    const at = start + n * step
    const day = Math.floor(at / DAY_MS) * DAY_MS
    const opened = day + 7 * 3_600_000 + Math.floor(((at - day) / DAY_MS) * 12 * 3_600_000)
    return {
      id: `${n}`.padStart(12, '0'), response: `r${`${n}`.padStart(12, '0')}`, touchpoint: TOUCHPOINTS[touchpoint]!, survey: 'visit', question: 'mood', kind: 'csat5', value: 1 + Math.floor(5 * Math.sqrt(random())), detail: false,
      at: millis(opened), receivedAt: opened, dev: isPhone ? `sign-${touchpoint}` : `kiosk-${touchpoint}-${random() < 0.5 ? 1 : 2}`, channel: isPhone ? 'phone' : 'kiosk', lang: random() < 0.9 ? 'de' : 'en', flags: random() < 0.01 ? ['burst'] : [],
    }
  }
}
