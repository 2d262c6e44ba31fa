/** Whether a question is about single persons: a store that is judged as a team only does not ask it. */
import type { Survey } from '../feedback/survey.ts'
import type { Localised } from '../kernel/language.ts'

/** A place in a survey and the word that gives it away. */
export type AboutPerson = { readonly survey: string; readonly question: string; readonly word: string }

/**
 * Words for one person at work. The plural ("Mitarbeitende", "staff") and the place ("Kasse", "service") are about the team and may be asked.
 * Source  BetrVG § 87 (1) no. 6; RELIABILITY 5.10.
 */
const MAN = '(?:Mitarbeiter|Kollege|Kassierer|Verkäufer|Berater|Bediener|Angestellte[rn]|Filialleiter|Marktleiter|Kundenberater|Azubi)n?'
const WOMAN = '(?:(?:Mitarbeiter|Kassierer|Verkäufer|Berater|Bediener|Filialleiter|Marktleiter|Kundenberater)in|Kollegin|Angestellte|Verkaufskraft|Fachkraft|Aushilfe|Person|Bedienung)'
/** One word may stand between: "Ihr freundlicher Berater". */
const MAYBE_ADJECTIVE = String.raw`(?:\p{Ll}+\s+)?`

const ONE_PERSON: readonly RegExp[] = [
  // "die Freundlichkeit der Mitarbeiter" is about all of them: no noun may stand before "der"
  new RegExp(String.raw`(?<!\p{L})(?<!\p{Lu}\p{L}*\s)(?:[Dd]er|[Ww]elcher|[Dd]ieser)\s+${MAYBE_ADJECTIVE}${MAN}(?!\p{L})`, 'gu'),
  new RegExp(String.raw`(?<!\p{L})(?:[Dd]en|[Dd]em|[Dd]es|[Ee]ine[mns]|[Ee]in|Ihre[mns]|Ihr|[Uu]nsere[mns]|[Uu]nser|[Ww]elche[mn]|[Dd]iese[mns])\s+${MAYBE_ADJECTIVE}${MAN}(?!\p{L})`, 'gu'),
  new RegExp(String.raw`(?<!\p{L})(?:die|der|eine[r]?|Ihre[r]?|unsere[r]?|welche[r]?|diese[r]?)\s+${MAYBE_ADJECTIVE}${WOMAN}(?!\p{L})`, 'giu'),
  /(?<!\p{L})(?:Mitarbeiter|Kassierer|Verkäufer|Berater|Marktleiter)[*:_]?[Ii]n(?!\p{L})/gu,
  /(?<!\p{L})(?:wer|von wem|durch wen)\s+(?:hat|haben|wurden?|war|bediente|beriet|kassierte)(?!\p{L})/giu,
  /(?<!\p{L})wie\s+(?:hieß|heißt|hiess|heisst)(?!\p{L})/giu,
  /(?<!\p{L})(?:Namen?sschild|Name(?:n)?\s+(?:der|des|Ihre[rs])|Personalnummer|Mitarbeiternummer|Kassennummer|Bedienernummer)(?!\p{L})/giu,
  /(?<!\p{L})(?:the|your|our|an?|which|this)\s+(?:\w+\s+)?(?:employee|cashier|colleague|assistant|sales(?:man|woman|person)|shop assistant|clerk|team member|staff member|manager|adviser|advisor|person|server)(?!\p{L})(?!s)/giu,
  /(?<!\p{L})who\s+(?:served|helped|advised|was|assisted|did)(?!\p{L})/giu,
  /(?<!\p{L})(?:name\s?(?:tag|badge)|name of (?:the|your)|employee (?:number|id)|staff (?:number|id))(?!\p{L})/giu,
]

/** The first words in a text that are about one person at work; null if none are. */
export const personIn = (text: string): string | null => {
  const found = ONE_PERSON.flatMap((pattern) => Array.from(text.matchAll(pattern))).toSorted((a, b) => a.index - b.index)[0]
  return found?.[0] ?? null
}

/** Every question, option and row of a survey that is about single persons, in any language. */
export const aboutPersons = ({ id, opening, followUps }: Survey): readonly AboutPerson[] =>
  [opening, ...followUps].flatMap((question) => {
    const texts: readonly Localised[] = [question.text, ...[...(question.options ?? []), ...(question.rows ?? [])].map(({ text }) => text)]
    const word = texts.flatMap(({ de, en }) => [personIn(de), personIn(en)]).find((one) => one !== null)
    return word ? [{ survey: id, question: question.id, word }] : []
  })
