/** The hub's database as a log of transactions: crashes may cut it, copies may take its place. */
import { NO_CHAIN } from '#shared/sync/chain.ts'
import type { NumberedId, Producer } from '#shared/sync/hub-ledger.ts'
import type { Release } from '#shared/sync/release.ts'

export type Kept = { readonly kind: 'event' | 'parked' | 'quarantined'; readonly t: string; readonly dev: string; readonly ep: string; readonly seq: number; readonly id: string; readonly v: number; readonly p: unknown }
export type Entry =
  | { readonly type: 'kept'; readonly kept: Kept }
  | { readonly type: 'number'; readonly stream: string; readonly seq: number; readonly numbered: NumberedId }
  | { readonly type: 'release'; readonly release: Release }
  | { readonly type: 'safe'; readonly stream: string; readonly hw: number }
  | { readonly type: 'boot' }
  | { readonly type: 'understood'; readonly id: string }

type Stream = { hw: number; hc: Producer['hc']; safe: number; readonly numbers: NumberedId[] }
type Copy = { readonly log: readonly Entry[]; readonly watermarks: readonly (readonly [stream: string, hw: number])[]; damaged: boolean }

/** Copies that are kept; a damaged one goes with its age. */
const MAX_COPIES = 3

export class SimulatedDatabase {
  readonly id: string
  boots = 0
  kept = new Map<string, Kept>()
  releases: Release[] = []
  /** Changes whenever something is taken back. */
  generation = 0
  log: Entry[] = []
  #streams = new Map<string, Stream>()
  /** Length of the log after each transaction since the last start. */
  #commits: number[] = [0]
  #copies: Copy[] = []
  /** Made by this run of the hub; only the next copy makes it count. */
  #last: Copy | null = null
  /** The older of the two copies that made something safe. */
  #relied: Copy | null = null
  readonly #erased: ReadonlySet<string>

  constructor(id: string, erased: ReadonlySet<string>) {
    this.id = id
    this.#erased = erased
  }

  stream(name: string): Stream | undefined {
    return this.#streams.get(name)
  }

  append(entry: Entry): void {
    this.log.push(entry)
    this.#apply(entry)
  }

  commit(): void {
    this.#commits.push(this.log.length)
  }

  /** What was not committed is undone. */
  rollBack(): void {
    const length = this.#commits.at(-1)!
    if (length < this.log.length) this.#rebuild(this.log.slice(0, length))
  }

  /** What was not committed is gone, and `tail` more transactions if the disk had lied, but none that two copies hold. Says how many. */
  lose(tail: number): number {
    const floor = this.#relied && this.#relied.log.at(-1) === this.log[this.#relied.log.length - 1] ? this.#relied.log.length : 0
    const committed = this.#commits.at(-1)!
    const length = Math.max(floor, this.#commits.at(-1 - tail) ?? this.#commits[0]!)
    if (length < this.log.length) this.#rebuild(this.log.slice(0, length))
    this.#commits = [this.log.length]
    this.#last = null
    return committed - length
  }

  /**
   * A verified copy, as the product makes them: what the copy before it held is now in two.
   * `atOnce`: planted, what one copy holds counts as safe.
   */
  copy(atOnce = false): void {
    const log = this.log.slice(0, this.#commits.at(-1))
    const made: Copy = { log, watermarks: [...this.#streams].map(([name, { hw }]) => [name, hw] as const), damaged: false }
    const safe = atOnce ? made : this.#last
    this.#copies = [...this.#copies, made].slice(-MAX_COPIES)
    if (safe) {
      for (const [stream, hw] of safe.watermarks) if (hw > (this.#streams.get(stream)?.safe ?? 0)) this.append({ type: 'safe', stream, hw })
      this.commit()
      this.#relied = safe
    }
    this.#last = made
  }

  get hasCopies(): boolean {
    return this.#copies.length > 0
  }

  /** The newest copy rots, unless one of those kept has already: two at once are one fault too many. */
  damageNewest(): boolean {
    const newest = this.#copies.at(-1)
    if (!newest || this.#copies.length < 2 || this.#copies.some(({ damaged }) => damaged)) return false
    newest.damaged = true
    return true
  }

  /** The newest whole copy takes the place of everything; older ones stay. */
  restore(): void {
    const copy = this.#copies.findLast(({ damaged }) => !damaged)
    this.#rebuild(copy ? [...copy.log] : [])
    this.#commits = [this.log.length]
    this.#last = null
  }

  erase(id: string): void {
    this.kept.delete(id)
  }

  /** A new version understands what it could not read before. */
  redrive(version: number): number {
    const parked = [...this.kept.values()].filter(({ kind, v }) => kind === 'parked' && v <= version)
    for (const { id } of parked) this.append({ type: 'understood', id })
    return parked.length
  }

  #rebuild(log: Entry[]): void {
    this.generation += 1
    this.log = log
    this.boots = 0
    this.kept = new Map()
    this.#streams = new Map()
    this.releases = []
    for (const entry of log) this.#apply(entry)
    this.#commits = [log.length]
  }

  #apply(entry: Entry): void {
    if (entry.type === 'release') this.releases.push(entry.release)
    else if (entry.type === 'boot') this.boots += 1
    else if (entry.type === 'understood') {
      const kept = this.kept.get(entry.id)
      if (kept) this.kept.set(entry.id, { ...kept, kind: 'event' })
    }
    else if (entry.type === 'kept') {
      if (!this.#erased.has(entry.kept.id) && !this.kept.has(entry.kept.id)) this.kept.set(entry.kept.id, entry.kept)
    } else {
      let stream = this.#streams.get(entry.stream)
      if (!stream) this.#streams.set(entry.stream, (stream = { hw: 0, hc: NO_CHAIN, safe: 0, numbers: [] }))
      if (entry.type === 'safe') stream.safe = entry.hw
      else {
        stream.numbers[entry.seq] = entry.numbered
        stream.hw = entry.seq
        stream.hc = entry.numbered.c ?? NO_CHAIN
      }
    }
  }
}
