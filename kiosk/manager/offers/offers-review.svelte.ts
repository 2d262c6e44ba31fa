/** What the check of the offers said last, with its age; asked anew when somebody looks. */
import type { OfferReviewReply, OfferReviewRequest } from '#shared/protocol/offer-review.ts'
import type { LastKnown } from '../last-known.ts'

export type Against = OfferReviewRequest['against']
export type ReviewParts = { readonly ask: (against: Against) => Promise<OfferReviewReply | null>; readonly known: LastKnown }

export class OffersReview {
  against = $state<Against>('none')
  review = $state.raw<OfferReviewReply | null>(null)
  fetching = $state(false)
  failed = $state(false)
  readonly #parts: ReviewParts

  constructor(parts: ReviewParts) {
    this.#parts = parts
  }

  /** First what was known, then the answer of the hub. */
  async show(against: Against, connected: boolean): Promise<void> {
    this.against = against
    const saved = await this.#parts.known.read<OfferReviewReply>(keyOf(against))
    if (this.against !== against) return
    this.review = saved?.value ?? this.review
    if (connected) await this.#fetch(against)
  }

  async #fetch(against: Against): Promise<void> {
    this.fetching = true
    const reply = await this.#parts.ask(against)
    if (this.against !== against) return
    this.fetching = false
    this.failed = reply === null
    if (!reply) return
    this.review = reply
    await this.#parts.known.write(keyOf(against), reply)
  }
}

const keyOf = (against: Against): string => `offers ${against}`
