/** What a member of staff looks at: one question, one answer, from this device first and from the web shop as soon as it speaks. */
import type { OpenedDevice } from '../lib/sync/open-device.ts'
import type { DeviceView } from '../lib/state/device-view.svelte.ts'
import type { ParityCache } from '../lib/state/parity-page.svelte.ts'
import { answerOffers, type OfferAnswer, type OfferQuestion } from '#shared/basket/offer-answers.ts'
import { quoteBasket } from '#shared/basket/quote-basket.ts'
import { EMPTY_BASKET, type Basket } from '#shared/basket/basket.ts'
import type { Assortment } from '#shared/basket/assortment.ts'
import type { Channel, OfferUnits, Quote, QuoteFacts } from '#shared/basket/quote.ts'
import type { Product } from '#shared/catalogue/product.ts'
import { indexProducts, searchProducts } from '#shared/catalogue/search.ts'
import type { Brand } from '#shared/catalogue/store.ts'
import type { Sku } from '#shared/kernel/ids.ts'
import { millis } from '#shared/kernel/time.ts'
import type { Json } from '#shared/kernel/json.ts'
import type { DeviceHealth } from '#shared/protocol/devices.ts'
import { isStale } from '#shared/sync/release-plan.ts'
import { documentsToAssortment, documentsToBrand } from '#shared/protocol/documents.ts'
import { find, type Found } from './find.ts'
import { compareAnswers, type ShopAnswer } from './shop-answer.ts'
import { readShownBasket, shownByHub, type ShownBasket } from './shown-basket.ts'

export type Selection =
  | { readonly type: 'nothing' }
  | { readonly type: 'product'; readonly sku: Sku }
  | { readonly type: 'offer'; readonly id: string }
  | { readonly type: 'basket'; readonly shown: ShownBasket }
  | { readonly type: 'looking up'; readonly code: string }
  /** not found · offline · damaged: a code that cannot be read · failed */
  | { readonly type: 'no basket'; readonly code: string; readonly why: 'not found' | 'offline' | 'damaged' | 'failed' }

export type DeviceList = { readonly devices: readonly DeviceHealth[]; readonly at: number; readonly fresh: boolean }

const DEVICES_CACHE = 'devices'
/** Prices with a border in time move while a screen stands open. */
const TICK_MS = 15_000

export class StaffView {
  query = $state('')
  selection = $state.raw<Selection>({ type: 'nothing' })
  shopAnswer = $state.raw<ShopAnswer>({ type: 'not asked' })
  devices = $state.raw<DeviceList | null>(null)
  tick = $state(0)
  readonly device: DeviceView
  readonly assortment: Assortment | null = $derived.by(() => this.#readAssortment())
  readonly brand: Brand | null = $derived.by(() => this.#readBrand())
  readonly found: Found | null = $derived(this.assortment && find(this.query, this.assortment))
  readonly #index: ReturnType<typeof indexProducts> | null = $derived(this.assortment && indexProducts(this.assortment.products, this.assortment.categories))
  readonly #opened: OpenedDevice
  #asked = 0

  constructor(device: DeviceView, opened: OpenedDevice) {
    this.device = device
    this.#opened = opened
  }

  /** What was last known, on this device. */
  get cache(): ParityCache {
    const { cache } = this.#opened
    return { read: (key) => cache.read(key), write: (key, value) => cache.write(key, value as object as Json) }
  }

  start(): () => void {
    const timer = setInterval(() => { this.tick += 1 }, TICK_MS)
    const leave = this.#opened.on('devices', () => void this.loadDevices())
    void this.#lastKnownDevices().then(() => this.loadDevices())
    return () => {
      clearInterval(timer)
      leave()
    }
  }

  facts(channel: Channel): QuoteFacts {
    void this.tick
    const { at, verified } = this.#opened.now()
    const { asOf } = this.#opened.allotments
    const { release, releaseCheckedAt, switchInDoubt } = this.device.status
    const stale = isStale(releaseCheckedAt, at, release?.maxOfflineMs ?? null)
    return { now: at, channel, clockVerified: verified, stale, ...(switchInDoubt && { switchInDoubt }), ...(asOf !== null && { snapshotAt: millis(asOf) }) }
  }

  /** How many uses of a limited offer nobody has been promised, when the hub last said; null if it has not. */
  pool(id: string): { readonly total: number; readonly left: number; readonly asOf: number } | null {
    void this.tick
    const { asOf, pools } = this.#opened.allotments
    const pool = pools.find(({ offer }) => offer === id)
    return pool && asOf !== null ? { total: pool.total, left: pool.left, asOf } : null
  }

  now(): number {
    void this.tick
    return this.#opened.now().at
  }

  product(sku: Sku): Product | null {
    return this.assortment?.productsBySku.get(sku) ?? null
  }

  /** Best first; nothing for an empty query. */
  search(query: string): readonly Product[] {
    return this.#index && query.trim() ? searchProducts(this.#index, query).map(({ product }) => product) : []
  }

  /** One piece alone on one channel. */
  single(sku: Sku, channel: Channel): Quote | null {
    return this.#quote({ ...EMPTY_BASKET, lines: [{ sku, quantity: 1 }] }, channel)
  }

  /** `units`: what its code brings along of limited offers. */
  quote(basket: Basket, units: OfferUnits): Quote | null {
    return this.#quote(basket, 'store', units)
  }

  /** This device's own answers. */
  answers(question: OfferQuestion): readonly OfferAnswer[] {
    return this.assortment ? answerOffers(question, this.assortment, this.facts('web')) : []
  }

  type(query: string): void {
    this.query = query
    const found = this.found
    if (found?.handoff) this.#openDigits(found.handoff)
    else if (found?.scanned) this.openProduct(found.scanned.sku)
  }

  /** Enter: the likeliest meaning of what stands in the field. */
  enter(): void {
    const { found } = this
    const first = this.search(this.query)[0]
    if (found?.code && (found.codeLikely || (!first && found.offers.length === 0))) void this.openCode(found.code)
    else if (first) this.openProduct(first.sku)
    else if (found?.offers[0]) this.openOffer(found.offers[0].offer.id)
  }

  openProduct(sku: Sku): void {
    this.selection = { type: 'product', sku }
    void this.#askShop({ sku })
  }

  openOffer(id: string): void {
    this.selection = { type: 'offer', id }
    void this.#askShop({ offer: id })
  }

  close(): void {
    this.selection = { type: 'nothing' }
  }

  async openCode(code: string): Promise<void> {
    this.selection = { type: 'looking up', code }
    const reply = await this.#opened.call('quote.lookup', { code })
    if (this.selection.type !== 'looking up' || this.selection.code !== code) return
    if (reply.ok) this.selection = { type: 'basket', shown: shownByHub(reply.value) }
    else if (reply.error.code === 'not_found') await this.#fetchSent(code)
    else this.selection = { type: 'no basket', code, why: reply.error.code === 'offline' || reply.error.code === 'timeout' ? 'offline' : 'failed' }
  }

  /** A basket that a phone or a web page sent here. */
  async #fetchSent(code: string): Promise<void> {
    const reply = await this.#opened.call('basket.fetch', { code })
    if (this.selection.type !== 'looking up' || this.selection.code !== code) return
    const read = reply.ok && this.assortment ? readShownBasket(reply.value.digits, this.assortment) : null
    this.selection = read?.ok ? { type: 'basket', shown: read.value } : { type: 'no basket', code, why: 'not found' }
  }

  async loadDevices(): Promise<void> {
    const reply = await this.#opened.call('devices.list', {})
    if (!reply.ok) {
      if (this.devices) this.devices = { ...this.devices, fresh: false }
      return
    }
    this.devices = { devices: reply.value, at: this.#opened.now().at, fresh: true }
    await this.#opened.cache.write(DEVICES_CACHE, reply.value as readonly object[] as Json)
  }

  async #lastKnownDevices(): Promise<void> {
    const saved = await this.#opened.cache.read(DEVICES_CACHE).catch(() => null)
    if (saved && !this.devices) this.devices = { devices: saved.value as readonly object[] as readonly DeviceHealth[], at: saved.savedAt, fresh: false }
  }

  /** Read with no network; what the hub knows of it is added when it answers. */
  #openDigits(digits: string): void {
    const { assortment } = this
    const read = assortment && readShownBasket(digits, assortment)
    if (!read?.ok) {
      this.selection = { type: 'no basket', code: '', why: 'damaged' }
      return
    }
    const shown = read.value
    this.selection = { type: 'basket', shown }
    if (shown.from === 'phone') return
    void this.#opened.call('quote.lookup', { code: shown.code }).then((reply) => {
      if (!reply.ok || this.selection.type !== 'basket' || this.selection.shown !== shown) return
      this.selection = { type: 'basket', shown: { ...shown, state: reply.value.state, device: reply.value.device || null, orderNumber: reply.value.orderNumber } }
    })
  }

  async #askShop(question: OfferQuestion): Promise<void> {
    const asked = ++this.#asked
    this.shopAnswer = { type: 'asking' }
    const reply = await this.#opened.call('offers.check', question)
    if (asked !== this.#asked) return
    this.shopAnswer = reply.ok ? compareAnswers(this.answers(question), reply.value, this.#opened.now().at) : { type: 'not asked' }
  }

  #readAssortment(): Assortment | null {
    const { release } = this.device
    const assortment = release && documentsToAssortment(release)
    return assortment?.ok ? assortment.value : null
  }

  #readBrand(): Brand | null {
    const { release } = this.device
    const brand = release && documentsToBrand(release.items)
    return brand?.ok ? brand.value : null
  }

  #quote(basket: Basket, channel: Channel, units: OfferUnits = {}): Quote | null {
    const { assortment } = this
    return assortment && quoteBasket(basket, assortment, { ...this.facts(channel), units })
  }
}
