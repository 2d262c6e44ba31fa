/** What a device does with a hub: keeps a link, empties the outbox over it, keeps the release current, reports, asks and hears. */
import { safeParse } from 'valibot'
import { err, type Result } from '#shared/kernel/result.ts'
import { CHANNELS } from '#shared/protocol/channels.ts'
import type { CallError, CallName, Calls, HintName, Hints } from '#shared/protocol/calls.ts'
import { ReportReplyMessage } from '#shared/protocol/replies.ts'
import type { ReleaseCheck } from '#shared/sync/apply-pull.ts'
import { tidyOutbox } from '#shared/sync/outbox-steps.ts'
import type { UploadMakers } from '#shared/sync/upload.ts'
import { UploadPace } from '#shared/sync/upload-pace.ts'
import type { OutboxStore } from '../store/outbox-store.ts'
import type { HubClock } from '#shared/sync/hub-clock.ts'
import { deviceReport, type ReportParts } from './device-report.ts'
import { DirectSender } from './direct-sender.ts'
import { openLink, type Connection } from './hub-link.ts'
import type { Paired } from './pair-device.ts'
import { signWith } from './device-keys.ts'
import type { ReleaseKeeper } from './release-keeper.ts'
import { PublisherPin, verifyWith } from './publisher-pin.ts'
import { ReleaseRounds } from './release-rounds.ts'
import { SenderLock } from './sender-lock.ts'
import type { Surroundings } from './surroundings.ts'
import { driveUpload } from './upload-driver.ts'

/** Reports and pulls come at least so often. */
const BEAT_MS = 60_000
/** Changes within this time are one report. */
const REPORT_PAUSE_MS = 1000
const BLOCKED_RETRY_MS = 60_000

/** What of the conversation's needs the device itself makes. */
export type DeviceMakers = Omit<UploadMakers, 'mono' | 'pace'>

export type SessionParts = {
  readonly around: Surroundings
  readonly paired: Paired
  readonly outbox: OutboxStore
  readonly releases: ReleaseKeeper
  readonly isFit: ReleaseCheck
  readonly clock: HubClock
  readonly makers: DeviceMakers
  readonly report: ReportParts
  /** What the report speaks of is brought up to date first. */
  beforeReport(): Promise<void>
  phase(phase: 'online' | 'offline' | 'revoked'): void
  rotated(): void
  /** Does the hub speak another version than this app? */
  outdated(isOutdated: boolean): void
  /** The hub has answered: it is there, and it has what it confirmed. */
  heard(): void
  hint(name: HintName, hint: unknown): void
}

export class HubSession {
  readonly #parts: SessionParts
  readonly #link: { close(): void }
  readonly #lock: SenderLock
  readonly #pin: PublisherPin
  readonly #rounds: ReleaseRounds
  /** For what the device itself cannot keep. */
  readonly direct: DirectSender
  readonly #makers: UploadMakers
  #connection: Connection | null = null
  #sending = false
  /** Since it was last asked. */
  #recorded = false
  #wake: () => void = () => undefined
  #stopBeat: () => void = () => undefined
  #reportPlanned = false
  #closed = false

  constructor(lockName: string, parts: SessionParts) {
    this.#parts = parts
    this.#makers = { ...parts.makers, mono: () => parts.around.mono(), pace: new UploadPace() }
    this.#pin = new PublisherPin(parts.outbox)
    this.direct = new DirectSender({
      makers: parts.makers,
      connection: () => this.#connection,
      mono: () => parts.around.mono(),
      pause: (forMs) => new Promise((resolve) => void parts.around.after(forMs, resolve)),
      heard: (ack, sentMono) => this.#learn(ack.now, sentMono),
    })
    this.#rounds = new ReleaseRounds(parts.releases, { isFit: parts.isFit, verify: (...signed) => verifyWith(parts.around.subtle, ...signed), publisher: () => this.#pin.read() })
    this.#lock = new SenderLock(lockName, parts.around, () => this.#send())
    const { around, paired } = parts
    this.#link = openLink(
      { origin: around.origin, auth: { dev: paired.dev, token: paired.token }, sign: (message) => signWith(around.subtle, paired.key, message), after: around.after },
      {
        ready: (connection) => this.#begin(connection),
        closed: () => this.#end('offline'),
        unreachable: () => parts.phase('offline'),
        revoked: () => this.#end('revoked'),
        hint: (name, hint) => this.#hear(name, hint),
      },
    )
  }

  /** An event was recorded. */
  wake(): void {
    this.#recorded = true
    this.#wake()
    this.planReport()
  }

  planReport(): void {
    if (this.#reportPlanned || !this.#connection) return
    this.#reportPlanned = true
    this.#parts.around.after(REPORT_PAUSE_MS, () => {
      this.#reportPlanned = false
      void this.#report()
    })
  }

  async call<K extends CallName>(name: K, request: Calls[K]['request']): Promise<Result<Calls[K]['reply'], CallError>> {
    if (!this.#connection) return err({ code: 'offline' })
    const answer = await this.#connection.ask(name, request)
    if (answer === null) return err({ code: this.#connection ? 'timeout' : 'offline' })
    return isResult<Calls[K]['reply']>(answer) ? answer : err({ code: 'failed' })
  }

  close(): void {
    this.#closed = true
    this.#end('offline')
    this.#link.close()
  }

  #begin(connection: Connection): void {
    this.#connection = connection
    this.#parts.phase('online')
    this.#send()
    this.#beat()
  }

  #end(phase: 'offline' | 'revoked'): void {
    this.#connection = null
    this.#stopBeat()
    this.#wake()
    this.#parts.phase(phase)
  }

  #hear(name: HintName, hint: unknown): void {
    if (name === 'release') void this.#pull((hint as Hints['release'] | null)?.hash)
    this.#parts.hint(name, hint)
  }

  /** One conversation at a time; a new one begins as soon as it may. */
  #send(): void {
    const connection = this.#connection
    if (!connection || this.#sending || !this.#lock.held) return
    this.#sending = true
    const stopped = (): boolean => this.#connection !== connection || !this.#lock.held || this.#closed
    const upload = driveUpload(connection, {
      outbox: this.#parts.outbox,
      makers: this.#makers,
      stopped,
      mono: () => this.#parts.around.mono(),
      waitForEvent: (atMostMs) => this.#untilRecorded(atMostMs),
      pause: (forMs) => this.#patience(forMs * (0.75 + Math.random() / 2)),
      news: (news, sentMono) => {
        if ('hubNow' in news) this.#learn(news.hubNow, sentMono)
        if (news.type === 'rotated') this.#parts.rotated()
        if (news.type === 'greeted') this.#parts.outdated(false)
        if (news.type === 'greeted' && news.publisher) void this.#pin.learn(news.publisher).then(() => this.#pull())
        this.planReport()
      },
    })
    void upload.catch(() => 'reconnect' as const).then(async (end) => {
      if (end === 'upgrade') this.#parts.outdated(true)
      // What was confirmed until now; without it, all of that would be sent again.
      if (!this.#closed) await this.#parts.outbox.run(tidyOutbox(false))
      // A newer app, or room on the disk, does not come within a blink.
      if (end === 'upgrade' || (end === 'stopped' && !stopped())) await this.#patience(BLOCKED_RETRY_MS)
      this.#sending = false
      if (stopped()) return this.#send()
      connection.drop()
    })
  }

  /** What was recorded since the storage was read counts too. */
  async #untilRecorded(atMostMs?: number): Promise<boolean> {
    if (!this.#recorded) await this.#sleep(atMostMs ?? null, () => true)
    const wasRecorded = this.#recorded || !this.#connection
    this.#recorded = false
    return wasRecorded
  }

  /** Patience asked for by the hub is kept, unless the connection ends. */
  #patience(forMs: number): Promise<void> {
    return this.#sleep(forMs, () => !this.#connection)
  }

  #sleep(forMs: number | null, mayWake: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const cancel = forMs === null ? () => undefined : this.#parts.around.after(forMs, resolve)
      this.#wake = () => {
        if (!mayWake()) return
        cancel()
        resolve()
      }
    })
  }

  #beat(): void {
    this.#stopBeat()
    void this.#pull()
    void this.#report()
    this.#stopBeat = this.#parts.around.after(BEAT_MS, () => this.#beat())
  }

  async #pull(hinted?: string): Promise<void> {
    const connection = this.#connection
    if (!connection || (hinted !== undefined && this.#parts.releases.has(hinted))) return
    // Releases are asked for once it is known who signs them.
    if ((await this.#pin.read()) === null) return
    const end = await this.#rounds.refresh(connection)
    if (end.type === 'current') this.#parts.heard()
    this.planReport()
  }

  async #report(): Promise<void> {
    const connection = this.#connection
    if (!connection) return
    await this.#parts.beforeReport()
    const report = await deviceReport(this.#parts.report, this.direct.isOpen)
    const sentMono = this.#parts.around.mono()
    const reply = safeParse(ReportReplyMessage, await connection.ask(CHANNELS.report, report))
    if (reply.success) this.#learn(reply.output.now, sentMono)
  }

  #learn(hubNow: number, sentMono: number): void {
    this.#parts.clock.learn(hubNow, sentMono)
    this.#parts.releases.look()
    this.#parts.heard()
  }
}

const isResult = <T>(answer: unknown): answer is Result<T, CallError> => typeof answer === 'object' && answer !== null && 'ok' in answer && typeof answer.ok === 'boolean'
