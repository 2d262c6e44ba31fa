/** Limited offers where they are counted: what a device may hold, and what a hand-off brings along. */
import type { Assortment } from '#shared/basket/assortment.ts'
import { isLeasable, publishedUses } from '#shared/basket/limited-offers.ts'
import type { Handoff } from '#shared/handoff/handoff.ts'
import { ONCE_MS } from '#shared/handoff/judge-handoff.ts'
import type { DeviceId, OfferId } from '#shared/kernel/ids.ts'
import { isExhausted } from '#shared/offers/compile-offers.ts'
import { RENEW_AFTER_MS } from '#shared/sync/allotment.ts'
import { answerAllotments, holdUse, type AllotmentFacts, type LeasableOffer } from '#shared/sync/allotment-hub.ts'
import type { AllotmentLedger } from '#shared/sync/allotment-ledger.ts'
import type { Assortments } from '#hub/ports/assortments.ts'
import type { CallHandler } from '#hub/ports/caller.ts'
import type { Clock } from '#hub/ports/clock.ts'
import type { Transactions } from '#hub/ports/transaction.ts'

export type LendParts = {
  readonly allotments: AllotmentLedger
  readonly transactions: Transactions
  readonly assortments: Assortments
  readonly clock: Clock
}

const HOUR_MS = 3_600_000

/** A kiosk hands back what it does not need and gets what it lacks; everybody learns how many uses are left. */
export const lendUses =
  ({ allotments, transactions, assortments, clock }: LendParts): CallHandler<'allotments.exchange'> =>
  (request, { dev, role }) => {
    const current = assortments.current()
    if (!current) return { ok: false, error: { code: 'busy' } }
    const facts = countingFacts(current, clock.now())
    const answer = transactions.run(() => answerAllotments(allotments, { dev, mayHold: role === 'kiosk' }, request, leasableOffers(current, facts.now), facts))
    return { ok: true, value: answer }
  }

export const countingFacts = ({ store }: Assortment, now: number): AllotmentFacts => ({ now, handoffMs: store.handoffHours * HOUR_MS })

/** Offers of this release whose uses devices of the store may hold: open now or soon. */
const leasableOffers = ({ offers }: Assortment, now: number): readonly LeasableOffer[] =>
  offers.flatMap(({ offer }) => {
    const { from, until } = offer.window ?? {}
    const isOpenSoon = (from === undefined || Date.parse(from) <= now + RENEW_AFTER_MS) && (until === undefined || Date.parse(until) > now)
    const isHere = offer.enabled !== false && !isExhausted(offer) && (offer.channels?.includes('store') ?? true)
    return isLeasable(offer) && isOpenSoon && isHere ? [{ id: offer.id, total: publishedUses(offer)!, until: until === undefined ? null : Date.parse(until) }] : []
  })

/**
 * Holds what a hand-off brings along out of the leases of the device that signed it.
 * Shape   the offers whose use stands; a use of a copied storage, or of a lease that is over, does not.
 */
export const holdReserved = (
  { reserved, qid, issuedAtS }: Pick<Handoff, 'reserved' | 'qid' | 'issuedAtS'>,
  dev: DeviceId,
  then: Assortment,
  allotments: AllotmentLedger,
  facts: AllotmentFacts,
): readonly OfferId[] =>
  reserved.flatMap(({ number, lease }) => {
    const offer = then.offers.find((one) => one.number === number)?.offer
    if (!offer) return []
    // What a code unlocks ends before the hand-off does, and its use is free for others then.
    const held = offer.trigger?.type === 'code' ? { ...facts, handoffMs: Math.min(facts.handoffMs, ONCE_MS) } : facts
    return holdUse(allotments, { offer: offer.id, lease, dev, holder: qid, issuedAt: issuedAtS * 1000 }, held) ? [offer.id] : []
  })
