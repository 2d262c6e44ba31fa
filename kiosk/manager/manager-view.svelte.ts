/** What the manager's screen shows: the newest answer of the hub, or the last one known, always with its age. */
import type { DeviceView } from '../lib/state/device-view.svelte.ts'
import type { Clock } from '../lib/state/clock.ts'
import type { ReceiptAsk } from '../lib/features/insights/receipt-ask.ts'
import { mergeItems, withFold } from '../lib/features/insights/voices.ts'
import type { Period } from '#shared/insights/period.ts'
import { err, type Result } from '#shared/kernel/result.ts'
import type { CallError, CallName, Calls } from '#shared/protocol/calls.ts'
import type { DeviceHealth } from '#shared/protocol/devices.ts'
import type { FeedbackContact, FeedbackItem } from '#shared/protocol/feedback.ts'
import type { AskedDevice, CodeWish } from '#shared/protocol/pairing-calls.ts'
import type { FunnelReply, FunnelRequest } from '#shared/protocol/funnel.ts'
import type { OfferReviewReply, OfferReviewRequest } from '#shared/protocol/offer-review.ts'
import type { LastKnown } from './last-known.ts'
import { receiptAsk } from './receipt-ask.ts'
import { fetchCourse, fetchReport, type Ask, type Course, type Here, type Report, type ShownMetric } from './report.ts'

/** A busy shop answers in bursts; the figures follow at this pace, the voices at once. */
const REFRESH_MS = 3_000
/** Nobody tells the screen that a device fell silent, so it asks. */
const LOOK_AGAIN_MS = 60_000
const STREAM_ITEMS = 200
/** The hub gives every device so many questions a second; who flips through the periods waits a moment. */
const BUSY_WAIT_MS = 1_000
const BUSY_TRIES = 6

type Keep = { readonly period: Period; readonly metric: ShownMetric }
export type ManagerParts = { readonly device: DeviceView; readonly known: LastKnown; readonly clock: Clock; readonly timeZone: () => string; /** What the person signed in may ask; absent: everything. */ readonly may?: (call: CallName) => boolean }

export class ManagerView {
  period = $state<Period>('today')
  metric = $state<ShownMetric>('csat')
  report = $state.raw<(Report & { readonly period: Period }) | null>(null)
  course = $state.raw<(Course & Keep) | null>(null)
  items = $state.raw<readonly FeedbackItem[]>([])
  /** Hub time of the last look at the stream; null before the first. */
  itemsAt = $state<number | null>(null)
  devices = $state.raw<readonly DeviceHealth[] | null>(null)
  devicesAt = $state<number | null>(null)
  /** When browsers begin to refuse the hub's certificate; null: not known, or there is none. */
  certificateEndsAt = $state<number | null>(null)
  /** Devices that wait for somebody to compare their number. */
  asked = $state.raw<readonly AskedDevice[]>([])
  /** The last try to fetch figures failed although there is a connection. */
  failed = $state(false)
  fetching = $state(false)
  /** Hub time, moving on by itself. */
  now = $state(0)
  /** The store's side of receipts: asked for when somebody looks, and kept nowhere. */
  readonly receipts: ReceiptAsk
  readonly #parts: ManagerParts
  readonly #leave: (() => void)[] = []
  #planned: (() => void) | null = null
  #again = false
  #wasOnline = false

  constructor(parts: ManagerParts) {
    this.#parts = parts
    this.receipts = receiptAsk((name, request) => this.#call(name, request))
    this.now = parts.device.device.now().at
  }

  /** Shows what was last known, then listens and asks. */
  async start(): Promise<void> {
    const { device } = this.#parts.device
    this.#leave.push(
      device.on('feedback', (items) => this.#hear(items)),
      device.on('erased', ({ ids }) => void this.#drop(ids)),
      device.on('devices', () => void this.#fetchDevices().then(() => this.#fetchAsked())),
      device.onStatus(({ phase }) => this.#follow(phase === 'online')),
      this.#parts.clock.every(1_000, () => {
        this.now = device.now().at
      }),
      this.#parts.clock.every(LOOK_AGAIN_MS, () => this.refresh()),
    )
    await this.#recall()
    this.#follow(device.status.phase === 'online')
  }

  leave(): void {
    this.#planned?.()
    // Whoever signs in next on this connection listens anew.
    this.#wasOnline = false
    for (const leave of this.#leave.splice(0)) leave()
  }

  show(period: Period): void {
    this.period = period
    void this.#recallFigures().then(() => this.refresh())
  }

  compare(metric: ShownMetric): void {
    this.metric = metric
    void this.#recallFigures().then(() => this.refresh())
  }

  /** Figures, voices and devices anew; while one try runs, at most one more follows it. */
  refresh(): void {
    if (this.#parts.device.status.phase !== 'online') return
    if (this.fetching) this.#again = true
    else void this.#fetchAll()
  }

  async makeCode(wish: CodeWish): Promise<Calls['device.code']['reply'] | null> {
    return this.#ask('device.code', wish)
  }

  /** Somebody has compared the number of a device that waits. False: it waits no more, or with another number. */
  async decide({ id, number }: AskedDevice, letIn: boolean): Promise<boolean> {
    const decided = await this.#ask('pairing.decide', { id, number, letIn })
    await this.#fetchAsked()
    return decided !== null
  }

  /** Folds a comment away, or puts it back. True when the hub has it. */
  async fold(id: string, fold: boolean): Promise<boolean> {
    const done = await this.#ask('voice.fold', { id, fold })
    if (done) this.items = withFold(this.items, id, done.hidden)
    return done !== null
  }

  /** How the person behind a response wants to be answered; asked for when somebody looks, and kept nowhere. Null: no answer. */
  async contactsOf(response: string): Promise<readonly FeedbackContact[] | null> {
    return this.#ask('feedback.contacts', { response })
  }

  /** The check of the offers, made when somebody looks. Null: no answer. */
  async reviewOffers(request: OfferReviewRequest): Promise<OfferReviewReply | null> {
    return this.#ask('offers.review', request)
  }

  /** How many visits became orders, counted when somebody looks. Null: no answer. */
  async readFunnel(request: FunnelRequest): Promise<FunnelReply | null> {
    return this.#ask('funnel.read', request)
  }

  async revoke(dev: string): Promise<boolean> {
    const revoked = await this.#ask('device.revoke', { dev })
    await this.#fetchDevices()
    return revoked !== null
  }

  /** Any question of a page; put again while the hub is busy. */
  put<K extends CallName>(name: K, request: Calls[K]['request']): Promise<Result<Calls[K]['reply'], CallError>> {
    return this.#call(name, request)
  }

  #follow(online: boolean): void {
    if (online && !this.#wasOnline) {
      if (this.#may('feedback.watch')) void this.#ask('feedback.watch', {})
      this.refresh()
    }
    this.#wasOnline = online
  }

  #may(call: CallName): boolean {
    return this.#parts.may?.(call) ?? true
  }

  #hear(items: readonly FeedbackItem[]): void {
    this.items = mergeItems(this.items, items)
    this.itemsAt = this.#parts.device.device.now().at
    this.#planRefresh()
  }

  #planRefresh(): void {
    this.#planned ??= this.#parts.clock.after(REFRESH_MS, () => {
      this.#planned = null
      this.refresh()
    })
  }

  async #fetchAll(): Promise<void> {
    this.fetching = true
    const { period, metric } = this
    const done = (!this.#may('insights.read') || ((await this.#fetchFigures({ period, metric })) && (await this.#fetchItems()))) && (await this.#fetchDevices())
    if (done) await this.#fetchAsked()
    if (done && this.#may('hub.health')) this.certificateEndsAt = (await this.#ask('hub.health', {}))?.certificateEndsAt ?? null
    this.fetching = false
    const moved = !this.#isWanted({ period, metric })
    this.failed = !done && !moved && this.#parts.device.status.phase === 'online'
    const again = this.#again || moved
    this.#again = false
    if (again) this.refresh()
  }

  #isWanted({ period, metric }: Keep): boolean {
    return period === this.period && metric === this.metric
  }

  async #fetchFigures({ period, metric }: Keep): Promise<boolean> {
    // What nobody looks at any more is not asked for.
    const ask: Ask = async (request) => (this.#isWanted({ period, metric }) ? this.#call('insights.read', request) : err({ code: 'failed' }))
    const here: Here = { now: this.#parts.device.device.now().at, timeZone: this.#parts.timeZone() }
    const report = await fetchReport(ask, period, here)
    if (!report.ok) return false
    if (period === this.period) this.report = { ...report.value, period }
    await this.#parts.known.write(reportKey(period), report.value)
    const course = await fetchCourse(ask, metric, period, here)
    if (!course.ok) return false
    if (this.#isWanted({ period, metric })) this.course = { ...course.value, period, metric }
    await this.#parts.known.write(courseKey({ period, metric }), course.value)
    return true
  }

  async #fetchItems(): Promise<boolean> {
    const items = await this.#ask('feedback.list', { limit: STREAM_ITEMS })
    if (!items) return false
    this.items = mergeItems(this.items, items)
    this.itemsAt = this.#parts.device.device.now().at
    // What was erased or has grown too old since this screen last heard of it.
    const asked = await this.#ask('feedback.gone', { ids: this.items.map(({ id }) => id) })
    await this.#drop(asked?.gone ?? [])
    return true
  }

  /** Takes answers off the screen and out of what it last knew. */
  async #drop(ids: readonly string[]): Promise<void> {
    const gone = new Set(ids)
    if (gone.size > 0) this.items = this.items.filter(({ id }) => !gone.has(id))
    await this.#parts.known.write('items', this.items)
    if (gone.size > 0) this.#planRefresh()
  }

  async #fetchDevices(): Promise<boolean> {
    const devices = await this.#ask('devices.list', {})
    if (!devices) return false
    this.devices = devices
    this.devicesAt = this.#parts.device.device.now().at
    await this.#parts.known.write('devices', devices)
    return true
  }

  async #fetchAsked(): Promise<void> {
    this.asked = this.#may('pairing.list') ? ((await this.#ask('pairing.list', {})) ?? []) : []
  }

  async #recall(): Promise<void> {
    await this.#recallFigures()
    const items = await this.#parts.known.read<readonly FeedbackItem[]>('items')
    if (items && this.itemsAt === null) [this.items, this.itemsAt] = [items.value, items.savedAt]
    const devices = await this.#parts.known.read<readonly DeviceHealth[]>('devices')
    if (devices && this.devices === null) [this.devices, this.devicesAt] = [devices.value, devices.savedAt]
  }

  /** Until the hub answers, figures of the period before stay, under their own name; without a hub they would stay for good. */
  async #recallFigures(): Promise<void> {
    const { period, metric } = this
    const report = this.report?.period === period ? null : await this.#parts.known.read<Report>(reportKey(period))
    const course = this.course?.period === period && this.course.metric === metric ? null : await this.#parts.known.read<Course>(courseKey({ period, metric }))
    if (!this.#isWanted({ period, metric })) return
    const isAnswered = this.#parts.device.status.phase === 'online'
    if (this.report?.period !== period) this.report = report ? { ...report.value, period } : isAnswered ? this.report : null
    if (this.course?.period !== period || this.course.metric !== metric) this.course = course ? { ...course.value, period, metric } : isAnswered ? this.course : null
  }

  async #ask<K extends CallName>(name: K, request: Calls[K]['request']): Promise<Calls[K]['reply'] | null> {
    const reply = await this.#call(name, request)
    return reply.ok ? reply.value : null
  }

  async #call<K extends CallName>(name: K, request: Calls[K]['request']): Promise<Result<Calls[K]['reply'], CallError>> {
    for (let tries = 1; ; tries++) {
      const reply = await this.#parts.device.device.call(name, request)
      if (reply.ok || reply.error.code !== 'busy' || tries === BUSY_TRIES) return reply
      await new Promise<void>((resolve) => this.#leave.push(this.#parts.clock.after(BUSY_WAIT_MS, resolve)))
    }
  }
}

const reportKey = (period: Period): string => `report ${period}`
const courseKey = ({ period, metric }: Keep): string => `course ${period} ${metric}`
