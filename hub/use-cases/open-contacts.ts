/** How the person behind one response wants to be answered, for the manager who is about to answer. */
import type { Clock } from '#hub/ports/clock.ts'
import type { FeedbackStore } from '#hub/ports/feedback-store.ts'
import type { FeedbackContact } from '#shared/protocol/feedback.ts'
import { CONTACT_DAYS } from './project-feedback.ts'

/** One whose time is over is not told any more, even before it is deleted. */
export const openContacts = ({ feedback, clock }: { readonly feedback: Pick<FeedbackStore, 'contacts'>; readonly clock: Clock }, request: { readonly response: string }): readonly FeedbackContact[] => {
  const since = clock.now() - CONTACT_DAYS * 86_400_000
  return feedback.contacts().flatMap(({ response, touchpoint, at, contact }) => (response === request.response && at >= since ? [{ response, touchpoint, at, contact }] : []))
}
