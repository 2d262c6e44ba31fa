/** A shop that speaks the Universal Commerce Protocol, behind the port: what it can do is what its profile says it serves. */
import type { HttpDoor } from '#hub/ports/http-door.ts'
import { permalink } from '#hub/ports/web-shop/permalink.ts'
import type { ShopCart, ShopQuote } from '#hub/ports/web-shop/shop-cart.ts'
import type { Attribution, OpenedCheckout, WebhookCall, WebhookVerdict } from '#hub/ports/web-shop/shop-checkout.ts'
import type { ShopSnapshot } from '#hub/ports/web-shop/shop-snapshot.ts'
import type { CartRefused, ShopTrouble } from '#hub/ports/web-shop/shop-trouble.ts'
import type { Unable, WebShop } from '#hub/ports/web-shop/web-shop.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import { troubleOf, ucpClient, type UcpAccess, type UcpClient } from './ucp-client.ts'
import { discover, type UcpKey, type UcpProfile } from './ucp-profile.ts'
import { productsReply, type UcpProductRecord } from './ucp-replies.ts'
import { closeSession, openSession, quoteOf, type SessionKind, type UcpBuyer } from './ucp-session.ts'
import { isSigned, keyIdsOf } from './ucp-signature.ts'
import { ucpSnapshot } from './ucp-snapshot.ts'

export type UcpConfig = Omit<UcpAccess, 'rest'> & {
  /** Address of the shop. */
  readonly url: string
  readonly country: string
  /** Percent, for all articles; null: nothing is read. */
  readonly tax: number | null
  /** Where the shop calls us; null: its calls are not taken. */
  readonly calledAt: string | null
  /** Units  ms. */
  readonly now: () => number
  readonly pageSize?: number
}

const PAGE_SIZE = 50
const MAX_PAGES = 2000
/** The store's own; a shop is asked for its prices in it. */
const CURRENCY = 'EUR'

type Refused = ShopTrouble | CartRefused

export const ucpShop = (config: UcpConfig, profile: UcpProfile, door: HttpDoor): WebShop => {
  const client = profile.rest === null ? null : ucpClient({ ...config, rest: profile.rest }, door)
  const buyer: UcpBuyer = { country: config.country, currency: CURRENCY }
  const session = sessionKind(profile)
  return {
    name: 'ucp',
    read: client === null ? NO_REST : reading(config, profile, client),
    quote: client === null ? NO_REST : session === null ? NO_SESSION : (cart) => quote(cart, session, buyer, client),
    openCheckout: opening(profile, session, buyer, client),
    ordersSince: { unable: 'the protocol has no list of orders: the shop tells them one by one, by calls' },
    checkWebhook: hearing(config, profile, door),
    findMember: { unable: 'customers of the web shop have no card' },
    ownOrders: { unable: 'orders are taken in the web shop itself' },
  }
}

const reading = (config: UcpConfig, { serves, version }: UcpProfile, client: UcpClient): WebShop['read'] => {
  const { tax } = config
  if (!serves.catalogue) return { unable: 'its profile serves no search of the catalogue (dev.ucp.shopping.catalog.search)' }
  return tax === null ? { unable: 'the protocol does not tell rates of tax: name the one of all articles with the option tax' } : () => readShop(client, config, tax, version)
}

/** A link costs the shop nothing until somebody follows it. */
const opening = ({ permalink: endpoint }: UcpProfile, session: SessionKind | null, buyer: UcpBuyer, client: UcpClient | null): WebShop['openCheckout'] => {
  if (endpoint !== null) return (cart, attribution) => Promise.resolve(openLink(cart, attribution, endpoint))
  if (client === null) return NO_REST
  return session === null ? NO_SESSION : (cart, attribution) => openContinued(cart, attribution, session, buyer, client)
}

const hearing = (config: UcpConfig, { serves, keys }: UcpProfile, door: HttpDoor): WebShop['checkWebhook'] => {
  if (!serves.order) return { unable: 'its profile serves no orders (dev.ucp.shopping.order), so it calls nobody' }
  return config.calledAt === null ? { unable: 'the address at which it calls is part of its signature: name it with the option called-at' } : webhookCheck(config, keys, new URL(config.calledAt), door)
}

/** A shop whose profile could not be read: it may serve anything, and nothing is known of it. */
export const unknownUcpShop = (why: string): WebShop => {
  const unable: Unable = { unable: `its profile is not known: ${why}` }
  return { name: 'ucp', read: unable, quote: unable, openCheckout: unable, ordersSince: unable, checkWebhook: unable, findMember: unable, ownOrders: { unable: 'orders are taken in the web shop itself' } }
}

const NO_REST: Unable = { unable: 'its profile serves no REST interface (dev.ucp.shopping)' }
const NO_SESSION: Unable = { unable: 'its profile serves neither carts nor checkouts (dev.ucp.shopping.cart, dev.ucp.shopping.checkout)' }

/** A cart leaves less behind than a checkout; but codes must be taken, if anywhere. */
const sessionKind = ({ serves: { cart, checkout, discountsOn } }: UcpProfile): SessionKind | null => {
  const kinds: readonly (SessionKind & { readonly served: boolean })[] = [
    { path: '/carts', takesCodes: discountsOn.includes('cart'), served: cart },
    { path: '/checkout-sessions', takesCodes: discountsOn.includes('checkout'), served: checkout },
  ]
  const served = kinds.filter((one) => one.served)
  return served.find(({ takesCodes }) => takesCodes) ?? served[0] ?? null
}

const readShop = async (client: UcpClient, { url, country, pageSize = PAGE_SIZE }: UcpConfig, taxPercent: number, version: string): Promise<Result<ShopSnapshot, ShopTrouble>> => {
  const products = new Map<string, UcpProductRecord>()
  let cursor: string | undefined
  for (let pages = 0; pages < MAX_PAGES; pages++) {
    // A question without words is a walk through all there is; one filter has to be there.
    const body = { filters: { price: { min: 0 } }, context: { address_country: country, currency: CURRENCY }, pagination: { limit: pageSize, ...(cursor !== undefined && { cursor }) } }
    const said = await client.ask({ method: 'POST', path: '/catalog/search', body, reply: productsReply, isReading: true })
    if (!said.ok) return err(troubleOf(said.error))
    for (const product of said.value.products) products.set(product.id, product)
    const { has_next_page: goesOn, cursor: next, total_count: total } = said.value.pagination ?? { has_next_page: false }
    if (!goesOn) return total !== undefined && total !== products.size ? err({ type: 'Unreachable', why: 'its catalogue changed while it was read' }) : ok(ucpSnapshot([...products.values()], { shopName: new URL(url).hostname, version, currency: CURRENCY, taxPercent }))
    if (next === undefined || next === cursor) return err({ type: 'Nonsense', why: 'its catalogue goes on and does not say where' })
    cursor = next
  }
  return err({ type: 'Nonsense', why: `a catalogue of more than ${MAX_PAGES} pages` })
}

const quote = async (cart: ShopCart, kind: SessionKind, buyer: UcpBuyer, client: UcpClient): Promise<Result<ShopQuote, Refused>> => {
  const opened = await openSession(cart, kind, buyer, client, null)
  if (!opened.ok) return opened
  await closeSession(opened.value.id, kind, client)
  return quoteOf(opened.value, cart, kind)
}

const openLink = (cart: ShopCart, attribution: Attribution, endpoint: string): Result<OpenedCheckout, CartRefused> => {
  const url = permalink(endpoint, cart, attribution)
  return url === null ? err({ type: 'CartRefused', why: 'so many articles do not fit into a link' }) : ok({ url, leaves: ['delivery'] })
}

const openContinued = async (cart: ShopCart, attribution: Attribution, kind: SessionKind, buyer: UcpBuyer, client: UcpClient): Promise<Result<OpenedCheckout, Refused>> => {
  const opened = await openSession(cart, kind, buyer, client, attribution)
  if (!opened.ok) return opened
  const url = opened.value.continue_url
  if (url === undefined || !URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) return err({ type: 'CartRefused', why: 'the shop does not say where its checkout goes on' })
  return ok({ url, leaves: cart.codes.length > 0 && !kind.takesCodes ? ['delivery', 'several codes'] : ['delivery'] })
}

/** The shop may change its keys at any time; whoever makes up calls must not make us ask it all day. */
const KEYS_FOR_MS = 60_000

/** A key that is not known yet is looked up once more; an order changes no price. */
const webhookCheck = ({ url, now }: UcpConfig, known: readonly UcpKey[], at: URL, door: HttpDoor): ((call: WebhookCall) => Promise<WebhookVerdict>) => {
  let keys = known
  let readAt = -Infinity
  return async (call) => {
    if (now() - readAt >= KEYS_FOR_MS && keyIdsOf(call).some((id) => keys.every(({ kid }) => kid !== id))) {
      readAt = now()
      const again = await discover(url, door)
      if (again.ok) keys = again.value.keys
    }
    return (await isSigned(call, keys, at)) ? 'nothing' : 'forged'
  }
}
