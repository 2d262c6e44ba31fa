/** The engine's answer, of which some parts are spelled out only when somebody asks. */
import type { OfferId } from '../kernel/ids.ts'
import type { PricedBasket, PricedLine, TaxSummary, TraceStep, Verdict } from './priced-basket.ts'

/** What has been calculated, but costs more to tell than to know. */
type Late = Pick<PricedBasket, 'lines' | 'trace' | 'tax' | 'applied' | 'verdicts'>

/** Tells each part when it is first read, out of the finished calculation. */
export type Teller = { readonly [part in keyof Late]: () => Late[part] }

/**
 * A priced basket; `lines`, `trace`, `tax`, `applied` and `verdicts` are its own enumerable properties like all others, made when first read.
 * Every cent of them is settled before: what is handed in must not be changed by whoever still wants to read them.
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
  readonly shipping: PricedBasket['shipping']
  readonly basketReductions: PricedBasket['basketReductions']
  readonly gifts: PricedBasket['gifts']
  declare readonly lines: readonly PricedLine[]
  declare readonly trace: readonly TraceStep[]
  declare readonly tax: TaxSummary
  declare readonly applied: readonly OfferId[]
  declare readonly verdicts: readonly Verdict[]
  readonly #teller: Teller
  #lines: readonly PricedLine[] | null = null
  #trace: readonly TraceStep[] | null = null
  #applied: readonly OfferId[] | null = null
  #verdicts: readonly Verdict[] | null = null

  constructor(told: Omit<PricedBasket, keyof Late>, teller: Teller) {
    this.totalMinor = told.totalMinor
    this.itemsMinor = told.itemsMinor
    this.itemsDiscountMinor = told.itemsDiscountMinor
    this.shippingMinor = told.shippingMinor
    this.shippingDiscountMinor = told.shippingDiscountMinor
    this.taxIncludedMinor = told.taxIncludedMinor
    this.taxAddedMinor = told.taxAddedMinor
    this.shipping = told.shipping
    this.basketReductions = told.basketReductions
    this.gifts = told.gifts
    this.#teller = teller
    Object.defineProperty(this, 'lines', Summary.#LINES)
    Object.defineProperty(this, 'trace', Summary.#TRACE)
    Object.defineProperty(this, 'tax', Summary.#TAX)
    Object.defineProperty(this, 'applied', Summary.#APPLIED)
    Object.defineProperty(this, 'verdicts', Summary.#VERDICTS)
  }

  static readonly #LINES = {
    enumerable: true,
    get(this: Summary): readonly PricedLine[] {
      return (this.#lines ??= this.#teller.lines())
    },
  }
  static readonly #TRACE = {
    enumerable: true,
    get(this: Summary): readonly TraceStep[] {
      return (this.#trace ??= this.#teller.trace())
    },
  }
  static readonly #TAX = {
    enumerable: true,
    get(this: Summary): TaxSummary {
      return this.#teller.tax()
    },
  }
  static readonly #APPLIED = {
    enumerable: true,
    get(this: Summary): readonly OfferId[] {
      return (this.#applied ??= this.#teller.applied())
    },
  }
  static readonly #VERDICTS = {
    enumerable: true,
    get(this: Summary): readonly Verdict[] {
      return (this.#verdicts ??= this.#teller.verdicts())
    },
  }
}
