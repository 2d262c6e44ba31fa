/** Drafts and live surveys in SQLite. */
import type { DatabaseSync } from 'node:sqlite'
import { MAX_VERSIONS, type DraftVersion, type KeptDraft, type LiveSurvey, type SurveyStore } from '#hub/ports/survey-store.ts'
import type { Survey, Touchpoint } from '#shared/feedback/survey.ts'
import { millis, type Millis } from '#shared/kernel/time.ts'
import { allRows, oneRow } from '../database/rows.ts'

type VersionRow = { readonly survey: string; readonly version: number; readonly at: number; readonly by_person: string }
type BodyRow = VersionRow & { readonly body: string }
type SeenRow = { readonly question: string; readonly at: number }

const COLUMNS = 'survey, version, at, by_person, body'

export const sqliteSurveyStore = (sql: DatabaseSync): SurveyStore => ({ ...drafts(sql), ...live(sql), ...seen(sql) })

const drafts = (sql: DatabaseSync): Pick<SurveyStore, 'drafts' | 'draft' | 'versions' | 'version' | 'keepDraft'> => {
  const newest = sql.prepare(`SELECT ${COLUMNS} FROM survey_draft AS d WHERE version = (SELECT max(version) FROM survey_draft WHERE survey = d.survey) ORDER BY survey`)
  const one = sql.prepare(`SELECT ${COLUMNS} FROM survey_draft WHERE survey = ? ORDER BY version DESC LIMIT 1`)
  const versions = sql.prepare('SELECT survey, version, at, by_person FROM survey_draft WHERE survey = ? ORDER BY version DESC')
  const version = sql.prepare(`SELECT ${COLUMNS} FROM survey_draft WHERE survey = ? AND version = ?`)
  const keep = sql.prepare(`INSERT INTO survey_draft (${COLUMNS}) VALUES (?, ?, ?, ?, ?)`)
  const prune = sql.prepare(`DELETE FROM survey_draft WHERE survey = ?1 AND version <> coalesce((SELECT version FROM survey_live WHERE survey = ?1), -1)
    AND version NOT IN (SELECT version FROM survey_draft WHERE survey = ?1 ORDER BY version DESC LIMIT ${MAX_VERSIONS})`)
  return {
    drafts: () => allRows<BodyRow>(newest).map(toKept),
    draft: (survey) => toKeptOrNull(oneRow<BodyRow>(one, survey)),
    versions: (survey) => allRows<VersionRow>(versions, survey).map(toVersion),
    version: (survey, number) => toKeptOrNull(oneRow<BodyRow>(version, survey, number)),
    keepDraft: ({ survey, version: number, at, by, body }) => {
      keep.run(survey, number, at, by, JSON.stringify(body))
      prune.run(survey)
    },
  }
}

const live = (sql: DatabaseSync): Pick<SurveyStore, 'live' | 'keepLive' | 'places' | 'keepPlace'> => {
  const all = sql.prepare(`SELECT ${COLUMNS} FROM survey_live ORDER BY survey`)
  const keep = sql.prepare(`INSERT OR REPLACE INTO survey_live (${COLUMNS}) VALUES (?, ?, ?, ?, ?)`)
  const places = sql.prepare('SELECT body FROM survey_place ORDER BY id')
  const keepPlace = sql.prepare('INSERT OR REPLACE INTO survey_place (id, at, by_person, body) VALUES (?, ?, ?, ?)')
  return {
    live: () => allRows<BodyRow>(all).map(toKept),
    keepLive: ({ survey, version, at, by, body }) => void keep.run(survey, version, at, by, JSON.stringify(body)),
    places: () => allRows<{ readonly body: string }>(places).map(({ body }) => JSON.parse(body) as Touchpoint),
    keepPlace: (place, at, by) => void keepPlace.run(place.id, at, by, JSON.stringify(place)),
  }
}

const seen = (sql: DatabaseSync): Pick<SurveyStore, 'noteLook' | 'looks' | 'noteAsked' | 'askedSince'> => {
  const look = sql.prepare('INSERT INTO question_seen (question, looked_at) VALUES (?, ?) ON CONFLICT DO UPDATE SET looked_at = max(coalesce(looked_at, 0), excluded.looked_at)')
  const asked = sql.prepare('INSERT INTO question_seen (question, asked_since) VALUES (?, ?) ON CONFLICT DO UPDATE SET asked_since = excluded.asked_since WHERE asked_since IS NULL')
  const looks = sql.prepare('SELECT question, looked_at AS at FROM question_seen WHERE looked_at IS NOT NULL')
  const since = sql.prepare('SELECT question, asked_since AS at FROM question_seen WHERE asked_since IS NOT NULL')
  return {
    noteLook: (question, at) => void look.run(question, at),
    looks: () => toTimes(allRows<SeenRow>(looks)),
    noteAsked: (questions, at) => {
      for (const question of questions) asked.run(question, at)
    },
    askedSince: () => toTimes(allRows<SeenRow>(since)),
  }
}

const toVersion = ({ survey, version, at, by_person: by }: VersionRow): DraftVersion => ({ survey, version, at: millis(at), by })
const toKept = (row: BodyRow): KeptDraft & LiveSurvey => ({ ...toVersion(row), body: JSON.parse(row.body) as Survey })
const toKeptOrNull = (row: BodyRow | null): KeptDraft | null => row && toKept(row)
const toTimes = (rows: readonly SeenRow[]): ReadonlyMap<string, Millis> => new Map(rows.map(({ question, at }) => [question, millis(at)]))
