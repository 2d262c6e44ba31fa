/** A web shop that hands out a file or page of articles and offers, and nothing else: read behind the port, opened by a link. */
import { err, ok, type Result } from '#shared/kernel/result.ts'
import type { HttpDoor } from '#hub/ports/http-door.ts'
import { MAX_LINK, permalink } from '#hub/ports/web-shop/permalink.ts'
import type { ShopCart } from '#hub/ports/web-shop/shop-cart.ts'
import type { Attribution } from '#hub/ports/web-shop/shop-checkout.ts'
import type { ShopSnapshot } from '#hub/ports/web-shop/shop-snapshot.ts'
import type { ShopTrouble } from '#hub/ports/web-shop/shop-trouble.ts'
import type { WebShop } from '#hub/ports/web-shop/web-shop.ts'
import { readFeedRows } from './feed-rows.ts'
import { feedSnapshot } from './feed-snapshot.ts'

export type FeedConfig = {
  /** Of the feed: https, or file. */
  readonly url: string
  /** Sent along with every question, as `authorization: Bearer`; null: the feed is open to all. */
  readonly key: string | null
  /** Link into the shop's cart with `{items}` and the like, or the start of a permalink; null: none. See GUIDE.md. */
  readonly checkout: string | null
}

/** A feed that lost more of its articles than this since the last one is taken for half a feed. */
const LEAST_LEFT = 0.5

export const feedShop = (config: FeedConfig, door: HttpDoor): WebShop => {
  const { checkout } = config
  return {
    name: 'feed',
    read: feedReader(config, door),
    quote: { unable: 'a feed cannot be asked what a cart costs' },
    openCheckout:
      checkout === null
        ? { unable: 'a feed has no checkout: name a link that fills a cart' }
        : async (cart, attribution) => {
            const url = linkTo(checkout, cart, attribution)
            return url === null ? err({ type: 'CartRefused', why: 'so many articles do not fit into a link' }) : ok({ url, leaves: leftBy(checkout, cart) })
          },
    ordersSince: { unable: 'a feed tells of no orders' },
    checkWebhook: { unable: 'a feed calls nobody; it is fetched and compared instead' },
    findMember: { unable: 'customers of the web shop have no card' },
    ownOrders: { unable: 'orders are taken in the web shop itself' },
  }
}

type Last = { readonly snapshot: ShopSnapshot; readonly headers: { readonly [name: string]: string } }

const feedReader = ({ url, key }: FeedConfig, door: HttpDoor): (() => Promise<Result<ShopSnapshot, ShopTrouble>>) => {
  let last: Last | null = null
  return async () => {
    const answer = await door.ask({ method: 'GET', url, headers: { accept: 'application/json, text/csv', ...(key === null ? {} : { authorization: `Bearer ${key}` }), ...last?.headers }, repeatable: true })
    if (!answer.ok) return err(answer.error.type === 'HttpRefusal' ? { type: 'Nonsense', why: `it answered ${answer.error.status}` } : answer.error)
    const { status, headers, text } = answer.value
    if (status === 304 && last) return ok(last.snapshot)
    if (status !== 200) return err({ type: 'Nonsense', why: `it answered ${status}` })
    const snapshot = snapshotOf(text)
    if (!snapshot.ok) return err({ type: 'Nonsense', why: snapshot.error })
    const before = last?.snapshot.articles.length ?? 0
    const now = snapshot.value.articles.length
    if (now < before * LEAST_LEFT) return err({ type: 'Nonsense', why: `it holds ${now} articles after ${before}; if that is meant, start the hub anew` })
    last = { snapshot: snapshot.value, headers: askedAgain(headers) }
    return ok(snapshot.value)
  }
}

const snapshotOf = (text: string): Result<ShopSnapshot, string> => {
  const rows = readFeedRows(text)
  return rows.ok ? feedSnapshot(rows.value) : rows
}

const askedAgain = ({ etag, 'last-modified': modified }: { readonly [name: string]: string }): Last['headers'] => (etag !== undefined ? { 'if-none-match': etag } : modified !== undefined ? { 'if-modified-since': modified } : {})

const linkTo = (checkout: string, cart: ShopCart, attribution: Attribution): string | null => {
  if (!checkout.includes('{')) return permalink(checkout, cart, attribution)
  const values: { readonly [name: string]: string } = {
    items: cart.lines.map(({ key, quantity }) => `${encodeURIComponent(key)}:${quantity}`).join(','),
    codes: cart.codes.map(encodeURIComponent).join(','),
    code: encodeURIComponent(cart.codes[0] ?? ''),
    store: encodeURIComponent(attribution.store),
    device: encodeURIComponent(attribution.device),
    handoff: encodeURIComponent(attribution.handoff),
  }
  const link = checkout.replaceAll(/\{([a-z]+)\}/g, (whole, name: string) => values[name] ?? whole)
  return link.length <= MAX_LINK ? link : null
}

const leftBy = (checkout: string, { codes }: ShopCart): readonly ('delivery' | 'several codes')[] =>
  codes.length > (checkout.includes('{') && !checkout.includes('{codes}') ? (checkout.includes('{code}') ? 1 : 0) : codes.length) ? ['delivery', 'several codes'] : ['delivery']
