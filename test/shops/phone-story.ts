/** One basket on its way through a running shop: from a kiosk without network by its QR onto a phone, into the shop's own cart, ordered there, and back into the store's figures. */
import { expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { openBrowser } from '#hub/tools/rig/browser-session.ts'
import { readQr } from '#hub/tools/rig/qr-reader.ts'
import { START } from '#hub/tools/tour/shopper-tour.ts'
import { press, seesHeading } from '#hub/tools/tour/tour.ts'
import { compareWithShop } from '#hub/use-cases/shops/shop-basket.ts'
import { quoteBasket } from '#shared/basket/quote-basket.ts'
import { HANDOFF_CHANNEL } from '#shared/basket/quote.ts'
import { decodeHandoff, digitsIn } from '#shared/handoff/decode-handoff.ts'
import { basketOfHandoff } from '#shared/handoff/handoff-basket.ts'
import type { OfferId, Sku } from '#shared/kernel/ids.ts'
import type { Json } from '#shared/kernel/json.ts'
import { millis } from '#shared/kernel/time.ts'
import { documentsToAssortment, type ReadAssortment } from '#shared/protocol/documents.ts'
import type { FunnelReply } from '#shared/protocol/funnel.ts'
import { PHONE, phoneTotal } from '../browser/harness/phone.ts'
import { centsOf } from '../browser/harness/shopper.ts'
import { waitUntilOffline } from '../browser/harness/worker-state.ts'
import { connect, pairTestDevice, signIn, startTestHub, type Link } from '../hub/test-hub.ts'
import type { RunningShop } from './running-shop.ts'
import { CART_PAGE, SESSION } from './storefront.ts'

export type PhoneTerms = { readonly start: () => Promise<RunningShop>; /** What somebody searches for at the kiosk, and a code of the shop. */ readonly search: string; readonly code: string }

type Closer = () => unknown

export const phoneStory = ({ start, search, code }: PhoneTerms): void => {
  it('goes from the kiosk into the shop’s own cart at the same cents, and its order comes back', async () => {
    const closers: Closer[] = []
    try {
      await tell(await start(), { search, code }, closers)
    } finally {
      for (const close of closers.toReversed()) await close()
    }
  }, 280_000)
}

const tell = async (shop: RunningShop, { search, code }: Omit<PhoneTerms, 'start'>, closers: Closer[]): Promise<void> => {
  closers.push(() => shop.stop())
  const hub = await startTestHub({ shop: shop.access })
  closers.push(() => hub.remove())
  await hub.webShop!.look()
  const manager = await connect(hub.url, await pairTestDevice(hub.url, hub.setupCode!, 'manager'))
  await signIn(hub, manager)
  closers.push(() => manager.close())
  const browser = await openBrowser({ reducedMotion: true })
  closers.push(() => browser.close())
  const kiosk = browser.page
  await kiosk.goto(`${hub.url}/shopper/#pair=${hub.pairingCode!}`)
  await kiosk.getByRole('button', { name: START }).waitFor({ timeout: 30_000 })
  await waitUntilOffline(kiosk)

  await browser.context.setOffline(true)
  const kioskCents = await fill(kiosk, search, code)
  await press(kiosk, /^Aufs Handy mitnehmen$/)
  await kiosk.getByRole('img', { name: /^QR-Code/ }).waitFor()
  const url = await readQr(kiosk)

  const context = await browser.aside(PHONE)
  const phone = await context.newPage()
  await phone.goto(url)
  await seesHeading(phone, /^Ihr Korb$/)
  expect(await phoneTotal(phone)).toBe(kioskCents)
  await press(phone, /^Weiter zum Online-Shop$/)
  await seesHeading(phone, /^(Weiter im Online-Shop|Cart)$/)
  if (!phone.url().endsWith(CART_PAGE)) await phone.getByRole('link', { name: /^Weiter zu / }).click()
  await phone.waitForURL(`**${CART_PAGE}`)
  const session = (await context.cookies()).find(({ name, domain }) => name === SESSION && domain === '127.0.0.1')!.value
  const cart = await shop.readCart(session)
  const assortment = await onDevice(manager)
  const handoff = decodeHandoff(digitsIn(new URL(url).hash.slice(1))!)
  if (!handoff.ok) throw new Error(handoff.error.type)
  const { basket } = basketOfHandoff(handoff.value.handoff, assortment)
  const quote = quoteBasket(basket, assortment, { now: millis(Date.now()), channel: HANDOFF_CHANNEL, clockVerified: true })
  const keys = { articles: new Map(shop.articles.map(({ sku, key }) => [sku as Sku, key])), deliveries: { pickup: null, home: null }, offers: new Map(assortment.offers.map(({ offer }) => [String(offer.id), offer.id as OfferId])) }
  expect(compareWithShop(quote, cart, keys)).toEqual({ type: 'equal' })
  expect([cart.totalMinor, cart.lines.length, cart.discounts.some(({ minor }) => minor > 0)]).toEqual([kioskCents, basket.lines.length, true])

  const { number, totalMinor } = await shop.order(session)
  expect(await hub.orders!.look()).toMatchObject({ ok: true, value: { moved: 1 } })
  await phone.goto(`${hub.url}/checkout/`)
  await seesHeading(phone, /^Im Online-Shop bestellt$/)
  await phone.getByText(number, { exact: true }).waitFor()
  expect(centsOf(await phone.locator('dl').innerText())).toBe(totalMinor)
  // The kiosk's own word comes last.
  expect(await funnel(manager)).toMatchObject({ overall: { visits: 0 }, early: { opened: 1, ordered: 1 } })
  await browser.context.setOffline(false)
  await expect.poll(async () => (await funnel(manager)).overall.visits, { timeout: 60_000, interval: 500 }).toBe(1)
  expect(await funnel(manager)).toMatchObject({ overall: { visits: 1, told: 1, baskets: 1, shown: 1, opened: 1, ordered: 1 }, early: { opened: 0, ordered: 0 }, orders: { type: 'read back' } })
  await shop.cancel(number)
  await expect.poll(async () => {
    await hub.orders!.look()
    return (await funnel(manager)).overall.ordered
  }, { timeout: 30_000, interval: 1000 }).toBe(0)
  expect(await funnel(manager)).toMatchObject({ cancelled: 1 })
}

/** Two articles, one of them twice, and a code. */
const fill = async (kiosk: Page, search: string, code: string): Promise<number> => {
  await press(kiosk, START)
  await seesHeading(kiosk, /^Was suchen Sie\?$/)
  await kiosk.getByRole('searchbox').or(kiosk.getByRole('textbox')).first().fill(search)
  const add = kiosk.locator('article').getByRole('button', { name: /^In den Korb/ })
  await add.nth(1).waitFor()
  for (const at of [0, 0, 1]) await add.nth(at).click()
  await press(kiosk, /^Korb öffnen/)
  await seesHeading(kiosk, /^Ihr Korb$/)
  await press(kiosk, /^Gutschein eingeben$/)
  await kiosk.getByRole('textbox', { name: 'Gutschein-Code' }).fill(code)
  await press(kiosk, /^Einlösen$/)
  await kiosk.getByText('eingelöst').first().waitFor()
  return centsOf(await kiosk.getByRole('region', { name: 'Summe' }).locator('.total').innerText())
}

type Pulled = { readonly head: { readonly hash: string }; readonly items: readonly (readonly [string, Json])[] }

const onDevice = async (device: Link): Promise<ReadAssortment> => {
  const { head, items } = (await device.ask('pull', { pv: 3, have: null })) as Pulled
  const read = documentsToAssortment({ hash: head.hash, items: Object.fromEntries(items) })
  if (!read.ok) throw new Error(JSON.stringify(read.error))
  return read.value
}

const funnel = async (device: Link): Promise<FunnelReply> => ((await device.ask('funnel.read', {})) as { readonly value: FunnelReply }).value
