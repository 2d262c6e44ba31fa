/** What a weekly letter is made of: scores beside those of the week before, places that moved (certain ones first), three comments, and what to do next. */
import type { Localised } from '../kernel/language.ts'
import { differenceInterval, differenceP, discoveries, type Share } from './difference.ts'
import { answersIn, goodAnswers, isThin, type Figure, type Metric } from './figure.ts'
import { answersNeeded } from './formula.ts'
import type { Headline } from './headline.ts'

/** A score of the week. `before` null: nothing was asked then. */
export type ScoreOfWeek = { readonly metric: Metric; readonly n: number; readonly score: number | null; readonly low: number | null; readonly high: number | null; readonly before: { readonly n: number; readonly score: number | null } | null }
/** Shares of good answers in a hundred; `low` … `high`: the 95 % interval of the change. */
export type MovedPlace = { readonly place: Localised; readonly was: number; readonly is: number; readonly low: number; readonly high: number; readonly n: number; readonly certain: boolean }
type Group = { readonly key: string; readonly figure: Figure }

/** Fewer answers in either week are not compared, as everywhere. */
const MIN_COMPARED = 20
const MAX_MOVED = 6
const MAX_VOICES = 3
/** Shorter ones say little, longer ones do not fit on the page. */
const VOICE_CHARS = { least: 12, most: 240 }

/** Nothing where nobody answered. */
export const letterFigure = (metric: Metric, is: Figure, was: Figure): readonly ScoreOfWeek[] =>
  is.n === 0 ? [] : [{ metric, n: is.n, score: is.score, low: is.low, high: is.high, before: was.n === 0 ? null : { n: was.n, score: was.score } }]

/**
 * Places with enough answers in both weeks, as far as they moved.
 * Order   certain ones first, then by how far they moved.
 * Source  as the headline: pooled z test, Benjamini and Hochberg over all places, Newcombe's interval.
 */
export const letterChanges = (was: readonly Group[], is: readonly Group[], nameOf: (key: string) => Localised): readonly MovedPlace[] => {
  const before = new Map(was.map(({ key, figure }) => [key, figure]))
  const pairs = is.flatMap(({ key, figure }) => {
    const old = before.get(key)
    return old && old.n >= MIN_COMPARED && figure.n >= MIN_COMPARED ? [{ key, now: shareOf(figure), past: shareOf(old) }] : []
  })
  const stands = discoveries(pairs.map(({ now, past }) => differenceP(now, past)))
  return pairs
    .map(({ key, now, past }, i): MovedPlace => {
      const { low, high } = differenceInterval(now, past)
      return { place: nameOf(key), was: percent(past), is: percent(now), low: Math.round(100 * low), high: Math.round(100 * high), n: now.n, certain: stands[i]! }
    })
    .filter(({ certain, was: past, is: now }) => certain || past !== now)
    .toSorted((a, b) => Number(b.certain) - Number(a.certain) || Math.abs(b.is - b.was) - Math.abs(a.is - a.was) || (a.place.de < b.place.de ? -1 : 1))
    .slice(0, MAX_MOVED)
}

const shareOf = ({ counts }: Figure): Share => ({ hits: goodAnswers('csat', counts), n: answersIn(counts) })
const percent = ({ hits, n }: Share): number => Math.round((100 * hits) / n)

export type Comment = { readonly id: string; readonly touchpoint: string; readonly text: string }

/** Up to three comments, by id: first of the place that the headline is about, then of places that have none yet. Order  of those given, newest first. */
export const pickVoices = (comments: readonly Comment[], about: string | null): readonly string[] => {
  const fitting = comments.filter(({ text }) => text.length >= VOICE_CHARS.least && text.length <= VOICE_CHARS.most)
  const picked: Comment[] = []
  const take = (one: Comment | undefined): void => {
    if (one && picked.length < MAX_VOICES && !picked.includes(one)) picked.push(one)
  }
  take(fitting.find(({ touchpoint }) => touchpoint === about))
  for (const one of fitting) if (!picked.some(({ touchpoint }) => touchpoint === one.touchpoint)) take(one)
  for (const one of fitting) take(one)
  return picked.map(({ id }) => id)
}

export type NextFacts = { readonly headline: Headline['kind']; readonly place: Localised | null; readonly overall: Figure; readonly changes: readonly MovedPlace[]; readonly missing: number }

/** What to do about it, most urgent first; never empty. */
export const nextSteps = ({ headline, place, overall, changes, missing }: NextFacts): readonly Localised[] => {
  const steps: Localised[] = []
  if (headline === 'trouble' && place) steps.push({ de: `${place.de}: dort zuerst nachsehen, mit dem Team sprechen und eine Verbesserung mit Vorher und Nachher anlegen.`, en: `${place.en}: look there first, talk to the team, and plan an improvement with a before and an after.` })
  for (const { place: where, was, is, certain } of changes)
    if (certain && is < was && where !== place) steps.push({ de: `${where.de} ist sicher gesunken (von ${was} auf ${is} von 100): klären, was sich dort geändert hat.`, en: `${where.en} has certainly fallen (from ${was} to ${is} in 100): find out what changed there.` })
  for (const { place: where, was, is, certain } of changes)
    if (certain && is > was) steps.push({ de: `${where.de} ist sicher gestiegen (von ${was} auf ${is} von 100): festhalten, was geholfen hat, und dem Team sagen.`, en: `${where.en} has certainly risen (from ${was} to ${is} in 100): note what helped, and tell the team.` })
  if (missing > 0) steps.push({ de: missing === 1 ? 'Ein Gerät hat noch nicht alle Antworten geschickt: unter „Geräte“ nachsehen.' : `${missing} Geräte haben noch nicht alle Antworten geschickt: unter „Geräte“ nachsehen.`, en: missing === 1 ? 'One device has not sent all its answers yet: see “Devices”.' : `${missing} devices have not sent all their answers yet: see “Devices”.` })
  const more = moreAnswers(overall)
  if (more !== null) steps.push({ de: `Für sichere Werte fehlen etwa ${more} Antworten: Fragen besser sichtbar machen.`, en: `Some ${more} more answers would make the figures certain: make the questions easier to see.` })
  if (steps.length === 0) steps.push({ de: 'Nichts Dringendes. Weiter so, und eine Frage zurückziehen, deren Antwort niemand mehr braucht.', en: 'Nothing urgent. Keep it up, and retire a question whose answer nobody needs any more.' })
  return steps
}

/** Null: there are enough. */
const moreAnswers = (overall: Figure): number | null => {
  if (overall.n === 0 || overall.score === null || overall.low === null || overall.high === null || !isThin(overall)) return null
  return Math.max(1, answersNeeded(overall.n, (overall.high - overall.low) / 2) - overall.n)
}
