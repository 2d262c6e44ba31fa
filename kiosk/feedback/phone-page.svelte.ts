/** What the page of a sign shows: the survey of its place, and whether the answers have arrived. */
import type { NoAnswer } from '../lib/platform/ask-hub.ts'
import { locale } from '../lib/i18n/locale.svelte.ts'
import { applyBrand } from '../lib/styles/brand.ts'
import type { Say } from '../lib/state/feedback-flow.svelte.ts'
import type { ReceiptHash } from '#shared/feedback/receipt-code.ts'
import { parseSign } from '#shared/feedback/sign-code.ts'
import type { Survey } from '#shared/feedback/survey.ts'
import { bytesToHex } from '#shared/kernel/bytes.ts'
import type { Language, Localised } from '#shared/kernel/language.ts'
import type { OpenSignReply, PhoneAnswer } from '#shared/protocol/phone-feedback.ts'
import type { ReceiptShop } from '#shared/protocol/receipts.ts'
import { PhoneOutbox, type PhoneParts } from './phone-outbox.svelte.ts'

/** none: nobody is asked by this sign · trouble: nobody answered. */
export type PhoneStep = { readonly name: 'opening' | 'none' } | { readonly name: 'asking'; readonly survey: Survey; readonly touchpoint: Localised } | { readonly name: 'trouble'; readonly why: NoAnswer['type'] }

export class PhonePage {
  step = $state.raw<PhoneStep>({ name: 'opening' })
  store = $state.raw<ReceiptShop | null>(null)
  waiting = $state(false)
  outbox = $state.raw<PhoneOutbox | null>(null)
  readonly parts: PhoneParts
  readonly response: string
  readonly #sign: string

  constructor(parts: PhoneParts, sign: string) {
    this.parts = parts
    this.#sign = sign
    this.response = bytesToHex(parts.random(16))
  }

  /** What is asked here. */
  async open(): Promise<void> {
    if (this.waiting || this.step.name === 'asking') return
    if (!parseSign(this.#sign).ok) {
      this.step = { name: 'none' }
      return
    }
    this.waiting = true
    const reply = await this.parts.ask<OpenSignReply>('/api/feedback/open', { sign: this.#sign })
    this.waiting = false
    if (!reply.ok) {
      this.step = { name: 'trouble', why: reply.error.type }
      return
    }
    const { value } = reply
    this.store = value.store
    if (value.store) {
      locale.timeZone = value.store.timeZone
      if (value.store.brand) applyBrand(document.documentElement, value.store.brand)
    }
    // On one's own phone the receipt is the way to be answered: nobody need leave a contact.
    this.step = value.type === 'survey' ? { name: 'asking', survey: { ...value.survey, contact: false }, touchpoint: value.touchpoint } : { name: 'none' }
  }

  /** The flow's word to the device: kept in the page at once, and sent until it has arrived. */
  readonly say: Say = async ({ p, secret }) => {
    const said = p as { readonly question: string; readonly value?: PhoneAnswer['value']; readonly lang: Language; readonly receipt: ReceiptHash }
    this.outbox ??= new PhoneOutbox(this.parts, { sign: this.#sign, response: this.response, receipt: said.receipt })
    const value = secret === undefined ? said.value : (secret as { readonly text: string }).text
    if (value !== undefined) this.outbox.put(said.question, value, said.lang)
    return true
  }
}
