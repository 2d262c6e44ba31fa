/** The asserted figures of a case beside the priced ones. Absent figures are unknown, not zero. */
import type { PricedBasket } from '#shared/offers/priced-basket.ts'

type LineFigure<K extends string, V> = readonly ({ readonly lineId: string } & { readonly [key in K]: V })[]

export type Expected = { readonly [figure: string]: unknown } & {
  readonly lineDiscounts?: LineFigure<'discountMinor', number>
  readonly unitDiscounts?: LineFigure<'discountMinor', readonly number[]>
  readonly lineTotals?: LineFigure<'totalMinor', number>
  readonly unitPrices?: LineFigure<'unitPriceMinor', number>
  readonly perOffer?: readonly { readonly offerId: string; readonly lineId?: string; readonly shippingId?: string; readonly discountMinor: number }[]
  readonly discountTaxMinor?: { readonly [category: string]: number }
  readonly applied?: readonly string[]
  readonly tolerance?: unknown
}

/** How far an exact fraction may be from its written decimal. */
const FRACTION_TOLERANCE = 0.00001

const FIGURES: { readonly [figure: string]: (priced: PricedBasket) => number } = {
  totalMinor: (p) => p.totalMinor,
  itemsMinor: (p) => p.itemsMinor,
  itemsDiscountMinor: (p) => p.itemsDiscountMinor,
  shippingMinor: (p) => p.shippingMinor,
  shippingDiscountMinor: (p) => p.shippingDiscountMinor,
  taxAddedMinor: (p) => p.taxAddedMinor,
  taxIncludedMinor: (p) => p.taxIncludedMinor,
  taxMinor: (p) => p.taxAddedMinor + p.taxIncludedMinor,
  netMinor: (p) => p.totalMinor - p.taxAddedMinor - p.taxIncludedMinor,
  subTotalNetMinor: (p) => p.tax.items.netMinor,
  subTotalGrossMinor: (p) => p.tax.items.grossMinor,
  shippingNetMinor: (p) => p.tax.shipping.netMinor,
  shippingGrossMinor: (p) => p.tax.shipping.grossMinor,
}
const LISTS = new Set(['lineDiscounts', 'unitDiscounts', 'lineTotals', 'unitPrices', 'perOffer', 'discountTaxMinor', 'applied', 'tolerance'])

/** Shape  one sentence per differing figure; a figure nobody knows counts as a difference. */
export const differences = (expected: Expected, priced: PricedBasket): readonly string[] => {
  const tolerance = expected.tolerance === undefined ? 0 : FRACTION_TOLERANCE
  const found: string[] = []
  const check = (what: string, wanted: unknown, got: unknown): void => {
    const same = typeof wanted === 'number' && typeof got === 'number' ? Math.abs(wanted - got) <= tolerance : JSON.stringify(wanted) === JSON.stringify(got)
    if (!same) found.push(`${what}: expected ${JSON.stringify(wanted)}, priced ${JSON.stringify(got)}`)
  }
  for (const [figure, wanted] of Object.entries(expected)) {
    if (Object.hasOwn(FIGURES, figure)) check(figure, wanted, FIGURES[figure]!(priced))
    else if (!LISTS.has(figure)) found.push(`${figure}: not a figure of offer-cases/1`)
  }
  const line = (id: string) => priced.lines.find((one) => one.id === id)
  for (const one of expected.lineDiscounts ?? []) check(`discount of ${one.lineId}`, one.discountMinor, line(one.lineId)?.discountMinor)
  for (const one of expected.unitDiscounts ?? []) check(`units of ${one.lineId}`, one.discountMinor, line(one.lineId)?.unitDiscounts)
  for (const one of expected.lineTotals ?? []) check(`total of ${one.lineId}`, one.totalMinor, line(one.lineId)?.totalMinor)
  for (const one of expected.unitPrices ?? []) check(`unit price of ${one.lineId}`, one.unitPriceMinor, line(one.lineId)?.unitPriceMinor)
  for (const one of expected.perOffer ?? []) check(`${one.offerId} at ${one.lineId ?? one.shippingId ?? 'the basket'}`, one.discountMinor, givenBy(one, priced))
  for (const [category, minor] of Object.entries(expected.discountTaxMinor ?? {})) {
    check(`discount tax of ${category}`, minor, priced.tax.discounts.find((one) => one.category === category)?.taxMinor)
  }
  if (expected.applied) check('applied', [...expected.applied].sort(), [...priced.applied].sort())
  if (expected.perOffer?.length === 0) check('offers that gave something', [], priced.applied)
  return found
}

const givenBy = (at: { readonly offerId: string; readonly lineId?: string; readonly shippingId?: string }, priced: PricedBasket): number => {
  const places = at.lineId !== undefined ? priced.lines.filter((one) => one.id === at.lineId) : at.shippingId !== undefined ? priced.shipping.filter((one) => one.id === at.shippingId) : [...priced.lines, ...priced.shipping, { reductions: priced.basketReductions }]
  return places.flatMap((one) => one.reductions).filter((one) => one.offerId === at.offerId).reduce((sum, one) => sum + one.amountMinor, 0)
}
