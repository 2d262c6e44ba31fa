/** Baskets to ask a shop about: made around its offers, so that each of them is reached, missed by a little and met by others. The same seed makes the same baskets. */
import type { Assortment } from '#shared/basket/assortment.ts'
import type { Basket, BasketLine } from '#shared/basket/basket.ts'
import type { Product } from '#shared/catalogue/product.ts'
import type { Sku } from '#shared/kernel/ids.ts'
import type { Offer } from '#shared/offers/offer.ts'
import { keysOfOffer } from '#shared/offers/offer-keys.ts'

/** A whole number from 0 to below `n`. */
export type Below = (n: number) => number

/** Small, and good enough to vary baskets. Source  mulberry32, public domain. */
export const seededBelow = (seed: number): Below => {
  let state = seed >>> 0
  return (n) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % n
  }
}

const MAX_PROBE_LINES = 6

/** Shape  `count` baskets of one to six articles; none where nothing is sold. */
export const probeBaskets = (assortment: Assortment, count: number, below: Below): readonly Basket[] => {
  const { products, offers } = assortment
  if (products.length === 0) return []
  const wanted = offers.map((one) => articlesOf(one.offer, assortment))
  return Array.from({ length: count }, (_, i): Basket => {
    // Every offer has its turn; every third basket is free of purpose.
    const at = i % 3 === 2 || offers.length === 0 ? null : (i - Math.floor(i / 3)) % offers.length
    const lines = new Map<Sku, number>()
    const add = (from: readonly Product[]): void => void lines.set(from[below(from.length)]!.sku, 1 + below(below(4) === 0 ? 9 : 3))
    if (at !== null) for (let n = 1 + below(3); n > 0; n--) add(wanted[at]!)
    for (let n = below(MAX_PROBE_LINES) + (lines.size === 0 ? 1 : 0); n > 0 && lines.size < MAX_PROBE_LINES; n--) add(products)
    return { lines: [...lines].map(([sku, quantity]): BasketLine => ({ sku, quantity })), codes: codesFor(offers.map(({ offer }) => offer), at, below), delivery: below(3) === 0 ? 'pickup' : 'home' }
  })
}

/** The code of the offer in question, and now and then another one, before or after it. */
const codesFor = (offers: readonly Offer[], at: number | null, below: Below): readonly string[] => {
  const codeOf = (offer: Offer | undefined): readonly string[] => (offer?.trigger?.type === 'code' ? offer.trigger.codes.slice(0, 1) : [])
  const own = at === null ? [] : codeOf(offers[at])
  const other = below(3) === 0 && offers.length > 0 ? codeOf(offers[below(offers.length)]) : []
  return [...new Set(below(2) === 0 ? [...own, ...other] : [...other, ...own])]
}

/** Articles that an offer speaks of; all of them where it speaks of none. */
const articlesOf = (offer: Offer, { products, policies }: Assortment): readonly Product[] => {
  const keys = keysOfOffer(offer, policies)
  const named = keys === null ? [] : products.filter(({ sku, taxons }) => keys.some(({ space, key }) => (space === 'taxon' || space === 'tree' ? taxons.includes(key) : key === sku)))
  return named.length > 0 ? named : products
}
