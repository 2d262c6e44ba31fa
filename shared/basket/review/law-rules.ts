/**
 * Reductions that may not be announced as they are, and sales that are none.
 * Source  PAngV § 11 (1), CJEU C-330/23: the lowest price of the 30 days before the reduction is the only reference. Voucher codes for everybody
 *         count as announced; offers for some people, from a quantity on or from a sum on do not.
 */
import { PRIOR_PRICE_DAYS, priorPriceOfOffer } from '../../catalogue/prior-price.ts'
import type { PriceEntry, Product } from '../../catalogue/product.ts'
import { cents, type Cents } from '../../kernel/money.ts'
import { addDays, type Day } from '../../kernel/time.ts'
import type { Condition, Effect, Offer, SimpleValue } from '../../offers/offer.ts'
import { conjuncts } from './contradictions.ts'
import { found, type Finding, type PriceEvidence, type ReviewedOffer, type Rule } from './finding.ts'
import { dayAt, daysOf, windowOf } from './open-hours.ts'
import { dayWords, inBoth, money, named } from './review-words.ts'
import type { ReviewedShop } from './reviewed-shop.ts'
import type { Pricer } from './try-basket.ts'
import { witnessFor } from './witness-basket.ts'

/** Longer than the period the law looks back on, a reduced price is its own reference. */
export const MAX_SALE_DAYS = PRIOR_PRICE_DAYS

/** Everything the law has to say about one offer. */
export const lawFindings = (reviewed: ReviewedOffer, shop: ReviewedShop, price: Pricer): readonly Finding[] => {
  const effects = reviewed.offer.effects.filter((effect) => isForEverybody(reviewed.offer) && lowersEveryPiece(effect))
  return effects.length === 0 ? [] : [...lengthFindings(reviewed, shop), ...referenceFindings(reviewed, effects, shop, price)]
}

const OPEN_TO_ALL = new Set<Condition['type']>(['weekday', 'timeOfDay', 'country', 'store', 'shippingMethod'])
const isForEverybody = ({ when }: Offer): boolean => conjuncts(when).every(({ type }) => OPEN_TO_ALL.has(type))

/** A single piece costs less: what a shelf label would call a reduction. An amount off the whole basket is none of an article. */
const lowersEveryPiece = (effect: Effect): boolean => {
  if (effect.type === 'orderDiscount') return 'percent' in effect.value && effect.capMinor === undefined
  return effect.type === 'unitPrice' || effect.type === 'unitDiscount' || effect.type === 'lineDiscount'
}

const lengthFindings = (reviewed: ReviewedOffer, { assortment: { store }, now }: ReviewedShop): readonly Finding[] => {
  const { offer } = reviewed
  if (offer.window?.until === undefined) {
    return [found('sale-endless', [offer.id], 'window.until', inBoth((language) => (language === 'de' ? `${named(reviewed, 'de')} endet nie: Ein Preis, der immer gilt, ist keine Ermäßigung.` : `${named(reviewed, 'en')} never ends: a price that always holds is no reduction.`)))]
  }
  const from = offer.window.from === undefined ? dayAt(now, store.timeZone) : dayAt(windowOf(offer).from, store.timeZone)
  const span = daysOf({ ...offer, window: { from: offer.window.from ?? new Date(now).toISOString(), until: offer.window.until } }, store.timeZone)
  if (!span || span.days <= MAX_SALE_DAYS) return []
  const own = addDays(from, MAX_SALE_DAYS)
  return [
    found('sale-long', [offer.id], 'window', inBoth((language) =>
      language === 'de'
        ? `${named(reviewed, 'de')} läuft ${span.days} Tage: Ab ${dayWords(own, 'de')} ist der ermäßigte Preis selbst der niedrigste der letzten ${MAX_SALE_DAYS} Tage, eine neue Ermäßigung hätte nichts mehr abzuziehen.`
        : `${named(reviewed, 'en')} runs for ${span.days} days: from ${dayWords(own, 'en')} the reduced price is itself the lowest of the last ${MAX_SALE_DAYS} days, and a new reduction would have nothing to take off.`,
    )),
  ]
}

type Trouble = { readonly rule: Rule; readonly product: Product; readonly evidence: Omit<PriceEvidence, 'articles'> }

const referenceFindings = (reviewed: ReviewedOffer, effects: readonly Effect[], shop: ReviewedShop, price: Pricer): readonly Finding[] => {
  const since = sinceOf(reviewed.offer, shop)
  const products = new Set(effects.flatMap((effect) => shop.articles.select('select' in effect ? effect.select : undefined).examples))
  const troubles = [...products].flatMap((product) => troubleOf(product, since, reviewed.offer, shop, price) ?? [])
  const rules = [...new Set(troubles.map(({ rule }) => rule))]
  return rules.map((rule) => {
    const same = troubles.filter((trouble) => trouble.rule === rule)
    return announce(reviewed, same[0]!, same.length)
  })
}

const sinceOf = (offer: Offer, { assortment: { store }, now }: ReviewedShop): Day => dayAt(offer.window?.from === undefined ? now : windowOf(offer).from, store.timeZone)

const troubleOf = (product: Product, since: Day, offer: Offer, shop: ReviewedShop, price: Pricer): Trouble | null => {
  const history = shop.histories?.get(product.sku) ?? product.priceHistory
  const known = { ...product, priceHistory: history }
  if (!needsLook(history, since, product.priceCents)) return null
  const paid = priceOfOne(product, offer, shop, price)
  if (paid === null || paid >= product.priceCents) return null
  const prior = priorPriceOfOffer(known, paid, since)
  const evidence = { type: 'price', sku: product.sku, since, priceCents: paid, previousCents: prior?.previousCents ?? product.priceCents, lowestCents: prior?.lowestCents ?? null } as const
  if (!prior) return { rule: 'reference-missing', product, evidence }
  if (prior.exempt) return null
  if (!prior.mayAnnounce) return { rule: 'reference-lower', product, evidence }
  const claimed = claimedPercent(offer)
  return claimed !== null && claimed > prior.percent + 1 ? { rule: 'percent-overstated', product, evidence } : null
}

/** Where the price never was lower than today in the period, any reduction is lawful: nothing to compute. */
const needsLook = (history: readonly PriceEntry[], since: Day, today: Cents): boolean => {
  const start = addDays(since, -PRIOR_PRICE_DAYS)
  for (const { from, cents: asked } of history) {
    if (from >= since) continue
    if (asked < today) return true
    if (from <= start) return false
  }
  return true
}

/** What one piece costs with this offer alone, by the engine. */
const priceOfOne = (product: Product, offer: Offer, shop: ReviewedShop, price: Pricer): Cents | null => {
  const witness = witnessFor([offer], shop, { focus: product })
  if (!witness) return null
  const trial = price({ ...witness, basket: { ...witness.basket, lines: [{ sku: product.sku, quantity: 1 }] } }, [offer])
  return cents(trial.paidCents)
}

/** The percent that the offer prints; null where it names none. */
const claimedPercent = ({ effects }: Offer): number | null => {
  const percents = effects.flatMap((effect) => ('value' in effect && 'percent' in effect.value ? [Number((effect.value as Extract<SimpleValue, { percent: string }>).percent)] : []))
  return percents.length === 0 ? null : Math.max(...percents)
}

const announce = (reviewed: ReviewedOffer, { rule, product, evidence }: Trouble, articles: number): Finding => {
  const { offer } = reviewed
  const more = (language: 'de' | 'en'): string => (articles === 1 ? '' : language === 'de' ? ` So ist es bei ${articles} Artikeln.` : ` The same holds for ${articles} articles.`)
  const sentence = inBoth((language) => {
    const name = named(reviewed, language)
    const article = product.name[language]
    const paid = money(evidence.priceCents, language)
    if (rule === 'reference-missing') return language === 'de' ? `${name} ermäßigt „${article}“, für den es vor ${dayWords(evidence.since, 'de')} keinen Preis gibt.${more('de')}` : `${name} reduces “${article}”, which had no price before ${dayWords(evidence.since, 'en')}.${more('en')}`
    const lowest = money(evidence.lowestCents!, language)
    if (rule === 'reference-lower') return language === 'de' ? `${name} ist keine Ermäßigung: „${article}“ kostet damit ${paid} und kostete in den 30 Tagen davor schon ${lowest}.${more('de')}` : `${name} is no reduction: “${article}” costs ${paid} with it and was ${lowest} within the 30 days before.${more('en')}`
    return language === 'de' ? `${name} verspricht mehr, als erlaubt ist: Von ${lowest}, dem niedrigsten Preis der 30 Tage davor, auf ${paid} sind es bei „${article}“ weniger Prozent.${more('de')}` : `${name} promises more than is allowed: from ${lowest}, the lowest price of the 30 days before, to ${paid} is a smaller percentage for “${article}”.${more('en')}`
  })
  return found(rule, [offer.id], '', sentence, { ...evidence, articles })
}
