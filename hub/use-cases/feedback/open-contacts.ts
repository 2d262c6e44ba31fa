/** How the person behind one response wants to be answered, for the manager who is about to answer: opened now, and for that alone. */
import * as v from 'valibot'
import type { Clock } from '#hub/ports/clock.ts'
import type { FeedbackStore, KeptContact } from '#hub/ports/feedback-store.ts'
import type { HubKeys } from '#hub/ports/hub-keys.ts'
import { contactEndsAt } from '#shared/feedback/contact-time.ts'
import { ContactSecret } from '#shared/protocol/feedback-events.ts'
import type { FeedbackContact } from '#shared/protocol/feedback.ts'

export type OpenContactsParts = { readonly feedback: Pick<FeedbackStore, 'contacts'>; readonly keys: Pick<HubKeys, 'open'>; readonly clock: Clock }

/** One whose time is over is not told any more, even before it is deleted. */
export const openContacts = ({ feedback, keys, clock }: OpenContactsParts, request: { readonly response: string }): readonly FeedbackContact[] => {
  const now = clock.now()
  const own = feedback.contacts().filter((kept) => kept.response === request.response && contactEndsAt(kept) >= now)
  return own.flatMap((kept) => {
    const contact = contactInClear(keys, kept)
    return contact === null ? [] : [{ response: kept.response, touchpoint: kept.touchpoint, at: kept.at, contact }]
  })
}

/** A contact as the person wrote it. Null: it was sealed to a key that is gone. */
export const contactInClear = (keys: Pick<HubKeys, 'open'>, { contact, sealed }: KeptContact): string | null => {
  if (!sealed) return contact
  const opened = v.safeParse(ContactSecret, keys.open(contact))
  return opened.success ? opened.output.contact : null
}
