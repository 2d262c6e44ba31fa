/** A settled hand-off as the phone shows it: names and cents, nothing of the engine's inside. */
import type { Assortment } from '#shared/basket/assortment.ts'
import type { QuoteChange } from '#shared/basket/compare-quotes.ts'
import { isLimited } from '#shared/basket/limited-offers.ts'
import type { OfferUnits, Quote, QuoteReason } from '#shared/basket/quote.ts'
import { isNowhereComputed } from '#shared/basket/unread-offers.ts'
import { tellReasons } from '#shared/basket/told-reasons.ts'
import type { OfferId } from '#shared/kernel/ids.ts'
import type { Localised } from '#shared/kernel/language.ts'
import type { Brand } from '#shared/catalogue/store.ts'
import { labelUnitPrice } from '#shared/catalogue/unit-price.ts'
import type { CheckoutChange, CheckoutReason, CheckoutStore, CheckoutView } from '#shared/protocol/checkout.ts'

export type ViewFacts = Pick<CheckoutView, 'code' | 'issuedAt' | 'expiresAt' | 'expired' | 'elsewhere' | 'onceUntil' | 'onceOver' | 'loweredCents' | 'basis' | 'kioskTotalCents' | 'shop' | 'card' | 'unknownCodes' | 'deliveryOwed'> & {
  readonly changes: readonly QuoteChange[]
  /** Limited offers of which a use is held for this hand-off. */
  readonly held: OfferUnits
  /** Article numbers of the code that no release here knows. */
  readonly unknownArticles: number
  /** Why an offer of the kiosk takes nothing off now. */
  readonly whyNot?: (id: OfferId) => Localised | null
}

export const checkoutView = (quote: Quote, store: CheckoutStore, facts: ViewFacts): CheckoutView => {
  const { changes, unknownArticles, held, whyNot, ...plain } = facts
  const told = tellReasons(quote)
  const totalCents = quote.totalCents - facts.loweredCents
  return {
    ...plain,
    store,
    delivery: quote.delivery.method,
    deliveryBaseCents: quote.delivery.baseCents,
    deliveryCents: quote.delivery.totalCents,
    deliveryReasons: quote.delivery.reasons.map(reasonOf),
    lines: quote.lines.map((line) => ({ line, ...told.lineOf(line) })).map(({ line: { product, announced, sku, quantity, unitCents, baseCents, depositCents }, reasons, totalCents }) => ({
      sku, name: product.name, picture: product.picture, quantity, unitCents, baseCents, totalCents, depositCents, reasons: reasons.map(reasonOf),
      priorCents: announced?.mayAnnounce && !announced.exempt ? announced.lowestCents : null,
      unitPrice: labelUnitPrice(totalCents, product.contents, quantity),
    })),
    gifts: quote.gifts.flatMap(({ product, quantity, unitCents, offer }) => (product ? [{ name: product.name, quantity, unitCents, title: offer.title }] : [])),
    linesCents: told.linesCents,
    basketReasons: told.ofBasket.map(reasonOf),
    depositCents: quote.depositCents,
    roundingCents: quote.roundingCents,
    savingsCents: quote.savingsCents,
    taxIncludedCents: quote.totalCents === 0 ? 0 : Math.round((quote.taxIncludedCents * totalCents) / quote.totalCents),
    totalCents,
    changes: changeList(changes, { unknownArticles, kioskTotalCents: facts.kioskTotalCents, whyNot: whyNot ?? nobodyKnows }, totalCents),
    notCounted: quote.atCheckout.filter((left) => left.why === 'not understood' && !isNowhereComputed(left)).map(({ offer }) => offer.title),
    notComputed: quote.atCheckout.filter(isNowhereComputed).map(({ offer }) => offer.title),
    limited: quote.applied.filter(({ offer }) => isLimited(offer.offer) && !held[offer.offer.id]).map(({ offer }) => offer.title),
    withCard: quote.atCheckout.filter(({ offer, why }) => why === 'customer' || (why === 'limit' && facts.card === 'none' && offer.offer.limits?.perCustomer !== undefined)).map(({ offer }) => offer.title),
  }
}

export const checkoutStore = ({ store }: Assortment, brand: Brand | null): CheckoutStore => ({
  name: store.name,
  address: store.address,
  timeZone: store.timeZone,
  brand,
  delivery: store.shipping.map(({ id, name, priceCents }) => ({ id, name, cents: priceCents })),
})

const reasonOf = ({ offer, cents }: QuoteReason): CheckoutReason => ({ title: offer.title, cents })

/** The total is compared with what stood on the kiosk's screen, whatever was computed there. */
const changeList = (changes: readonly QuoteChange[], { unknownArticles, kioskTotalCents, whyNot }: Pick<ViewFacts, 'unknownArticles' | 'kioskTotalCents'> & { readonly whyNot: WhyNot }, totalCents: number): readonly CheckoutChange[] => [
  ...(unknownArticles > 0 ? [{ type: 'articles unknown', count: unknownArticles } as const] : []),
  ...changes.flatMap((change) => changeOf(change, whyNot)),
  ...(kioskTotalCents === totalCents ? [] : [{ type: 'total', beforeCents: kioskTotalCents, afterCents: totalCents } as const]),
]

type WhyNot = NonNullable<ViewFacts['whyNot']>
const nobodyKnows: WhyNot = () => null

const changeOf = (change: QuoteChange, whyNot: WhyNot): readonly CheckoutChange[] => {
  switch (change.type) {
    case 'line gone':
      return [{ type: 'line gone', name: change.product.name, quantity: change.quantity, beforeCents: change.beforeCents }]
    case 'unit price':
    case 'deposit':
      return [{ type: change.type, name: change.product.name, beforeCents: change.beforeCents, afterCents: change.afterCents }]
    case 'offer ended':
      return [{ type: 'offer ended', title: change.offer.title, beforeCents: change.beforeCents, why: whyNot(change.offer.offer.id) }]
    case 'offer new':
      return [{ type: 'offer new', title: change.offer.title, afterCents: change.afterCents }]
    case 'offer amount':
      return [{ type: 'offer amount', title: change.offer.title, beforeCents: change.beforeCents, afterCents: change.afterCents }]
    case 'delivery price':
      return [{ type: 'delivery price', beforeCents: change.beforeCents, afterCents: change.afterCents }]
    case 'total': // said once, against the kiosk's own figure
    case 'line new': // a basket on its way to the phone gains no lines
    case 'quantity':
      return []
  }
}
