/** Offers that keep others away: which of the candidates may have their turn. */
import type { OfferId } from '../kernel/ids.ts'
import type { Offer } from './offer.ts'
import type { Policies } from './policies.ts'

/** Who may have a turn, and who lost against whom (loser → winner). */
export type Admitted = { readonly offers: readonly Offer[]; readonly displaced: ReadonlyMap<OfferId, OfferId> }

/** `fits` says whether an offer's conditions hold before anything was reduced; only fitting offers keep others away. The earlier one wins. `codes` as entered. */
export const resolveExclusivity = (candidates: readonly Offer[], fits: (offer: Offer) => boolean, policies: Policies, codes: readonly string[] = []): Admitted => {
  const displaced = new Map<OfferId, OfferId>()
  const displace = (loser: OfferId, winner: OfferId): void => {
    if (loser !== winner && !displaced.has(loser)) displaced.set(loser, winner)
  }
  const exclusiveCounts = (policies.exclusive ?? 'none') !== 'none'
  const amongCodes = policies.exclusive === 'firstCodeOnly'
  const inTurn = amongCodes ? codes.flatMap((code) => candidates.filter((offer) => codesOf(offer)?.includes(code))) : candidates
  const alone = exclusiveCounts ? inTurn.find((offer) => offer.exclusive && fits(offer)) : undefined
  const staysWith = (offer: Offer): boolean => amongCodes && (codesOf(offer)?.some((code) => codesOf(alone!)!.includes(code)) ?? true)
  if (alone) for (const offer of candidates) if (!staysWith(offer)) displace(offer.id, alone.id)
  if (policies.codesAndAutos === 'codeReplacesAutoOrder') replaceAutoOrders(candidates.filter((offer) => !displaced.has(offer.id)), fits, displace)
  const combines = policies.select !== 'classBest' // There the best combination was chosen before.
  for (const offer of candidates) {
    if (displaced.has(offer.id) || !hasDemands(offer, policies) || !fits(offer)) continue
    for (const other of candidates) {
      if (other !== offer && (offer.excludes?.includes(other.id) || (combines && !combine(offer, other)))) displace(other.id, offer.id)
    }
  }
  // An exclusive offer that does not fit at the start has no second chance in the middle of the others.
  const offers = candidates.filter((offer) => !displaced.has(offer.id) && !(exclusiveCounts && !amongCodes && offer.exclusive && offer !== alone))
  return { offers, displaced }
}

/** An entered code takes the place of every automatic order reduction. */
const replaceAutoOrders = (candidates: readonly Offer[], fits: (offer: Offer) => boolean, displace: (loser: OfferId, winner: OfferId) => void): void => {
  const code = candidates.find((offer) => offer.trigger?.type === 'code' && fits(offer))
  if (!code) return
  for (const offer of candidates) {
    if (offer.trigger?.type !== 'code' && classesOf(offer).includes('order')) displace(offer.id, code.id)
  }
}

const codesOf = ({ trigger }: Offer): readonly string[] | null => (trigger?.type === 'code' ? trigger.codes : null)

const hasDemands = ({ excludes, combinesWith }: Offer, policies: Policies): boolean =>
  excludes !== undefined || (policies.select !== 'classBest' && combinesWith !== undefined && Object.values(combinesWith).includes(false))

/** Whether one offer lets the other stand beside it; what it does not name, it goes with. */
export const combine = (offer: Offer, other: Offer): boolean => classesOf(other).every((one) => offer.combinesWith?.[one] !== false)

const classesOf = (offer: Offer): readonly ('item' | 'order' | 'shipping')[] =>
  offer.effects.map((effect) => (effect.type === 'shippingDiscount' ? 'shipping' : effect.type === 'orderDiscount' || effect.type === 'gift' ? 'order' : 'item'))
