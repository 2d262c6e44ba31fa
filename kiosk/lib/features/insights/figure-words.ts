/** Figures and ages as people read them. */
import { formatNumber, formatTime, isSameDay, formatShortDay } from '../../i18n/format.ts'
import type { Figure, Metric } from '#shared/insights/figure.ts'
import type { Language } from '#shared/kernel/language.ts'

/** Ends of the scale a metric is drawn on. */
export const SCALE_ENDS: { readonly [M in Metric]: readonly [number, number] } = { csat: [0, 100], ces: [0, 100], smiley: [0, 100], nps: [-100, 100] }

/** `77` · `+12` · `−7`: a true minus, and a plus where the sign carries the meaning. */
export const scoreWords = (metric: Metric, score: number, language: Language): string => {
  const rounded = Math.round(score)
  const digits = formatNumber(Math.abs(rounded), language)
  return rounded < 0 ? `−${digits}` : metric === 'nps' && rounded > 0 ? `+${digits}` : digits
}

/** The interval outwards to whole points, so the words never claim more than the figure. */
export const rangeEnds = (metric: Metric, figure: Figure, language: Language): readonly [string, string] | null =>
  figure.low === null || figure.high === null ? null : [scoreWords(metric, Math.floor(figure.low), language), scoreWords(metric, Math.ceil(figure.high), language)]

/** Where a value lies on its scale, 0 … 100 % from the lower end. */
export const onScale = (metric: Metric, value: number): number => {
  const [from, to] = SCALE_ENDS[metric]
  return (100 * (Math.min(to, Math.max(from, value)) - from)) / (to - from)
}

const MINUTE_MS = 60_000

/** `vor 12 Minuten`, `gerade eben`, `vor 3 Stunden`, `vor 2 Tagen`. */
export const ageWords = (at: number, now: number, language: Language): string => {
  const minutes = Math.max(0, Math.floor((now - at) / MINUTE_MS))
  if (minutes === 0) return language === 'de' ? 'gerade eben' : 'just now'
  const relative = relativeFor(language)
  if (minutes < 60) return relative.format(-minutes, 'minute')
  return minutes < 24 * 60 ? relative.format(-Math.floor(minutes / 60), 'hour') : relative.format(-Math.floor(minutes / 1440), 'day')
}

/** `14:05` today, `27.11., 14:05` otherwise. */
export const momentWords = (at: number, now: number, language: Language, timeZone: string): string => {
  const time = formatTime(at, language, timeZone)
  return isSameDay(at, now, timeZone) ? time : `${formatShortDay(at, language, timeZone)}, ${time}`
}

const relatives = new Map<Language, Intl.RelativeTimeFormat>()
const relativeFor = (language: Language): Intl.RelativeTimeFormat => {
  const known = relatives.get(language) ?? new Intl.RelativeTimeFormat(language === 'de' ? 'de-DE' : 'en-GB', { numeric: 'always' })
  relatives.set(language, known)
  return known
}
