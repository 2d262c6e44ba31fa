/** Whether a survey may be begun on this device now: its hours, its quota, its pause between two responses. Counted here, so it holds without the hub. */
import { openingOf } from '#shared/feedback/answer.ts'
import { mayAsk, type NotAsked } from '#shared/feedback/may-ask.ts'
import { quotaPeriod } from '#shared/feedback/survey-quota.ts'
import type { Question, Survey } from '#shared/feedback/survey.ts'
import type { Millis } from '#shared/kernel/time.ts'
import { documentsToTouchpoints, readDocument } from '#shared/protocol/documents.ts'
import type { Documents } from '#shared/sync/release.ts'

/** Something small that outlives a restart of the device, written as one step. */
export type Kept = { read(name: string): Promise<unknown>; update(name: string, decide: (value: unknown) => object | null): Promise<boolean> }

/** What is known of one survey: its period and the responses of this device in it, and when the last one began. Nothing of anybody. */
type Count = { readonly period: string; readonly taken: number; readonly lastAt: number }
type Counts = { readonly [survey: string]: Count }

export type AskingPlace = { readonly now: Millis; readonly timeZone: string; readonly device: string; readonly items: Documents; readonly inVisit: boolean }

const NAME = 'asked'
const DAY_MS = 86_400_000
/** Longest pause between two responses, in days, and a little more. */
const FORGET_DAYS = 8

export class Asking {
  #counts = $state.raw<Counts>({})
  /** Null until what was counted before this start has been read; until then nothing with a limit is asked. */
  #isRead = $state(false)
  readonly #kept: Kept

  constructor(kept: Kept) {
    this.#kept = kept
    void kept.read(NAME).then(
      (saved) => this.#begin(readCounts(saved)),
      () => this.#begin({}),
    )
  }

  /** Why a survey is not begun now; null: it is. */
  whyNot(survey: Survey, { now, timeZone, device, items, inVisit }: AskingPlace): NotAsked | null {
    const count = this.#counts[survey.id]
    if ((survey.quota || survey.cooldown?.per === 'device') && !this.#isRead) return survey.quota ? 'quota' : 'cooldown'
    return mayAsk(survey, {
      now,
      timeZone,
      device,
      devices: survey.quota?.share === 'allotted' ? devicesAsking(survey.id, items) : [],
      taken: count && survey.quota && count.period === quotaPeriod(survey.quota, now, timeZone) ? count.taken : 0,
      lastAt: (count?.lastAt ?? null) as Millis | null,
      inVisit,
      taps: 0,
      visitMs: 0,
    })
  }

  /** The question that a response begins with here and now; null: none is. */
  question(survey: Survey, place: AskingPlace): Question | null {
    return this.whyNot(survey, place) === null ? openingOf(survey) : null
  }

  /** A response to it has begun. */
  async began(survey: Survey, now: Millis, timeZone: string): Promise<void> {
    if (!survey.quota && survey.cooldown?.per !== 'device') return
    const period = survey.quota ? quotaPeriod(survey.quota, now, timeZone) : ''
    const count = (counts: Counts): Counts => {
      const before = counts[survey.id]
      const isKept = ([id, { period: one, lastAt }]: [string, Count]): boolean => id !== survey.id && (one === 'ever' || now - lastAt < FORGET_DAYS * DAY_MS)
      return { ...Object.fromEntries(Object.entries(counts).filter(isKept)), [survey.id]: { period, taken: before?.period === period ? before.taken + 1 : 1, lastAt: now } }
    }
    this.#counts = count(this.#counts)
    await this.#kept.update(NAME, (saved) => count(readCounts(saved)))
  }

  #begin(counts: Counts): void {
    this.#counts = { ...counts, ...this.#counts }
    this.#isRead = true
  }
}

/** The devices among which an allotted quota is divided: those that the release sends to a place that asks it. */
const devicesAsking = (survey: string, items: Documents): readonly string[] => {
  const places = new Set(documentsToTouchpoints(items).flatMap((place) => (place.survey === survey ? [place.id] : [])))
  return Object.entries(items).flatMap(([id, body]) => {
    const profile = id.startsWith('profile/') ? readDocument('profile', id, body) : null
    return profile?.ok && profile.value.touchpoint !== null && places.has(profile.value.touchpoint) && profile.value.modules.includes('feedback') ? [profile.value.id] : []
  })
}

/** Another version, or a damaged disk, may have written anything. */
const readCounts = (saved: unknown): Counts => {
  if (typeof saved !== 'object' || saved === null) return {}
  return Object.fromEntries(Object.entries(saved).filter((entry): entry is [string, Count] => isCount(entry[1])))
}

const isCount = (value: unknown): value is Count => {
  const { period, taken, lastAt } = (typeof value === 'object' && value !== null ? value : {}) as Partial<Count>
  return typeof period === 'string' && Number.isInteger(taken) && Number.isFinite(lastAt)
}
