/** The weekly letter: told once a week of the store is over, from what is then known, and never changed afterwards. */
import type { AuditLog } from '#hub/ports/audit.ts'
import type { FeedbackPages } from '#hub/ports/feedback-pages.ts'
import type { Letters } from '#hub/ports/letters.ts'
import type { Log } from '#hub/ports/log.ts'
import type { Timer } from '#hub/ports/timer.ts'
import type { Transactions } from '#hub/ports/transaction.ts'
import type { Metric } from '#shared/insights/figure.ts'
import { headlineOf } from '#shared/insights/headline.ts'
import type { Localised } from '#shared/kernel/language.ts'
import { addDays, localTime, millis, type Day, type Millis } from '#shared/kernel/time.ts'
import { letterChanges, letterFigure, nextSteps, pickVoices } from '#shared/insights/weekly-letter.ts'
import { documentsToStore, documentsToTouchpoints } from '#shared/protocol/documents.ts'
import type { InsightsReply } from '#shared/protocol/feedback.ts'
import { KEPT_LETTERS } from '#shared/protocol/sharing.ts'
import type { KeptLetter, WeeklyLetter } from '#shared/protocol/weekly-letter.ts'
import { feedbackContext } from '../feedback/feedback-context.ts'
import { readInsights, type InsightsDeps } from '../figures/read-insights.ts'
import { wallEntries } from '../acting/read-wall.ts'
import { beginOf, endOf } from '../figures/store-days.ts'

export type LetterParts = InsightsDeps & { readonly letters: Letters; readonly pages: FeedbackPages; readonly audit: AuditLog; readonly transactions: Transactions }

/** Comments that are looked through for three. */
const MAX_COMMENTS = 400
/** In the order a manager asks: were they content, would they say so, was it easy. */
const SHOWN: readonly Metric[] = ['csat', 'nps', 'ces']
/** Nobody waits for Monday's letter before the shop opens; devices that were offline over Sunday have this long to send. */
const LOOK_MS = 1_800_000
const TOLD_FROM_HOUR = 6

/** Monday of the last week that is over. */
export const lastWeek = (now: Millis, timeZone: string): Day => {
  const { day, weekday } = localTime(now, timeZone)
  return addDays(day, 1 - weekday - 7)
}

/** The letter of the last whole week, told now unless it was told before. */
export const tellLetter = (parts: LetterParts, who: { readonly who: string; readonly device: string | null } = { who: 'hub', device: null }): KeptLetter => {
  const { letters, clock, documents, transactions, audit } = parts
  const week = lastWeek(clock.now(), feedbackContext(documents).timeZone)
  return transactions.run(() => {
    const known = letters.find(week)
    if (known) return known
    const letter = letterOf(parts, week)
    letters.keep(letter, KEPT_LETTERS)
    audit.record({ ...who, what: 'letter.told', object: week })
    return letter
  })
}

/** Tells each week's letter from Monday morning on, also if the hub was off then. */
export const keepLetters = (parts: LetterParts & { readonly log: Log }, timer: Timer): { stop(): void } => {
  const look = (): void => {
    const { day, hour } = localTime(parts.clock.now(), feedbackContext(parts.documents).timeZone)
    const week = lastWeek(parts.clock.now(), feedbackContext(parts.documents).timeZone)
    if (parts.letters.find(week) || (addDays(week, 7) === day && hour < TOLD_FROM_HOUR)) return
    if (parts.documents.head() === null) return
    tellLetter(parts)
    parts.log.info('weekly letter told', { week })
  }
  const guarded = (): void => {
    try {
      look()
    } catch (error) {
      parts.log.error('the weekly letter was not told', { error: error instanceof Error ? error.name : 'thrown value' })
    }
  }
  return { stop: timer.every(LOOK_MS, guarded) }
}

/** With the words of its voices as they are held today. */
export const spokenLetter = ({ pages, documents }: Pick<LetterParts, 'pages' | 'documents'>, letter: KeptLetter): WeeklyLetter => {
  const held = new Map(pages.ofIds(letter.voices).map((row) => [row.id, row]))
  const places = new Map(documentsToTouchpoints(documents.current()?.items ?? {}).map(({ id, name }) => [id, name]))
  const voices = letter.voices.map((id) => {
    const row = held.get(id)
    return row && typeof row.value === 'string' ? { text: row.value, place: places.get(row.touchpoint) ?? null } : { text: null, place: null }
  })
  return { ...letter, voices }
}

const letterOf = (parts: LetterParts, week: Day): KeptLetter => {
  const { documents, clock, pages } = parts
  const { timeZone } = feedbackContext(documents)
  const items = documents.current()?.items ?? {}
  const store = documentsToStore(items)
  const places = new Map(documentsToTouchpoints(items).map(({ id, name }) => [id, name]))
  const nameOf = (key: string): Localised => places.get(key) ?? { de: key, en: key }
  const own = { from: beginOf(week, timeZone), until: millis(endOf(addDays(week, 6), timeZone) - 1) }
  const former = { from: beginOf(addDays(week, -7), timeZone), until: millis(own.from - 1) }
  const both = SHOWN.map((metric) => ({ metric, is: readInsights(parts, { metric, by: 'touchpoint', ...own }), was: readInsights(parts, { metric, by: 'touchpoint', ...former }) }))
  const csat = both.find(({ metric }) => metric === 'csat')!
  const groups = csat.is.groups.map(({ key, figure }) => ({ key, name: nameOf(key), figure }))
  const headline = headlineOf({ period: 'past-week', overall: csat.is.overall, before: csat.was.overall, touchpoints: groups })
  const changes = letterChanges(csat.was.groups, csat.is.groups, nameOf)
  const missing = csat.is.missing.map(({ name, waiting, lost = 0 }) => ({ name, waiting, lost }))
  return {
    week,
    lastDay: addDays(week, 6),
    toldAt: clock.now(),
    store: store.ok ? store.value.name : '',
    headline: headline.sentence,
    change: headline.change,
    figures: both.flatMap(({ metric, is, was }) => letterFigure(metric, is.overall, was.overall)),
    withheld: withheldIn(csat.is),
    changes,
    missing,
    voices: pickVoices(pages.comments(own.from, millis(own.until + 1), MAX_COMMENTS).map(({ id, touchpoint, value }) => ({ id, touchpoint, text: String(value) })), headline.touchpoint),
    done: doneIn(parts, week, own),
    next: nextSteps({ headline: headline.kind, place: headline.touchpoint === null ? null : nameOf(headline.touchpoint), overall: csat.is.overall, changes, missing: missing.length }),
  }
}

const withheldIn = ({ overall, groups }: InsightsReply): number => Math.max(0, overall.n - groups.reduce((sum, { figure }) => sum + figure.n, 0))

const doneIn = ({ documents, audit }: LetterParts, week: Day, { from, until }: { readonly from: number; readonly until: number }): readonly Localised[] => {
  const improved = wallEntries(documents.current()?.items ?? {}).filter(({ day }) => day >= week && day <= addDays(week, 6)).map(({ text }) => text)
  const replies = audit.list({ limit: 200, what: 'receipt.answered', from, until }).length
  const releases = audit.list({ limit: 200, what: 'release.published', from, until }).length
  return [
    ...improved,
    ...(replies > 0 ? [{ de: replies === 1 ? 'Eine Antwort an Kunden geschrieben.' : `${replies} Antworten an Kunden geschrieben.`, en: replies === 1 ? 'One reply written to a customer.' : `${replies} replies written to customers.` }] : []),
    ...(releases > 0 ? [{ de: releases === 1 ? 'Ein neuer Stand für alle Geräte veröffentlicht.' : `${releases} neue Stände für alle Geräte veröffentlicht.`, en: releases === 1 ? 'One new release published to all devices.' : `${releases} new releases published to all devices.` }] : []),
  ]
}
