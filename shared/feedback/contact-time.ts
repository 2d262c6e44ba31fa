/** How long somebody's mail address or telephone number is kept: what they agreed to on the device says the same. */
import { millis, type Millis } from '../kernel/time.ts'

/** After the answer that it was given for. */
export const CONTACT_DAYS_AFTER_ANSWER = 30
/** After it was given, answered or not: long enough for a complaint, then it is nobody's business. */
export const CONTACT_DAYS_AT_MOST = 90

const DAY_MS = 86_400_000

/** When a contact's time is over. `at`: given; `answeredAt`: first answered, null if not yet. */
export const contactEndsAt = ({ at, answeredAt }: { readonly at: Millis; readonly answeredAt: Millis | null }): Millis => {
  const latest = at + CONTACT_DAYS_AT_MOST * DAY_MS
  return millis(answeredAt === null ? latest : Math.min(latest, answeredAt + CONTACT_DAYS_AFTER_ANSWER * DAY_MS))
}
