/** Which ratings explain a judgement when nobody says which: the same for screens, programs and commands. */
import type { ScoredKind } from '../../feedback/scales.ts'
import { MIN_SHOWN } from '../figure.ts'
import { factorRow, SINGULAR_BELOW } from '../statistics/matrix.ts'
import { correlationsOf } from '../statistics/regression.ts'
import type { DriverAnswers } from './key-drivers.ts'

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

/** constant: everybody gave the same · collinear: it says nothing that those before it do not say together. */
export type Untold = { readonly key: string; readonly why: 'constant' | 'collinear' }

/**
 * The ratings that can be weighed, and those that stand in the way of the others.
 * Order   both as given; of two that repeat each other the first is kept.
 */
export const tellingRatings = ({ outcome, ratings }: DriverAnswers): { readonly kept: DriverAnswers['ratings']; readonly left: readonly Untold[] } => {
  const varied = ratings.filter(({ values }) => values.some((value) => value !== values[0]))
  const left = new Map<string, Untold['why']>(ratings.filter((rating) => !varied.includes(rating)).map(({ key }) => [key, 'constant']))
  const among = outcome.length < varied.length + 2 ? undefined : correlationsOf(varied.map(({ values }) => values), outcome)?.among
  const [factor, members]: [(readonly number[])[], number[]] = [[], []]
  for (const [i, { key }] of varied.entries()) {
    if (!among) break
    const row = factorRow(factor, members.map((member) => among[i]![member]!))
    const rest = 1 - row.reduce((sum, value) => sum + value * value, 0)
    if (rest < SINGULAR_BELOW) left.set(key, 'collinear')
    else {
      factor.push([...row, Math.sqrt(rest)])
      members.push(i)
    }
  }
  return { kept: ratings.filter(({ key }) => !left.has(key)), left: ratings.flatMap(({ key }) => (left.has(key) ? [{ key, why: left.get(key)! }] : [])) }
}
