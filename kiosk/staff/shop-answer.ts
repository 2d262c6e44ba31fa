/** Whether the web shop says the same about offers as this device computes. */
import type { OfferAnswer } from '#shared/basket/offer-answers.ts'
import { canonicalJson, type Json } from '#shared/kernel/json.ts'

export type ShopAnswer =
  /** The question is on its way. */
  | { readonly type: 'asking' }
  /** The shop cannot be asked now; what stands here was computed on this device. */
  | { readonly type: 'not asked' }
  | { readonly type: 'same'; readonly at: number }
  /** The shop works with another release; both answers may be right for theirs. */
  | { readonly type: 'other release'; readonly at: number; readonly differing: readonly string[] }
  | { readonly type: 'different'; readonly at: number; readonly differing: readonly string[] }

/** Compares answer by answer; `differing` are the ids of the offers. */
export const compareAnswers = (own: readonly OfferAnswer[], shop: readonly OfferAnswer[], at: number): ShopAnswer => {
  const ids = [...new Set([...own, ...shop].map(({ offer }) => offer))]
  const said = (all: readonly OfferAnswer[], id: string): string | null => {
    const answer = all.find(({ offer }) => offer === id)
    if (!answer) return null
    const { validNow, channels, from, until, verdict } = answer
    return canonicalJson({ validNow, channels, from, until, verdict } as Json)
  }
  const differing = ids.filter((id) => said(own, id) !== said(shop, id))
  if (differing.length === 0) return { type: 'same', at }
  const isSameRelease = own.every(({ releaseHash }) => shop.every((answer) => answer.releaseHash === releaseHash))
  return { type: isSameRelease ? 'different' : 'other release', at, differing }
}
