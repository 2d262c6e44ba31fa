/** Ratings that can be laid beside each other: means of different scales in one picture would say what nobody said. */
import type { DriversReply, FigureChoices } from '#shared/protocol/figures.ts'

/** Fewer than this are no comparison. */
const LEAST = 2

/**
 * Those of the found ratings that share a scale, the one that most of them have; recommendation judges the whole and explains nothing.
 * Shape   null: all of them do, or too few would be left.
 */
export const ratingsOnOneScale = ({ found }: DriversReply, { questions }: Pick<FigureChoices, 'questions'>): readonly string[] | null => {
  const metrics = new Map(questions.map(({ question, metric }) => [question, metric]))
  const rated = (found?.drivers ?? []).filter(({ key }) => metrics.get(key) !== 'nps')
  const scales = [...Map.groupBy(rated, ({ key }) => metrics.get(key) ?? null).values()]
  const [most] = scales.sort((a, b) => b.length - a.length)
  if (!most || most.length < LEAST || most.length === found?.drivers.length) return null
  return most.map(({ key }) => key).sort()
}
