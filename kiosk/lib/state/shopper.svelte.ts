/** Everything of one person's visit at the kiosk, where it stands, and how all of it is forgotten. */
import type { Device } from '#kiosk/lib/sync/device.ts'
import { EMPTY_BASKET, type Basket } from '#shared/basket/basket.ts'
import type { AnswerValue } from '#shared/feedback/answer.ts'
import { languageFor } from '#shared/feedback/survey-language.ts'
import { bytesToHex } from '#shared/kernel/bytes.ts'
import type { OfferId, Sku, VisitId } from '#shared/kernel/ids.ts'
import type { Language } from '#shared/kernel/language.ts'
import { millis } from '#shared/kernel/time.ts'
import { locale } from '../i18n/locale.svelte.ts'
import type { Asking, Kept as KeptHere } from './asking.svelte.ts'
import type { ArticlePrices } from './article-prices.svelte.ts'
import type { BasketView } from './basket-view.svelte.ts'
import type { BringView } from './bring-view.svelte.ts'
import type { Clock } from './clock.ts'
import { DeviceView } from './device-view.svelte.ts'
import type { FeedbackFlow, FeedbackPlace, Say } from './feedback-flow.svelte.ts'
import type { HandoffView } from './handoff-view.svelte.ts'
import { Idle, WARN_AFTER_FORM_MS, WARN_AFTER_MS } from './idle.svelte.ts'
import { Preferences, TEXT_FACTORS } from './preferences.svelte.ts'
import { StoreView } from './store-view.svelte.ts'
import type { Question, Survey } from '#shared/feedback/survey.ts'
import type { Trade, TradeParts } from './trade.svelte.ts'

export type Screen =
  | { readonly name: 'attract' | 'home' | 'search' | 'offers' | 'basket' | 'bring' | 'handoff' | 'feedback' | 'thanks' }
  | { readonly name: 'category'; readonly id: string }
  | { readonly name: 'offer'; readonly id: OfferId }
  | { readonly name: 'product'; readonly sku: Sku }

/** The same for what is one and the same screen to the person before it. */
export const screenKey = (screen: Screen): string => (screen.name === 'product' ? `product ${screen.sku}` : screen.name === 'category' || screen.name === 'offer' ? `${screen.name} ${screen.id}` : screen.name)

/** What outlives a reload for a short while: the basket and the language, nothing else. */
export type Kept = { readonly basket: Basket; readonly language: Language }

/** What the visit needs of the world around it. */
export type Surroundings = {
  readonly device: Device
  readonly clock: Clock
  readonly random: (count: number) => Uint8Array
  readonly host: string
  readonly protocol: string
  readonly keep: (kept: Kept) => void
  /** What outlives every visit: how often this device has asked. */
  readonly counts: KeptHere
  /** Wipes what the page and the browser hold of the person. */
  readonly forget: () => void
}

/** What a visit is done with; loaded behind the attract screen, which needs none of it to stand. */
export type Equipment = {
  readonly openTrade: (parts: TradeParts) => Trade
  readonly openFlow: (survey: Survey, place: FeedbackPlace, say: Say) => FeedbackFlow
  readonly openAsking: (kept: KeptHere) => Asking
}

/** How long thanks stand before the screen is free again. */
export const THANKS_MS = 12_000
/** How long "opened on the phone" stands before the goodbye: long enough to compare the check word. */
export const ARRIVED_MS = 20_000
/** After a tap on the attract screen and no further sign. */
export const WALKED_ON_MS = 15_000
/** How far "back" leads. */
const MAX_TRAIL = 30

export class Shopper {
  screen = $state.raw<Screen>({ name: 'attract' })
  /** What stands on the glass: `screen` one picture later, so that a touch is answered before the next screen is worked out. */
  drawn = $state.raw<Screen>({ name: 'attract' })
  query = $state('')
  feedback = $state.raw<FeedbackFlow | null>(null)
  /** The basket that somebody brings along from phone or web; null while nobody does. */
  bring = $state.raw<BringView | null>(null)
  /** A short word about what just happened, for eyes and ears; replaced by the next. */
  notice = $state.raw<{ readonly text: string; readonly tone: 'good' | 'warning' } | null>(null)
  /** Null until it has been loaded. */
  trade = $state.raw<Trade | null>(null)
  /** The survey that may be begun here and now, and its first question. */
  readonly asked: { readonly survey: Survey; readonly opening: Question } | null = $derived.by(() => this.#lookWhatIsAsked())
  readonly view: DeviceView
  readonly store: StoreView
  readonly idle: Idle
  readonly preferences: Preferences
  readonly #around: Surroundings
  #openFlow: Equipment['openFlow'] | null = null
  #asking = $state.raw<Asking | null>(null)
  #begunAt = 0
  #trail: Screen[] = []
  #sid: VisitId | null = null
  #offersSeen = new Set<OfferId>()
  #quoted = false
  /** The visit has told that it holds something. */
  #filled = false
  #endThanks: (() => void) | null = null
  #endNotice: (() => void) | null = null

  constructor(around: Surroundings) {
    this.#around = around
    this.view = new DeviceView(around.device)
    this.store = new StoreView(this.view)
    this.preferences = new Preferences(() => TEXT_FACTORS[this.store.profile?.textStep ?? 0] ?? 1)
    this.idle = new Idle(around.clock, () => this.end('idle'))
  }

  equip(equipment: Equipment): void {
    this.#openFlow = equipment.openFlow
    this.#asking ??= equipment.openAsking(this.#around.counts)
    this.trade ??= equipment.openTrade({
      ...this.#around,
      store: this.store,
      onBasket: (basket) => this.#hold(basket),
      onArrived: () => this.#sayGoodbyeSoon(),
      quietForMs: () => (this.screen.name === 'handoff' ? null : this.idle.quietForMs),
      onRepriced: (words) => this.screen.name !== 'basket' && this.tell(words, 'warning'),
    })
  }

  get basket(): BasketView {
    return this.#equipped.basket
  }

  /** The hub's ear for calls. */
  get calls(): Pick<Device, 'call'> {
    return this.#around.device
  }

  get prices(): ArticlePrices {
    return this.#equipped.prices
  }

  get handoff(): HandoffView {
    return this.#equipped.handoff
  }

  /** Which host serves this page, and how: where a phone finds a receipt if the store names no other. */
  get address(): Pick<Surroundings, 'host' | 'protocol'> {
    return this.#around
  }

  /** By the hub's clock, moving on every few seconds. */
  get now(): number {
    return this.trade?.basket.facts.now ?? this.#around.device.now().at
  }

  get visiting(): boolean {
    return this.#sid !== null
  }

  /** True while a reload would disturb nobody. */
  get isFree(): boolean {
    return this.screen.name === 'attract' && this.#sid === null
  }

  /** False where there is nothing to begin: a device that only asks, and asks nothing now. */
  get canStart(): boolean {
    return this.#hasGoods || this.asked !== null
  }

  get #hasGoods(): boolean {
    return (['browse', 'offers', 'basket'] as const).some((module) => this.store.modules.has(module))
  }

  start(language: Language = locale.language): void {
    if (this.#sid || !this.canStart) return
    this.#begin(language)
    if (this.#hasGoods) this.go({ name: 'home' })
    else this.openFeedback()
  }

  /** Goes on after a reload in the middle of a visit. */
  resume({ basket, language }: Kept): void {
    this.#begin(language)
    this.basket.restore(basket)
    this.go({ name: 'home' })
  }

  go(screen: Screen): void {
    if (!this.#sid) this.#begin(locale.language)
    if (this.screen.name !== 'attract') this.#trail = [...this.#trail, this.screen].slice(-MAX_TRAIL)
    this.#show(screen)
  }

  back(): void {
    this.#show(this.#trail.pop() ?? { name: 'home' })
  }

  /** Of the screen that stands on the glass. */
  get canGoBack(): boolean {
    return this.drawn.name !== 'home' && this.drawn.name !== 'thanks'
  }

  sawOffer(id: OfferId): void {
    this.#offersSeen.add(id)
  }

  tell(text: string, tone: 'good' | 'warning' = 'good'): void {
    this.notice = { text, tone }
    this.#endNotice?.()
    this.#endNotice = this.#around.clock.after(4_000, () => {
      this.notice = null
    })
  }

  async takeToPhone(): Promise<void> {
    const { quote, basket } = this.basket
    const { assortment } = this.store
    if (!quote || !assortment || quote.lines.length === 0) return
    this.#quoted = true
    this.go({ name: 'handoff' })
    await this.handoff.make(basket, quote, assortment, this.#sid)
  }

  /** Opens the survey of this place for this person; one response, however often it is left and opened again. */
  openFeedback(): void {
    this.#readyFeedback()
    if (this.feedback && this.screen.name !== 'feedback') this.go({ name: 'feedback' })
  }

  /** The tap on the attract screen: it counts at once, and the thanks come with what follows. */
  async answerAtOnce(value: AnswerValue): Promise<void> {
    if (!this.#sid) this.#begin(locale.language)
    const flow = this.#readyFeedback()
    if (!flow) return
    const { language } = languageFor(flow.survey, locale.language)
    await (Array.isArray(value) && flow.first?.most !== 1 ? flow.tap(value, language) : flow.answer(value, language))
    this.go({ name: 'feedback' })
    // Saved and thanked: whoever walks on leaves nothing behind, and the next one finds the question again.
    if (flow.step.name !== 'opening' && (this.trade?.basket.isEmpty ?? true)) this.idle.watch(WALKED_ON_MS, 0)
  }

  /** Thanks and goodbye; from here on a restart of the device brings nothing of the person back. */
  finish(): void {
    this.#around.keep({ basket: EMPTY_BASKET, language: locale.language })
    this.go({ name: 'thanks' })
  }

  /** The person leaves or has left: what they did is on the device, everything else is forgotten. */
  end(reason: 'done' | 'idle'): void {
    const sid = this.#sid
    if (sid) void this.#around.device.record({ t: 'visit.ended', v: 1, sid, p: { reason, offers: this.#offersSeen.size, quoted: this.#quoted } })
    this.#forget()
  }

  leave(): void {
    this.#forget()
    this.trade?.leave()
    this.view.leave()
  }

  get #equipped(): Trade {
    if (!this.trade) throw new Error('no screen of a visit is shown before the trade is there')
    return this.trade
  }

  #begin(language: Language): void {
    this.#sid = bytesToHex(this.#around.random(16)) as VisitId
    this.#begunAt = this.#around.clock.now()
    locale.language = language
    this.idle.watch()
    void this.#around.device.record({ t: 'visit.started', v: 1, sid: this.#sid, p: { touchpoint: this.store.touchpoint, language, basket: true } })
  }

  #hold(basket: Basket): void {
    this.#around.keep({ basket, language: locale.language })
    if (this.#filled || this.#sid === null || basket.lines.length === 0) return
    this.#filled = true
    void this.#around.device.record({ t: 'basket.begun', v: 1, sid: this.#sid, p: {} })
  }

  #show(screen: Screen): void {
    this.#endThanks?.()
    this.#endThanks = screen.name === 'thanks' ? this.#around.clock.after(THANKS_MS, () => this.end('done')) : null
    if (this.screen.name === 'handoff' && screen.name !== 'thanks') this.trade?.handoff.reset()
    this.screen = screen
    this.notice = null
    const patient = screen.name === 'handoff' || screen.name === 'feedback'
    this.idle.watch(patient ? WARN_AFTER_FORM_MS : WARN_AFTER_MS)
  }

  #sayGoodbyeSoon(): void {
    this.#endThanks?.()
    this.#endThanks = this.#around.clock.after(ARRIVED_MS, () => {
      if (this.screen.name === 'handoff') this.finish()
    })
  }

  #readyFeedback(): FeedbackFlow | null {
    const { asked } = this
    if (this.feedback || !asked || !this.#openFlow) return this.feedback
    const { survey } = asked
    const begunAt = this.#begunAt
    const place: FeedbackPlace = {
      response: bytesToHex(this.#around.random(16)),
      touchpoint: this.store.touchpoint ?? 'store',
      random: this.#around.random,
      visitMs: () => this.#around.clock.now() - begunAt,
    }
    let counted = false
    const say: Say = async (event) => {
      const { ok } = await this.#around.device.record({ v: 1, sid: this.#sid, ...event })
      if (ok && !counted) void this.#asking?.began(survey, this.#around.device.now().at, locale.timeZone)
      counted ||= ok
      return ok
    }
    this.feedback = this.#openFlow(survey, place, say)
    return this.feedback
  }

  #lookWhatIsAsked(): Shopper['asked'] {
    const { survey } = this.store
    if (!survey) return null
    if (!this.#asking) return isUnlimited(survey) ? { survey, opening: survey.opening } : null
    const place = { now: millis(this.now), timeZone: locale.timeZone, device: this.view.identity?.dev ?? '', items: this.store.release?.items ?? {}, inVisit: (this.feedback?.opening ?? null) !== null }
    const opening = this.#asking.question(survey, place)
    return opening && { survey, opening }
  }

  #forget(): void {
    this.#sid = null
    this.#trail = []
    this.#offersSeen = new Set()
    this.#quoted = false
    this.#filled = false
    this.#endThanks?.()
    this.#endNotice?.()
    this.idle.off()
    this.trade?.clear()
    this.preferences.reset()
    this.feedback = null
    this.bring = null
    this.notice = null
    this.query = ''
    const language = locale.offered[0] ?? 'de'
    locale.language = language
    locale.simple = false
    this.screen = { name: 'attract' }
    this.drawn = this.screen
    this.#around.keep({ basket: EMPTY_BASKET, language })
    this.#around.forget()
  }
}

/** Whether its first question may be shown before anything is known of this device. */
const isUnlimited = ({ rest, hours, quota, cooldown, opening }: Survey): boolean => !rest && !hours && !quota && !cooldown && !opening.retired
