/** The hub: the product's decisions over a simulated database that may be cut, put back or exchanged. */
import type { DeviceId, EpochId } from '#shared/kernel/ids.ts'
import { millis } from '#shared/kernel/time.ts'
import { answerPull, type ReleaseShelf } from '#shared/sync/answer-pull.ts'
import { answerHello, ingestPush, type HubFacts } from '#shared/sync/hub-ingest.ts'
import type { HubLedger, Kept as WhatBecame, KnownId, NewEvent, NumberedId, Producer } from '#shared/sync/hub-ledger.ts'
import { diffDocuments, makeRelease, releaseHash } from '#shared/sync/release-hash.ts'
import { comingAfter, inForceAt } from '#shared/sync/release-plan.ts'
import { DEFAULT_MAX_OFFLINE_MS, type Documents, type Release, type ReleaseHead } from '#shared/sync/release.ts'
import type { Ack, Hello, HelloReply, Pull, PullReply, Push, ReceivedPush, StreamError } from '#shared/sync/wire.ts'
import type { Coverage } from './coverage.ts'
import { SimulatedDatabase, type Kept } from './simulated-database.ts'
import type { SimulatedDisk } from './simulated-disk.ts'
import { SIMULATED_PUBLISHER, SIMULATED_STORE, simulatedSign } from './simulated-publisher.ts'

/** Deliberate mistakes of a hub, to see that the simulation notices them. */
export type HubFaults = {
  readonly ledger?: (ledger: HubLedger, push: Push, sinceBoot: ReadonlySet<string>) => HubLedger
  /** Said instead of looking at a push at all. */
  readonly refuse?: (push: Push) => StreamError | null
  readonly answer?: (answer: Ack | StreamError, push: Push) => Ack | StreamError
  readonly shelf?: (shelf: ReleaseShelf, releases: readonly Release[]) => ReleaseShelf
  readonly ackBeforeCommit?: boolean
  /** A full disk goes unnoticed. */
  readonly fullUnnoticed?: boolean
  /** What one copy holds is called safe. */
  readonly safeAtOnce?: boolean
  /** What was parked stays parked. */
  readonly noRedrive?: boolean
  /** How a run of the hub is called. */
  readonly epoch?: (db: string, boots: number) => string
}

/** A build of the product: the events and the protocol it knows. */
export type Build = 1 | 2 | 3
export const NEWEST_BUILD = 3
const DISK_RETRY_MS = 5000
/** Releases of which it still knows the changes. */
const DELTAS_FROM = 5

/** What is in force at an instant, and what comes; asked for after every step. */
type Planned = { readonly at: number; readonly releases: readonly Release[]; readonly count: number; readonly release: Release | null; readonly upcoming: readonly Release[] }

const streamOf = (dev: string, ep: string): string => `${dev}/${ep}`

export class SimulatedHub implements HubLedger {
  readonly faults: HubFaults
  up = true
  build: Build = 1
  diskFull = false
  /** Kept in a file of its own that no restore touches. */
  readonly erased = new Set<string>()
  db: SimulatedDatabase
  /** Random in the product: no two runs share it, whatever became of the database. */
  run = 1
  readonly #now: () => number
  readonly #coverage: Coverage
  #sinceBoot = new Set<string>()
  #databases = 1
  #plan: Planned | null = null

  constructor(faults: HubFaults, now: () => number, coverage: Coverage) {
    this.faults = faults
    this.#now = now
    this.#coverage = coverage
    this.db = new SimulatedDatabase('db1', this.erased)
  }

  get wasExchanged(): boolean {
    return this.#databases > 1
  }

  get kept(): ReadonlyMap<string, Kept> {
    return this.db.kept
  }

  get hubEpoch(): string {
    return this.faults.epoch?.(this.db.id, this.db.boots) ?? `${this.db.id}.${this.db.boots}.${this.run}`
  }

  /** In force now. */
  get release(): Release | null {
    return this.#planned().release
  }

  get upcoming(): readonly ReleaseHead[] {
    return this.#planned().upcoming
  }

  /** Whether a device shows what is in force and has all that waits. */
  isCurrent({ active, pending }: SimulatedDisk): boolean {
    const { release, upcoming } = this.#planned()
    return active?.hash === release?.hash && pending.length === upcoming.length && pending.every(({ hash }, i) => hash === upcoming[i]!.hash)
  }

  /** What the web shop would change next. */
  get newest(): Release | null {
    return this.db.releases.at(-1) ?? null
  }

  hello(dev: DeviceId, hello: Hello): HelloReply | StreamError {
    return answerHello(this, dev, hello, this.#facts())
  }

  /** One push inside the open transaction. */
  push(dev: DeviceId, push: Push): Ack | StreamError {
    const refusal = this.faults.refuse?.(push)
    if (refusal) return refusal
    const ledger = this.faults.ledger?.(this, push, this.#sinceBoot) ?? this
    const received: ReceivedPush = push
    const answer = ingestPush(ledger, dev, received, this.#facts())
    return this.faults.answer?.(answer, push) ?? answer
  }

  pull(pull: Pull): PullReply | StreamError {
    const { min, max } = this.#facts()
    if (pull.pv < min || pull.pv > max) return { code: 'upgrade' }
    const { releases } = this.db
    const shelf: ReleaseShelf = {
      current: () => this.release,
      items: (hash) => {
        const found = releases.findLast((release) => release.hash === hash)
        return found ? { head: found, items: found.items } : null
      },
      opsBetween: ({ rev, hash }, to) => {
        const [from, whole] = [releases.slice(-DELTAS_FROM).find((release) => release.rev === rev && release.hash === hash), releases.find((release) => release.hash === to.hash)]
        return from && whole && from.rev <= to.rev ? diffDocuments(from.items, whole.items) : null
      },
      next: () => this.upcoming,
    }
    const reply = answerPull(this.faults.shelf?.(shelf, releases) ?? shelf, pull, { hubEpoch: this.hubEpoch, now: this.#now() })
    this.#coverage.add(`pull answered: ${reply.type}`)
    return reply
  }

  /** In force in `afterMs`; null if nothing would change then, or the disk is full. */
  publish(items: Documents, afterMs = 0): Release | null {
    const now = millis(this.#now())
    const activeFrom = millis(now + afterMs)
    if (this.diskFull || inForceAt(this.db.releases, activeFrom)?.hash === releaseHash(items)) return null
    const release = makeRelease(items, { rev: (this.newest?.rev ?? 0) + 1, publishedAt: now, activeFrom, maxOfflineMs: DEFAULT_MAX_OFFLINE_MS, store: SIMULATED_STORE }, simulatedSign)
    this.db.append({ type: 'release', release })
    this.db.commit()
    return release
  }

  /** Null if what was pushed is durable; otherwise nothing of it was stored. */
  commit(): StreamError | null {
    if (this.diskFull && !this.faults.fullUnnoticed) {
      this.db.rollBack()
      return { code: 'disk', retryMs: DISK_RETRY_MS }
    }
    if (this.diskFull) this.db.rollBack()
    else this.db.commit()
    return null
  }

  /** Stops at once. Says how many entries of its log, once durable, are gone. */
  crash(tail: number): number {
    this.up = false
    return this.db.lose(tail)
  }

  restore(): void {
    this.up = false
    this.db.restore()
  }

  /** The data folder is another one: empty, or one that was set aside before. */
  exchange(db: SimulatedDatabase | null): SimulatedDatabase {
    const before = this.db
    this.up = false
    before.lose(0)
    this.db = db ?? new SimulatedDatabase(`db${++this.#databases}`, this.erased)
    for (const id of this.erased) this.db.erase(id)
    return before
  }

  /** Starts a new run, counted before it listens. */
  start(build: Build): void {
    this.run += 1
    this.#sinceBoot = new Set()
    this.build = build
    this.up = true
    this.db.append({ type: 'boot' })
    const driven = this.faults.noRedrive ? 0 : this.db.redrive(build)
    this.db.commit()
    if (driven > 0) this.#coverage.add('event: parked, then understood', driven)
  }

  backup(): void {
    this.db.copy(this.faults.safeAtOnce)
  }

  erase(id: string): void {
    this.erased.add(id)
    this.db.erase(id)
  }

  known(ids: readonly string[]): ReadonlyMap<string, KnownId> {
    return new Map(ids.flatMap((id): readonly (readonly [string, KnownId])[] => (this.db.kept.has(id) ? [[id, 'held']] : this.erased.has(id) ? [[id, 'erased']] : [])))
  }

  producer(dev: DeviceId, ep: EpochId): Producer | null {
    return this.db.stream(streamOf(dev, ep)) ?? null
  }

  numbered(dev: DeviceId, ep: EpochId, seq: number): NumberedId | null {
    return this.db.stream(streamOf(dev, ep))?.numbers[seq] ?? null
  }

  chainAt(dev: DeviceId, ep: EpochId, seq: number): NumberedId['c'] | null {
    return this.db.stream(streamOf(dev, ep))?.numbers[seq]?.c ?? null
  }

  store(dev: DeviceId, ep: EpochId, events: readonly NewEvent[]): readonly WhatBecame[] {
    return events.map((one) => this.#store(dev, ep, one))
  }

  #store(dev: DeviceId, ep: EpochId, { raw, event }: NewEvent): WhatBecame {
    if (!event) {
      this.db.append({ type: 'kept', kept: { kind: 'quarantined', t: '', dev, ep, seq: raw.seq, id: raw.id, v: 0, p: null } })
      this.#coverage.add('event: quarantined')
      return 'quarantined'
    }
    const { seq, id, v, t, p } = event
    const poison = typeof p === 'object' && p !== null && 'poison' in p
    const kind = v > this.build ? 'parked' : poison ? 'quarantined' : 'event'
    this.db.append({ type: 'kept', kept: { kind, t, dev, ep, seq, id, v, p } })
    this.#coverage.add(`event: ${kind === 'event' ? 'stored' : kind}`)
    return kind === 'event' ? 'stored' : kind
  }

  advance(dev: DeviceId, ep: EpochId, first: number, numbers: readonly NumberedId[]): void {
    numbers.forEach((numbered, i) => {
      this.#sinceBoot.add(numbered.id)
      this.db.append({ type: 'number', stream: streamOf(dev, ep), seq: first + i, numbered })
    })
  }

  /** Speaks the protocol of its build and the one before. */
  #facts(): HubFacts {
    return { hubEpoch: this.hubEpoch, now: this.#now(), min: Math.max(1, this.build - 1), max: this.build, publisher: SIMULATED_PUBLISHER }
  }

  #planned(): Planned {
    const { releases } = this.db
    const at = this.#now()
    const known = this.#plan
    if (known && known.at === at && known.releases === releases && known.count === releases.length) return known
    return (this.#plan = { at, releases, count: releases.length, release: inForceAt(releases, at), upcoming: comingAfter(releases, at) })
  }
}
