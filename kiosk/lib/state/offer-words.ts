/** What became of an offer in a basket, in sentences: the same on kiosk, staff tablet and phone, made from the engine's verdicts. */
import type { OfferStanding } from './offers-view.ts'
import { explainNext, explainVerdict } from '#shared/offers/explain.ts'
import type { Telling } from '#shared/offers/telling.ts'

/** Sentences about one offer: what it did, what is missing, what the next step needs. */
export const offerWords = ({ verdict, offer }: OfferStanding, telling: Telling): readonly string[] => {
  if (!verdict) return []
  const told = { ...telling, certainty: offer.certainty }
  const next = explainNext(verdict, told)
  return [explainVerdict(verdict, told), ...(next ? [next] : [])].filter((words) => words !== '')
}
