import { describe, expect, it } from 'vitest'
import type { HttpAnswer, HttpDoor, HttpRefusal } from '#hub/ports/http-door.ts'
import type { ShopTrouble } from '#hub/ports/web-shop/shop-trouble.ts'
import type { WebShop } from '#hub/ports/web-shop/web-shop.ts'
import { shopifyShop } from '#hub/shops/shopify/shopify-shop.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'

type Said = Result<HttpAnswer, ShopTrouble | HttpRefusal>
const json = (body: object, status = 200): Said => ok({ status, headers: {}, text: JSON.stringify(body) })
const refusal = (status: number, body: object = {}): Said => err({ type: 'HttpRefusal', status, text: JSON.stringify(body) })

/** Answers by what is asked for; the last answer of a list again and again. */
const shopWith = (answers: { readonly [field: string]: readonly Said[] }): WebShop => {
  const asked = new Map<string, number>()
  const door: HttpDoor = {
    ask: async ({ body }) => {
      const { query } = JSON.parse(body!) as { readonly query: string }
      const field = Object.keys(answers).find((name) => query.includes(`:${name}(`) || query.includes(`{${name}{`))!
      const nth = asked.get(field) ?? 0
      asked.set(field, nth + 1)
      return answers[field]![Math.min(nth, answers[field]!.length - 1)]!
    },
  }
  return shopifyShop({ url: 'https://kontor.myshopify.com', adminToken: 't', storefrontToken: null, wait: () => Promise.resolve(), country: 'DE', tax: { percent: 19, reduced: null }, opens: 'cart', webhookSecret: null }, door)
}
const read = (shop: WebShop) => (shop.read as Extract<WebShop['read'], Function>)()
const quote = (shop: WebShop, quantity = 2) => (shop.quote as Extract<WebShop['quote'], Function>)({ lines: [{ key: '101', quantity }], codes: ['HERBST', 'alt'], delivery: null })

const SHOP = json({ data: { shop: { name: 'Kontor', currencyCode: 'EUR', taxesIncluded: true } } })
const page = (nodes: readonly object[], pageInfo: object = { hasNextPage: false, endCursor: null }): Said => json({ data: { page: { nodes, pageInfo } } })
const NOTHING = page([])

describe('trouble with a Shopify store', () => {
  it.each([
    ['a token without the scope', json({ errors: [{ message: 'Access denied for productVariants field.', extensions: { code: 'ACCESS_DENIED' } }] }), { type: 'Refused', why: 'Access denied for productVariants field. (see the guide for its permissions)' }],
    ['an error inside', json({ errors: [{ message: 'Internal error. Looks like something went wrong on our end.', extensions: { code: 'INTERNAL_SERVER_ERROR' } }] }), { type: 'Unreachable', why: 'an error inside the shop' }],
    ['half of the data and an error', json({ data: { page: { nodes: [], pageInfo: { hasNextPage: false } } }, errors: [{ message: 'Timeout', extensions: { code: 'TIMEOUT' } }] }), { type: 'Unreachable', why: 'an error inside the shop' }],
    ['a field that is gone', json({ errors: [{ message: "Field 'barcode' doesn't exist on type 'ProductVariant'", extensions: { code: 'undefinedField' } }] }), { type: 'Nonsense', why: "Field 'barcode' doesn't exist on type 'ProductVariant'" }],
    ['a question that costs too much', json({ errors: [{ message: 'Query cost is 1200, which exceeds the single query max cost limit (1000).', extensions: { code: 'MAX_COST_EXCEEDED' } }] }), { type: 'Nonsense', why: 'Query cost is 1200, which exceeds the single query max cost limit (1000).' }],
    ['fields of another kind', page([{ id: 7 }]), { type: 'Nonsense', why: expect.stringContaining('page.nodes.0') }],
    ['a store that is closed', refusal(402, { errors: 'Unavailable Shop' }), { type: 'Refused', why: 'the shop is closed (it answered 402)' }],
    ['a store that is locked', refusal(423), { type: 'Refused', why: 'the shop is closed (it answered 423)' }],
    ['another address', refusal(404, { errors: 'Not Found' }), { type: 'Refused', why: 'there is no such shop or interface at this address' }],
    ['a store that takes us for a robot', refusal(430), { type: 'RateLimited', retryAfterMs: 60_000 }],
    ['a list without an end', page([], { hasNextPage: true, endCursor: null }), { type: 'Nonsense', why: 'its list goes on and does not say where' }],
    ['a list that turns in a circle', page([], { hasNextPage: true, endCursor: 'here' }), { type: 'Nonsense', why: 'its list goes on and does not say where' }],
    ['points that nobody counts', json({ errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }] }), { type: 'RateLimited', retryAfterMs: 60_000 }],
  ] as const)('is told as what it is: %s', async (_, said, error) => {
    expect(await read(shopWith({ shop: [SHOP], productVariants: [said] }))).toEqual({ ok: false, error })
  })
  it('ends a reading wherever it comes', async () => {
    const away: Said = err({ type: 'Unreachable', why: 'ECONNRESET' })
    const all = { shop: [SHOP], productVariants: [NOTHING], collections: [NOTHING], discountNodes: [NOTHING] }
    expect(await read(shopWith(all))).toMatchObject({ ok: true })
    for (const field of Object.keys(all)) expect(await read(shopWith({ ...all, [field]: [away] }))).toEqual({ ok: false, error: { type: 'Unreachable', why: 'ECONNRESET' } })
  })
})

describe('a cart of a Shopify store', () => {
  const euros = (amount: string, currencyCode = 'EUR') => ({ amount, currencyCode })
  const line = (quantity: number, off: readonly object[] = []) => ({ quantity, merchandise: { id: 'gid://shopify/ProductVariant/101' }, cost: { subtotalAmount: euros('19.98') }, discountAllocations: off })
  const cart = (lines: readonly object[], more: object = {}) => ({
    checkoutUrl: 'https://kontor.example/cart/c/1', discountCodes: [{ code: 'HERBST', applicable: true }, { code: 'alt', applicable: false }], cost: { totalAmount: euros('17.98') }, lines: { nodes: lines, pageInfo: { hasNextPage: false } }, ...more,
  })
  const made = (of: object | null, errors: readonly object[] = [], warnings: readonly object[] = []): Said => json({ data: { made: { cart: of, userErrors: errors, warnings } } })
  const DISCOUNTS = page([{ id: 'gid://shopify/DiscountCodeNode/4', discount: { kind: 'DiscountCodeBasic', codes: { nodes: [{ code: 'Herbst' }], pageInfo: { hasNextPage: false } } } }])
  const priced = (said: Said) => quote(shopWith({ discountNodes: [DISCOUNTS], cartCreate: [said] }))
  const OFF = { kind: 'CartCodeDiscountAllocation', code: 'HERBST', discountedAmount: euros('2.0') }

  it('tells whose discount it is, also to a hub that has not read the store yet', async () => {
    expect(await priced(made(cart([line(2, [OFF])]), [], [{ code: 'DISCOUNT_NOT_FOUND', message: '', target: 'alt' }]))).toEqual({
      ok: true,
      value: { lines: [{ key: '101', quantity: 2, beforeMinor: 1998, totalMinor: 1798 }], discounts: [{ promotion: 'code:4', minor: 200 }], deliveryMinor: 0, taxMinor: null, totalMinor: 1798, refusedCodes: [{ code: 'alt', why: 'DISCOUNT_NOT_FOUND' }] },
    })
  })
  it('tells of a discount that nobody knows that it is somebody\'s', async () => {
    expect(await priced(made(cart([line(2, [{ kind: 'CartCustomDiscountAllocation', title: 'Von einer App', discountedAmount: euros('2.0') }])])))).toMatchObject({ ok: true, value: { discounts: [{ promotion: null, minor: 200 }] } })
  })
  it.each([
    ['with an article that is gone', made(null, [{ code: 'INVALID', message: 'The merchandise does not exist.' }]), { type: 'CartRefused', why: 'The merchandise does not exist.' }],
    ['with fewer pieces, and says so', made(cart([line(1)]), [], [{ code: 'MERCHANDISE_NOT_ENOUGH_STOCK', message: 'Only 1 item was added.', target: 'x' }]), { type: 'CartRefused', why: 'Only 1 item was added.' }],
    ['with fewer pieces, in silence', made(cart([line(1)])), { type: 'CartRefused', why: 'it has fewer pieces of an article than asked for' }],
    ['without its article', made(cart([])), { type: 'CartRefused', why: 'it has fewer pieces of an article than asked for' }],
    ['with neither cart nor error', made(null), { type: 'Nonsense', why: 'neither a cart nor an error' }],
    ['with amounts in two currencies', made(cart([line(2, [{ ...OFF, discountedAmount: euros('2.0', 'CHF') }])])), { type: 'Nonsense', why: 'an amount of the cart cannot be read' }],
    ['with parts of a cent', made(cart([line(2, [{ ...OFF, discountedAmount: euros('1.999') }])])), { type: 'Nonsense', why: 'an amount of the cart cannot be read' }],
    ['with an amount that is none', made(cart([line(2)], { cost: { totalAmount: euros('free') } })), { type: 'Nonsense', why: 'an amount of the cart cannot be read' }],
  ] as const)('is no price %s', async (_, said, error) => {
    expect(await priced(said)).toEqual({ ok: false, error })
  })
  it('is no way into the checkout without an address', async () => {
    const shop = shopWith({ cartCreate: [made(cart([line(2)], { checkoutUrl: 'javascript:alert(1)' }))] })
    expect(await (shop.openCheckout as Extract<WebShop['openCheckout'], Function>)({ lines: [{ key: '101', quantity: 2 }], codes: [], delivery: null }, { store: 's', device: 'd', handoff: 'h' })).toEqual({ ok: false, error: { type: 'Nonsense', why: 'the address of its checkout is none' } })
  })
})
