/** The device behind its interface: what is recorded is durable first and sent later, what is known is shown whole, and the status says no more than is true. */
import { bytesToHex } from '#shared/kernel/bytes.ts'
import { uuidV7, type EpochId, type EventId } from '#shared/kernel/ids.ts'
import type { Json } from '#shared/kernel/json.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import { millis, type Millis } from '#shared/kernel/time.ts'
import type { CallError, CallName, Calls, HintName, Hints } from '#shared/protocol/calls.ts'
import { SEAL_IV_BYTES } from '#shared/protocol/sealed.ts'
import { PROTOCOL_VERSION } from '#shared/protocol/version.ts'
import { appendEvent, countDropped, type NotAppended } from '#shared/sync/append-event.ts'
import type { ReleaseCheck } from '#shared/sync/apply-pull.ts'
import type { EventDraft } from '#shared/sync/event.ts'
import { HubClock, type KnownTime } from '#shared/sync/hub-clock.ts'
import { queuedEvents, type OutboxState } from '#shared/sync/outbox.ts'
import { headOf, type Documents, type Release } from '#shared/sync/release.ts'
import type { UnreadNote } from '#shared/sync/wire.ts'
import type { AppName, Stores } from '../store/open-stores.ts'
import type { Saved } from '../store/replica-store.ts'
import { Session } from '../store/session.ts'
import type { WriteRefusal } from '../store/storage-health.ts'
import type { AllotmentKeeper } from './allotment-keeper.ts'
import type { Device, DeviceAllotments, DeviceIdentity, DeviceLogEntry, DeviceStorage, NotSaved, PairError, SyncStatus } from './device.ts'
import type { DeviceCare } from './device-care.ts'
import { keyIdOf, seal, signWith } from './device-keys.ts'
import { eventClass } from './event-classes.ts'
import type { DeviceMakers, HubSession } from './hub-session.ts'
import type { beginAnew as BeginAnew, Paired } from './pair-device.ts'
import { patiently } from './patiently.ts'
import { ReleaseKeeper, type KeeperParts, type KeptRelease } from './release-keeper.ts'
import type { Surroundings } from './surroundings.ts'

export type DeviceOptions = {
  readonly app: AppName
  /** Build of the app, for the device list. */
  readonly version: string
  /** Is a release fit for this app's screens? One that is not leaves the active one in place. */
  readonly isFit?: ReleaseCheck
  /** The offers of a release that this app cannot compute; the hub is told, so that somebody mends them. */
  readonly unread?: (items: Documents) => readonly UnreadNote[]
  readonly surroundings?: Surroundings
}

export interface OpenedDevice extends Device {
  /** What a reload may find again, for two minutes. */
  readonly session: Session
  /** What was last known of things that only the hub can tell. */
  readonly cache: { read(name: string): Promise<Saved | null>; write(name: string, value: Json): Promise<void> }
  /** What must be as durable as the outbox: decided and written as one step; false if the storage refused. */
  readonly kept: { read(name: string): Promise<unknown>; update(name: string, decide: (value: unknown) => object | null): Promise<boolean> }
  /** From now on every call goes through it. */
  through(door: CallDoor): void
  close(): void
}

/** Stands between the screens and the hub: lets a call go, holds it back, or sends it once more. */
export type CallDoor = <T>(name: CallName, send: () => Promise<Result<T, CallError>>) => Promise<Result<T, CallError>>

/** What the storage held when the page began. */
export type Start = { readonly paired: Paired | null; readonly releases: KeptRelease | null; readonly pending: readonly Release[]; readonly waiting: number; readonly knownTime: KnownTime }

const LOAD_RETRY_MS = 2000

const NO_ALLOTMENTS: DeviceAllotments = { units: () => ({}), asOf: null, pools: [], choose: (offers) => (offers.length === 0 ? [] : null) }

export class LocalDevice implements OpenedDevice {
  readonly session: Session
  readonly cache: OpenedDevice['cache']
  readonly kept: OpenedDevice['kept']
  readonly #options: DeviceOptions
  readonly #around: Surroundings
  readonly #stores: Stores
  readonly #releases: ReleaseKeeper
  readonly #clock: HubClock
  readonly #boot: string
  #keeper: AllotmentKeeper | null = null
  #paired: Paired | null
  #door: CallDoor = (_name, send) => send()
  /** Counts identities and the end of the page: a session that is still loading belongs to the last one, or to nobody. */
  #identity = 0
  #hub: HubSession | null = null
  #status: SyncStatus
  /** Loaded behind the first screen, with the way to the hub. */
  #care: DeviceCare | null = null
  #closed = false
  readonly #onStatus = new Set<(status: SyncStatus) => void>()
  readonly #onRelease = new Set<(release: Release) => void>()
  readonly #onHint = new Map<HintName, Set<(hint: never) => void>>()

  constructor(options: DeviceOptions, around: Surroundings, stores: Stores, start: Start) {
    this.#options = options
    this.#around = around
    this.#stores = stores
    this.#paired = start.paired
    this.#boot = bytesToHex(around.randomBytes(8))
    this.#clock = new HubClock(around, start.knownTime)
    const keeper: KeeperParts = {
      store: stores.replica,
      time: () => this.#clock.now(),
      after: (delayMs, task) => around.after(delayMs, task),
      changed: (isNew) => this.#showRelease(isNew),
    }
    this.#releases = new ReleaseKeeper(keeper, start.releases, start.pending)
    this.#status = {
      phase: start.paired ? 'connecting' : 'unpaired',
      lastAckAt: null,
      waiting: start.waiting,
      release: start.releases && headOf(start.releases.release),
      releaseCheckedAt: start.releases && millis(start.releases.checkedAt),
      nextRelease: this.#releases.next,
      refusedRelease: null,
      switchInDoubt: false,
      frozen: stores.health.frozen,
      lowSpace: null,
      needsService: false,
    }
    stores.health.onChange((frozen) => this.#storageChanged({ frozen }))
    this.session = new Session(stores.replica, () => around.wall())
    this.cache = {
      read: (name) => stores.replica.readCache(name),
      write: async (name, value) => void (await stores.replica.writeCache(name, { value, savedAt: this.now().at })),
    }
    this.kept = { read: (name) => stores.outbox.readMeta(name), update: async (name, decide) => (await stores.outbox.updateMeta(name, decide)).ok }
    if (start.paired) this.#connect(start.paired)
    this.#releases.look()
    void this.#openCare(this.#status)
  }

  get identity(): DeviceIdentity | null {
    if (!this.#paired) return null
    const { dev, role, name, store, touchpoint } = this.#paired
    return { dev, role, name, store, touchpoint }
  }

  get status(): SyncStatus {
    return this.#status
  }

  get release(): Release | null {
    return this.#releases.kept?.release ?? null
  }

  get allotments(): DeviceAllotments {
    return this.#keeper ?? NO_ALLOTMENTS
  }

  get keyId(): string | null {
    return this.#paired && keyIdOf(this.#paired.key.pub)
  }

  log(): readonly DeviceLogEntry[] {
    return this.#care?.log ?? []
  }

  storage(): DeviceStorage {
    return this.#care?.storage ?? { frozen: this.#status.frozen, lowSpace: null, reserve: null, persisted: null, usedBytes: null, quotaBytes: null, triedAt: null }
  }

  onStatus(listener: (status: SyncStatus) => void): () => void {
    this.#onStatus.add(listener)
    return () => this.#onStatus.delete(listener)
  }

  onRelease(listener: (release: Release) => void): () => void {
    this.#onRelease.add(listener)
    return () => this.#onRelease.delete(listener)
  }

  on<K extends HintName>(name: K, listener: (hint: Hints[K]) => void): () => void {
    const listeners = this.#onHint.get(name) ?? new Set()
    this.#onHint.set(name, listeners)
    listeners.add(listener as (hint: never) => void)
    return () => listeners.delete(listener as (hint: never) => void)
  }

  async record(event: Parameters<Device['record']>[0]): Promise<Result<EventId, NotSaved>> {
    const saving = this.#record(event)
    const saved = await (this.#care?.during(saving) ?? saving)
    if (!saved.ok && saved.error.why !== 'use gone') this.#care?.note('not-saved', saved.error.why)
    return saved
  }

  async call<K extends CallName>(name: K, request: Calls[K]['request']): Promise<Result<Calls[K]['reply'], CallError>> {
    return this.#door(name, () => patiently(async () => (this.#hub ? this.#hub.call(name, request) : err({ code: 'offline' })), this.#around.after))
  }

  through(door: CallDoor): void {
    this.#door = door
  }

  now(): { readonly at: Millis; readonly verified: boolean } {
    const { at, verified } = this.#clock.now()
    return { at, verified }
  }

  async sign(message: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
    if (!this.#paired) throw new Error('a device signs only once it is paired')
    return signWith(this.#around.subtle, this.#paired.key, message)
  }

  async pair(request: Parameters<Device['pair']>[0]): Promise<Result<DeviceIdentity, PairError>> {
    if (this.#stores.health.frozen) return err({ type: 'StorageFailed' })
    const pairing = await import('./pair-device.ts').catch(() => null)
    if (!pairing) return err({ type: 'HubUnreachable' })
    const paired = await pairing.requestPairing(request, this.#around, this.#stores.outbox)
    if (!paired.ok) return paired
    if (!(await this.#becomeDevice(paired.value, pairing.beginAnew))) return err({ type: 'StorageFailed' })
    this.#connect(paired.value)
    return ok(this.identity!)
  }

  close(): void {
    this.#identity += 1
    this.#closed = true
    this.#care?.close()
    this.#releases.close()
    this.#hub?.close()
    this.#hub = null
    this.#stores.close()
  }

  async #record({ secret, uses = [], ...event }: Parameters<Device['record']>[0]): Promise<Result<EventId, NotSaved>> {
    const paired = this.#paired
    if (!paired) return err({ type: 'NotSaved', why: 'not paired' })
    const bare = this.#draft(event)
    const draft = secret === undefined ? bare : { ...bare, x: await seal(this.#around.subtle, paired.hubKey, secret, this.#around.randomBytes(SEAL_IV_BYTES)) }
    const kind = eventClass(event.t)
    const step = appendEvent(draft, kind, this.#makers)
    const kept = await (this.#keeper && uses.length > 0 ? this.#stores.outbox.runBeside(step, this.#keeper.spending(uses)) : this.#stores.outbox.run(step))
    if (kept.ok && !kept.value) return err({ type: 'NotSaved', why: 'use gone' })
    if (!kept.ok || !kept.value?.ok) {
      const why = refusalToWhy(kept.ok ? (kept.value as { readonly error: NotAppended }).error : kept.error)
      if (why === 'too large') return err({ type: 'NotSaved', why })
      if (kind === 'droppable') await this.#stores.outbox.run(countDropped)
      // A use that was not given away here must not be named to the hub either.
      const isSaved = kind === 'durable' && uses.length === 0 && (await this.#hub?.direct.send(draft, JSON.stringify({ ...event, secret })))
      if (!isSaved) return err({ type: 'NotSaved', why })
      this.#care?.note('sent-directly')
      return ok(isSaved)
    }
    if (uses.length > 0) this.#keeper?.hurry()
    this.#showWaiting(this.#stores.outbox.latest)
    this.#hub?.wake()
    return ok(draft.id)
  }

  /** Who this device was before its storage was lost: the outbox goes on where it stood. */
  async #adopt(paired: Paired): Promise<void> {
    await this.#becomeDevice(paired, async () => true)
    if (this.#paired === paired) this.#connect(paired)
  }

  /** What an earlier identity left in the outbox begins a new life: its hub knows nothing of the old numbers. */
  async #becomeDevice(paired: Paired, beginAnew: typeof BeginAnew): Promise<boolean> {
    if (!(await beginAnew(this.#stores.outbox, this.#makers))) return false
    if (!(await this.#stores.outbox.writeMeta('publisher', paired.publisher)).ok) return false
    if (!(await this.#stores.outbox.writeMeta('identity', paired)).ok) return false
    this.#paired = paired
    this.#keeper = null
    this.#care?.note('paired', paired.role)
    return true
  }

  async #openCare(began: SyncStatus): Promise<void> {
    const care = await import('./device-care.ts').catch(() => null)
    if (this.#closed) return
    if (!care) return void this.#around.after(LOAD_RETRY_MS, () => void this.#openCare(began))
    this.#care = new care.DeviceCare({
      around: this.#around,
      stores: this.#stores,
      clock: this.#clock,
      app: this.#options.app,
      makers: this.#makers,
      version: this.#options.version,
      began,
      status: () => this.#status,
      now: () => this.now().at,
      changed: (change) => this.#storageChanged(change),
      jumped: () => this.#hub?.planReport(),
      paired: () => this.#paired,
      adopt: (paired) => this.#adopt(paired),
      refilled: () => void this.#countWaiting().then(() => this.#hub?.wake()),
    })
  }

  #connect(paired: Paired): void {
    this.#hub?.close()
    this.#hub = null
    this.#setStatus({ phase: 'connecting' })
    this.#identity += 1
    void this.#openSession(paired, this.#identity)
  }

  /** The way to the hub is loaded behind the first screen, which needs none. */
  async #openSession(paired: Paired, identity: number): Promise<void> {
    const session = await import('./hub-session.ts').catch(() => null)
    if (identity !== this.#identity) return
    if (!session) {
      this.#setStatus({ phase: 'offline' })
      this.#around.after(LOAD_RETRY_MS, () => identity === this.#identity && void this.#openSession(paired, identity))
      return
    }
    this.#hub = new session.HubSession(`einklang-${this.#options.app}-sender`, {
      around: this.#around,
      paired,
      outbox: this.#stores.outbox,
      releases: this.#releases,
      clock: this.#clock,
      makers: this.#makers,
      report: { version: this.#options.version, outbox: this.#stores.outbox, releases: this.#releases, clock: this.#clock, unread: this.#options.unread ?? (() => []), waiting: () => this.#status.waiting, storage: () => (this.#status.frozen ? 'full' : this.#status.lowSpace ? 'low' : null) },
      beforeReport: async () => {
        await this.#countWaiting()
        if (this.#paired?.role !== 'manager') void this.#exchange().catch(() => undefined)
      },
      phase: (phase) => this.#status.phase !== 'revoked' && this.#setStatus({ phase }),
      rotated: () => this.#care?.note('rotated'),
      outdated: (needsUpdate) => (this.#status.needsUpdate ?? false) !== needsUpdate && this.#setStatus({ needsUpdate }),
      isFit: this.#options.isFit ?? (() => true),
      heard: () => this.#heard(),
      hint: (name, hint) => this.#onHint.get(name)?.forEach((listener) => listener(hint as never)),
    })
  }

  readonly #makers: DeviceMakers = {
    epoch: () => bytesToHex(this.#around.randomBytes(8)) as EpochId,
    notice: (t, p) => this.#draft({ t, v: 1, p, sid: null }),
    greeting: () => ({
      pv: PROTOCOL_VERSION,
      n: this.#around.randomBytes(4).reduce((n, byte) => n * 256 + byte, 0),
      boot: this.#boot,
      app: this.#options.version,
      releaseHash: this.release?.hash ?? null,
      now: Math.round(this.#around.wall()),
    }),
    mayPrune: () => !this.#stores.health.frozen && !this.#stores.health.onReserve && this.#status.lowSpace !== true,
  }

  #draft(event: Pick<EventDraft, 't' | 'v' | 'p' | 'sid'>): EventDraft {
    const at = millis(Math.round(this.#around.wall()))
    const id = uuidV7(at, this.#around.randomBytes(10))
    return { id, ...event, at, off: this.#clock.offsetMs, boot: this.#boot, mono: Math.round(this.#around.mono()) }
  }

  /** Nothing can be held before the hub was reached, so the page begins without it. */
  async #exchange(): Promise<void> {
    this.#keeper ??= new (await import('./allotment-keeper.ts')).AllotmentKeeper({
      outbox: this.#stores.outbox,
      latest: () => this.#clock.latest(),
      mono: () => this.#around.mono(),
      ask: (request) => this.call('allotments.exchange', request),
    })
    if (await this.#keeper.exchangeIfDue()) this.#setStatus({})
  }

  #heard(): void {
    const { at } = this.now()
    this.#setStatus({ lastAckAt: at })
    void this.#countWaiting()
    void this.#care?.heard()
  }

  #showRelease(isNew: boolean): void {
    const { kept, next, refused, inDoubt } = this.#releases
    if (kept) this.#setStatus({ release: headOf(kept.release), releaseCheckedAt: millis(kept.checkedAt) })
    this.#setStatus({ nextRelease: next && headOf(next), refusedRelease: refused, switchInDoubt: inDoubt })
    if (isNew) this.#keeper?.hurry()
    if (isNew && kept) for (const listener of this.#onRelease) listener(kept.release)
    this.#hub?.planReport()
  }

  /** A storage that cannot be read leaves the last count standing. */
  async #countWaiting(): Promise<void> {
    const state = await this.#stores.outbox.state().catch(() => undefined)
    if (state !== undefined) this.#showWaiting(state)
  }

  #showWaiting(state: OutboxState | null): void {
    const waiting = state ? queuedEvents(state) : 0
    if (waiting !== this.#status.waiting) this.#setStatus({ waiting })
  }

  #storageChanged(change: Partial<SyncStatus>): void {
    this.#setStatus(change)
    this.#hub?.planReport()
    if (change.frozen === false) void this.#hub?.direct.keepCopies(this.#stores.outbox).then(() => this.#countWaiting()).then(() => this.#hub?.wake())
  }

  #setStatus(change: Partial<SyncStatus>): void {
    const was = this.#status
    this.#status = { ...was, ...change }
    this.#care?.noteChange(was, this.#status)
    for (const listener of this.#onStatus) listener(this.#status)
  }
}

const refusalToWhy = (error: WriteRefusal | NotAppended): NotSaved['why'] => {
  if (error.type === 'EventTooLarge') return 'too large'
  return error.type === 'StorageFailed' ? 'storage failed' : 'storage full'
}
