/** The labels of all articles, worked out when first looked at and kept for a minute: a shelf of cards never prices twice. */
import { quoteBasket } from '#shared/basket/quote-basket.ts'
import { EMPTY_BASKET } from '#shared/basket/basket.ts'
import type { Assortment } from '#shared/basket/assortment.ts'
import type { QuoteFacts } from '#shared/basket/quote.ts'
import type { Product } from '#shared/catalogue/product.ts'
import { articleFacts, type ArticleFacts } from './article-facts.ts'

const MINUTE_MS = 60_000

export class ArticlePrices {
  readonly #assortment: () => Assortment | null
  readonly #facts: () => QuoteFacts
  /** Changes only when prices may have: another release, another minute, another trust in the clock. */
  readonly #moment: string = $derived.by(() => {
    const { now, clockVerified, stale, switchInDoubt, units = {} } = this.#facts()
    return `${this.#assortment()?.hash} ${Math.floor(now / MINUTE_MS)} ${clockVerified} ${stale} ${switchInDoubt ?? false} ${Object.keys(units)}`
  })
  #kept: { readonly moment: string; readonly labels: Map<string, ArticleFacts> } = { moment: '', labels: new Map() }

  constructor(assortment: () => Assortment | null, facts: () => QuoteFacts) {
    this.#assortment = assortment
    this.#facts = facts
  }

  of(product: Product): ArticleFacts | null {
    const moment = this.#moment
    const assortment = this.#assortment()
    if (!assortment) return null
    if (this.#kept.moment !== moment) this.#kept = { moment, labels: new Map() }
    const known = this.#kept.labels.get(product.sku)
    if (known) return known
    const single = quoteBasket({ ...EMPTY_BASKET, lines: [{ sku: product.sku, quantity: 1 }] }, assortment, this.#facts())
    const facts = articleFacts(product, single, assortment)
    this.#kept.labels.set(product.sku, facts)
    return facts
  }
}
