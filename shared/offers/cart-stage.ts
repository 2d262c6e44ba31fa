/** The cart offers, one after another or in passes, each against the running prices. */
import { compare, isPositive, isZero, rational, sumOf, type Rational } from '../kernel/rational.ts'
import type { OfferId } from '../kernel/ids.ts'
import { holds } from './conditions.ts'
import { onlyLine, propose, proposeTogether, savingOf, stageOf, type Stage } from './effects/effects.ts'
import type { Effect, Offer } from './offer.ts'
import { missingForCondition } from './missing.ts'
import type { Missing } from './priced-basket.ts'
import type { Policies } from './policies.ts'
import { applyProposal, type LineShare, type PricingState, type Proposal } from './pricing-state.ts'

/** What happened to offers that took nothing off. */
export type TurnsTaken = {
  /** Who lost against whom while the best offer was chosen. */
  readonly outbid: Map<OfferId, OfferId>
  /** What was missing when the offer had its turn; null where nobody asks. */
  readonly missed: Map<OfferId, readonly Missing[]> | null
}

type Bid = { readonly offer: Offer; readonly effect: Effect; readonly proposal: Proposal }
type Choice = 'all' | 'best'
type Choices = { readonly item: Choice; readonly order: Choice; readonly shipping: Choice }

/** For each selection policy: whether all offers of a stage apply, or only the best for its target. */
const CHOICES: { readonly [select in NonNullable<Policies['select']>]: Choices } = {
  all: { item: 'all', order: 'all', shipping: 'all' },
  bestPerTarget: { item: 'best', order: 'best', shipping: 'best' },
  classBest: { item: 'best', order: 'all', shipping: 'best' },
  bestOrderOffer: { item: 'all', order: 'best', shipping: 'all' },
}

/** Applies `offers` (valid, triggered, in their order) to the state. With `judging`, what an offer lacks is remembered too. */
export const runCartStage = (offers: readonly Offer[], state: PricingState, judging: boolean): TurnsTaken => {
  const turns: TurnsTaken = { outbid: new Map(), missed: judging ? new Map() : null }
  if (state.policies.order === 'sequence') {
    runSequence(offers, state, turns)
    return turns
  }
  const choices = CHOICES[state.policies.select ?? 'all']
  const lanes = state.policies.lanes ?? [null]
  for (const lane of lanes) {
    const inLane = lane === null ? offers : offers.filter((offer) => (offer.lane ?? 'default') === lane)
    for (const stage of state.policies.stages ?? (['item', 'order', 'shipping'] as const)) runPass(stage, inLane, choices[stage], state, turns)
  }
  return turns
}

/** Every offer with all its effects as written, tested when its turn comes. */
const runSequence = (offers: readonly Offer[], state: PricingState, taken: TurnsTaken): void => {
  const isBuyGet = (offer: Offer): boolean => offer.effects.some((effect) => effect.type === 'buyGet')
  const ordered = state.policies.buyGetFirst ? [...offers].sort((a, b) => Number(isBuyGet(b)) - Number(isBuyGet(a))) : offers
  const lowest = state.policies.shippingFixedWins ? lowestFixedShipping(ordered, state) : null
  for (const offer of ordered) {
    if (!hasItsTurn(offer, state, taken)) continue
    const before = state.trace.length + state.gifts.length
    for (const effect of offer.effects) {
      if (!isBeatenByFixedPrice(offer, effect, lowest, taken)) apply(state, offer, effect, propose(offer, effect, state))
    }
    if (offer.stackingMode === 'StopAfterThisDiscount' && state.trace.length + state.gifts.length > before) {
      for (const later of ordered.slice(ordered.indexOf(offer) + 1)) taken.outbid.set(later.id, offer.id)
      return
    }
  }
}

const runPass = (stage: Stage, offers: readonly Offer[], choice: Choice, state: PricingState, taken: TurnsTaken): void => {
  const perLine = stage === 'item' && state.policies.itemPass === 'perLine'
  const turns: { readonly offer: Offer; readonly effect: Effect }[] = []
  for (const offer of offers) for (const effect of offer.effects) if (passOf(effect, state.policies) === stage) turns.push({ offer, effect })
  if (turns.length === 0) return
  if (choice === 'best') return chooseBest(stage, bidsOf(turns, state, taken), state, taken)
  if (stage === 'order' && state.policies.orderSimultaneous) {
    for (const bid of bidsOf(turns, state, taken)) apply(state, bid.offer, bid.effect, bid.proposal)
    return
  }
  const lowest = stage === 'shipping' && state.policies.shippingFixedWins ? lowestFixedShipping(offers, state) : null
  for (const line of perLine ? state.lines : [null]) {
    if (state.policies.effectsTogether) {
      runTogether(turns, line, state, taken)
      continue
    }
    for (const { offer, effect } of turns) {
      if (!hasItsTurn(offer, state, taken) || isBeatenByFixedPrice(offer, effect, lowest, taken)) continue
      const proposal = propose(offer, effect, state)
      apply(state, offer, effect, line ? onlyLine(proposal, line) : proposal)
    }
  }
}

/** Offer by offer: tested once, and all its effects computed before any of them is applied. */
const runTogether = (turns: readonly { readonly offer: Offer; readonly effect: Effect }[], line: PricingState['lines'][number] | null, state: PricingState, taken: TurnsTaken): void => {
  for (const offer of new Set(turns.map((turn) => turn.offer))) {
    if (!hasItsTurn(offer, state, taken)) continue
    const effects = turns.filter((turn) => turn.offer === offer).map((turn) => turn.effect)
    for (const { effect, proposal } of proposeTogether(offer, effects, state)) apply(state, offer, effect, line ? onlyLine(proposal, line) : proposal)
  }
}

/** Where order reductions count as reductions of their lines, they compete with them. */
const passOf = (effect: Effect, policies: Policies): Stage | 'catalog' => {
  const stage = stageOf(effect)
  return stage === 'order' && policies.orderAsLines ? 'item' : stage
}

const bidsOf = (turns: readonly { readonly offer: Offer; readonly effect: Effect }[], state: PricingState, taken: TurnsTaken): readonly Bid[] =>
  turns.filter(({ offer }) => hasItsTurn(offer, state, taken)).map(({ offer, effect }) => ({ offer, effect, proposal: propose(offer, effect, state) }))

/** Tests the conditions in the running state and remembers what they lack. */
const hasItsTurn = (offer: Offer, state: PricingState, taken: TurnsTaken): boolean => {
  const fits = holds(offer.when, state)
  if (fits) taken.missed?.delete(offer.id)
  else taken.missed?.set(offer.id, missingForCondition(offer.when, state))
  return fits
}

const apply = (state: PricingState, offer: Offer, effect: Effect, proposal: Proposal): void =>
  applyProposal(state, offer.id, proposal, stageOf(effect) as Stage, effect.type)

/** Order  the earlier offer on equal savings. */
const chooseBest = (stage: Stage, bids: readonly Bid[], state: PricingState, taken: TurnsTaken): void => {
  for (const { offer, effect, proposal } of bids) if (proposal.gift) apply(state, offer, effect, { gift: proposal.gift })
  if (stage === 'order') return applyBest(bids, state, taken)
  const targets = stage === 'item' ? state.lines : state.shipping
  for (const target of targets) {
    const narrowed = bids.map((bid) => ({ ...bid, proposal: onlyTarget(bid.proposal, target) }))
    applyBest(narrowed, state, taken)
  }
}

const onlyTarget = (proposal: Proposal, target: LineShare['line'] | PricingState['shipping'][number]): Proposal => ({
  lines: (proposal.lines ?? []).filter((share) => share.line === target),
  shipping: (proposal.shipping ?? []).filter((share) => share.shipping === target),
})

/** The offer that saves most with all its effects together. */
const applyBest = (bids: readonly Bid[], state: PricingState, taken: TurnsTaken): void => {
  const savings = new Map<Offer, Rational>()
  for (const { offer, proposal } of bids) savings.set(offer, sumOf([savings.get(offer) ?? 0, savingOf(proposal)]))
  const best = [...savings].reduce<readonly [Offer, Rational] | null>((one, other) => (one && compare(one[1], other[1]) >= 0 ? one : other), null)
  if (!best || !isPositive(best[1])) return
  for (const [offer, saving] of savings) if (offer !== best[0] && !isZero(saving)) taken.outbid.set(offer.id, best[0].id)
  for (const { offer, effect, proposal } of bids) if (offer === best[0] && !proposal.gift) apply(state, offer, effect, proposal)
}

/** The lowest fixed shipping price on offer; where it wins, no other shipping reduction applies. */
const lowestFixedShipping = (offers: readonly Offer[], state: PricingState): { readonly offer: Offer; readonly effect: Effect } | null =>
  offers
    .filter((offer) => holds(offer.when, state))
    .flatMap((offer) => offer.effects.map((effect) => ({ offer, effect, price: fixedShippingPrice(effect) })))
    .filter((one) => one.price !== null)
    .sort((a, b) => compare(a.price!, b.price!))[0] ?? null

const fixedShippingPrice = (effect: Effect): Rational | null =>
  effect.type === 'shippingDiscount' && 'priceMinor' in effect.value ? rational(effect.value.priceMinor) : null

const isBeatenByFixedPrice = (offer: Offer, effect: Effect, lowest: { readonly offer: Offer; readonly effect: Effect } | null, taken: TurnsTaken): boolean => {
  if (!lowest || effect.type !== 'shippingDiscount' || effect === lowest.effect) return false
  if (offer !== lowest.offer) taken.outbid.set(offer.id, lowest.offer.id)
  return true
}
