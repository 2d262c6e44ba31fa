import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { connectShop } from '#hub/connect-shop.ts'
import type { HttpDoor } from '#hub/ports/http-door.ts'
import type { WebhookCall } from '#hub/ports/web-shop/shop-checkout.ts'
import { toldCapabilities } from '#hub/ports/web-shop/web-shop.ts'
import { readOptions } from '#hub/shops/shopify/shopify-options.ts'
import { checkCall } from '#hub/shops/shopify/shopify-webhook.ts'

const BODY = new TextEncoder().encode('{"id":1,"title":"Überraschung"}')
const SECRET = 'hush'
const HOST = 'kontor.myshopify.com'
const call = (topic: string, more: { readonly [name: string]: string } = {}, body = BODY, secret = SECRET): WebhookCall => ({
  body,
  headers: { 'x-shopify-topic': topic, 'x-shopify-shop-domain': HOST, 'x-shopify-hmac-sha256': createHmac('sha256', secret).update(BODY).digest('base64'), ...more },
})

describe('calls of a Shopify store', () => {
  it.each([['discounts/update', 'changed'], ['discounts/redeemcode_added', 'changed'], ['products/update', 'changed'], ['collections/delete', 'changed'], ['shop/update', 'changed'], ['orders/create', 'nothing'], ['inventory_levels/update', 'nothing'], ['', 'nothing']])('about %s mean that %s', async (topic, verdict) => {
    expect(await checkCall(call(topic), SECRET, HOST)).toBe(verdict)
  })
  it.each([
    ['another body', call('products/update', {}, new TextEncoder().encode('{}'))],
    ['another secret', call('products/update', {}, BODY, 'loud')],
    ['no signature', call('products/update', { 'x-shopify-hmac-sha256': '' })],
    ['a signature that is none', call('products/update', { 'x-shopify-hmac-sha256': '%%%' })],
    ['the name of another shop of the same app', call('products/update', { 'x-shopify-shop-domain': 'other.myshopify.com' })],
  ])('with %s are forged', async (_, made) => {
    expect(await checkCall(made, SECRET, HOST)).toBe('forged')
  })
})

describe('a Shopify store is connected', () => {
  const SHUT: HttpDoor = { ask: () => Promise.reject(new Error('nobody asks while connecting')) }
  const access = { name: 'shopify', url: `https://${HOST}`, secret: { key: 'shpat' }, options: { tax: '19' } }
  it('by a token of its Admin interface and the rate of tax', () => {
    const shop = connectShop(access, SHUT)
    expect(shop.ok && toldCapabilities(shop.value)).toMatchObject({ read: null, quote: null, openCheckout: null, ordersSince: null, checkWebhook: "the secret of the shop's app, which signs its calls, is missing" })
    const called = connectShop({ ...access, webhookSecret: SECRET }, SHUT)
    expect(called.ok && toldCapabilities(called.value).checkWebhook).toBeNull()
  })
  it.each([
    ['no token', { ...access, secret: null }, 'SHOP_KEY (an access token of the Admin API) is missing'],
    ['no rate of tax', { ...access, options: {} }, '--shop-option tax=19: the rate of tax is missing, and no interface of Shopify tells it'],
    ['half a reduced rate', { ...access, options: { tax: '19', 'reduced-tax': '7' } }, '--shop-option reduced-tax=7 and reduced-tax-collections=ID,ID belong together'],
    ['a strange country', { ...access, options: { tax: '19', country: 'Germany' } }, '--shop-option country: "GERMANY" is no country of two letters'],
    ['a strange checkout', { ...access, options: { tax: '19', checkout: 'fax' } }, '--shop-option checkout: "fax" is neither cart nor buy'],
  ])('not with %s', (_, wrong, sentence) => {
    expect(connectShop(wrong, SHUT)).toEqual({ ok: false, error: sentence })
  })
  it('with all that can be told', () => {
    expect(readOptions({ tax: '19', country: 'at', 'reduced-tax': '10', 'reduced-tax-collections': '31, 33', 'storefront-token': 't', checkout: 'buy' })).toEqual({ ok: true, value: { country: 'AT', tax: { percent: 19, reduced: { percent: 10, collections: ['31', '33'] } }, storefrontToken: 't', opens: 'buy' } })
  })
})
