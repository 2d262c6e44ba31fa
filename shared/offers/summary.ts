/** The engine's answer, of which some parts are worked out only when somebody asks. */
import type { OfferId } from '../kernel/ids.ts'
import type { PricedBasket, PricedLine, PricedShipping, Reduction, TaxSummary, TraceStep, Verdict } from './priced-basket.ts'

/** What few ask for. */
type Late = Pick<PricedBasket, 'tax' | 'applied' | 'verdicts'>
type Makers = { readonly [part in keyof Late]: () => Late[part] }

/**
 * A priced basket; `tax`, `applied` and `verdicts` are its own enumerable properties like all others, made when first read.
 * All baskets share the getters: a getter written into an object literal gives every object a shape of its own, which took 2 µs per basket
 * and left garbage that only a full collection finds.
 */
export class Summary implements PricedBasket {
  readonly totalMinor: number
  readonly itemsMinor: number
  readonly itemsDiscountMinor: number
  readonly shippingMinor: number
  readonly shippingDiscountMinor: number
  readonly taxIncludedMinor: number
  readonly taxAddedMinor: number
  readonly lines: readonly PricedLine[]
  readonly shipping: readonly PricedShipping[]
  readonly basketReductions: readonly Reduction[]
  readonly gifts: PricedBasket['gifts']
  readonly trace: readonly TraceStep[]
  declare readonly tax: TaxSummary
  declare readonly applied: readonly OfferId[]
  declare readonly verdicts: readonly Verdict[]
  readonly #makers: Makers
  #applied: readonly OfferId[] | null = null
  #verdicts: readonly Verdict[] | null = null

  constructor(told: Omit<PricedBasket, keyof Late>, makers: Makers) {
    this.totalMinor = told.totalMinor
    this.itemsMinor = told.itemsMinor
    this.itemsDiscountMinor = told.itemsDiscountMinor
    this.shippingMinor = told.shippingMinor
    this.shippingDiscountMinor = told.shippingDiscountMinor
    this.taxIncludedMinor = told.taxIncludedMinor
    this.taxAddedMinor = told.taxAddedMinor
    this.lines = told.lines
    this.shipping = told.shipping
    this.basketReductions = told.basketReductions
    this.gifts = told.gifts
    this.trace = told.trace
    this.#makers = makers
    Object.defineProperty(this, 'tax', Summary.#TAX)
    Object.defineProperty(this, 'applied', Summary.#APPLIED)
    Object.defineProperty(this, 'verdicts', Summary.#VERDICTS)
  }

  static readonly #TAX = {
    enumerable: true,
    get(this: Summary): TaxSummary {
      return this.#makers.tax()
    },
  }
  static readonly #APPLIED = {
    enumerable: true,
    get(this: Summary): readonly OfferId[] {
      return (this.#applied ??= this.#makers.applied())
    },
  }
  static readonly #VERDICTS = {
    enumerable: true,
    get(this: Summary): readonly Verdict[] {
      return (this.#verdicts ??= this.#makers.verdicts())
    },
  }
}
