/** Lets go of data that has had its time, in SQLite. Deleted rows are overwritten (secure_delete), the journal is emptied at the end of a run. */
import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import { RETENTION_STEP, type DayOf, type Retention, type Step } from '#hub/ports/retention.ts'
import type { Transactions } from '#hub/ports/transaction.ts'
import { contactEndsAt } from '#shared/feedback/contact-time.ts'
import { millis, type Millis } from '#shared/kernel/time.ts'
import type { PrivacyChoices } from '#shared/privacy/privacy-settings.ts'
import type { Kept } from '#shared/privacy/retention.ts'
import type { RetentionRun } from '#shared/protocol/privacy.ts'
import { NO_HOUR } from '../feedback/feedback-sums.ts'
import { allRows, oneRow } from '../database/rows.ts'

/** Scored answers and choices: everything that was tapped. */
const TAPS = "kind NOT IN ('text', 'contact')"
const SAID = "kind IN ('text', 'contact')"
/** Events that carry words or a contact. */
const WORDS = "type IN ('feedback.commented', 'feedback.contact-left')"

/** A run of before there was some class says nothing of it. */
const NOTHING_GONE: RetentionRun['gone'] = { taps: 0, words: 0, receipts: 0, baskets: 0, orders: 0, audit: 0, contacts: 0 }

type Count = { readonly n: number }
type Span = { readonly n: number; readonly oldest: number | null }

export const sqliteRetention = (sql: DatabaseSync, transactions: Transactions): Retention => ({
  ...letting(sql, transactions),
  ...untying(sql, transactions),
  foldVisits: foldingVisits(sql, transactions),
  emptyEvents: emptying(sql, transactions),
  ...looking(sql),
  settle: () => {
    try {
      return oneRow<{ readonly busy: number }>(sql.prepare('PRAGMA wal_checkpoint(TRUNCATE)'))?.busy === 0
    } catch {
      return false
    }
  },
})

const stepOf = (gone: number): Step => ({ gone, done: gone < RETENTION_STEP })

const letting = (sql: DatabaseSync, transactions: Transactions): Pick<Retention, 'sumTaps' | 'dropWords' | 'dropCaseWords' | 'dropContacts' | 'dropBaskets' | 'dropOrderPersons'> => {
  const old = (what: string) => sql.prepare(`SELECT n FROM feedback WHERE ${what} AND received_at < ? ORDER BY received_at LIMIT ${RETENTION_STEP}`)
  const taps = old(`${TAPS} AND n <= (SELECT upto FROM answer_count)`)
  const words = old(SAID)
  const isOne = 'n IN (SELECT value FROM json_each(?))'
  const drop = sql.prepare(`DELETE FROM feedback WHERE ${isOne}`)
  // What follows ON CONFLICT belongs to the insert only behind a WHERE.
  const sum = sql.prepare(`INSERT INTO feedback_sum (kind, question, touchpoint, dev, detail, hour, answer, survey, channel, lang, segment, n, flagged)
    SELECT kind, question, touchpoint, dev, detail, CASE WHEN at IS NULL THEN ${NO_HOUR} ELSE (at / ?1) * ?1 END AS stretch, coalesce(CAST(score AS TEXT), words) AS answer, survey, channel, coalesce(lang, '') AS said, coalesce(segment, '') AS part,
      count(*), sum(flags IS NOT NULL)
    FROM feedback WHERE n IN (SELECT value FROM json_each(?2)) GROUP BY kind, question, touchpoint, dev, detail, stretch, answer, survey, channel, said, part
    ON CONFLICT DO UPDATE SET n = n + excluded.n, flagged = flagged + excluded.flagged`)
  // Only what is counted, and sums keep to the hours of the cells: so no cell changes.
  const loose = sql.prepare('DELETE FROM loose_response WHERE at < ?')
  const voices = sql.prepare('DELETE FROM board_voice WHERE NOT EXISTS (SELECT 1 FROM feedback WHERE feedback.id = board_voice.id)')
  const moving = sql.prepare('UPDATE answer_count SET moving = ?')
  const contacts = sql.prepare('SELECT id, at, answered_at AS answeredAt FROM feedback_contact')
  const endedCases = sql.prepare(`SELECT id FROM acting_case WHERE closed_at < ? AND (title <> '' OR response IS NOT NULL OR person IS NOT NULL) ORDER BY id LIMIT ${RETENTION_STEP}`)
  const emptySteps = sql.prepare("UPDATE acting_step SET text = CASE WHEN what IN ('note', 'resolved', 'reopened') THEN '' ELSE text END, who = NULL WHERE case_id IN (SELECT value FROM json_each(?))")
  const emptyCases = sql.prepare("UPDATE acting_case SET title = '', origin = CASE WHEN response IS NULL THEN origin ELSE 'erased' END, response = NULL, dev = NULL, person = NULL WHERE id IN (SELECT value FROM json_each(?))")
  const dropContact = sql.prepare('DELETE FROM feedback_contact WHERE id = ?')
  const persons = sql.prepare(`DELETE FROM shop_order_person WHERE id IN (SELECT p.id FROM shop_order_person p JOIN shop_order o ON o.id = p.id WHERE o.placed_at < ? LIMIT ${RETENTION_STEP})`)
  const baskets = [
    `DELETE FROM shown_quote WHERE qid IN (SELECT qid FROM shown_quote WHERE issued_at < ? LIMIT ${RETENTION_STEP})`,
    `DELETE FROM checkout_link WHERE (qid, session, cart) IN (SELECT qid, session, cart FROM checkout_link WHERE made_at < ? LIMIT ${RETENTION_STEP})`,
    // Opened before anybody told when it was shown: counted by the day it was opened, and tied to no visit.
    `DELETE FROM claim WHERE qid IN (SELECT qid FROM claim WHERE first_at < ? AND NOT EXISTS (SELECT 1 FROM visit_code WHERE visit_code.qid = claim.qid AND shown_at IS NULL) LIMIT ${RETENTION_STEP})`,
    `DELETE FROM visit_code WHERE qid IN (SELECT qid FROM visit_code WHERE shown_at < ? LIMIT ${RETENTION_STEP})`,
  ].map((text) => sql.prepare(text))
  const rowsOf = (statement: typeof taps, before: Millis): string => JSON.stringify(allRows<Count>(statement, before).map(({ n }) => n))
  return {
    sumTaps: (before, stepMs) =>
      transactions.run(() => {
        const rows = rowsOf(taps, before)
        sum.run(stepMs, rows)
        moving.run(1)
        const { changes } = drop.run(rows)
        moving.run(0)
        loose.run(before)
        return stepOf(Number(changes))
      }),
    dropWords: (before) =>
      transactions.run(() => {
        const { changes } = drop.run(rowsOf(words, before))
        if (changes > 0) voices.run()
        return stepOf(Number(changes))
      }),
    dropCaseWords: (before) =>
      transactions.run(() => {
        const ids = JSON.stringify(allRows<{ readonly id: number }>(endedCases, before).map(({ id }) => id))
        emptySteps.run(ids)
        return stepOf(Number(emptyCases.run(ids).changes))
      }),
    dropContacts: (now) =>
      transactions.run(() => {
        const over = allRows<ContactTimes>(contacts).filter((contact) => contactEndsAt(contact) <= now).slice(0, RETENTION_STEP)
        for (const { id } of over) dropContact.run(id)
        return stepOf(over.length)
      }),
    dropBaskets: (before) => transactions.run(() => stepOf(baskets.reduce((gone, statement) => Math.max(gone, Number(statement.run(before).changes)), 0))),
    dropOrderPersons: (before) => transactions.run(() => stepOf(Number(persons.run(before).changes))),
  }
}

/** What would tie one thing to another for good. */
const untying = (sql: DatabaseSync, transactions: Transactions): Pick<Retention, 'untieCases' | 'dropReceiptTies' | 'dropErasedTimes'> => {
  const cases = sql.prepare(`UPDATE acting_case SET origin = 'erased', response = NULL, dev = NULL WHERE id IN (
    SELECT id FROM acting_case c WHERE response IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM feedback f WHERE f.dev = c.dev AND f.response = c.response)
      AND NOT EXISTS (SELECT 1 FROM receipt r WHERE r.response = c.response) AND NOT EXISTS (SELECT 1 FROM feedback_contact k WHERE k.response = c.response) LIMIT ${RETENTION_STEP})`)
  const ties = sql.prepare(`DELETE FROM receipt_event WHERE (hash, id) IN (
    SELECT hash, id FROM receipt_event e WHERE NOT EXISTS (SELECT 1 FROM receipt r WHERE r.hash = e.hash) AND NOT EXISTS (SELECT 1 FROM event v WHERE v.id = e.id AND v.body <> '{}')
      AND NOT EXISTS (SELECT 1 FROM feedback f WHERE f.id = e.id) AND NOT EXISTS (SELECT 1 FROM feedback_contact k WHERE k.id = e.id) LIMIT ${RETENTION_STEP})`)
  const times = sql.prepare('DELETE FROM erased_answer WHERE gone_at < ?')
  const step = (statement: typeof cases) => () => transactions.run(() => stepOf(Number(statement.run().changes)))
  return {
    untieCases: step(cases),
    dropReceiptTies: step(ties),
    dropErasedTimes: (before) => transactions.run(() => ({ gone: Number(times.run(before).changes), done: true })),
  }
}

type VisitRow = { readonly dev: string; readonly sid: string; readonly at: Millis; readonly told: 0 | 1; readonly basket: 0 | 1; readonly shown: 0 | 1; readonly opened: 0 | 1; readonly ordered: 0 | 1; readonly answered: 0 | 1 }

const foldingVisits = (sql: DatabaseSync, transactions: Transactions): Retention['foldVisits'] => {
  const old = sql.prepare(`SELECT dev, sid, at, told, basket, shown, opened, ordered, EXISTS (SELECT 1 FROM answered_visit a WHERE a.dev = v.dev AND a.sid = v.sid) AS answered
    FROM visit v WHERE at < ? AND NOT EXISTS (SELECT 1 FROM visit_code c WHERE c.dev = v.dev AND c.sid = v.sid) ORDER BY at LIMIT ${RETENTION_STEP}`)
  const add = sql.prepare(`INSERT INTO visit_day (dev, day, visits, told, baskets, shown_told, shown, opened, ordered, answered) VALUES (?, ?, 1, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (dev, day) DO UPDATE SET visits = visits + 1, told = told + excluded.told, baskets = baskets + excluded.baskets, shown_told = shown_told + excluded.shown_told,
      shown = shown + excluded.shown, opened = opened + excluded.opened, ordered = ordered + excluded.ordered, answered = answered + excluded.answered`)
  const drop = ['visit', 'answered_visit'].map((table) => sql.prepare(`DELETE FROM ${table} WHERE dev = ? AND sid = ?`))
  const note = sql.prepare('INSERT INTO visit_folded (one, before) VALUES (1, ?1) ON CONFLICT (one) DO UPDATE SET before = max(before, ?1)')
  // A device tells in order: only what a later version of the hub will understand may still be the beginning of such a visit.
  const lost = sql.prepare(`DELETE FROM answered_visit AS a WHERE NOT EXISTS (SELECT 1 FROM visit v WHERE v.dev = a.dev AND v.sid = a.sid) AND dev NOT IN (SELECT dev FROM event WHERE state = 'parked')`)
  return (before: Millis, dayOf: DayOf) =>
    transactions.run(() => {
      const rows = allRows<VisitRow>(old, before)
      for (const { dev, sid, at, told, basket, shown, opened, ordered, answered } of rows) {
        add.run(dev, dayOf(at), told, told && basket, told && shown, shown, opened, ordered, answered)
        for (const step of drop) step.run(dev, sid)
      }
      if (rows.length > 0) note.run(before)
      return stepOf(rows.length + Number(rows.length < RETENTION_STEP ? lost.run().changes : 0))
    })
}

type ContactTimes = { readonly id: string; readonly at: Millis; readonly answeredAt: Millis | null }

/** Events lie in the order of their arrival: how far they were emptied is one number for each of the two kinds. */
const emptying = (sql: DatabaseSync, transactions: Transactions): Retention['emptyEvents'] => {
  const next = sql.prepare('SELECT n, received_at AS at FROM event WHERE n >= ? ORDER BY n LIMIT 1')
  const last = sql.prepare('SELECT coalesce(max(n), 0) AS n FROM event')
  const done = sql.prepare('SELECT n FROM emptied WHERE kind = ?')
  const note = sql.prepare('INSERT INTO emptied (kind, n) VALUES (?, ?) ON CONFLICT (kind) DO UPDATE SET n = excluded.n')
  const empty = { taps: emptyWhere(sql, `NOT (${WORDS})`), words: emptyWhere(sql, WORDS) }
  /** Number of the first event that arrived at `before` or later. */
  const firstSince = (before: Millis): number => {
    let low = 0
    let high = oneRow<Count>(last)!.n + 1
    while (low < high) {
      const middle = Math.floor((low + high) / 2)
      const row = oneRow<{ readonly n: number; readonly at: number }>(next, middle)
      if (row && row.at < before) low = row.n + 1
      else high = middle
    }
    return low
  }
  const step = (kind: 'taps' | 'words', before: Millis): Step => {
    const from = oneRow<Count>(done, kind)?.n ?? 0
    const until = firstSince(before)
    if (until <= from) return { gone: 0, done: true }
    return transactions.run(() => {
      const to = Math.min(until, from + RETENTION_STEP)
      const gone = Number(empty[kind].run(from, to).changes)
      note.run(kind, to)
      return { gone, done: to === until }
    })
  }
  return (tapsBefore, wordsBefore) => {
    const [taps, words] = [step('taps', tapsBefore), step('words', wordsBefore)]
    return { gone: taps.gone + words.gone, done: taps.done && words.done }
  }
}

const emptyWhere = (sql: DatabaseSync, which: string) => sql.prepare(`UPDATE event SET body = '{}' WHERE n >= ? AND n < ? AND state = 'stored' AND ${which} AND body <> '{}'`)

const looking = (sql: DatabaseSync): Pick<Retention, 'kept' | 'sumsBefore' | 'choices' | 'choose' | 'lastRun' | 'keepRun'> => {
  const spanOf = (text: string, ...values: readonly SQLInputValue[]): Span => oneRow<Span>(sql.prepare(text), ...values)!
  const contacts = sql.prepare('SELECT id, at, answered_at AS answeredAt FROM feedback_contact')
  const choices = sql.prepare('SELECT choices FROM privacy_choice')
  const run = sql.prepare('SELECT at, gone FROM retention_run')
  const as = (kept: Kept['class'], { n, oldest }: Span): Kept => ({ class: kept, n, oldestAt: oldest === null ? null : millis(oldest) })
  return {
    kept: () => {
      const ends = allRows<ContactTimes>(contacts).map(contactEndsAt)
      return [
        as('taps', spanOf(`SELECT count(*) AS n, min(received_at) AS oldest FROM feedback WHERE ${TAPS}`)),
        as('words', spanOf(`SELECT count(*) AS n, min(received_at) AS oldest FROM feedback WHERE ${SAID}`)),
        as('receipts', spanOf('SELECT count(*) AS n, min(received_at) AS oldest FROM receipt')),
        as('baskets', spanOf('SELECT count(*) AS n, min(at) AS oldest FROM (SELECT issued_at AS at FROM shown_quote UNION ALL SELECT shown_at FROM visit_code WHERE shown_at IS NOT NULL)')),
        as('orders', spanOf('SELECT count(*) AS n, min(placed_at) AS oldest FROM shop_order_person JOIN shop_order USING (id)')),
        as('audit', spanOf('SELECT count(*) AS n, min(at) AS oldest FROM audit')),
        as('contacts', { n: ends.length, oldest: ends.length === 0 ? null : Math.min(...ends) }),
      ]
    },
    sumsBefore: () => {
      const { oldest } = spanOf('SELECT count(*) AS n, max(hour) AS oldest FROM feedback_sum')
      return oldest === null || oldest === NO_HOUR ? null : millis(oldest + 3_600_000)
    },
    choices: () => {
      const row = oneRow<{ readonly choices: string }>(choices)
      return row ? (JSON.parse(row.choices) as PrivacyChoices) : {}
    },
    choose: (chosen) => void sql.prepare('INSERT INTO privacy_choice (one, choices) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET choices = excluded.choices').run(JSON.stringify(chosen)),
    lastRun: () => {
      const row = oneRow<{ readonly at: number; readonly gone: string }>(run)
      return row && { at: row.at, gone: { ...NOTHING_GONE, ...(JSON.parse(row.gone) as Partial<RetentionRun['gone']>) } }
    },
    keepRun: ({ at, gone }) => void sql.prepare('INSERT INTO retention_run (one, at, gone) VALUES (1, ?, ?) ON CONFLICT (one) DO UPDATE SET at = excluded.at, gone = excluded.gone').run(at, JSON.stringify(gone)),
  }
}
