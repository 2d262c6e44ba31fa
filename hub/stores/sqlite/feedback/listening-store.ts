/** Counts about listening, in SQLite. */
import type { DatabaseSync } from 'node:sqlite'
import type { AlikeResponses, BegunResponse, ListeningStore, Sign } from '#hub/ports/listening-store.ts'
import type { Channel } from '#shared/feedback/channel.ts'
import { GOOD_FROM, type DeviceDay } from '#shared/feedback/gaming.ts'
import type { DeviceId } from '#shared/kernel/ids.ts'
import type { Millis } from '#shared/kernel/time.ts'
import { allRows, oneRow, overMany } from '../database/rows.ts'

/** Between a name and its value, and between answers: no id holds them. */
const [IS, NEXT] = ['\u0002', '\u0001']

/** Of a response all answers, wherever in the range its first one lies; words by their name alone, or no two responses were alike. */
const ALIKE = `
  SELECT survey, channel, touchpoint, answers, flags, max(last) AS lastAt, count(*) AS n FROM (
    SELECT max(survey) AS survey, channel, touchpoint, coalesce(max(flags), '') AS flags, max(at) AS last,
      group_concat(question || '${IS}' || CASE WHEN kind = 'text' OR kind = 'contact' THEN '' ELSE coalesce(score, words) END, '${NEXT}') AS answers
    FROM (SELECT * FROM feedback WHERE at BETWEEN ? AND ? ORDER BY dev, response, question) GROUP BY dev, response
  ) GROUP BY survey, channel, touchpoint, answers, flags`

const GOOD = Object.entries(GOOD_FROM).map(([kind, from]) => `WHEN '${kind}' THEN ${from}`).join(' ')
const GOOD_KINDS = Object.keys(GOOD_FROM).map((kind) => `'${kind}'`).join(', ')

type AlikeRow = { readonly survey: string; readonly channel: Channel; readonly touchpoint: string; readonly answers: string; readonly flags: string; readonly lastAt: number; readonly n: number }
type SignRow = { readonly touchpoint: string; readonly serial: number; readonly code: string; readonly made_at: Millis; readonly revoked_at: Millis | null }
type BegunRow = Omit<BegunResponse, 'flags'> & { readonly flags: string | null }

export const sqliteListeningStore = (sql: DatabaseSync): ListeningStore => ({ ...counting(sql), ...signing(sql) })

const counting = (sql: DatabaseSync): Omit<ListeningStore, 'signs' | 'sign' | 'addSign' | 'revokeSign'> => {
  const alike = sql.prepare(ALIKE)
  const comments = sql.prepare("SELECT count(*) AS n, coalesce(sum(hidden IS NOT NULL AND hidden <> 'shown'), 0) AS folded FROM feedback WHERE kind = 'text' AND at BETWEEN ? AND ?")
  const visit = sql.prepare('INSERT OR IGNORE INTO answered_visit (dev, sid) VALUES (?, ?)')
  const loose = sql.prepare('INSERT OR IGNORE INTO loose_response (dev, response, at) VALUES (?, ?, ?)')
  const answered = sql.prepare(`SELECT dev, sum(n) AS answered FROM (
    SELECT dev, count(*) AS n FROM answered_visit JOIN visit USING (dev, sid) WHERE visit.at >= ?1 AND visit.at <= ?2 GROUP BY dev
    UNION ALL SELECT dev, answered FROM visit_day WHERE day >= ?1 AND day <= ?2 AND answered > 0) GROUP BY dev`)
  const looseBy = sql.prepare('SELECT dev, count(*) AS n FROM loose_response WHERE at >= ? AND at <= ? GROUP BY dev')
  const sources = sql.prepare("SELECT DISTINCT dev FROM feedback WHERE dev <> '' AND at BETWEEN ? AND ? ORDER BY dev")
  // SQLite takes the other columns from the row that holds the least moment.
  const begun = sql.prepare("SELECT response, min(at) AS at, kind, score, flags FROM feedback WHERE dev = ? AND at BETWEEN ? AND ? AND kind <> 'contact' GROUP BY response ORDER BY at, response")
  const good = sql.prepare(`SELECT coalesce(sum(score >= CASE kind ${GOOD} END), 0) AS good, count(*) AS n FROM feedback WHERE dev = ? AND at >= ? AND at < ? AND score IS NOT NULL AND detail = 0 AND kind IN (${GOOD_KINDS})`)
  const bySource = overMany(sql, 'SELECT dev, count(DISTINCT response) AS n FROM feedback WHERE dev IN (?…) GROUP BY dev')
  return {
    responses: (from, until) => allRows<AlikeRow>(alike, from, until).map((row) => Object.assign(row, { answers: toAnswers(row.answers), flags: words(row.flags) })),
    comments: (from, until) => {
      const { n, folded } = oneRow<{ readonly n: number; readonly folded: number }>(comments, from, until)!
      return { all: n, folded }
    },
    visitAnswered: (dev, sid) => void visit.run(dev, sid),
    looseResponse: (dev, response, at) => void loose.run(dev, response, at),
    answeredVisits: (from, until) => allRows<{ readonly dev: DeviceId; readonly answered: number }>(answered, from, until),
    looseResponses: (from, until) => allRows<{ readonly dev: DeviceId; readonly n: number }>(looseBy, from, until),
    sources: (from, until) => allRows<{ readonly dev: string }>(sources, from, until).map(({ dev }) => dev),
    begun: (dev, from, until) => allRows<BegunRow>(begun, dev, from, until).map((row) => Object.assign({}, row, { flags: words(row.flags ?? '') })),
    goodBetween: (dev, from, until) => ({ ...oneRow<DeviceDay>(good, dev, from, until)! }),
    responsesBySource: (of) => new Map(of.length === 0 ? [] : allRows<{ readonly dev: string; readonly n: number }>(bySource(of.length), ...of).map(({ dev, n }) => [dev, n])),
  }
}

const signing = (sql: DatabaseSync): Pick<ListeningStore, 'signs' | 'sign' | 'addSign' | 'revokeSign'> => {
  const all = sql.prepare('SELECT * FROM feedback_sign ORDER BY made_at DESC, touchpoint, serial DESC')
  const one = sql.prepare('SELECT * FROM feedback_sign WHERE touchpoint = ? AND serial = ?')
  const last = sql.prepare('SELECT coalesce(max(serial), 0) AS n FROM feedback_sign WHERE touchpoint = ?')
  const add = sql.prepare('INSERT INTO feedback_sign (touchpoint, serial, code, made_at) VALUES (?, ?, ?, ?)')
  const revoke = sql.prepare('UPDATE feedback_sign SET revoked_at = ? WHERE touchpoint = ? AND serial = ? AND revoked_at IS NULL')
  return {
    signs: () => allRows<SignRow>(all).map(toSign),
    sign: (touchpoint, serial) => {
      const row = oneRow<SignRow>(one, touchpoint, serial)
      return row && toSign(row)
    },
    addSign: (touchpoint, code, at) => {
      const serial = oneRow<{ readonly n: number }>(last, touchpoint)!.n + 1
      add.run(touchpoint, serial, code, at)
      return { touchpoint, serial, code, madeAt: at, revokedAt: null }
    },
    revokeSign: (touchpoint, serial, at) => void revoke.run(at, touchpoint, serial),
  }
}

const toSign = ({ touchpoint, serial, code, made_at: madeAt, revoked_at: revokedAt }: SignRow): Sign => ({ touchpoint, serial, code, madeAt, revokedAt })

const words = (text: string): readonly string[] => (text === '' ? [] : text.split(' '))

const toAnswers = (text: string): AlikeResponses['answers'] =>
  new Map(text.split(NEXT).map((part) => {
    const [question = '', value = ''] = part.split(IS)
    return [question, valueOf(value)] as const
  }))

const valueOf = (text: string): number | readonly string[] | string => {
  if (/^-?\d+$/.test(text)) return Number(text)
  return text.startsWith('[') ? (JSON.parse(text) as readonly string[]) : text
}
