/** Improvements with the numbers that they end with, and the way back from each to what customers said. */
import type { CaseStore, Improvement } from '#hub/ports/case-store.ts'
import type { FeedbackStore } from '#hub/ports/feedback-store.ts'
import type { Case } from '#shared/cx/case.ts'
import { isFolded } from '#shared/feedback/hidden.ts'
import { wallOf, type WallEntry } from '#shared/cx/wall.ts'
import { canonicalJson } from '#shared/kernel/json.ts'
import { answersForNps, answersForShare } from '#shared/insights/experiment/answers-for-change.ts'
import type { ImprovementPlan, Window } from '#shared/insights/experiment/improvement-plan.ts'
import { LEAST_IN_WINDOW, type ImprovementAnswers } from '#shared/insights/experiment/improvement-result.ts'
import { figureOf, npsCounts, type Counts, type Figure, type Metric } from '#shared/insights/figure.ts'
import { addDays, localTime, millis, type Day } from '#shared/kernel/time.ts'
import type { ImprovementsReply, ImprovementView, NeedReply, Voice } from '#shared/protocol/acting.ts'
import { readWall } from '#shared/protocol/wall-document.ts'
import { feedbackContext } from '../feedback/feedback-context.ts'
import { missingDevices, readInsights, type InsightsDeps } from '../figures/read-insights.ts'
import { dayStart } from './watch-answers.ts'

export type ImprovementParts = InsightsDeps & { readonly cases: CaseStore }

const RECENT_WEEKS = 4
/** Voices that one improvement or case shows: enough to hear what it was about. */
export const MOST_VOICES = 40

export const readImprovements = (parts: ImprovementParts): ImprovementsReply => {
  const cases = parts.cases.cases(parts.clock.now())
  const titles = new Map(parts.cases.patterns().map(({ id, title }) => [id, title]))
  const improvements = parts.cases.improvements().map((one) => viewOf(parts, one, { title: titles.get(one.pattern) ?? '', cases: cases.filter(({ pattern }) => pattern === one.pattern) }))
  const shown = readWall(parts.documents.current()?.items ?? {}).entries
  const wanted = wallOf(wallEntries(parts.cases.improvements())).entries
  return { asOf: parts.clock.now(), improvements, wall: { shown, waiting: canonicalJson(wanted as never) !== canonicalJson(shown as never), publishedAt: parts.cases.wallPublishedAt() } }
}

/** One of them as it is shown; null if there is none. */
export const readImprovement = (parts: ImprovementParts, id: number): ImprovementView | null => readImprovements(parts).improvements.find((one) => one.id === id) ?? null

const viewOf = (parts: ImprovementParts, one: Improvement, { title, cases }: { readonly title: string; readonly cases: readonly Case[] }): ImprovementView => {
  const now = parts.clock.now()
  const answers = answersOf(parts, one.plan)
  const before = one.result?.before ?? figureOf(one.plan.metric, answers.before)
  const { timeZone } = feedbackContext(parts.documents)
  const isOpen = one.ending === null
  const stretch = { from: dayStart(one.plan.after.from, timeZone), until: Math.min(dayStart(one.plan.after.until, timeZone), now + 1) }
  return {
    id: one.id,
    pattern: one.pattern,
    title,
    measure: one.measure,
    plan: one.plan,
    plannedAt: one.plannedAt,
    endedAt: one.endedAt,
    standing: standingOf(parts, one, answers),
    note: one.note,
    need: answersNeeded(one.plan, before),
    before,
    after: one.result?.after ?? figureOf(one.plan.metric, answers.after),
    lacking: isOpen ? lackingIn(answers) : 0,
    missing: isOpen && stretch.from < stretch.until ? missingDevices(parts, stretch, now) : [],
    result: one.result,
    told: one.told,
    cases: cases.map(({ id }) => id),
    voices: cases.flatMap((own) => voicesOf(parts.feedback, own)).slice(0, MOST_VOICES),
  }
}

/** How the measurement is. */
export const standingOf = (parts: ImprovementParts, { plan, ending }: Improvement, answers?: ImprovementAnswers): ImprovementView['standing'] => {
  if (ending !== null) return ending
  const today = localTime(parts.clock.now(), feedbackContext(parts.documents).timeZone).day
  if (today < plan.after.from) return 'waiting'
  if (today < plan.after.until) return 'running'
  return lackingIn(answers ?? answersOf(parts, plan)) > 0 ? 'few' : 'ready'
}

/** What the people of a case said, masked as it was stored: read now, and gone when it is erased. */
export const voicesOf = (feedback: Pick<FeedbackStore, 'ofResponse'>, { origin }: Pick<Case, 'origin'>): readonly Voice[] =>
  origin.type !== 'response'
    ? []
    : feedback.ofResponse(origin.dev, origin.response).flatMap(({ response, question, kind, value, at, receivedAt, hidden }) => (kind === 'contact' || isFolded(hidden) ? [] : [{ response, question, kind, value, at: at ?? receivedAt }]))

/** Answers of whole days, as reports may tell them: below the threshold a window counts as empty. */
export const answersOf = (parts: InsightsDeps, { metric, touchpoint, before, after, control }: ImprovementPlan): ImprovementAnswers => {
  const counts = (place: string, window: Window): Counts => countsIn(parts, metric, place, window)
  return {
    before: counts(touchpoint, before),
    after: counts(touchpoint, after),
    control: control === null ? null : { before: counts(control, before), after: counts(control, after) },
  }
}

const countsIn = (parts: InsightsDeps, metric: Metric, place: string, { from, until }: Window): Counts => {
  const { timeZone } = feedbackContext(parts.documents)
  const range = { from: dayStart(from, timeZone), until: millis(dayStart(until, timeZone) - 1) }
  if (range.from > parts.clock.now()) return {}
  return readInsights(parts, { metric, ...range, by: 'touchpoint' }).groups.find(({ key }) => key === place)?.figure.counts ?? {}
}

const lackingIn = ({ before, after, control }: ImprovementAnswers): number => {
  const sums = [before, after, ...(control ? [control.before, control.after] : [])].map((counts) => Object.values(counts).reduce((sum, n) => sum + n, 0))
  return Math.max(0, LEAST_IN_WINDOW - Math.min(...sums))
}

const answersNeeded = ({ metric, direction, points }: Pick<ImprovementPlan, 'metric' | 'direction' | 'points'>, now: Figure): number | null => {
  if (now.score === null) return null
  const signed = direction === 'up' ? points : -points
  if (metric !== 'nps') return answersForShare(now.score, signed)
  const { promoters, detractors } = npsCounts(now.counts)
  return answersForNps({ promoters: promoters / now.n, detractors: detractors / now.n }, signed)
}

/** From the last four whole weeks before today. */
export const readNeed = (parts: InsightsDeps, { touchpoint, metric, points, direction }: { readonly touchpoint: string; readonly metric: Metric; readonly points: number; readonly direction: 'up' | 'down' }): NeedReply => {
  const today = localTime(parts.clock.now(), feedbackContext(parts.documents).timeZone).day
  const now = figureOf(metric, countsIn(parts, metric, touchpoint, { from: addDays(today, -7 * RECENT_WEEKS), until: today }))
  const answers = points > 0 ? answersNeeded({ metric, direction, points }, now) : null
  const perWeek = now.score === null ? null : now.n / RECENT_WEEKS
  return { now, answers, perWeek, weeks: answers === null || perWeek === null || perWeek === 0 ? null : Math.ceil(answers / perWeek) }
}

/** What may stand on the wall: improvements that showed their effect, with words that were approved. */
export const wallEntries = (improvements: readonly Improvement[]): readonly WallEntry[] =>
  improvements.flatMap(({ id, plan, result, told }) => {
    if (result?.verdict !== 'kept' || told === null || result.before.score === null || result.after.score === null) return []
    // The interval outwards, so that no more is said than was shown.
    const [before, after, low, high] = [Math.round(result.before.score), Math.round(result.after.score), Math.floor(result.interval.low), Math.ceil(result.interval.high)]
    return [{ id: `i${id}`, text: told, place: plan.touchpoint, metric: plan.metric, before, after, low, high, n: result.before.n + result.after.n, day: plan.after.until as Day }]
  })
