/** The running prices while offers are applied one after another. Lives only inside one `priceBasket` call. */
import { add, compare, divide, isZero, maxOf, minOf, multiply, rational, round, subtract, sumOf, toNumber, type Rational } from '../kernel/rational.ts'
import type { OfferId } from '../kernel/ids.ts'
import { spreadEvenly } from './distribution/spread-evenly.ts'
import { matchesFilter } from './filter.ts'
import type { Filter } from './offer.ts'
import type { Policies } from './policies.ts'
import { remember, type PriceLog, type Reduced } from './price-log.ts'
import type { Gift, TraceStep } from './priced-basket.ts'
import type { PricingContext, PricingLine, PricingShipping } from './pricing-context.ts'

/** One line on its way to its price. */
export type LineState = {
  readonly line: PricingLine
  readonly index: number
  /** Unit price after the catalogue stage: the list price of every cart offer. */
  readonly unit: Rational
  readonly base: Rational
  /** Already cheaper than its original price, by the shop or by a catalogue offer. */
  readonly reduced: boolean
  /** What still has to be paid. */
  rest: Rational
  /** Reductions per unit, where the policies keep prices per unit. */
  readonly units: Rational[] | null
  /** The next line with the same article. */
  twin: LineState | null
}

/** One shipping charge on its way to its price. */
export type ShippingState = { readonly shipping: PricingShipping; readonly amount: Rational; rest: Rational; readonly reductions: Reduced[] }

/** The whole basket while offers are applied. */
export type PricingState = {
  readonly context: PricingContext
  readonly policies: Policies
  readonly lines: readonly LineState[]
  /** What all lines cost together, before and after the reductions so far. */
  readonly linesBase: Rational
  linesRest: Rational
  /** The first line of each article, lines by the taxons they name themselves, and all pieces of all lines; made when first asked for. */
  readonly found: { bySku: ReadonlyMap<string, LineState> | null; byTaxon: LineGroups | null; allUnits: readonly LineUnits[] | null }
  readonly shipping: readonly ShippingState[]
  /** Reductions of the whole basket that land on no line (a discount as its own line). */
  readonly basket: { readonly offerId: OfferId; readonly amount: Rational; readonly shares: readonly LineShare[] }[]
  /** Units kept back by "buy" sides, by line id; they are never given away as "get". */
  reserved: ReadonlyMap<string, number>
  /** Units already given by "get" sides, by line id, where turns are taken. */
  given: ReadonlyMap<string, number>
  readonly gifts: (Gift & { readonly offerId: OfferId })[]
  readonly log: PriceLog
}

/** A line and how many of its pieces take part. */
export type LineUnits = { readonly line: LineState; readonly units: number }

type LineGroups = ReadonlyMap<string, readonly LineState[]>

/** What one effect would take off a line; `units` says it per unit. */
export type LineShare = { readonly line: LineState; readonly amount: Rational; readonly units?: readonly Rational[] }
/** What one effect would take off a shipping charge. */
export type ShippingShare = { readonly shipping: ShippingState; readonly amount: Rational }
/** The same for many lines at once, in step. */
export type Split = { readonly lines: readonly LineState[]; readonly amounts: readonly Rational[] }
/** What one effect would do, computed without doing it. */
export type Proposal = {
  readonly lines?: readonly LineShare[]
  /** In place of `lines`, where there are many and each gives a sum. */
  readonly split?: Split
  readonly shipping?: readonly ShippingShare[]
  /** Taken off the whole basket; `lines` then only says which articles it concerns. */
  readonly basket?: Rational
  readonly reserve?: ReadonlyMap<string, number>
  readonly give?: ReadonlyMap<string, number>
  readonly gift?: Gift
}

/** The unit price after the catalogue offers; none where they left the basket alone. */
export type CataloguePrice = { readonly unit: Rational; readonly reduced: boolean }

/** The basket before any cart offer. */
export const startPricing = (context: PricingContext, policies: Policies, prices: readonly CataloguePrice[], log: PriceLog): PricingState => {
  const lines: LineState[] = []
  let base: Rational = 0
  for (const line of context.lines) {
    const started = startLine(line, lines.length, prices[lines.length], context, policies)
    lines.push(started)
    base = add(base, started.base)
  }
  return { context, policies, lines, linesBase: base, linesRest: base, found: { bySku: null, byTaxon: null, allUnits: null }, shipping: context.shipping ? context.shipping.map(startShipping) : NO_SHIPPING, basket: [], reserved: NO_UNITS, given: NO_UNITS, gifts: [], log }
}

const NO_UNITS: ReadonlyMap<string, number> = new Map()
const NO_SHIPPING: readonly ShippingState[] = []

const startLine = (line: PricingLine, index: number, price: CataloguePrice | undefined, context: PricingContext, policies: Policies): LineState => {
  const unit = price ? price.unit : rational(line.unitPriceMinor)
  const reduced = price ? price.reduced : (line.reduced ?? false)
  const exact = multiply(unit, line.quantity)
  const base = (context.rounding?.at ?? policies.totalRounding) === 'line' ? round(exact, context.rounding?.mode ?? 'halfUp') : exact
  const units = policies.units ? Array.from({ length: line.quantity }, (): Rational => 0) : null
  return { line, index, unit, base, reduced, rest: base, units, twin: null }
}

const startShipping = (shipping: PricingShipping): ShippingState => {
  const amount = rational(shipping.amountMinor)
  return { shipping, amount, rest: amount, reductions: [] }
}

/** Most baskets name an article once, so lines of one article hang on each other instead of standing in a list for each. */
const firstBySku = (lines: readonly LineState[]): ReadonlyMap<string, LineState> => {
  const first = new Map<string, LineState>()
  for (let i = lines.length - 1; i >= 0; i--) {
    const line = lines[i]!
    line.twin = first.get(line.line.sku) ?? null
    first.set(line.line.sku, line)
  }
  return first
}

const groupByTaxon = (lines: readonly LineState[]): LineGroups => {
  const groups = new Map<string, LineState[]>()
  for (const line of lines) {
    for (const taxon of line.line.taxons ?? []) {
      const group = groups.get(taxon)
      if (group) group.push(line)
      else groups.set(taxon, [line])
    }
  }
  return groups
}

/** The lines a filter selects, in basket order. A filter by article or taxon looks only at those lines, however large the basket. */
export const selectLines = (state: PricingState, filter: Filter | undefined): readonly LineState[] => {
  if (!filter) return state.lines
  const candidates = candidateLines(state, filter)
  const { taxonParents } = state.context
  for (const line of candidates) if (!matchesFilter(line, filter, taxonParents)) return matching(candidates, filter, taxonParents)
  return candidates
}

const matching = (lines: readonly LineState[], filter: Filter, taxonParents: PricingContext['taxonParents']): readonly LineState[] => lines.filter((line) => matchesFilter(line, filter, taxonParents))

const candidateLines = ({ lines, found }: PricingState, filter: Filter): readonly LineState[] => {
  if (filter.skus) return linesOf(filter.skus, (found.bySku ??= firstBySku(lines)))
  if (filter.taxons && filter.taxonMode !== 'subtree') return linesIn(filter.taxons, (found.byTaxon ??= groupByTaxon(lines)))
  return lines
}

const linesOf = (skus: readonly string[], firstOf: ReadonlyMap<string, LineState>): readonly LineState[] => {
  let only: LineState | null = null
  let found: LineState[] | null = null
  for (const sku of skus) {
    const first = firstOf.get(sku)
    if (!first || first === only || found?.includes(first)) continue
    if (!only && !found && !first.twin) {
      only = first
      continue
    }
    found ??= only ? [only] : []
    for (let line: LineState | null = first; line; line = line.twin) found.push(line)
  }
  return found ? found.sort(byIndex) : only ? [only] : NO_LINES
}

const NO_LINES: readonly LineState[] = []

const linesIn = (taxons: readonly string[], groups: LineGroups): readonly LineState[] => {
  let only: readonly LineState[] | null = null
  let found: Set<LineState> | null = null
  for (const taxon of taxons) {
    const group = groups.get(taxon)
    if (!group || group === only) continue
    if (!only) only = group
    else {
      found ??= new Set(only)
      for (const line of group) found.add(line)
    }
  }
  return found ? [...found].sort(byIndex) : (only ?? NO_LINES)
}

const byIndex = (a: LineState, b: LineState): number => a.index - b.index

/** Items after the reductions so far. */
export const itemsTotal = (state: PricingState): Rational =>
  state.basket.length === 0 ? state.linesRest : subtract(state.linesRest, sumOf(state.basket.map((entry) => entry.amount)))

/** What these lines still cost. */
export const sumOfRests = (lines: readonly LineState[], state: PricingState): Rational => {
  if (lines === state.lines) return state.linesRest
  let sum: Rational = 0
  for (const line of lines) sum = add(sum, line.rest)
  return sum
}

/** What a proposal would take off lines, line by line. */
export const lineShares = ({ lines, split }: Proposal): readonly LineShare[] => (split ? split.lines.map((line, i) => ({ line, amount: split.amounts[i]! })) : (lines ?? []))

/** Carries a proposal out. A line or shipping charge never falls below zero; what exceeds it is lost. */
export const applyProposal = (state: PricingState, offerId: OfferId, proposal: Proposal, stage: TraceStep['stage'], rule: string): void => {
  if (proposal.basket !== undefined) {
    const amount = minOf(proposal.basket, maxOf(itemsTotal(state), 0))
    if (isZero(amount)) return
    const isWhole = compare(amount, proposal.basket) === 0
    const shares = (proposal.lines ?? []).map((share) => (isWhole ? share : { line: share.line, amount: divide(multiply(share.amount, amount), proposal.basket!) }))
    state.basket.push({ offerId, amount, shares })
    state.log.push({ stage, offerId, amountMinor: toNumber(amount), rule })
    return
  }
  if (proposal.lines) reduceLines(state, offerId, proposal.lines, stage, rule)
  if (proposal.split) reduceSplit(state, offerId, proposal.split, stage, rule)
  if (proposal.shipping) reduceShipping(state, offerId, proposal.shipping, stage, rule)
  if (proposal.reserve) state.reserved = withUnits(state.reserved, proposal.reserve)
  if (proposal.give) state.given = withUnits(state.given, proposal.give)
  if (proposal.gift) state.gifts.push({ ...proposal.gift, offerId })
}

const withUnits = (known: ReadonlyMap<string, number>, more: ReadonlyMap<string, number>): ReadonlyMap<string, number> => {
  const all = new Map(known)
  for (const [lineId, units] of more) all.set(lineId, (all.get(lineId) ?? 0) + units)
  return all
}

const reduceShipping = (state: PricingState, offerId: OfferId, shares: readonly ShippingShare[], stage: TraceStep['stage'], rule: string): void => {
  for (const { shipping, amount } of shares) {
    const taken = compare(amount, shipping.rest) > 0 && state.policies.shippingFloor !== 'none' ? shipping.rest : amount
    if (isZero(taken)) continue
    shipping.rest = subtract(shipping.rest, taken)
    remember(shipping.reductions, offerId, taken)
    state.log.push({ stage, offerId, shippingId: shipping.shipping.id, amountMinor: toNumber(taken), rule })
  }
}

const reduceLines = (state: PricingState, offerId: OfferId, shares: readonly LineShare[], stage: TraceStep['stage'], rule: string): void => {
  if (shares.length === 1) {
    const { line, amount, units } = shares[0]!
    const taken = reduceLine(state, line, amount, units)
    if (!isZero(taken)) state.log.push({ stage, offerId, rule, lines: [line], amounts: [taken] })
    return
  }
  const amounts = shares.map(({ line, amount, units }) => reduceLine(state, line, amount, units))
  if (amounts.some(isSome)) state.log.push({ stage, offerId, rule, lines: shares.map(({ line }) => line), amounts })
}

const isSome = (amount: Rational): boolean => !isZero(amount)

const reduceSplit = (state: PricingState, offerId: OfferId, { lines, amounts }: Split, stage: TraceStep['stage'], rule: string): void => {
  let taken = amounts
  for (let i = 0; i < lines.length; i++) {
    const amount = reduceLine(state, lines[i]!, amounts[i]!, undefined)
    if (amount === taken[i]) continue
    if (taken === amounts) taken = [...amounts]
    ;(taken as Rational[])[i] = amount
  }
  if (taken.some(isSome)) state.log.push({ stage, offerId, rule, lines, amounts: taken })
}

const reduceLine = (state: PricingState, line: LineState, amount: Rational, units: readonly Rational[] | undefined): Rational => {
  const wanted = wholeShare(amount, line, state.policies)
  const room = state.basket.length === 0 ? line.rest : minOf(line.rest, maxOf(itemsTotal(state), 0)) // Reductions of the whole basket stand on no line.
  const most = compare(wanted, room) > 0 ? room : wanted
  const taken = line.units ? reducePieces(line, line.units, most === amount && units ? units : spreadEvenly(most, line.line.quantity)) : most
  line.rest = subtract(line.rest, taken)
  state.linesRest = subtract(state.linesRest, taken)
  return taken
}

/** No piece falls below nothing, even where the others still cost something; what exceeds it is lost. */
const reducePieces = (line: LineState, pieces: Rational[], amounts: readonly Rational[]): Rational =>
  sumOf(
    amounts.map((amount, i) => {
      const taken = minOf(amount, subtract(line.unit, pieces[i]!))
      pieces[i] = add(pieces[i]!, taken)
      return taken
    }),
  )

/** The price of one piece of a line already reduced can be a fraction, and so can an amount that is capped at it; a shop that rounds charges none. */
const wholeShare = (amount: Rational, { base }: LineState, { percentRound }: Policies): Rational =>
  typeof amount === 'number' || typeof base !== 'number' || percentRound?.mode === 'none' ? amount : round(amount, percentRound?.mode ?? 'halfUp')
