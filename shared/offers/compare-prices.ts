/** Two engines, one basket: what exactly differs, and by how much. For the alarm when store and web shop should disagree, and for whoever looks into it. */
import type { OfferId } from '../kernel/ids.ts'
import type { PricedShipping, Reduction, TraceStep } from './priced-basket.ts'

/** A line as one engine priced it. */
export type AccountLine = {
  readonly id: string
  readonly sku?: string
  readonly quantity?: number
  readonly unitPriceMinor?: number
  readonly totalMinor: number
  readonly reductions?: readonly Reduction[]
}

/** What one engine says about a basket; a priced basket is one. What is absent is unknown, not zero: a foreign shop may tell its total and no more. */
export type PriceAccount = {
  /** Of offers and engine, for example the hash of the release. */
  readonly version?: string
  readonly totalMinor: number
  readonly shippingMinor?: number
  readonly taxIncludedMinor?: number
  readonly taxAddedMinor?: number
  readonly lines?: readonly AccountLine[]
  readonly shipping?: readonly Pick<PricedShipping, 'id' | 'reductions'>[]
  readonly basketReductions?: readonly Reduction[]
  readonly trace?: readonly TraceStep[]
}

/** Where an offer took something off; neither id: the whole basket. */
export type OfferPlace = { readonly lineId?: string; readonly sku?: string; readonly shippingId?: string; readonly oursMinor: number; readonly theirsMinor: number }

/** Units   minor units; an offer's amounts are what it took off. */
export type PriceDifference =
  | { readonly type: 'version'; readonly ours: string; readonly theirs: string }
  | { readonly type: 'line only'; readonly side: Side; readonly lineId: string; readonly sku: string; readonly minor: number }
  | { readonly type: 'quantity' | 'unit price' | 'line total'; readonly lineId: string; readonly sku: string; readonly ours: number; readonly theirs: number }
  /**
   * only ours, only theirs: the other did not apply it · rounding: no place is more than one minor unit off · split: the same sum over other places ·
   * amount: anything else
   */
  | { readonly type: 'offer'; readonly offerId: OfferId; readonly how: 'only ours' | 'only theirs' | 'rounding' | 'split' | 'amount'; readonly oursMinor: number; readonly theirsMinor: number; readonly places: readonly OfferPlace[] }
  /** The first two offers that had their turns the other way round. */
  | { readonly type: 'order'; readonly first: OfferId; readonly second: OfferId }
  | { readonly type: 'shipping' | 'tax included' | 'tax added' | 'final rounding'; readonly ours: number; readonly theirs: number }
  | { readonly type: 'total'; readonly ours: number; readonly theirs: number }

type Side = 'ours' | 'theirs'

/** One row of both traces side by side; `same` if both took the same step with the same amount. */
export type StepPair = { readonly ours: TraceStep | null; readonly theirs: TraceStep | null; readonly same: boolean }

/** `byMinor`: what theirs costs more; negative if less. */
export type PriceComparison = { readonly equal: boolean; readonly byMinor: number; readonly differences: readonly PriceDifference[]; readonly steps: readonly StepPair[] }

/**
 * Shape   `differences` is empty if and only if nothing that both told differs; causes first, the total last.
 * Order   lines as in ours, then offers as they first took something off.
 */
export const comparePrices = (ours: PriceAccount, theirs: PriceAccount): PriceComparison => {
  const differences = [
    ...versionOf(ours, theirs),
    ...lineDifferences(ours, theirs),
    ...offerDifferences(ours, theirs),
    ...orderDifference(ours, theirs),
    ...differing('shipping', ours.shippingMinor, theirs.shippingMinor),
    ...differing('tax included', ours.taxIncludedMinor, theirs.taxIncludedMinor),
    ...differing('tax added', ours.taxAddedMinor, theirs.taxAddedMinor),
    ...roundingDifference(ours, theirs),
    ...differing('total', ours.totalMinor, theirs.totalMinor),
  ]
  return { equal: differences.length === 0, byMinor: theirs.totalMinor - ours.totalMinor, differences, steps: sideBySide(ours.trace ?? [], theirs.trace ?? []) }
}

/** Fractions are told by computers: what is closer than this is the same. */
const SAME_MINOR = 0.00001
const same = (one: number, other: number): boolean => Math.abs(one - other) < SAME_MINOR

const versionOf = ({ version: ours }: PriceAccount, { version: theirs }: PriceAccount): readonly PriceDifference[] =>
  ours === undefined || theirs === undefined || ours === theirs ? [] : [{ type: 'version', ours, theirs }]

type Figure = Extract<PriceDifference, { type: 'shipping' | 'total' | 'tax added' | 'tax included' | 'final rounding' }>['type']
const differing = (type: Figure, ours: number | undefined, theirs: number | undefined): readonly PriceDifference[] =>
  ours === undefined || theirs === undefined || same(ours, theirs) ? [] : [{ type, ours, theirs }]

const lineDifferences = (ours: PriceAccount, theirs: PriceAccount): readonly PriceDifference[] => {
  const [mine, others] = [ours.lines, theirs.lines]
  if (!mine || !others) return []
  const only = (side: Side, lines: readonly AccountLine[], known: readonly AccountLine[]): readonly PriceDifference[] =>
    lines.filter(({ id }) => !known.some((line) => line.id === id)).map(({ id, sku = id, totalMinor }) => ({ type: 'line only', side, lineId: id, sku, minor: totalMinor }))
  return [
    ...mine.flatMap((line) => {
      const other = others.find(({ id }) => id === line.id)
      return other ? oneLine(line, other) : []
    }),
    ...only('ours', mine, others),
    ...only('theirs', others, mine),
  ]
}

const oneLine = (ours: AccountLine, theirs: AccountLine): readonly PriceDifference[] => {
  const named = (type: 'quantity' | 'unit price' | 'line total', one: number | undefined, other: number | undefined): readonly PriceDifference[] =>
    one === undefined || other === undefined || same(one, other) ? [] : [{ type, lineId: ours.id, sku: ours.sku ?? theirs.sku ?? ours.id, ours: one, theirs: other }]
  return [...named('quantity', ours.quantity, theirs.quantity), ...named('unit price', ours.unitPriceMinor, theirs.unitPriceMinor), ...named('line total', ours.totalMinor, theirs.totalMinor)]
}

type Place = { readonly offerId: OfferId; readonly lineId?: string; readonly sku?: string; readonly shippingId?: string; readonly amountMinor: number }

/** Every place at which an offer took something off; null if this engine does not tell. Catalogue offers are told by the trace alone. */
const placesOf = ({ lines, shipping, basketReductions, trace }: PriceAccount): readonly Place[] | null => {
  if (!lines?.every(({ reductions }) => reductions !== undefined)) return null
  const skuOf = (lineId: string): string => lines.find(({ id }) => id === lineId)?.sku ?? lineId
  const catalogue = (trace ?? []).flatMap(({ stage, offerId, lineId, amountMinor }) => (stage === 'catalog' && offerId !== undefined && lineId !== undefined ? [{ offerId, lineId, sku: skuOf(lineId), amountMinor }] : []))
  return [
    ...catalogue,
    ...lines.flatMap(({ id, sku = id, reductions }) => reductions!.map(({ offerId, amountMinor }) => ({ offerId, lineId: id, sku, amountMinor }))),
    ...(shipping ?? []).flatMap(({ id, reductions }) => reductions.map(({ offerId, amountMinor }) => ({ offerId, shippingId: id, amountMinor }))),
    ...(basketReductions ?? []),
  ]
}

const offerDifferences = (ours: PriceAccount, theirs: PriceAccount): readonly PriceDifference[] => {
  const [mine, others] = [placesOf(ours), placesOf(theirs)]
  if (!mine || !others) return []
  const offers = [...new Set([...mine, ...others].map(({ offerId }) => offerId))]
  return offers.flatMap((offerId) => oneOffer(offerId, mine.filter((one) => one.offerId === offerId), others.filter((one) => one.offerId === offerId)))
}

const oneOffer = (offerId: OfferId, mine: readonly Place[], others: readonly Place[]): readonly PriceDifference[] => {
  const places = new Map<string, OfferPlace>()
  const count = (all: readonly Place[], side: 'oursMinor' | 'theirsMinor'): void => {
    for (const { offerId: _, amountMinor, ...where } of all) {
      const key = JSON.stringify([where.lineId, where.shippingId])
      const known = places.get(key) ?? { ...where, oursMinor: 0, theirsMinor: 0 }
      places.set(key, { ...known, [side]: known[side] + amountMinor })
    }
  }
  count(mine, 'oursMinor')
  count(others, 'theirsMinor')
  const differing = [...places.values()].filter(({ oursMinor, theirsMinor }) => !same(oursMinor, theirsMinor))
  if (differing.length === 0) return []
  const sum = (all: readonly Place[]): number => all.reduce((total, one) => total + one.amountMinor, 0)
  const [oursMinor, theirsMinor] = [sum(mine), sum(others)]
  return [{ type: 'offer', offerId, how: howOf(oursMinor, theirsMinor, differing), oursMinor, theirsMinor, places: differing }]
}

const howOf = (ours: number, theirs: number, places: readonly OfferPlace[]): Extract<PriceDifference, { type: 'offer' }>['how'] => {
  if (same(theirs, 0)) return 'only ours'
  if (same(ours, 0)) return 'only theirs'
  if (same(ours, theirs)) return 'split'
  return places.every(({ oursMinor, theirsMinor }) => Math.abs(oursMinor - theirsMinor) < 1 + SAME_MINOR) ? 'rounding' : 'amount'
}

/** Offers that both applied, in the order of their first steps. */
const orderDifference = ({ trace: mine }: PriceAccount, { trace: others }: PriceAccount): readonly PriceDifference[] => {
  if (!mine || !others) return []
  const turns = (trace: readonly TraceStep[]): readonly OfferId[] => [...new Set(trace.flatMap(({ offerId }) => (offerId === undefined ? [] : [offerId])))]
  const [ours, theirs] = [turns(mine), turns(others)]
  const shared = ours.filter((id) => theirs.includes(id))
  const inTheirs = theirs.filter((id) => ours.includes(id))
  const at = shared.findIndex((id, i) => inTheirs[i] !== id)
  return at < 0 ? [] : [{ type: 'order', first: shared[at]!, second: inTheirs[at]! }]
}

const roundingDifference = ({ trace: mine }: PriceAccount, { trace: others }: PriceAccount): readonly PriceDifference[] => {
  if (!mine || !others) return []
  const rounded = (trace: readonly TraceStep[]): number => trace.reduce((sum, { stage, amountMinor }) => sum + (stage === 'rounding' ? amountMinor : 0), 0)
  return differing('final rounding', rounded(mine), rounded(others))
}

const keyOf = ({ stage, offerId, lineId, shippingId, rule }: TraceStep): string => JSON.stringify([stage, offerId, lineId, shippingId, rule])

/** Our steps in their order, each beside theirs of the same kind; theirs that have no partner stand where they came. */
const sideBySide = (ours: readonly TraceStep[], theirs: readonly TraceStep[]): readonly StepPair[] => {
  const partners = new Map<number, TraceStep>()
  const after = new Map<number, TraceStep[]>()
  let at = -1
  for (const step of theirs) {
    const key = keyOf(step)
    const partner = ours.findIndex((one, i) => !partners.has(i) && keyOf(one) === key)
    if (partner < 0) after.set(at, [...(after.get(at) ?? []), step])
    else {
      partners.set(partner, step)
      at = partner
    }
  }
  const alone = (i: number): readonly StepPair[] => (after.get(i) ?? []).map((step) => ({ ours: null, theirs: step, same: false }))
  return [...alone(-1), ...ours.flatMap((step, i) => {
    const partner = partners.get(i) ?? null
    return [{ ours: step, theirs: partner, same: partner !== null && same(partner.amountMinor, step.amountMinor) }, ...alone(i)]
  })]
}
