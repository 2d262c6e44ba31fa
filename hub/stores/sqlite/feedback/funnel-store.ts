/** Visits in SQLite. */
import type { DatabaseSync } from 'node:sqlite'
import type { FunnelStore, FunnelStretch } from '#hub/ports/funnel-store.ts'
import type { FunnelCounts } from '#shared/insights/funnel.ts'
import type { DeviceId } from '#shared/kernel/ids.ts'
import { millis } from '#shared/kernel/time.ts'
import { allRows, oneRow } from '../database/rows.ts'

const COLUMNS = 'INSERT INTO visit (dev, sid, at, told, basket, shown, opened, ordered)'
const VISIT = `${COLUMNS} VALUES (?, ?, ?, ?, ?, ?, 0, 0) ON CONFLICT (dev, sid) DO UPDATE SET`
/** What goes on with a visit that is a count by now begins no second one. */
const GOES_ON = `${COLUMNS} SELECT ?1, ?2, ?3, ?4, ?5, ?6, 0, 0
  WHERE ?3 >= (SELECT coalesce(max(before), 0) FROM visit_folded) OR EXISTS (SELECT 1 FROM visit WHERE dev = ?1 AND sid = ?2) ON CONFLICT (dev, sid) DO UPDATE SET`
/** The word of the beginning is the beginning; anything else stands in for it until it comes. */
const STARTED = `${VISIT} at = excluded.at, told = excluded.told`
const BEGUN = `${GOES_ON} basket = 1`
const SHOWN = `${GOES_ON} basket = 1, shown = 1`
/** A visit is opened or ordered if any of its codes is. */
const refreshed = (opened: string, ordered: string): string => `
  UPDATE visit SET (opened, ordered) = (
    SELECT ${opened}, ${ordered}
    FROM visit_code LEFT JOIN claim USING (qid) WHERE visit_code.dev = ?1 AND visit_code.sid = ?2
  ) WHERE dev = ?1 AND sid = ?2`
const OPENED = 'count(claim.qid) > 0'
const ORDERED = "count(*) FILTER (WHERE claim.state = 'ordered') > 0"
const REFRESH = refreshed(OPENED, ORDERED)
/** A code that is heard of late adds to its visit, and takes nothing away: the others of the visit may have had their time. */
const ADD_TO = refreshed(`max(opened, ${OPENED})`, `max(ordered, ${ORDERED})`)
const COUNTS = `
  SELECT dev, sum(visits) AS visits, sum(told) AS told, sum(baskets) AS baskets, sum(shownTold) AS shownTold, sum(shown) AS shown, sum(opened) AS opened, sum(ordered) AS ordered FROM (
    SELECT dev, count(*) AS visits, sum(told) AS told, sum(told AND basket) AS baskets, sum(told AND shown) AS shownTold, sum(shown) AS shown, sum(opened) AS opened, sum(ordered) AS ordered
    FROM visit WHERE at >= ?1 AND at < ?2 GROUP BY dev
    UNION ALL SELECT dev, visits, told, baskets, shown_told, shown, opened, ordered FROM visit_day WHERE day >= ?1 AND day < ?2
  ) GROUP BY dev ORDER BY dev`
const EARLY = `
  SELECT count(*) AS opened, count(*) FILTER (WHERE claim.state = 'ordered') AS ordered
  FROM visit_code JOIN claim USING (qid) WHERE visit_code.shown_at IS NULL AND claim.first_at >= ? AND claim.first_at < ?`

type CodeRow = { readonly dev: string; readonly sid: string | null }

export const sqliteFunnelStore = (sql: DatabaseSync): FunnelStore => {
  const started = sql.prepare(STARTED)
  const begun = sql.prepare(BEGUN)
  const shown = sql.prepare(SHOWN)
  const refresh = sql.prepare(REFRESH)
  const addTo = sql.prepare(ADD_TO)
  const code = sql.prepare('SELECT dev, sid FROM visit_code WHERE qid = ?')
  const tellCode = sql.prepare(`
    INSERT INTO visit_code (qid, dev, sid, shown_at) VALUES (?, ?, ?, ?) ON CONFLICT (qid) DO UPDATE SET sid = excluded.sid, shown_at = excluded.shown_at WHERE shown_at IS NULL`)
  const meetCode = sql.prepare('INSERT INTO visit_code (qid, dev, sid, shown_at) VALUES (?, ?, NULL, NULL) ON CONFLICT (qid) DO NOTHING')
  const counts = sql.prepare(COUNTS)
  const since = sql.prepare('SELECT min(at) AS at FROM (SELECT min(at) AS at FROM visit UNION ALL SELECT min(day) FROM visit_day)')
  const early = sql.prepare(EARLY)

  const refreshVisitOf = (qid: string, how: typeof refresh): void => {
    const row = oneRow<CodeRow>(code, qid)
    if (row?.sid != null) how.run(row.dev, row.sid)
  }
  return {
    visitStarted: ({ dev, sid }, at, told) => void started.run(dev, sid, at, Number(told), 0, 0),
    basketBegun: ({ dev, sid }, at) => void begun.run(dev, sid, at, 0, 1, 0),
    codeShown: ({ qid, dev, sid, at }) => {
      tellCode.run(qid, dev, sid, at)
      if (sid !== null) shown.run(dev, sid, at, 0, 1, 1)
      refreshVisitOf(qid, addTo)
    },
    handoffMoved: (qid, dev) => {
      meetCode.run(qid, dev)
      refreshVisitOf(qid, refresh)
    },
    countsByDevice: ({ from, until }) => allRows<FunnelCounts & { readonly dev: string }>(counts, from, until).map(({ dev, ...row }) => ({ dev: dev as DeviceId, counts: { ...row } })),
    since: () => {
      const at = oneRow<{ readonly at: number | null }>(since)?.at ?? null
      return at === null ? null : millis(at)
    },
    early: ({ from, until }: FunnelStretch) => ({ ...oneRow<{ readonly opened: number; readonly ordered: number }>(early, from, until)! }),
  }
}
