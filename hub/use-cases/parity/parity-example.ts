/** A differing basket as people are shown it: every side's figures beside one another, and the steps of ours. */
import type { Assortment } from '#shared/basket/assortment.ts'
import type { Basket } from '#shared/basket/basket.ts'
import type { Quote } from '#shared/basket/quote.ts'
import type { Json } from '#shared/kernel/json.ts'
import type { Localised } from '#shared/kernel/language.ts'
import type { AlarmDetail, AlarmFigure, AlarmPlace, AlarmStep } from '#shared/protocol/parity.ts'
import type { FigurePlace, PlacedFigure } from '../shops/shop-basket.ts'

/** As it is kept with the alarm. `vector`: the basket as a case, null where no shop priced it. */
export type AlarmExample = Pick<AlarmDetail, 'codes' | 'delivery' | 'figures' | 'steps' | 'releases' | 'shownAt' | 'comparedAt'> & {
  readonly titles: { readonly [offer: string]: Localised }
  readonly vector: Json | null
}

export type ExampleTerms = {
  readonly basket: Basket
  readonly assortment: Assortment
  readonly ours: Quote
  /** What the kiosk said; its lines where they could be computed again. */
  readonly kiosk: { readonly totalCents: number; readonly shown: Quote | null } | null
  readonly shop: readonly PlacedFigure[]
  readonly suspects: readonly string[]
  readonly promotionNames: ReadonlyMap<string, Localised>
  readonly releases: AlarmExample['releases']
  readonly shownAt: number | null
  readonly comparedAt: number
  readonly vector: Json | null
}

/** Of a long basket; the total is always there. */
const MAX_FIGURES = 140
const MAX_STEPS = 120

export const alarmExample = (terms: ExampleTerms): AlarmExample => {
  const { basket, ours, suspects, releases, shownAt, comparedAt, vector } = terms
  const figures = terms.shop.length > 0 ? besideShop(terms) : besideKiosk(terms)
  const title = titleOf(terms)
  return {
    codes: basket.codes,
    delivery: basket.delivery,
    figures: figures.length > MAX_FIGURES ? [...figures.slice(0, MAX_FIGURES - 1), figures.at(-1)!] : figures,
    steps: stepsOf(ours, terms.assortment, title),
    releases,
    shownAt,
    comparedAt,
    titles: Object.fromEntries(suspects.map((offer) => [offer, title(offer)])),
    vector,
  }
}

const besideShop = ({ shop, kiosk, ...terms }: ExampleTerms): readonly AlarmFigure[] =>
  shop.map(({ place, ours, shop: theirs }) => ({ place: toldPlace(place, { shop, kiosk, ...terms }), kiosk: kioskFigure(place, kiosk), ours, shop: theirs }))

/** The shop was not asked, or cannot be: our own figures of the release in force beside those of the kiosk. */
const besideKiosk = (terms: ExampleTerms): readonly AlarmFigure[] => {
  const { ours, kiosk } = terms
  const places: readonly (FigurePlace & { readonly minor: number })[] = [
    ...ours.lines.map(({ sku, totalCents }) => ({ type: 'article' as const, sku, minor: totalCents })),
    ...[...new Set([...offerAmounts(ours).keys(), ...(kiosk?.shown ? offerAmounts(kiosk.shown).keys() : [])])].map((promotion) => ({ type: 'offer' as const, promotion, minor: offerAmounts(ours).get(promotion) ?? 0 })),
    { type: 'delivery', minor: ours.delivery.totalCents },
    { type: 'total', minor: ours.totalCents },
  ]
  return places.map(({ minor, ...place }) => ({ place: toldPlace(place, terms), kiosk: kioskFigure(place, kiosk), ours: minor, shop: null }))
}

const offerAmounts = ({ applied }: Quote): ReadonlyMap<string, number> => new Map(applied.map(({ offer, cents }) => [offer.offer.id, cents]))

/** Lines of the kiosk are computed again from its release: shown only where they come to what it said. */
const kioskFigure = (place: FigurePlace, kiosk: ExampleTerms['kiosk']): number | null => {
  if (!kiosk) return null
  if (place.type === 'total') return kiosk.totalCents
  const { shown } = kiosk
  if (!shown || shown.totalCents !== kiosk.totalCents) return null
  const line = 'sku' in place ? shown.lines.find(({ sku }) => sku === place.sku) : undefined
  switch (place.type) {
    case 'before':
      return line?.baseCents ?? null
    case 'article':
      return line?.totalCents ?? null
    case 'offer':
      return place.promotion === null ? null : (offerAmounts(shown).get(place.promotion) ?? 0)
    case 'delivery':
      return shown.delivery.totalCents
    case 'lines':
      return shown.lines.length
    case 'tax':
      return shown.taxIncludedCents
  }
}

const toldPlace = (place: FigurePlace, terms: ExampleTerms): AlarmPlace => {
  if (place.type === 'offer') return { type: 'offer', name: titleOf(terms)(place.promotion ?? '') }
  if (place.type !== 'before' && place.type !== 'article') return { type: place.type }
  const quantity = terms.basket.lines.find(({ sku }) => sku === place.sku)?.quantity ?? 0
  return { type: 'article', name: articleName(place.sku, terms.assortment), quantity, ...(place.type === 'before' && { before: true as const }) }
}

const articleName = (sku: string, { productsBySku }: Assortment): Localised => productsBySku.get(sku as never)?.name ?? { de: sku, en: sku }

const titleOf =
  ({ assortment: { offers, unread = [] }, promotionNames }: Pick<ExampleTerms, 'assortment' | 'promotionNames'>) =>
  (offer: string): Localised =>
    [...offers, ...unread.map(({ told }) => told)].find((one) => one.offer.id === offer)?.title ?? promotionNames.get(offer) ?? { de: offer === '' ? '–' : offer, en: offer === '' ? '–' : offer }

const stepsOf = ({ priced }: Quote, assortment: Assortment, title: (offer: string) => Localised): readonly AlarmStep[] =>
  priced.trace.slice(0, MAX_STEPS).map(({ stage, offerId, lineId, amountMinor }) => ({
    stage,
    offer: offerId === undefined ? null : title(offerId),
    at: lineId === undefined ? null : articleName(lineId, assortment),
    minor: amountMinor,
  }))
