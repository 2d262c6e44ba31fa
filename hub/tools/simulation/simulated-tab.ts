/** One page on one device: drives the product's two conversations over a disk and a network that it is given. */
import type { DeviceId, EpochId, VisitId } from '#shared/kernel/ids.ts'
import { uuidV7 } from '#shared/kernel/ids.ts'
import { millis } from '#shared/kernel/time.ts'
import { appendEvent, type EventClass } from '#shared/sync/append-event.ts'
import { downloadRelease, type DownloadEnd, type DownloadWish } from '#shared/sync/download.ts'
import type { EventDraft } from '#shared/sync/event.ts'
import type { OutboxChange, OutboxState, OutboxStep } from '#shared/sync/outbox.ts'
import { HubClock } from '#shared/sync/hub-clock.ts'
import { isSameHead, type Release, type ReleaseHead } from '#shared/sync/release.ts'
import { byActivation, dueRelease, stillPending, type TrustedTime } from '#shared/sync/release-plan.ts'
import { learnPublisher, type RefusalReason } from '#shared/sync/release-signature.ts'
import { uploadOutbox, type UploadEnd, type UploadMakers, type UploadNews, type UploadWish } from '#shared/sync/upload.ts'
import type { Hello, Pull, Push } from '#shared/sync/wire.ts'
import type { SeededRandom } from './seeded-random.ts'
import type { SimulatedDisk } from './simulated-disk.ts'
import { simulatedJudge } from './simulated-publisher.ts'

export type Request = { readonly kind: 'hello'; readonly body: Hello } | { readonly kind: 'push'; readonly body: Push } | { readonly kind: 'pull'; readonly body: Pull }

/** Deliberate mistakes of a device. */
export type TabFaults = {
  readonly change?: (change: OutboxChange, before: OutboxState | null) => OutboxChange
  readonly request?: (request: Request, disk: SimulatedDisk, random: SeededRandom) => Request
  readonly reply?: (reply: unknown, request: Request, disk: SimulatedDisk) => unknown
  readonly activate?: (release: Release, disk: SimulatedDisk, crashed: boolean) => void
  readonly judge?: (head: ReleaseHead) => RefusalReason | null
  /** What it takes for the hub's time. */
  readonly time?: (time: TrustedTime, wall: number) => TrustedTime
  readonly relaxed?: boolean
}

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
  crashes(at: 'transaction' | 'activation'): boolean
  lossDeclared(tab: SimulatedTab): void
}

export class SimulatedTab {
  readonly dev: DeviceId
  readonly disk: SimulatedDisk
  readonly host: TabHost
  waiting: Request | 'event' | 'time' | null = null
  downloading: Request | null = null
  hubEpoch: string | null = null
  lastDownload: DownloadEnd | null = null
  #upload: Generator<UploadWish, UploadEnd, unknown> | null = null
  #download: Generator<DownloadWish, DownloadEnd, unknown> | null = null
  #boot: string
  readonly clock: HubClock
  #sentAt = 0

  constructor(dev: DeviceId, disk: SimulatedDisk, host: TabHost) {
    this.dev = dev
    this.disk = disk
    this.host = host
    this.#boot = host.random.hex(4)
    this.clock = new HubClock({ wall: () => host.wall(), mono: () => host.now() }, disk.image.time)
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
    this.waiting = null
    this.downloading = null
    this.hubEpoch = null
  }

  /** Somebody tapped: the event's id once it is durable. */
  tap(kind: EventClass, more: { readonly t: string; readonly v: number; readonly poison: boolean }): string | null {
    const draft = this.#draft(more.t, more.v, more.poison ? { poison: true } : { n: 1 })
    const result = this.#run(appendEvent(draft, kind, this.#makers()))
    if (this.waiting === 'event') this.#advanceUpload(undefined)
    return result.ok ? result.value : null
  }

  /** An answer, or null when none came in time. */
  answer(kind: Request['kind'], reply: unknown, sentAt = 0): void {
    this.#sentAt = sentAt
    const request = kind === 'pull' ? this.downloading : this.waiting
    if (request === null || typeof request === 'string' || request.kind !== kind) return
    const believed = reply === null ? null : (this.host.faults.reply?.(reply, request, this.disk) ?? reply)
    if (kind === 'pull') this.#advanceDownload(believed)
    else this.#advanceUpload(believed)
  }

  /** No answer has come in time. */
  timeOut(): void {
    if (this.downloading) this.answer('pull', null)
    if (this.waiting !== null && typeof this.waiting !== 'string') this.answer(this.waiting.kind, null)
  }

  /** A while has passed. */
  wake(): void {
    if (this.waiting === 'time') this.#advanceUpload(undefined)
  }

  startDownload(): void {
    if (this.hubEpoch === null || this.#download || !this.disk.image.publisher) return
    this.#download = downloadRelease(1, this.disk.image, this.hubEpoch, () => true)
    this.#advanceDownload(undefined)
  }

  /** Time has passed, or is better known: switches to what is due. */
  look(): void {
    const time = this.clock.now()
    this.disk.note({ time: this.clock.known })
    const { due } = dueRelease(this.disk.image.pending, this.host.faults.time?.(time, this.host.wall()) ?? time)
    if (due) this.#activate(due, stillPending(this.disk.image.pending, due))
  }

  #advanceUpload(value: unknown): void {
    this.waiting = null
    for (let answer = value; this.#upload; ) {
      const next = this.#upload.next(answer)
      if (next.done) return this.close()
      const wish = next.value
      answer = undefined
      if (wish.do === 'store') answer = this.#run(wish.step)
      else if (wish.do === 'tell') {
        this.#hear(wish.news)
      } else if (wish.do === 'wait') {
        this.waiting = 'time'
        return
      } else if (wish.do === 'wait-for-event') {
        this.waiting = 'event'
        return
      } else {
        const request: Request = wish.do === 'hello' ? { kind: 'hello', body: wish.hello } : { kind: 'push', body: wish.push }
        this.waiting = request
        return this.host.send(this, this.host.faults.request?.(request, this.disk, this.host.random) ?? request)
      }
    }
  }

  #advanceDownload(value: unknown): void {
    this.downloading = null
    for (let answer = value; this.#download; ) {
      const next = this.#download.next(answer)
      answer = undefined
      if (next.done) {
        this.lastDownload = next.value
        this.#download = null
      } else if (next.value.do === 'activate') this.#activate(next.value.release, this.disk.image.pending)
      else if (next.value.do === 'judge') answer = this.host.faults.judge ? this.host.faults.judge(next.value.head) : simulatedJudge(next.value.head, this.disk.image.publisher)
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
      this.disk.note({ publisher: learnPublisher(this.disk.image.publisher, news.publisher) })
    }
    if (news.type === 'rotated' && news.loss) this.host.lossDeclared(this)
  }

  #activate(release: Release, pending: readonly Release[]): void {
    const crashed = this.host.crashes('activation')
    if (this.host.faults.activate) this.host.faults.activate(release, this.disk, crashed)
    else if (!crashed) this.disk.activate(release, pending)
    if (crashed) throw new PageCrash()
  }

  #keep(release: Release): void {
    if (this.host.crashes('activation')) throw new PageCrash()
    this.disk.plan([...this.disk.image.pending.filter((one) => !isSameHead(one, release)), release].toSorted(byActivation))
  }

  #plan(next: readonly ReleaseHead[]): void {
    const { active, pending } = this.disk.image
    this.disk.plan(pending.filter((one) => next.some((head) => isSameHead(head, one)) && !(active && isSameHead(active, one))))
    this.look()
  }

  /** One transaction; the page may die before it is durable, or after it but before anybody learnt of it. */
  #run<T>(step: OutboxStep<T>): T {
    const { change, result } = this.disk.prepare(step)
    if (!change) return result
    if (this.host.crashes('transaction')) throw new PageCrash()
    this.disk.commit(this.host.faults.change?.(change, this.disk.image.state) ?? change)
    if (this.host.crashes('transaction')) throw new PageCrash()
    return result
  }

  #makers(): UploadMakers {
    const { random } = this.host
    return {
      epoch: () => random.hex(8) as EpochId,
      notice: (t, p) => ({ ...this.#draft(t, 1, null), p }),
      greeting: () => ({ pv: 1, n: random.word(), boot: this.#boot, app: 'simulated', releaseHash: null, now: 0 }),
      mayPrune: () => true,
    }
  }

  #draft(t: string, v: number, p: EventDraft['p']): EventDraft {
    const { random } = this.host
    return { id: uuidV7(random.below(1e9), random.bytes(10)), t, v, at: millis(0), off: null, boot: this.#boot, mono: 0, sid: 'visit' as VisitId, p }
  }
}
