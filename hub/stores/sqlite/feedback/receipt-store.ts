/** Receipts in SQLite. */
import type { DatabaseSync } from 'node:sqlite'
import type { Receipt, ReceiptLedger, ReceiptPlace, ReceiptStore } from '#hub/ports/receipts.ts'
import { receiptStanding, type ReceiptState, type ReceiptStep, type ReceiptWord } from '#shared/feedback/receipt.ts'
import type { ReceiptHash } from '#shared/feedback/receipt-code.ts'
import type { Millis } from '#shared/kernel/time.ts'
import { addMany, allRows, oneRow, overMany } from '../database/rows.ts'

type PlaceRow = Omit<ReceiptPlace, 'receivedAt'> & { readonly received_at: Millis; readonly read_at: Millis | null }
type StandingRow = { readonly response: string; readonly state: ReceiptState; readonly last: ReceiptWord['who'] | null }

const COLUMNS = 'hash, dev, response, touchpoint, at, received_at'

export const sqliteReceiptStore = (sql: DatabaseSync): ReceiptStore => {
  const begin = addMany(sql, `INSERT OR IGNORE INTO receipt (${COLUMNS})`, 6)
  const beginStep = addMany(sql, `INSERT OR IGNORE INTO receipt_step (hash, n, state, at)`, 4)
  const byHash = sql.prepare(`SELECT ${COLUMNS}, read_at FROM receipt WHERE hash = ?`)
  const byResponse = sql.prepare(`SELECT ${COLUMNS}, read_at FROM receipt WHERE response = ?`)
  const steps = sql.prepare('SELECT state, at FROM receipt_step WHERE hash = ? ORDER BY n')
  const words = sql.prepare('SELECT who, text, at FROM receipt_word WHERE hash = ? ORDER BY n')
  const standings = overMany(sql, `SELECT response,
      (SELECT state FROM receipt_step s WHERE s.hash = r.hash ORDER BY n DESC LIMIT 1) AS state,
      (SELECT who FROM receipt_word w WHERE w.hash = r.hash ORDER BY n DESC LIMIT 1) AS last
    FROM receipt r WHERE response IN (?…)`)
  const clearSteps = sql.prepare('DELETE FROM receipt_step WHERE hash = ?')
  const addWord = sql.prepare(`INSERT INTO receipt_word (hash, n, who, text, at, key)
    SELECT ?1, (SELECT coalesce(max(n), 0) + 1 FROM receipt_word WHERE hash = ?1), ?2, ?3, ?4, ?5 ON CONFLICT (hash, who, key) DO NOTHING`)
  const said = sql.prepare(`SELECT 1 FROM receipt_word WHERE hash = ? AND who = 'shopper' AND key = ?`)
  const read = sql.prepare('UPDATE receipt SET read_at = ? WHERE hash = ?')
  const old = sql.prepare(`SELECT hash FROM receipt r WHERE received_at < ?1
    AND NOT EXISTS (SELECT 1 FROM receipt_step s WHERE s.hash = r.hash AND s.at >= ?1) AND NOT EXISTS (SELECT 1 FROM receipt_word w WHERE w.hash = r.hash AND w.at >= ?1)`)
  const forget = ['receipt', 'receipt_step', 'receipt_word'].map((table) => sql.prepare(`DELETE FROM ${table} WHERE hash = ?`))

  const whole = (row: PlaceRow | null): Receipt | null => {
    if (!row) return null
    const { received_at: receivedAt, read_at: readAt, ...place } = row
    return { ...place, receivedAt, readAt, steps: allRows<ReceiptStep>(steps, row.hash), words: allRows<ReceiptWord>(words, row.hash) }
  }
  return {
    begin: (places) => {
      begin(places.map(({ hash, dev, response, touchpoint, at, receivedAt }) => [hash, dev, response, touchpoint, at, receivedAt]))
      beginStep(places.map(({ hash, receivedAt }) => [hash, 1, 'received', receivedAt]))
    },
    find: (hash) => whole(oneRow<PlaceRow>(byHash, hash)),
    ofResponse: (response) => whole(oneRow<PlaceRow>(byResponse, response)),
    standings: (responses) => new Map(chunks(responses).flatMap((some) => allRows<StandingRow>(standings(some.length), ...some)).map(({ response, state, last }) => [response, receiptStanding(state, last)])),
    putSteps: (hash, all) => {
      clearSteps.run(hash)
      beginStep(all.map(({ state, at }, i) => [hash, i + 1, state, at]))
    },
    say: (hash, { who, text, at, key }) => void addWord.run(hash, who, text, at, key),
    isSaid: (hash, key) => oneRow(said, hash, key) !== null,
    noteRead: (hash, at) => void read.run(at, hash),
    forgetBefore: (at) => {
      const gone = allRows<{ readonly hash: string }>(old, at)
      for (const { hash } of gone) for (const step of forget) step.run(hash)
      return gone.length
    },
  }
}

/** Asked with every batch of events that carries receipts; hardly ever is one of them erased. */
export const sqliteReceiptLedger = (sql: DatabaseSync): ReceiptLedger => {
  const any = sql.prepare('SELECT 1 FROM erased_receipt LIMIT 1')
  const among = overMany(sql, 'SELECT hash FROM erased_receipt WHERE hash IN (?…)')
  const keep = addMany(sql, 'INSERT OR IGNORE INTO receipt_event (hash, id)', 2)
  const arrived = sql.prepare('UPDATE erased_receipt SET arrived = 1 WHERE hash = ? AND arrived = 0')
  const erased = (hashes: readonly ReceiptHash[]): readonly ReceiptHash[] => allRows<{ readonly hash: ReceiptHash }>(among(hashes.length), ...hashes).map(({ hash }) => hash)
  return {
    forgotten: (hashes) => new Set(hashes.length === 0 || oneRow(any) === null ? [] : chunks(hashes).flatMap(erased)),
    swallowed: (hashes) => hashes.forEach((hash) => void arrived.run(hash)),
    keep: (events) => keep(events.map(({ hash, id }) => [hash, id])),
  }
}

/** Values of one statement: few enough statements to keep. */
const MOST_VALUES = 100
const chunks = <T>(all: readonly T[]): readonly (readonly T[])[] => Array.from({ length: Math.ceil(all.length / MOST_VALUES) }, (_, i) => all.slice(i * MOST_VALUES, (i + 1) * MOST_VALUES))
