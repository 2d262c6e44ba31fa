/** What the web shop says about an offer or an article: valid now? where? what is missing? By the release in force, which is what the shop said last. */
import { answerOffers } from '#shared/basket/offer-answers.ts'
import { err, ok } from '#shared/kernel/result.ts'
import type { Assortments } from '#hub/ports/assortments.ts'
import type { CallHandler } from '#hub/ports/caller.ts'
import type { Clock } from '#hub/ports/clock.ts'

export const checkOffers = ({ assortments, clock }: { readonly assortments: Pick<Assortments, 'current'>; readonly clock: Clock }): CallHandler<'offers.check'> => (question) => {
  const assortment = assortments.current()
  return assortment ? ok(answerOffers(question, assortment, { now: clock.now(), channel: 'web', clockVerified: true })) : err({ code: 'failed' })
}
