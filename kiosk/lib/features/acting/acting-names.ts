/** What things of cases and improvements are called on the screen. */
import type { CaseView, ImprovementView, Voice } from '#shared/protocol/acting.ts'
import { TOPIC_NAMES, TOPICS } from '#shared/insights/words/topic-words.ts'
import type { Figure } from '#shared/insights/figure.ts'
import { locale, number, say, shortDay, text, time } from '../../i18n/locale.svelte.ts'
import { METRIC_WORDS, TEAM_WORDS } from './acting-text.ts'
import { casesText } from './cases-text.ts'
import { improvementsText } from './improvements-text.ts'

export const topicName = (topic: string): string => {
  const known = TOPICS.find((one) => one === topic)
  return known ? say(TOPIC_NAMES[known]) : topic
}

export const metricName = (metric: string): string => METRIC_WORDS[metric]?.[locale.language] ?? metric
export const ownerName = ({ owner }: Pick<CaseView, 'owner'>): string => (owner.type === 'person' ? owner.name : TEAM_WORDS[owner.team][locale.language])
export const titleOf = ({ title }: Pick<CaseView, 'title'>): string => title || text(casesText).erasedTitle
export const moment = (at: number): string => `${shortDay(at)}, ${time(at)}`

/** When it is due, or since when it is overdue, or when it was settled. */
export const dueWords = ({ dueAt, closedAt, overdue }: Pick<CaseView, 'dueAt' | 'closedAt' | 'overdue'>): string => {
  const t = text(casesText)
  if (closedAt !== null) return t.closedOn(moment(closedAt))
  return overdue ? t.overdue(moment(dueAt)) : t.due(moment(dueAt))
}

/** A day of a plan. */
export const dayWords = (day: string): string => shortDay(Date.parse(`${day}T12:00:00Z`))

/** With its sign, in whole points. */
export const signed = (points: number): string => `${points < 0 ? '−' : '+'}${number(Math.abs(Math.round(points)))}`

export const figureWords = (figure: Figure): string => {
  const t = text(improvementsText)
  if (figure.score === null || figure.low === null || figure.high === null) return t.hidden(number(figure.n))
  const plain = (n: number): string => (n < 0 ? `−${number(-n)}` : number(n))
  return t.figure(plain(Math.round(figure.score)), plain(Math.floor(figure.low)), plain(Math.ceil(figure.high)), number(figure.n))
}

/** What came of it, with its interval outwards to whole points. */
export const resultWords = ({ result }: Pick<ImprovementView, 'result'>): string => {
  if (!result) return ''
  const t = text(improvementsText)
  const say = { kept: t.kept, against: t.against, open: t.notShown }[result.verdict]
  return say(signed(result.change), signed(Math.floor(result.interval.low)), signed(Math.ceil(result.interval.high)))
}

/** Free words are what people read; taps stand beside them as they were given. */
export const voiceWords = ({ value }: Voice): string | null => (typeof value === 'string' && value !== '' ? value : null)
