/** One person's answers at the screen: the first tap counts at once, everything after it is an invitation. */
import { checkAnswer, followUpsFor, nextQuestion, type AnswerValue, type Given } from '#shared/feedback/answer.ts'
import { maskText } from '#shared/feedback/mask-text.ts'
import { RECEIPT_BYTES, receiptFromBytes, receiptHash, type ReceiptCode, type ReceiptHash } from '#shared/feedback/receipt-code.ts'
import type { Question, Survey } from '#shared/feedback/survey.ts'
import type { Json } from '#shared/kernel/json.ts'
import type { Language } from '#shared/kernel/language.ts'

/** Says an event to the device; true only when it is durably there. */
export type Say = (event: { readonly t: string; readonly p: Json; readonly secret?: Json }) => Promise<boolean>

/** Where somebody answers; `random`: chance, of which the receipt is made. */
export type FeedbackPlace = { readonly response: string; readonly touchpoint: string; readonly random: (count: number) => Uint8Array }

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
  /** What the opening question was answered with. */
  opening = $state.raw<AnswerValue | null>(null)
  readonly survey: Survey
  /** What the shopper takes along; it is nowhere else in clear. */
  readonly receipt: ReceiptCode
  readonly #place: { readonly response: string; readonly touchpoint: string; readonly receipt: ReceiptHash }
  readonly #say: Say
  #given = $state.raw<ReadonlyMap<string, Given>>(new Map())

  constructor(survey: Survey, { random, ...place }: FeedbackPlace, say: Say) {
    this.survey = survey
    this.receipt = receiptFromBytes(random(RECEIPT_BYTES))
    this.#place = { ...place, receipt: receiptHash(this.receipt) }
    this.#say = say
  }

  /** Questions after the opening one, the contact included. */
  readonly total: number = $derived.by(() => (this.opening === null ? 0 : followUpsFor(this.survey, this.opening).length + (this.survey.contact ? 1 : 0)))
  /** 1 for the first follow-up. */
  readonly position: number = $derived(this.step.name === 'contact' ? this.total : Math.min(this.#given.size, this.total))

  /** Answers the question that is put now. Nothing moves on before the device has it. */
  async answer(value: AnswerValue, language: Language = 'de'): Promise<void> {
    const question = this.step.name === 'opening' ? this.survey.opening : this.step.name === 'question' ? this.step.question : null
    if (!question || this.saving || !checkAnswer(question, value).ok) return
    const at = { ...this.#place, survey: this.survey.id, question: question.id }
    const saved = await this.#save(
      question.kind === 'text'
        ? { t: 'feedback.commented', p: at, secret: { text: maskText(String(value), language).text } }
        : { t: 'feedback.answered', p: { ...at, kind: question.kind, value: value as Json } },
    )
    if (!saved) return
    const isOpening = this.step.name === 'opening'
    if (isOpening) this.opening = value
    this.#given = new Map([...this.#given, [question.id, value]])
    this.#advance(isOpening)
  }

  skip(): void {
    if (this.step.name === 'question') {
      this.#given = new Map([...this.#given, [this.step.question.id, 'skipped']])
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

  #advance(thankFirst: boolean): void {
    const question = nextQuestion(this.survey, this.#given)
    if (thankFirst) this.step = this.total > 0 ? { name: 'thanked' } : { name: 'end' }
    else if (question) this.step = { name: 'question', question }
    else this.step = this.survey.contact && this.step.name !== 'contact' ? { name: 'contact' } : { name: 'end' }
  }

  async #save(event: Parameters<Say>[0]): Promise<boolean> {
    this.saving = true
    const saved = await this.#say(event)
    this.saving = false
    this.notSaved = !saved
    return saved
  }
}
