/** Reads a set of offers before it goes live and says what is wrong with it, with proof. */
import { inCurrency } from '../../offers/amounts-in-currency.ts'
import type { Assortment } from '../assortment.ts'
import { displacementFindings } from './displacement-rules.ts'
import { found, type Finding, type ReviewedOffer, type Severity } from './finding.ts'
import { lawFindings } from './law-rules.ts'
import { isDead, readOffer } from './read-rules.ts'
import { both } from './review-words.ts'
import { reviewedShop, type ReviewFacts, type ReviewedShop } from './reviewed-shop.ts'
import { namingFindings } from './set-rules.ts'
import { soloFindings, trySolo, type Solo } from './solo-rules.ts'
import { stackingFindings } from './stacking-rules.ts'
import { pricerFor } from './try-basket.ts'

/** Offers that are tried in baskets; all are read. */
export const MAX_TRIED = 10_000

/**
 * Everything that is wrong with these offers in this shop, at this moment.
 * Order   the gravest first; within one gravity in the order of the offers.
 * Shape   a `limit-reached` note says what was left out; nothing else is.
 * Source  decision 0012: what each rule proves, and what it only tries.
 */
export const lintOffers = (offers: readonly ReviewedOffer[], assortment: Assortment, facts: ReviewFacts): readonly Finding[] => {
  const shop = reviewedShop(assortment, facts)
  const active = offers.filter(({ offer }) => offer.enabled !== false)
  const named = namingFindings(active)
  const dead = new Set(named.filter((finding) => isDead([finding])).map(({ offers: [id] }) => id))
  const read = active.map((reviewed) => ({ reviewed, findings: readOffer(reviewed, shop) }))
  const alive = read.flatMap(({ reviewed, findings }) => (isDead(findings) || dead.has(reviewed.offer.id) ? [] : [told(reviewed, shop)]))
  return inOrder([...named, ...read.flatMap(({ findings }) => findings), ...triedFindings(firstOfId(alive), active, shop)], active)
}

const told = (reviewed: ReviewedOffer, { assortment }: ReviewedShop): ReviewedOffer => ({ ...reviewed, offer: inCurrency(reviewed.offer, assortment.store.currency) })

/** Two offers of one id cannot be told apart in a priced basket. */
const firstOfId = (offers: readonly ReviewedOffer[]): readonly ReviewedOffer[] => [...new Map(offers.toReversed().map((one) => [one.offer.id, one])).values()].toReversed()

const triedFindings = (alive: readonly ReviewedOffer[], active: readonly ReviewedOffer[], shop: ReviewedShop): readonly Finding[] => {
  if (shop.assortment.products.length === 0) return []
  const price = pricerFor(shop)
  const tried = alive.slice(0, MAX_TRIED)
  const all = tried.map(({ offer }) => offer)
  const byId = new Map<string, ReviewedOffer>(tried.map((one) => [one.offer.id, one]))
  const solos: Solo[] = []
  const findings: Finding[] = []
  for (const reviewed of tried) {
    const solo = trySolo(reviewed, shop, price)
    if (solo) solos.push(solo)
    findings.push(...soloFindings(reviewed, solo, shop, price))
  }
  findings.push(...lawFindings(tried, shop, price), ...displacementFindings(solos, all, byId, shop, price), ...stackingFindings(solos, all, byId, shop, price))
  if (alive.length > tried.length) findings.push(found('limit-reached', [], '', both(`Von ${active.length} Angeboten wurden ${tried.length} in Einkäufen erprobt.`, `Of ${active.length} offers ${tried.length} were tried in baskets.`)))
  return findings
}

const GRAVITY: { readonly [severity in Severity]: number } = { error: 0, warning: 1, note: 2 }

const inOrder = (findings: readonly Finding[], offers: readonly ReviewedOffer[]): readonly Finding[] => {
  const places = new Map<string | undefined, number>(offers.map(({ offer }, i) => [offer.id, i]))
  const placeOf = ({ offers: [id] }: Finding): number => places.get(id) ?? offers.length
  return findings.toSorted((a, b) => GRAVITY[a.severity] - GRAVITY[b.severity] || placeOf(a) - placeOf(b))
}
