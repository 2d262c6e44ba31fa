/** The cart offers, one after another or in passes, each against the running prices. */
import { compare, isPositive, isZero, rational, sumOf, type Rational } from '../kernel/rational.ts'
import type { OfferId } from '../kernel/ids.ts'
import { holds } from './conditions.ts'
import { onlyLine, propose, proposeTogether, savingOf, stageOf, type Stage } from './effects/effects.ts'
import type { Effect, Offer } from './offer.ts'
import { missingForCondition } from './missing.ts'
import type { Missing } from './priced-basket.ts'
import type { Policies } from './policies.ts'
import { applyProposal, lineShares, type LineShare, type LineState, type PricingState, type Proposal } from './pricing-state.ts'
import type { ReadyOffer, Turn } from './ready-offer.ts'

/** What happened to offers that took nothing off; kept where somebody asks. */
export type TurnsTaken = {
  /** Who lost against whom while the best offer was chosen. */
  readonly outbid: Map<OfferId, OfferId>
  /** What was missing when the offer had its turn. */
  readonly missed: Map<OfferId, readonly Missing[]>
}

type Bid = Turn & { readonly proposal: Proposal }
type Choice = 'all' | 'best'
type Choices = { readonly item: Choice; readonly order: Choice; readonly shipping: Choice }

/** For each selection policy: whether all offers of a stage apply, or only the best for its target. */
const CHOICES: { readonly [select in NonNullable<Policies['select']>]: Choices } = {
  all: { item: 'all', order: 'all', shipping: 'all' },
  bestPerTarget: { item: 'best', order: 'best', shipping: 'best' },
  classBest: { item: 'best', order: 'all', shipping: 'best' },
  bestOrderOffer: { item: 'all', order: 'best', shipping: 'all' },
}

/** Applies `offers` (valid, triggered, in their order) to the state. With `judging`, what became of those that took nothing off is remembered. */
export const runCartStage = (offers: readonly ReadyOffer[], state: PricingState, judging: boolean): TurnsTaken | null => {
  const turns: TurnsTaken | null = judging ? { outbid: new Map(), missed: new Map() } : null
  if (state.policies.order === 'sequence') {
    runSequence(offers, state, turns)
    return turns
  }
  const choices = CHOICES[state.policies.select ?? 'all']
  const lanes = state.policies.lanes ?? [null]
  for (const lane of lanes) {
    const inLane = lane === null ? offers : offers.filter(({ offer }) => (offer.lane ?? 'default') === lane)
    for (const stage of state.policies.stages ?? (['item', 'order', 'shipping'] as const)) runPass(stage, inLane, choices[stage], state, turns)
  }
  return turns
}

/** Every offer with all its effects as written, tested when its turn comes. */
const runSequence = (ready: readonly ReadyOffer[], state: PricingState, taken: TurnsTaken | null): void => {
  const offers = ready.map(({ offer }) => offer)
  const isBuyGet = (offer: Offer): boolean => offer.effects.some((effect) => effect.type === 'buyGet')
  const ordered = state.policies.buyGetFirst ? [...offers].sort((a, b) => Number(isBuyGet(b)) - Number(isBuyGet(a))) : offers
  const lowest = state.policies.shippingFixedWins ? lowestFixedShipping(ordered, state) : null
  for (const offer of ordered) {
    if (!hasItsTurn(offer, state, taken)) continue
    const before = state.log.length + state.gifts.length
    for (const effect of offer.effects) {
      if (!isBeatenByFixedPrice(offer, effect, lowest, taken)) apply(state, { offer, effect, stage: stageOf(effect) as Stage }, propose(offer, effect, state))
    }
    if (offer.stackingMode === 'StopAfterThisDiscount' && state.log.length + state.gifts.length > before) {
      for (const later of ordered.slice(ordered.indexOf(offer) + 1)) taken?.outbid.set(later.id, offer.id)
      return
    }
  }
}

const runPass = (stage: Stage, offers: readonly ReadyOffer[], choice: Choice, state: PricingState, taken: TurnsTaken | null): void => {
  const turns: Turn[] = []
  for (const one of offers) for (const turn of turnsOf(one, stage)) turns.push(turn)
  if (turns.length === 0) return
  if (choice === 'best') return chooseBest(stage, bidsOf(turns, state, taken), state, taken)
  if (stage === 'order' && state.policies.orderSimultaneous) {
    for (const bid of bidsOf(turns, state, taken)) apply(state, bid, bid.proposal)
    return
  }
  const lowest = stage === 'shipping' && state.policies.shippingFixedWins ? lowestFixedShipping(offers.map(({ offer }) => offer), state) : null
  const run = state.policies.effectsTogether ? runTogether : runOneByOne
  if (stage !== 'item' || state.policies.itemPass !== 'perLine') run(turns, null, lowest, state, taken)
  else for (const line of state.lines) run(turns, line, lowest, state, taken)
}

/** By name each, which is three times as quick as by a name that changes. */
const turnsOf = ({ turns }: ReadyOffer, stage: Stage): readonly Turn[] => (stage === 'item' ? turns.item : stage === 'order' ? turns.order : turns.shipping)

/** `line`: of what an offer would do, only what concerns this line is done. */
type RunTurns = (turns: readonly Turn[], line: LineState | null, lowest: LowestShipping, state: PricingState, taken: TurnsTaken | null) => void

const runOneByOne: RunTurns = (turns, line, lowest, state, taken) => {
  for (const turn of turns) {
    const { offer, effect } = turn
    if (!hasItsTurn(offer, state, taken) || isBeatenByFixedPrice(offer, effect, lowest, taken)) continue
    const proposal = propose(offer, effect, state)
    apply(state, turn, line ? onlyLine(proposal, line) : proposal)
  }
}

/** Offer by offer: tested once, and all its effects computed before any of them is applied. */
const runTogether: RunTurns = (turns, line, _, state, taken) => {
  for (const offer of new Set(turns.map((turn) => turn.offer))) {
    if (!hasItsTurn(offer, state, taken)) continue
    const effects = turns.filter((turn) => turn.offer === offer).map((turn) => turn.effect)
    for (const { effect, proposal } of proposeTogether(offer, effects, state)) apply(state, { offer, effect, stage: stageOf(effect) as Stage }, line ? onlyLine(proposal, line) : proposal)
  }
}

const bidsOf = (turns: readonly Turn[], state: PricingState, taken: TurnsTaken | null): readonly Bid[] =>
  turns.filter(({ offer }) => hasItsTurn(offer, state, taken)).map(({ offer, effect, stage }) => ({ offer, effect, stage, proposal: propose(offer, effect, state) }))

/** Tests the conditions in the running state and remembers what they lack. */
const hasItsTurn = (offer: Offer, state: PricingState, taken: TurnsTaken | null): boolean => {
  const fits = holds(offer.when, state)
  if (fits) taken?.missed.delete(offer.id)
  else if (taken) taken.missed.set(offer.id, missingForCondition(offer.when, state))
  return fits
}

const apply = (state: PricingState, { offer, effect, stage }: Turn, proposal: Proposal): void => applyProposal(state, offer.id, proposal, stage, effect.type)

/** Order  the earlier offer on equal savings. */
const chooseBest = (stage: Stage, bids: readonly Bid[], state: PricingState, taken: TurnsTaken | null): void => {
  for (const bid of bids) if (bid.proposal.gift) apply(state, bid, { gift: bid.proposal.gift })
  if (stage === 'order') return applyBest(bids, state, taken)
  const targets = stage === 'item' ? state.lines : state.shipping
  for (const target of targets) {
    const narrowed = bids.map((bid) => ({ ...bid, proposal: onlyTarget(bid.proposal, target) }))
    applyBest(narrowed, state, taken)
  }
}

const onlyTarget = (proposal: Proposal, target: LineShare['line'] | PricingState['shipping'][number]): Proposal => ({
  lines: lineShares(proposal).filter((share) => share.line === target),
  shipping: (proposal.shipping ?? []).filter((share) => share.shipping === target),
})

/** The offer that saves most with all its effects together. */
const applyBest = (bids: readonly Bid[], state: PricingState, taken: TurnsTaken | null): void => {
  const savings = new Map<Offer, Rational>()
  for (const { offer, proposal } of bids) savings.set(offer, sumOf([savings.get(offer) ?? 0, savingOf(proposal)]))
  const best = [...savings].reduce<readonly [Offer, Rational] | null>((one, other) => (one && compare(one[1], other[1]) >= 0 ? one : other), null)
  if (!best || !isPositive(best[1])) return
  for (const [offer, saving] of savings) if (offer !== best[0] && !isZero(saving)) taken?.outbid.set(offer.id, best[0].id)
  for (const bid of bids) if (bid.offer === best[0] && !bid.proposal.gift) apply(state, bid, bid.proposal)
}

type LowestShipping = { readonly offer: Offer; readonly effect: Effect } | null

/** The lowest fixed shipping price on offer; where it wins, no other shipping reduction applies. */
const lowestFixedShipping = (offers: readonly Offer[], state: PricingState): LowestShipping =>
  offers
    .filter((offer) => holds(offer.when, state))
    .flatMap((offer) => offer.effects.map((effect) => ({ offer, effect, price: fixedShippingPrice(effect) })))
    .filter((one) => one.price !== null)
    .sort((a, b) => compare(a.price!, b.price!))[0] ?? null

const fixedShippingPrice = (effect: Effect): Rational | null =>
  effect.type === 'shippingDiscount' && 'priceMinor' in effect.value ? rational(effect.value.priceMinor) : null

const isBeatenByFixedPrice = (offer: Offer, effect: Effect, lowest: LowestShipping, taken: TurnsTaken | null): boolean => {
  if (!lowest || effect.type !== 'shippingDiscount' || effect === lowest.effect) return false
  if (offer !== lowest.offer) taken?.outbid.set(offer.id, lowest.offer.id)
  return true
}
