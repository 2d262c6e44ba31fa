/** The store's own baskets, as kiosks handed them over: what a rehearsal replays. */
import type { Assortment } from '#shared/basket/assortment.ts'
import type { PastBasket } from '#shared/basket/review/rehearse.ts'
import { decodeHandoff } from '#shared/handoff/decode-handoff.ts'
import { basketOfHandoff } from '#shared/handoff/handoff-basket.ts'
import type { QuoteStore } from '#hub/ports/quotes.ts'

/** Enough for honest intervals, few enough to answer within seconds. */
export const MAX_REPLAYED = 2000

/** Shape  articles that the assortment no longer has count as lines without an article; training codes are left out. Order  newest first. */
export const handedOverBaskets = (quotes: Pick<QuoteStore, 'newestShown'>, assortment: Assortment): readonly PastBasket[] =>
  quotes.newestShown(MAX_REPLAYED).flatMap(({ digits, issuedAt }) => {
    const decoded = decodeHandoff(digits)
    if (!decoded.ok || decoded.value.handoff.training) return []
    const { basket, unknownNumbers } = basketOfHandoff(decoded.value.handoff, assortment)
    return [{ ...basket, at: issuedAt, unmapped: unknownNumbers.length }]
  })
