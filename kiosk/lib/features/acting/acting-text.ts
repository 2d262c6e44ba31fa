/** Words for alarms, cases and improvements. */
import type { Team } from '#shared/cx/team.ts'
import type { Severity } from '#shared/cx/case.ts'
import type { ImprovementView } from '#shared/protocol/acting.ts'
import type { Language } from '#shared/kernel/language.ts'
import { defineTexts } from '../../i18n/texts.ts'

type Words<K extends string> = { readonly [N in K]: { readonly [L in Language]: string } }

export const TEAM_WORDS: Words<Team> = {
  service: { de: 'Service', en: 'Service' },
  product: { de: 'Produkt', en: 'Product' },
  marketing: { de: 'Marketing', en: 'Marketing' },
  purchasing: { de: 'Einkauf', en: 'Purchasing' },
  finance: { de: 'Finanzen', en: 'Finance' },
}

export const SEVERITY_WORDS: Words<Severity> = {
  high: { de: 'dringend, 8 offene Stunden', en: 'urgent, 8 open hours' },
  normal: { de: 'üblich, 24 offene Stunden', en: 'usual, 24 open hours' },
  low: { de: 'hat Zeit, 60 offene Stunden', en: 'can wait, 60 open hours' },
}

export const STANDING_WORDS: Words<ImprovementView['standing']> = {
  waiting: { de: 'geplant', en: 'planned' },
  running: { de: 'wird gemessen', en: 'being measured' },
  few: { de: 'zu wenig Antworten', en: 'too few answers' },
  ready: { de: 'bereit zum Abschluss', en: 'ready to be closed' },
  closed: { de: 'abgeschlossen', en: 'closed' },
  stopped: { de: 'aufgegeben', en: 'given up' },
}

export const METRIC_WORDS: { readonly [metric: string]: { readonly [L in Language]: string } } = {
  csat: { de: 'Zufriedenheit', en: 'Satisfaction' },
  smiley: { de: 'Zufriedenheit', en: 'Satisfaction' },
  ces: { de: 'leicht gemacht', en: 'made easy' },
  nps: { de: 'Weiterempfehlung', en: 'Recommendation' },
}

/** What every part of it says. */
export const actingText = defineTexts({
  de: {
    offline: 'Ohne Verbindung: letzter bekannter Stand',
    offlineHint: 'Ändern lässt sich hier erst wieder mit Verbindung zur Zentrale.',
    asOf: (age: string) => `Stand: ${age}`,
    loading: 'Wird geholt',
    nothingKnown: 'Noch nichts bekannt',
    nothingKnownHint: 'Sobald die Zentrale erreichbar ist, steht hier der Stand.',
    refused: 'Das ging nicht. Es ist inzwischen anders, als es hier stand; jetzt steht der neue Stand da.',
    unreached: 'Die Zentrale hat nicht geantwortet. Nichts wurde geändert.',
    saved: 'Gespeichert',
    store: 'Ganzes Haus',
    save: 'Speichern',
    cancel: 'Abbrechen',
    back: 'Zur Liste',
    points: (n: string) => `${n} Punkte`,
  },
  en: {
    offline: 'No connection: what was last known',
    offlineHint: 'Changes need the connection to the hub.',
    asOf: (age: string) => `As of ${age}`,
    loading: 'Fetching',
    nothingKnown: 'Nothing known yet',
    nothingKnownHint: 'As soon as the hub can be reached, its news stand here.',
    refused: 'That was not possible. Things are not as they stood here; now the newest stand here.',
    unreached: 'The hub did not answer. Nothing was changed.',
    saved: 'Saved',
    store: 'Whole store',
    save: 'Save',
    cancel: 'Cancel',
    back: 'To the list',
    points: (n: string) => `${n} points`,
  },
})
