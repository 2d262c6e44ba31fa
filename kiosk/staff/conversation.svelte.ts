/** A conversation as somebody of the team notes it: where, how the customer felt, and, if they like, about what and in which words. Nobody's name is in it. */
import { checkAnswer, openingOf, type RecordedValue } from '#shared/feedback/answer.ts'
import { maskText } from '#shared/feedback/mask-text.ts'
import { questionsOf, type Question, type Survey, type Touchpoint } from '#shared/feedback/survey.ts'
import { bytesToHex } from '#shared/kernel/bytes.ts'
import type { Json } from '#shared/kernel/json.ts'
import type { Language } from '#shared/kernel/language.ts'
import { documentsToSurveys, documentsToTouchpoints } from '#shared/protocol/documents.ts'
import type { Documents } from '#shared/sync/release.ts'

/** Says an event to the device; true only when it is durably there. */
export type SayOnTablet = (event: { readonly t: string; readonly p: Json; readonly secret?: Json }) => Promise<boolean>

/** A place where something is asked now. */
export type NotePlace = { readonly touchpoint: Touchpoint; readonly survey: Survey; readonly mood: Question }

/** Question of words that the survey of the place does not ask for. */
const OWN_WORDS = 'conversation'

/** Places of the store whose survey begins with one tap. */
export const notePlaces = (items: Documents): readonly NotePlace[] => {
  const surveys = new Map(documentsToSurveys(items).map((survey) => [survey.id, survey]))
  return documentsToTouchpoints(items).flatMap((touchpoint) => {
    const survey = surveys.get(touchpoint.survey)
    const mood = survey && openingOf(survey)
    return survey && mood ? [{ touchpoint, survey, mood }] : []
  })
}

export class Conversation {
  place = $state.raw<NotePlace | null>(null)
  /** As it was tapped, once it is on the device. */
  mood = $state.raw<RecordedValue | null>(null)
  topics = $state.raw<readonly string[]>([])
  words = $state('')
  saving = $state(false)
  notSaved = $state(false)
  /** The choice that the survey of the place asks for beside the mood; null: none. */
  readonly topic: Question | null = $derived.by(() => (this.place ? (questionsOf(this.place.survey).find((question) => question.kind === 'choice' && question !== this.place!.mood && !question.retired) ?? null) : null))
  readonly #say: SayOnTablet
  readonly #random: (count: number) => Uint8Array
  #response: string

  constructor(say: SayOnTablet, random: (count: number) => Uint8Array) {
    this.#say = say
    this.#random = random
    this.#response = this.#name()
  }

  /** Another place is another conversation, unless nothing was said yet. */
  at(place: NotePlace): void {
    if (this.saving) return
    if (this.mood !== null) this.next()
    this.place = place
  }

  /** Counts at once; tapped again, the later one counts. */
  async feel(value: RecordedValue, language: Language): Promise<void> {
    const { place } = this
    if (!place || !checkAnswer(place.mood, value).ok) return
    if (await this.#save({ t: 'feedback.answered', p: { ...this.#about(place.mood.id, language), kind: place.mood.kind, value: value as Json } })) this.mood = value
  }

  /** None of them: taken back. */
  async about(topics: readonly string[], language: Language): Promise<void> {
    const { topic } = this
    if (!topic || this.mood === null) return
    if (await this.#save({ t: 'feedback.answered', p: { ...this.#about(topic.id, language), kind: 'choice', value: topics } })) this.topics = topics
  }

  /** True when there is nothing left to keep: the words are on the device, or there were none. */
  async finish(language: Language): Promise<boolean> {
    const words = this.words.trim()
    if (words === '' || this.mood === null || !this.place) return true
    const asked = questionsOf(this.place.survey).find((question) => question.kind === 'text')?.id ?? OWN_WORDS
    return this.#save({ t: 'feedback.commented', p: this.#about(asked, language), secret: { text: maskText(words, language).text } })
  }

  /** A new one at the same place. */
  next(): void {
    this.#response = this.#name()
    this.mood = null
    this.topics = []
    this.words = ''
    this.notSaved = false
  }

  #name(): string {
    return bytesToHex(this.#random(16))
  }

  #about(question: string, lang: Language): { readonly [key: string]: string } {
    const { touchpoint, survey } = this.place!
    return { response: this.#response, touchpoint: touchpoint.id, survey: survey.id, question, lang }
  }

  async #save(event: Parameters<SayOnTablet>[0]): Promise<boolean> {
    if (this.saving) return false
    this.saving = true
    const saved = await this.#say(event)
    this.saving = false
    this.notSaved = !saved
    return saved
  }
}
