/** What unhappy people at one place ticked most often: the likely cause behind a headline. */
import type { FeedbackItem } from '#shared/protocol/feedback.ts'

export type Reasons = {
  /** People who ticked anything. */
  readonly of: number
  readonly top: readonly { readonly question: string; readonly id: string; readonly n: number }[]
}

/** Fewer people than this give no cause. */
const MIN_PEOPLE = 5

/** The two commonest ticks since `from`; null when too few people ticked anything, or no two the same. */
export const commonestReasons = (items: readonly FeedbackItem[], touchpoint: string, from: number): Reasons | null => {
  const ticked = items.filter((item) => item.touchpoint === touchpoint && item.kind === 'choice' && item.at >= from)
  const counts = new Map<string, { question: string; id: string; n: number }>()
  for (const { question, value } of ticked) {
    for (const id of typeof value === 'object' ? value : []) {
      const count = counts.get(`${question} ${id}`) ?? { question, id, n: 0 }
      counts.set(`${question} ${id}`, { ...count, n: count.n + 1 })
    }
  }
  const repeated = [...counts.values()].filter(({ n }) => n > 1).sort((a, b) => b.n - a.n || (a.id < b.id ? -1 : 1))
  return ticked.length < MIN_PEOPLE || repeated.length === 0 ? null : { of: ticked.length, top: repeated.slice(0, 2) }
}
