/** What shoppers notice when a draft takes the place of what is asked now. */
import { questionsOf, type Question, type Survey } from '#shared/feedback/survey.ts'

export type SurveyChange =
  | { readonly type: 'begins'; readonly questions: number }
  | { readonly type: 'added' | 'gone' | 'reworded' | 'asked-otherwise' | 'other-condition' | 'opens'; readonly question: Question }
  | { readonly type: 'order' | 'hours' | 'quota' | 'cooldown' | 'budget' | 'languages' | 'contact-on' | 'contact-off' | 'nothing' }

/** Order  as the survey is read: its questions first, then the rules around it. Shape  at least one. */
export const surveyChanges = (live: Survey | null, draft: Survey): readonly SurveyChange[] => {
  if (!live || live.rest) return [{ type: 'begins', questions: asked(draft).length }]
  const changes: SurveyChange[] = [...questionChanges(live, draft)]
  const rule = (name: 'hours' | 'quota' | 'cooldown' | 'budget' | 'languages'): void => {
    if (!same(live[name], draft[name])) changes.push({ type: name })
  }
  rule('hours')
  rule('quota')
  rule('cooldown')
  rule('budget')
  rule('languages')
  if (live.contact !== draft.contact) changes.push({ type: draft.contact ? 'contact-on' : 'contact-off' })
  return changes.length > 0 ? changes : [{ type: 'nothing' }]
}

const questionChanges = (live: Survey, draft: Survey): readonly SurveyChange[] => {
  const before = new Map(asked(live).map((question) => [question.id, question]))
  const after = new Map(asked(draft).map((question) => [question.id, question]))
  const changes: SurveyChange[] = []
  if (asked(live)[0]?.id !== asked(draft)[0]?.id && asked(draft)[0]) changes.push({ type: 'opens', question: asked(draft)[0]! })
  for (const question of after.values()) {
    const old = before.get(question.id)
    if (!old) changes.push({ type: 'added', question })
    else if (!same(answering(old), answering(question))) changes.push({ type: 'asked-otherwise', question })
    else if (!same(old.text, question.text)) changes.push({ type: 'reworded', question })
    if (old && !same(old.onlyIf, question.onlyIf)) changes.push({ type: 'other-condition', question })
  }
  for (const question of before.values()) if (!after.has(question.id)) changes.push({ type: 'gone', question })
  const shared = (survey: Survey): readonly string[] => asked(survey).flatMap(({ id }) => (before.has(id) && after.has(id) ? [id] : []))
  if (!same(shared(live), shared(draft))) changes.push({ type: 'order' })
  return changes
}

const asked = (survey: Survey): readonly Question[] => questionsOf(survey).filter(({ retired }) => !retired)
const answering = ({ kind, options, rows, most }: Question) => [kind, options, rows, most]

/** Equal in what they say, whatever the order of their keys. */
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a, sorted) === JSON.stringify(b, sorted)
const sorted = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value
