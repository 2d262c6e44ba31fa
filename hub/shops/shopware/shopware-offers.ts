/**
 * Promotions of the shop as offers. Pure: what the Admin API returned goes in, offers come out.
 * Source  version 6.7, its own scopes, types and rules; everything else is a plugin's and cannot be computed.
 */
import type { NotComputable, OfferWarning, TranslatedOffers } from '#hub/ports/translated-offers.ts'
import type { OfferId } from '#shared/kernel/ids.ts'
import type { Condition, Effect, Offer } from '#shared/offers/offer.ts'
import { effectOf, groupsOf, rulesNamed, type DiscountWorld } from './shopware-discounts.ts'
import type { PromotionRecord } from './shopware-replies.ts'
import { conditionOfRules, isWhy, type Why } from './shopware-rules.ts'

/** The shop compares codes without regard to case; the engine compares exactly, so both sides are written alike. */
export const normalCode = (code: string): string => code.trim().toUpperCase()

/** Order  highest priority first; the shop's own order between equal ones is not known. */
export const shopwareOffers = (promotions: readonly PromotionRecord[], world: DiscountWorld): TranslatedOffers => {
  const offers: Offer[] = []
  const notComputable: NotComputable[] = []
  const sorted = [...promotions].sort((a, b) => b.priority - a.priority || (a.id < b.id ? -1 : 1))
  for (const promotion of sorted) {
    const offer = offerOf(promotion, world)
    if (isWhy(offer)) notComputable.push({ offerId: promotion.id, why: offer.why })
    else offers.push(offer)
  }
  return { offers, notComputable, warnings: warningsFor(sorted.filter(({ active }) => active), new Set(offers.map(({ id }) => String(id)))) }
}

const offerOf = (promotion: PromotionRecord, world: DiscountWorld): Offer | Why => {
  const { id, active, priority, preventCombination, exclusionIds } = promotion
  const fault = whyNot(promotion)
  if (fault) return fault
  const when = conditionsOf(promotion, world)
  if (isWhy(when)) return when
  const effects = promotion.discounts.map((discount) => effectOf(discount, promotion, world))
  const wrong = effects.find(isWhy)
  if (wrong) return wrong
  return {
    id: id as OfferId,
    name: promotion.name ?? promotion.translated?.name ?? id,
    enabled: active,
    priority,
    ...(preventCombination ? { exclusive: true } : {}),
    ...(exclusionIds.length > 0 ? { excludes: exclusionIds } : {}),
    ...termsOf(promotion),
    ...(when.length > 0 ? { when: { type: 'all', of: when } } : {}),
    effects: effects as readonly Effect[],
  }
}

/** Times of the shop have a zone; those of the house are in UTC. */
export const termsOf = ({ useCodes, code, validFrom, validUntil }: PromotionRecord): Pick<Offer, 'trigger' | 'window'> => {
  const [from, until] = [instant(validFrom), instant(validUntil)]
  return {
    ...(useCodes && code ? { trigger: { type: 'code', codes: [normalCode(code)] } } : {}),
    ...(from || until ? { window: { ...(from && { from }), ...(until && { until }) } } : {}),
  }
}

const instant = (written: string | null): string | null => {
  const at = written === null ? NaN : Date.parse(written)
  return Number.isNaN(at) ? null : new Date(at).toISOString()
}

const whyNot = ({ discounts, maxRedemptionsGlobal, maxRedemptionsPerCustomer, useCodes, useIndividualCodes, code, customerRestriction, validFrom, validUntil }: PromotionRecord): Why | null => {
  if (discounts.length === 0) return { why: 'it has no discount, so it does nothing' }
  if ((maxRedemptionsGlobal ?? 0) > 0 || (maxRedemptionsPerCustomer ?? 0) > 0) return { why: 'its uses are limited, and the shop counts them' }
  if (useIndividualCodes) return { why: 'each of its codes holds once, and the shop knows which are used' }
  if (useCodes && !code) return { why: 'it needs a code, and none is set' }
  if (customerRestriction) return { why: 'it is for single customers' }
  return [validFrom, validUntil].some((written) => written !== null && instant(written) === null) ? { why: 'its period cannot be read' } : null
}

/** For each kind of rules one must hold; then every set must be there. */
const conditionsOf = (promotion: PromotionRecord, world: DiscountWorld): readonly Condition[] | Why => {
  const conditions: Condition[] = []
  for (const ids of [promotion.personaRules, promotion.cartRules, promotion.orderRules]) {
    if (ids.length === 0) continue
    const rules = rulesNamed(ids, world)
    const condition = isWhy(rules) ? rules : conditionOfRules(rules, world)
    if (isWhy(condition)) return condition
    if (condition.type !== 'all' || condition.of.length > 0) conditions.push(condition)
  }
  if (!promotion.useSetGroups || promotion.setgroups.length === 0) return conditions
  const groups = groupsOf(promotion, world)
  if (isWhy(groups)) return groups
  return [...conditions, ...groups.map(isThere)]
}

type Group = Extract<Effect, { type: 'set' }>['groups'][number]

const isThere = ({ count, amountMinor, select }: Group): Condition => {
  const narrowed = select ? { select } : {}
  return amountMinor === undefined ? { type: 'quantity', op: 'gte', value: count, ...narrowed } : { type: 'subtotal', op: 'gte', amountMinor, basis: 'initial', ...narrowed }
}

/** Of two promotions of one priority of which one keeps the other away, nobody outside knows which comes first. */
const warningsFor = (active: readonly PromotionRecord[], computable: ReadonlySet<string>): readonly OfferWarning[] =>
  active
    .filter((one) => computable.has(one.id))
    .filter((one) => active.some((other) => other.id !== one.id && other.priority === one.priority && (keepsAway(one, other) || keepsAway(other, one)) && keepsAway(one, other) === keepsAway(other, one)))
    .map(({ id }) => ({ offerId: id, what: 'another promotion of the same priority keeps it away and is kept away by it; give them different ones', leave: true as const }))

const keepsAway = (one: PromotionRecord, other: PromotionRecord): boolean => one.preventCombination || one.exclusionIds.includes(other.id)
