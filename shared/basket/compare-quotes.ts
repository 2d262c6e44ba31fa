/** Line by line, what became of a price between two moments: for the phone, the staff and the re-priced basket on the kiosk. */
import type { Sku } from '../kernel/ids.ts'
import { cents, sumCents, type Cents } from '../kernel/money.ts'
import type { Product } from '../catalogue/product.ts'
import type { PublishedOffer } from '../offers/offer.ts'
import type { Quote, QuoteLine, QuoteReason } from './quote.ts'

export type QuoteChange =
  /** The article is no longer sold, or was taken out. Its amount is before offers, with deposit: what offers gave for it stands at the offers, so that all amounts add up to that of the total. */
  | { readonly type: 'line gone'; readonly sku: Sku; readonly product: Product; readonly quantity: number; readonly beforeCents: Cents }
  | { readonly type: 'line new'; readonly sku: Sku; readonly product: Product; readonly quantity: number; readonly afterCents: Cents }
  | { readonly type: 'quantity'; readonly sku: Sku; readonly product: Product; readonly before: number; readonly after: number }
  /** Selling price of one piece, before offers. */
  | { readonly type: 'unit price'; readonly sku: Sku; readonly product: Product; readonly beforeCents: Cents; readonly afterCents: Cents }
  | { readonly type: 'deposit'; readonly sku: Sku; readonly product: Product; readonly beforeCents: Cents; readonly afterCents: Cents }
  /** 0 cents: it gave an article. */
  | { readonly type: 'offer ended'; readonly offer: PublishedOffer; readonly beforeCents: Cents }
  | { readonly type: 'offer new'; readonly offer: PublishedOffer; readonly afterCents: Cents }
  | { readonly type: 'offer amount'; readonly offer: PublishedOffer; readonly beforeCents: Cents; readonly afterCents: Cents }
  | { readonly type: 'delivery price'; readonly beforeCents: Cents; readonly afterCents: Cents }
  | { readonly type: 'total'; readonly beforeCents: Cents; readonly afterCents: Cents }

/**
 * Everything that differs, articles first, then offers, delivery, and last the total.
 * Shape   empty if and only if nothing a person pays for or is promised differs.
 */
export const compareQuotes = (before: Quote, after: Quote): readonly QuoteChange[] => [
  ...before.lines.flatMap((line) => lineChanges(line, after.lines.find(({ sku }) => sku === line.sku))),
  ...after.lines
    .filter(({ sku }) => !before.lines.some((line) => line.sku === sku))
    .map((line): QuoteChange => ({ type: 'line new', sku: line.sku, product: line.product, quantity: line.quantity, afterCents: beforeOffers(line) })),
  ...offerChanges(promised(before), promised(after)),
  ...moved(before.delivery.baseCents, after.delivery.baseCents, (amounts) => ({ type: 'delivery price', ...amounts })),
  ...moved(before.totalCents, after.totalCents, (amounts) => ({ type: 'total', ...amounts })),
]

const beforeOffers = ({ baseCents, depositCents }: QuoteLine): Cents => sumCents([baseCents, depositCents])

const lineChanges = (before: QuoteLine, after: QuoteLine | undefined): readonly QuoteChange[] => {
  const { sku } = before
  if (!after) return [{ type: 'line gone', sku, product: before.product, quantity: before.quantity, beforeCents: beforeOffers(before) }]
  const { product } = after
  const quantity: readonly QuoteChange[] =
    before.quantity === after.quantity ? [] : [{ type: 'quantity', sku, product, before: before.quantity, after: after.quantity }]
  return [
    ...quantity,
    ...moved(before.unitCents, after.unitCents, (amounts) => ({ type: 'unit price', sku, product, ...amounts })),
    ...moved(before.product.depositCents, after.product.depositCents, (amounts) => ({ type: 'deposit', sku, product, ...amounts })),
  ]
}

/** What offers give: money, or a gift, whose amount is 0. */
const promised = ({ applied, gifts }: Quote): readonly Promised[] => {
  const giving = new Map(gifts.map(({ offer }) => [offer.offer.id, { offer, cents: cents(0) }]))
  return [...applied, ...[...giving.values()].filter(({ offer }) => !applied.some((reason) => reason.offer === offer))]
}
type Promised = Pick<QuoteReason, 'offer' | 'cents'>

const offerChanges = (before: readonly Promised[], after: readonly Promised[]): readonly QuoteChange[] => [
  ...before.flatMap(({ offer, cents: beforeCents }): readonly QuoteChange[] => {
    const still = after.find((reason) => reason.offer.offer.id === offer.offer.id)
    if (!still) return [{ type: 'offer ended', offer, beforeCents }]
    return moved(beforeCents, still.cents, (amounts) => ({ type: 'offer amount', offer: still.offer, ...amounts }))
  }),
  ...after
    .filter(({ offer }) => !before.some((reason) => reason.offer.offer.id === offer.offer.id))
    .map(({ offer, cents: afterCents }): QuoteChange => ({ type: 'offer new', offer, afterCents })),
]

const moved = (
  before: Cents,
  after: Cents,
  change: (amounts: { readonly beforeCents: Cents; readonly afterCents: Cents }) => QuoteChange,
): readonly QuoteChange[] => (before === after ? [] : [change({ beforeCents: cents(before), afterCents: cents(after) })])
