/** Words around questions with more than one touch: several answers, an order, a table of faces. */
import { defineTexts } from './texts.ts'

export const askingText = defineTexts({
  de: {
    chooseOne: 'Eine Antwort, mit einem Tipp.',
    chooseUpTo: (n: number) => `Bis zu ${n} Antworten sind möglich.`,
    enough: (n: number) => `${n} gewählt. Zum Wechseln tippen Sie zuerst eine davon wieder ab.`,
    rankHow: 'Tippen Sie zuerst an, was für Sie an erster Stelle steht.',
    rankNext: (n: number) => `Und nun Platz ${n}. Ein zweiter Tipp nimmt etwas wieder heraus.`,
    rankDone: 'Alles hat seinen Platz.',
    place: (n: number) => `Platz ${n}`,
    rankedAt: (words: string, n: number, of: number) => `${words}: Platz ${n} von ${of}`,
    unranked: (words: string) => `${words}: wieder ohne Platz`,
    rankEmpty: 'Alles ist wieder ohne Platz',
    rankAgain: 'Neu ordnen',
    rowBefore: 'Vorige',
    rowAfter: 'Nächste',
    rowOf: (n: number, of: number) => `${n} von ${of}`,
  },
  en: {
    chooseOne: 'One answer, one tap.',
    chooseUpTo: (n: number) => `You may choose up to ${n} answers.`,
    enough: (n: number) => `${n} chosen. To change, first tap one of them again.`,
    rankHow: 'First tap what comes first for you.',
    rankNext: (n: number) => `Now number ${n}. A second tap takes it out again.`,
    rankDone: 'Everything has its place.',
    place: (n: number) => `number ${n}`,
    rankedAt: (words: string, n: number, of: number) => `${words}: number ${n} of ${of}`,
    unranked: (words: string) => `${words}: no place again`,
    rankEmpty: 'Nothing has a place any more',
    rankAgain: 'Start over',
    rowBefore: 'Previous',
    rowAfter: 'Next',
    rowOf: (n: number, of: number) => `${n} of ${of}`,
  },
})
