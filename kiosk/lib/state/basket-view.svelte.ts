/** The basket of the person at the screen: commands go through the rules of shared/basket, every price comes from quoteBasket. */
import type { Assortment } from '#shared/basket/assortment.ts'
import { EMPTY_BASKET, type Basket, type BasketLine } from '#shared/basket/basket.ts'
import { changeBasket, type BasketCommand, type BasketRefusal } from '#shared/basket/commands.ts'
import { quoteBasket } from '#shared/basket/quote-basket.ts'
import { HANDOFF_CHANNEL, type OfferUnits, type Quote, type QuoteFacts } from '#shared/basket/quote.ts'
import type { Sku } from '#shared/kernel/ids.ts'
import { millis, type Millis } from '#shared/kernel/time.ts'
import { isStale } from '#shared/sync/release-plan.ts'

/** What prices hang on besides the basket; read anew whenever one is asked for. */
export type PriceSource = {
  readonly assortment: () => Assortment | null
  readonly now: () => { readonly at: Millis; readonly verified: boolean }
  /** When the hub last confirmed the release; null: never since it was saved. */
  readonly checkedAt: () => Millis | null
  /** How long the release may be shown without the hub, as its publisher signed it. */
  readonly maxOfflineMs: () => number | null
  /** Whether the next release may have taken over without anybody here being able to tell. */
  readonly switchInDoubt: () => boolean
  /** Uses of limited offers that this device may give away, and how old what it knows of them is. */
  readonly uses: () => { readonly units: OfferUnits; readonly asOf: number | null }
}

export class BasketView {
  basket = $state.raw<Basket>(EMPTY_BASKET)
  /** Why the last command changed nothing; null if it did. */
  refusal = $state.raw<BasketRefusal | null>(null)
  /** The line taken out last, until the next command: it can be put back. */
  removed = $state.raw<BasketLine | null>(null)
  readonly #source: PriceSource
  readonly #onChange: (basket: Basket) => void
  /** The instant and trust that prices are computed with; moves on by `refresh`. */
  facts = $state.raw<QuoteFacts>()!
  readonly quote: Quote | null = $derived.by(() => {
    const assortment = this.#source.assortment()
    return assortment && quoteBasket(this.basket, assortment, this.facts)
  })
  readonly pieces: number = $derived(this.basket.lines.reduce((sum, line) => sum + line.quantity, 0))
  readonly isEmpty: boolean = $derived(this.basket.lines.length === 0)

  constructor(source: PriceSource, onChange: (basket: Basket) => void = () => {}) {
    this.#source = source
    this.#onChange = onChange
    this.facts = this.#readFacts()
  }

  /** Lets time pass: offers begin and end. */
  refresh(): void {
    this.facts = this.#readFacts()
  }

  run(command: BasketCommand): boolean {
    const assortment = this.#source.assortment()
    if (!assortment) return false
    const before = this.basket
    const after = changeBasket(before, command, assortment)
    this.refusal = after.ok ? null : after.error
    if (!after.ok) return false
    this.removed = before.lines.find((line) => !after.value.lines.some(({ sku }) => sku === line.sku)) ?? null
    this.#become(after.value)
    return true
  }

  add(sku: Sku): boolean {
    return this.run({ type: 'add', sku, quantity: 1 })
  }

  quantityOf(sku: Sku): number {
    return this.basket.lines.find((line) => line.sku === sku)?.quantity ?? 0
  }

  putBack(): void {
    if (this.removed) this.run({ type: 'add', ...this.removed })
  }

  /** Takes over a basket that was kept through a reload. */
  restore(basket: Basket): void {
    this.#become(basket)
  }

  clear(): void {
    this.refusal = null
    this.removed = null
    this.basket = EMPTY_BASKET
    this.refresh()
  }

  #become(basket: Basket): void {
    this.basket = basket
    this.refresh()
    this.#onChange(basket)
  }

  #readFacts(): QuoteFacts {
    const { at, verified } = this.#source.now()
    const { units, asOf } = this.#source.uses()
    return { now: at, channel: HANDOFF_CHANNEL, clockVerified: verified, units, ...(asOf !== null && { snapshotAt: millis(asOf) }), stale: isStale(this.#source.checkedAt(), at, this.#source.maxOfflineMs()), ...(this.#source.switchInDoubt() && { switchInDoubt: true }) }
  }
}
