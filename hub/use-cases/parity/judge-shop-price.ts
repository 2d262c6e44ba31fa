/** One basket, our price and the shop's: equal, left to the checkout, or different and why as far as it can be told. Pure. */
import type { ShopQuote } from '#hub/ports/web-shop/shop-cart.ts'
import type { DialectCandidate } from '#hub/ports/web-shop/shop-snapshot.ts'
import type { Assortment } from '#shared/basket/assortment.ts'
import type { Basket } from '#shared/basket/basket.ts'
import { quoteBasket } from '#shared/basket/quote-basket.ts'
import { HANDOFF_CHANNEL, type Quote } from '#shared/basket/quote.ts'
import type { Millis } from '#shared/kernel/time.ts'
import type { PublishedOffer } from '#shared/offers/offer.ts'
import type { ParityCause, ParityOutcome } from '#shared/protocol/parity.ts'
import { compareWithShop, figuresBeside, isApart, type PlacedFigure } from '../shops/shop-basket.ts'
import { inRankOrder, type ShopKeys } from '../shops/shop-documents.ts'

/** What is known of the shop beside its answer. */
export type ShopSide = {
  readonly keys: ShopKeys
  /** Every way in which it may calculate. */
  readonly dialects: readonly DialectCandidate[]
  /** Promotions of which it is known that the shop does not always charge the same. */
  readonly warned: ReadonlySet<string>
}

export type PriceQuestion = { readonly basket: Basket; readonly assortment: Assortment; readonly now: Millis }

/** Why a basket differs. `suspects`: offers by their id, or the shop's promotion where the store has none. */
export type Blame = { readonly cause: ParityCause; readonly detail: string | null; readonly suspects: readonly string[] }

export type ShopJudgement = { readonly outcome: Exclude<ParityOutcome, 'passed'>; readonly quote: Quote; readonly shop: ShopQuote; readonly figures: readonly PlacedFigure[]; readonly blame: Blame | null }

export const judgeShopPrice = (question: PriceQuestion, shop: ShopQuote, side: ShopSide): ShopJudgement => {
  const quote = quoteOf(question)
  const comparison = compareWithShop(quote, shop, side.keys)
  const figures = figuresBeside(quote, shop, side.keys)
  const judged = { quote, shop, figures }
  if (comparison.type !== 'different') return { ...judged, outcome: comparison.type, blame: null }
  const suspects = comparison.suspects.map((promotion) => side.keys.offers.get(promotion) ?? promotion)
  return { ...judged, outcome: 'different', blame: { ...causeOf({ question, quote, shop, side, figures }), suspects } }
}

export const quoteOf = ({ basket, assortment, now }: PriceQuestion): Quote => quoteBasket(basket, assortment, { now, channel: HANDOFF_CHANNEL, clockVerified: true })

type Case = { readonly question: PriceQuestion; readonly quote: Quote; readonly shop: ShopQuote; readonly side: ShopSide; readonly figures: readonly PlacedFigure[] }
type Cause = Omit<Blame, 'suspects'>

const because = (cause: ParityCause, detail: string | null = null): Cause => ({ cause, detail })

/** What a look at the figures tells for sure comes first, then what a trial shows, then what is likely. */
const causeOf = (one: Case): Cause => otherGoods(one) ?? otherOffers(one) ?? shownByTrial(one) ?? likely(one)

const otherGoods = ({ quote, shop, side, figures }: Case): Cause | null => {
  const given = new Map(shop.lines.map(({ key, quantity }) => [key, quantity]))
  const short = quote.lines.find(({ sku, quantity }) => given.get(side.keys.articles.get(sku) ?? '') !== quantity)
  if (short) return because('stock', `${short.sku} ${given.get(side.keys.articles.get(short.sku) ?? '') ?? 0}/${short.quantity}`)
  const dearer = figures.find((figure) => figure.place.type === 'before' && isApart(figure))
  return dearer?.place.type === 'before' ? because('price', `${dearer.place.sku} ${dearer.ours} → ${dearer.shop}`) : null
}

const otherOffers = ({ side, figures }: Case): Cause | null => {
  const apart = figures.flatMap((figure) => (figure.place.type === 'offer' && isApart(figure) && figure.place.promotion !== null ? [{ ...figure, promotion: figure.place.promotion }] : []))
  const unknown = apart.find(({ promotion, shop }) => shop !== 0 && !side.keys.offers.has(promotion))
  if (unknown) return because('not synced', unknown.promotion)
  const warned = apart.find(({ promotion }) => side.warned.has(promotion))
  return warned ? because('two prices', warned.promotion) : null
}

/** Offers that are tried in every order; more would be hundreds of calculations. */
const MAX_SHUFFLED = 4

const shownByTrial = ({ question, quote, shop, side }: Case): Cause | null => {
  const fits = (assortment: Assortment): boolean => compareWithShop(quoteOf({ ...question, assortment }), shop, side.keys).type === 'equal'
  const { assortment } = question
  const dialect = side.dialects.find(({ policies }) => fits({ ...assortment, policies: inRankOrder(policies) }))
  if (dialect) return because('rounding', dialect.name)
  const applied = quote.applied.map(({ offer }) => offer)
  if (applied.length < 2 || applied.length > MAX_SHUFFLED) return null
  const order = ordersOf(applied).find((some) => fits({ ...assortment, offers: reordered(assortment.offers, some) }))
  return order ? because('order', order.map(({ offer }) => offer.id).join(' → ')) : null
}

const ordersOf = <T>(all: readonly T[]): readonly (readonly T[])[] => (all.length < 2 ? [all] : all.flatMap((one) => ordersOf(all.filter((other) => other !== one)).map((rest) => [one].concat(rest))))

/** The same offers with their ranks exchanged. */
const reordered = (offers: readonly PublishedOffer[], order: readonly PublishedOffer[]): readonly PublishedOffer[] => {
  const ranks = order.map(({ offer }) => offer.priority ?? 0).sort((a, b) => b - a)
  const given = new Map(order.map((one, i) => [one, ranks[i]!]))
  return offers.map((one) => (given.has(one) ? { ...one, offer: { ...one.offer, priority: given.get(one)! } } : one))
}

/** Of one line or one offer of one line: what rounding can come to. */
const ROUNDING_MINOR = 1.01

const likely = ({ quote, figures }: Case): Cause => {
  const apart = figures.filter(isApart)
  const offers = apart.flatMap((figure) => (figure.place.type === 'offer' ? [figure] : []))
  const isSmall = ({ shop, ours, place }: PlacedFigure): boolean => Math.abs(shop - ours) <= ROUNDING_MINOR * (place.type === 'before' || place.type === 'article' ? 1 : quote.lines.length + 1)
  const onOneSide = offers.find(({ shop, ours }) => shop === 0 || ours === 0)
  if (onOneSide) return onOneSide.shop === 0 ? because('not in shop', nameOf(onOneSide)) : because('other kind', nameOf(onOneSide))
  const places = new Set(apart.map(({ place }) => place.type))
  places.delete('total')
  if (places.size === 1 && places.has('tax')) return because('tax')
  if (offers.length === 0 && places.has('delivery') && !places.has('article')) return because('delivery')
  if (apart.every(isSmall)) return because('rounding')
  return offers.length === 1 ? because('other kind', nameOf(offers[0]!)) : because('unknown')
}

const nameOf = ({ place }: PlacedFigure): string | null => (place.type === 'offer' ? place.promotion : null)
