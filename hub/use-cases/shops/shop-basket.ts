/** A basket of the house as a cart of the shop, and both prices side by side. */
import type { ShopCart, ShopQuote } from '#hub/ports/web-shop/shop-cart.ts'
import type { Assortment } from '#shared/basket/assortment.ts'
import type { Basket } from '#shared/basket/basket.ts'
import type { Quote } from '#shared/basket/quote.ts'
import type { Sku } from '#shared/kernel/ids.ts'
import type { ShopKeys } from './shop-documents.ts'

/**
 * The cart that costs what the house says: lines in the order in which they are priced here, because shops give odd cents to the earlier line.
 * Shape  null if the shop does not sell one of them.
 */
export const cartOf = (basket: Basket, { productsBySku }: Assortment, { articles, deliveries }: ShopKeys): ShopCart | null => {
  const number = (sku: Sku): number => productsBySku.get(sku)?.number ?? 0
  const lines = [...basket.lines].sort((a, b) => number(a.sku) - number(b.sku)).map(({ sku, quantity }) => ({ key: articles.get(sku), quantity }))
  if (lines.some(({ key }) => key === undefined)) return null
  return { lines: lines.map(({ key, quantity }) => ({ key: key!, quantity })), codes: basket.codes, delivery: deliveries[basket.delivery] }
}

/** One figure on both sides. Units  minor units. */
export type ShopFigure = { readonly what: string; readonly shop: number; readonly ours: number }

/** left: the shop applied something that is left to the checkout here, so the two prices are not of the same offers. */
export type ShopComparison =
  | { readonly type: 'equal' }
  | { readonly type: 'left'; readonly promotions: readonly string[] }
  | { readonly type: 'different'; readonly figures: readonly ShopFigure[]; /** The shop's promotions whose amounts differ; all that either applied, if none does. */ readonly suspects: readonly string[] }

/** Of a cent: shops that keep fractions end them after some digits. */
const DUST = 0.01
/** Whether both sides say otherwise. */
export const isApart = (figure: Pick<ShopFigure, 'shop' | 'ours'>): boolean => Math.abs(figure.shop - figure.ours) > DUST

/** A shop that keeps fractions of cents in its lines is compared with ours before they are shared out in whole cents; delivery, tax and total are compared as they are charged. */
export const compareWithShop = (quote: Quote, shop: ShopQuote, { articles, offers }: ShopKeys): ShopComparison => {
  const computed = new Map([...offers].filter(([, id]) => quote.verdictOf(id as never) !== null))
  const left = shop.discounts.filter(({ promotion, minor }) => Math.abs(minor) > DUST && promotion !== null && offers.has(promotion) && !computed.has(promotion)).map(({ promotion }) => promotion!)
  if (left.length > 0) return { type: 'left', promotions: [...new Set(left)] }
  const figures = figuresBeside(quote, shop, { articles, offers })
  const differing = figures.filter(isApart)
  if (differing.length === 0) return { type: 'equal' }
  const ofOffers = figures.filter(({ place }) => place.type === 'offer')
  const apart = ofOffers.filter((one) => isApart(one) && promotionOf(one) !== null)
  return { type: 'different', figures: differing.map(({ what, shop: theirs, ours }) => ({ what, shop: theirs, ours })), suspects: (apart.length > 0 ? apart : ofOffers).flatMap((one) => promotionOf(one) ?? []) }
}

const promotionOf = ({ place }: PlacedFigure): string | null => (place.type === 'offer' ? place.promotion : null)

/** What a figure is of. */
export type FigurePlace =
  | { readonly type: 'before' | 'article'; readonly sku: Sku }
  | { readonly type: 'offer'; readonly promotion: string | null }
  | { readonly type: 'lines' | 'delivery' | 'tax' | 'total' }

export type PlacedFigure = ShopFigure & { readonly place: FigurePlace }

/** Everything that both sides tell, equal or not. Order  as on a receipt: articles, offers, delivery, tax, total. */
export const figuresBeside = (quote: Quote, shop: ShopQuote, { articles, offers }: Pick<ShopKeys, 'articles' | 'offers'>): readonly PlacedFigure[] => {
  const computed = new Map([...offers].filter(([, id]) => quote.verdictOf(id as never) !== null))
  const lines = new Map(shop.lines.map((line) => [line.key, line]))
  const exact = new Map(quote.priced.lines.map((line) => [line.id, line.totalMinor]))
  return [
    { what: 'lines', place: { type: 'lines' }, shop: shop.lines.length, ours: quote.lines.length },
    ...quote.lines.flatMap((line): readonly PlacedFigure[] => {
      const theirs = lines.get(articles.get(line.sku) ?? '')
      return [
        { what: `${line.sku} before`, place: { type: 'before', sku: line.sku }, shop: theirs?.beforeMinor ?? 0, ours: line.baseCents },
        { what: line.sku, place: { type: 'article', sku: line.sku }, shop: theirs?.totalMinor ?? 0, ours: exact.get(line.sku) ?? line.totalCents },
      ]
    }),
    ...offerFigures(quote, shop, computed).map(({ promotion, shop: theirs, ours }): PlacedFigure => ({ what: `promotion ${promotion ?? '?'}`, place: { type: 'offer', promotion }, shop: theirs, ours })),
    { what: 'delivery', place: { type: 'delivery' }, shop: Math.round(shop.deliveryMinor), ours: quote.delivery.totalCents },
    ...(shop.taxMinor === null ? [] : [{ what: 'tax', place: { type: 'tax' as const }, shop: Math.round(shop.taxMinor), ours: quote.taxIncludedCents }]),
    { what: 'total', place: { type: 'total' }, shop: Math.round(shop.totalMinor), ours: quote.totalCents },
  ]
}

type OfferFigure = { readonly promotion: string | null; readonly shop: number; readonly ours: number }

const offerFigures = (quote: Quote, shop: ShopQuote, computed: ReadonlyMap<string, string>): readonly OfferFigure[] => {
  const theirs = new Map<string | null, number>()
  for (const { promotion, minor } of shop.discounts) theirs.set(promotion, (theirs.get(promotion) ?? 0) + minor)
  const promotionOf = new Map([...computed].map(([promotion, id]) => [id, promotion]))
  const ours = new Map<string | null, number>()
  const { lines, shipping, basketReductions } = quote.priced
  for (const { offerId, amountMinor } of [...[...lines, ...shipping].flatMap(({ reductions }) => reductions), ...basketReductions]) {
    const promotion = promotionOf.get(offerId) ?? offerId
    ours.set(promotion, (ours.get(promotion) ?? 0) + amountMinor)
  }
  return [...new Set([...theirs.keys(), ...ours.keys()])].map((promotion) => ({ promotion, shop: theirs.get(promotion) ?? 0, ours: ours.get(promotion) ?? 0 })).filter((one) => Math.abs(one.shop) > DUST || Math.abs(one.ours) > DUST)
}
