/** A shopper's phone at a sign. Bodies are never logged; addresses are counted by the minute and forgotten. */
import type { Json } from '#shared/kernel/json.ts'
import { AnswerSignRequest, OpenSignRequest } from '#shared/protocol/phone-feedback.ts'
import type { Clock } from '#hub/ports/clock.ts'
import { answerSign, openSign, type PhoneFeedbackParts } from '#hub/use-cases/feedback/take-phone-feedback.ts'
import { rateLimit } from './rate-limit.ts'
import { route, type HttpReply, type Route } from './route.ts'

/** Of one address: a store's own network has one for all its shoppers. `all`: from everywhere together. */
const OPENS = { address: 30, all: 600 }
const ANSWERS = { address: 60, all: 1_200 }

export const phoneFeedbackRoutes = (parts: PhoneFeedbackParts & { readonly clock: Clock }): readonly Route[] => {
  const together = rateLimit(parts.clock)
  const within = (name: string, most: number, answer: () => object): HttpReply => (together(name, most) ? { status: 200, body: answer() as Json } : { status: 429, body: { code: 'busy' } })
  return [
    route({ method: 'POST', path: '/api/feedback/open', perMinute: OPENS.address, schema: OpenSignRequest, handler: (request) => within('open', OPENS.all, () => openSign(parts, request)) }),
    route({ method: 'POST', path: '/api/feedback/answer', perMinute: ANSWERS.address, schema: AnswerSignRequest, handler: (request) => within('answer', ANSWERS.all, () => answerSign(parts, request)) }),
  ]
}
