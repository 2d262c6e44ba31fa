/** The manager looks at the offers: what the review finds in them today, and what they do to the store's own baskets. */
import type { Assortment } from '#shared/basket/assortment.ts'
import { startRehearsal } from '#shared/basket/review/rehearse.ts'
import { lintOffers } from '#shared/basket/review/lint-offers.ts'
import { unreadFindings } from '#shared/basket/review/read-rules.ts'
import { canonicalJson, type Json } from '#shared/kernel/json.ts'
import type { Localised } from '#shared/kernel/language.ts'
import { err, ok } from '#shared/kernel/result.ts'
import { millis, type Millis } from '#shared/kernel/time.ts'
import type { PublishedOffer } from '#shared/offers/offer.ts'
import { documentsToAssortment } from '#shared/protocol/documents.ts'
import type { OfferReviewReply } from '#shared/protocol/offer-review.ts'
import type { ReleaseHead } from '#shared/sync/release.ts'
import type { Assortments } from '#hub/ports/assortments.ts'
import type { CallHandler, CallReply } from '#hub/ports/caller.ts'
import type { Clock } from '#hub/ports/clock.ts'
import type { DocumentStore } from '#hub/ports/documents.ts'
import type { QuoteStore } from '#hub/ports/quotes.ts'
import type { ReviewStore } from '#hub/ports/reviews.ts'
import { handedOverBaskets } from '../baskets/handed-over-baskets.ts'

export type OfferReviewParts = {
  readonly documents: Pick<DocumentStore, 'head' | 'records' | 'upcoming' | 'itemsAt'>
  readonly assortments: Assortments
  readonly quotes: Pick<QuoteStore, 'newestShown'>
  readonly reviews: ReviewStore
  readonly clock: Clock
  /** Lets others have their turn. */
  readonly pause: () => Promise<void>
}

/** Baskets priced in one go: some 10 ms, so that no tap elsewhere waits longer. */
const AT_ONCE = 40
/** Older sets than this are not compared with. */
const LOOKED_BACK = 8
const SHOWN_ARTICLES = 12
const SHOWN_FINDINGS = 200

export const reviewOffers =
  (parts: OfferReviewParts): CallHandler<'offers.review'> =>
  async ({ set, against }): Promise<CallReply<'offers.review'>> => {
    const { quotes, reviews, clock, pause } = parts
    const asOf = clock.now()
    const looked = setToLookAt(set, parts)
    if (!looked) return err({ code: 'not_found' })
    const { head, assortment, next } = looked
    const unread = assortment.unread ?? []
    // What waits is judged by the moment at which it begins.
    const now = millis(Math.max(asOf, head.activeFrom))
    const previous = against === 'previous' ? otherSet(assortment.offers, head.rev, parts) : null
    const replay = startRehearsal({ draft: assortment.offers, current: previous?.offers ?? [] }, assortment, { now })
    const baskets = handedOverBaskets(quotes, assortment)
    for (let done = 0; done < baskets.length; done += AT_ONCE) {
      for (const basket of baskets.slice(done, done + AT_ONCE)) replay.add(basket)
      await pause()
    }
    const whole = replay.result()
    const rehearsal = { ...whole, articles: whole.articles.filter(({ currentCents, draftCents }) => currentCents !== draftCents).slice(0, SHOWN_ARTICLES) }
    const findings = [...unreadFindings(unread), ...lintOffers(assortment.offers, assortment, { now })].slice(0, SHOWN_FINDINGS)
    const names = new Map<string, Localised>([...(previous?.offers ?? []), ...unread.map(({ told }) => told), ...assortment.offers].map(({ offer, title }) => [offer.id, title]))
    for (const { id } of rehearsal.articles) names.set(id, assortment.productsBySku.get(id as (typeof assortment.products)[number]['sku'])?.name ?? { de: id, en: id })
    const reply: OfferReviewReply = {
      asOf,
      rev: head.rev,
      publishedAt: head.publishedAt,
      set: head === next ? 'next' : 'current',
      nextAt: next?.activeFrom ?? null,
      offers: assortment.offers.length + unread.length,
      findings,
      override: reviews.find(head.rev)?.override ?? null,
      against: previous ? 'previous' : 'none',
      previousAt: previous?.publishedAt ?? null,
      rehearsal,
      names: Object.fromEntries(names),
    }
    return ok(reply)
  }

type Looked = { readonly head: ReleaseHead; readonly assortment: Assortment; readonly next: ReleaseHead | null }

/** The set that waits, where it is asked for and there is one; else the one in force. */
const setToLookAt = (set: 'current' | 'next', { documents, assortments }: OfferReviewParts): Looked | null => {
  const next = documents.upcoming()[0] ?? null
  if (set === 'next' && next) {
    const read = documentsToAssortment({ hash: next.hash, items: documents.itemsAt(next.rev) })
    if (read.ok) return { head: next, assortment: read.value, next }
  }
  const head = documents.head()
  const assortment = assortments.current()
  return head && assortment ? { head, assortment, next } : null
}

/** The newest set of offers before this release that was another one. */
const otherSet = (offers: readonly PublishedOffer[], rev: number, { documents, assortments }: OfferReviewParts): { readonly offers: readonly PublishedOffer[]; readonly publishedAt: Millis } | null => {
  const text = (some: readonly PublishedOffer[]): string => canonicalJson(some.map(({ offer }) => offer) as unknown as Json)
  const own = text(offers)
  for (const record of documents.records(LOOKED_BACK)) {
    const then = record.rev < rev ? assortments.find(record.hash)?.assortment : null
    if (then && text(then.offers) !== own) return { offers: then.offers, publishedAt: record.activeFrom }
  }
  return null
}
