/** Which ratings explain a judgement when nobody says which: the same for screens, programs and commands. */
import type { ScoredKind } from '../../feedback/scales.ts'
import { MIN_SHOWN } from '../figure.ts'

/** How a question is asked. `detail`: a rating beside a survey's own judgement. */
export type AskedAs = { readonly kind: ScoredKind; readonly detail: boolean }

/**
 * Questions that enough people answered together with the outcome, all on the scale that most of them have: means of different scales cannot stand beside each other.
 * Shape   ratings of parts alone where there are any: another judgement of the whole would explain it by itself. None that asks whether somebody
 *         would recommend the store, which is such a judgement. Sorted.
 */
export const ratingsBeside = (people: Iterable<{ readonly answers: { has(question: string): boolean; keys(): Iterable<string> } }>, asked: ReadonlyMap<string, AskedAs>, outcome: string): readonly string[] => {
  const beside = new Map<string, number>()
  for (const { answers } of people) if (answers.has(outcome)) for (const question of answers.keys()) beside.set(question, (beside.get(question) ?? 0) + 1)
  beside.delete(outcome)
  const enough = [...beside].flatMap(([question, n]) => {
    const as = asked.get(question)
    return as && n >= MIN_SHOWN && as.kind !== 'nps' ? [{ question, ...as }] : []
  })
  const parts = enough.filter(({ detail }) => detail)
  const scales = [...Map.groupBy(parts.length > 0 ? parts : enough, ({ kind }) => kind)].sort(([a, own], [b, other]) => other.length - own.length || (a < b ? -1 : 1))
  return (scales[0]?.[1] ?? []).map(({ question }) => question).toSorted()
}
