/** Answers beside spend in SQLite: read off the stored events once their visit is over, kept as counts. */
import type { DatabaseSync } from 'node:sqlite'
import * as v from 'valibot'
import { SPEND_ROUNDED_TO, SPEND_STEPS, type AnsweredSpend, type SpendFilter, type SpendSource, type SpendStep } from '#hub/ports/spend-source.ts'
import type { WeekOfBaskets } from '#shared/insights/spend-cuts.ts'
import { isScored } from '#shared/feedback/scales.ts'
import { cents } from '#shared/kernel/money.ts'
import { millis, type Day, type Millis } from '#shared/kernel/time.ts'
import { FeedbackAnswered } from '#shared/protocol/feedback-events.ts'
import { allRows, oneRow } from '../database/rows.ts'

/** Events read in one step: some hundredths of a second. */
const STEP = 2_000
/** Where a count has no basket. */
const NO_CENTS = -1

type EventRow = { readonly n: number; readonly id: string; readonly dev: string; readonly type: string; readonly state: string; readonly at_hub: number; readonly received_at: number; readonly body: string }
type CodeRow = { readonly total: number; readonly state: string | null }
type CountRow = { readonly score: number; readonly reached: SpendStep; readonly cents: number; readonly n: number }
type Settled = { readonly event: number; readonly until: number }

/** A tap in a visit, as the device told it. */
const Tapped = v.object({ sid: v.string(), p: FeedbackAnswered })

export const sqliteSpendSource = (sql: DatabaseSync): SpendSource => {
  const settled = sql.prepare('SELECT event, until FROM spend_settled')
  const keepSettled = sql.prepare('INSERT INTO spend_settled (one, event, until) VALUES (1, ?, ?) ON CONFLICT (one) DO UPDATE SET event = excluded.event, until = excluded.until')
  const events = sql.prepare('SELECT n, id, dev, type, state, at_hub, received_at, body FROM event WHERE n > ? ORDER BY n LIMIT ?')
  const counts = sql.prepare('SELECT score, reached, cents, sum(n) AS n FROM spend_count WHERE kind = ? AND question = ? AND monday >= ? AND monday < ? GROUP BY score, reached, cents')
  const weeks = sql.prepare(`SELECT monday, score, sum(n) AS n FROM spend_count WHERE kind = ? AND question = ? AND cents <> ${NO_CENTS} GROUP BY monday, score ORDER BY monday, score`)
  const questions = sql.prepare('SELECT question, kind, sum(n) AS n FROM spend_count GROUP BY question, kind ORDER BY question, kind')
  const note = noting(sql)
  return {
    answered: ({ kind, question, from = '' as Day, until = '9999-12-31' as Day }: SpendFilter) =>
      allRows<CountRow>(counts, kind, question, from, until)
        .map(({ score, reached, cents: amount, n }): AnsweredSpend => ({ score, reached, spend: amount === NO_CENTS ? null : cents(amount), n }))
        .sort((a, b) => a.score - b.score || SPEND_STEPS.indexOf(a.reached) - SPEND_STEPS.indexOf(b.reached) || (a.spend ?? NO_CENTS) - (b.spend ?? NO_CENTS)),
    weeks: ({ kind, question }) => allRows<WeekOfBaskets>(weeks, kind, question).map(({ monday, score, n }) => ({ monday, score, n })),
    questions: () => allRows<ReturnType<SpendSource['questions']>[number]>(questions).map(({ question, kind, n }) => ({ question, kind, n })),
    settledUntil: () => {
      const row = oneRow<Settled>(settled)
      return row && millis(row.until)
    },
    settle: (until, mondayOf) => {
      const from = oneRow<Settled>(settled)?.event ?? 0
      const read = allRows<EventRow>(events, from, STEP)
      // What arrived too late to be judged, and all behind it, waits.
      const late = read.findIndex(({ received_at: at }) => at >= until)
      const ready = late === -1 ? read : read.slice(0, late)
      for (const row of ready) if (row.type === 'feedback.answered' && row.state === 'stored') note(row, mondayOf)
      keepSettled.run(ready.at(-1)?.n ?? from, until)
      return ready.length < STEP
    },
  }
}

const noting = (sql: DatabaseSync): ((row: EventRow, mondayOf: (at: Millis) => Day) => void) => {
  const counting = sql.prepare('SELECT 1 FROM feedback WHERE id = ? AND flags IS NULL')
  const codes = sql.prepare(`
    SELECT shown_quote.total_cents AS total, claim.state FROM visit_code JOIN shown_quote USING (qid) LEFT JOIN claim USING (qid)
    WHERE visit_code.dev = ? AND visit_code.sid = ? ORDER BY shown_quote.issued_at DESC, shown_quote.qid`)
  const add = sql.prepare('INSERT INTO spend_count (kind, question, monday, score, reached, cents, n) VALUES (?, ?, ?, ?, ?, ?, 1) ON CONFLICT DO UPDATE SET n = n + 1')
  return ({ id, dev, at_hub, body }, mondayOf) => {
    const read = v.safeParse(Tapped, JSON.parse(body))
    if (!read.success) return
    const { sid, p } = read.output
    if (!isScored(p.kind) || typeof p.value !== 'number' || !oneRow(counting, id)) return
    const { reached, amount } = worthOf(allRows<CodeRow>(codes, dev, sid))
    add.run(p.kind, p.question, mondayOf(millis(at_hub)), p.value, reached, amount)
  }
}

/** A visit with several codes is worth what was ordered, else what was shown last. */
const worthOf = (codes: readonly CodeRow[]): { readonly reached: SpendStep; readonly amount: number } => {
  const [newest] = codes
  if (!newest) return { reached: 'none', amount: NO_CENTS }
  const ordered = codes.find(({ state }) => state === 'ordered')
  const reached = ordered ? 'ordered' : codes.some(({ state }) => state !== null) ? 'opened' : 'shown'
  return { reached, amount: Math.round((ordered ?? newest).total / SPEND_ROUNDED_TO) * SPEND_ROUNDED_TO }
}
