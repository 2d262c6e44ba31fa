/** Offer codes: how people type them, and which published offers they unlock. */
import type { PublishedOffer } from '../offers/offer.ts'
import { oncePer } from '../offers/once.ts'
import type { Assortment } from './assortment.ts'

/** The code as the merchant spells it, for what somebody typed; null if no offer has it. Letter case, spaces and hyphens do not count. */
export const spelledCode = (entered: string, assortment: Assortment): string | null => {
  const wanted = bare(entered)
  if (wanted === '') return null
  return spellings(assortment).get(wanted) ?? null
}

/** Of two codes that people cannot tell apart, the first. */
const spellings = oncePer((assortment: Assortment): ReadonlyMap<string, string> =>
  new Map(publishedOffers(assortment).flatMap(codesOfOffer).reverse().map((code) => [bare(code), code])),
)

/** The offers that these codes unlock, in the order of their numbers. */
export const offersOfCodes = (codes: readonly string[], assortment: Assortment): readonly PublishedOffer[] => {
  const wanted = new Set(codes.map(bare))
  return publishedOffers(assortment).filter((offer) => codesOfOffer(offer).some((code) => wanted.has(bare(code)))).sort((a, b) => a.number - b.number)
}

/** A code for each of these offer numbers, so that a basket can be rebuilt from a hand-off, which holds numbers only. */
export const codesOfNumbers = (numbers: readonly number[], assortment: Assortment): readonly string[] =>
  numbers.flatMap((number) => publishedOffers(assortment).filter((offer) => offer.number === number).flatMap((offer) => codesOfOffer(offer).slice(0, 1)))

/** All offers of a release: also those that only the checkout understands, whose code is a good code. */
export const publishedOffers = ({ offers, unread }: Assortment): readonly PublishedOffer[] => (unread?.length ? [...offers, ...unread.map(({ told }) => told)] : offers)

/** The codes that unlock an offer, as the merchant spells them; none if it needs none. */
export const codesOfOffer = (published: PublishedOffer): readonly string[] =>
  published.offer.trigger?.type === 'code' ? published.offer.trigger.codes : []

const bare = (code: string): string => code.toUpperCase().replaceAll(/[\s-]/g, '')
