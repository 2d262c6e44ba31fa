/** What every connector must show against a running shop: whole pages, honest offers, the same cents, a way into its checkout, and calm in every trouble. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { HttpDoor } from '#hub/ports/http-door.ts'
import type { ShopCart, ShopQuote } from '#hub/ports/web-shop/shop-cart.ts'
import type { ShopSnapshot } from '#hub/ports/web-shop/shop-snapshot.ts'
import { isAble, toldCapabilities, type Able, type WebShop } from '#hub/ports/web-shop/web-shop.ts'
import { fetchDoor } from '#hub/transport/outgoing/fetch-door.ts'
import { candidatesOf, freshNumbers } from '#hub/use-cases/shops/draft-shop.ts'
import { probeBaskets, seededBelow } from '#hub/use-cases/parity/probe-baskets.ts'
import { askShop, judgeProbe, type Candidate } from '#hub/use-cases/parity/probe-shop.ts'
import { cartOf } from '#hub/use-cases/shops/shop-basket.ts'
import type { Basket } from '#shared/basket/basket.ts'
import { millis } from '#shared/kernel/time.ts'
import { acceptOrders, type OrderRig } from './accept-orders.ts'
import { deadAddress, oddServer, ODDITIES } from './odd-server.ts'

/** A shop that was started and filled for this run. */
export type ShopRig = {
  /** The connector at an address: the shop's own, or one at which something else answers. */
  readonly at: (url: string, door: HttpDoor) => WebShop
  readonly url: string
  /** What is on sale, and how many promotions there are, switched off ones included. More than fit on one page. */
  readonly articles: number
  readonly promotions: number
  /** Ids of promotions that nobody outside can compute. */
  readonly notComputable: readonly string[]
  /**
   * For a shop that answers recorded baskets only: those it is asked instead of random ones. Each as `delivery` says; some of them, at best six or more,
   * by a delivery that the shop does not have (then none is chosen), and one of those without codes.
   */
  readonly baskets?: readonly Basket[]
  /** The dialect that it was set up to speak. */
  readonly dialect: string
  /** Changes the value of a promotion, as its administrator would. */
  readonly changePromotion: () => Promise<void>
  /** Follows the link like a phone, and reads the cart in the checkout through the shop's own interface. */
  readonly readCheckout: (url: string) => Promise<ShopQuote>
  /** For a shop whose orders come back. */
  readonly orders?: OrderRig
  readonly stop: () => Promise<void>
}

export type AcceptanceTerms = {
  readonly start: () => Promise<ShopRig>
  /** Baskets compared; each costs the shop some requests. */
  readonly baskets: number
  /** What this kind of shop must be able to do. */
  readonly able: readonly ('quote' | 'openCheckout' | 'ordersSince')[]
}

/** A server that misbehaves must not hold up a test. */
const QUICK = { timeoutMs: 400, maxBytes: 2_000_000, tries: 2, waitMs: 1, maxWaitMs: 10 } as const
const ORIGIN = { store: 'store-1', device: 'kiosk-1', handoff: '0123456789abcdef' }

/** Throws where a capability is missing that the rig promises. */
const need = <T>(capability: Able<T>): T => {
  if (isAble(capability)) return capability
  throw new Error(`not able: ${JSON.stringify(capability)}`)
}

export const acceptShop = (name: string, { start, baskets, able }: AcceptanceTerms): void => {
  void describe(`${name}, running`, () => {
    let rig: ShopRig
    let shop: WebShop
    let snapshot: ShopSnapshot
    let candidates: readonly [Candidate, ...Candidate[]]

    const read = async (): Promise<ShopSnapshot> => {
      const said = await need(shop.read)()
      if (!said.ok) throw new Error(JSON.stringify(said.error))
      return said.value
    }
    beforeAll(async () => {
      rig = await start()
      shop = rig.at(rig.url, fetchDoor())
      snapshot = await read()
      const drafts = candidatesOf(snapshot, {}, { numberOf: freshNumbers(), at: millis(Date.now()) })
      if (!drafts.ok) throw new Error(drafts.error.why)
      candidates = drafts.value
    }, 240_000)
    afterAll(() => rig?.stop())

    it('can what it must, and says of everything else why not', () => {
      const told = toldCapabilities(shop)
      expect(['read' as const, ...able].map((one) => told[one])).toEqual([null, ...able].map(() => null))
      for (const why of Object.values(told)) expect(why).not.toBe('')
    })
    it('is read whole, page by page', () => {
      expect({ articles: snapshot.articles.length + snapshot.leftOut.length, promotions: snapshot.promotions.length }).toEqual({ articles: rig.articles, promotions: rig.promotions })
      expect(new Set(snapshot.articles.map(({ sku }) => sku)).size).toBe(snapshot.articles.length)
      expect(new Set(snapshot.articles.map(({ key }) => key)).size).toBe(snapshot.articles.length)
    })
    it('has every promotion as an offer or not computable with a reason, and none as both', () => {
      const { offers, notComputable } = snapshot.translated
      expect([...offers.map(({ id }) => String(id)), ...notComputable.map(({ offerId }) => offerId)].toSorted()).toEqual(snapshot.promotions.map(({ id }) => id).toSorted())
      expect(notComputable.map(({ offerId }) => offerId).toSorted()).toEqual([...rig.notComputable].toSorted())
      for (const { why } of notComputable) expect(why.length).toBeGreaterThan(10)
    })
    it('has the same hash when nothing changed', async () => {
      expect((await read()).hash).toBe(snapshot.hash)
    })
    it(`charges what we compute, to the cent, in all of ${baskets} baskets, and reveals how it calculates`, async () => {
      const asked = await askShop((rig.baskets ?? probeBaskets(candidates[0].assortment, baskets, seededBelow(20261122))).slice(0, baskets), candidates[0], need(shop.quote))
      expect(asked.trouble).toBeNull()
      const probe = judgeProbe(asked, candidates, millis(Date.now()))
      expect(probe.differences.slice(0, 3)).toEqual([])
      expect(probe).toMatchObject({ dialect: rig.dialect, total: baskets, refused: 0 })
      // Most must be compared, or equal says nothing.
      expect(probe.equal).toBeGreaterThan(baskets * 0.8)
    }, 240_000)
    it('leads into a cart of its own checkout with the same lines, reductions and total', async () => {
      const [{ assortment, keys }] = candidates
      // How it is delivered is chosen there.
      const carts = undelivered() ?? probeBaskets(assortment, 6, seededBelow(7)).map((basket) => cartOf(basket, assortment, keys)!)
      for (const { lines, codes } of carts.slice(0, 6)) {
        const cart = { lines, codes, delivery: null }
        const opened = await need(shop.openCheckout)(cart, ORIGIN)
        if (!opened.ok) throw new Error(JSON.stringify(opened.error))
        const quoted = await need(shop.quote)(cart)
        if (!quoted.ok) throw new Error(JSON.stringify(quoted.error))
        const { refusedCodes: _, ...theirs } = await rig.readCheckout(opened.value.url)
        const { refusedCodes: __, ...ours } = quoted.value
        expect(inOneOrder(theirs)).toEqual(inOneOrder(ours))
      }
    }, 120_000)

    const recorded = (): readonly ShopCart[] | undefined => {
      const [{ assortment, keys }] = candidates
      return rig.baskets?.map((basket) => cartOf(basket, assortment, keys)!)
    }
    /** Those for which no delivery is chosen. */
    const undelivered = (): readonly ShopCart[] | undefined => recorded()?.filter(({ delivery }) => delivery === null)
    const CART = (): ShopCart => ({ ...(undelivered()?.find(isPlain) ?? recorded()?.find(isPlain) ?? FIRST()), delivery: null })
    const isPlain = ({ codes }: ShopCart): boolean => codes.length === 0
    const FIRST = (): ShopCart => ({ lines: [{ key: snapshot.articles[0]!.key, quantity: 2 }], codes: [], delivery: null })
    const calls = (of: WebShop): readonly (readonly [string, () => Promise<{ readonly ok: boolean }>])[] => [
      ['read', need(of.read)],
      ['quote', () => need(of.quote)(CART())],
    ]
    it.each([
      ['silent', ['Unreachable']],
      ['stalls', ['Unreachable']],
      ['torn', ['Unreachable']],
      ['broken', ['Unreachable']],
      ['busy', ['RateLimited']],
      ['locked', ['Refused']],
      ['page', ['Nonsense', 'Refused']],
      ['empty', ['Nonsense', 'Refused']],
      ['other', ['Nonsense', 'Refused']],
      ['half', ['Nonsense', 'Refused']],
      ['moved', ['Nonsense', 'Refused']],
      ['huge', ['Nonsense']],
    ] as const)('tells a server that is %s as a value: %j', async (oddity, types) => {
      const server = await oddServer(ODDITIES[oddity])
      try {
        for (const [, call] of calls(rig.at(server.url, fetchDoor(QUICK)))) {
          const said = await call()
          expect(said).toMatchObject({ ok: false, error: { type: expect.toSatisfy((type: string) => (types as readonly string[]).includes(type)) } })
        }
      } finally {
        await server.close()
      }
    })
    it('tells a server that is not there as a value', async () => {
      for (const [, call] of calls(rig.at(await deadAddress(), fetchDoor(QUICK)))) expect(await call()).toMatchObject({ ok: false, error: { type: 'Unreachable', why: 'ECONNREFUSED' } })
    })
    it('refuses a cart with an article that it does not have, and goes on', async () => {
      expect(await need(shop.quote)({ lines: [{ key: '99999999', quantity: 1 }], codes: [], delivery: null })).toMatchObject({ ok: false })
      expect(await need(shop.quote)(CART())).toMatchObject({ ok: true })
    })
    it('names the codes that it does not take', async () => {
      expect(await need(shop.quote)({ ...CART(), codes: ['NO-SUCH-CODE'] })).toMatchObject({ ok: true, value: { refusedCodes: [{ code: 'NO-SUCH-CODE' }] } })
    })
    if (able.includes('ordersSince')) it('brings back the orders that began as our baskets, also cancelled ones', () => acceptOrders(shop, rig.orders!, CART(), ORIGIN), 120_000)
    it('has another hash when the value of a promotion changed, whatever its stamps say', async () => {
      await rig.changePromotion()
      expect((await read()).hash).not.toBe(snapshot.hash)
    })
  })
}

/** Some shops name the reductions of a cart in another order each time. */
const inOneOrder = <T extends Pick<ShopQuote, 'discounts'>>(quote: T): T => ({ ...quote, discounts: quote.discounts.toSorted((a, b) => ((a.promotion ?? '') < (b.promotion ?? '') ? -1 : 1)) })
