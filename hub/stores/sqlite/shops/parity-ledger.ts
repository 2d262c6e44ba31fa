/** How prices compare, in SQLite. */
import type { DatabaseSync } from 'node:sqlite'
import { BASKETS_KEPT_MS, DAYS_KEPT, MAX_ALARMS, type ParityLedger, type ShopWord, type StoredAlarm, type WaitingBasket } from '#hub/ports/parity-ledger.ts'
import type { DeviceId, QuoteId } from '#shared/kernel/ids.ts'
import type { Json } from '#shared/kernel/json.ts'
import { cents } from '#shared/kernel/money.ts'
import { millis } from '#shared/kernel/time.ts'
import { PARITY_SOURCES, type ImportReport, type ParityCause, type ParityCounts, type ParityOutcome, type ParitySource } from '#shared/protocol/parity.ts'
import { allRows, oneRow } from '../database/rows.ts'

type WaitingRow = { readonly qid: string; readonly dev: string; readonly digits: string; readonly total_cents: number; readonly issued_at: number; readonly received_at: number }
type SumRow = { readonly source: ParitySource; readonly since: number; readonly last_at: number; readonly equal: number; readonly different: number; readonly left_over: number; readonly passed: number; readonly apart_minor: number }
type AlarmRow = {
  readonly id: number; readonly source: ParitySource; readonly cause: ParityCause; readonly detail: string | null; readonly first_at: number; readonly last_at: number
  readonly baskets: number; readonly by_minor: number; readonly dev: string | null; readonly offers: string; readonly example: string; readonly closed_at: number | null
}
type ShopRow = { readonly answered_at: number | null; readonly trouble_at: number | null; readonly trouble: string | null; readonly report: string | null }

const DAY_MS = 86_400_000
const COLUMN: { readonly [O in ParityOutcome]: string } = { equal: 'equal', different: 'different', left: 'left_over', passed: 'passed' }
const NOTHING: ParityCounts = { equal: 0, different: 0, left: 0, passed: 0, apartMinor: 0 }

export const sqliteParityLedger = (sql: DatabaseSync): ParityLedger => ({ ...baskets(sql), ...alarms(sql), ...shopWords(sql) })

const baskets = (sql: DatabaseSync): Pick<ParityLedger, 'await' | 'waiting' | 'countWaiting' | 'count' | 'sums' | 'summarise'> => {
  const add = sql.prepare(`
    INSERT INTO parity_waiting (qid, dev, digits, total_cents, issued_at, received_at)
    SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE NOT EXISTS (SELECT 1 FROM parity_basket WHERE source = 'handoff' AND id = ?1) ON CONFLICT DO NOTHING`)
  const oldest = sql.prepare('SELECT * FROM parity_waiting ORDER BY received_at, qid LIMIT ?')
  const howMany = sql.prepare('SELECT count(*) AS n FROM parity_waiting')
  const ended = sql.prepare('DELETE FROM parity_waiting WHERE qid = ?')
  const seen = sql.prepare('INSERT INTO parity_basket (source, id, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING')
  const counting = Object.fromEntries(Object.entries(COLUMN).map(([outcome, column]) => [outcome, sql.prepare(`
    INSERT INTO parity_day (day, source, first_at, last_at, equal, different, left_over, passed, apart_minor)
    VALUES (?1, ?2, ?3, ?3, ${Object.values(COLUMN).map((one) => (one === column ? 1 : 0)).join(', ')}, ?4)
    ON CONFLICT DO UPDATE SET first_at = min(first_at, ?3), last_at = max(last_at, ?3), ${column} = ${column} + 1, apart_minor = apart_minor + ?4`)]))
  const sums = sql.prepare('SELECT source, min(first_at) AS since, max(last_at) AS last_at, sum(equal) AS equal, sum(different) AS different, sum(left_over) AS left_over, sum(passed) AS passed, sum(apart_minor) AS apart_minor FROM parity_day GROUP BY source')
  const forget = sql.prepare('DELETE FROM parity_basket WHERE at < ?')
  // `WHERE true` parts the upsert from the grouping before it.
  const fold = sql.prepare(`
    INSERT INTO parity_day (day, source, first_at, last_at, equal, different, left_over, passed, apart_minor)
    SELECT 0, source, min(first_at), max(last_at), sum(equal), sum(different), sum(left_over), sum(passed), sum(apart_minor) FROM parity_day WHERE day > 0 AND day < ?1 GROUP BY source HAVING true
    ON CONFLICT DO UPDATE SET first_at = min(first_at, excluded.first_at), last_at = max(last_at, excluded.last_at), equal = equal + excluded.equal, different = different + excluded.different,
      left_over = left_over + excluded.left_over, passed = passed + excluded.passed, apart_minor = apart_minor + excluded.apart_minor`)
  const folded = sql.prepare('DELETE FROM parity_day WHERE day > 0 AND day < ?')
  return {
    await: ({ qid, dev, digits, totalCents, issuedAt, receivedAt }) => void add.run(qid, dev, digits, totalCents, issuedAt, receivedAt),
    waiting: (limit) => allRows<WaitingRow>(oldest, limit).map(toWaiting),
    countWaiting: () => oneRow<{ readonly n: number }>(howMany)!.n,
    count: ({ id, source, at, outcome, apartMinor }) => {
      if (source === 'handoff') ended.run(id)
      if (seen.run(source, id, at).changes === 0) return false
      counting[outcome]!.run(Math.floor(at / DAY_MS), source, at, apartMinor)
      return true
    },
    sums: () => {
      const rows = new Map(allRows<SumRow>(sums).map((row) => [row.source, row]))
      const all = [...rows.values()]
      return {
        since: all.length === 0 ? null : millis(Math.min(...all.map(({ since }) => since))),
        lastAt: all.length === 0 ? null : millis(Math.max(...all.map(({ last_at }) => last_at))),
        counts: Object.fromEntries(PARITY_SOURCES.map((source) => [source, toCounts(rows.get(source))])) as { readonly [S in ParitySource]: ParityCounts },
      }
    },
    summarise: (now) => {
      forget.run(now - BASKETS_KEPT_MS)
      const before = Math.floor(now / DAY_MS) - DAYS_KEPT
      fold.run(before)
      folded.run(before)
    },
  }
}

const alarms = (sql: DatabaseSync): Pick<ParityLedger, 'raise' | 'alarms' | 'alarm' | 'close'> => {
  const raise = sql.prepare(`
    INSERT INTO parity_alarm (key, source, cause, detail, first_at, last_at, baskets, by_minor, dev, offers, example) VALUES (?1, ?2, ?3, ?4, ?5, ?5, 1, ?6, ?7, ?8, ?9)
    ON CONFLICT DO UPDATE SET source = ?2, cause = ?3, detail = ?4, last_at = ?5, baskets = baskets + 1, by_minor = ?6, dev = ?7, offers = ?8, example = ?9, closed_at = NULL`)
  const order = 'closed_at IS NOT NULL, last_at DESC, id DESC'
  const crowd = sql.prepare(`DELETE FROM parity_alarm WHERE id IN (SELECT id FROM parity_alarm ORDER BY ${order} LIMIT -1 OFFSET ${MAX_ALARMS})`)
  const newest = sql.prepare(`SELECT * FROM parity_alarm ORDER BY ${order} LIMIT ?`)
  const one = sql.prepare('SELECT * FROM parity_alarm WHERE id = ?')
  const close = sql.prepare('UPDATE parity_alarm SET closed_at = ? WHERE id = ? AND closed_at IS NULL')
  return {
    raise: ({ key, source, cause, detail, at, byMinor, dev, offers, example }) => {
      raise.run(key, source, cause, detail, at, byMinor, dev, JSON.stringify(offers), JSON.stringify(example))
      crowd.run()
    },
    alarms: (limit) => allRows<AlarmRow>(newest, limit).map(toAlarm),
    alarm: (id) => {
      const row = oneRow<AlarmRow>(one, id)
      return row && toAlarm(row)
    },
    close: (id, at) => close.run(at, id).changes === 1,
  }
}

const shopWords = (sql: DatabaseSync): Pick<ParityLedger, 'shopWord' | 'keepShopWord'> => {
  const word = sql.prepare('SELECT answered_at, trouble_at, trouble, report FROM parity_shop WHERE shop = ?')
  const keep = sql.prepare('INSERT OR REPLACE INTO parity_shop (shop, answered_at, trouble_at, trouble, report) VALUES (?, ?, ?, ?, ?)')
  return {
    shopWord: (shop) => {
      const row = oneRow<ShopRow>(word, shop)
      return row ? toWord(row) : { answeredAt: null, trouble: null, report: null }
    },
    keepShopWord: (shop, { answeredAt, trouble, report }) => void keep.run(shop, answeredAt, trouble?.since ?? null, trouble?.why ?? null, report && JSON.stringify(report)),
  }
}

const toWaiting = (row: WaitingRow): WaitingBasket => ({
  qid: row.qid as QuoteId, dev: row.dev as DeviceId, digits: row.digits, totalCents: cents(row.total_cents), issuedAt: millis(row.issued_at), receivedAt: millis(row.received_at),
})

const toCounts = (row: SumRow | undefined): ParityCounts => (row ? { equal: row.equal, different: row.different, left: row.left_over, passed: row.passed, apartMinor: row.apart_minor } : NOTHING)

const toAlarm = (row: AlarmRow): StoredAlarm => ({
  id: row.id,
  source: row.source,
  cause: row.cause,
  detail: row.detail,
  firstAt: millis(row.first_at),
  lastAt: millis(row.last_at),
  baskets: row.baskets,
  byMinor: row.by_minor,
  dev: row.dev as DeviceId | null,
  offers: JSON.parse(row.offers) as readonly string[],
  example: JSON.parse(row.example) as Json,
  closedAt: row.closed_at === null ? null : millis(row.closed_at),
})

const toWord = (row: ShopRow): ShopWord => ({
  answeredAt: row.answered_at === null ? null : millis(row.answered_at),
  trouble: row.trouble_at === null ? null : { since: millis(row.trouble_at), why: row.trouble ?? '' },
  report: row.report === null ? null : (JSON.parse(row.report) as ImportReport),
})
