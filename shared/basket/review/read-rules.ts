/** What can be seen by reading one offer. */
import { inCurrency } from '../../offers/amounts-in-currency.ts'
import { isExhausted } from '../../offers/compile-offers.ts'
import { stageOf } from '../../offers/effects/effects.ts'
import type { Effect, Filter, Offer } from '../../offers/offer.ts'
import type { RefusedOffer, UnreadOffer } from '../../offers/read-offers.ts'
import { whyUnsupported } from '../../offers/unsupported.ts'
import { conjuncts } from './contradictions.ts'
import { found, type Finding, type ReviewedOffer } from './finding.ts'
import { whyImpossible } from './impossible-conditions.ts'
import { dayAt, firstMoment, hoursOf, windowOf } from './open-hours.ts'
import { both, dayWords, inBoth, named, someOf } from './review-words.ts'
import type { ReviewedShop } from './reviewed-shop.ts'

const CHANNELS: ReadonlySet<string> = new Set(['store', 'web'])

/** Offers that were not even let in, as findings. */
export const malformedFindings = (refused: readonly RefusedOffer[]): readonly Finding[] =>
  refused.map(({ path, reason, id }) => found('malformed', id === undefined ? [] : [id], path, both(`Das Angebot ${id === undefined ? `an Stelle ${path.split('.')[0]}` : `„${id}“`} hat eine Form, die nicht berechnet werden kann (${path}: ${reason}).`, `The offer ${id === undefined ? `at place ${path.split('.')[0]}` : `“${id}”`} has a shape that cannot be computed (${path}: ${reason}).`)))

/** Offers of a release that are left to the checkout because nobody here can compute them, by their title. */
export const unreadFindings = (unread: readonly UnreadOffer[]): readonly Finding[] =>
  unread.map(({ path, reason, told }) => found('malformed', [told.offer.id], path, both(`„${told.title.de}“ kann nicht berechnet werden und ${told.certainty === 'checkout' ? 'bleibt der Kasse überlassen' : 'wird nirgends abgezogen'} (${path}: ${reason}).`, `“${told.title.en}” cannot be computed and is ${told.certainty === 'checkout' ? 'left to the checkout' : 'taken off nowhere'} (${path}: ${reason}).`)))

/** Everything that one offer says against itself, in the order of its fields. */
export const readOffer = (reviewed: ReviewedOffer, shop: ReviewedShop): readonly Finding[] => {
  const told = { ...reviewed, offer: inCurrency(reviewed.offer, shop.assortment.store.currency) }
  return [...placeFindings(told, shop), ...windowFindings(told, shop), ...conditionFindings(told, shop), ...effectFindings(told, shop), ...policyFindings(told, shop)]
}

/** Whether these findings mean that the offer gives nothing to anybody, so that trying it in baskets is pointless. */
export const isDead = (findings: readonly Finding[]): boolean => findings.some(({ rule }) => DEADLY.has(rule))

const DEADLY = new Set<Finding['rule']>(['window-empty', 'window-over', 'channel-none', 'currency-none', 'never', 'contradiction', 'out-of-reach', 'time-never', 'place-never', 'select-empty', 'code-unusable', 'code-hidden', 'no-effect', 'exhausted', 'unsupported', 'gift-unknown'])

const never = (reviewed: ReviewedOffer, rule: Finding['rule'], path: string, de: string, en: string): Finding =>
  found(rule, [reviewed.offer.id], path, inBoth((language) => (language === 'de' ? `${named(reviewed, 'de')} kann nie gelten: ${de}.` : `${named(reviewed, 'en')} can never hold: ${en}.`)))

const placeFindings = (reviewed: ReviewedOffer, { assortment: { store } }: ReviewedShop): readonly Finding[] => {
  const { channels, currencies } = reviewed.offer
  const findings: Finding[] = []
  const unknown = channels?.filter((channel) => !CHANNELS.has(channel)) ?? []
  if (channels && unknown.length === channels.length) findings.push(never(reviewed, 'channel-none', 'channels', 'es ist weder für den Markt noch für den Online-Shop freigegeben', 'it is open neither in the store nor in the web shop'))
  else if (unknown.length > 0) findings.push(found('channel-unknown', [reviewed.offer.id], 'channels', inBoth((language) => (language === 'de' ? `${named(reviewed, 'de')} nennt einen unbekannten Vertriebsweg: ${unknown.join(', ')}.` : `${named(reviewed, 'en')} names an unknown channel: ${unknown.join(', ')}.`))))
  if (currencies && !currencies.includes(store.currency)) findings.push(never(reviewed, 'currency-none', 'currencies', `hier wird in ${store.currency} bezahlt`, `people pay in ${store.currency} here`))
  return findings
}

const windowFindings = (reviewed: ReviewedOffer, { assortment: { store }, now }: ReviewedShop): readonly Finding[] => {
  const { from, until } = windowOf(reviewed.offer)
  const last = dayAt(until, store.timeZone)
  if (from > until) {
    const first = dayAt(from, store.timeZone)
    return [never(reviewed, 'window-empty', 'window', `es endet (${dayWords(last, 'de')}), bevor es beginnt (${dayWords(first, 'de')})`, `it ends (${dayWords(last, 'en')}) before it begins (${dayWords(first, 'en')})`)]
  }
  if (until < now) return [found('window-over', [reviewed.offer.id], 'window.until', inBoth((language) => (language === 'de' ? `${named(reviewed, 'de')} ist seit ${dayWords(last, 'de')} vorbei.` : `${named(reviewed, 'en')} has been over since ${dayWords(last, 'en')}.`)))]
  const exhausted = isExhausted(reviewed.offer)
  return exhausted ? [found('exhausted', [reviewed.offer.id], 'limits', inBoth((language) => (language === 'de' ? `${named(reviewed, 'de')} ist aufgebraucht.` : `${named(reviewed, 'en')} is used up.`)))] : []
}

const conditionFindings = (reviewed: ReviewedOffer, shop: ReviewedShop): readonly Finding[] => {
  const { offer } = reviewed
  const impossible = whyImpossible(offer.when, shop)
  if (impossible) return [never(reviewed, impossible.rule, impossible.path, impossible.why.de, impossible.why.en)]
  const window = windowOf(offer)
  const timed = window.from <= window.until && firstMoment(hoursOf(conjuncts(offer.when)), window, 0 as typeof shop.now, shop.assortment.store.timeZone) === null
  return timed ? [never(reviewed, 'time-never', 'when', 'in seiner Laufzeit kommt keiner der verlangten Wochentage und keine der Uhrzeiten vor', 'none of its weekdays and times of day falls into its window')] : []
}

const effectFindings = (reviewed: ReviewedOffer, shop: ReviewedShop): readonly Finding[] => {
  const { offer } = reviewed
  const working = offer.effects.filter((effect) => (stageOf(effect) === 'catalog') === (offer.stage === 'catalog'))
  const findings: Finding[] = []
  if (working.length === 0) findings.push(never(reviewed, 'no-effect', 'effects', offer.effects.length === 0 ? 'es bewirkt nichts' : 'seine Wirkung passt nicht zu seiner Stufe (Katalog oder Warenkorb)', offer.effects.length === 0 ? 'it does nothing' : 'its effect does not belong to its stage (catalogue or cart)'))
  const empty = offer.effects.flatMap((effect, i) => selectsOf(effect, `effects.${i}`)).filter(({ select }) => select !== undefined && shop.articles.select(select).count === 0)
  const first = empty[0]
  if (first) findings.push(never(reviewed, 'select-empty', first.path, 'kein Artikel im Sortiment passt zur Auswahl', 'no article of the assortment fits the selection'))
  const missing = empty.length > 0 ? [] : unknownArticles(offer, shop)
  if (missing.length > 0) findings.push(found('article-unknown', [offer.id], missing[0]!.path, inBoth((language) => (language === 'de' ? `${named(reviewed, 'de')} nennt Artikel, die es nicht gibt: ${someOf(missing.map(({ sku }) => sku), 'de')}.` : `${named(reviewed, 'en')} names articles that do not exist: ${someOf(missing.map(({ sku }) => sku), 'en')}.`))))
  offer.effects.forEach((effect, i) => {
    if (effect.type === 'gift' && !shop.articles.bySku.has(effect.sku)) findings.push(found('gift-unknown', [offer.id], `effects.${i}.sku`, inBoth((language) => (language === 'de' ? `${named(reviewed, 'de')} verspricht eine Zugabe, die es nicht gibt (${effect.sku}).` : `${named(reviewed, 'en')} promises a gift that does not exist (${effect.sku}).`))))
  })
  return findings
}

type Place = { readonly path: string; readonly select: Filter | undefined }

/** Every selection of an effect with its place. */
export const selectsOf = (effect: Effect, path: string): readonly Place[] => {
  switch (effect.type) {
    case 'buyGet':
      return [{ path: `${path}.buy.select`, select: effect.buy.quantity > 0 ? effect.buy.select : undefined }, { path: `${path}.get.select`, select: effect.get.select }]
    case 'set':
      return effect.groups.map(({ select }, i) => ({ path: `${path}.groups.${i}.select`, select }))
    case 'gift':
    case 'shippingDiscount':
      return []
    default:
      return [{ path: `${path}.select`, select: effect.select }]
  }
}

const unknownArticles = ({ effects, when }: Offer, { articles }: ReviewedShop): readonly { readonly path: string; readonly sku: string }[] => {
  const conditions = conjuncts(when).flatMap((one, i) => ('select' in one && one.select ? [{ path: `when.${i}.select`, select: one.select }] : []))
  const places: readonly Place[] = [...conditions, ...effects.flatMap((effect, i) => selectsOf(effect, `effects.${i}`))]
  return places.flatMap(({ path, select }) => [...(select?.skus ?? []), ...(select?.notSkus ?? [])].filter((sku) => !articles.bySku.has(sku)).map((sku) => ({ path, sku })))
}

const policyFindings = (reviewed: ReviewedOffer, { policies }: ReviewedShop): readonly Finding[] => {
  const { offer, certainty } = reviewed
  const findings: Finding[] = []
  for (const what of whyUnsupported([offer], policies, {})) findings.push(found('unsupported', [offer.id], '', inBoth((language) => (language === 'de' ? `${named(reviewed, 'de')} kann die Rechenart dieses Shops nicht berechnen (${what}).` : `${named(reviewed, 'en')} cannot be computed in this shop's dialect (${what}).`))))
  const outside = policies.lanes !== undefined && offer.stage !== 'catalog' && !policies.lanes.includes(offer.lane ?? 'default')
  if (outside) findings.push(found('unsupported', [offer.id], 'lane', inBoth((language) => (language === 'de' ? `${named(reviewed, 'de')} steht in einer Gruppe, die dieser Shop nicht bedient (${offer.lane ?? 'default'}).` : `${named(reviewed, 'en')} is in a lane that this shop does not serve (${offer.lane ?? 'default'}).`))))
  const ignored = ignoredKeys(reviewed.offer, policies)
  if (ignored.length > 0) findings.push(found('policy-ignored', [offer.id], ignored[0]!, inBoth((language) => (language === 'de' ? `Dieser Shop beachtet bei ${named(reviewed, 'de')} nicht: ${ignored.join(', ')}.` : `This shop does not heed on ${named(reviewed, 'en')}: ${ignored.join(', ')}.`))))
  if (certainty === 'exact' && needsCustomer(offer)) findings.push(found('certainty', [offer.id], 'certainty', inBoth((language) => (language === 'de' ? `${named(reviewed, 'de')} hängt vom Kunden ab, soll aber überall berechnet werden; es gehört an die Kasse.` : `${named(reviewed, 'en')} depends on the customer but is to be computed everywhere; it belongs to the checkout.`))))
  return findings
}

const ignoredKeys = ({ exclusive, priority, lane, stage }: Offer, policies: ReviewedShop['policies']): readonly string[] => [
  ...(exclusive && stage !== 'catalog' && (policies.exclusive ?? 'none') === 'none' ? ['exclusive'] : []),
  ...(priority !== undefined && priority !== 0 && policies.sort !== 'priorityDesc' ? ['priority'] : []),
  ...(lane !== undefined && policies.lanes === undefined ? ['lane'] : []),
]

const CUSTOMER = new Set(['customerGroup', 'customerTag', 'nthOrder', 'birthday'])
/** Whether any part of the condition is a fact about the person. */
export const needsCustomer = ({ when }: Offer): boolean => {
  const look = (one: Offer['when']): boolean => one !== undefined && (CUSTOMER.has(one.type) || (one.type === 'not' ? look(one.of) : (one.type === 'all' || one.type === 'any') && one.of.some(look)))
  return look(when)
}
