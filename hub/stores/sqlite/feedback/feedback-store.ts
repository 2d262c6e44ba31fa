/** Feedback rows in SQLite. */
import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import { NEAR_LIMIT, type FeedbackRow, type FeedbackStore, type KeptContact, type TallyFilter } from '#hub/ports/feedback-store.ts'
import type { MisuseFlag } from '#shared/feedback/misuse.ts'
import { isScored } from '#shared/feedback/scales.ts'
import { QUARTER_MS, type Tally } from '#shared/insights/group-tallies.ts'
import type { Hidden } from '#shared/feedback/hidden.ts'
import type { Language } from '#shared/kernel/language.ts'
import type { Millis } from '#shared/kernel/time.ts'
import { sqliteFeedbackSums, type FeedbackSums } from './feedback-sums.ts'
import { addMany, allRows, oneRow, overMany } from '../database/rows.ts'

type Stored = {
  readonly id: string
  /** Empty for rows that no device gave: SQL's null is never equal to itself. */
  readonly dev: string
  readonly response: string
  readonly touchpoint: string
  readonly survey: string
  readonly question: string
  readonly kind: FeedbackRow['kind']
  readonly score: number | null
  readonly words: string | null
  readonly detail: 0 | 1
  readonly at: Millis | null
  readonly received_at: number
  readonly channel: FeedbackRow['channel']
  readonly flags: string | null
  readonly lang: Language | null
  readonly hidden: Hidden | null
}
type Place = Pick<Stored, 'response' | 'question' | 'at' | 'score' | 'flags'>
type TallyRow = Omit<Tally, 'detail' | 'quarterAt'> & { readonly detail: 0 | 1; readonly quarter: number | null }
type ContactRow = Omit<KeptContact, 'answeredAt' | 'sealed'> & { readonly answered_at: Millis | null; readonly sealed: 0 | 1 }

const COLUMNS = 'id, dev, response, touchpoint, survey, question, kind, score, words, detail, at, received_at, channel, flags, lang, hidden'
const COLUMN_COUNT = COLUMNS.split(', ').length
const INSERT = `INTO feedback (${COLUMNS}) VALUES (${'?, '.repeat(COLUMN_COUNT - 1)}?)`

export const sqliteFeedbackStore = (sql: DatabaseSync): FeedbackStore => {
  const sums = sqliteFeedbackSums(sql)
  const put = sql.prepare(`INSERT ${INSERT} ON CONFLICT (dev, response, question) DO UPDATE SET
    id = excluded.id, kind = excluded.kind, score = excluded.score, words = excluded.words, at = excluded.at, received_at = excluded.received_at, lang = excluded.lang, hidden = excluded.hidden
    WHERE excluded.at >= feedback.at`)
  const add = sql.prepare(`INSERT OR IGNORE ${INSERT}`)
  const between = sql.prepare('SELECT response, question, at, score, flags FROM feedback WHERE dev = ? AND at BETWEEN ? AND ? ORDER BY at DESC LIMIT ?')
  const ofResponses = overMany(sql, 'SELECT response, question, at, score, flags FROM feedback WHERE dev = ? AND response IN (?…)')
  const addNew = addMany(sql, `INSERT INTO feedback (${COLUMNS})`, COLUMN_COUNT)
  const newest = sql.prepare(`SELECT ${COLUMNS} FROM feedback ORDER BY at DESC, n DESC LIMIT ?`)
  const all = sql.prepare(`SELECT ${COLUMNS} FROM feedback ORDER BY n`)
  const ofResponse = sql.prepare(`SELECT ${COLUMNS} FROM feedback WHERE dev = ? AND response = ? ORDER BY at, n`)
  const held = overMany(sql, 'SELECT id FROM feedback WHERE id IN (?…)')
  const takeBack = sql.prepare('DELETE FROM feedback WHERE dev = ? AND response = ? AND question = ? AND at <= ?')
  const addFlag = sql.prepare(`UPDATE feedback SET flags = CASE WHEN flags IS NULL THEN ?1 ELSE flags || ' ' || ?1 END
    WHERE dev = ?2 AND response IN (SELECT value FROM json_each(?3)) AND instr(' ' || coalesce(flags, '') || ' ', ' ' || ?1 || ' ') = 0`)
  const fold = sql.prepare("UPDATE feedback SET hidden = ? WHERE id = ? AND kind = 'text'")
  const segment = "(SELECT json_extract(words, '$[0]') FROM feedback WHERE dev = ?1 AND response = ?2 AND question = ?3 AND kind = 'choice')"
  const mark = sql.prepare(`UPDATE feedback SET segment = ${segment} WHERE dev = ?1 AND response = ?2 AND segment IS NOT ${segment}`)
  const questions = sql.prepare('SELECT question, kind, count(*) AS n FROM feedback WHERE score IS NOT NULL GROUP BY question, kind ORDER BY n DESC, question')

  return {
    markSegment: (dev, response, question) => void mark.run(dev ?? '', response, question),
    put: (row) => void put.run(...toValues(row)),
    takeBack: ({ dev, response, question, at }) => void takeBack.run(dev ?? '', response, question, at),
    putNew: (rows) => addNew(rows.map(toValues)),
    add: (row) => add.run(...toValues(row)).changes === 1,
    near: (dev, from, to, responses) =>
      [...allRows<Place>(between, dev, from, to, NEAR_LIMIT), ...allRows<Place>(ofResponses(responses.length), dev, ...responses)].map(({ flags, ...place }) => Object.assign(place, { flags: toFlags(flags) })),
    newest: (limit) => allRows<Stored>(newest, limit).map(toRow),
    all: function* () {
      for (const row of all.iterate() as Iterable<unknown> as Iterable<Stored>) yield toRow(row)
    },
    ofResponse: (dev, response) => allRows<Stored>(ofResponse, dev, response).map(toRow),
    gone: (ids) => {
      const kept = new Set(allRows<{ readonly id: string }>(held(ids.length), ...ids).map(({ id }) => id))
      return ids.filter((id) => !kept.has(id))
    },
    erasedSince: (kind, since) => allRows(sql.prepare('SELECT quarter, gone_at AS goneAt FROM erased_answer WHERE kind = ? AND gone_at >= ?'), kind, since),
    flag: (dev, responses, flag) => Number(addFlag.run(flag, dev, JSON.stringify(responses)).changes),
    fold: (id, hidden) => fold.run(hidden, id).changes === 1,
    scoredQuestions: () => merged([...allRows<ScoredQuestion>(questions), ...sums.scoredQuestions()]),
    ...counting(sql, sums),
    ...contacts(sql),
  }
}

type ScoredQuestion = ReturnType<FeedbackStore['scoredQuestions']>[number]

const merged = (questions: readonly ScoredQuestion[]): readonly ScoredQuestion[] =>
  [...Map.groupBy(questions, ({ question, kind }) => `${kind} ${question}`).values()].map((same): ScoredQuestion => Object.assign({}, same[0], { n: same.reduce((sum, { n }) => sum + n, 0) })).toSorted((a, b) => b.n - a.n || (`${a.question} ${a.kind}` < `${b.question} ${b.kind}` ? -1 : 1))

/** Single answers, and those that are kept as sums alone. */
const counting = (sql: DatabaseSync, sums: FeedbackSums): Pick<FeedbackStore, 'tallies' | 'version' | 'countBetween'> => {
  const where = (filter: TallyFilter): { readonly text: string; readonly values: readonly SQLInputValue[] } => {
    const parts: readonly (readonly [string, SQLInputValue | undefined])[] = [
      ['kind = ?', filter.kind],
      ['question = ?', filter.question],
      ['at >= ?', filter.from],
      ['at <= ?', filter.until],
    ]
    const given = parts.flatMap(([text, value]) => (value === undefined ? [] : [{ text, value }]))
    const plain = filter.flagged === 'without' ? ['flags IS NULL'] : []
    return { text: [...given.map(({ text }) => text), ...plain].join(' AND '), values: given.map(({ value }) => value) }
  }
  const between = sql.prepare('SELECT count(*) AS n FROM feedback WHERE dev = ? AND at >= ? AND at < ?')
  const others = sql.prepare('PRAGMA data_version')
  const own = sql.prepare('SELECT total_changes() AS n')
  return {
    version: () => `${oneRow<{ readonly data_version: number }>(others)!.data_version} ${oneRow<{ readonly n: number }>(own)!.n}`,
    countBetween: (dev, from, until) => oneRow<{ readonly n: number }>(between, dev, from, until)!.n + sums.countBetween(dev, from, until),
    tallies: (filter) => {
      const { text, values } = where(filter)
      const rows = allRows<TallyRow>(
        sql.prepare(`SELECT touchpoint, question, detail, (at / ${QUARTER_MS}) * ${QUARTER_MS} AS quarter, score AS value, count(*) AS n
          FROM feedback WHERE score IS NOT NULL AND ${text} GROUP BY touchpoint, question, detail, quarter, score`),
        ...values,
      )
      return [...rows.map(({ quarter, detail, ...row }) => Object.assign(row, { quarterAt: quarter, detail: detail === 1 })), ...sums.tallies(filter)]
    },
  }
}

const contacts = (sql: DatabaseSync): Pick<FeedbackStore, 'keepContact' | 'contacts' | 'noteContactAnswered' | 'forgetContactsBefore'> => {
  const keep = sql.prepare('INSERT OR REPLACE INTO feedback_contact (id, response, touchpoint, at, contact, sealed) VALUES (?, ?, ?, ?, ?, ?)')
  const all = sql.prepare('SELECT id, response, touchpoint, at, contact, answered_at, sealed FROM feedback_contact ORDER BY at, id')
  const answered = sql.prepare('UPDATE feedback_contact SET answered_at = ? WHERE response = ? AND answered_at IS NULL')
  const forget = sql.prepare('DELETE FROM feedback_contact WHERE at < ?')
  return {
    keepContact: ({ id, response, touchpoint, at, contact, sealed }) => void keep.run(id, response, touchpoint, at, contact, sealed ? 1 : 0),
    contacts: () => allRows<ContactRow>(all).map(({ answered_at: answeredAt, sealed, ...row }) => Object.assign(row, { answeredAt, sealed: sealed === 1 })),
    noteContactAnswered: (response, at) => void answered.run(at, response),
    forgetContactsBefore: (at) => Number(forget.run(at).changes),
  }
}

const toValues = (row: FeedbackRow): readonly SQLInputValue[] => {
  const score = typeof row.value === 'number' ? row.value : null
  const words = typeof row.value === 'number' ? null : typeof row.value === 'string' ? row.value : JSON.stringify(row.value)
  const place = [row.id, row.dev ?? '', row.response, row.touchpoint, row.survey, row.question] as const
  return [...place, row.kind, score, words, row.detail ? 1 : 0, row.at, row.receivedAt, row.channel, row.flags.length > 0 ? row.flags.join(' ') : null, row.lang ?? null, row.hidden ?? null]
}

const toRow = (row: Stored): FeedbackRow => ({
  id: row.id,
  dev: row.dev === '' ? null : row.dev,
  response: row.response,
  touchpoint: row.touchpoint,
  survey: row.survey,
  question: row.question,
  kind: row.kind,
  value: toValue(row),
  detail: row.detail === 1,
  at: row.at,
  receivedAt: row.received_at,
  channel: row.channel,
  flags: toFlags(row.flags),
  ...(row.lang !== null && { lang: row.lang }),
  ...(row.hidden !== null && { hidden: row.hidden }),
})

const toValue = (row: Stored): FeedbackRow['value'] => {
  if (row.kind !== 'contact' && isScored(row.kind)) return row.score!
  return row.kind === 'choice' || row.kind === 'ranking' || row.kind === 'amount' ? (JSON.parse(row.words!) as readonly string[]) : row.words!
}

const toFlags = (flags: string | null): readonly MisuseFlag[] => (flags === null ? [] : (flags.split(' ') as readonly string[] as readonly MisuseFlag[]))
