/** Words of the scales, and what stands beside a first question: on the attract screen before anything else is loaded. */
import { defineTexts } from './texts.ts'

export const scaleText = defineTexts({
  de: {
    smileys: ['sehr schlecht', 'schlecht', 'mittel', 'gut', 'sehr gut'],
    asksNothing: 'Zurzeit wird hier nichts gefragt.',
    onlyGerman: 'Diese Fragen gibt es nur auf Deutsch.',
    onlyEnglish: 'Diese Fragen gibt es nur auf Englisch.',
    npsLow: 'unwahrscheinlich',
    npsHigh: 'sehr wahrscheinlich',
    cesLow: 'stimme nicht zu',
    cesHigh: 'stimme voll zu',
    notSaved: 'Ihre Antwort konnte nicht gespeichert werden',
    notSavedHint: 'Bitte tippen Sie noch einmal, oder sagen Sie es dem Personal.',
  },
  en: {
    smileys: ['very bad', 'bad', 'so-so', 'good', 'very good'],
    asksNothing: 'Nothing is asked here at the moment.',
    onlyGerman: 'These questions are in German only.',
    onlyEnglish: 'These questions are in English only.',
    npsLow: 'unlikely',
    npsHigh: 'very likely',
    cesLow: 'disagree',
    cesHigh: 'fully agree',
    notSaved: 'Your answer could not be saved',
    notSavedHint: 'Please tap again, or tell a member of staff.',
  },
})
