/** What the page of a receipt shows. The code stays in the address, behind the #: a shopper who comes back in a week finds it there. */
import { locale } from '../lib/i18n/locale.svelte.ts'
import { askHub, type NoAnswer } from '../lib/platform/ask-hub.ts'
import { nameReceipt } from '../lib/platform/page.ts'
import { applyBrand } from '../lib/styles/brand.ts'
import { parseReceiptCode, type ReceiptCode } from '#shared/feedback/receipt-code.ts'
import { bytesToHex } from '#shared/kernel/bytes.ts'
import type { Result } from '#shared/kernel/result.ts'
import type { ReceiptAnswerReply, ReceiptErasedReply, ReceiptReply, ReceiptShop, ShopperReceipt } from '#shared/protocol/receipts.ts'

/**
 * typing: no code yet, or one with a mistake · opening: asked for the first time · shown · none: nothing is held for this code ·
 * erased: it was erased here and now · trouble: nobody answered.
 */
export type ReceiptStep =
  | { readonly name: 'typing'; readonly typed: string }
  | { readonly name: 'opening' | 'none' | 'erased' }
  | { readonly name: 'shown'; readonly receipt: ShopperReceipt }
  | { readonly name: 'trouble'; readonly why: NoAnswer['type'] }

export type ReceiptParts = { readonly random: (count: number) => Uint8Array; readonly now: () => number }

export class ReceiptPage {
  step = $state.raw<ReceiptStep>({ name: 'opening' })
  store = $state.raw<ReceiptShop | null>(null)
  code = $state.raw<ReceiptCode | null>(null)
  /** A question is on its way. */
  waiting = $state(false)
  /** Why the last press came to nothing, while the page stays as it is. `full`: everything has been said for now. */
  trouble = $state<NoAnswer['type'] | 'full' | null>(null)
  /** What the last press did; for eyes and ears. */
  done = $state<'sent' | 'contact' | null>(null)
  readonly #parts: ReceiptParts
  /** The name of the word that is being sent: the same until it has arrived. */
  #key: string | null = null

  constructor(parts: ReceiptParts) {
    this.#parts = parts
  }

  /** With what stands in the address, or was typed. */
  async begin(typed: string): Promise<void> {
    const code = parseReceiptCode(decoded(typed))
    if (!code.ok) {
      this.step = { name: 'typing', typed: decoded(typed) }
      return
    }
    this.code = code.value
    nameReceipt(code.value)
    this.step = { name: 'opening' }
    await this.look()
  }

  /** Asks anew; what is shown stays while nobody answers. */
  async look(): Promise<void> {
    if (!this.code || this.waiting || this.step.name === 'erased') return
    const reply = await this.#ask<ReceiptReply>('open', { code: this.code })
    if (reply.ok) this.#show(reply.value)
    else if (this.step.name === 'shown') this.trouble = reply.error.type
    else this.step = { name: 'trouble', why: reply.error.type }
  }

  /** Words as they are to be kept: masked. True when they have arrived. */
  async say(words: string): Promise<boolean> {
    if (!this.code || this.waiting || words.trim() === '') return false
    this.#key ??= bytesToHex(this.#parts.random(16))
    const { language } = locale
    const reply = await this.#ask<ReceiptAnswerReply>('answer', { code: this.code, text: words.trim(), key: this.#key, language })
    if (!reply.ok || reply.value.type === 'full') {
      this.trouble = reply.ok ? 'full' : reply.error.type
      return false
    }
    this.#key = null
    this.#show(reply.value)
    this.done = 'sent'
    return true
  }

  async erase(what: 'all' | 'contact'): Promise<void> {
    if (!this.code || this.waiting) return
    const reply = await this.#ask<ReceiptErasedReply>('erase', { code: this.code, what })
    if (!reply.ok || reply.value.type === 'full') {
      this.trouble = reply.ok ? 'busy' : reply.error.type
      return
    }
    if (what === 'contact') {
      await this.look()
      this.done = 'contact'
      return
    }
    this.step = { name: 'erased' }
    this.code = null
    nameReceipt(null)
  }

  #show(reply: ReceiptReply): void {
    if (reply.store) {
      this.store = reply.store
      locale.timeZone = reply.store.timeZone
      if (reply.store.brand) applyBrand(document.documentElement, reply.store.brand)
    }
    this.step = reply.type === 'receipt' ? { name: 'shown', receipt: reply.receipt } : { name: 'none' }
  }

  async #ask<Reply extends { readonly type: string }>(what: 'open' | 'answer' | 'erase', body: object): Promise<Result<Reply, NoAnswer>> {
    this.waiting = true
    this.trouble = null
    this.done = null
    const reply = await askHub<Reply>(`/api/receipt/${what}`, body)
    this.waiting = false
    return reply
  }
}

/** A reader may have written the dashes as it liked. */
const decoded = (typed: string): string => {
  try {
    return decodeURIComponent(typed)
  } catch {
    return typed
  }
}
