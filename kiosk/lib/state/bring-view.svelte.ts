/** A basket that somebody brings along from phone or web: read off a code or fetched by six characters, shown, and taken when they say so. */
import type { Device } from '#kiosk/lib/sync/device.ts'
import type { Assortment } from '#shared/basket/assortment.ts'
import type { Basket } from '#shared/basket/basket.ts'
import { quoteBasket } from '#shared/basket/quote-basket.ts'
import type { Quote } from '#shared/basket/quote.ts'
import { takeBrought, type Taken } from '#shared/handoff/bring-basket.ts'
import { readBrought, type BroughtBasket } from '#shared/handoff/brought-basket.ts'
import { decodeHandoff } from '#shared/handoff/decode-handoff.ts'
import type { HandoffError } from '#shared/handoff/handoff.ts'
import { shortCode, spelledShortCode } from '#shared/handoff/short-code.ts'
import type { BasketView } from './basket-view.svelte.ts'

/** Why no basket came: each has its own sentence. `elsewhere`: the code of another kiosk, for which the hub is needed. */
export type BringTrouble = 'spelling' | 'not found' | 'offline' | 'elsewhere' | 'failed' | 'damaged' | 'too new' | 'other store' | 'nothing here'

export type BringParts = {
  readonly device: Pick<Device, 'call'>
  readonly basket: BasketView
  readonly assortment: () => Assortment | null
}

export class BringView {
  /** The hub was asked. */
  waiting = $state(false)
  trouble = $state<BringTrouble | null>(null)
  brought = $state.raw<BroughtBasket | null>(null)
  readonly #parts: BringParts
  /** The brought basket alone, as this device understands it. */
  readonly taken: Taken | null = $derived.by(() => {
    const assortment = this.#parts.assortment()
    return this.brought && assortment && takeBrought(this.brought, assortment)
  })
  /** What it costs here: by the release and the clock of this device. */
  readonly quote: Quote | null = $derived.by(() => {
    const assortment = this.#parts.assortment()
    return this.taken && assortment && quoteBasket(this.taken.basket, assortment, this.#parts.basket.facts)
  })

  constructor(parts: BringParts) {
    this.#parts = parts
  }

  /** What was typed or scanned: six characters, or the digits of a code. */
  async enter(text: string): Promise<void> {
    if (this.waiting) return
    this.trouble = null
    const digits = longDigits(text)
    if (digits !== null) return this.#read(digits)
    const code = spelledShortCode(text)
    if (code === null) this.trouble = 'spelling'
    else await this.#fetch(code, 'offline')
  }

  /** In place of the basket on the screen, or on top of it; what did not fit on top is told. */
  take(how: 'instead' | 'added'): Taken | null {
    const assortment = this.#parts.assortment()
    if (!this.brought || !assortment) return null
    const into: Basket | undefined = how === 'added' ? this.#parts.basket.basket : undefined
    const taken = takeBrought(this.brought, assortment, into)
    this.#parts.basket.restore(taken.basket)
    return taken
  }

  async #read(digits: string): Promise<void> {
    const handoff = decodeHandoff(digits)
    // Only the hub knows the keys of other kiosks, so only it can tell a code of theirs from one that somebody made up.
    if (handoff.ok) return this.#fetch(shortCode(handoff.value.handoff.qid), 'elsewhere')
    const read = readBrought(digits)
    if (!read.ok) this.trouble = troubleOf(handoff.error.type === 'NotAHandoff' ? read.error : handoff.error)
    else this.#arrive(read.value)
  }

  async #fetch(code: string, unreached: BringTrouble): Promise<void> {
    this.waiting = true
    const reply = await this.#parts.device.call('basket.fetch', { code })
    this.waiting = false
    if (!reply.ok) {
      const { code: why } = reply.error
      this.trouble = why === 'not_found' ? 'not found' : why === 'offline' || why === 'timeout' ? unreached : 'failed'
      return
    }
    const read = readBrought(reply.value.digits)
    if (read.ok) this.#arrive(read.value)
    else this.trouble = troubleOf(read.error)
  }

  #arrive(brought: BroughtBasket): void {
    const assortment = this.#parts.assortment()
    if (assortment && brought.store !== assortment.store.number) this.trouble = 'other store'
    else if (assortment && takeBrought(brought, assortment).basket.lines.length === 0) this.trouble = 'nothing here'
    else this.brought = brought
  }
}

const troubleOf = (error: HandoffError): BringTrouble => (error.type === 'UnknownVersion' ? 'too new' : 'damaged')

/** The shortest basket has more digits; the longest goods code has 14. */
const MIN_DIGITS = 40

/** The digits of a code: alone, or at the end of an address, of which a scanner with another keyboard spoils all signs but the digits. */
export const longDigits = (text: string): string | null => {
  const digits = /[0-9]+$/.exec(text.replaceAll(/\s/g, ''))?.[0] ?? ''
  return digits.length >= MIN_DIGITS ? digits : null
}
