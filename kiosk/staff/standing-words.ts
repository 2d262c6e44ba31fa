/** Whether an offer holds now, said so that nobody takes "now" for "for everybody". */
import type { OfferAnswer } from '#shared/basket/offer-answers.ts'
import type { Missing } from '#shared/offers/priced-basket.ts'

/** What more of the same shopping cannot bring. */
const PERSONAL: ReadonlySet<Missing['type']> = new Set(['code', 'customerGroup', 'customerTag', 'birthday', 'nthOrder', 'shippingMethod', 'country', 'store'])

/** now: for every shopper · conditional: only with a code, a card, a way of delivery … · not now: outside its time. */
export type Standing = 'now' | 'conditional' | 'not now'

export const standingOf = ({ validNow, verdict }: Pick<OfferAnswer, 'validNow' | 'verdict'>): Standing => {
  if (!validNow) return 'not now'
  return verdict.status === 'missed' && verdict.missing.some(({ type }) => PERSONAL.has(type)) ? 'conditional' : 'now'
}
