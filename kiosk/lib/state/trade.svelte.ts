/** Everything about goods and money of a visit: the basket, the labels, the offers, the search, the way to the phone. Loaded behind the attract screen, which needs none of it to stand. */
import type { Device } from '#kiosk/lib/sync/device.ts'
import type { Product } from '#shared/catalogue/product.ts'
import { indexProducts, searchProducts } from '#shared/catalogue/search.ts'
import type { Basket } from '#shared/basket/basket.ts'
import { tellingOf } from '#shared/basket/tell-offers.ts'
import { compareQuotes, type QuoteChange } from '#shared/basket/compare-quotes.ts'
import type { Quote } from '#shared/basket/quote.ts'
import { locale, text } from '../i18n/locale.svelte.ts'
import { repricedText } from '../i18n/repriced.ts'
import { ArticlePrices } from './article-prices.svelte.ts'
import { BasketView } from './basket-view.svelte.ts'
import type { Clock } from './clock.ts'
import { HandoffView } from './handoff-view.svelte.ts'
import { offerWords } from './offer-words.ts'
import { standings, type OfferStanding } from './offers-view.ts'
import type { StoreView } from './store-view.svelte.ts'

/** Offers begin and end while a basket is open. */
const PRICE_REFRESH_MS = 5_000
/** A hand that rests for so long is not in the middle of anything. */
export const QUIET_MS = 4_000

export type TradeParts = {
  readonly device: Device
  readonly store: StoreView
  readonly clock: Clock
  readonly random: (count: number) => Uint8Array
  readonly host: string
  readonly protocol: string
  readonly onBasket: (basket: Basket) => void
  readonly onArrived: () => void
  /** How long nobody has touched anything; null while prices must not change, as under a code on its way to the phone. */
  readonly quietForMs: () => number | null
  /** Prices of the basket have changed; a word for screens that do not show how. */
  readonly onRepriced: (words: string) => void
}

export class Trade {
  readonly basket: BasketView
  readonly prices: ArticlePrices
  readonly handoff: HandoffView
  /** What a new release has changed about the basket, until the person has seen it. */
  repriced = $state.raw<readonly QuoteChange[]>([])
  readonly #parts: TradeParts
  readonly #store: StoreView
  /** The quote that the person saw last before the changes that are shown. */
  #seen: Quote | null = null
  readonly #stop: () => void
  readonly #index: ReturnType<typeof indexProducts> | null = $derived.by(() => {
    const { assortment } = this.#store
    return assortment && indexProducts(assortment.products, assortment.categories)
  })
  /** Every open offer, as it stands towards this basket. */
  readonly standings: readonly OfferStanding[] = $derived.by(() => {
    const { assortment } = this.#store
    return this.basket.quote && assortment ? standings(this.basket.quote, assortment) : []
  })

  constructor(parts: TradeParts) {
    const { device, store, clock } = parts
    this.#parts = parts
    this.#store = store
    const source = { assortment: () => store.assortment, now: () => device.now(), checkedAt: () => device.status.releaseCheckedAt, maxOfflineMs: () => store.release?.maxOfflineMs ?? null, switchInDoubt: () => device.status.switchInDoubt, uses: () => ({ units: device.allotments.units(), asOf: device.allotments.asOf }) }
    this.basket = new BasketView(source, (basket) => this.#pin(basket))
    this.prices = new ArticlePrices(() => store.assortment, () => this.basket.facts)
    this.handoff = new HandoffView(parts)
    this.#stop = clock.every(PRICE_REFRESH_MS, () => this.#refresh())
  }

  /** How an offer stands, in sentences of the screen's language. */
  words(standing: OfferStanding): readonly string[] {
    const { assortment } = this.#store
    return assortment ? offerWords(standing, tellingOf(assortment, locale.language)) : []
  }

  /** Best first; nothing for an empty query. */
  search(query: string): readonly Product[] {
    return this.#index && query.trim() ? searchProducts(this.#index, query).map(({ product }) => product) : []
  }

  /** The person has seen what changed. */
  dismissRepriced(): void {
    this.repriced = []
    this.#seen = null
  }

  clear(): void {
    this.#store.letGo()
    this.dismissRepriced()
    this.basket.clear()
    this.handoff.reset()
  }

  /** A basket stays with the release of its first line. */
  #pin(basket: Basket): void {
    if (basket.lines.length > 0) this.#store.hold()
    else this.#store.letGo()
    this.#parts.onBasket(basket)
  }

  #refresh(): void {
    this.basket.refresh()
    const quietForMs = this.#parts.quietForMs()
    if (this.#store.isBehind && quietForMs !== null && quietForMs >= QUIET_MS) this.#reprice()
  }

  /** At one instant under both releases, so that only what the new one changes is told. */
  #reprice(): void {
    this.#seen ??= this.basket.quote
    this.#store.follow()
    const { quote } = this.basket
    this.repriced = this.#seen && quote ? compareQuotes(this.#seen, quote) : []
    if (this.repriced.length > 0) this.#parts.onRepriced(text(repricedText).changed)
    else this.#seen = null
  }

  leave(): void {
    this.#stop()
    this.handoff.leave()
  }
}
