/** Baskets that kiosks handed over, kept so that staff can find them by their code. */
import * as v from 'valibot'
import { decodeHandoff } from '#shared/handoff/decode-handoff.ts'
import { shortCode } from '#shared/handoff/short-code.ts'
import { cents } from '#shared/kernel/money.ts'
import { err, ok } from '#shared/kernel/result.ts'
import { millis } from '#shared/kernel/time.ts'
import { BasketHandedOver } from '#shared/protocol/handoff-events.ts'
import type { AllotmentLedger } from '#shared/sync/allotment-ledger.ts'
import type { Assortments } from '#hub/ports/assortments.ts'
import type { Projector } from '#hub/ports/projector.ts'
import type { QuoteStore } from '#hub/ports/quotes.ts'
import { countingFacts, holdReserved } from '../releases/count-uses.ts'

export type ProjectQuotesParts = { readonly quotes: Pick<QuoteStore, 'addShown'>; readonly allotments: AllotmentLedger; readonly assortments: Assortments }

export const projectQuotes = ({ quotes, allotments, assortments }: ProjectQuotesParts): Projector => ({
  types: ['basket.handed-over'],
  apply: (_tx, { dev, event, receivedAt }) => {
    const payload = v.safeParse(BasketHandedOver, event.p)
    if (!payload.success) return err({ type: 'PayloadRefused', why: 'not a handed-over basket' })
    const { qid, code, digits, totalCents, releaseHash } = payload.output
    const decoded = decodeHandoff(digits)
    if (!decoded.ok) return err({ type: 'PayloadRefused', why: `digits: ${decoded.error.type}` })
    const { handoff } = decoded.value
    if (handoff.qid !== qid || shortCode(handoff.qid) !== code) return err({ type: 'PayloadRefused', why: 'id, code and digits do not belong together' })
    quotes.addShown({ qid: handoff.qid, code, digits, dev, issuedAt: millis(handoff.issuedAtS * 1000), totalCents: cents(totalCents), releaseHash })
    const then = handoff.reserved.length > 0 ? assortments.find(handoff.release)?.assortment : null
    if (then) holdReserved(handoff, dev, then, allotments, countingFacts(then, receivedAt))
    return ok(undefined)
  },
})
