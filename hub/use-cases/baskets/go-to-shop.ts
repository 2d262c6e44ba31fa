/** From a handed-over basket into the web shop's own checkout: at the price that stood on the page, or not yet; once per page, however often the button is pressed. */
import type { CheckoutLink, LinkName } from '#hub/ports/checkout-links.ts'
import type { ShopCart, ShopQuote } from '#hub/ports/web-shop/shop-cart.ts'
import { tellTrouble, type CartRefused, type ShopTrouble } from '#hub/ports/web-shop/shop-trouble.ts'
import { isAble } from '#hub/ports/web-shop/web-shop.ts'
import { bytesToHex } from '#shared/kernel/bytes.ts'
import { canonicalJson, type Json } from '#shared/kernel/json.ts'
import { millis } from '#shared/kernel/time.ts'
import { sha256 } from '#shared/kernel/sha256.ts'
import type { CheckoutRefusal } from '#shared/protocol/checkout.ts'
import type { ToShopReply } from '#shared/protocol/shop-checkout.ts'
import { claimHandoff } from './claim-handoff.ts'
import type { ForeignShop } from '../shops/foreign-shop.ts'
import { refusedKeys } from '../shops/refused-articles.ts'
import { settleHandoff, verifyHandoff, type CheckoutParts, type CheckoutQuestion, type CheckoutWishes, type Settled } from './settle-handoff.ts'
import { cartOf } from '../shops/shop-basket.ts'
import type { CartKeys } from '../shops/shop-keys.ts'

export type ToShopQuestion = CheckoutQuestion & { readonly wishes: CheckoutWishes; /** What the page says will be charged. */ readonly totalCents: number }

/** A phone waits twelve seconds. */
const PATIENCE_MS = 10_000
/** As long as any basket is kept; a cart of the shop lives longer. */
const LINK_MS = 24 * 3_600_000
const FORGET_LINKS_MS = 30 * LINK_MS

type Trip = { readonly settled: Settled; readonly keys: CartKeys; readonly cart: ShopCart; readonly name: LinkName; readonly question: ToShopQuestion; readonly foreign: ForeignShop }

export const goToShop = async (question: ToShopQuestion, parts: CheckoutParts): Promise<ToShopReply> => {
  const { foreign } = parts
  const current = parts.assortments.current()
  if (!foreign || !current || !isAble(foreign.shop.openCheckout)) return CLOSED
  const verified = await verifyHandoff(question, parts)
  if (!verified.ok) return verified.error
  claimHandoff(verified.value, question.session, parts)
  const settled = await settleHandoff(verified.value, question.session, question.wishes, parts)
  if (!settled.ok) return settled.error
  const keys = foreign.keysOf(current)
  const { quote } = settled.value.settlement
  const unknown = quote.lines.filter(({ sku }) => !keys.articles.has(sku))
  if (unknown.length > 0) return { type: 'cart refused', articles: unknown.map(({ sku, product }) => ({ sku, name: product.name })) }
  const sold = new Set(quote.lines.map(({ sku }) => sku))
  const cart = cartOf({ ...settled.value.basket, lines: settled.value.basket.lines.filter(({ sku }) => sold.has(sku)) }, current, { ...keys, offers: new Map() })
  if (!cart) return CLOSED
  const name = { qid: settled.value.handoff.qid, session: question.session, cart: bytesToHex(sha256(new TextEncoder().encode(canonicalJson(cart as unknown as Json)))) }
  return oneByOne({ settled: settled.value, keys, cart, name, question, foreign }, parts)
}

const CLOSED: CheckoutRefusal = { type: 'refused', why: 'closed' }
const DOWN: ToShopReply = { type: 'shop away', why: 'down' }

/** A shop that takes its time is told as down; the question goes on, and the next one finds its answer. */
const oneByOne = (trip: Trip, parts: CheckoutParts): Promise<ToShopReply> => {
  const { underWay, timer } = trip.foreign
  const key = [trip.name.qid, trip.name.session, trip.name.cart].join(' ')
  const before = underWay.get(key) ?? Promise.resolve(null)
  const own = before.then(() => travel(trip, parts), () => travel(trip, parts))
  underWay.set(key, own)
  const done = (): void => {
    if (underWay.get(key) === own) underWay.delete(key)
  }
  return new Promise((resolve, reject) => {
    const stop = timer.every(PATIENCE_MS, () => {
      stop()
      resolve(DOWN)
    })
    own.then(resolve, reject).finally(() => {
      stop()
      done()
    })
  })
}

const travel = async (trip: Trip, parts: CheckoutParts): Promise<ToShopReply> => {
  const { foreign, name, question, settled } = trip
  const kept = foreign.links.link(name)
  const link = kept && parts.clock.now() - kept.madeAt < LINK_MS ? kept : null
  const ours = settled.view.totalCents
  if (link && (link.chargedMinor ?? ours) === question.totalCents) return led(link, trip)
  const asked = await askPrice(trip, parts)
  if (asked.type === 'stopped') return asked.reply
  const { quote } = asked
  const charged = quote ? Math.round(quote.totalMinor) : ours
  if (charged !== question.totalCents) return charged === ours ? { type: 'price changed', view: settled.view } : { type: 'shop price', shopCents: charged, view: settled.view, refusedCodes: quote?.refusedCodes.map(({ code }) => code) ?? [] }
  return link ? led(link, trip) : open(trip, quote && charged, parts)
}

type Asked = { readonly type: 'asked'; readonly quote: ShopQuote | null } | { readonly type: 'stopped'; readonly reply: ToShopReply }

/** A shop that cannot be asked for a price, or does not let us, may still be opened: the page then says that only the shop knows. */
const askPrice = async (trip: Trip, { log }: CheckoutParts): Promise<Asked> => {
  const { foreign, cart, settled } = trip
  const { quote } = foreign.shop
  if (!isAble(quote)) return { type: 'asked', quote: null }
  const said = await quote(cart)
  if (said.ok) {
    const { handoff, device, basket, view } = settled
    foreign.parity.cartTold({ qid: handoff.qid, dev: device.dev, basket, owedCents: view.totalCents as never, cart: said.value })
    return { type: 'asked', quote: said.value }
  }
  log.warn('the web shop named no price for a handed-over basket', { shop: foreign.shop.name, qid: settled.handoff.qid, why: tellTrouble(said.error) })
  return said.error.type === 'Refused' || said.error.type === 'Nonsense' ? { type: 'asked', quote: null } : { type: 'stopped', reply: await stopped(said.error, trip) }
}

const open = async (trip: Trip, chargedMinor: number | null, parts: CheckoutParts): Promise<ToShopReply> => {
  const { foreign, cart, name, settled } = trip
  const { openCheckout } = foreign.shop
  if (!isAble(openCheckout)) return CLOSED
  const { handoff, device } = settled
  const opened = await openCheckout(cart, { store: String(handoff.store), device: device.dev, handoff: handoff.qid })
  if (!opened.ok) {
    parts.log.warn('the web shop opened no checkout for a handed-over basket', { shop: foreign.shop.name, qid: handoff.qid, why: tellTrouble(opened.error) })
    return stopped(opened.error, trip)
  }
  const { url, leaves } = opened.value
  if (!/^https?:$/.test(URL.parse(url)?.protocol ?? '')) {
    parts.log.error('the web shop gave a link that leads nowhere', { shop: foreign.shop.name, qid: handoff.qid })
    return DOWN
  }
  const madeAt = parts.clock.now()
  const link: CheckoutLink = { ...name, url, leaves, chargedMinor, madeAt }
  parts.transactions.run(() => foreign.links.keepLink(link, millis(madeAt - FORGET_LINKS_MS)))
  return led(link, trip)
}

const led = ({ url, leaves, chargedMinor }: CheckoutLink, { cart, question }: Trip): ToShopReply => ({
  type: 'to shop',
  url,
  // A delivery that nobody knows cannot be in the link, whatever the shop says of it.
  leaves: cart.delivery === null && question.wishes.delivery === 'home' && !leaves.includes('delivery') ? [...leaves, 'delivery'] : leaves,
  codes: cart.codes,
  confirmed: chargedMinor !== null,
})

const stopped = async (trouble: ShopTrouble | CartRefused, { foreign, cart, keys, settled }: Trip): Promise<ToShopReply> => {
  if (trouble.type === 'RateLimited') return { type: 'shop away', why: 'busy' }
  if (trouble.type !== 'CartRefused') return DOWN
  const { quote } = foreign.shop
  const refused = isAble(quote) ? await refusedKeys(cart, quote) : new Set<string>()
  const lines = settled.settlement.quote.lines.filter(({ sku }) => refused.has(keys.articles.get(sku) ?? ''))
  return { type: 'cart refused', articles: lines.map(({ sku, product }) => ({ sku, name: product.name })) }
}
