/** Erasure in SQLite, with the lists of what is erased in files beside the database and beside its copies: a copy is older than the wish to be forgotten. */
import type { DatabaseSync } from 'node:sqlite'
import type { Clock } from '#hub/ports/clock.ts'
import type { Erased, Erasure } from '#hub/ports/erasure.ts'
import type { Transactions } from '#hub/ports/transaction.ts'
import type { ReceiptHash } from '#shared/feedback/receipt-code.ts'
import { QUARTER_MS } from '#shared/insights/group-tallies.ts'
import { appendLines, readLines } from '../care/line-file.ts'
import { allRows, oneRow } from '../database/rows.ts'

/** One id a line; ids and hashes say nothing about anybody. */
const IDS = 'erased-ids'
const RECEIPTS = 'erased-receipts'

type Id = { readonly id: string }
type Hash = { readonly hash: ReceiptHash }
/** What is to go: events by their ids, receipts by their hashes. */
type Doomed = { readonly ids: readonly string[]; readonly hashes: readonly ReceiptHash[] }

const NOTHING: Erased = { rows: 0, items: [] }

export const sqliteErasure = (sql: DatabaseSync, transactions: Transactions, folders: readonly string[], clock: Clock): Erasure => {
  const find = finding(sql)
  const strike = striking(sql, clock)
  const erase = (doomed: Doomed): Erased => {
    // An id that stands in the list without its rows being gone is erased at the next start; the other way round it would come back.
    for (const folder of folders) {
      appendLines(folder, IDS, doomed.ids)
      appendLines(folder, RECEIPTS, doomed.hashes)
    }
    return transactions.run(() => strike(doomed))
  }
  return {
    eraseResponse: (response) => {
      const doomed = find.ofResponse(response)
      return doomed.ids.length + doomed.hashes.length === 0 ? NOTHING : erase(doomed)
    },
    eraseReceipt: (hash) => (find.isErased(hash) ? NOTHING : erase({ ids: find.idsOf(hash), hashes: [hash] })),
    eraseContact: (hash) => erase({ ids: find.contactsOf(hash), hashes: [] }),
    waiting: find.waiting,
    eraseAgain: () => {
      const missing = find.missing({ ids: folders.flatMap((folder) => readLines(folder, IDS)), hashes: folders.flatMap((folder) => readLines(folder, RECEIPTS) as readonly ReceiptHash[]) })
      if (missing.ids.length + missing.hashes.length === 0) return 0
      const { rows } = transactions.run(() => strike(missing))
      settle(sql)
      return rows
    },
    settle: () => settle(sql),
  }
}

const finding = (sql: DatabaseSync) => {
  const byResponse = sql.prepare('SELECT id FROM feedback WHERE response = ?1 UNION SELECT id FROM feedback_contact WHERE response = ?1')
  const byPayload = sql.prepare(`SELECT id FROM event WHERE json_valid(body) AND json_extract(body, '$.p.response') = ?`)
  const receipts = sql.prepare('SELECT hash FROM receipt WHERE response = ?')
  const events = sql.prepare('SELECT id FROM receipt_event WHERE hash = ?')
  const answers = sql.prepare('SELECT f.id FROM receipt r JOIN feedback f ON f.dev = r.dev AND f.response = r.response WHERE r.hash = ?')
  const contacts = sql.prepare(`SELECT f.id FROM receipt r JOIN feedback f ON f.dev = r.dev AND f.response = r.response AND f.question = 'contact' WHERE r.hash = ?1
    UNION SELECT e.id FROM receipt_event e JOIN event ON event.id = e.id AND event.type = 'feedback.contact-left' WHERE e.hash = ?1`)
  const erasedReceipt = sql.prepare('SELECT 1 FROM erased_receipt WHERE hash = ?')
  const waiting = sql.prepare('SELECT count(*) AS n FROM erased_receipt WHERE arrived = 0')
  const ids = (rows: readonly Id[]): readonly string[] => rows.map(({ id }) => id)
  const eventsOf = (hash: ReceiptHash): readonly string[] => ids(allRows<Id>(events, hash))
  const idsOf = (hash: ReceiptHash): readonly string[] => [...new Set([...eventsOf(hash), ...ids(allRows<Id>(answers, hash))])]
  const isErased = (hash: ReceiptHash): boolean => oneRow(erasedReceipt, hash) !== null
  const held = sql.prepare('SELECT 1 FROM event WHERE id = ?1 UNION ALL SELECT 1 FROM feedback WHERE id = ?1 UNION ALL SELECT 1 FROM feedback_contact WHERE id = ?1')
  const heldReceipt = sql.prepare('SELECT 1 FROM receipt WHERE hash = ?')
  const isHeld = (id: string): boolean => oneRow(held, id) !== null
  return {
    idsOf,
    isErased,
    contactsOf: (hash: ReceiptHash) => ids(allRows<Id>(contacts, hash)),
    waiting: () => oneRow<{ readonly n: number }>(waiting)!.n,
    ofResponse: (response: string): Doomed => {
      const hashes = allRows<Hash>(receipts, response).map(({ hash }) => hash)
      const own = [...allRows<Id>(byResponse, response), ...allRows<Id>(byPayload, response)]
      return { ids: [...new Set([...ids(own), ...hashes.flatMap(idsOf)])], hashes }
    },
    /** What the lists name and the database holds, or does not know as erased: a copy may be older than the wish, and what is saved of a damaged database newer. */
    missing: (listed: Doomed): Doomed => {
      const known = new Set(listed.ids.length === 0 ? [] : ids(allRows<Id>(sql.prepare('SELECT id FROM erased'))))
      const hashes = [...new Set(listed.hashes)].filter((hash) => !isErased(hash) || oneRow(heldReceipt, hash) !== null || idsOf(hash).some(isHeld))
      return { ids: [...new Set([...listed.ids, ...hashes.flatMap(idsOf)])].filter((id) => !known.has(id) || isHeld(id)), hashes }
    },
  }
}

const striking = (sql: DatabaseSync, clock: Clock): ((doomed: Doomed) => Erased) => {
  const countDown = sql.prepare('UPDATE event_count SET n = n - 1 WHERE dev = (SELECT dev FROM event WHERE id = ?)')
  const ofAnswer = sql.prepare('DELETE FROM feedback WHERE id = ?')
  const noteTime = sql.prepare(`INSERT INTO erased_answer (kind, quarter, gone_at) SELECT kind, (at / ${QUARTER_MS}) * ${QUARTER_MS}, ?2 FROM feedback WHERE id = ?1 AND score IS NOT NULL`)
  const ofId = ['DELETE FROM feedback_contact WHERE id = ?', 'DELETE FROM event WHERE id = ?', 'DELETE FROM board_voice WHERE id = ?'].map((text) => sql.prepare(text))
  const ofReceipt = ['DELETE FROM receipt WHERE hash = ?', 'DELETE FROM receipt_step WHERE hash = ?', 'DELETE FROM receipt_word WHERE hash = ?', 'DELETE FROM receipt_event WHERE hash = ?'].map((text) => sql.prepare(text))
  const fromAlarms = sql.prepare(`UPDATE answer_alarm SET opened_n = NULL WHERE EXISTS (SELECT 1 FROM feedback f WHERE f.id = ? AND f.score IS NOT NULL
    AND f.at >= answer_alarm.since AND f.at <= answer_alarm.raised_at AND (answer_alarm.place IS NULL OR answer_alarm.place = f.touchpoint))`)
  const fromLetters = sql.prepare(`UPDATE letter SET content = replace(content, '"' || ?1 || '"', '""') WHERE instr(content, '"' || ?1 || '"') > 0`)
  const saidIn = sql.prepare('SELECT response FROM feedback WHERE id = ?')
  const ofHash = sql.prepare('SELECT response FROM receipt WHERE hash = ?')
  const tie = sql.prepare('DELETE FROM receipt_event WHERE id = ?1 AND hash IN (SELECT hash FROM receipt WHERE response = ?2)')
  const fromCases = forgettingCases(sql)
  const visits = forgettingVisits(sql)
  const markId = sql.prepare('INSERT OR IGNORE INTO erased (id) VALUES (?)')
  const markReceipt = sql.prepare(`INSERT INTO erased_receipt (hash, arrived)
    SELECT ?1, EXISTS (SELECT 1 FROM receipt_event WHERE hash = ?1) OR EXISTS (SELECT 1 FROM receipt WHERE hash = ?1) WHERE true ON CONFLICT (hash) DO UPDATE SET arrived = max(arrived, excluded.arrived)`)
  return ({ ids, hashes }) => {
    let rows = 0
    const items: string[] = []
    const responses = new Set([...ids.flatMap((id) => oneRow<Said>(saidIn, id)?.response ?? []), ...hashes.flatMap((hash) => oneRow<Said>(ofHash, hash)?.response ?? [])])
    const visited = visits.of(ids)
    for (const id of ids) {
      for (const response of responses) tie.run(id, response)
      noteTime.run(id, clock.now())
      fromAlarms.run(id)
      const answers = Number(ofAnswer.run(id).changes)
      if (answers > 0) items.push(id)
      rows += answers
      countDown.run(id)
      for (const step of ofId) rows += Number(step.run(id).changes)
      fromLetters.run(id)
      markId.run(id)
    }
    for (const hash of hashes) {
      markReceipt.run(hash)
      for (const step of ofReceipt) rows += Number(step.run(hash).changes)
    }
    for (const response of responses) rows += fromCases(response)
    visits.forget(visited)
    return { rows, items }
  }
}

type Said = { readonly response: string }

/** Nothing that was written about a response stays where nothing is left of it; that there was a case does. */
const forgettingCases = (sql: DatabaseSync): ((response: string) => number) => {
  const left = sql.prepare('SELECT 1 FROM feedback WHERE response = ?1 UNION ALL SELECT 1 FROM receipt WHERE response = ?1')
  const loose = sql.prepare('DELETE FROM loose_response WHERE response = ?')
  const texts = sql.prepare(`UPDATE acting_step SET text = '' WHERE what IN ('note', 'resolved', 'reopened') AND case_id IN (SELECT id FROM acting_case WHERE response = ?)`)
  const cases = sql.prepare(`UPDATE acting_case SET title = '', origin = 'erased', response = NULL, dev = NULL, topic = NULL WHERE response = ?`)
  return (response) => {
    if (oneRow(left, response) !== null) return 0
    loose.run(response)
    texts.run(response)
    return Number(cases.run(response).changes)
  }
}

type Visit = { readonly dev: string; readonly sid: string }

/** That a visit left an answer goes with the last of its answers. */
const forgettingVisits = (sql: DatabaseSync) => {
  const said = "type IN ('feedback.answered', 'feedback.commented') AND json_valid(body)"
  const visit = sql.prepare(`SELECT dev, json_extract(body, '$.sid') AS sid FROM event WHERE id = ? AND ${said} AND json_extract(body, '$.sid') IS NOT NULL`)
  const other = sql.prepare(`SELECT 1 FROM event WHERE dev = ? AND ${said} AND json_extract(body, '$.sid') = ? LIMIT 1`)
  const forget = sql.prepare('DELETE FROM answered_visit WHERE dev = ? AND sid = ?')
  return {
    of: (ids: readonly string[]): readonly Visit[] => [...new Map(ids.flatMap((id) => oneRow<Visit>(visit, id) ?? []).map((one) => [`${one.dev} ${one.sid}`, one])).values()],
    forget: (visits: readonly Visit[]): void => {
      for (const { dev, sid } of visits) if (oneRow(other, dev, sid) === null) forget.run(dev, sid)
    },
  }
}

/** Deleted rows are overwritten in the file; the journal still has them until it is emptied. */
const settle = (sql: DatabaseSync): boolean => {
  try {
    return oneRow<{ readonly busy: number }>(sql.prepare('PRAGMA wal_checkpoint(TRUNCATE)'))?.busy === 0
  } catch {
    return false // a statement on this very connection is still being read
  }
}
