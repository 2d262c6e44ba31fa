/** What customers have brought about, in numbers that everybody understands. */
import type { WallEntry } from '#shared/cx/wall.ts'
import { defineTexts } from '../../i18n/texts.ts'

export const wallText = defineTexts({
  de: {
    title: 'Das haben Sie bewirkt',
    staffTitle: 'Das haben wir gemeinsam bewirkt',
    share: (place: string, before: string, after: string) => `${place}: vorher waren ${before} von 100 zufrieden, danach ${after}`,
    ease: (place: string, before: string, after: string) => `${place}: vorher fanden es ${before} von 100 leicht, danach ${after}`,
    nps: (place: string, before: string, after: string) => `${place}: Weiterempfehlung vorher ${before}, danach ${after}`,
    measured: (n: string, day: string) => `gemessen an ${n} Antworten bis ${day}`,
    certain: (low: string, high: string) => `Änderung mit 95 % Sicherheit: ${low} bis ${high} Punkte`,
  },
  en: {
    title: 'You made this happen',
    staffTitle: 'What we made happen together',
    share: (place: string, before: string, after: string) => `${place}: before, ${before} in 100 were satisfied, now ${after}`,
    ease: (place: string, before: string, after: string) => `${place}: before, ${before} in 100 found it easy, now ${after}`,
    nps: (place: string, before: string, after: string) => `${place}: recommendation ${before} before, ${after} after`,
    measured: (n: string, day: string) => `measured over ${n} answers until ${day}`,
    certain: (low: string, high: string) => `change with 95% confidence: ${low} to ${high} points`,
  },
})

type Sentence = 'share' | 'ease' | 'nps'
/** Which sentence tells a figure. */
export const SENTENCE_OF: { readonly [M in WallEntry['metric']]: Sentence } = { csat: 'share', smiley: 'share', ces: 'ease', nps: 'nps' }
