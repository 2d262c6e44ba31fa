/**
 * Reductions that may not be announced as they are, and sales that are none.
 * Source  PAngV § 11 (1), CJEU C-330/23: the lowest price of the 30 days before the reduction, on either channel and with all earlier offers,
 *         is the only reference. `exemptionOf` says which offers the law does not look at.
 */
import { PRIOR_PRICE_DAYS, priorPriceOfOffer, type PriorPrice } from '../../catalogue/prior-price.ts'
import type { PriceEntry } from '../../catalogue/price-entry.ts'
import type { Product } from '../../catalogue/product.ts'
import { cents, type Cents } from '../../kernel/money.ts'
import { addDays, type Day } from '../../kernel/time.ts'
import { exemptionOf } from '../../offers/exemption.ts'
import type { Effect, Offer, SimpleValue } from '../../offers/offer.ts'
import { askedPrices } from '../asked-prices.ts'
import { found, type Finding, type PriceEvidence, type ReviewedOffer, type Rule } from './finding.ts'
import { dayAt, daysOf, windowOf } from './open-hours.ts'
import { both, dayWords, inBoth, money, named } from './review-words.ts'
import type { ReviewedShop } from './reviewed-shop.ts'
import type { Pricer } from './try-basket.ts'
import { witnessFor } from './witness-basket.ts'

/** Longer than the period the law looks back on, a reduced price is its own reference. */
export const MAX_SALE_DAYS = PRIOR_PRICE_DAYS

/** Articles whose prices of the last weeks are worked out, over all offers: some 1 ms each where many offers touch them. */
export const MAX_REFERENCES = 3000

/** Everything the law has to say about these offers, in their order. */
export const lawFindings = (offers: readonly ReviewedOffer[], shop: ReviewedShop, price: Pricer): readonly Finding[] => {
  let left = MAX_REFERENCES
  const findings: Finding[] = []
  for (const reviewed of offers) {
    const isPublic = exemptionOf({ offer: reviewed.offer, certainty: reviewed.certainty ?? 'exact' }) === null
    const effects = reviewed.offer.effects.filter((effect) => isPublic && lowersEveryPiece(effect))
    if (effects.length === 0) continue
    findings.push(...lengthFindings(reviewed, shop))
    const products = [...new Set(effects.flatMap((effect) => shop.articles.select('select' in effect ? effect.select : undefined).examples))].slice(0, Math.max(0, left))
    left -= products.length
    findings.push(...referenceFindings(reviewed, products, shop, price))
  }
  return left > 0 ? findings : [...findings, found('limit-reached', [], '', both(`Der niedrigste Preis der 30 Tage davor wurde für ${MAX_REFERENCES} Artikel geprüft, für weitere nicht.`, `The lowest price of the 30 days before was looked at for ${MAX_REFERENCES} articles, for others not.`))]
}

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

/** Without a first day there is no period before it; the endless sale is told already. */
const referenceFindings = (reviewed: ReviewedOffer, products: readonly Product[], shop: ReviewedShop, price: Pricer): readonly Finding[] => {
  const { offer } = reviewed
  if (offer.window?.from === undefined) return []
  const since = dayAt(windowOf(offer).from, shop.assortment.store.timeZone)
  const troubles = products.flatMap((product) => troubleOf(product, since, offer, shop, price) ?? [])
  return [...new Set(troubles.map(({ rule }) => rule))].map((rule) => {
    const same = troubles.filter((trouble) => trouble.rule === rule)
    return announce(reviewed, same[0]!, same.length)
  })
}

const troubleOf = (product: Product, since: Day, offer: Offer, shop: ReviewedShop, price: Pricer): Trouble | null => {
  const paid = priceOfOne(product, offer, shop, price)
  if (paid === null || paid >= product.priceCents) return null
  const prior = lowerOf(historiesOf(product, since, shop).map((priceHistory) => priorPriceOfOffer({ ...product, priceHistory }, paid, since)))
  const evidence = { type: 'price', sku: product.sku, since, priceCents: paid, previousCents: prior?.previousCents ?? product.priceCents, lowestCents: prior?.lowestCents ?? null } as const
  if (!prior) return { rule: 'reference-missing', product, evidence }
  if (prior.exempt) return null
  if (!prior.mayAnnounce) return { rule: 'reference-lower', product, evidence }
  const claimed = claimedPercent(offer)
  // A price rounded to cents may miss the whole percent by one.
  return claimed !== null && prior.lowestCents < product.priceCents && claimed > prior.percent + 1 ? { rule: 'percent-overstated', product, evidence } : null
}

/** What was asked on either channel up to the day before. */
const historiesOf = (product: Product, since: Day, { histories, assortment }: ReviewedShop): readonly (readonly PriceEntry[])[] => {
  const given = histories?.get(product.sku)
  if (given) return [given]
  const before = addDays(since, -1)
  return (['store', 'web'] as const).map((channel) => askedPrices(product, channel, assortment, before))
}

const lowerOf = (priors: readonly (PriorPrice | null)[]): PriorPrice | null =>
  priors.filter((prior) => prior !== null).reduce<PriorPrice | null>((one, other) => (one === null || other.lowestCents < one.lowestCents ? other : one), null)

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
