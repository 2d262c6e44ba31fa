/** Whether an offer holds now, said so that nobody takes "now" for "for everybody". */
import type { OfferAnswer } from '#shared/basket/offer-answers.ts'
import type { Missing } from '#shared/offers/priced-basket.ts'

/** What more of the same shopping cannot bring. */
const PERSONAL: ReadonlySet<Missing['type']> = new Set(['code', 'customerGroup', 'customerTag', 'birthday', 'nthOrder', 'shippingMethod', 'country', 'store'])

/** now: for every shopper · with delivery: for all who choose that way · conditional: only with a code, a card, in another country … · not now: outside its time. */
export type Standing = 'now' | 'with delivery' | 'conditional' | 'not now'

export const standingOf = ({ validNow, verdict }: Pick<OfferAnswer, 'validNow' | 'verdict'>): Standing => {
  if (!validNow) return 'not now'
  const personal = verdict.status === 'missed' ? verdict.missing.filter(({ type }) => PERSONAL.has(type)) : []
  if (personal.length === 0) return 'now'
  return personal.every(({ type }) => type === 'shippingMethod') ? 'with delivery' : 'conditional'
}
