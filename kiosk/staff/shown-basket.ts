/** A shopper's basket on the staff tablet: from the hub by its six characters, or read straight from the code with no network at all. */
import type { Assortment } from '#shared/basket/assortment.ts'
import type { Basket } from '#shared/basket/basket.ts'
import type { OfferUnits } from '#shared/basket/quote.ts'
import { takeBrought } from '#shared/handoff/bring-basket.ts'
import { readBrought } from '#shared/handoff/brought-basket.ts'
import { decodeHandoff } from '#shared/handoff/decode-handoff.ts'
import type { HandoffError } from '#shared/handoff/handoff.ts'
import { basketOfHandoff, unitsOfHandoff } from '#shared/handoff/handoff-basket.ts'
import { expiryOf } from '#shared/handoff/judge-handoff.ts'
import { checkWord, shortCode } from '#shared/handoff/short-code.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import type { QuoteState, QuoteView } from '#shared/protocol/quotes.ts'
import { releaseName } from '#shared/sync/release.ts'

export type ShownBasket = {
  /** phone: on its way onto a kiosk, from a phone or a web page: a wish, with no price promised. */
  readonly from: 'kiosk' | 'phone'
  readonly code: string
  /** Empty for a phone's. */
  readonly checkWord: string
  readonly basket: Basket
  /** Uses of limited offers that the code brings along. */
  readonly units: OfferUnits
  /** Articles of the code that this device does not know. */
  readonly unknownArticles: number
  /** Codes that do not count here. */
  readonly unknownCodes: number
  readonly issuedAt: number
  readonly expiresAt: number
  /** What the other screen showed. */
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
  if (!decoded.ok) return decoded.error.type === 'NotAHandoff' ? readFromPhone(digits, assortment) : decoded
  const { handoff, body } = decoded.value
  if (handoff.store !== assortment.store.number) return err({ type: 'NotAHandoff' })
  const { basket, unknownNumbers } = basketOfHandoff(handoff, assortment)
  return ok({
    from: 'kiosk',
    code: shortCode(handoff.qid),
    checkWord: checkWord(body),
    basket,
    units: unitsOfHandoff(handoff, assortment),
    unknownArticles: unknownNumbers.length,
    unknownCodes: 0,
    issuedAt: handoff.issuedAtS * 1000,
    expiresAt: expiryOf(handoff, assortment.store.handoffHours),
    kioskTotalCents: handoff.totalCents,
    state: null,
    device: null,
    orderNumber: null,
    release: handoff.release,
  })
}

const readFromPhone = (digits: string, assortment: Assortment): Result<ShownBasket, HandoffError> => {
  const read = readBrought(digits)
  if (!read.ok) return read
  if (read.value.store !== assortment.store.number) return err({ type: 'NotAHandoff' })
  const { id, madeAtS, totalCents } = read.value
  const { basket, left } = takeBrought(read.value, assortment)
  const leftOut = (type: 'unknown articles' | 'codes'): number => left.reduce((sum, one) => sum + (one.type === type ? one.count : 0), 0)
  return ok({
    from: 'phone',
    code: shortCode(id),
    checkWord: '',
    basket,
    units: {},
    unknownArticles: leftOut('unknown articles'),
    unknownCodes: leftOut('codes'),
    issuedAt: madeAtS * 1000,
    expiresAt: expiryOf({ issuedAtS: madeAtS }, assortment.store.handoffHours),
    kioskTotalCents: totalCents,
    state: null,
    device: null,
    orderNumber: null,
    release: releaseName(assortment.hash),
  })
}

export const shownByHub = (view: QuoteView): ShownBasket => ({
  from: 'kiosk',
  code: view.code,
  checkWord: view.checkWord,
  basket: view.basket,
  units: view.units,
  unknownArticles: 0,
  unknownCodes: 0,
  issuedAt: view.issuedAt,
  expiresAt: view.expiresAt,
  kioskTotalCents: view.totalCents,
  state: view.state,
  device: view.device || null,
  orderNumber: view.orderNumber,
  release: releaseName(view.releaseHash),
})
