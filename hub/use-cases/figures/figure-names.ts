/** What the keys of figures are called, from the documents in force. */
import type { DeviceStore } from '#hub/ports/devices.ts'
import type { DocumentStore } from '#hub/ports/documents.ts'
import { questionsOf, recordedQuestions, recordedText, type Survey, type Touchpoint } from '#shared/feedback/survey.ts'
import { UNDATED } from '#shared/insights/group-tallies.ts'
import type { Localised } from '#shared/kernel/language.ts'
import { documentsToSurveys, documentsToTouchpoints } from '#shared/protocol/documents.ts'
import { UNKNOWN_KEY, type Grouping } from '#shared/protocol/figures.ts'

export type FigureNames = {
  of(by: Grouping, key: string): Localised
  question(question: string): Localised
  stageOf(touchpoint: string): string
}

type Documents = { readonly hash: string | null; readonly touchpoints: ReadonlyMap<string, Touchpoint>; readonly questions: ReadonlyMap<string, Localised>; readonly surveys: ReadonlyMap<string, Survey>; readonly options: ReadonlyMap<string, Localised> }
const known = new WeakMap<DocumentStore, Documents>()

export const figureNames = ({ documents, devices }: { readonly documents: DocumentStore; readonly devices: Pick<DeviceStore, 'list'> }): FigureNames => {
  const { touchpoints, questions, surveys, options } = readNames(documents)
  const question = (key: string): Localised => questions.get(key) ?? plain(key)
  const nameOf: { readonly [G in Grouping]: (key: string) => Localised | undefined } = {
    touchpoint: (key) => touchpoints.get(key)?.name,
    stage: (key) => STAGES[key],
    device: (key) => CHANNELS[key] ?? plain(devices.list().find(({ dev }) => dev === key)?.name ?? key),
    channel: (key) => CHANNELS[key],
    language: (key) => LANGUAGES[key],
    segment: (key) => options.get(key),
    question: (key) => (key.endsWith(DETAIL) ? beside(question(key.slice(0, -DETAIL.length))) : question(key)),
    survey: (key) => surveys.get(key)?.name ?? (surveys.has(key) ? surveys.get(key)!.opening.text : undefined),
    hour: (key) => (key === UNDATED ? { de: 'ohne Zeitangabe', en: 'no time given' } : { de: `${key} Uhr`, en: `${key}:00` }),
  }
  return {
    of: (by, key) => (key === '' || key === UNKNOWN_KEY ? UNKNOWN : (nameOf[by](key) ?? plain(key))),
    question,
    stageOf: (touchpoint) => touchpoints.get(touchpoint)?.phase ?? UNKNOWN_KEY,
  }
}

const readNames = (documents: DocumentStore): Documents => {
  const hash = documents.head()?.hash ?? null
  const kept = known.get(documents)
  if (kept && kept.hash === hash) return kept
  const items = documents.current()?.items ?? {}
  const surveys = documentsToSurveys(items)
  const names: Documents = {
    hash,
    touchpoints: new Map(documentsToTouchpoints(items).map((touchpoint) => [touchpoint.id, touchpoint])),
    questions: new Map(surveys.flatMap((survey) => recordedQuestions(survey).map((recorded) => [recorded.id, recordedText(recorded)] as const))),
    surveys: new Map(surveys.map((survey) => [survey.id, survey])),
    options: new Map(surveys.flatMap((survey) => questionsOf(survey).filter(({ segment }) => segment).flatMap(({ options = [] }) => options.map(({ id, text }) => [id, text] as const)))),
  }
  known.set(documents, names)
  return names
}

const DETAIL = ' (detail)'
const beside = ({ de, en }: Localised): Localised => ({ de: `${de} (Einzelfrage)`, en: `${en} (detail)` })
const plain = (words: string): Localised => ({ de: words, en: words })
const UNKNOWN: Localised = { de: 'ohne Angabe', en: 'not known' }
const STAGES: { readonly [stage: string]: Localised } = { before: { de: 'Vor dem Einkauf', en: 'Before shopping' }, during: { de: 'Beim Einkauf', en: 'While shopping' }, after: { de: 'Nach dem Einkauf', en: 'After shopping' } }
const CHANNELS: { readonly [channel: string]: Localised } = {
  kiosk: { de: 'Kiosk', en: 'Kiosk' },
  staff: { de: 'Gespräch', en: 'Conversation' },
  phone: { de: 'Eigenes Telefon', en: 'Own phone' },
  shop: { de: 'Online-Shop', en: 'Web shop' },
  import: { de: 'Eingelesene Tabelle', en: 'Imported table' },
}
const LANGUAGES: { readonly [language: string]: Localised } = { de: { de: 'Deutsch', en: 'German' }, en: { de: 'Englisch', en: 'English' } }
