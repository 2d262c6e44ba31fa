/** One alarm in a sentence, and what it rests on. */
import type { AlarmView } from '#shared/protocol/acting.ts'
import { locale, number, shortDay, text, time } from '../../i18n/locale.svelte.ts'
import { defineTexts } from '../../i18n/texts.ts'

const words = defineTexts({
  de: {
    store: 'Ganzes Haus',
    drop: (place: string, share: string, usual: string) => `${place}: ${share} von 100 zufrieden, sonst ${usual}`,
    rise: (place: string, share: string, usual: string) => `${place}: ${share} von 100 zufrieden, mehr als sonst (${usual})`,
    few: (place: string, n: string, usual: string) => `${place}: ${n === '1' ? '1 Antwort' : `${n} Antworten`} an einem Tag, üblich sind ${usual}`,
    silent: (device: string) => `${device} meldet sich nicht`,
    changed: (since: string, n: string, low: string, high: string) => `Seit ${since} aus ${n} Antworten; mit 95 % Sicherheit ${low} bis ${high} von 100.`,
    day: (since: string) => `Am ${since}, verglichen mit demselben Wochentag der letzten Wochen.`,
    lost: (since: string) => `Zuletzt gehört: ${since}. Strom und Netz prüfen.`,
    late: 'Erst bemerkt, als späte Antworten eintrafen.',
    back: (at: string) => `Vorbei seit ${at}: wieder wie üblich.`,
    revised: (at: string) => `Zurückgenommen am ${at}: mit später eingetroffenen Antworten hatte es keinen Grund mehr.`,
    accepted: (at: string) => `Am ${at} als neuer üblicher Stand angenommen.`,
    missing: (devices: string) => `Von diesen Geräten können noch Antworten fehlen: ${devices}.`,
    at: (day: string, clock: string) => `${day}, ${clock}`,
  },
  en: {
    store: 'Whole store',
    drop: (place: string, share: string, usual: string) => `${place}: ${share} in 100 satisfied, usually ${usual}`,
    rise: (place: string, share: string, usual: string) => `${place}: ${share} in 100 satisfied, more than usual (${usual})`,
    few: (place: string, n: string, usual: string) => `${place}: ${n === '1' ? '1 answer' : `${n} answers`} in a day, usually ${usual}`,
    silent: (device: string) => `${device} does not report`,
    changed: (since: string, n: string, low: string, high: string) => `Since ${since} from ${n} answers; with 95% confidence ${low} to ${high} in 100.`,
    day: (since: string) => `On ${since}, compared with the same weekday of the last weeks.`,
    lost: (since: string) => `Last heard of: ${since}. Check power and network.`,
    late: 'Noticed only when late answers had come in.',
    back: (at: string) => `Over since ${at}: as usual again.`,
    revised: (at: string) => `Taken back on ${at}: with answers that came late it had no ground any more.`,
    accepted: (at: string) => `Accepted as the new usual level on ${at}.`,
    missing: (devices: string) => `Answers of these devices may still be missing: ${devices}.`,
    at: (day: string, clock: string) => `${day}, ${clock}`,
  },
})

/** What a touchpoint is called; its id where no release names it. */
export type PlaceNames = (place: string) => string

export const momentOf = (at: number): string => text(words).at(shortDay(at), time(at))

export const alarmTitle = (alarm: AlarmView, placeName: PlaceNames): string => {
  const t = text(words)
  const place = alarm.place === null ? t.store : placeName(alarm.place)
  if (alarm.kind === 'silent') return t.silent(alarm.device?.name ?? '')
  if (alarm.kind === 'few') return t.few(place, number(alarm.n), number(Math.round(alarm.usual ?? 0)))
  return t[alarm.kind](place, number(Math.round(alarm.share ?? 0)), number(Math.round(alarm.usual ?? 0)))
}

/** Sentences behind the title. Order  what was seen, what is missing, how it ended. */
export const alarmDetails = (alarm: AlarmView): readonly string[] => {
  const t = text(words)
  const seen =
    alarm.kind === 'silent'
      ? t.lost(momentOf(alarm.since))
      : alarm.kind === 'few'
        ? t.day(shortDay(alarm.since))
        : t.changed(momentOf(alarm.since), number(alarm.n), number(Math.floor(alarm.low ?? 0)), number(Math.ceil(alarm.high ?? 100)))
  const missing = alarm.missing.length > 0 ? [t.missing(new Intl.ListFormat(locale.language).format(alarm.missing.map(({ name }) => name)))] : []
  const ended = alarm.closedAt === null || alarm.ending === null ? [] : [t[alarm.ending](momentOf(alarm.closedAt))]
  return [seen, ...(alarm.late ? [t.late] : []), ...missing, ...ended]
}
