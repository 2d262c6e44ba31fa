/** From one basket and everybody's price for it to what is counted, and the alarm if a cent differs. */
import type { ParityLedger, RaisedAlarm, WaitingBasket } from '#hub/ports/parity-ledger.ts'
import type { ToldCart } from '#hub/ports/parity-watch.ts'
import type { ShopCart, ShopQuote } from '#hub/ports/web-shop/shop-cart.ts'
import type { Assortment } from '#shared/basket/assortment.ts'
import type { Basket } from '#shared/basket/basket.ts'
import { decodeHandoff } from '#shared/handoff/decode-handoff.ts'
import { basketOfHandoff } from '#shared/handoff/handoff-basket.ts'
import type { DeviceId } from '#shared/kernel/ids.ts'
import type { Json } from '#shared/kernel/json.ts'
import type { Result } from '#shared/kernel/result.ts'
import type { Millis } from '#shared/kernel/time.ts'
import type { ParitySource } from '#shared/protocol/parity.ts'
import { judgeKioskPrice, type KioskJudgement, type Releases } from './judge-kiosk-price.ts'
import { judgeShopPrice, quoteOf, type Blame, type PriceQuestion, type ShopJudgement } from './judge-shop-price.ts'
import { alarmExample, type ExampleTerms } from './parity-example.ts'
import { parityCase } from './parity-vector.ts'
import { cartOf, type PlacedFigure } from '../shops/shop-basket.ts'
import type { KnownSide } from '../shops/watch-shop.ts'

export type Comparison = { readonly count: Parameters<ParityLedger['count']>[0]; readonly alarm: RaisedAlarm | null }

/** What the shop once answered for a basket, under which release. */
export type Seen = { readonly totalMinor: number; readonly release: string; readonly basket: string }

/** Whoever chooses another delivery or enters a code has another basket. */
const basketKey = ({ lines, codes, delivery }: Basket): string => JSON.stringify([[...lines].sort((a, b) => (a.sku < b.sku ? -1 : 1)), codes, delivery])

export type HandedOverTerms = {
  readonly releases: Releases
  readonly side: KnownSide | null
  /** Whether the shop can price baskets at all. */
  readonly canBeAsked: boolean
  readonly now: Millis
  ask(cart: ShopCart): Promise<Result<ShopQuote, unknown> | 'later'>
}

const HOUR_MS = 3_600_000

/** later: its turn comes when the shop can be asked. */
export const compareHandedOver = async (waiting: WaitingBasket, { releases, side, canBeAsked, now, ask }: HandedOverTerms): Promise<'later' | { readonly comparison: Comparison; readonly answer: Seen | null }> => {
  const decoded = decodeHandoff(waiting.digits)
  const current = releases.assortments.current()
  const kiosk = decoded.ok ? judgeKioskPrice(decoded.value.handoff, releases) : null
  const count = (outcome: Comparison['count']['outcome'], apartMinor = 0): Comparison['count'] => ({ id: waiting.qid, source: 'handoff', at: now, outcome, apartMinor })
  if (!decoded.ok || !kiosk || !current) return { comparison: { count: count('passed'), alarm: null }, answer: null }
  const onKiosk = { waiting, kiosk, now, current }
  if (kiosk.outcome === 'different') return { comparison: kioskAlarm(onKiosk, kiosk.blame!), answer: null }
  if (!canBeAsked) return { comparison: { count: count(kiosk.outcome), alarm: null }, answer: null }
  // Its code is no longer good by then, and a price of another day proves nothing.
  if (now - waiting.issuedAt > current.store.handoffHours * HOUR_MS) return { comparison: { count: count('passed'), alarm: null }, answer: null }
  if (!side) return 'later'
  const { basket, unknownNumbers } = basketOfHandoff(decoded.value.handoff, current)
  const cart = unknownNumbers.length === 0 ? cartOf(basket, current, side.keys) : null
  const answer = cart && (await ask(cart))
  if (answer === 'later') return 'later'
  if (!answer?.ok) return { comparison: { count: count('passed'), alarm: null }, answer: null }
  const judged = judgeShopPrice({ basket, assortment: current, now }, answer.value, side)
  const seen = { totalMinor: answer.value.totalMinor, release: current.hash, basket: basketKey(basket) }
  const blame = judged.blame ?? changedSince(waiting, kiosk, judged)
  if (!blame) return { comparison: { count: count(kiosk.outcome === 'left' ? 'left' : judged.outcome), alarm: null }, answer: seen }
  return { comparison: shopAlarm({ ...onKiosk, judged, blame, side }), answer: seen }
}

/** The kiosk was right then and the shop is right now, but they do not say the same. */
const changedSince = ({ totalCents }: WaitingBasket, kiosk: KioskJudgement, { outcome, shop }: ShopJudgement): Blame | null =>
  outcome === 'equal' && kiosk.outcome === 'equal' && Math.round(shop.totalMinor) !== totalCents ? { cause: 'since', detail: kiosk.inForce.hash.slice(0, 8), suspects: kiosk.ours.applied.map(({ offer }) => offer.offer.id) } : null

type OnKiosk = { readonly waiting: WaitingBasket; readonly kiosk: KioskJudgement; readonly now: Millis; readonly current: Assortment }

const kioskAlarm = ({ waiting, kiosk, now }: OnKiosk, blame: Blame): Comparison => {
  const byMinor = kiosk.ours.totalCents - waiting.totalCents
  const { basket, ours, shown, inForce } = kiosk
  const example: ExampleTerms = {
    basket, ours, assortment: inForce, kiosk: { totalCents: waiting.totalCents, shown }, shop: [], suspects: blame.suspects, promotionNames: new Map(),
    releases: { kiosk: shown?.releaseHash ?? null, ours: inForce.hash }, shownAt: waiting.issuedAt, comparedAt: now, vector: null,
  }
  return differing({ id: waiting.qid, source: 'handoff', at: now, byMinor, dev: waiting.dev, blame, example })
}

const shopAlarm = ({ waiting, kiosk, now, current, judged, blame, side }: OnKiosk & { readonly judged: ShopJudgement; readonly blame: Blame; readonly side: KnownSide }): Comparison => {
  const byMinor = Math.round(judged.shop.totalMinor) - waiting.totalCents
  const question = { basket: kiosk.basket, assortment: current, now }
  const example = { ...exampleOf(question, judged, blame, side), kiosk: { totalCents: waiting.totalCents, shown: kiosk.shown }, shownAt: waiting.issuedAt }
  return differing({ id: waiting.qid, source: 'handoff', at: now, byMinor, dev: waiting.dev, blame, example: { ...example, releases: { kiosk: kiosk.shown?.releaseHash ?? null, ours: current.hash } } })
}

type PricedTerms = { readonly id: string; readonly source: ParitySource; readonly question: PriceQuestion; /** Null: the shop does not take it. */ readonly answer: ShopQuote | null; readonly side: KnownSide; readonly dev?: DeviceId; readonly blame?: Blame | null }

/** Our price by the release in force beside the shop's. */
export const comparePriced = ({ id, source, question, answer, side, dev, blame: known }: PricedTerms): Comparison => {
  const count = (outcome: Comparison['count']['outcome']): Comparison['count'] => ({ id, source, at: question.now, outcome, apartMinor: 0 })
  if (!answer) return { count: count('passed'), alarm: null }
  const judged = judgeShopPrice(question, answer, side)
  const blame = judged.blame && (known ?? judged.blame)
  if (!blame) return { count: count(judged.outcome), alarm: null }
  return differing({ id, source, at: question.now, byMinor: Math.round(answer.totalMinor) - judged.quote.totalCents, dev: dev ?? null, blame, example: exampleOf(question, judged, blame, side) })
}

export type CartTerms = { readonly assortment: Assortment | null; readonly side: KnownSide | null; readonly seen: Seen | null; readonly now: Millis }

/** The shop's own cart beside our price; an answer of the shop that its cart does not keep is the shop's second price. */
export const compareCart = (told: ToldCart, { assortment, side, seen, now }: CartTerms): Comparison => {
  const id = `${told.qid} ${told.basket.delivery} ${told.basket.codes.join(' ')}`
  const count = (outcome: Comparison['count']['outcome']): Comparison['count'] => ({ id, source: 'cart', at: now, outcome, apartMinor: 0 })
  if (!assortment) return { count: count('passed'), alarm: null }
  const total = Math.round(told.cart.totalMinor)
  const question = { basket: told.basket, assortment, now }
  const secondPrice: Blame | null = seen?.release === assortment.hash && seen.basket === basketKey(told.basket) && Math.round(seen.totalMinor) !== total ? { cause: 'two prices', detail: `${Math.round(seen.totalMinor)} / ${total}`, suspects: [] } : null
  if ('lines' in told.cart && side) return comparePriced({ id, source: 'cart', question, answer: told.cart, side, dev: told.dev, blame: secondPrice })
  const quote = quoteOf(question)
  if (quote.totalCents === total) return { count: count('equal'), alarm: null }
  if (quote.atCheckout.length > 0) return { count: count('left'), alarm: null }
  const suspects = quote.applied.map(({ offer }) => offer.offer.id)
  const blame: Blame = secondPrice ? { ...secondPrice, suspects } : { cause: told.owedCents !== null && told.owedCents !== quote.totalCents ? 'since' : 'unknown', detail: null, suspects }
  const figures: readonly PlacedFigure[] = [{ what: 'total', place: { type: 'total' }, shop: total, ours: quote.totalCents }]
  const example: ExampleTerms = { basket: told.basket, ours: quote, assortment, kiosk: null, shop: figures, suspects, promotionNames: new Map(), releases: { kiosk: null, ours: assortment.hash }, shownAt: null, comparedAt: now, vector: null }
  return differing({ id, source: 'cart', at: now, byMinor: total - quote.totalCents, dev: told.dev, blame, example })
}

/** Kept whole up to this; beyond, the alarm stays and its case is left out. */
const MAX_CASE = 60_000

const exampleOf = (question: PriceQuestion, { quote, shop, figures }: ShopJudgement, { suspects }: Blame, side: KnownSide): ExampleTerms => {
  const offerIds = (place: PlacedFigure['place']): PlacedFigure['place'] => (place.type === 'offer' && place.promotion !== null ? { type: 'offer', promotion: side.keys.offers.get(place.promotion) ?? place.promotion } : place)
  const vector = parityCase(question, shop, { shop: side.shopName, dialect: side.dialect, keys: side.keys, suspects })
  return {
    basket: question.basket, ours: quote, assortment: question.assortment, kiosk: null, shop: figures.map((one) => ({ ...one, place: offerIds(one.place) })), suspects, promotionNames: side.promotionNames,
    releases: { kiosk: null, ours: question.assortment.hash }, shownAt: null, comparedAt: question.now, vector: JSON.stringify(vector).length <= MAX_CASE ? vector : null,
  }
}

type Differing = { readonly id: string; readonly source: ParitySource; readonly at: Millis; readonly byMinor: number; readonly dev: DeviceId | null; readonly blame: Blame; readonly example: ExampleTerms }

const differing = ({ id, source, at, byMinor, dev, blame: { cause, detail, suspects }, example }: Differing): Comparison => {
  const ofDevice = cause === 'app' || cause === 'release' ? dev : null
  const ofArticle = cause === 'price' || cause === 'stock' ? detail?.split(' ')[0] : null
  return {
    count: { id, source, at, outcome: 'different', apartMinor: Math.abs(byMinor) },
    alarm: { key: JSON.stringify([cause, [...suspects].sort(), ofDevice, ofArticle]), source, cause, detail, at, byMinor, dev, offers: suspects, example: JSON.parse(JSON.stringify(alarmExample(example))) as Json },
  }
}
