/** One offer with all that is known of it before a basket comes, so that no basket has to find it out. */
import type { OfferId } from '../kernel/ids.ts'
import { stageOf, type Stage } from './effects/effects.ts'
import { keepsOthersAway } from './offer-keys.ts'
import type { Effect, Offer } from './offer.ts'
import type { Policies } from './policies.ts'

/** One effect of an offer in its pass. */
export type Turn = { readonly offer: Offer; readonly effect: Effect; /** As the trace calls it, wherever the shop lets it run. */ readonly stage: Stage }

/** Made once per release; all have one shape, whatever the offers leave out. */
export type ReadyOffer = {
  readonly offer: Offer
  readonly id: OfferId
  /** Units  ms since 1970, both included; infinite where the offer names no border, NaN where nobody can read it. */
  readonly fromMs: number
  readonly untilMs: number
  /** On every channel, in every currency, at any time. */
  readonly isAlwaysOpen: boolean
  /** Changes prices at the shelf, before there is a basket. */
  readonly isOfCatalogue: boolean
  readonly keepsOthersAway: boolean
  readonly turns: { readonly [stage in Stage]: readonly Turn[] }
}

/** What an offer is under these policies. */
export const readyOffer = (offer: Offer, policies: Policies): ReadyOffer => {
  const turns: { readonly [stage in Stage]: Turn[] } = { item: [], order: [], shipping: [] }
  for (const effect of offer.effects) {
    const stage = stageOf(effect)
    if (stage !== 'catalog') turns[passOf(stage, policies)].push({ offer, effect, stage })
  }
  return {
    offer,
    id: offer.id,
    fromMs: msOf(offer.window?.from, -Infinity),
    untilMs: msOf(offer.window?.until, Infinity),
    isAlwaysOpen: !offer.channels && !offer.currencies && offer.window?.from === undefined && offer.window?.until === undefined,
    isOfCatalogue: offer.stage === 'catalog',
    keepsOthersAway: keepsOthersAway(offer, policies),
    turns,
  }
}

const msOf = (instant: string | undefined, none: number): number => (instant === undefined ? none : Date.parse(instant))

/** Where order reductions count as reductions of their lines, they compete with them. */
const passOf = (stage: Stage, policies: Policies): Stage => (stage === 'order' && policies.orderAsLines ? 'item' : stage)
