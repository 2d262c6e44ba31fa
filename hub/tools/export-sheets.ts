/** What is asked, acted upon and told, as tables: surveys, cases, improvements, letters. Words that people of the store wrote are in them, words of customers and names of persons are not. */
import type { CaseStore } from '#hub/ports/case-store.ts'
import type { Letters } from '#hub/ports/letters.ts'
import { questionsOf } from '#shared/feedback/survey.ts'
import { millis } from '#shared/kernel/time.ts'
import { documentsToSurveys, documentsToTouchpoints } from '#shared/protocol/documents.ts'
import type { Documents } from '#shared/sync/release.ts'

export type Cell = string | number | null
export type Sheet = { readonly columns: readonly string[]; readonly rows: Iterable<readonly Cell[]> }

const isoTime = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString())
const tenth = (value: number | null): number | null => (value === null ? null : Number(value.toFixed(1)))

/** Every question of every survey in force, one a row. */
export const surveySheet = (items: Documents): Sheet => {
  const places = documentsToTouchpoints(items)
  return {
    columns: ['survey', 'touchpoints', 'question', 'kind', 'de', 'en', 'options', 'rows', 'owner', 'decision', 'purpose', 'state'],
    rows: documentsToSurveys(items).flatMap((survey) => {
      const at = places.filter((place) => place.survey === survey.id).map(({ id }) => id).join(';')
      return questionsOf(survey).map((one): readonly Cell[] => [
        survey.id,
        at,
        one.id,
        one.kind,
        one.text.de,
        one.text.en,
        (one.options ?? []).map(({ id }) => id).join(';'),
        (one.rows ?? []).map(({ id }) => id).join(';'),
        one.purpose?.owner ?? null,
        one.purpose?.decision ?? null,
        one.purpose?.kind ?? null,
        survey.rest ?? (one.retired ? 'retired' : 'asked'),
      ])
    }),
  }
}

export const caseSheet = (cases: Pick<CaseStore, 'cases'>): Sheet => ({
  columns: ['id', 'title', 'touchpoint', 'topic', 'origin', 'team', 'severity', 'opened', 'due', 'closed', 'pattern', 'resolution'],
  rows: cases.cases(millis(0)).map((one): readonly Cell[] => [
    one.id,
    one.title,
    one.touchpoint,
    one.topic,
    one.origin.type,
    one.team,
    one.severity,
    isoTime(one.openedAt),
    isoTime(one.dueAt),
    isoTime(one.closedAt),
    one.pattern,
    one.steps.findLast(({ what }) => what === 'resolved')?.text ?? null,
  ]),
})

export const improvementSheet = (cases: Pick<CaseStore, 'improvements'>): Sheet => ({
  columns: ['id', 'pattern', 'measure', 'hypothesis', 'metric', 'touchpoint', 'before_from', 'before_until', 'after_from', 'after_until', 'state', 'verdict', 'n_before', 'n_after', 'before', 'after', 'change', 'low', 'high', 'note'],
  rows: cases.improvements().map(({ plan, result, ...one }): readonly Cell[] => [
    one.id,
    one.pattern,
    one.measure,
    plan.hypothesis,
    plan.metric,
    plan.touchpoint,
    plan.before.from,
    plan.before.until,
    plan.after.from,
    plan.after.until,
    one.ending ?? 'running',
    result?.verdict ?? null,
    result?.before.n ?? null,
    result?.after.n ?? null,
    tenth(result?.before.score ?? null),
    tenth(result?.after.score ?? null),
    tenth(result?.change ?? null),
    tenth(result?.interval.low ?? null),
    tenth(result?.interval.high ?? null),
    one.note,
  ]),
})

/** The figures of the letters that are kept, as they were told. */
export const letterSheet = (letters: Letters): Sheet => ({
  columns: ['week', 'told', 'headline', 'metric', 'n', 'score', 'low', 'high', 'before'],
  rows: letters.weeks().flatMap((week) => {
    const letter = letters.find(week)
    if (!letter) return []
    return letter.figures.map(({ metric, n, score, low, high, before }): readonly Cell[] => [week, isoTime(letter.toldAt), letter.headline.de, metric, n, tenth(score), tenth(low), tenth(high), tenth(before?.score ?? null)])
  }),
})
