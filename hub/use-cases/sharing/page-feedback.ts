/** Answers for programs, page by page: nobody's answer can be told by its minute, none is left out and none comes twice, however many arrive meanwhile. */
import type { Clock } from '#hub/ports/clock.ts'
import type { FeedbackPages, NumberedAnswer } from '#hub/ports/feedback-pages.ts'
import type { HubKeys } from '#hub/ports/hub-keys.ts'
import { bytesToHex, utf8 } from '#shared/kernel/bytes.ts'
import { sha256 } from '#shared/kernel/sha256.ts'
import { addDays, localTime, millis, type Day } from '#shared/kernel/time.ts'
import { MIN_SHOWN } from '#shared/insights/figure.ts'
import { startOfDay } from '#shared/insights/period.ts'
import { PAGE } from '#shared/protocol/api.ts'
import { beginOf, endOf } from '../figures/store-days.ts'

export type PageParts = { readonly pages: FeedbackPages; readonly clock: Clock; readonly timeZone: () => string }

/** An answer as it leaves the hub. */
export type SharedAnswer = Pick<NumberedAnswer, 'touchpoint' | 'question' | 'kind' | 'value' | 'channel'> & { readonly id: string; readonly when: string }

/** Number of the last answer of a page; 0 before all. */
export type Place = number

const USUAL_PAGE = 100
const CURSOR = /^b([0-9a-z]{1,10})-([\w-]{22})$/

/** Only the hub can make one: with places of somebody's own choice two pages would differ by a single answer. */
export const cursorOf = (keys: Pick<HubKeys, 'mark'>, place: Place): string => `b${place.toString(36)}-${keys.mark(`page ${place}`)}`
/** Null: nobody was ever given that. */
export const placeOf = (keys: Pick<HubKeys, 'mark'>, cursor: string): Place | null => {
  const place = parseInt(CURSOR.exec(cursor)?.[1] ?? '', 36)
  return Number.isSafeInteger(place) && cursorOf(keys, place) === cursor ? place : null
}

/** An event's own id tells its moment to the millisecond; this one tells nothing, and is the same each time. */
export const sharedId = (id: string): string => bytesToHex(sha256(utf8(`shared answer ${id}`))).slice(0, 32)

/**
 * One page behind a place. Answers are told from the day after they arrived, by their numbers, and within a page in the order of what they say:
 * so pages tell a day and no moment. Shape  of about `limit` answers: pages of every size end at the same places, so that two of them never differ by a few.
 */
export const pageFeedback =
  (parts: PageParts) =>
  ({ after, limit = USUAL_PAGE }: { readonly after: Place; readonly limit?: number }): { readonly items: readonly SharedAnswer[]; readonly place: Place; readonly more: boolean } => {
    const timeZone = parts.timeZone()
    const today = startOfDay(parts.clock.now(), timeZone)
    const found = parts.pages.after(after, limit + 2 * PAGE.least, today)
    const rows = found.slice(0, endOfPage(found, limit, timeZone))
    return { items: sharedAnswers(parts, rows), place: rows.at(-1)?.n ?? after, more: found.length > rows.length }
  }

/** A page ends where a day of arrival does, or fifty answers behind another such place where at least as many of the day are left. Needs twice as many rows behind `limit`. */
const endOfPage = (rows: readonly NumberedAnswer[], limit: number, timeZone: string): number => {
  const days = rows.map(({ receivedAt }) => localTime(millis(receivedAt), timeZone).day)
  let end = 0
  while (end < rows.length) {
    const day = days[end]!
    const dayEnd = days.lastIndexOf(day) + 1
    const next = dayEnd - end < 2 * PAGE.least ? dayEnd : end + PAGE.least
    if (end > 0 && next > limit) break
    end = next
  }
  return end
}

/** As they leave the hub, sorted by what they say. */
export const sharedAnswers = ({ pages, timeZone }: Pick<PageParts, 'pages' | 'timeZone'>, rows: readonly NumberedAnswer[]): readonly SharedAnswer[] => {
  const coarse = coarsely(pages, timeZone())
  return rows
    .map((row): SharedAnswer => ({ id: sharedId(row.id), ...coarse(row), question: row.question, kind: row.kind, value: row.value, channel: row.channel }))
    .toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
}

const keyOf = ({ when, touchpoint, question, value, id }: SharedAnswer): string => [when, touchpoint, question, String(value), id].join('\t')

/** Day and place; where too few people answered there on that day its month, where that is too few as well no place: the rule of the exports. */
const coarsely = (pages: FeedbackPages, timeZone: string): ((row: Pick<NumberedAnswer, 'at' | 'touchpoint'>) => { readonly when: string; readonly touchpoint: string }) => {
  const known = new Map<string, boolean>()
  const isMany = (touchpoint: string, from: Day, to: Day): boolean => {
    const key = `${from} ${to} ${touchpoint}`
    const found = known.get(key) ?? pages.isMany(touchpoint, beginOf(from, timeZone), endOf(to, timeZone), MIN_SHOWN)
    known.set(key, found)
    return found
  }
  return ({ at, touchpoint }) => {
    if (at === null) return { when: '', touchpoint }
    const { day } = localTime(at, timeZone)
    if (isMany(touchpoint, day, day)) return { when: day, touchpoint }
    const first = `${day.slice(0, 7)}-01` as Day
    const last = addDays(`${addDays(first, 31).slice(0, 7)}-01` as Day, -1)
    return { when: day.slice(0, 7), touchpoint: isMany(touchpoint, first, last) ? touchpoint : '' }
  }
}
