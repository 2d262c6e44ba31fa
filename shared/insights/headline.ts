/** What the figures say, in a sentence: the first thing a manager reads. Never says more than the figures hold. */
import type { Localised } from '../kernel/language.ts'
import { differenceInterval, differenceP, discoveries, type Share } from './difference.ts'
import { goodAnswers, isThin, MIN_SHOWN, type Counts, type Figure } from './figure.ts'
import { wilsonInterval } from './interval.ts'
import type { Period } from './period.ts'

/** A period as words name it: figures of `today` that are a day old or older are of a past day. */
export type NamedPeriod = Period | 'past-day'
/** A letter is about one whole week. */
export type ToldPeriod = NamedPeriod | 'past-week'

export type HeadlineFacts = {
  readonly period: ToldPeriod
  /** Satisfaction over all touchpoints. */
  readonly overall: Figure
  /** The same for the stretch before; null if there is none to compare with. */
  readonly before: Figure | null
  readonly touchpoints: readonly { readonly name: Localised; readonly key: string; readonly figure: Figure }[]
}

/** trouble and praise only for a difference that chance does not make; thin and few say that they cannot tell. */
export type Headline = {
  readonly kind: 'none' | 'few' | 'thin' | 'trouble' | 'praise' | 'steady'
  readonly sentence: Localised
  /** What has changed since the stretch before; null when that cannot be said. */
  readonly change: Localised | null
  /** The touchpoint the sentence is about. */
  readonly touchpoint: string | null
}

/** The sentence for satisfaction figures. Order  trouble before praise; of several the farthest from the rest. */
export const headlineOf = (facts: HeadlineFacts): Headline => {
  const { overall, period } = facts
  const change = changeOf(facts)
  const plain = (kind: Headline['kind'], sentence: Localised): Headline => ({ kind, sentence, change, touchpoint: null })
  if (overall.n === 0) return plain('none', { de: `${WHEN[period].start.de} hat noch niemand geantwortet.`, en: `Nobody has answered ${WHEN[period].en}.` })
  if (overall.score === null || overall.low === null || overall.high === null) return plain('few', fewAnswers(overall.n, period))
  const { low, high } = asHundred(overall)
  const standing = standingOut(facts)
  if (standing) return { ...tellApart(standing, period), change }
  const score = Math.round(overall.score)
  if (isThin(overall)) return plain('thin', {
    de: `${overall.n} Antworten ${WHEN[period].de}: zwischen ${low} und ${high} von 100 sind zufrieden.`,
    en: `${overall.n} answers ${WHEN[period].en}: between ${low} and ${high} in 100 are satisfied.`,
  })
  return plain('steady', {
    de: `${WHEN[period].start.de} ${WHEN[period].were} ${score} von 100 zufrieden, ohne Ausreißer.`,
    en: `${score} in 100 are satisfied ${WHEN[period].en}; no place stands out.`,
  })
}

type Standing = { readonly kind: 'trouble' | 'praise'; readonly key: string; readonly name: Localised; readonly own: Share; readonly rest: Share }

const WHEN: { readonly [P in ToldPeriod]: Localised & { readonly start: { readonly de: string }; readonly were: string } } = {
  today: { de: 'heute', en: 'today', start: { de: 'Heute' }, were: 'sind' },
  'past-day': { de: 'an diesem Tag', en: 'on that day', start: { de: 'An diesem Tag' }, were: 'waren' },
  'past-week': { de: 'in dieser Woche', en: 'in this week', start: { de: 'In dieser Woche' }, were: 'waren' },
  week: { de: 'in den letzten 7 Tagen', en: 'over the last 7 days', start: { de: 'In den letzten 7 Tagen' }, were: 'waren' },
  month: { de: 'in den letzten 28 Tagen', en: 'over the last 28 days', start: { de: 'In den letzten 28 Tagen' }, were: 'waren' },
  all: { de: 'bisher', en: 'so far', start: { de: 'Bisher' }, were: 'waren' },
}

const fewAnswers = (n: number, period: ToldPeriod): Localised => ({
  de: `${WHEN[period].start.de} erst ${n === 1 ? 'eine Antwort' : `${n} Antworten`}: Werte gibt es ab ${MIN_SHOWN}.`,
  en: `Only ${n === 1 ? 'one answer' : `${n} answers`} ${WHEN[period].en}: figures begin at ${MIN_SHOWN}.`,
})

const shareOf = (counts: Counts, n: number): Share => ({ hits: goodAnswers('csat', counts), n })

/** Every touchpoint that is not thin against all the others together. */
const standingOut = ({ touchpoints, overall }: HeadlineFacts): Standing | null => {
  const all = shareOf(overall.counts, overall.n)
  const compared = touchpoints
    .filter(({ figure }) => !isThin(figure) && all.n - figure.n >= MIN_SHOWN)
    .map(({ key, name, figure }) => {
      const own = shareOf(figure.counts, figure.n)
      const rest = { hits: all.hits - own.hits, n: all.n - own.n }
      return { key, name, own, rest, gap: own.hits / own.n - rest.hits / rest.n }
    })
  const stands = discoveries(compared.map(({ own, rest }) => differenceP(own, rest)))
  const found = compared.filter((_, i) => stands[i]).sort((a, b) => a.gap - b.gap)
  const [worst, best] = [found[0], found.at(-1)]
  if (worst && worst.gap < 0) return { kind: 'trouble', ...worst }
  return best ? { kind: 'praise', ...best } : null
}

const tellApart = ({ kind, key, name, own, rest }: Standing, period: ToldPeriod): Omit<Headline, 'change'> => {
  const unhappy = (share: Share): Share => ({ hits: share.n - share.hits, n: share.n })
  const counted = kind === 'trouble' ? unhappy : (share: Share): Share => share
  const here = Math.round((100 * counted(own).hits) / own.n)
  const elsewhere = asHundred(hundredfold(wilsonInterval(counted(rest).hits, rest.n)))
  const when = WHEN[period]
  const sentence: Localised = kind === 'trouble'
    ? {
        de: `${name.de} macht ${when.de} Ärger: ${here} von 100 nicht zufrieden, sonst ${span(elsewhere, 'bis')}.`,
        en: `${name.en} is causing trouble ${when.en}: ${here} in 100 not satisfied, elsewhere ${span(elsewhere, 'to')}.`,
      }
    : {
        de: `${name.de} überzeugt ${when.de}: ${here} von 100 zufrieden, sonst ${span(elsewhere, 'bis')}.`,
        en: `${name.en} does well ${when.en}: ${here} in 100 satisfied, elsewhere ${span(elsewhere, 'to')}.`,
      }
  return { kind, touchpoint: key, sentence }
}

const BEFORE: { readonly [P in Exclude<ToldPeriod, 'all'>]: Localised } = {
  today: { de: 'gestern', en: 'yesterday' },
  'past-day': { de: 'dem Tag davor', en: 'the day before' },
  'past-week': { de: 'der Woche davor', en: 'the week before' },
  week: { de: 'den 7 Tagen davor', en: 'the 7 days before' },
  month: { de: 'den 28 Tagen davor', en: 'the 28 days before' },
}

const THAN: typeof BEFORE = {
  today: BEFORE.today,
  'past-day': { de: 'am Tag davor', en: 'the day before' },
  'past-week': { de: 'in der Woche davor', en: 'in the week before' },
  week: { de: 'in den 7 Tagen davor', en: 'in the 7 days before' },
  month: { de: 'in den 28 Tagen davor', en: 'in the 28 days before' },
}

const changeOf = ({ overall, before, period }: HeadlineFacts): Localised | null => {
  if (period === 'all' || !before || before.score === null || overall.score === null) return null
  const now = shareOf(overall.counts, overall.n)
  const then = shareOf(before.counts, before.n)
  const { low, high } = differenceInterval(now, then)
  const points = Math.abs(Math.round(overall.score) - Math.round(before.score))
  const [from, to] = [Math.round(before.score), Math.round(overall.score)]
  if (low <= 0 && high >= 0) return {
    de: `Gegenüber ${BEFORE[period].de}: von ${from} auf ${to}, das kann Zufall sein.`,
    en: `Compared with ${BEFORE[period].en}: from ${from} to ${to}, which may be chance.`,
  }
  return {
    de: `${points} von 100 ${high < 0 ? 'weniger' : 'mehr'} zufrieden als ${THAN[period].de}.`,
    en: `${points} in 100 ${high < 0 ? 'fewer' : 'more'} satisfied than ${THAN[period].en}.`,
  }
}

type Ends = { readonly low: number; readonly high: number }

const hundredfold = ({ low, high }: Ends): Ends => ({ low: 100 * low, high: 100 * high })

/** Outwards to whole points, so the words never claim more than the interval. */
const asHundred = ({ low, high }: { readonly low: number | null; readonly high: number | null }): Ends => ({ low: Math.floor(low ?? 0), high: Math.ceil(high ?? 100) })

const span = ({ low, high }: Ends, to: string): string => (low === high ? String(low) : `${low} ${to} ${high}`)
