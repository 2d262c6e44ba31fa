import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { readConfig } from '#hub/config.ts'
import { connectShop } from '#hub/connect-shop.ts'
import { feedShop } from '#hub/shops/feed/feed-shop.ts'
import { fetchDoor } from '#hub/transport/outgoing/fetch-door.ts'
import { fileDoor } from '#hub/transport/outgoing/file-door.ts'
import { isAble, type Able, type WebShop } from '#hub/ports/web-shop/web-shop.ts'
import { deadAddress, oddServer, ODDITIES } from '../../../contract/shops/odd-server.ts'

const QUICK = { timeoutMs: 400, maxBytes: 2_000_000, tries: 2, waitMs: 1, maxWaitMs: 10 } as const
const feedOf = (articles: number, price = '1,00'): string => `sku;name;price;tax\n${Array.from({ length: articles }, (_, i) => `S-${i};Artikel ${i};${price};19\n`).join('')}`
const need = <T>(capability: Able<T>): T => {
  if (isAble(capability)) return capability
  throw new Error(JSON.stringify(capability))
}
const ORIGIN = { store: 'store-1', device: 'kiosk 2', handoff: '0123456789abcdef' }

const ends: (() => void | Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

/** A server that answers as the web does: with an ETag of the contents, and 304 to who has them. */
const serve = async (): Promise<{ readonly url: string; text: string; readonly asked: { readonly ifNoneMatch: string | undefined; readonly authorization: string | undefined; readonly status: number }[] }> => {
  const state = { url: '', text: feedOf(4), asked: [] as { ifNoneMatch: string | undefined; authorization: string | undefined; status: number }[] }
  const server = createServer((request, response) => {
    const etag = `"${createHash('sha256').update(state.text).digest('hex')}"`
    const { 'if-none-match': ifNoneMatch, authorization } = request.headers
    const status = ifNoneMatch === etag ? 304 : 200
    state.asked.push({ ifNoneMatch, authorization, status })
    response.writeHead(status, { etag, 'content-type': 'text/csv' }).end(status === 304 ? undefined : state.text)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  ends.push(() => {
    server.closeAllConnections()
    server.close()
  })
  state.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/feed.csv`
  return state
}
const shopAt = (url: string, key: string | null = null): WebShop => feedShop({ url, key, checkout: null }, fileDoor(fetchDoor(QUICK)))
const countOf = async (shop: WebShop): Promise<number | string> => {
  const said = await need(shop.read)()
  return said.ok ? said.value.articles.length : JSON.stringify(said.error)
}

describe('a feed is fetched', () => {
  it('once, and asked whether it changed from then on', async () => {
    const server = await serve()
    const shop = shopAt(server.url)
    expect([await countOf(shop), await countOf(shop)]).toEqual([4, 4])
    server.text = feedOf(4, '1,10')
    const said = await need(shop.read)()
    expect(said.ok && said.value.articles[0]!.priceMinor).toBe(110)
    expect(server.asked.map(({ status }) => status)).toEqual([200, 304, 200])
    expect(server.asked[0]!.ifNoneMatch).toBeUndefined()
  })
  it('with its key, if it has one', async () => {
    const server = await serve()
    await countOf(shopAt(server.url, 'geheim'))
    await countOf(shopAt(server.url))
    expect(server.asked.map(({ authorization }) => authorization)).toEqual(['Bearer geheim', undefined])
  })
  it('and the last good one stays where the next is damaged, half or nearly empty', async () => {
    const server = await serve()
    const shop = shopAt(server.url)
    server.text = feedOf(20)
    expect(await countOf(shop)).toBe(20)
    for (const [text, why] of [
      [`${feedOf(20)}S-21;half`, 'it ends in the middle of a row'],
      [feedOf(9), 'it holds 9 articles after 20; if that is meant, start the hub anew'],
      ['', 'no column sku and price in its first line'],
    ] as const) {
      server.text = text
      expect(await countOf(shop)).toBe(JSON.stringify({ type: 'Nonsense', why }))
    }
    server.text = feedOf(10)
    expect(await countOf(shop)).toBe(10)
  })
  it('from a file of this machine too', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'feed-'))
    ends.push(() => rmSync(folder, { recursive: true }))
    const path = join(folder, 'Käse & Brot.csv')
    writeFileSync(path, feedOf(3))
    const shop = shopAt(pathToFileURL(path).href)
    expect([await countOf(shop), await countOf(shop)]).toEqual([3, 3])
    writeFileSync(path, feedOf(5))
    utimesSync(path, 1, 1)
    expect(await countOf(shop)).toBe(5)
    rmSync(path)
    expect(await countOf(shop)).toBe('{"type":"Unreachable","why":"ENOENT"}')
  })
  it.each([
    ['silent', 'Unreachable'], ['stalls', 'Unreachable'], ['torn', 'Unreachable'], ['broken', 'Unreachable'], ['busy', 'RateLimited'], ['locked', 'Refused'],
    ['page', 'Nonsense'], ['empty', 'Nonsense'], ['other', 'Nonsense'], ['half', 'Nonsense'], ['moved', 'Nonsense'], ['huge', 'Nonsense'],
  ] as const)('from a server that is %s as a trouble: %s', async (oddity, type) => {
    const server = await oddServer(ODDITIES[oddity])
    ends.push(() => server.close())
    expect(await need(shopAt(server.url).read)()).toMatchObject({ ok: false, error: { type } })
  })
  it('from an address at which nobody listens as a trouble', async () => {
    expect(await need(shopAt(await deadAddress()).read)()).toEqual({ ok: false, error: { type: 'Unreachable', why: 'ECONNREFUSED' } })
  })
})

describe('the checkout of a feed', () => {
  const linkOf = async (checkout: string, codes: readonly string[] = ['A B', 'C'], lines = 2): Promise<unknown> => {
    const shop = feedShop({ url: 'https://shop.example/feed', key: null, checkout }, fetchDoor(QUICK))
    const opened = await need(shop.openCheckout)({ lines: Array.from({ length: lines }, (_, i) => ({ key: `S ${i}`, quantity: i + 1 })), codes, delivery: null }, ORIGIN)
    return opened.ok ? [opened.value.url, opened.value.leaves] : opened.error
  }
  it('is a link with what it asks for', async () => {
    expect(await linkOf('https://shop.example/cart?i={items}&c={codes}&s={store}&d={device}&h={handoff}&x={other}')).toEqual(['https://shop.example/cart?i=S%200:1,S%201:2&c=A%20B,C&s=store-1&d=kiosk%202&h=0123456789abcdef&x={other}', ['delivery']])
  })
  it('says what it cannot carry', async () => {
    expect(await linkOf('https://shop.example/cart?i={items}&c={code}')).toEqual(['https://shop.example/cart?i=S%200:1,S%201:2&c=A%20B', ['delivery', 'several codes']])
    expect(await linkOf('https://shop.example/cart?i={items}', ['A'])).toEqual([expect.any(String), ['delivery', 'several codes']])
  })
  it('is a permalink without braces', async () => {
    expect(await linkOf('https://shop.example/buy', ['A'])).toEqual(['https://shop.example/buy/~UyAw:1,~UyAx:2?discounts%2Fcodes%2F0=A&attribution%2Futm_source=kiosk&attribution%2Futm_medium=store-1&attribution%2Futm_content=kiosk+2&attribution%2Futm_id=0123456789abcdef', ['delivery']])
  })
  it('is no link that is too long', async () => {
    expect(await linkOf('https://shop.example/cart?i={items}', [], 400)).toEqual({ type: 'CartRefused', why: 'so many articles do not fit into a link' })
  })
})

describe('a feed is connected', () => {
  const access = { name: 'feed', url: 'file:///srv/feed.csv', secret: null, options: {} }
  it('by the address of a file too', () => {
    expect(readConfig(['--shop', 'feed', '--shop-url', 'file:///srv/feed.csv'], {})).toMatchObject({ ok: true, value: { shop: { name: 'feed', url: 'file:///srv/feed.csv' } } })
  })
  it('without a secret, and says what it cannot do', () => {
    const shop = connectShop(access, fetchDoor(QUICK))
    expect(shop.ok && [isAble(shop.value.read), shop.value.quote, shop.value.openCheckout]).toEqual([true, { unable: 'a feed cannot be asked what a cart costs' }, { unable: 'a feed has no checkout: name a link that fills a cart' }])
  })
  it('not with a user', () => {
    expect(connectShop({ ...access, secret: { user: 'u', password: 'p' } }, fetchDoor(QUICK))).toEqual({ ok: false, error: 'a feed knows no user and password: SHOP_KEY is sent along with the question, or nothing' })
  })
})
