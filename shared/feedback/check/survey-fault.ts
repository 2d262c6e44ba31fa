/** What is wrong with a survey, each as a value with its place and a sentence. */
import type { Language, Localised } from '../../kernel/language.ts'

/** Rules that hold a survey back. */
export const SURVEY_ERRORS = [
  'shape',
  'text-missing',
  'touchpoint-missing',
  'owner-missing',
  'decision-missing',
  'nps-wording',
  'over-budget',
  'unreachable',
  'unknown-question',
  'later-question',
  'cycle',
  'pipe-unknown',
  'pipe-later',
  'about-person',
  'twice',
  'id-taken',
  'kind-changed',
] as const
/** Rules that are told and left to people. */
export const SURVEY_WARNINGS = ['leading', 'double', 'never-retires', 'cannot-retire', 'holds-others', 'id-other-words', 'pipe-otherwise', 'long'] as const
export type SurveyRule = (typeof SURVEY_ERRORS)[number] | (typeof SURVEY_WARNINGS)[number]

/** `path`: keys joined by dots from the survey down, questions by their id: `reason.text.en`, `touchpoints`, `budget`. */
export type SurveyFault = { readonly rule: SurveyRule; readonly severity: 'error' | 'warning'; readonly path: string; readonly sentence: Localised }

type Facts = { readonly [name: string]: string }

/** Names in braces are filled in. */
const SENTENCES: { readonly [R in SurveyRule]: Localised } = {
  shape: { de: 'Hier stimmt etwas nicht: {what}.', en: 'Something is wrong here: {what}.' },
  'text-missing': { de: 'Der Text auf {languageDe} fehlt.', en: 'The text in {languageEn} is missing.' },
  'touchpoint-missing': { de: 'Die Befragung hat noch keinen Kontaktpunkt, an dem sie gestellt wird.', en: 'The survey has no touchpoint yet where it is asked.' },
  'owner-missing': { de: 'Für die Frage „{question}“ ist noch niemand zuständig.', en: 'Nobody is responsible for the question “{question}” yet.' },
  'decision-missing': { de: 'Zur Frage „{question}“ fehlt, was mit der Antwort entschieden wird.', en: 'For the question “{question}” it is not said what is decided by the answer.' },
  'nps-wording': { de: 'Die Weiterempfehlungsfrage lässt sich nur vergleichen, wenn ihr Wortlaut bleibt: „{standardDe}“', en: 'The recommendation question can only be compared in its own wording: “{standardEn}”' },
  'over-budget': { de: 'Wer alles beantwortet, bekommt {asked} Fragen; erlaubt sind {most}.', en: 'Whoever answers everything gets {asked} questions; {most} are allowed.' },
  unreachable: { de: 'Die Frage „{question}“ wird nie gestellt: Keine Antwort führt zu ihr.', en: 'The question “{question}” is never asked: no answer leads to it.' },
  'unknown-question': { de: 'Die Frage „{question}“ hängt von „{on}“ ab; diese Frage gibt es nicht.', en: 'The question “{question}” depends on “{on}”, which does not exist.' },
  'later-question': { de: 'Die Frage „{question}“ hängt von „{on}“ ab, das erst später gefragt wird.', en: 'The question “{question}” depends on “{on}”, which is only asked later.' },
  cycle: { de: 'Die Fragen {questions} hängen im Kreis voneinander ab.', en: 'The questions {questions} depend on each other in a circle.' },
  'pipe-unknown': { de: 'Der Text setzt die Antwort auf „{on}“ ein; diese Frage gibt es nicht.', en: 'The text takes in the answer to “{on}”, which does not exist.' },
  'pipe-later': { de: 'Der Text setzt die Antwort auf „{on}“ ein, das erst später gefragt wird.', en: 'The text takes in the answer to “{on}”, which is only asked later.' },
  'about-person': { de: 'Die Frage handelt von einer einzelnen Person („{word}“). Dieser Markt bewertet nur das Team.', en: 'The question is about one person (“{word}”). This store judges the team only.' },
  twice: { de: '„{id}“ kommt zweimal vor.', en: '“{id}” stands here twice.' },
  'id-taken': { de: 'Unter dem Namen „{id}“ fragt schon die Befragung „{survey}“ auf einer anderen Skala.', en: 'The survey “{survey}” already asks under the name “{id}” on another scale.' },
  'kind-changed': { de: 'Auf „{id}“ wurde schon auf einer anderen Skala geantwortet. Geben Sie der Frage einen neuen Namen.', en: '“{id}” was answered on another scale before. Give the question a new name.' },
  leading: { de: '„{word}“ legt eine Antwort nahe.', en: '“{word}” suggests an answer.' },
  double: { de: 'Hier wird nach zwei Dingen zugleich gefragt („{word}“). Wer antwortet, kann nur eines meinen.', en: 'This asks about two things at once (“{word}”). Whoever answers can only mean one.' },
  'never-retires': { de: 'Für die Frage „{question}“ steht nicht fest, wann die Antwort genau genug ist.', en: 'For the question “{question}” it is not said when the answer is exact enough.' },
  'cannot-retire': { de: 'Freie Worte werden nie „genau genug“: Die Frage „{question}“ wird gestellt, bis jemand sie beendet.', en: 'Free words are never “exact enough”: the question “{question}” is asked until somebody ends it.' },
  'holds-others': { de: 'Von der Frage „{question}“ hängen andere ab. Sie bleibt, bis diese beendet sind.', en: 'Others depend on the question “{question}”. It stays until those are ended.' },
  'id-other-words': { de: 'Die Befragung „{survey}“ fragt unter „{id}“ mit anderen Worten; die Antworten werden zusammengezählt.', en: 'The survey “{survey}” asks under “{id}” in other words; the answers are counted together.' },
  'pipe-otherwise': { de: 'Wer „{on}“ überspringt, liest hier „Ihre Antwort“. Schreiben Sie, was sonst da stehen soll: {answer:{on}|…}', en: 'Whoever skips “{on}” reads “your answer” here. Write what is to stand there instead: {answer:{on}|…}' },
  long: { de: 'Der Text hat {n} Zeichen. Am Kiosk liest kaum jemand mehr als {most}.', en: 'The text has {n} characters. At the kiosk hardly anybody reads more than {most}.' },
}

const WARNINGS: ReadonlySet<string> = new Set(SURVEY_WARNINGS)

/** A fault with its sentence filled in. */
export const surveyFault = (rule: SurveyRule, path: string, facts: Facts = {}): SurveyFault => {
  const fill = (language: Language): string => Object.entries(facts).reduce((sentence, [name, value]) => sentence.replaceAll(`{${name}}`, () => value), SENTENCES[rule][language])
  return { rule, severity: WARNINGS.has(rule) ? 'warning' : 'error', path, sentence: { de: fill('de'), en: fill('en') } }
}

/** Whether anything holds it back. */
export const isHeldBack = (faults: readonly SurveyFault[]): boolean => faults.some(({ severity }) => severity === 'error')
