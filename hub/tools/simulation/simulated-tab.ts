/** One page on one device: drives the product's two conversations over a disk and a network that it is given. */
import type { DeviceId, EpochId, VisitId } from '#shared/kernel/ids.ts'
import { uuidV7 } from '#shared/kernel/ids.ts'
import { millis } from '#shared/kernel/time.ts'
import { appendEvent, type EventClass } from '#shared/sync/append-event.ts'
import { batchToPush } from '#shared/sync/batch.ts'
import { downloadRelease, type DownloadEnd, type DownloadWish } from '#shared/sync/download.ts'
import type { EventDraft } from '#shared/sync/event.ts'
import { queuedEvents, type OutboxChange, type OutboxState, type OutboxStep } from '#shared/sync/outbox.ts'
import { HubClock } from '#shared/sync/hub-clock.ts'
import { isSameHead, type Release, type ReleaseHead } from '#shared/sync/release.ts'
import { byActivation, dueRelease, stillPending, type TrustedTime } from '#shared/sync/release-plan.ts'
import { learnPublisher, type Publisher, type RefusalReason } from '#shared/sync/release-signature.ts'
import { uploadOutbox, type UploadEnd, type UploadMakers, type UploadNews, type UploadWish } from '#shared/sync/upload.ts'
import { UploadPace } from '#shared/sync/upload-pace.ts'
import { decideUnwritten, recall, type Unwritten } from '#shared/sync/unwritten-outbox.ts'
import type { Coverage } from './coverage.ts'
import type { Hello, Pull, Push } from '#shared/sync/wire.ts'
import type { SeededRandom } from './seeded-random.ts'
import type { SimulatedDisk } from './simulated-disk.ts'
import { simulatedJudge } from './simulated-publisher.ts'

export type Request = { readonly kind: 'hello'; readonly body: Hello } | { readonly kind: 'push'; readonly body: Push } | { readonly kind: 'pull'; readonly body: Pull }

/** Deliberate mistakes of a device. */
export type TabFaults = {
  readonly change?: (change: OutboxChange, before: OutboxState | null, disk: SimulatedDisk) => OutboxChange
  readonly request?: (request: Request, disk: SimulatedDisk, random: SeededRandom) => Request
  /** `hubEpoch`: the run it was greeted by. */
  readonly reply?: (reply: unknown, request: Request, disk: SimulatedDisk, hubEpoch: string | null) => unknown
  readonly activate?: (release: Release, disk: SimulatedDisk, crashed: boolean) => void
  readonly judge?: (head: ReleaseHead) => RefusalReason | null
  /** What it takes for the hub's time. */
  readonly time?: (time: TrustedTime, wall: number) => TrustedTime
  readonly relaxed?: boolean
  /** What a full disk refused is called written. */
  readonly fullUnnoticed?: boolean
  /** Pages of one device do not tell each other that the disk is full. */
  readonly freezePerPage?: boolean
  /** Rows are removed whatever the storage says. */
  readonly pruneAnyway?: boolean
  /** A page goes by what it remembers, whatever others have written since. */
  readonly believeMemory?: boolean
  /** What a page remembers counts although somebody has talked to the hub since. */
  readonly oldWords?: boolean
  /** Answers are heard as they come, not in the order of the questions. */
  readonly anyOrder?: boolean
}

/** Sent, and perhaps answered. */
type Asked = { readonly request: Request; answer: { readonly reply: unknown; readonly sentAt: number } | null }

/** What the pages of one device know of their storage. */
export type Storage = { frozen: boolean }

/** The disk took nothing. */
const REFUSED = Symbol('refused')

/** The page is gone in the middle of what it did. */
export class PageCrash extends Error {}

export type TabHost = {
  readonly random: SeededRandom
  readonly faults: TabFaults
  send(tab: SimulatedTab, request: Request): void
  /** Real time, which nobody can set; the device's own clock may say anything. */
  now(): number
  wall(): number
  /** Does the power go at this moment? Never while healing. */
  crashes(at: 'before its transaction' | 'after its transaction' | 'at a release'): boolean
  readonly coverage: Coverage
  /** The page believes that all up to here is on the hub's disk. */
  believes(tab: SimulatedTab, ids: readonly string[]): void
  greeted(tab: SimulatedTab): void
  lossDeclared(tab: SimulatedTab): void
}

export class SimulatedTab {
  readonly dev: DeviceId
  readonly disk: SimulatedDisk
  readonly host: TabHost
  readonly storage: Storage
  /** Version of the app, and of the protocol it speaks. */
  readonly build: number
  waiting: 'answer' | 'event' | 'event or time' | 'time' | null = null
  downloading: Request | null = null
  hubEpoch: string | null = null
  lastDownload: DownloadEnd | null = null
  #upload: Generator<UploadWish, UploadEnd, unknown> | null = null
  /** Oldest first. */
  #asked: Asked[] = []
  readonly #pace: UploadPace
  #download: Generator<DownloadWish, DownloadEnd, unknown> | null = null
  #boot: string
  readonly clock: HubClock
  #sentAt = 0
  #unwritten: Unwritten | null = null
  #publisher: Publisher | null = null
  /** Confirmed up to here, and looked at. */
  #checked = 0

  constructor(dev: DeviceId, disk: SimulatedDisk, storage: Storage, build: number, host: TabHost) {
    this.dev = dev
    this.disk = disk
    this.storage = storage
    this.build = build
    this.host = host
    this.#boot = host.random.hex(4)
    this.#pace = new UploadPace({ events: host.random.pick([5, 20, 500]), bytes: host.random.pick([1500, 6000, 256_000]), batches: host.random.pick([1, 2, 4]) })
    this.clock = new HubClock({ wall: () => host.wall(), mono: () => host.now() }, disk.time)
  }

  get connected(): boolean {
    return this.#upload !== null
  }

  connect(): void {
    this.close()
    this.#upload = uploadOutbox(this.#makers())
    this.#advanceUpload(undefined)
  }

  /** The connection is gone; what was asked gets no answer. */
  close(): void {
    this.#upload = null
    this.#download = null
    this.#asked = []
    this.waiting = null
    this.downloading = null
    this.hubEpoch = null
  }

  /** Somebody tapped: the event's id once it is durable. */
  tap(kind: EventClass, more: { readonly t: string; readonly v: number; readonly poison: boolean }): string | null {
    const draft = this.#draft(more.t, more.v, more.poison ? { poison: true } : { n: 1 })
    const result = this.#run(appendEvent(draft, kind, this.#makers()))
    if (result === REFUSED) {
      this.host.coverage.add('tap refused by a full disk, and told so')
      return this.host.faults.fullUnnoticed ? draft.id : null
    }
    if (this.waiting === 'event' || this.waiting === 'event or time') this.#advanceUpload(true)
    return result.ok ? result.value : null
  }

  /** An answer, or null when none came in time. One to a question of an earlier conversation is taken for the answer to the oldest of this one. */
  answer(request: Request, reply: unknown, sentAt = 0): void {
    if (request.kind === 'pull') {
      this.#sentAt = sentAt
      if (this.downloading) this.#advanceDownload(this.#believed(this.downloading, reply))
      return
    }
    const open = this.#asked.filter(({ request: { kind }, answer }) => kind === request.kind && answer === null)
    const asked = (this.host.faults.anyOrder ? null : open.find((one) => one.request === request)) ?? open[0]
    if (!asked) return
    asked.answer = { reply: this.#believed(asked.request, reply), sentAt }
    this.#hearOldest()
  }

  #believed(request: Request, reply: unknown): unknown {
    return reply === null ? null : (this.host.faults.reply?.(reply, request, this.disk, this.hubEpoch) ?? reply)
  }

  /** Goes on as soon as the oldest question is answered. */
  #hearOldest(): void {
    const oldest = this.#asked[0]?.answer
    if (this.waiting !== 'answer' || !oldest) return
    this.#asked.shift()
    this.#sentAt = oldest.sentAt
    this.#advanceUpload(oldest.reply)
  }

  /** No answer has come in time. */
  timeOut(): void {
    if (this.downloading) this.#advanceDownload(null)
    for (const asked of this.#asked) asked.answer ??= { reply: null, sentAt: 0 }
    this.#hearOldest()
  }

  /** A while has passed. */
  wake(): void {
    if (this.waiting === 'time') this.#advanceUpload(undefined)
    else this.idle()
  }

  /** Nothing was recorded for a while. */
  idle(): void {
    if (this.waiting === 'event or time') this.#advanceUpload(false)
  }

  startDownload(): void {
    if (this.hubEpoch === null || this.#download || !this.publisher) return
    this.#download = downloadRelease(this.build, { active: this.disk.active, pending: this.disk.pending }, this.hubEpoch, () => true)
    this.#advanceDownload(undefined)
  }

  /** Time has passed, or is better known: switches to what is due. */
  look(): void {
    const time = this.clock.now()
    this.disk.note({ time: this.clock.known })
    if (this.disk.pending.length === 0) return
    const { due } = dueRelease(this.disk.pending, this.host.faults.time?.(time, this.host.wall()) ?? time)
    if (due) this.#activate(due, stillPending(this.disk.pending, due))
  }

  #advanceUpload(value: unknown): void {
    this.waiting = null
    for (let answer = value; this.#upload; ) {
      const next = this.#upload.next(answer)
      if (next.done) {
        if (next.value === 'upgrade') this.host.coverage.add('app and hub speak different protocols')
        return this.close()
      }
      const wish = next.value
      answer = undefined
      if (wish.do === 'store') {
        answer = this.#run(wish.step)
        if (answer === REFUSED) return this.close()
      } else if (wish.do === 'tell') {
        this.#hear(wish.news)
      } else if (wish.do === 'wait') {
        this.waiting = 'time'
        return
      } else if (wish.do === 'wait-for-event') {
        this.waiting = wish.atMostMs === undefined ? 'event' : 'event or time'
        return
      } else if (wish.do === 'send') {
        if (this.#asked.length > 0) this.host.coverage.add('batch sent behind one without an answer')
        this.#ask({ kind: 'push', body: batchToPush(wish.batch) })
      } else {
        if (wish.do === 'hello') this.#ask({ kind: 'hello', body: wish.hello })
        this.waiting = 'answer'
        return this.#hearOldest()
      }
    }
  }

  #ask(intended: Request): void {
    const request = this.host.faults.request?.(intended, this.disk, this.host.random) ?? intended
    this.#asked.push({ request, answer: null })
    this.host.send(this, request)
  }

  #advanceDownload(value: unknown): void {
    this.downloading = null
    for (let answer = value; this.#download; ) {
      const next = this.#download.next(answer)
      answer = undefined
      if (next.done) {
        this.lastDownload = next.value
        this.#download = null
      } else if (next.value.do === 'activate') this.#activate(next.value.release, this.disk.pending)
      else if (next.value.do === 'judge') answer = this.host.faults.judge ? this.host.faults.judge(next.value.head) : simulatedJudge(next.value.head, this.publisher)
      else if (next.value.do === 'keep') this.#keep(next.value.release)
      else if (next.value.do === 'plan') this.#plan(next.value.next)
      else {
        this.downloading = { kind: 'pull', body: next.value.pull }
        return this.host.send(this, this.downloading)
      }
    }
  }

  #hear(news: UploadNews): void {
    if ('hubNow' in news) {
      this.clock.learn(news.hubNow, this.#sentAt)
      this.disk.note({ time: this.clock.known })
    }
    if (news.type === 'greeted') {
      this.hubEpoch = news.hubEpoch
      this.#publisher = learnPublisher(this.publisher, news.publisher)
      this.disk.note({ publisher: this.#publisher })
      this.#checked = this.state?.ack ?? 0
      this.host.greeted(this)
    }
    if (news.type === 'acknowledged') this.#believe()
    if (news.type !== 'rotated') return
    this.host.coverage.add('outbox rotated')
    if (news.loss) this.host.lossDeclared(this)
  }

  /** Pinned on the disk, or at least in this page. */
  get publisher(): Publisher | null {
    return this.disk.publisher ?? this.#publisher
  }

  /** Where the outbox stands, as this page goes by it. */
  get state(): OutboxState | null {
    if (this.host.faults.believeMemory && this.#unwritten) return this.#unwritten.state
    const written = this.disk.state
    return recall(written, this.host.faults.oldWords && this.#unwritten ? { ...this.#unwritten, over: written?.talk } : this.#unwritten)
  }

  /** Does this page know of confirmations that are on no disk? */
  get remembers(): boolean {
    return this.#unwritten !== null
  }

  /** Events that the page knows to be unconfirmed. */
  get queued(): number {
    const { state } = this
    return state ? queuedEvents(state) : 0
  }

  #believe(): void {
    const ack = this.state?.ack ?? 0
    this.host.believes(this, this.disk.rows.filter(({ seq }) => seq > this.#checked && seq <= ack).map(({ id }) => id))
    this.#checked = Math.max(ack, this.#checked)
  }

  #activate(release: Release, pending: readonly Release[]): void {
    if (this.storage.frozen) return
    const crashed = this.host.crashes('at a release')
    if (this.host.faults.activate) this.host.faults.activate(release, this.disk, crashed)
    else if (!crashed && !this.disk.activate(release, pending)) this.#freeze()
    if (crashed) throw new PageCrash()
  }

  #keep(release: Release): void {
    if (this.storage.frozen) return
    if (this.host.crashes('at a release')) throw new PageCrash()
    if (!this.disk.plan([...this.disk.pending.filter((one) => !isSameHead(one, release)), release].toSorted(byActivation))) this.#freeze()
  }

  #plan(next: readonly ReleaseHead[]): void {
    if (this.storage.frozen) return
    const { active, pending } = this.disk
    const planned = pending.filter((one) => next.some((head) => isSameHead(head, one)) && !(active && isSameHead(active, one)))
    if (planned.length !== pending.length && !this.disk.plan(planned)) this.#freeze()
    this.look()
  }

  #freeze(): void {
    this.storage.frozen = true
    this.host.coverage.add('write refused by a full disk')
  }

  /** One transaction; the page may die before it is durable, or after it but before anybody learnt of it. */
  #run<T>(step: OutboxStep<T>): T | typeof REFUSED {
    if (this.storage.frozen || step.writes !== undefined) return this.#runUnwritten(step)
    const { state } = this
    const { change, result } = this.disk.prepare(step, state)
    if (!change && !(this.#unwritten && state)) return result
    if (this.host.crashes('before its transaction')) throw new PageCrash()
    const written = change ?? { state: state! } // what was remembered while nothing could be written
    if (!this.disk.commit(this.host.faults.change?.(written, this.disk.state, this.disk) ?? written)) {
      this.#freeze()
      return REFUSED
    }
    this.#unwritten = null
    if (this.host.crashes('after its transaction')) throw new PageCrash()
    return result
  }

  #runUnwritten<T>(step: OutboxStep<T>): T | typeof REFUSED {
    const { state } = this
    const rows = this.disk.rowsFor(step, state)
    if (this.host.faults.pruneAnyway && step.writes === undefined) {
      const { change, result } = this.disk.prepare(step, state)
      return change && !this.disk.commit(change) ? REFUSED : result
    }
    const outcome = decideUnwritten(step, this.disk.state, this.#unwritten, rows)
    if (!outcome) return REFUSED
    if (outcome.unwritten !== this.#unwritten) this.host.coverage.add(this.storage.frozen ? 'confirmation remembered while frozen' : 'confirmation remembered until the next write')
    this.#unwritten = outcome.unwritten
    return outcome.result
  }

  #makers(): UploadMakers {
    const { random } = this.host
    return {
      epoch: () => random.hex(8) as EpochId,
      notice: (t, p) => ({ ...this.#draft(t, 1, null), p }),
      greeting: () => ({ pv: this.build, n: random.word(), boot: this.#boot, app: 'simulated', releaseHash: null, now: 0 }),
      mayPrune: () => !this.storage.frozen || this.host.faults.pruneAnyway === true,
      mono: () => this.host.now(),
      pace: this.#pace,
    }
  }

  #draft(t: string, v: number, p: EventDraft['p']): EventDraft {
    const { random } = this.host
    return { id: uuidV7(random.below(1e9), random.bytes(10)), t, v, at: millis(0), off: null, boot: this.#boot, mono: 0, sid: 'visit' as VisitId, p }
  }
}
