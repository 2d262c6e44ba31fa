/** Cases, patterns and improvements in SQLite. */
import type { DatabaseSync } from 'node:sqlite'
import type { ActingChoices, CaseStore, Improvement } from '#hub/ports/case-store.ts'
import type { Case, CaseOrigin, CaseStep, Severity } from '#shared/cx/case.ts'
import type { Pattern } from '#shared/cx/pattern.ts'
import type { Team } from '#shared/cx/team.ts'
import type { Millis } from '#shared/kernel/time.ts'
import { allRows, oneRow, overMany } from '../database/rows.ts'

type CaseRow = {
  readonly id: number
  readonly title: string
  readonly touchpoint: string | null
  readonly topic: string | null
  readonly origin: CaseOrigin['type']
  readonly response: string | null
  readonly dev: string | null
  readonly alarm: number | null
  readonly person: string | null
  readonly team: Team
  readonly severity: Severity
  readonly opened_at: Millis
  readonly due_at: Millis
  readonly closed_at: Millis | null
  readonly overdue_at: Millis | null
  readonly pattern: number | null
}
type Id = { readonly id: number }

const COLUMNS = 'title, touchpoint, topic, origin, response, dev, alarm, person, team, severity, opened_at, due_at, closed_at, overdue_at, pattern'
const MARKS = COLUMNS.replaceAll(/\w+/g, '?')

export const sqliteCaseStore = (sql: DatabaseSync): CaseStore => ({ ...keepingCases(sql), ...keepingPatterns(sql), ...keepingImprovements(sql), ...keepingChoices(sql) })

const keepingCases = (sql: DatabaseSync): Pick<CaseStore, 'cases' | 'case' | 'openOfResponse' | 'sourceOf' | 'ofAlarms' | 'ofKey' | 'open' | 'save' | 'escalated'> => {
  const all = sql.prepare(`SELECT id, ${COLUMNS} FROM acting_case WHERE closed_at IS NULL OR closed_at >= ? OR pattern IS NOT NULL ORDER BY opened_at DESC, id DESC`)
  const one = sql.prepare(`SELECT id, ${COLUMNS} FROM acting_case WHERE id = ?`)
  const byKey = sql.prepare(`SELECT id, ${COLUMNS} FROM acting_case WHERE key = ?`)
  const ofResponse = sql.prepare(`SELECT id, ${COLUMNS} FROM acting_case WHERE response = ? AND closed_at IS NULL ORDER BY id LIMIT 1`)
  // Asked once for a case: answers are found by their device otherwise.
  const source = sql.prepare('SELECT dev, touchpoint FROM feedback WHERE response = ? LIMIT 1')
  const ofAlarms = overMany(sql, 'SELECT min(id) AS id, alarm FROM acting_case WHERE alarm IN (?…) GROUP BY alarm')
  const add = sql.prepare(`INSERT INTO acting_case (${COLUMNS}, key) VALUES (${MARKS}, ?)`)
  const update = sql.prepare(`UPDATE acting_case SET (${COLUMNS}) = (${MARKS}) WHERE id = ?`)
  const steps = sql.prepare('SELECT what, at, who, text FROM acting_step WHERE case_id = ? ORDER BY n')
  const clear = sql.prepare('DELETE FROM acting_step WHERE case_id = ?')
  const addStep = sql.prepare('INSERT INTO acting_step (case_id, n, what, at, who, text) VALUES (?, ?, ?, ?, ?, ?)')
  const escalated = sql.prepare(`SELECT count(DISTINCT case_id) AS id FROM acting_step WHERE what = 'overdue'`)
  const whole = (row: CaseRow): Case => toCase(row, allRows<CaseStep>(steps, row.id))
  const keepSteps = (id: number, told: readonly CaseStep[]): void => {
    clear.run(id)
    for (const [n, { what, at, who, text }] of told.entries()) addStep.run(id, n, what, at, who, text)
  }
  return {
    cases: (closedSince) => allRows<CaseRow>(all, closedSince).map(whole),
    case: (id) => {
      const row = oneRow<CaseRow>(one, id)
      return row && whole(row)
    },
    openOfResponse: (response) => {
      const row = oneRow<CaseRow>(ofResponse, response)
      return row && whole(row)
    },
    sourceOf: (response) => oneRow(source, response),
    ofAlarms: (alarms) => new Map(alarms.length === 0 ? [] : allRows<Id & { readonly alarm: number }>(ofAlarms(alarms.length), ...alarms).map(({ id, alarm }) => [alarm, id])),
    ofKey: (key) => {
      const row = oneRow<CaseRow>(byKey, key)
      return row && whole(row)
    },
    open: (made, key) => {
      const id = Number(add.run(...valuesOf(made), key).lastInsertRowid)
      keepSteps(id, made.steps)
      return { ...made, id }
    },
    save: (changed) => {
      update.run(...valuesOf(changed), changed.id)
      keepSteps(changed.id, changed.steps)
    },
    escalated: () => oneRow<Id>(escalated)!.id,
  }
}

const valuesOf = ({ title, touchpoint, topic, origin, owner, team, severity, openedAt, dueAt, closedAt, overdueAt, pattern }: Omit<Case, 'id'>) => {
  const response = origin.type === 'response' ? origin.response : null
  const dev = origin.type === 'response' ? origin.dev : null
  const alarm = origin.type === 'alarm' ? origin.alarm : null
  return [title, touchpoint, topic, origin.type, response, dev, alarm, owner.type === 'person' ? owner.person : null, team, severity, openedAt, dueAt, closedAt, overdueAt, pattern] as const
}

const toCase = ({ origin, response, dev, alarm, person, opened_at: openedAt, due_at: dueAt, closed_at: closedAt, overdue_at: overdueAt, ...row }: CaseRow, steps: readonly CaseStep[]): Case => ({
  ...row,
  origin: originOf({ origin, response, dev, alarm, topic: row.topic }),
  owner: person === null ? { type: 'team', team: row.team } : { type: 'person', person },
  openedAt,
  dueAt,
  closedAt,
  overdueAt,
  steps,
})

const originOf = ({ origin: type, response, dev, alarm, topic }: Pick<CaseRow, 'origin' | 'response' | 'dev' | 'alarm' | 'topic'>): CaseOrigin => {
  if (type === 'response' && response !== null) return { type, response, dev: dev ?? '' }
  if (type === 'alarm' && alarm !== null) return { type, alarm }
  if (type === 'topic' && topic !== null) return { type, topic }
  return { type: type === 'hand' ? 'hand' : 'erased' }
}

const keepingPatterns = (sql: DatabaseSync): Pick<CaseStore, 'patterns' | 'addPattern'> => {
  const all = sql.prepare('SELECT id, title, made_at AS madeAt FROM acting_pattern ORDER BY id DESC')
  const byKey = sql.prepare('SELECT id, title, made_at AS madeAt FROM acting_pattern WHERE key = ?')
  const add = sql.prepare('INSERT INTO acting_pattern (title, made_at, key) VALUES (?, ?, ?)')
  return {
    patterns: () => allRows<Pattern>(all),
    addPattern: (made, key) => oneRow<Pattern>(byKey, key) ?? { ...made, id: Number(add.run(made.title, made.madeAt, key).lastInsertRowid) },
  }
}

type ImprovementRow = Pick<Improvement, 'id' | 'pattern' | 'measure' | 'plannedAt' | 'endedAt' | 'ending' | 'note'> & { readonly plan: string; readonly result: string | null; readonly told: string | null }

const keepingImprovements = (sql: DatabaseSync): Pick<CaseStore, 'improvements' | 'improvementOfKey' | 'plan' | 'saveImprovement'> => {
  const FIELDS = 'id, pattern, measure, plan, planned_at AS plannedAt, ended_at AS endedAt, ending, note, result, told'
  const all = sql.prepare(`SELECT ${FIELDS} FROM improvement ORDER BY id DESC`)
  const byKey = sql.prepare(`SELECT ${FIELDS} FROM improvement WHERE key = ?`)
  const add = sql.prepare(`INSERT INTO improvement (pattern, measure, plan, planned_at, note, key) VALUES (?, ?, ?, ?, '', ?)`)
  const update = sql.prepare('UPDATE improvement SET ended_at = ?, ending = ?, note = ?, result = ?, told = ? WHERE id = ?')
  return {
    improvements: () => allRows<ImprovementRow>(all).map(toImprovement),
    improvementOfKey: (key) => {
      const row = oneRow<ImprovementRow>(byKey, key)
      return row && toImprovement(row)
    },
    plan: (made, key) => {
      const id = Number(add.run(made.pattern, made.measure, JSON.stringify(made.plan), made.plannedAt, key).lastInsertRowid)
      return { ...made, id, endedAt: null, ending: null, note: '', result: null, told: null }
    },
    saveImprovement: ({ id, endedAt, ending, note, result, told }) => void update.run(endedAt, ending, note, result && JSON.stringify(result), told && JSON.stringify(told), id),
  }
}

const toImprovement = ({ plan, result, told, ...row }: ImprovementRow): Improvement => ({
  ...row,
  plan: JSON.parse(plan) as Improvement['plan'],
  result: result === null ? null : (JSON.parse(result) as Improvement['result']),
  told: told === null ? null : (JSON.parse(told) as Improvement['told']),
})

const keepingChoices = (sql: DatabaseSync): Pick<CaseStore, 'teams' | 'setTeam' | 'choices' | 'choose' | 'wallPublishedAt' | 'noteWallPublished'> => {
  const teams = sql.prepare('SELECT person, team FROM acting_team')
  const setTeam = sql.prepare('INSERT INTO acting_team (person, team) VALUES (?, ?) ON CONFLICT (person) DO UPDATE SET team = excluded.team')
  const choices = sql.prepare('SELECT choices FROM acting_choice')
  const choose = sql.prepare('INSERT INTO acting_choice (one, choices) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET choices = excluded.choices')
  const published = sql.prepare('SELECT at FROM wall_published')
  const note = sql.prepare('INSERT INTO wall_published (one, at) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET at = excluded.at')
  return {
    teams: () => new Map(allRows<{ readonly person: string; readonly team: Team }>(teams).map(({ person, team }) => [person, team])),
    setTeam: (person, team) => void setTeam.run(person, team),
    choices: () => {
      const row = oneRow<{ readonly choices: string }>(choices)
      return row ? (JSON.parse(row.choices) as ActingChoices) : {}
    },
    choose: (chosen) => void choose.run(JSON.stringify(chosen)),
    wallPublishedAt: () => oneRow<{ readonly at: Millis }>(published)?.at ?? null,
    noteWallPublished: (at) => void note.run(at),
  }
}
