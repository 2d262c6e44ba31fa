/** The web shop's own answer about an offer or an article, passed on unchanged. */
import { err } from '#shared/kernel/result.ts'
import type { CallHandler } from '#hub/ports/caller.ts'
import type { WebShop } from '#hub/ports/web-shop.ts'

export const checkOffers = (shop: WebShop): CallHandler<'offers.check'> => async (question) => {
  const answers = await shop.checkOffers(question)
  return answers.ok ? answers : err({ code: 'failed' })
}
