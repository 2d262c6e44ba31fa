/** The questions of a shopper's phone about a receipt. Bodies are never logged. */
import type { Json } from '#shared/kernel/json.ts'
import { AnswerReceiptRequest, EraseReceiptRequest, OpenReceiptRequest } from '#shared/protocol/receipts.ts'
import type { Clock } from '#hub/ports/clock.ts'
import { eraseByReceipt, type EraseByReceiptParts } from '#hub/use-cases/feedback/erase-by-receipt.ts'
import { addToReceipt, showReceipt, type ShowReceiptParts } from '#hub/use-cases/feedback/show-receipt.ts'
import { rateLimit } from './rate-limit.ts'
import { route, type HttpReply, type Route } from './route.ts'

/** `all`: from everywhere together. Codes have 50 bits: guessing at this pace finds one of a million receipts in seven years. */
const OPENS = { address: 20, all: 300 }
const WRITES = { address: 6, all: 60 }

export const receiptRoutes = (parts: ShowReceiptParts & EraseByReceiptParts & { readonly clock: Clock }): readonly Route[] => {
  const together = rateLimit(parts.clock)
  /** Beyond its limit a question is refused before anybody looks, so that nothing can be learned from it. */
  const within = (name: string, most: number, answer: () => object): HttpReply => (together(name, most) ? { status: 200, body: answer() as Json } : { status: 429, body: { code: 'busy' } })
  return [
    route({ method: 'POST', path: '/api/receipt/open', perMinute: OPENS.address, schema: OpenReceiptRequest, handler: ({ code }) => within('open', OPENS.all, () => showReceipt(parts, code)) }),
    route({ method: 'POST', path: '/api/receipt/answer', perMinute: WRITES.address, schema: AnswerReceiptRequest, handler: (request) => within('answer', WRITES.all, () => addToReceipt(parts, request)) }),
    route({ method: 'POST', path: '/api/receipt/erase', perMinute: WRITES.address, schema: EraseReceiptRequest, handler: (request) => within('erase', WRITES.all, () => eraseByReceipt(parts, request)) }),
  ]
}
