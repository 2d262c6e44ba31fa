/** Each offer alone in a basket made for it: does it give anything, does it give everything away? */
import type { Product } from '../../catalogue/product.ts'
import type { Offer } from '../../offers/offer.ts'
import { found, type Finding, type ReviewedOffer } from './finding.ts'
import { selectsOf } from './read-rules.ts'
import { inBoth, money, named } from './review-words.ts'
import type { ReviewedShop } from './reviewed-shop.ts'
import { depthBps, evidenceOf, type Pricer, type Trial } from './try-basket.ts'
import { witnessFor, type Wish } from './witness-basket.ts'

/** An offer that works, with the basket that shows it and how deep it cuts there. */
export type Solo = { readonly reviewed: ReviewedOffer; readonly trial: Trial; readonly depthBps: number }

/** Baskets that are built for an offer until one makes it apply. */
export const WISHES: readonly Wish[] = [{}, { climb: true }, { stretchPercent: 150 }, { dearest: true, climb: true }, { dearest: true, stretchPercent: 300 }]

/** The first basket in which the offer gives something, and the deepest cut among the plain and the climbing one. */
export const trySolo = (reviewed: ReviewedOffer, shop: ReviewedShop, price: Pricer): Solo | null => {
  const { offer } = reviewed
  const set = [offer]
  let best: Trial | null = null
  for (const wish of WISHES) {
    if (best && !(wish.climb && hasTiers(offer))) continue
    const witness = witnessFor(set, shop, wish)
    const trial = witness && price(witness, set)
    if (trial?.applied.has(offer.id) && (!best || depthBps(trial) > depthBps(best))) best = trial
  }
  return best && { reviewed, trial: best, depthBps: depthBps(best) }
}

const hasTiers = ({ effects }: Offer): boolean => effects.some((effect) => 'value' in effect && 'tiers' in effect.value)

/** What an offer alone does that the merchant should know. */
export const soloFindings = (reviewed: ReviewedOffer, solo: Solo | null, shop: ReviewedShop, price: Pricer): readonly Finding[] => {
  const { offer } = reviewed
  if (!solo) return [found('gives-nothing', [offer.id], '', inBoth((language) => (language === 'de' ? `In keinem Einkauf, der dafür zusammengestellt wurde, gab ${named(reviewed, 'de')} etwas.` : `No basket that was put together for it made ${named(reviewed, 'en')} give anything.`)))]
  const { trial } = solo
  if (trial.paidCents <= 0 && trial.baseCents > 0) {
    return [found('free', [offer.id], '', inBoth((language) => (language === 'de' ? `${named(reviewed, 'de')} macht einen Einkauf für ${money(trial.baseCents, 'de')} kostenlos.` : `${named(reviewed, 'en')} makes a basket worth ${money(trial.baseCents, 'en')} free.`)), evidenceOf(trial))]
  }
  const dear = belowCost(reviewed, trial, shop, price)
  if (!dear) return []
  return [found('below-cost', [offer.id], '', inBoth((language) => (language === 'de' ? `Mit ${named(reviewed, 'de')} kosten Waren ${money(dear.paidCents, 'de')}, der Einkaufspreis ist ${money(dear.costCents!, 'de')}.` : `With ${named(reviewed, 'en')} goods sell for ${money(dear.paidCents, 'en')} that cost ${money(dear.costCents!, 'en')}.`)), evidenceOf(dear))]
}

const belowCost = ({ offer }: ReviewedOffer, trial: Trial, shop: ReviewedShop, price: Pricer): Trial | null => {
  if (shop.costs.size === 0) return null
  if (isBelowCost(trial)) return trial
  const focus = thinnest(reachOf(offer, shop) ?? shop.articles.select(undefined).examples, shop)
  const witness = focus && witnessFor([offer], shop, { focus })
  const other = witness && price(witness, [offer])
  return other && isBelowCost(other) ? other : null
}

/** Whether the goods sell for less than they cost, as far as that is known. */
export const isBelowCost = ({ costCents, paidCents, baseCents }: Trial): boolean => costCents !== null && paidCents < costCents && paidCents < baseCents

/** The article with the thinnest margin. */
export const thinnest = (products: readonly Product[], { costs }: ReviewedShop): Product | null => {
  const known = products.filter(({ sku }) => costs.has(sku))
  return known.reduce<Product | null>((one, other) => (one === null || costs.get(other.sku)! * one.priceCents > costs.get(one.sku)! * other.priceCents ? other : one), null)
}

/** Articles that an offer makes cheaper, the cheapest ones; null: any. Delivery alone touches none. */
export const reachOf = ({ effects }: Offer, { articles }: ReviewedShop): readonly Product[] | null => {
  const selects = effects.flatMap((effect, i) => (effect.type === 'gift' || effect.type === 'shippingDiscount' ? [] : effect.type === 'buyGet' ? [effect.get.select] : selectsOf(effect, String(i)).map(({ select }) => select)))
  if (selects.includes(undefined)) return null
  return [...new Set(selects.flatMap((select) => articles.select(select).examples))]
}
