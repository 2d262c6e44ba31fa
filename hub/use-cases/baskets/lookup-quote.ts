/** Staff opens a shopper's basket by the six characters under its QR code. */
import { EMPTY_BASKET } from '#shared/basket/basket.ts'
import { decodeHandoff } from '#shared/handoff/decode-handoff.ts'
import { basketOfHandoff, unitsOfHandoff } from '#shared/handoff/handoff-basket.ts'
import { expiryOf } from '#shared/handoff/judge-handoff.ts'
import type { Handoff } from '#shared/handoff/handoff.ts'
import { checkWord, spelledShortCode } from '#shared/handoff/short-code.ts'
import { err, ok } from '#shared/kernel/result.ts'
import type { QuoteState, QuoteView } from '#shared/protocol/quotes.ts'
import type { Assortments } from '#hub/ports/assortments.ts'
import type { CallHandler, CallReply } from '#hub/ports/caller.ts'
import type { Clock } from '#hub/ports/clock.ts'
import type { DeviceStore } from '#hub/ports/devices.ts'
import type { Claim, QuoteStore, ShownQuote } from '#hub/ports/quotes.ts'

export type LookupParts = {
  readonly quotes: Pick<QuoteStore, 'findByCode' | 'claim'>
  readonly devices: Pick<DeviceStore, 'find'>
  readonly assortments: Assortments
  readonly clock: Clock
}

export const lookupQuote = (parts: LookupParts): CallHandler<'quote.lookup'> => ({ code: typed }): CallReply<'quote.lookup'> => {
  const code = spelledShortCode(typed)
  if (code === null) return err({ code: 'bad_request' })
  const shown = parts.quotes.findByCode(code)
  if (!shown) return err({ code: 'not_found' })
  const decoded = decodeHandoff(shown.digits)
  return decoded.ok ? ok(quoteView(shown, decoded.value.handoff, checkWord(decoded.value.body), parts)) : err({ code: 'not_found' })
}

const quoteView = (shown: ShownQuote, handoff: Handoff, word: string, parts: LookupParts): QuoteView => {
  const current = parts.assortments.current()
  const expiresAt = expiryOf(handoff, current?.store.handoffHours ?? 0)
  const claim = parts.quotes.claim(shown.qid)
  return {
    qid: shown.qid,
    code: shown.code,
    checkWord: word,
    ...contentsOf(handoff, parts.assortments),
    issuedAt: shown.issuedAt,
    expiresAt,
    state: stateOf(claim, parts.clock.now() > expiresAt),
    totalCents: shown.totalCents,
    releaseHash: shown.releaseHash,
    device: parts.devices.find(shown.dev)?.name ?? '',
    orderNumber: claim?.orderNumber ?? null,
  }
}

const stateOf = (claim: Claim | null, isOver: boolean): QuoteState => {
  if (claim?.state === 'ordered') return 'ordered'
  if (isOver) return 'expired'
  return claim ? 'opened' : 'shown'
}

const contentsOf = (handoff: Handoff, assortments: Assortments): Pick<QuoteView, 'basket' | 'units'> => {
  const assortment = assortments.find(handoff.release)?.assortment ?? assortments.current()
  return assortment ? { basket: basketOfHandoff(handoff, assortment).basket, units: unitsOfHandoff(handoff, assortment) } : { basket: EMPTY_BASKET, units: {} }
}
