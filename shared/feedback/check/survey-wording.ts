/** How a question is put: the standard wording of recommendation, words that push, two questions in one. */
import type { Language } from '../../kernel/language.ts'
import type { Question } from '../survey.ts'
import { surveyFault, type SurveyFault } from './survey-fault.ts'

/** Nobody reads more than two lines of a kiosk while standing. */
export const LONG_TEXT = 120

/**
 * The one wording by which figures of different stores compare; the dots stand for the store, "uns" for us.
 * Source  Reichheld, Harvard Business Review 81 (2003) 12: "How likely is it that you would recommend X to a friend or colleague?"
 */
export const NPS_STANDARD: { readonly [L in Language]: string } = {
  de: 'Wie wahrscheinlich ist es, dass Sie uns einem Freund oder Kollegen weiterempfehlen?',
  en: 'How likely is it that you would recommend us to a friend or colleague?',
}
const NPS_WORDING: { readonly [L in Language]: RegExp } = {
  de: /^Wie wahrscheinlich ist es, dass Sie (?:uns|[^?,]{2,60}) (?:einem Freund oder (?:einem )?(?:Kollegen|Bekannten)|einer Freundin oder einem Freund|(?:Ihren )?(?:Freunden|Freundinnen und Freunden) oder (?:Bekannten|Kollegen|Kolleginnen und Kollegen)) weiterempfehlen(?: werden| würden)?\?$/u,
  en: /^How likely (?:is it that you would|are you to) recommend (?:us|[^?,]{2,60}) to (?:a friend or colleague|friends (?:or|and) colleagues|friends or family)\?$/u,
}

const LEADING: { readonly [L in Language]: readonly RegExp[] } = {
  de: [
    /(?<!\p{L})[Ww]ie (?:sehr (?:lieben|freuen|genießen)|toll|großartig|begeistert|super|prima|hervorragend|ausgezeichnet|gern(?:e)?)(?!\p{L})/u,
    /(?<!\p{L})(?:[Ss]icherlich|[Ss]icher auch|[Nn]atürlich|[Bb]estimmt|[Ss]elbstverständlich|nicht auch|oder nicht|stimmen Sie (?:uns )?zu|[Ff]inden Sie nicht|[Ww]ürden Sie nicht|[Mm]einen Sie nicht)(?!\p{L})/u,
    /(?<!\p{L})[Uu]nser(?:e|en|em|er|es)? (?:tolle|beliebte|günstige|freundliche|hervorragende|ausgezeichnete|neue und bessere|preiswerte|großartige|kompetente)(?:n|r|s|m)?(?!\p{L})/u,
    /(?<!\p{L})[Ww]as (?:hat Ihnen (?:besonders )?gut gefallen|lieben Sie)(?!\p{L})/u,
  ],
  en: [
    /\bhow (?:much did you (?:love|enjoy|like)|great|amazing|excellent|fantastic|wonderful|awesome)\b/iu,
    /\b(?:surely|of course|obviously|don['’]t you|wouldn['’]t you|isn['’]t it|do you agree that)\b/iu,
    /\bour (?:great|excellent|popular|friendly|amazing|cheap|competent|wonderful|outstanding|best)\b/iu,
    /\bwhat did you (?:love|like (?:most|best))\b/iu,
  ],
}

/** Things that are one thing although two words stand there. */
const ONE_THING = /Obst (?:und|&) Gemüse|Fleisch und Wurst|Wurst und Käse|Brot und Backwaren|Ein- und Ausgang|ab und zu|nach und nach|hin und wieder|mehr und mehr|fruits? (?:and|&) veg(?:etables)?|bread and rolls|meat and sausages?|now and then|more and more|pros and cons|Kundinnen und Kunden|Freundinnen und Freunde|Kolleginnen und Kollegen|terms and conditions/giu
const DOUBLE: { readonly [L in Language]: RegExp } = {
  de: /(?<!\p{L})\p{L}+[,]? (?:und|sowie|beziehungsweise|bzw\.) \p{L}+(?!\p{L})/u,
  en: /\b\p{L}+,? (?:and|as well as) \p{L}+\b/iu,
}

/** What people should hear of the wording of a question, in one language. */
export const wordingFaults = (question: Question, language: Language): readonly SurveyFault[] => {
  const text = question.text[language]
  const path = `${question.id}.text.${language}`
  if (text.trim() === '') return []
  if (question.kind === 'nps') return NPS_WORDING[language].test(text.trim()) ? [] : [surveyFault('nps-wording', path, { standardDe: NPS_STANDARD.de, standardEn: NPS_STANDARD.en })]
  const rows = (question.rows ?? []).flatMap((row) => double(row.text[language], `${question.id}.rows.${row.id}.text.${language}`, language))
  return [...leading(text, path, language), ...(isJudged(question) ? double(text, path, language) : []), ...rows, ...long(text, path)]
}

/** A rating of two things is a rating of neither; a choice or free words may name several. */
const isJudged = ({ kind }: Question): boolean => kind === 'csat5' || kind === 'smiley4' || kind === 'ces7'

const leading = (text: string, path: string, language: Language): readonly SurveyFault[] => {
  const found = LEADING[language].map((pattern) => pattern.exec(text)?.[0]).find((word) => word !== undefined)
  return found === undefined ? [] : [surveyFault('leading', path, { word: found })]
}

const double = (text: string, path: string, language: Language): readonly SurveyFault[] => {
  const found = DOUBLE[language].exec(text.replace(ONE_THING, 'Waren'))?.[0]
  return found === undefined ? [] : [surveyFault('double', path, { word: found })]
}

const long = (text: string, path: string): readonly SurveyFault[] => (text.length > LONG_TEXT ? [surveyFault('long', path, { n: `${text.length}`, most: `${LONG_TEXT}` })] : [])
