/** What the check of the offers said last, with its age; asked anew when somebody looks. */
import type { OfferReviewReply, OfferReviewRequest } from '#shared/protocol/offer-review.ts'
import type { LastKnown } from '../last-known.ts'

export type ReviewParts = { readonly ask: (request: OfferReviewRequest) => Promise<OfferReviewReply | null>; readonly known: LastKnown }

export class OffersReview {
  request = $state.raw<OfferReviewRequest>({ set: 'current', against: 'none' })
  review = $state.raw<OfferReviewReply | null>(null)
  fetching = $state(false)
  failed = $state(false)
  readonly #parts: ReviewParts

  constructor(parts: ReviewParts) {
    this.#parts = parts
  }

  /** First what was known, then the answer of the hub. Figures of another choice never stay under a new name. */
  async show(change: Partial<OfferReviewRequest>, connected: boolean): Promise<void> {
    const request = { ...this.request, ...change }
    const isOther = keyOf(request) !== keyOf(this.request)
    this.request = request
    const saved = await this.#parts.known.read<OfferReviewReply>(keyOf(request))
    if (this.request !== request) return
    if (isOther || this.review === null) this.review = saved?.value ?? (connected ? this.review : null)
    if (connected) await this.#fetch(request)
  }

  async #fetch(request: OfferReviewRequest): Promise<void> {
    this.fetching = true
    const reply = await this.#parts.ask(request)
    if (this.request !== request) return
    this.fetching = false
    this.failed = reply === null
    if (!reply) return
    this.review = reply
    await this.#parts.known.write(keyOf(request), reply)
  }
}

const keyOf = ({ set, against }: OfferReviewRequest): string => `offers ${set} ${against}`
