/** A basket from phone or web on its way onto a kiosk: packed with the proofs of its codes, kept for a day for who types its six characters. */
import type { Assortment } from '#shared/basket/assortment.ts'
import { MAX_QUANTITY, type Basket } from '#shared/basket/basket.ts'
import { spelledCode } from '#shared/basket/offer-codes.ts'
import { HANDOFF_CHANNEL } from '#shared/basket/quote.ts'
import { broughtOf } from '#shared/handoff/bring-basket.ts'
import { broughtDigits } from '#shared/handoff/brought-basket.ts'
import { decodeHandoff } from '#shared/handoff/decode-handoff.ts'
import { MAX_TOTAL_CENTS } from '#shared/handoff/encode-handoff.ts'
import { basketOfHandoff } from '#shared/handoff/handoff-basket.ts'
import { shortCode, spelledShortCode } from '#shared/handoff/short-code.ts'
import { bytesToHex, utf8 } from '#shared/kernel/bytes.ts'
import type { QuoteId, Sku } from '#shared/kernel/ids.ts'
import { cents } from '#shared/kernel/money.ts'
import { err, ok } from '#shared/kernel/result.ts'
import { sha256 } from '#shared/kernel/sha256.ts'
import { millis, type Millis } from '#shared/kernel/time.ts'
import type { ToKioskReply, WebBasketRequest } from '#shared/protocol/bring.ts'
import type { BroughtBaskets } from '#hub/ports/brought-baskets.ts'
import type { CallHandler } from '#hub/ports/caller.ts'
import { priceToday } from './price-today.ts'
import { settleHandoff, verifyHandoff, type CheckoutParts, type CheckoutQuestion, type CheckoutWishes } from './settle-handoff.ts'

export type BringParts = Pick<CheckoutParts, 'assortments' | 'clock' | 'allotments' | 'quotes'> & { readonly brought: BroughtBaskets }

const HOUR_MS = 3_600_000

/** The phone's basket as it stands, codes of its hand-off included. Opens and claims nothing; an order ends it. */
export const phoneToKiosk = async (question: CheckoutQuestion, wishes: CheckoutWishes, parts: CheckoutParts & BringParts): Promise<ToKioskReply> => {
  const verified = await verifyHandoff(question, parts)
  if (!verified.ok) return verified.error
  const settled = await settleHandoff(verified.value, question.session, wishes, parts)
  if (!settled.ok) return settled.error
  const current = parts.assortments.current()
  if (!current) return { type: 'refused', why: 'closed' }
  const { handoff, basket, view } = settled.value
  const name = ['phone', handoff.qid, question.session, wishes.delivery, ...basket.codes].join('\n')
  return pack({ basket, totalCents: view.totalCents, name, unknownSkus: [], unknownCodes: view.unknownCodes }, current, parts)
}

/** The cart of a web page. The same cart within one second is the same basket. */
export const webToKiosk = (request: WebBasketRequest, parts: BringParts): ToKioskReply => {
  const current = parts.assortments.current()
  if (!current) return { type: 'refused', why: 'closed' }
  const pieces = new Map<string, number>()
  for (const { sku, quantity } of request.lines) pieces.set(sku, (pieces.get(sku) ?? 0) + quantity)
  const isKnown = (sku: string): boolean => current.productsBySku.has(sku as Sku)
  const lines = [...pieces].filter(([sku]) => isKnown(sku)).map(([sku, quantity]) => ({ sku: sku as Sku, quantity: Math.min(quantity, MAX_QUANTITY) }))
  const codes = [...new Set(request.codes.map((code) => spelledCode(code, current)).filter((code) => code !== null))]
  const basket: Basket = { lines, codes, delivery: request.delivery }
  const { totalCents } = priceToday({ basket, channel: HANDOFF_CHANNEL, customer: null, handoff: null }, current, parts)
  const unknownCodes = request.codes.filter((code) => spelledCode(code, current) === null)
  return pack({ basket, totalCents, name: `web\n${JSON.stringify(basket)}`, unknownSkus: [...pieces.keys()].filter((sku) => !isKnown(sku)), unknownCodes }, current, parts)
}

/** A kiosk or a tablet asks for the basket of six characters: one that a phone or web page sent, or one that another kiosk showed. */
export const fetchBasket =
  (parts: BringParts): CallHandler<'basket.fetch'> =>
  ({ code: typed }) => {
    const code = spelledShortCode(typed)
    if (code === null) return err({ code: 'bad_request' })
    const current = parts.assortments.current()
    if (!current) return err({ code: 'not_found' })
    const since = keptSince(current, parts)
    const sent = parts.brought.findByCode(code, since)
    if (sent) return ok({ digits: sent.digits })
    const digits = shownDigits(code, since, current, parts)
    return digits === null ? err({ code: 'not_found' }) : ok({ digits })
  }

/** The code of another kiosk, unless it has been ordered from or was made for training. */
const shownDigits = (code: string, since: Millis, current: Assortment, { quotes, assortments }: BringParts): string | null => {
  const shown = quotes.findByCode(code)
  const decoded = shown && decodeHandoff(shown.digits)
  if (!shown || !decoded?.ok || shown.issuedAt < since || quotes.claim(shown.qid)?.state === 'ordered') return null
  const { handoff } = decoded.value
  const brought = broughtOf(basketOfHandoff(handoff, assortments.find(handoff.release)?.assortment ?? current).basket, current, { id: handoff.qid, at: shown.issuedAt, totalCents: handoff.totalCents })
  return brought && !handoff.training ? broughtDigits(brought) : null
}

type Packed = { readonly basket: Basket; readonly totalCents: number; /** The same name at the same second is the same basket. */ readonly name: string; readonly unknownSkus: readonly string[]; readonly unknownCodes: readonly string[] }

const pack = ({ basket, totalCents, name, unknownSkus, unknownCodes }: Packed, current: Assortment, parts: BringParts): ToKioskReply => {
  const at = parts.clock.now()
  const id = bytesToHex(sha256(utf8(`${name}\n${totalCents}\n${Math.floor(at / 1000)}`))).slice(0, 16) as QuoteId
  const brought = broughtOf(basket, current, { id, at, totalCents: cents(Math.min(totalCents, MAX_TOTAL_CENTS)) })
  if (!brought) return { type: 'refused', why: 'nothing left' }
  const digits = broughtDigits(brought)
  const code = shortCode(id)
  parts.brought.keep({ id, code, digits, at }, keptSince(current, parts))
  return { type: 'to kiosk', digits, code, totalCents, unknownSkus, unknownCodes, until: at + current.store.handoffHours * HOUR_MS }
}

/** As long as a hand-off keeps its promise. */
const keptSince = ({ store }: Assortment, { clock }: Pick<BringParts, 'clock'>): Millis => millis(clock.now() - store.handoffHours * HOUR_MS)

