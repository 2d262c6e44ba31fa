import { describe, expect, it } from 'vitest'
import { readConfig } from '#hub/config.ts'
import { CONNECTORS, connectShop } from '#hub/connect-shop.ts'
import type { HttpDoor } from '#hub/ports/http-door.ts'
import { toldCapabilities } from '#hub/ports/web-shop/web-shop.ts'

const SHUT: HttpDoor = { ask: () => Promise.reject(new Error('nobody asks while connecting')) }
const access = { name: 'vendure', url: 'https://shop.example/admin-api', secret: { user: 'u', password: 'p' }, options: {} }
const errorsOf = (args: readonly string[], env: { readonly [name: string]: string } = {}): readonly string[] => {
  const config = readConfig(args, env)
  return config.ok ? [] : config.error
}

describe('the web shop of a store is configured', () => {
  it('by its name, its address, and secrets of the environment', () => {
    const config = readConfig(['--shop', 'vendure', '--shop-url', 'https://shop.example/admin-api', '--shop-option', 'storefront=https://shop.example/buy?a=b'], { SHOP_USER: 'u', SHOP_PASSWORD: 'p' })
    expect(config).toMatchObject({ ok: true, value: { shop: { ...access, options: { storefront: 'https://shop.example/buy?a=b' } } } })
  })
  it('or not at all', () => {
    const config = readConfig([], { SHOP_USER: 'u', SHOP_PASSWORD: 'p' })
    expect(config.ok && 'shop' in config.value).toBe(false)
  })
  it.each([
    [['--shop', 'vendure'], {}, '--shop-url: "" is not an address such as https://shop.example/admin-api'],
    [['--shop', 'vendure', '--shop-url', 'ftp://x'], {}, '--shop-url: "ftp://x" is not an address such as https://shop.example/admin-api'],
    [['--shop', 'vendure', '--shop-url', 'http://shop.example'], {}, '--shop-url http://shop.example: over plain http the shop\'s secret can be read along; use https, or ALLOW_INSECURE=1'],
    [['--shop', 'vendure', '--shop-url', 'https://a', '--shop-option', 'x'], {}, '--shop-option: "x" is not of the form name=value'],
    [['--shop', 'vendure', '--shop-url', 'https://a'], { SHOP_USER: 'u' }, 'SHOP_USER and SHOP_PASSWORD must be given together'],
    [['--shop-url', 'https://a'], {}, '--shop-url and --shop-option need --shop'],
  ])('not by %j with %j', (args, env, sentence) => {
    expect(errorsOf(args, env)).toEqual([sentence])
  })
  it('over plain http on this machine only', () => {
    expect([errorsOf(['--shop', 'x', '--shop-url', 'http://127.0.0.1:3000/a']), errorsOf(['--shop', 'x', '--shop-url', 'http://127.0.0.1.evil.example/'])]).toEqual([[], [expect.stringContaining('over plain http')]])
  })
})

describe('the web shop of a store is connected', () => {
  it('without asking it anything yet', () => {
    const shop = connectShop(access, SHUT)
    expect(shop).toMatchObject({ ok: true, value: { name: 'vendure' } })
    expect(shop.ok && toldCapabilities(shop.value)['openCheckout']).toBe('a Vendure server has no pages: name the route of its storefront that fills a cart')
  })
  it.each([
    ['a kind that nobody knows', { ...access, name: 'toString' }, `--shop: there is no web shop "toString"; there are ${Object.keys(CONNECTORS).join(', ')}`],
    ['an option that it does not have', { ...access, options: { colour: 'red' } }, '--shop-option: vendure knows no "colour", only channel, storefront, order-field'],
    ['no secret', { ...access, secret: null }, 'SHOP_USER and SHOP_PASSWORD of an administrator, or SHOP_KEY (an API key), are missing'],
  ])('not with %s', (_, wrong, sentence) => {
    expect(connectShop(wrong, SHUT)).toEqual({ ok: false, error: sentence })
  })
})
