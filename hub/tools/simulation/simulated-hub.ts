/** The hub as a simulated database: a log of durable transactions that crashes may cut and backups may replace. The decisions are the product's own. */
import type { DeviceId, EpochId } from '#shared/kernel/ids.ts'
import { millis } from '#shared/kernel/time.ts'
import { answerPull, type ReleaseShelf } from '#shared/sync/answer-pull.ts'
import { NO_CHAIN } from '#shared/sync/chain.ts'
import { answerHello, ingestPush, type HubFacts } from '#shared/sync/hub-ingest.ts'
import type { Arrival, HubLedger, NumberedId, Producer } from '#shared/sync/hub-ledger.ts'
import { diffDocuments, makeRelease, releaseHash } from '#shared/sync/release-hash.ts'
import { comingAfter, inForceAt } from '#shared/sync/release-plan.ts'
import { DEFAULT_MAX_OFFLINE_MS, type Documents, type Release, type ReleaseHead } from '#shared/sync/release.ts'
import type { SimulatedDisk } from './simulated-disk.ts'
import { SIMULATED_PUBLISHER, SIMULATED_STORE, simulatedSign } from './simulated-publisher.ts'
import type { Ack, Hello, HelloReply, Pull, PullReply, Push, ReceivedPush, StreamError } from '#shared/sync/wire.ts'

export type Kept = { readonly kind: 'event' | 'parked' | 'quarantined'; readonly dev: string; readonly ep: string; readonly seq: number; readonly id: string; readonly v: number }
type Entry = { readonly type: 'kept'; readonly kept: Kept } | { readonly type: 'number'; readonly stream: string; readonly seq: number; readonly numbered: NumberedId } | { readonly type: 'release'; readonly release: Release }

/** Deliberate mistakes of a hub, to see that the simulation notices them. */
export type HubFaults = {
  readonly ledger?: (ledger: HubLedger, push: Push, sinceBoot: ReadonlySet<string>) => HubLedger
  /** Said instead of looking at a push at all. */
  readonly refuse?: (push: Push) => StreamError | null
  readonly shelf?: (shelf: ReleaseShelf, releases: readonly Release[]) => ReleaseShelf
  readonly ackBeforeCommit?: boolean
  readonly sameEpochAlways?: boolean
}

const streamOf = (dev: string, ep: string): string => `${dev}/${ep}`

export class SimulatedHub implements HubLedger {
  readonly faults: HubFaults
  up = true
  /** Highest event version this hub understands. */
  version = 1
  /** Kept in a file of its own that no restore touches. */
  readonly erased = new Set<string>()
  kept = new Map<string, Kept>()
  keptTwice: Kept[] = []
  #log: Entry[] = []
  /** Length of the log after each transaction. */
  #commits: number[] = [0]
  #backup: { readonly log: readonly Entry[]; readonly safe: ReadonlyMap<string, number> } = { log: [], safe: new Map() }
  #streams = new Map<string, { readonly hw: number; readonly hc: Producer['hc'] }>()
  #numbers = new Map<string, NumberedId>()
  #releases: Release[] = []
  #run = 1
  readonly #now: () => number
  #sinceBoot = new Set<string>()

  constructor(faults: HubFaults, now: () => number) {
    this.faults = faults
    this.#now = now
  }

  get hubEpoch(): string {
    return this.faults.sameEpochAlways ? 'db.1' : `db.${this.#run}`
  }

  /** In force now. */
  get release(): Release | null {
    return inForceAt(this.#releases, this.#now())
  }

  get upcoming(): readonly ReleaseHead[] {
    return comingAfter(this.#releases, this.#now())
  }

  /** Whether a device shows what is in force and has all that waits. */
  isCurrent({ image }: SimulatedDisk): boolean {
    return image.active?.hash === this.release?.hash && image.pending.map(({ hash }) => hash).join() === this.upcoming.map(({ hash }) => hash).join()
  }

  /** What the web shop would change next. */
  get newest(): Release | null {
    return this.#releases.at(-1) ?? null
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
    return ingestPush(ledger, dev, received, this.#facts())
  }

  pull(pull: Pull): PullReply {
    const shelf: ReleaseShelf = {
      current: () => this.release,
      items: (hash) => {
        const found = this.#releases.findLast((release) => release.hash === hash)
        return found ? { head: found, items: found.items } : null
      },
      opsBetween: ({ rev, hash }, to) => {
        const [from, whole] = [this.#releases.slice(-5).find((release) => release.rev === rev && release.hash === hash), this.#releases.find((release) => release.hash === to.hash)]
        return from && whole && from.rev <= to.rev ? diffDocuments(from.items, whole.items) : null
      },
      next: () => this.upcoming,
    }
    return answerPull(this.faults.shelf?.(shelf, this.#releases) ?? shelf, pull, { hubEpoch: this.hubEpoch, now: this.#now() })
  }

  /** In force in `afterMs`; null if nothing would change then. */
  publish(items: Documents, afterMs = 0): Release | null {
    const now = millis(this.#now())
    const activeFrom = millis(now + afterMs)
    if (inForceAt(this.#releases, activeFrom)?.hash === releaseHash(items)) return null
    const release = makeRelease(items, { rev: (this.newest?.rev ?? 0) + 1, publishedAt: now, activeFrom, maxOfflineMs: DEFAULT_MAX_OFFLINE_MS, store: SIMULATED_STORE }, simulatedSign)
    this.#append({ type: 'release', release })
    this.commit()
    return release
  }

  commit(): void {
    this.#commits.push(this.#log.length)
  }

  /** Stops at once; what was not committed is gone, and `tail` more transactions if the disk had lied, but none that is in the backup. */
  crash(tail: number): void {
    this.up = false
    const length = this.#commits.at(-1 - tail) ?? 0
    this.#rebuild(this.#log.slice(0, Math.max(this.#backup.log.length, length)))
  }

  restore(): void {
    this.up = false
    this.#rebuild([...this.#backup.log])
  }

  /** Starts a new run; understands `version` from now on. */
  start(version: number): void {
    this.#run += 1
    this.#sinceBoot = new Set()
    this.version = version
    this.up = true
    for (const kept of this.kept.values()) if (kept.kind === 'parked' && kept.v <= version) this.kept.set(kept.id, { ...kept, kind: 'event' })
  }

  backup(): void {
    const log = this.#log.slice(0, this.#commits.at(-1))
    this.#backup = { log, safe: new Map([...this.#streams].map(([stream, { hw }]) => [stream, hw])) }
  }

  erase(id: string): void {
    this.erased.add(id)
    this.kept.delete(id)
  }

  /** Sees only what is committed and not erased. */
  holds(id: string): boolean {
    return this.kept.has(id)
  }

  isErased(id: string): boolean {
    return this.erased.has(id)
  }

  producer(dev: DeviceId, ep: EpochId): Producer | null {
    const stream = streamOf(dev, ep)
    const found = this.#streams.get(stream)
    return found ? { ...found, safe: this.#backup.safe.get(stream) ?? 0 } : null
  }

  numbered(dev: DeviceId, ep: EpochId, seq: number): NumberedId | null {
    return this.#numbers.get(`${streamOf(dev, ep)}/${seq}`) ?? null
  }

  store({ dev, ep, event }: Arrival): 'stored' | 'parked' | 'quarantined' {
    const poison = typeof event.p === 'object' && event.p !== null && 'poison' in event.p
    const kind = event.v > this.version ? 'parked' : poison ? 'quarantined' : 'event'
    this.#append({ type: 'kept', kept: { kind, dev, ep, seq: event.seq, id: event.id, v: event.v } })
    return kind === 'event' ? 'stored' : kind
  }

  quarantine({ dev, ep, seq, id }: Parameters<HubLedger['quarantine']>[0]): void {
    this.#append({ type: 'kept', kept: { kind: 'quarantined', dev, ep, seq, id, v: 0 } })
  }

  advance(dev: DeviceId, ep: EpochId, seq: number, numbered: NumberedId): void {
    this.#sinceBoot.add(numbered.id)
    this.#append({ type: 'number', stream: streamOf(dev, ep), seq, numbered })
  }

  #facts(): HubFacts {
    return { hubEpoch: this.hubEpoch, now: this.#now(), min: 1, max: 1, publisher: SIMULATED_PUBLISHER }
  }

  #append(entry: Entry): void {
    this.#log.push(entry)
    this.#apply(entry)
  }

  #rebuild(log: Entry[]): void {
    this.#log = []
    this.kept = new Map()
    this.#streams = new Map()
    this.#numbers = new Map()
    this.#releases = []
    for (const entry of log) this.#append(entry)
    this.#commits = [0, log.length]
  }

  #apply(entry: Entry): void {
    if (entry.type === 'release') this.#releases.push(entry.release)
    else if (entry.type === 'number') {
      this.#numbers.set(`${entry.stream}/${entry.seq}`, entry.numbered)
      this.#streams.set(entry.stream, { hw: entry.seq, hc: entry.numbered.c ?? NO_CHAIN })
    } else if (this.erased.has(entry.kept.id)) return
    else if (this.kept.has(entry.kept.id)) this.keptTwice.push(entry.kept)
    else this.kept.set(entry.kept.id, entry.kept)
  }
}
