/** What a kiosk showed for a basket beside what the hub computes from the release that was in force at that moment. Pure over the releases. */
import type { Assortments } from '#hub/ports/assortments.ts'
import type { DocumentStore } from '#hub/ports/documents.ts'
import type { Assortment } from '#shared/basket/assortment.ts'
import type { Basket } from '#shared/basket/basket.ts'
import { quoteBasket } from '#shared/basket/quote-basket.ts'
import { HANDOFF_CHANNEL, type Quote, type QuoteFacts } from '#shared/basket/quote.ts'
import type { Handoff } from '#shared/handoff/handoff.ts'
import { basketOfHandoff, unitsOfHandoff } from '#shared/handoff/handoff-basket.ts'
import { millis, type Millis } from '#shared/kernel/time.ts'
import type { Blame } from './judge-shop-price.ts'

export type Releases = { readonly assortments: Assortments; readonly documents: Pick<DocumentStore, 'records'> }

/** `shown`: computed again from the kiosk's own release; null if the hub has it no more. `ours`: from the release that was in force. */
export type KioskJudgement = {
  readonly outcome: 'equal' | 'different' | 'left' | 'passed'
  readonly basket: Basket
  readonly shown: Quote | null
  readonly ours: Quote
  readonly inForce: Assortment
  readonly blame: Blame | null
}

/** A hand-off that was begun before a release was exchanged is of the one before. */
const SWITCH_MS = 120_000
/** A code says the second in which it was made: a release that began within it was in force. */
const SECOND_MS = 1000
/** Releases are looked for so far back. */
const MAX_RECORDS = 50

/** Null where no release of that moment can be read. */
export const judgeKioskPrice = (handoff: Handoff, releases: Releases): KioskJudgement | null => {
  const at = millis(handoff.issuedAtS * 1000)
  const then = releases.assortments.find(handoff.release)
  const isInForce = then !== null && then.activeFrom < at + SECOND_MS && (then.retiredAt === null || then.retiredAt + SWITCH_MS > at)
  const inForce = isInForce ? then.assortment : releaseAt(at, releases)
  if (!inForce) return null
  const { basket, unknownNumbers } = basketOfHandoff(handoff, inForce)
  const ours = quoted(handoff, inForce, {})
  const shown = then && quoted(handoff, then.assortment, {})
  const judged = { basket, shown, ours, inForce }
  if (shown && shown.totalCents !== handoff.totalCents) return { ...judged, ...computedOtherwise(handoff, then.assortment) }
  if (isInForce) return { ...judged, outcome: 'equal', blame: null }
  if (unknownNumbers.length === 0 && ours.totalCents === handoff.totalCents) return { ...judged, outcome: 'equal', blame: null }
  return { ...judged, outcome: 'different', blame: { cause: 'release', detail: `${handoff.release} / ${inForce.hash.slice(0, 8)}`, suspects: shown ? otherOffers(shown, ours) : [] } }
}

/** A kiosk that was too long without the hub, or whose clock nobody vouches for, leaves offers to the checkout: that is no other arithmetic. */
const computedOtherwise = (handoff: Handoff, then: Assortment): Pick<KioskJudgement, 'outcome' | 'blame'> => {
  const careful: readonly Partial<QuoteFacts>[] = [{ stale: true }, { switchInDoubt: true }]
  if (!handoff.clockVerified || careful.some((facts) => quoted(handoff, then, facts).totalCents === handoff.totalCents)) return { outcome: 'left', blame: null }
  return { outcome: 'different', blame: { cause: 'app', detail: null, suspects: quoted(handoff, then, {}).applied.map(({ offer }) => offer.offer.id) } }
}

const quoted = (handoff: Handoff, assortment: Assortment, facts: Partial<QuoteFacts>): Quote =>
  quoteBasket(basketOfHandoff(handoff, assortment).basket, assortment, { now: millis(handoff.issuedAtS * 1000), channel: HANDOFF_CHANNEL, clockVerified: handoff.clockVerified, units: unitsOfHandoff(handoff, assortment), ...facts })

const releaseAt = (at: Millis, { assortments, documents }: Releases): Assortment | null => {
  const record = documents.records(MAX_RECORDS).find(({ activeFrom, retiredAt }) => activeFrom < at + SECOND_MS && (retiredAt === null || retiredAt > at))
  return record ? (assortments.find(record.hash)?.assortment ?? null) : null
}

/** Offers that do not take off the same in both. */
const otherOffers = (one: Quote, other: Quote): readonly string[] => {
  const amounts = (quote: Quote): ReadonlyMap<string, number> => new Map(quote.applied.map(({ offer, cents }) => [offer.offer.id, cents]))
  const [a, b] = [amounts(one), amounts(other)]
  return [...new Set([...a.keys(), ...b.keys()])].filter((id) => a.get(id) !== b.get(id))
}
