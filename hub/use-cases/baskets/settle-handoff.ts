/** From the digits of a code to what is owed for it: verifies, judges, prices twice, and chooses. Opening, re-pricing and ordering all come through here. */
import type { Assortment } from '#shared/basket/assortment.ts'
import type { Basket } from '#shared/basket/basket.ts'
import { offersOfCodes, spelledCode } from '#shared/basket/offer-codes.ts'
import { oneUnitOf } from '#shared/basket/limited-offers.ts'
import { quoteBasket } from '#shared/basket/quote-basket.ts'
import { whyNot } from '#shared/basket/tell-offers.ts'
import { HANDOFF_CHANNEL, type OfferUnits, type Quote } from '#shared/basket/quote.ts'
import { decodeHandoff, type DecodedHandoff } from '#shared/handoff/decode-handoff.ts'
import { handoffMessage } from '#shared/handoff/encode-handoff.ts'
import type { Handoff } from '#shared/handoff/handoff.ts'
import { basketOfHandoff, unitsOfHandoff } from '#shared/handoff/handoff-basket.ts'
import { judgeHandoff, loweredBy, onceUntil, settlePrice, type HandoffFacts, type HandoffJudgement, type KioskPromise, type Settlement } from '#shared/handoff/judge-handoff.ts'
import { shortCode } from '#shared/handoff/short-code.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import { millis } from '#shared/kernel/time.ts'
import { comparePrices } from '#shared/offers/compare-prices.ts'
import { explainDifference } from '#shared/offers/explain-difference.ts'
import type { Telling } from '#shared/offers/telling.ts'
import type { PricingCustomer } from '#shared/offers/pricing-context.ts'
import type { AllotmentLedger } from '#shared/sync/allotment-ledger.ts'
import type { CheckoutRefusal, CheckoutView } from '#shared/protocol/checkout.ts'
import type { Assortments } from '#hub/ports/assortments.ts'
import type { Clock } from '#hub/ports/clock.ts'
import type { DeviceStore, PairedDevice } from '#hub/ports/devices.ts'
import type { FunnelStore } from '#hub/ports/funnel-store.ts'
import type { HintSender } from '#hub/ports/hints.ts'
import type { Log } from '#hub/ports/log.ts'
import type { QuoteStore } from '#hub/ports/quotes.ts'
import type { Transactions } from '#hub/ports/transaction.ts'
import type { OwnOrders } from '#hub/ports/web-shop/own-orders.ts'
import { isAble, type WebShop } from '#hub/ports/web-shop/web-shop.ts'
import { countingFacts, holdReserved } from '../releases/count-uses.ts'
import { checkoutStore, checkoutView } from './checkout-view.ts'
import type { ForeignShop } from '../shops/foreign-shop.ts'
import { priceToday } from './price-today.ts'

export type CheckoutParts = {
  readonly assortments: Assortments
  readonly devices: Pick<DeviceStore, 'findByKeyId'>
  readonly quotes: QuoteStore
  readonly transactions: Transactions
  readonly allotments: AllotmentLedger
  /** Who knows customer cards, and who takes the order. */
  readonly shop: Pick<WebShop, 'findMember'> & { readonly ownOrders: OwnOrders }
  /** The connected web shop, whose own checkout takes the orders then; null: ours does. */
  readonly foreign: ForeignShop | null
  readonly funnel: Pick<FunnelStore, 'handoffMoved'>
  readonly hints: Pick<HintSender, 'handoff'>
  readonly clock: Clock
  readonly log: Log
  /** Whether `signature` (raw r‖s) over `message` was made with the key of `pub` (raw P-256 point, base64url). */
  readonly verify: (pub: string, message: Uint8Array<ArrayBuffer>, signature: Uint8Array<ArrayBuffer>) => Promise<boolean>
}

export type CheckoutQuestion = { readonly digits: string; readonly session: string; readonly host: string }
export type CheckoutWishes = { readonly delivery: Basket['delivery']; readonly card: string | null; readonly codes: readonly string[]; /** Articles that are left behind. */ readonly without?: readonly string[] }

/** A hand-off that may be ordered from, with what is owed for it. */
export type Settled = {
  readonly handoff: Handoff
  readonly device: PairedDevice
  readonly judgement: Extract<HandoffJudgement, { type: 'open' }>
  readonly basket: Basket
  readonly settlement: Settlement
  readonly view: CheckoutView
}

export type VerifiedHandoff = { readonly handoff: Handoff; readonly device: PairedDevice }

/** Decodes and verifies, without pricing or claiming anything. */
export const verifyHandoff = async (question: CheckoutQuestion, parts: CheckoutParts): Promise<Result<VerifiedHandoff, CheckoutRefusal>> => {
  const assortment = parts.assortments.current()
  if (!assortment) return refuse('closed')
  const decoded = decodeHandoff(question.digits)
  if (!decoded.ok) return refuse(decoded.error.type === 'UnknownVersion' ? 'too new' : 'damaged')
  const { handoff } = decoded.value
  if (handoff.store !== assortment.store.number) return refuse('other store')
  if (handoff.training) return refuse('training')
  const device = await signer(decoded.value, audienceOf(handoff, assortment, question.host, parts), parts)
  if (!device) return refuse('altered')
  return device.revokedAt === null ? ok({ handoff, device }) : refuse('withdrawn')
}

/** The name the kiosk bound its code to: that of the release it had, which may have moved since. */
const audienceOf = (handoff: Handoff, current: Assortment, host: string, { assortments }: CheckoutParts): string =>
  (assortments.find(handoff.release)?.assortment ?? current).store.checkoutDomain || host

/** What is owed now for a verified hand-off, with the shopper's wishes. */
export const settleHandoff = async (
  { handoff, device }: VerifiedHandoff,
  session: string,
  wishes: CheckoutWishes | null,
  parts: CheckoutParts,
): Promise<Result<Settled, CheckoutRefusal>> => {
  const current = parts.assortments.current()
  if (!current) return refuse('closed')
  const then = parts.assortments.find(handoff.release)
  const judgement = judge(handoff, session, current, then, parts)
  if (judgement.type === 'used') return refuse('used')
  if (judgement.type === 'altered') return refuse('altered')
  const { findMember } = parts.shop
  const customer = wishes?.card && isAble(findMember) ? await findMember(wishes.card) : null
  const { basket, unknownNumbers } = wishedBasket(handoff, then?.assortment ?? current, wishes, judgement)
  const granted = then ? parts.transactions.run(() => holdReserved(handoff, device.dev, then.assortment, parts.allotments, countingFacts(current, parts.clock.now()))) : []
  const units = oneUnitOf(granted)
  const priced = (delivery: Basket['delivery']): Priced => {
    const wished = { ...basket, delivery }
    const today = priceToday({ basket: wished, channel: HANDOFF_CHANNEL, customer, handoff: handoff.qid }, current, parts)
    const promise = then && promiseOf(handoff, then.assortment, { basket: wished, customer, today, units })
    return { today, promise, settlement: settlePrice(parts.foreign ? 'today' : judgement.price, promise, today) }
  }
  const [chosen, other] = [priced(basket.delivery), priced(basket.delivery === 'home' ? 'pickup' : 'home')]
  const { today, promise, settlement } = chosen
  if (today.lines.length === 0) return refuse('nothing left')
  const [home, pickup] = basket.delivery === 'home' ? [settlement, other.settlement] : [other.settlement, settlement]
  const view = checkoutView(settlement.quote, checkoutStore(current, parts.assortments.brand()), {
    code: shortCode(handoff.qid),
    issuedAt: handoff.issuedAtS * 1000,
    expiresAt: judgement.expiresAt,
    expired: judgement.expired,
    elsewhere: judgement.elsewhere,
    onceUntil: handoff.onceOnly ? onceUntil(handoff) : null,
    onceOver: handoff.onceOnly && judgement.onceOver,
    loweredCents: settlement.loweredCents,
    basis: settlement.basis,
    kioskTotalCents: handoff.totalCents,
    shop: parts.foreign && { opens: isAble(parts.foreign.shop.openCheckout) },
    card: !wishes?.card ? 'none' : customer ? 'known' : 'unknown',
    unknownCodes: wishes?.codes.filter((code) => spelledCode(code, current) === null) ?? [],
    deliveryOwed: { pickup: pickup.quote.delivery.totalCents, home: home.quote.delivery.totalCents },
    changes: settlement.changes,
    unknownArticles: unknownNumbers.length,
    whyNot: (id) => whyNot(id, settlement.quote.priced.verdicts, current),
    held: units,
  })
  if (!wishes && promise) warnOfDifference(handoff, promise.shown, parts.log)
  return ok({ handoff, device, judgement, basket, settlement, view })
}

type Priced = { readonly today: Quote; readonly promise: KioskPromise | null; readonly settlement: Settlement }

/** Codes of later articles or offers open with what is still known; benefits that exist once go to who came first, and in time. */
const wishedBasket = (handoff: Handoff, assortment: Assortment, wishes: CheckoutWishes | null, { elsewhere, onceOver }: Settled['judgement']): ReturnType<typeof basketOfHandoff> => {
  const { basket, unknownNumbers } = basketOfHandoff(handoff, assortment)
  const entered = (wishes?.codes ?? []).map((code) => spelledCode(code, assortment)).filter((code) => code !== null)
  const stays = ({ sku }: Basket['lines'][number]): boolean => !wishes?.without?.includes(sku)
  const isShared = (code: string): boolean => offersOfCodes([code], assortment).every(({ offer }) => offer.limits === undefined)
  const brought = onceOver ? basket.codes.filter((code) => isShared(code)) : basket.codes
  const codes = [...new Set([...brought, ...entered])]
  return {
    basket: { ...basket, lines: basket.lines.filter(stays), codes: elsewhere ? codes.filter(isShared) : codes, delivery: wishes?.delivery ?? basket.delivery },
    unknownNumbers,
  }
}

const judge = (handoff: Handoff, session: string, { store }: Assortment, release: HandoffFacts['release'], parts: CheckoutParts): HandoffJudgement =>
  judgeHandoff(handoff, {
    now: parts.clock.now(),
    session,
    store: store.number,
    key: 'known',
    signatureValid: true,
    claim: parts.quotes.claim(handoff.qid),
    release,
    handoffHours: store.handoffHours,
    honourHours: store.honourHours,
  })

type Wished = { readonly basket: Basket; readonly customer: PricingCustomer | null; readonly today: Quote; /** Of the uses that it brought along, those that stand. */ readonly units: OfferUnits }

/** The kiosk's price, computed again from the release it named, at the moment it named: as it was shown, and with the shopper's wishes for what is still sold. */
const promiseOf = (handoff: Handoff, then: Assortment, { basket, customer, today, units }: Wished): KioskPromise => {
  const facts = { now: millis(handoff.issuedAtS * 1000), channel: HANDOFF_CHANNEL, clockVerified: handoff.clockVerified }
  const gone = new Set(today.unknown.map(({ sku }) => sku))
  const sold = { ...basket, lines: basket.lines.filter(({ sku }) => !gone.has(sku)) }
  const shown = quoteBasket(basketOfHandoff(handoff, then).basket, then, { ...facts, units: unitsOfHandoff(handoff, then) })
  return { shown, sellable: quoteBasket(sold, then, { ...facts, units, ...(customer && { customer }) }), loweredCents: loweredBy(handoff.totalCents, shown) }
}

/** Four bytes of key id may fit several devices: the one whose key verifies has signed. */
const signer = async ({ handoff, body, signature }: DecodedHandoff, audience: string, { devices, verify }: CheckoutParts): Promise<PairedDevice | null> => {
  const message = handoffMessage(body, audience)
  for (const device of devices.findByKeyId(handoff.keyId)) if (await verify(device.pub, message, signature)) return device
  return null
}

/** The kiosk's code tells its total alone; what differs is told beside our own steps. */
const warnOfDifference = (handoff: Handoff, shown: Quote, log: Log): void => {
  if (!handoff.clockVerified || shown.totalCents === handoff.totalCents) return
  const comparison = comparePrices({ totalMinor: handoff.totalCents }, { ...shown.priced, totalMinor: shown.totalCents })
  log.warn('kiosk and shop computed different totals', {
    qid: handoff.qid, release: handoff.release, kioskCents: handoff.totalCents, shopCents: shown.totalCents,
    differs: explainDifference(comparison, BY_ID, { ours: 'kiosk', theirs: 'hub' }).join('; '),
    steps: comparison.steps.slice(0, MAX_LOGGED_STEPS).map(({ theirs }) => (theirs ? [theirs.stage, theirs.offerId, theirs.lineId ?? theirs.shippingId, theirs.amountMinor].join(' ') : '')).join('; '),
  })
}

/** A log holds ids, not names. */
const BY_ID: Telling = { language: 'en', names: { offer: (id) => id, product: (sku) => sku, taxon: (id) => id } }
/** Of the calculation in one line of the log. */
const MAX_LOGGED_STEPS = 40

const refuse = (why: CheckoutRefusal['why']): Result<never, CheckoutRefusal> => err({ type: 'refused', why })
