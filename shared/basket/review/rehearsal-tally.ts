/** The sums of a replay, and what they are told as. */
import { cents, type Cents } from '../../kernel/money.ts'
import type { PricedBasket } from '../../offers/priced-basket.ts'
import type { KnownLine } from '../pricing-of-basket.ts'

/** What all baskets together paid on one side; articles and delivery, without deposits. */
export type RehearsedSide = {
  /** What was paid. */
  readonly revenueCents: Cents
  /** What offers took off. */
  readonly savingsCents: Cents
  /** Share of the full price that offers took off, in basis points. */
  readonly depthBps: number
  /** Baskets in which any offer took something off. */
  readonly discounted: number
  /** Baskets that paid nothing at all. */
  readonly free: number
  /** Revenue less cost, of the articles whose cost is known; VAT is still in it. Null where no cost is known. */
  readonly marginCents: Cents | null
}

/** One offer or one article on both sides. `baskets`: in how many it took something off, or lay. */
export type RehearsedChange = {
  readonly id: string
  readonly currentBaskets: number
  readonly draftBaskets: number
  readonly currentCents: Cents
  readonly draftCents: Cents
}

/** Step of a distribution: baskets from `from` on, below the next step. */
export type Step = { readonly from: number; readonly current: number; readonly draft: number }

/** What a replay found. Everything counts baskets that could be priced. */
export type Rehearsal = {
  readonly baskets: number
  /** Not part of any figure. */
  readonly refused: { readonly empty: number; readonly unknownArticles: number; readonly unpriceable: number }
  /** Lines left out of priced baskets: named articles that the catalogue lacks, and lines that had no article to begin with. */
  readonly lines: { readonly priced: number; readonly unknown: number; readonly unmapped: number }
  readonly current: RehearsedSide
  readonly draft: RehearsedSide
  /** Baskets whose price changes; `cheaper` and `dearer` for the shopper. */
  readonly affected: { readonly n: number; readonly cheaper: number; readonly dearer: number }
  /** Draft less current per basket, as needed for an interval of the mean. `squares` is a statistic and no money. */
  readonly difference: { readonly sumCents: number; readonly squares: number }
  /** Largest change of what they give first. Cents: taken off. */
  readonly offers: readonly RehearsedChange[]
  /** Largest change of revenue first. Cents: paid. */
  readonly articles: readonly RehearsedChange[]
  /** By discount depth in basis points. */
  readonly depths: readonly Step[]
  /** By change in cents for the shopper: draft less current; counted under `draft` alone. */
  readonly changes: readonly { readonly from: number; readonly n: number }[]
  /** Offers that need the customer's facts: priced at the checkout only, so in no figure here. */
  readonly leftOut: readonly string[]
}

/** Lower ends of the steps, in basis points. */
export const DEPTH_STEPS: readonly number[] = [0, 1, 500, 1000, 2000, 3000, 5000]
/** Lower ends of the steps, in cents: cheaper first; 0 alone means unchanged. */
export const CHANGE_STEPS: readonly number[] = [-1_000_000_000, -999, -499, -199, -99, 0, 1, 100, 200, 500, 1000]

type Sums = { paid: number; base: number; discounted: number; free: number; margin: number }
type Pair = { currentBaskets: number; draftBaskets: number; currentCents: number; draftCents: number }

/** Running sums; whole cents, so they are the same in every order. */
export type Tally = {
  baskets: number
  readonly refused: { empty: number; unknownArticles: number; unpriceable: number }
  readonly lines: { priced: number; unknown: number; unmapped: number }
  readonly current: Sums
  readonly draft: Sums
  readonly affected: { cheaper: number; dearer: number }
  readonly difference: { sum: number; squares: number }
  readonly offers: Map<string, Pair>
  readonly articles: Map<string, Pair>
  readonly depths: Map<number, { current: number; draft: number }>
  readonly changes: Map<number, number>
  hasCosts: boolean
}

/** Nothing counted yet. */
export const emptyTally = (): Tally => ({
  baskets: 0,
  refused: { empty: 0, unknownArticles: 0, unpriceable: 0 },
  lines: { priced: 0, unknown: 0, unmapped: 0 },
  current: { paid: 0, base: 0, discounted: 0, free: 0, margin: 0 },
  draft: { paid: 0, base: 0, discounted: 0, free: 0, margin: 0 },
  affected: { cheaper: 0, dearer: 0 },
  difference: { sum: 0, squares: 0 },
  offers: new Map(),
  articles: new Map(),
  depths: new Map(DEPTH_STEPS.map((from) => [from, { current: 0, draft: 0 }])),
  changes: new Map(),
  hasCosts: false,
})

type Priced = { readonly known: readonly KnownLine[]; readonly draft: PricedBasket; readonly current: PricedBasket; readonly costs: ReadonlyMap<string, Cents> | null }

/** Counts one basket on both sides. */
export const tallySide = (tally: Tally, { known, draft, current, costs }: Priced): void => {
  const base = known.reduce((sum, { product, quantity }) => sum + product.priceCents * quantity, 0) + current.shipping.reduce((sum, one) => sum + one.amountMinor, 0)
  const paid = { current: Math.round(current.totalMinor), draft: Math.round(draft.totalMinor) }
  tally.baskets += 1
  tally.hasCosts ||= costs !== null
  for (const side of ['current', 'draft'] as const) {
    const priced = side === 'draft' ? draft : current
    const sums = tally[side]
    sums.paid += paid[side]
    sums.base += base
    sums.discounted += paid[side] < base ? 1 : 0
    sums.free += paid[side] <= 0 ? 1 : 0
    tally.depths.get(stepOf(DEPTH_STEPS, base === 0 ? 0 : Math.floor(((base - paid[side]) * 10_000) / base)))![side] += 1
    countOffers(tally.offers, side, priced)
    for (const line of priced.lines) {
      count(tally.articles, line.sku, side, Math.round(line.totalMinor))
      const cost = costs?.get(line.sku)
      if (cost !== undefined) sums.margin += Math.round(line.totalMinor) - cost * line.quantity
    }
  }
  const change = paid.draft - paid.current
  tally.affected.cheaper += change < 0 ? 1 : 0
  tally.affected.dearer += change > 0 ? 1 : 0
  tally.difference.sum += change
  tally.difference.squares += change * change
  const step = stepOf(CHANGE_STEPS, change)
  tally.changes.set(step, (tally.changes.get(step) ?? 0) + 1)
}

const stepOf = (steps: readonly number[], value: number): number => steps.findLast((from) => from <= value) ?? steps[0]!

const countOffers = (offers: Tally['offers'], side: 'current' | 'draft', priced: PricedBasket): void => {
  const given = new Map<string, number>(priced.applied.map((id) => [id, 0]))
  const give = (offerId: string, minor: number): void => void given.set(offerId, (given.get(offerId) ?? 0) + minor)
  for (const step of priced.trace) if (step.stage === 'catalog' && step.offerId !== undefined) give(step.offerId, step.amountMinor)
  for (const { reductions } of [...priced.lines, ...priced.shipping, { reductions: priced.basketReductions }]) for (const { offerId, amountMinor } of reductions) give(offerId, amountMinor)
  for (const [id, minor] of given) count(offers, id, side, Math.round(minor))
}

const count = (pairs: Map<string, Pair>, id: string, side: 'current' | 'draft', amount: number): void => {
  const pair = pairs.get(id) ?? { currentBaskets: 0, draftBaskets: 0, currentCents: 0, draftCents: 0 }
  pair[`${side}Baskets`] += 1
  pair[`${side}Cents`] += amount
  pairs.set(id, pair)
}

/** What was counted, for people and programs. */
export const toRehearsal = (tally: Tally, leftOut: readonly string[]): Rehearsal => ({
  baskets: tally.baskets,
  refused: { ...tally.refused },
  lines: { ...tally.lines },
  current: toSide(tally.current, tally.hasCosts),
  draft: toSide(tally.draft, tally.hasCosts),
  affected: { n: tally.affected.cheaper + tally.affected.dearer, ...tally.affected },
  difference: { sumCents: tally.difference.sum, squares: tally.difference.squares },
  offers: toChanges(tally.offers),
  articles: toChanges(tally.articles),
  depths: [...tally.depths].map(([from, { current, draft }]) => ({ from, current, draft })),
  changes: CHANGE_STEPS.flatMap((from) => (tally.changes.has(from) ? [{ from, n: tally.changes.get(from)! }] : [])),
  leftOut,
})

const toSide = ({ paid, base, discounted, free, margin }: Sums, hasCosts: boolean): RehearsedSide => ({
  revenueCents: cents(paid),
  savingsCents: cents(base - paid),
  depthBps: base === 0 ? 0 : Math.round(((base - paid) * 10_000) / base),
  discounted,
  free,
  marginCents: hasCosts ? cents(margin) : null,
})

const toChanges = (pairs: ReadonlyMap<string, Pair>): readonly RehearsedChange[] =>
  [...pairs]
    .map(([id, { currentBaskets, draftBaskets, currentCents, draftCents }]) => ({ id, currentBaskets, draftBaskets, currentCents: cents(currentCents), draftCents: cents(draftCents) }))
    .sort((a, b) => Math.abs(b.draftCents - b.currentCents) - Math.abs(a.draftCents - a.currentCents) || (a.id < b.id ? -1 : 1))
