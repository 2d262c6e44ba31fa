import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { connectShop } from '#hub/connect-shop.ts'
import { isAble } from '#hub/ports/web-shop/web-shop.ts'
import { checkShopwareWebhook } from '#hub/shops/shopware/shopware-webhook.ts'
import { fetchDoor } from '#hub/transport/outgoing/fetch-door.ts'

const bodyOf = (event: string): string => JSON.stringify({ data: { payload: [{ entity: 'product', operation: 'update', primaryKey: '1' }], event }, source: { url: 'https://shop.example', shopId: 'abc', eventId: '1' }, timestamp: 1 })
const check = (body: string, signature: string | undefined = createHmac('sha256', 'geheim').update(body).digest('hex')): Promise<string> =>
  checkShopwareWebhook('geheim', { headers: signature === undefined ? {} : { 'shopware-shop-signature': signature }, body: new TextEncoder().encode(body) })

describe('a call of the shop', () => {
  it.each(['product.written', 'product.deleted', 'product_price.written', 'promotion.written', 'promotion_discount.deleted', 'rule_condition.written', 'tax.written', 'shipping_method_price.written', 'category.written'])('that tells %s is a change', async (event) => {
    expect(await check(bodyOf(event))).toBe('changed')
  })
  it.each(['checkout.order.placed', 'customer.written', 'app.activated'])('that tells %s is of no concern', async (event) => {
    expect(await check(bodyOf(event))).toBe('nothing')
  })
  it('without data is of no concern', async () => {
    expect([await check('{}'), await check('not json')]).toEqual(['nothing', 'nothing'])
  })
  it('is forged with the signature of another body, of another secret, of another length, or without one', async () => {
    const body = bodyOf('product.written')
    const signed = (secret: string, text: string): string => createHmac('sha256', secret).update(text).digest('hex')
    expect(await Promise.all([check(body, signed('geheim', `${body} `)), check(body, signed('Geheim', body)), check(body, signed('geheim', body).slice(2)), check(body, ''), checkShopwareWebhook('geheim', { headers: {}, body: new TextEncoder().encode(body) })])).toEqual(['forged', 'forged', 'forged', 'forged', 'forged'])
  })
})

describe('a Shopware shop is connected', () => {
  const access = { name: 'shopware', url: 'https://shop.example', secret: { user: 'SWIA', password: 'x' }, options: {} }
  it('with an integration, and says what it cannot do', () => {
    const shop = connectShop(access, fetchDoor())
    expect(shop.ok && [shop.value.openCheckout, shop.value.checkWebhook]).toEqual([{ unable: 'a Shopware storefront has no link that fills a cart: name the route that was added to it' }, { unable: 'no app of the shop calls the hub; its full lists are read and compared instead' }])
    const more = connectShop({ ...access, webhookSecret: 'geheim', options: { storefront: 'https://shop.example/buy', 'sales-channel': 'Kaffeehaus' } }, fetchDoor())
    expect(more.ok && [isAble(more.value.openCheckout), isAble(more.value.checkWebhook)]).toEqual([true, true])
  })
  it.each([
    [{ secret: null }, 'SHOP_USER and SHOP_PASSWORD, the access key and secret of an integration, are missing'],
    [{ secret: { key: 'k' } }, 'SHOP_USER and SHOP_PASSWORD, the access key and secret of an integration, are missing'],
    [{ options: { storefront: 'shop/buy' } }, '--shop-option storefront: "shop/buy" is no address'],
  ])('not with %j', (more, why) => {
    expect(connectShop({ ...access, ...more }, fetchDoor())).toEqual({ ok: false, error: why })
  })
})
