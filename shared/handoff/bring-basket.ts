/** Between a basket and its way onto a kiosk: how it is packed, and what of it the kiosk takes. */
import type { Assortment } from '../basket/assortment.ts'
import { EMPTY_BASKET, MAX_CODES, type Basket } from '../basket/basket.ts'
import { changeBasket, type BasketCommand } from '../basket/commands.ts'
import { codesOfOffer, offersOfCodes, publishedOffers } from '../basket/offer-codes.ts'
import type { QuoteId, Sku } from '../kernel/ids.ts'
import type { Cents } from '../kernel/money.ts'
import type { Millis } from '../kernel/time.ts'
import { proofOfCode, type BroughtBasket } from './brought-basket.ts'

/** Packs a basket. Shape  articles that the assortment does not have are left out; null if nothing is left. */
export const broughtOf = (basket: Basket, assortment: Assortment, made: { readonly id: QuoteId; readonly at: Millis; readonly totalCents: Cents }): BroughtBasket | null => {
  const lines = basket.lines.flatMap(({ sku, quantity }) => {
    const product = assortment.productsBySku.get(sku)
    return product ? [{ number: product.number, quantity }] : []
  })
  if (lines.length === 0) return null
  return {
    store: assortment.store.number,
    id: made.id,
    madeAtS: Math.floor(made.at / 1000),
    totalCents: made.totalCents,
    lines: lines.sort((a, b) => a.number - b.number),
    codes: offersOfCodes(basket.codes, assortment).flatMap((offer) => codesOfOffer(offer).slice(0, 1).map((code) => ({ number: offer.number, proof: proofOfCode(made.id, offer.number, code) }))).slice(0, MAX_CODES),
    delivery: basket.delivery,
  }
}

/** What of a brought basket could not be taken, for the person who brought it. */
export type LeftOut =
  /** Articles that this store, or the release on this device, does not have. */
  | { readonly type: 'unknown articles'; readonly count: number }
  /** More pieces than a basket holds; so many of them are in. */
  | { readonly type: 'too many pieces'; readonly sku: Sku; readonly most: number }
  /** More articles than a basket holds. */
  | { readonly type: 'too many lines'; readonly count: number }
  /** Codes that unlock nothing here, were not known to who made it, or are too many. */
  | { readonly type: 'codes'; readonly count: number }

export type Taken = { readonly basket: Basket; readonly left: readonly LeftOut[] }

/**
 * Puts a brought basket into another one, as if somebody had chosen every piece here: each rule and limit of the basket holds.
 * Order   articles of `into` stay where they are, new ones follow by their numbers.
 */
export const takeBrought = (brought: BroughtBasket, assortment: Assortment, into: Basket = EMPTY_BASKET): Taken => {
  const skus = new Map(assortment.products.map(({ number, sku }) => [number, sku]))
  const left: LeftOut[] = []
  let basket = into
  let unknown = 0
  let over = 0
  let codes = 0
  const run = (command: BasketCommand): string | null => {
    const changed = changeBasket(basket, command, assortment)
    if (changed.ok) basket = changed.value
    return changed.ok ? null : changed.error.type
  }
  for (const { number, quantity } of brought.lines) {
    const sku = skus.get(number)
    const refused = sku && run({ type: 'add', sku, quantity })
    if (!sku) unknown += 1
    else if (refused === 'TooManyPieces') left.push({ type: 'too many pieces', sku, most: fill(run, sku, basket, quantity) })
    else if (refused) over += 1
  }
  for (const code of brought.codes) {
    const known = codeOf(brought.id, code, assortment)
    const refused = known === null ? 'UnknownCode' : run({ type: 'enterCode', code: known })
    if (refused && refused !== 'CodeAlreadyEntered') codes += 1
  }
  run({ type: 'chooseDelivery', delivery: brought.delivery })
  return {
    basket,
    left: [
      ...(unknown > 0 ? [{ type: 'unknown articles', count: unknown } as const] : []),
      ...left,
      ...(over > 0 ? [{ type: 'too many lines', count: over } as const] : []),
      ...(codes > 0 ? [{ type: 'codes', count: codes } as const] : []),
    ],
  }
}

/** As many pieces as the basket holds. */
const fill = (run: (command: BasketCommand) => string | null, sku: Sku, { lines }: Basket, quantity: number): number => {
  const held = lines.find((line) => line.sku === sku)?.quantity ?? 0
  let most = held + quantity
  while (most > held && run({ type: 'setQuantity', sku, quantity: most }) !== null) most -= 1
  return most
}

/** The code whose knowledge was proven; null if it is none of this offer's. */
const codeOf = (id: QuoteId, { number, proof }: BroughtBasket['codes'][number], assortment: Assortment): string | null =>
  publishedOffers(assortment).filter((offer) => offer.number === number).flatMap(codesOfOffer).find((code) => proofOfCode(id, number, code) === proof) ?? null
