/** A quote of which some parts are worked out only when a screen shows them. */
import type { OfferId } from '../kernel/ids.ts'
import type { Judged } from '../offers/price-basket.ts'
import type { Verdict } from '../offers/priced-basket.ts'
import type { Quote, QuoteLine } from './quote.ts'

/** What few screens show. */
type Late = Pick<Quote, 'near' | 'elsewhere'>
type Makers = { readonly [part in keyof Late]: () => Late[part] }
type Told = Omit<Quote, keyof Late | 'verdictOf' | 'isActive'>

/** As `offers/summary.ts`: `near` and `elsewhere` are its own properties like all others, made when first read, by getters that all quotes share. */
export class LateQuote implements Quote {
  readonly releaseHash: Quote['releaseHash']
  readonly facts: Quote['facts']
  readonly lines: Quote['lines']
  readonly unknown: Quote['unknown']
  readonly unknownCodes: Quote['unknownCodes']
  readonly gifts: Quote['gifts']
  readonly delivery: Quote['delivery']
  readonly itemsCents: Quote['itemsCents']
  readonly depositCents: Quote['depositCents']
  readonly roundingCents: Quote['roundingCents']
  readonly savingsCents: Quote['savingsCents']
  readonly totalCents: Quote['totalCents']
  readonly taxIncludedCents: Quote['taxIncludedCents']
  readonly applied: Quote['applied']
  readonly atCheckout: Quote['atCheckout']
  readonly priced: Quote['priced']
  declare readonly near: Quote['near']
  declare readonly elsewhere: Quote['elsewhere']
  readonly #judged: Judged
  readonly #makers: Makers
  #near: Quote['near'] | null = null
  #elsewhere: Quote['elsewhere'] | null = null

  constructor(told: Told, judged: Judged, makers: Makers) {
    this.releaseHash = told.releaseHash
    this.facts = told.facts
    this.lines = told.lines
    this.unknown = told.unknown
    this.unknownCodes = told.unknownCodes
    this.gifts = told.gifts
    this.delivery = told.delivery
    this.itemsCents = told.itemsCents
    this.depositCents = told.depositCents
    this.roundingCents = told.roundingCents
    this.savingsCents = told.savingsCents
    this.totalCents = told.totalCents
    this.taxIncludedCents = told.taxIncludedCents
    this.applied = told.applied
    this.atCheckout = told.atCheckout
    this.priced = told.priced
    this.#judged = judged
    this.#makers = makers
    Object.defineProperty(this, 'near', LateQuote.#NEAR)
    Object.defineProperty(this, 'elsewhere', LateQuote.#ELSEWHERE)
  }

  verdictOf(id: OfferId): Verdict | null {
    return this.#judged.verdictsOf([id])[0] ?? null
  }

  isActive(id: OfferId): boolean {
    return this.#judged.isActive(id)
  }

  static readonly #NEAR = {
    enumerable: true,
    get(this: LateQuote): Quote['near'] {
      return (this.#near ??= this.#makers.near())
    },
  }
  static readonly #ELSEWHERE = {
    enumerable: true,
    get(this: LateQuote): Quote['elsewhere'] {
      return (this.#elsewhere ??= this.#makers.elsewhere())
    },
  }
}

/** A line whose announced reduction is looked up when a screen shows it. */
export class LateLine implements QuoteLine {
  readonly sku: QuoteLine['sku']
  readonly product: QuoteLine['product']
  readonly quantity: QuoteLine['quantity']
  readonly unitCents: QuoteLine['unitCents']
  readonly baseCents: QuoteLine['baseCents']
  readonly reasons: QuoteLine['reasons']
  readonly totalCents: QuoteLine['totalCents']
  readonly depositCents: QuoteLine['depositCents']
  declare readonly announced: QuoteLine['announced']
  readonly #announce: () => QuoteLine['announced']
  #announced: QuoteLine['announced'] | undefined

  constructor(told: Omit<QuoteLine, 'announced'>, announce: () => QuoteLine['announced']) {
    this.sku = told.sku
    this.product = told.product
    this.quantity = told.quantity
    this.unitCents = told.unitCents
    this.baseCents = told.baseCents
    this.reasons = told.reasons
    this.totalCents = told.totalCents
    this.depositCents = told.depositCents
    this.#announce = announce
    Object.defineProperty(this, 'announced', LateLine.#ANNOUNCED)
  }

  static readonly #ANNOUNCED = {
    enumerable: true,
    get(this: LateLine): QuoteLine['announced'] {
      if (this.#announced === undefined) this.#announced = this.#announce()
      return this.#announced
    },
  }
}
