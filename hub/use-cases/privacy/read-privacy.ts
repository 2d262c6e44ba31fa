/** What is kept, for how long, and what is recorded at all, read from the settings and documents in force: the page and its printed statement are made of nothing else. */
import type { Clock } from '#hub/ports/clock.ts'
import type { DeviceStore } from '#hub/ports/devices.ts'
import type { DocumentStore } from '#hub/ports/documents.ts'
import type { Retention } from '#hub/ports/retention.ts'
import { CONTACT_DAYS_AFTER_ANSWER, CONTACT_DAYS_AT_MOST } from '#shared/feedback/contact-time.ts'
import { MIN_SHOWN } from '#shared/insights/figure.ts'
import { documentsToSurveys } from '#shared/protocol/documents.ts'
import { usualSettings, type KeptClass, type PrivacySettings } from '#shared/privacy/privacy-settings.ts'
import { aboutPersons } from '#shared/privacy/about-persons.ts'
import { isOverdue, type Kept } from '#shared/privacy/retention.ts'
import type { KeptView, PrivacyReply } from '#shared/protocol/privacy.ts'
import { KEEP_DAYS } from '../care/back-up.ts'
import { countryOf, privacyInForce } from './keep-retention.ts'

export type ReadPrivacyParts = { readonly retention: Retention; readonly documents: DocumentStore; readonly devices: Pick<DeviceStore, 'list'>; readonly clock: Clock }

export const readPrivacy =
  (parts: ReadPrivacyParts) =>
  (): PrivacyReply => {
    const { retention, documents, devices, clock } = parts
    const now = clock.now()
    const settings = privacyInForce(parts)
    const country = countryOf(documents)
    const surveys = documentsToSurveys(documents.current()?.items ?? {})
    const paired = devices.list().filter(({ revokedAt }) => revokedAt === null)
    const count = (role: string): number => paired.filter((device) => device.role === role).length
    return {
      asOf: now,
      country,
      settings,
      usual: usualSettings(country),
      kept: keptViews(retention.kept(), settings, now),
      run: retention.lastRun(),
      sumsBefore: retention.sumsBefore(),
      leastShown: MIN_SHOWN,
      copyDays: KEEP_DAYS,
      contactDays: { afterAnswer: CONTACT_DAYS_AFTER_ANSWER, atMost: CONTACT_DAYS_AT_MOST },
      aboutPersons: surveys.flatMap(aboutPersons),
      questions: surveys.flatMap((survey) => [survey.opening, ...survey.followUps].map(({ id, kind, text }) => ({ survey: survey.id, question: id, kind, text }))),
      devices: { kiosk: count('kiosk'), staff: count('staff'), manager: count('manager') },
    }
  }

/** Counting everything takes a look at all answers; a minute old is young enough for periods of days. */
const LOOK_MS = 60_000

/** Classes of which something is older than it may be. */
export const overdueClasses = (parts: Pick<ReadPrivacyParts, 'retention' | 'documents' | 'clock'>): (() => readonly KeptClass[]) => {
  let seen: { readonly at: number; readonly classes: readonly KeptClass[] } | null = null
  return () => {
    const now = parts.clock.now()
    if (seen && now - seen.at < LOOK_MS) return seen.classes
    seen = { at: now, classes: keptViews(parts.retention.kept(), privacyInForce(parts), now).flatMap((kept) => (kept.overdue ? [kept.class] : [])) }
    return seen.classes
  }
}

/** The age of everything that has a period. */
export const keptViews = (kept: readonly Kept[], { days }: PrivacySettings, now: PrivacyReply['asOf'] & Parameters<typeof isOverdue>[2]): readonly KeptView[] =>
  kept.map((one) => ({
    class: one.class,
    days: one.class === 'contacts' ? CONTACT_DAYS_AT_MOST : days[one.class],
    n: one.n,
    oldestAt: one.oldestAt,
    overdue: isOverdue(one, days, now),
  }))
