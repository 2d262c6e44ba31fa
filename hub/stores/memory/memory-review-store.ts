/** Reviews of releases in memory. */
import type { ReleaseReview, ReviewStore } from '#hub/ports/reviews.ts'

export const memoryReviewStore = (): ReviewStore => {
  const kept = new Map<number, ReleaseReview>()
  return {
    keep: (review) => {
      if (!kept.has(review.rev)) kept.set(review.rev, structuredClone(review))
    },
    find: (rev) => kept.get(rev) ?? null,
  }
}
