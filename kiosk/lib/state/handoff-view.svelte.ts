/** A basket on its way to the phone: made on this device alone, shown for a while, and told when the phone has it. */
import type { Device } from '#kiosk/lib/sync/device.ts'
import type { Assortment } from '#shared/basket/assortment.ts'
import type { Basket } from '#shared/basket/basket.ts'
import type { Quote } from '#shared/basket/quote.ts'
import { usedLimited } from '#shared/basket/limited-offers.ts'
import { quoteBasket } from '#shared/basket/quote-basket.ts'
import { encodeHandoff, handoffDigits, handoffMessage, handoffUrl } from '#shared/handoff/encode-handoff.ts'
import { MAX_RESERVED } from '#shared/handoff/handoff.ts'
import { handoffOf } from '#shared/handoff/handoff-basket.ts'
import { checkWord, shortCode } from '#shared/handoff/short-code.ts'
import { bytesToHex } from '#shared/kernel/bytes.ts'
import type { QuoteId, VisitId } from '#shared/kernel/ids.ts'
import { releaseName } from '#shared/sync/release.ts'
import type { Clock } from './clock.ts'
import { Countdown } from './countdown.svelte.ts'

/** A code on a public screen is covered again after this, unless the shopper asks for more. */
export const SHOWN_MS = 90_000
const HOUR_MS = 3_600_000

export type HandoffCode = {
  readonly qid: QuoteId
  readonly url: string
  readonly domain: string
  readonly code: string
  readonly checkWord: string
  readonly totalCents: number
  readonly expiresAt: number
  /** A limited offer could not be kept for this basket after all: the checkout looks whether there is one left. */
  readonly leftToCheckout: boolean
  /** Whether staff can find it by its code. */
  readonly recorded: boolean
  /** The first digits of the release it was priced with, as the code carries them. */
  readonly release: string
}

export type HandoffParts = {
  readonly device: Device
  readonly clock: Clock
  readonly random: (count: number) => Uint8Array
  /** The host that serves the checkout where the store names no domain, and how it is reached. */
  readonly host: string
  readonly protocol: string
  /** Once per code: the phone has it. */
  readonly onArrived?: () => void
}

export class HandoffView {
  phase = $state<'none' | 'preparing' | 'shown' | 'covered' | 'opened' | 'ordered' | 'failed'>('none')
  code = $state.raw<HandoffCode | null>(null)
  readonly countdown: Countdown
  readonly #parts: HandoffParts
  readonly #leave: () => void

  constructor(parts: HandoffParts) {
    this.#parts = parts
    this.countdown = new Countdown(parts.clock)
    this.#leave = parts.device.on('handoff', ({ qid, state }) => {
      if (qid === this.code?.qid && (state === 'opened' || state === 'ordered')) this.#arrived(state)
    })
  }

  async make(basket: Basket, quote: Quote, assortment: Assortment, sid: VisitId | null): Promise<void> {
    this.phase = 'preparing'
    try {
      const bare = (): Quote => quoteBasket(basket, assortment, { ...quote.facts, units: {} })
      // A lease may end, or another tab give its use away, between the price and the code.
      const code = (await this.#sign(basket, quote, assortment, sid)) ?? (await this.#sign(basket, quote, assortment, sid)) ?? (await this.#sign(basket, bare(), assortment, sid))
      this.code = code && { ...code, leftToCheckout: code.totalCents !== quote.totalCents }
      this.#show()
    } catch {
      // Only a device without its key comes here; the basket is untouched.
      this.phase = 'failed'
    }
  }

  showAgain(): void {
    if (this.phase === 'covered') this.#show()
  }

  moreTime(): void {
    this.countdown.extend(SHOWN_MS)
  }

  reset(): void {
    this.countdown.stop()
    this.code = null
    this.phase = 'none'
  }

  leave(): void {
    this.reset()
    this.#leave()
  }

  /** Null if a use that the code would name is no longer there. */
  async #sign(basket: Basket, quote: Quote, assortment: Assortment, sid: VisitId | null): Promise<HandoffCode | null> {
    const { device, random, host, protocol } = this.#parts
    if (!device.keyId) throw new Error('a device without a key cannot sign')
    const used = usedLimited(quote, assortment.offers)
    const uses = used.length <= MAX_RESERVED ? device.allotments.choose(used.map(({ offer }) => offer.id)) : null
    if (!uses) return null
    const reserved = uses.map(({ lease }, i) => ({ number: used[i]!.number, lease }))
    const qid = bytesToHex(random(8)) as QuoteId
    const { checkoutDomain } = assortment.store
    const domain = checkoutDomain || host
    const body = encodeHandoff(handoffOf(basket, quote, assortment, { qid, keyId: device.keyId, at: quote.facts.now, reserved }))
    const digits = handoffDigits(body, await device.sign(handoffMessage(body, domain)))
    const code = shortCode(qid)
    const p = { qid, code, digits, totalCents: quote.totalCents, releaseHash: assortment.hash, lines: quote.lines.length }
    const recorded = await device.record({ t: 'basket.handed-over', v: 1, sid, p, uses })
    if (!recorded.ok && uses.length > 0) return null
    const expiresAt = quote.facts.now + assortment.store.handoffHours * HOUR_MS
    return { qid, url: checkoutDomain ? handoffUrl(domain, digits) : handoffUrl(domain, digits, protocol), domain, code, checkWord: checkWord(body), totalCents: quote.totalCents, expiresAt, leftToCheckout: false, recorded: recorded.ok, release: releaseName(assortment.hash) }
  }

  #show(): void {
    this.phase = 'shown'
    this.countdown.start(SHOWN_MS, () => {
      this.phase = 'covered'
    })
  }

  #arrived(state: 'opened' | 'ordered'): void {
    this.countdown.stop()
    const isFirst = this.phase !== 'opened'
    this.phase = state
    if (isFirst) this.#parts.onArrived?.()
  }
}
