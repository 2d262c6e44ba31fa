/** Answers of a phone on their way: kept in the page and sent until the hub has said that it has them. Each has a name of its own, so sending twice adds nothing. */
import type { NoAnswer } from '../lib/platform/ask-hub.ts'
import type { Clock } from '../lib/state/clock.ts'
import type { ReceiptHash } from '#shared/feedback/receipt-code.ts'
import { MAX_PHONE_ANSWERS } from '#shared/feedback/sign-code.ts'
import { bytesToHex } from '#shared/kernel/bytes.ts'
import type { Language } from '#shared/kernel/language.ts'
import type { Result } from '#shared/kernel/result.ts'
import type { AnswerSignReply, PhoneAnswer } from '#shared/protocol/phone-feedback.ts'

export type AskHub = <Reply extends { readonly type: string }>(path: string, body: object) => Promise<Result<Reply, NoAnswer>>
export type PhoneParts = { readonly random: (count: number) => Uint8Array; readonly clock: Clock; readonly ask: AskHub }

/** Under what all answers of this page are sent. */
export type PhoneSender = { readonly sign: string; readonly response: string; readonly receipt: ReceiptHash }

/** First pause after nobody answered, and the longest. */
const RETRY_MS = { first: 2_000, most: 30_000 }

export class PhoneOutbox {
  /** Not confirmed yet. */
  waiting = $state(0)
  /** Nobody answered the last time. */
  isLate = $state(false)
  /** The store has revoked the sign: what waits will never be taken. */
  isOver = $state(false)
  readonly #parts: PhoneParts
  readonly #sender: PhoneSender
  #queue: readonly { readonly answer: Omit<PhoneAnswer, 'ago'>; readonly at: number; readonly language: Language }[] = []
  #isSending = false
  #pauseMs = RETRY_MS.first
  #endPause: (() => void) | null = null

  constructor(parts: PhoneParts, sender: PhoneSender) {
    this.#parts = parts
    this.#sender = sender
  }

  put(question: string, value: PhoneAnswer['value'], language: Language): void {
    const { random, clock } = this.#parts
    this.#queue = [...this.#queue, { answer: { id: bytesToHex(random(16)), question, value }, at: clock.now(), language }]
    this.waiting = this.#queue.length
    void this.send()
  }

  /** Also when the page is looked at again, or the phone has a network again. */
  async send(): Promise<void> {
    if (this.#isSending || this.#queue.length === 0 || this.isOver) return
    this.#endPause?.()
    this.#isSending = true
    const { clock, ask } = this.#parts
    // One language a message: whoever changed it in between sends two.
    const { language } = this.#queue[0]!
    const sent = this.#queue.filter((one, i) => i < MAX_PHONE_ANSWERS && one.language === language)
    const now = clock.now()
    const answers = sent.map(({ answer, at }) => Object.assign({ ago: Math.max(0, Math.round(now - at)) }, answer))
    const reply = await ask<AnswerSignReply>('/api/feedback/answer', { ...this.#sender, language, answers })
    this.#isSending = false
    if (!reply.ok) this.#later()
    else if (reply.value.type === 'none') this.isOver = true
    else this.#confirm([...reply.value.ids, ...reply.value.refused])
  }

  #confirm(ids: readonly string[]): void {
    this.#queue = this.#queue.filter(({ answer }) => !ids.includes(answer.id))
    this.waiting = this.#queue.length
    this.isLate = false
    this.#pauseMs = RETRY_MS.first
    void this.send()
  }

  #later(): void {
    this.isLate = true
    this.#endPause = this.#parts.clock.after(this.#pauseMs, () => void this.send())
    this.#pauseMs = Math.min(RETRY_MS.most, 2 * this.#pauseMs)
  }
}
