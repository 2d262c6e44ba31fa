/** Offers that never have their turn, because another one always takes it. */
import { millis, type Millis } from '../../kernel/time.ts'
import type { Offer } from '../../offers/offer.ts'
import { found, type Finding, type ReviewedOffer } from './finding.ts'
import { windowOf } from './open-hours.ts'
import { both, inBoth, named } from './review-words.ts'
import type { ReviewedShop } from './reviewed-shop.ts'
import { WISHES, type Solo } from './solo-rules.ts'
import type { Pricer, Trial } from './try-basket.ts'
import { witnessFor } from './witness-basket.ts'

/** Offers whose rivals are named; telling why looks at every offer of the set. */
export const MAX_EXPLAINED = 50

/** Findings on offers that work alone but in none of their baskets among all the others. */
export const displacementFindings = (solos: readonly Solo[], all: readonly Offer[], byId: ReadonlyMap<string, ReviewedOffer>, shop: ReviewedShop, price: Pricer): readonly Finding[] => {
  const findings: Finding[] = []
  let explained = 0
  for (const solo of solos) {
    const among = price(solo.trial.witness, all)
    if (among.applied.has(solo.reviewed.offer.id)) continue
    explained += 1
    if (explained > MAX_EXPLAINED) return [...findings, found('limit-reached', [], '', both(`Für ${MAX_EXPLAINED} Angebote wurde gesucht, wovon sie verdrängt werden, für weitere nicht.`, `For ${MAX_EXPLAINED} offers we looked for what displaces them, for others not.`))]
    const finding = explain(solo, among, all, byId, shop, price)
    if (finding) findings.push(finding)
  }
  return findings
}

const explain = ({ reviewed }: Solo, among: Trial, all: readonly Offer[], byId: ReadonlyMap<string, ReviewedOffer>, shop: ReviewedShop, price: Pricer): Finding | null => {
  const { offer } = reviewed
  const rival = byId.get(rivalOf(offer, among) ?? '')
  if (!rival) return null // Nothing was left to take off: that is a matter of stacking.
  let tried = 1
  for (const after of momentsWithout(rival.offer, offer, shop)) {
    for (const wish of WISHES) {
      const witness = witnessFor([offer], shop, { ...wish, after })
      if (!witness) continue
      tried += 1
      if (price(witness, all).applied.has(offer.id)) return null
    }
  }
  if (alwaysBefore(rival.offer, offer)) {
    return found('displaced', [offer.id, rival.offer.id], '', inBoth((language) => (language === 'de' ? `${named(reviewed, 'de')} wird immer von ${named(rival, 'de')} verdrängt.` : `${named(reviewed, 'en')} is always displaced by ${named(rival, 'en')}.`)))
  }
  const sentence = inBoth((language) =>
    language === 'de' ? `${named(reviewed, 'de')} wurde in allen ${tried} dafür gebauten Einkäufen von ${named(rival, 'de')} verdrängt.` : `${named(reviewed, 'en')} was displaced by ${named(rival, 'en')} in all ${tried} baskets built for it.`,
  )
  return found('displaced-in-trials', [offer.id, rival.offer.id], '', sentence)
}

const rivalOf = (offer: Offer, { verdictOf }: Trial): string | null => {
  const verdict = verdictOf(offer)
  return verdict?.status === 'displaced' ? verdict.by : null
}

/** Now, and moments at which the rival is not there. */
const momentsWithout = (rival: Offer, offer: Offer, { now }: ReviewedShop): readonly Millis[] => {
  const [theirs, ours] = [windowOf(rival), windowOf(offer)]
  const after = theirs.until + 1000
  return [now, ...(after > now && after <= ours.until ? [millis(after)] : [])]
}

/** Whether the winner is there in every basket in which the loser could be. */
const alwaysBefore = (winner: Offer, loser: Offer): boolean => {
  const [theirs, ours] = [windowOf(winner), windowOf(loser)]
  return (
    winner.when === undefined &&
    winner.trigger?.type !== 'code' &&
    theirs.from <= ours.from &&
    theirs.until >= ours.until &&
    (!winner.channels || (loser.channels !== undefined && loser.channels.every((channel) => winner.channels!.includes(channel)))) &&
    (winner.exclusive === true || winner.excludes?.includes(loser.id) === true)
  )
}
