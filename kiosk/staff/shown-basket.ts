/** A shopper's basket on the staff tablet: from the hub by its six characters, or read straight from the code with no network at all. */
import type { Assortment } from '#shared/basket/assortment.ts'
import type { Basket } from '#shared/basket/basket.ts'
import type { OfferUnits } from '#shared/basket/quote.ts'
import { decodeHandoff } from '#shared/handoff/decode-handoff.ts'
import type { HandoffError } from '#shared/handoff/handoff.ts'
import { basketOfHandoff, unitsOfHandoff } from '#shared/handoff/handoff-basket.ts'
import { expiryOf } from '#shared/handoff/judge-handoff.ts'
import { checkWord, shortCode } from '#shared/handoff/short-code.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import type { QuoteState, QuoteView } from '#shared/protocol/quotes.ts'
import { releaseName } from '#shared/sync/release.ts'

export type ShownBasket = {
  readonly code: string
  readonly checkWord: string
  readonly basket: Basket
  /** Uses of limited offers that the code brings along. */
  readonly units: OfferUnits
  /** Articles of the code that this device does not know. */
  readonly unknownArticles: number
  readonly issuedAt: number
  readonly expiresAt: number
  readonly kioskTotalCents: number
  /** Null: read offline, only the hub knows whether it was opened or ordered. */
  readonly state: QuoteState | null
  readonly device: string | null
  readonly orderNumber: string | null
  /** The first digits of the release that the kiosk priced it with. */
  readonly release: string
}

/** Reads a code without asking anybody. Its signature is not checked: the check word on the kiosk is the proof. */
export const readShownBasket = (digits: string, assortment: Assortment): Result<ShownBasket, HandoffError> => {
  const decoded = decodeHandoff(digits)
  if (!decoded.ok) return decoded
  const { handoff, body } = decoded.value
  if (handoff.store !== assortment.store.number) return err({ type: 'NotAHandoff' })
  const { basket, unknownNumbers } = basketOfHandoff(handoff, assortment)
  return ok({
    code: shortCode(handoff.qid),
    checkWord: checkWord(body),
    basket,
    units: unitsOfHandoff(handoff, assortment),
    unknownArticles: unknownNumbers.length,
    issuedAt: handoff.issuedAtS * 1000,
    expiresAt: expiryOf(handoff, assortment.store.handoffHours),
    kioskTotalCents: handoff.totalCents,
    state: null,
    device: null,
    orderNumber: null,
    release: handoff.release,
  })
}

export const shownByHub = (view: QuoteView): ShownBasket => ({
  code: view.code,
  checkWord: view.checkWord,
  basket: view.basket,
  units: view.units,
  unknownArticles: 0,
  issuedAt: view.issuedAt,
  expiresAt: view.expiresAt,
  kioskTotalCents: view.totalCents,
  state: view.state,
  device: view.device || null,
  orderNumber: view.orderNumber,
  release: releaseName(view.releaseHash),
})
