import { describe, expect, it } from 'vitest'
import type { OfferReviewReply, OfferReviewRequest } from '#shared/protocol/offer-review.ts'
import type { LastKnown, Saved } from '../../../kiosk/manager/last-known.ts'
import { OffersReview } from '../../../kiosk/manager/offers/offers-review.svelte.ts'

const answer = (request: OfferReviewRequest, rev: number): OfferReviewReply => ({ ...request, rev }) as unknown as OfferReviewReply

const desk = () => {
  const kept = new Map<string, Saved<unknown>>()
  const known: LastKnown = { read: async <T>(key: string) => (kept.get(key) as Saved<T> | undefined) ?? null, write: async (key, value) => void kept.set(key, { value, savedAt: 1 }) }
  const waiting: ((reply: OfferReviewReply | null) => void)[] = []
  const asked: OfferReviewRequest[] = []
  const ask = (request: OfferReviewRequest) => {
    asked.push(request)
    return new Promise<OfferReviewReply | null>((resolve) => waiting.push(resolve))
  }
  return { check: new OffersReview({ ask, known }), kept, waiting, asked }
}
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve()
}

describe('the check of the offers', () => {
  it('asks when somebody looks, and keeps the answer for a time without the hub', async () => {
    const first = desk()
    void first.check.show({}, true)
    await settle()
    first.waiting[0]!(answer(first.asked[0]!, 3))
    await settle()
    expect([first.check.review?.rev, first.check.failed, first.kept.size]).toEqual([3, false, 1])
    const later = desk()
    for (const [key, saved] of first.kept) later.kept.set(key, saved)
    await later.check.show({}, false)
    expect([later.check.review?.rev, later.asked]).toEqual([3, []])
  })
  it('never shows the answer to another choice, however late it comes', async () => {
    const { check, waiting, asked } = desk()
    void check.show({}, true)
    await settle()
    void check.show({ against: 'previous' }, true)
    await settle()
    waiting[1]!(answer(asked[1]!, 8))
    await settle()
    waiting[0]!(answer(asked[0]!, 7))
    await settle()
    expect([check.review?.rev, check.request.against, check.fetching]).toEqual([8, 'previous', false])
  })
  it('says when there is no answer, and keeps what it had', async () => {
    const { check, waiting } = desk()
    void check.show({}, true)
    await settle()
    waiting[0]!(answer({ set: 'current', against: 'none' }, 5))
    await settle()
    void check.show({}, true)
    await settle()
    waiting[1]!(null)
    await settle()
    expect([check.review?.rev, check.failed]).toEqual([5, true])
  })
  it('shows nothing under the name of a choice that was never answered', async () => {
    const { check, waiting, asked } = desk()
    void check.show({}, true)
    await settle()
    waiting[0]!(answer(asked[0]!, 5))
    await settle()
    await check.show({ set: 'next' }, false)
    expect(check.review).toBeNull()
  })
})
