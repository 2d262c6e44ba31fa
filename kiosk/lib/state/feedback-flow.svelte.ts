/** One person's answers at the screen: the first tap counts at once, everything after it is an invitation. Every tap is on the device before anything moves. */
import { checkAnswer, nextQuestion, openingOf, questionsFor, recordedTaps, type AnswerValue, type Given, type RowRatings } from '#shared/feedback/answer.ts'
import { maskText } from '#shared/feedback/mask-text.ts'
import { isWithinBudget } from '#shared/feedback/question-budget.ts'
import { RECEIPT_BYTES, receiptFromBytes, receiptHash, type ReceiptCode, type ReceiptHash } from '#shared/feedback/receipt-code.ts'
import { rowQuestion, type Question, type Survey } from '#shared/feedback/survey.ts'
import type { Json } from '#shared/kernel/json.ts'
import type { Language } from '#shared/kernel/language.ts'

/** Says an event to the device; true only when it is durably there. */
export type Say = (event: { readonly t: string; readonly p: Json; readonly secret?: Json }) => Promise<boolean>

/** Where somebody answers; `random`: chance, of which the receipt is made; `visitMs`: how long they have been here. */
export type FeedbackPlace = { readonly response: string; readonly touchpoint: string; readonly random: (count: number) => Uint8Array; readonly visitMs: () => number }

export type FeedbackStep =
  | { readonly name: 'opening' }
  /** Counted; the rest is offered. */
  | { readonly name: 'thanked' }
  | { readonly name: 'question'; readonly question: Question }
  | { readonly name: 'contact' }
  | { readonly name: 'end' }

export class FeedbackFlow {
  step = $state.raw<FeedbackStep>({ name: 'opening' })
  saving = $state(false)
  /** The device could not keep the last answer. */
  notSaved = $state(false)
  readonly survey: Survey
  /** What the shopper takes along; it is nowhere else in clear. */
  readonly receipt: ReceiptCode
  readonly #place: { readonly response: string; readonly touchpoint: string; readonly receipt: ReceiptHash }
  readonly #say: Say
  readonly #visitMs: () => number
  #taps = 0
  #given = $state.raw<ReadonlyMap<string, Given>>(new Map())
  /** Taps that are not written yet, the last of them, and what is known to be written of their question. */
  #pending = 0
  #written: Promise<boolean> = Promise.resolve(true)
  #saved: AnswerValue | null = null

  constructor(survey: Survey, { random, visitMs, ...place }: FeedbackPlace, say: Say) {
    this.survey = survey
    this.#visitMs = visitMs
    this.receipt = receiptFromBytes(random(RECEIPT_BYTES))
    this.#place = { ...place, receipt: receiptHash(this.receipt) }
    this.#say = say
  }

  /** The question that the response begins with; null: the survey asks nothing now. */
  readonly first: Question | null = $derived.by(() => openingOf(this.survey))
  /** The question that is put now. */
  readonly question: Question | null = $derived(this.step.name === 'opening' ? this.first : this.step.name === 'question' ? this.step.question : null)
  /** What the opening question was answered with. */
  readonly opening: AnswerValue | null = $derived.by(() => this.#answerTo(this.first))
  /** What the question that is put now has been answered with so far. */
  readonly soFar: AnswerValue | null = $derived.by(() => this.#answerTo(this.question))
  /** Questions after the opening one, the contact included. */
  readonly total: number = $derived.by(() => (this.opening === null ? 0 : questionsFor(this.survey, this.#given).length + (this.survey.contact ? 1 : 0)))
  /** 1 for the first follow-up. */
  readonly position: number = $derived.by(() => (this.step.name === 'question' ? questionsFor(this.survey, this.#given).indexOf(this.step.question) + 1 : this.step.name === 'contact' ? this.total : Math.min(this.#given.size, this.total)))

  get given(): ReadonlyMap<string, Given> {
    return this.#given
  }

  /** Answers the question that is put now, and goes on. */
  async answer(value: AnswerValue, language: Language = 'de'): Promise<void> {
    const { question, step } = this
    if (!question || this.saving || !checkAnswer(question, value).ok) return
    if (await this.#record(question, value, language)) this.#advance(step.name === 'opening')
  }

  /** One more tap on a question of several answers: recorded as they now stand, and the question stays. None left takes back what was. */
  async tap(value: readonly string[], language: Language = 'de'): Promise<void> {
    const { question } = this
    if (question?.options) await this.#put(question, () => value, { ...this.#at(question.id, language), kind: question.kind, value })
  }

  /** Rates one row of a matrix; again: that rating replaces the one before. */
  async rate(row: string, value: number, language: Language = 'de'): Promise<void> {
    const { question } = this
    if (!question || !checkAnswer(question, { [row]: value }).ok) return
    await this.#put(question, (before) => ({ ...(before as RowRatings | null), [row]: value }), { ...this.#at(rowQuestion(question.id, row), language), kind: 'csat5', value })
  }

  /** Goes on from a question whose taps are recorded. */
  async next(): Promise<void> {
    const { step } = this
    await this.#written
    if (this.step === step && this.soFar !== null && !this.notSaved) this.#advance(step.name === 'opening')
  }

  skip(): void {
    if (this.step.name === 'question') {
      if (this.soFar === null) this.#keep(this.step.question, 'skipped')
      this.#advance(false)
    } else if (this.step.name === 'contact') this.step = { name: 'end' }
  }

  /** Takes up the invitation. */
  continue(): void {
    if (this.step.name === 'thanked') this.#advance(false)
  }

  /** Only ever called with the person's own consent. */
  async leaveContact(contact: string): Promise<void> {
    if (this.step.name !== 'contact' || this.saving || contact.trim().length < 3) return
    const saved = await this.#save({ t: 'feedback.contact-left', p: { ...this.#place }, secret: { contact: contact.trim().slice(0, 200) } })
    if (saved) this.step = { name: 'end' }
  }

  #answerTo(question: Question | null): AnswerValue | null {
    const answer = question ? this.#given.get(question.id) : undefined
    return answer === undefined || answer === 'skipped' ? null : answer
  }

  #at(question: string, lang: Language) {
    return { ...this.#place, survey: this.survey.id, question, lang }
  }

  /** Shown at once and written one after the other; what could not be written is shown no longer. */
  async #put(question: Question, change: (before: AnswerValue | null) => AnswerValue, payload: Json): Promise<void> {
    if (this.#pending++ === 0) this.#saved = this.#answerTo(question)
    this.#keep(question, change(this.#answerTo(question)))
    const written = this.#written.then(() => this.#save({ t: 'feedback.answered', p: payload }))
    this.#written = written
    if (await written) this.#saved = change(this.#saved)
    if (--this.#pending === 0) this.#keep(question, this.#saved ?? [])
  }

  async #record(question: Question, value: AnswerValue, language: Language): Promise<boolean> {
    if (question.kind === 'text') {
      if (!(await this.#save({ t: 'feedback.commented', p: this.#at(question.id, language), secret: { text: maskText(String(value), language).text } }))) return false
    } else {
      for (const tap of recordedTaps(question, value)) {
        if (!(await this.#save({ t: 'feedback.answered', p: { ...this.#at(tap.question, language), kind: tap.kind, value: tap.value as Json } }))) return false
      }
    }
    this.#keep(question, value)
    return true
  }

  #keep(question: Question, answer: Given): void {
    const given = new Map(this.#given)
    if (Array.isArray(answer) && answer.length === 0) given.delete(question.id)
    else given.set(question.id, answer)
    this.#given = given
  }

  #advance(thankFirst: boolean): void {
    const question = this.#mayAskMore() ? nextQuestion(this.survey, this.#given) : null
    if (thankFirst) this.step = this.total > 0 ? { name: 'thanked' } : { name: 'end' }
    else if (question) this.step = { name: 'question', question }
    else this.step = this.survey.contact && this.step.name !== 'contact' ? { name: 'contact' } : { name: 'end' }
  }

  #mayAskMore(): boolean {
    return isWithinBudget(this.survey.budget, { asked: this.#given.size, taps: this.#taps, visitMs: this.#visitMs() })
  }

  async #save(event: Parameters<Say>[0]): Promise<boolean> {
    this.saving = true
    this.#taps += 1
    const saved = await this.#say(event)
    this.saving = false
    this.notSaved = !saved
    return saved
  }
}
