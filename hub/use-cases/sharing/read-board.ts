/** What a board on the wall shows: figures that may be told to anybody who walks by, improvements, and comments that a manager has chosen. No device and nobody has a name here. */
import type { AccessTokens } from '#hub/ports/access-tokens.ts'
import type { FeedbackPages } from '#hub/ports/feedback-pages.ts'
import { MIN_SHOWN, type Figure } from '#shared/insights/figure.ts'
import { headlineOf } from '#shared/insights/headline.ts'
import { periodBefore, periodRange, type Period } from '#shared/insights/period.ts'
import type { Localised } from '#shared/kernel/language.ts'
import type { Board } from '#shared/protocol/api.ts'
import { readStoreDocuments } from '#shared/protocol/screen-documents.ts'
import { feedbackContext } from '../feedback/feedback-context.ts'
import { heldFigures } from '../figures/held-figures.ts'
import type { InsightsDeps } from '../figures/read-insights.ts'
import { wallEntries } from '../acting/read-wall.ts'

export type BoardParts = InsightsDeps & { readonly tokens: Pick<AccessTokens, 'voices'>; readonly pages: FeedbackPages }

const MAX_PLACES = 8
const MAX_IMPROVED = 3

export const readBoard = (parts: BoardParts): Board => {
  const { documents, clock, tokens, pages } = parts
  const now = clock.now()
  const { timeZone } = feedbackContext(documents)
  const items = documents.current()?.items ?? {}
  const { store, brand, touchpoints } = readStoreDocuments(items)
  const held = heldFigures(parts)
  const range = periodRange('today', now, timeZone)
  const today = held.insights({ metric: 'csat', ...range })
  const places = held.insights({ metric: 'csat', by: 'touchpoint', ...range }).groups
  const nameOf = (key: string) => touchpoints.find(({ id }) => id === key)?.name ?? { de: key, en: key }
  const groups = places.map(({ key, figure }) => ({ key, name: nameOf(key), figure }))
  const before = held.insights({ metric: 'csat', ...periodBefore('today' satisfies Period, now, timeZone)! })
  return {
    asOf: now,
    store: store?.name ?? '',
    timeZone,
    languages: ['de', 'en'],
    brand: brand ? brandColours(brand) : null,
    day: { score: bare(today.overall), headline: isHeldBack(today.overall) ? heldBack(today.overall) : headlineOf({ period: 'today', overall: today.overall, before: before.overall, touchpoints: groups }).sentence },
    hours: held.hours({ metric: 'csat', ...range }).flatMap(({ key, figure }) => (/^\d\d$/.test(key) ? [{ hour: Number(key), ...bare(figure) }] : [])),
    week: bare(held.insights({ metric: 'csat', ...periodRange('week', now, timeZone) }).overall),
    places: groups.slice(0, MAX_PLACES).map(({ name, figure }) => Object.assign({ name }, bare(figure))),
    missing: { devices: today.missing.length, waiting: today.missing.reduce((sum, { waiting }) => sum + waiting, 0) },
    improved: wallEntries(items).slice(0, MAX_IMPROVED).map(({ text, before, after }) => ({ de: `${text.de} (von ${before} auf ${after})`, en: `${text.en} (from ${before} to ${after})` })),
    voices: voicesOf(tokens.voices(), pages),
  }
}

/** There are enough, but one of them was erased: what they say waits for others. */
const isHeldBack = ({ n, score }: Figure): boolean => score === null && n >= MIN_SHOWN
const heldBack = ({ n }: Figure): Localised => ({
  de: `Heute gibt es mindestens ${n} Antworten. Was sie sagen, steht hier wieder, wenn weitere dazugekommen sind.`,
  en: `There are at least ${n} answers today. What they say stands here again when more have come.`,
})

const bare = ({ n, score, low, high }: Figure) => ({ n, score, low, high })

/** In the order in which they were chosen; what was erased or folded away since is not among them. */
const voicesOf = (ids: readonly string[], pages: FeedbackPages): string[] => {
  const words = new Map(pages.ofIds(ids).flatMap(({ id, kind, value }) => (kind === 'text' && typeof value === 'string' ? [[id, value] as const] : [])))
  return ids.flatMap((id) => words.get(id) ?? [])
}

const brandColours = ({ light, dark }: { readonly light: object; readonly dark: object }): { [token: string]: string } =>
  Object.fromEntries([...Object.entries(light).map(([token, colour]) => [`${token}-light`, String(colour)]), ...Object.entries(dark).map(([token, colour]) => [`${token}-dark`, String(colour)])])
