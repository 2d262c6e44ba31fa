/** The running prices while offers are applied one after another. Lives only inside one `priceBasket` call. */
import { add, compare, divide, isZero, maxOf, minOf, multiply, rational, round, subtract, sumOf, toNumber, type Rational } from '../kernel/rational.ts'
import type { OfferId } from '../kernel/ids.ts'
import { spreadEvenly } from './distribution/spread-evenly.ts'
import { matchesFilter } from './filter.ts'
import type { Filter } from './offer.ts'
import type { Policies } from './policies.ts'
import type { Gift, TraceStep } from './priced-basket.ts'
import type { PricingContext, PricingLine, PricingShipping } from './pricing-context.ts'

/** All that one offer took off at one place; in the order in which they first did. */
export type Reduced = { readonly offerId: OfferId; amount: Rational }

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
  readonly reductions: Reduced[]
}

/** One shipping charge on its way to its price. */
export type ShippingState = { readonly shipping: PricingShipping; readonly amount: Rational; rest: Rational; readonly reductions: Reduced[] }

/** The whole basket while offers are applied. */
export type PricingState = {
  readonly context: PricingContext
  readonly policies: Policies
  readonly lines: readonly LineState[]
  /** Lines by article and by the taxons they name themselves; made when first asked for. */
  readonly lineGroups: { bySku?: LineGroups; byTaxon?: LineGroups }
  readonly shipping: readonly ShippingState[]
  /** Reductions of the whole basket that land on no line (a discount as its own line). */
  readonly basket: { readonly offerId: OfferId; readonly amount: Rational; readonly shares: readonly LineShare[] }[]
  /** Units kept back by "buy" sides, by line id; they are never given away as "get". */
  readonly reserved: Map<string, number>
  /** Units already given by "get" sides, by line id, where turns are taken. */
  readonly given: Map<string, number>
  readonly gifts: (Gift & { readonly offerId: OfferId })[]
  readonly trace: TraceStep[]
}

type LineGroups = ReadonlyMap<string, readonly LineState[]>

/** What one effect would take off a line; `units` says it per unit. */
export type LineShare = { readonly line: LineState; readonly amount: Rational; readonly units?: readonly Rational[] }
/** What one effect would take off a shipping charge. */
export type ShippingShare = { readonly shipping: ShippingState; readonly amount: Rational }
/** What one effect would do, computed without doing it. */
export type Proposal = {
  readonly lines?: readonly LineShare[]
  readonly shipping?: readonly ShippingShare[]
  /** Taken off the whole basket; `lines` then only says which articles it concerns. */
  readonly basket?: Rational
  readonly reserve?: ReadonlyMap<string, number>
  readonly give?: ReadonlyMap<string, number>
  readonly gift?: Gift
}

/** The unit price after the catalogue offers. */
export type CataloguePrice = { readonly unit: Rational; readonly reduced: boolean }

/** The basket before any cart offer. */
export const startPricing = (context: PricingContext, policies: Policies, prices: readonly CataloguePrice[], trace: TraceStep[]): PricingState => {
  const lines = context.lines.map((line, index) => startLine(line, index, prices[index]!, context, policies))
  return { context, policies, lines, lineGroups: {}, shipping: (context.shipping ?? []).map(startShipping), basket: [], reserved: new Map(), given: new Map(), gifts: [], trace }
}

const startLine = (line: PricingLine, index: number, { unit, reduced }: CataloguePrice, context: PricingContext, policies: Policies): LineState => {
  const exact = multiply(unit, line.quantity)
  const base = (context.rounding?.at ?? policies.totalRounding) === 'line' ? round(exact, context.rounding?.mode ?? 'halfUp') : exact
  const units = policies.units ? Array.from({ length: line.quantity }, (): Rational => 0) : null
  return { line, index, unit, base, reduced, rest: base, units, reductions: [] }
}

const startShipping = (shipping: PricingShipping): ShippingState => {
  const amount = rational(shipping.amountMinor)
  return { shipping, amount, rest: amount, reductions: [] }
}

const groupBySku = (lines: readonly LineState[]): LineGroups => {
  const groups = new Map<string, LineState[]>()
  for (const line of lines) enter(groups, line.line.sku, line)
  return groups
}

const groupByTaxon = (lines: readonly LineState[]): LineGroups => {
  const groups = new Map<string, LineState[]>()
  for (const line of lines) for (const taxon of line.line.taxons ?? []) enter(groups, taxon, line)
  return groups
}

const enter = (groups: Map<string, LineState[]>, key: string, line: LineState): void => {
  const group = groups.get(key)
  if (group) group.push(line)
  else groups.set(key, [line])
}

/** The lines a filter selects, in basket order. A filter by article or taxon looks only at those lines, however large the basket. */
export const selectLines = (state: PricingState, filter: Filter | undefined): readonly LineState[] => {
  if (!filter) return state.lines
  const candidates = candidateLines(state, filter)
  return candidates.length === 0 ? candidates : candidates.filter((line) => matchesFilter(line, filter, state.context.taxonParents))
}

const candidateLines = ({ lines, lineGroups }: PricingState, filter: Filter): readonly LineState[] => {
  if (filter.skus) return linesAt(filter.skus, (lineGroups.bySku ??= groupBySku(lines)))
  if (filter.taxons && filter.taxonMode !== 'subtree') return linesAt(filter.taxons, (lineGroups.byTaxon ??= groupByTaxon(lines)))
  return lines
}

const NO_LINES: readonly LineState[] = []

const linesAt = (keys: readonly string[], groups: LineGroups): readonly LineState[] => {
  let only: readonly LineState[] | null = null
  let found: Set<LineState> | null = null
  for (const key of keys) {
    const group = groups.get(key)
    if (!group || group === only) continue
    if (!only) only = group
    else {
      found ??= new Set(only)
      for (const line of group) found.add(line)
    }
  }
  return found ? [...found].sort((a, b) => a.index - b.index) : (only ?? NO_LINES)
}

/** Items after the reductions so far. */
export const itemsTotal = (state: PricingState): Rational =>
  state.basket.length === 0 ? sumOfRests(state.lines) : subtract(sumOfRests(state.lines), sumOf(state.basket.map((entry) => entry.amount)))

/** What these lines still cost. */
export const sumOfRests = (lines: readonly LineState[]): Rational => {
  let sum: Rational = 0
  for (const line of lines) sum = add(sum, line.rest)
  return sum
}

/** Carries a proposal out. A line or shipping charge never falls below zero; what exceeds it is lost. */
export const applyProposal = (state: PricingState, offerId: OfferId, proposal: Proposal, stage: TraceStep['stage'], rule: string): void => {
  if (proposal.basket !== undefined) {
    const amount = minOf(proposal.basket, maxOf(itemsTotal(state), 0))
    if (isZero(amount)) return
    const isWhole = compare(amount, proposal.basket) === 0
    const shares = (proposal.lines ?? []).map((share) => (isWhole ? share : { line: share.line, amount: divide(multiply(share.amount, amount), proposal.basket!) }))
    state.basket.push({ offerId, amount, shares })
    state.trace.push({ stage, offerId, amountMinor: toNumber(amount), rule })
    return
  }
  for (const share of proposal.lines ?? []) reduceLine(state, offerId, share, stage, rule)
  for (const { shipping, amount } of proposal.shipping ?? []) {
    const taken = compare(amount, shipping.rest) > 0 && state.policies.shippingFloor !== 'none' ? shipping.rest : amount
    if (isZero(taken)) continue
    shipping.rest = subtract(shipping.rest, taken)
    remember(shipping.reductions, offerId, taken)
    state.trace.push({ stage, offerId, shippingId: shipping.shipping.id, amountMinor: toNumber(taken), rule })
  }
  for (const [lineId, units] of proposal.reserve ?? []) state.reserved.set(lineId, (state.reserved.get(lineId) ?? 0) + units)
  for (const [lineId, units] of proposal.give ?? []) state.given.set(lineId, (state.given.get(lineId) ?? 0) + units)
  if (proposal.gift) state.gifts.push({ ...proposal.gift, offerId })
}

const remember = (reductions: Reduced[], offerId: OfferId, amount: Rational): void => {
  for (const known of reductions) {
    if (known.offerId !== offerId) continue
    known.amount = add(known.amount, amount)
    return
  }
  reductions.push({ offerId, amount })
}

const reduceLine = (state: PricingState, offerId: OfferId, share: LineShare, stage: TraceStep['stage'], rule: string): void => {
  const { line } = share
  const wanted = wholeShare(share.amount, line, state.policies)
  const room = state.basket.length === 0 ? line.rest : minOf(line.rest, maxOf(itemsTotal(state), 0)) // Reductions of the whole basket stand on no line.
  const most = compare(wanted, room) > 0 ? room : wanted
  const taken = line.units ? reducePieces(line, line.units, most === share.amount && share.units ? share.units : spreadEvenly(most, line.line.quantity)) : most
  if (isZero(taken)) return
  line.rest = subtract(line.rest, taken)
  remember(line.reductions, offerId, taken)
  state.trace.push({ stage, offerId, lineId: line.line.id, amountMinor: toNumber(taken), rule })
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
