/** The phone's way from a code to an order. */
import { locale } from '../lib/i18n/locale.svelte.ts'
import { applyBrand } from '../lib/styles/brand.ts'
import { decodeHandoff } from '#shared/handoff/decode-handoff.ts'
import { checkWord, shortCode } from '#shared/handoff/short-code.ts'
import type { Address, CheckoutRefusal, CheckoutStore, CheckoutView, OpenReply, OrderedThereReply, PlacedOrderView } from '#shared/protocol/checkout.ts'
import type { ToKioskRequest } from '#shared/protocol/bring.ts'
import type { ToShopReply } from '#shared/protocol/shop-checkout.ts'
import { askStore, openCode, priceCode, sendOrder, shopCode, type NoAnswer } from './hub-client.ts'
import type { TabMemory } from './tab-memory.ts'

export type Ending = CheckoutRefusal['why'] | 'no code' | NoAnswer['type']

/** Where the way into the web shop stands. */
export type Trip =
  | Exclude<ToShopReply, CheckoutRefusal | { readonly type: 'shop away' }>
  | { readonly type: 'shop away'; readonly why: 'down' | NoAnswer['type'] }
  | { readonly type: 'ordered'; readonly order: OrderedThereReply['order'] }

export type Page =
  | { readonly name: 'opening' }
  | { readonly name: 'basket' }
  | { readonly name: 'order' }
  | { readonly name: 'ordered'; readonly order: PlacedOrderView }
  | { readonly name: 'shop'; readonly trip: Trip }
  | { readonly name: 'ending'; readonly why: Ending }

/** A code that opens nothing here is not kept: the next page begins afresh. */
const HOPELESS: ReadonlySet<Ending> = new Set<Ending>(['damaged', 'too new', 'altered', 'withdrawn', 'other store', 'nothing left', 'training'])

export type Wishes = { readonly delivery: 'pickup' | 'home'; readonly card: string | null; readonly codes: readonly string[] }
export type Person = { readonly name: string; readonly address: Address | null }

export class Checkout {
  page = $state.raw<Page>({ name: 'opening' })
  view = $state.raw<CheckoutView | null>(null)
  /** Four characters to compare with the kiosk; null while there is no readable code. */
  readonly word: string | null
  /** The six characters by which staff find the basket; null while there is no readable code. */
  readonly code: string | null
  /** Known as soon as the shop has said anything. */
  store = $state.raw<CheckoutStore | null>(null)
  wishes = $state.raw<Wishes>({ delivery: 'pickup', card: null, codes: [] })
  /** A question is on its way. */
  waiting = $state(false)
  /** The web shop is being asked; it may take a while. */
  going = $state(false)
  /** Why the last question got no answer, while the page stays as it is. */
  trouble = $state<NoAnswer['type'] | null>(null)
  /** The price moved while the order was on its way: nothing was ordered. */
  priceMoved = $state(false)
  /** What the web shop charges, as agreed to. */
  chargedCents = 0
  /** Articles that the web shop does not take. */
  #without: readonly string[] = []
  readonly #memory: TabMemory

  constructor(memory: TabMemory) {
    this.#memory = memory
    const decoded = memory.digits === null ? null : decodeHandoff(memory.digits)
    this.word = decoded?.ok ? checkWord(decoded.value.body) : null
    this.code = decoded?.ok ? shortCode(decoded.value.handoff.qid) : null
  }

  /** This basket as it stands, for the hub; null without a code. */
  get question(): ToKioskRequest | null {
    const { digits, session } = this.#memory
    return digits === null ? null : { digits, session, ...this.wishes, codes: [...this.wishes.codes] }
  }

  /** The phone has a network again. */
  online(): void {
    if (this.page.name === 'ending' && this.page.why === 'offline') void this.start()
  }

  /** Opens the code, again if need be. */
  async start(): Promise<void> {
    const { digits, session, orderId } = this.#memory
    if (digits === null) return this.#end('no code')
    const decoded = decodeHandoff(digits)
    if (!decoded.ok) return this.#end(decoded.error.type === 'UnknownVersion' ? 'too new' : 'damaged')
    this.page = { name: 'opening' }
    const reply = await openCode({ digits, session, orderId })
    if (!reply.ok) return this.#end(reply.error.type)
    if (reply.value.type === 'open') this.wishes = { ...this.wishes, delivery: reply.value.view.delivery }
    this.#show(reply.value)
  }

  /** Asks for the price with other wishes; the old ones stay if nobody answers. */
  async wish(change: Partial<Wishes>): Promise<void> {
    const { digits, session } = this.#memory
    if (digits === null || this.waiting) return
    const wishes = { ...this.wishes, ...change }
    this.waiting = true
    const reply = await priceCode({ digits, session, ...wishes, codes: [...wishes.codes] })
    this.waiting = false
    this.trouble = reply.ok ? null : reply.error.type
    if (!reply.ok) return
    this.wishes = wishes
    this.#without = []
    this.#show(reply.value)
  }

  /** On to the web shop's own checkout; it opens only at the price that stands here, or at the one that is agreed to. */
  async toShop({ agreedCents, without }: { readonly agreedCents?: number; readonly without?: readonly string[] } = {}): Promise<void> {
    const { digits, session } = this.#memory
    if (digits === null || !this.view || this.waiting) return
    this.waiting = this.going = true
    this.#without = [...this.#without, ...(without ?? [])]
    const totalCents = agreedCents ?? this.view.totalCents
    const { delivery, card, codes } = this.wishes
    const reply = await shopCode({ digits, session, delivery, card, codes: [...codes], without: [...this.#without], totalCents })
    this.waiting = this.going = false
    const trip = reply.ok ? reply.value : ({ type: 'shop away', why: reply.error.type } as const)
    if (trip.type === 'refused') return this.#end(trip.why)
    if ('view' in trip) this.view = trip.view
    this.chargedCents = totalCents
    this.#go({ name: 'shop', trip })
  }

  toOrder(): void {
    this.trouble = null
    this.#go({ name: 'order' })
  }

  toBasket(): void {
    this.trouble = null
    this.#go({ name: 'basket' })
  }

  async order(person: Person): Promise<void> {
    const { digits, session, orderId } = this.#memory
    if (digits === null || !this.view || this.waiting) return
    this.waiting = true
    this.priceMoved = false
    const { delivery, card, codes } = this.wishes
    const reply = await sendOrder({ digits, session, orderId, delivery, card, codes: [...codes], email: null, ...person, totalCents: this.view.totalCents })
    this.waiting = false
    this.trouble = reply.ok ? null : reply.error.type
    if (!reply.ok) return
    const answer = reply.value
    if (answer.type === 'ordered') return this.#ordered(answer.order)
    if (answer.type === 'price changed') {
      this.view = answer.view
      this.priceMoved = true
      return
    }
    if (answer.why !== 'address missing') this.#end(answer.why)
  }

  #show(reply: OpenReply): void {
    if (reply.type === 'refused') return this.#end(reply.why)
    if (reply.type === 'ordered') return this.#ordered(reply.order)
    if (reply.type === 'ordered there') {
      this.#know(reply.order.store)
      return this.#go({ name: 'shop', trip: { type: 'ordered', order: reply.order } })
    }
    this.view = reply.view
    this.#know(reply.view.store)
    if (this.page.name === 'opening') this.page = { name: 'basket' }
  }

  #ordered(order: PlacedOrderView): void {
    this.#know(order.store)
    this.#go({ name: 'ordered', order })
  }

  #end(why: Ending): void {
    if (HOPELESS.has(why)) this.#memory.forgetCode()
    this.#go({ name: 'ending', why })
    if (!this.store && why !== 'offline') void askStore().then((reply) => {
      if (reply.ok && reply.value.type === 'store') this.#know(reply.value.store)
    })
  }

  #know(store: CheckoutStore): void {
    this.store = store
    locale.timeZone = store.timeZone
    if (store.brand) applyBrand(document.documentElement, store.brand)
  }

  #go(page: Page): void {
    this.page = page
    scrollTo(0, 0)
  }
}
