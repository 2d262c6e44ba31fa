import { describe, expect, it } from 'vitest'
import { connectAsking, connectShop } from '#hub/connect-shop.ts'
import type { HttpDoor } from '#hub/ports/http-door.ts'
import { toldCapabilities } from '#hub/ports/web-shop/web-shop.ts'
import { err, ok } from '#shared/kernel/result.ts'

const access = { name: 'ucp', url: 'https://shop.example', secret: null, options: { agent: 'https://store.example/ucp.json', tax: '19' } }
const PROFILE = JSON.stringify({
  ucp: {
    version: '2026-08-25',
    services: { 'dev.ucp.shopping': [{ version: '2026-08-25', transport: 'rest', endpoint: 'https://shop.example/ucp/' }] },
    capabilities: {
      'dev.ucp.shopping.cart': [{ version: '2026-08-25', schema: 'https://ucp.dev/2026-08-25/schemas/shopping/cart.json' }],
      'dev.ucp.shopping.permalink': [{ version: '2026-08-25', schema: 'https://ucp.dev/2026-08-25/schemas/shopping/permalink.json', config: { endpoint: 'https://shop.example/buy' } }],
    },
  },
})
const doorTo = (text: string): HttpDoor & { readonly asked: string[] } => {
  const asked: string[] = []
  return { asked, ask: async ({ url }) => (asked.push(url), ok({ status: 200, headers: {}, text })) }
}

describe('a shop that speaks the Universal Commerce Protocol is connected', () => {
  it('by what its profile says', async () => {
    const door = doorTo(PROFILE)
    const shop = await connectAsking(access, door)
    expect(door.asked).toEqual(['https://shop.example/.well-known/ucp'])
    expect(shop.ok && toldCapabilities(shop.value)).toMatchObject({ read: expect.stringContaining('serves no search'), quote: null, openCheckout: null })
  })
  it('also while it does not answer: it can do nothing then, and the hub goes on', async () => {
    const shop = await connectAsking(access, { ask: async () => err({ type: 'Unreachable', why: 'ECONNREFUSED' }) })
    expect(shop.ok && Object.values(toldCapabilities(shop.value)).slice(0, 3)).toEqual(Array(3).fill('its profile is not known: the shop does not answer: ECONNREFUSED'))
  })
  it('not asked by whoever only wants to know whether the options are right', () => {
    const shop = connectShop(access, { ask: () => Promise.reject(new Error('nobody asks while connecting')) })
    expect(shop.ok && toldCapabilities(shop.value).read).toBe('its profile is not known: it was not asked yet')
  })
  it.each([
    ['no profile of our own', {}, '--shop-option agent=https://…: the address of your own profile, which the shop reads with every question, is missing'],
    ['a profile that anybody may change on its way', { agent: 'http://store.example/ucp.json' }, '--shop-option agent=https://…: the address of your own profile, which the shop reads with every question, is missing'],
    ['a strange rate of tax', { ...access.options, tax: 'much' }, '--shop-option tax: "much" is no rate of tax such as 19'],
    ['a strange address of calls', { ...access.options, 'called-at': 'here' }, '--shop-option called-at: "here" is no address such as https://store.example/shop/webhook'],
  ])('not with %s', async (_, options, sentence) => {
    expect(await connectAsking({ ...access, options }, doorTo(PROFILE))).toEqual({ ok: false, error: sentence })
  })
})
