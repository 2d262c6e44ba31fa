/** Everything about goods and money of a visit: the basket, the labels, the offers, the search, the way to the phone. Loaded behind the attract screen, which needs none of it to stand. */
import type { Device } from '#kiosk/lib/sync/device.ts'
import type { Product } from '#shared/catalogue/product.ts'
import { indexProducts, searchProducts } from '#shared/catalogue/search.ts'
import type { Basket } from '#shared/basket/basket.ts'
import { locale } from '../i18n/locale.svelte.ts'
import { ArticlePrices } from './article-prices.svelte.ts'
import { BasketView } from './basket-view.svelte.ts'
import type { Clock } from './clock.ts'
import { HandoffView } from './handoff-view.svelte.ts'
import { offerWords, tellingOf } from './offer-words.ts'
import { standings, type OfferStanding } from './offers-view.ts'
import type { StoreView } from './store-view.svelte.ts'

/** Offers begin and end while a basket is open. */
const PRICE_REFRESH_MS = 5_000

export type TradeParts = {
  readonly device: Device
  readonly store: StoreView
  readonly clock: Clock
  readonly random: (count: number) => Uint8Array
  readonly host: string
  readonly protocol: string
  readonly onBasket: (basket: Basket) => void
  readonly onArrived: () => void
}

export class Trade {
  readonly basket: BasketView
  readonly prices: ArticlePrices
  readonly handoff: HandoffView
  readonly #store: StoreView
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
    this.#store = store
    const source = { assortment: () => store.assortment, maxOfflineHours: () => store.store?.maxOfflineHours ?? Infinity, now: () => device.now(), checkedAt: () => device.status.releaseCheckedAt, uses: () => ({ units: device.allotments.units(), asOf: device.allotments.asOf }) }
    this.basket = new BasketView(source, parts.onBasket)
    this.prices = new ArticlePrices(() => store.assortment, () => this.basket.facts)
    this.handoff = new HandoffView(parts)
    this.#stop = clock.every(PRICE_REFRESH_MS, () => this.basket.refresh())
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

  clear(): void {
    this.basket.clear()
    this.handoff.reset()
  }

  leave(): void {
    this.#stop()
    this.handoff.leave()
  }
}
