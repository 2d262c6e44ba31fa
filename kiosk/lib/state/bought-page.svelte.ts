/** Recommendations as a manager reads and decides them: the standing, kept for when the hub is gone, and one decision under way. */
import type { Device } from '#kiosk/lib/sync/device.ts'
import type { CallName, Calls } from '#shared/protocol/calls.ts'
import { targetKey, type BoughtArticle, type BoughtChoice, type BoughtConflict, type BoughtPreview, type BoughtStanding, type BoughtTarget } from '#shared/protocol/bought.ts'
import type { Clock } from './clock.ts'

const KEY = 'bought'
/** A page that has just begun asks much at once. */
const BUSY_TRIES = 5
const BUSY_WAIT_MS = 700
/** A large book takes longer than an answer may. */
const COUNTING_MS = 2_000
/** Whoever drags an article up three places is asked about once. */
const PREVIEW_AFTER_MS = 250

export type BoughtCache = { read<T>(key: string): Promise<{ readonly value: T } | null>; write(key: string, value: BoughtStanding): Promise<void> }
export type BoughtPageParts = { readonly device: Pick<Device, 'call' | 'now'>; readonly cache: BoughtCache; readonly clock: Clock }

export const NO_CHOICE: BoughtChoice = { pins: [], never: [], off: false }
export type BoughtDone = 'saved' | 'counted' | 'refused' | 'failed'

/** A decision that is not saved yet. */
export type BoughtDraft = { readonly target: BoughtTarget; readonly choice: BoughtChoice; readonly before: BoughtChoice }

export class BoughtPage {
  standing = $state.raw<BoughtStanding | null>(null)
  /** The last look brought no answer: what is shown is older. */
  stale = $state(false)
  /** The article that somebody looks into, with every figure. */
  article = $state.raw<BoughtArticle | null>(null)
  draft = $state.raw<BoughtDraft | null>(null)
  preview = $state.raw<BoughtPreview | null>(null)
  conflicts = $state.raw<readonly BoughtConflict[]>([])
  busy = $state(false)
  /** What came of the last tap; null: nothing was tapped. */
  done = $state<BoughtDone | null>(null)
  readonly isChanged: boolean = $derived.by(() => this.draft !== null && JSON.stringify(this.draft.choice) !== JSON.stringify(this.draft.before))
  readonly #parts: BoughtPageParts
  #endWait: (() => void) | null = null

  constructor(parts: BoughtPageParts) {
    this.#parts = parts
  }

  async start(): Promise<void> {
    const saved = await this.#parts.cache.read<BoughtStanding>(KEY).catch(() => null)
    if (saved && !this.standing) {
      this.standing = saved.value
      this.stale = true
    }
    await this.look()
  }

  async look(): Promise<void> {
    const reply = await this.#ask('bought.read', {})
    this.stale = reply === null
    if (reply) await this.#keep(reply)
  }

  /** Counts all baskets anew, for all devices. */
  async count(): Promise<void> {
    this.busy = true
    this.done = null
    let reply = await this.#ask('bought.compute', {})
    while (reply?.counting) {
      await new Promise<void>((resolve) => void this.#parts.clock.after(COUNTING_MS, resolve))
      reply = await this.#ask('bought.read', {})
    }
    if (reply) await this.#keep(reply)
    this.done = reply ? 'counted' : 'failed'
    this.busy = false
  }

  async open(target: BoughtTarget): Promise<void> {
    this.done = null
    this.shut()
    if (target.type === 'article') {
      this.article = await this.#ask('bought.article', { sku: target.id })
      if (!this.article) {
        this.done = 'failed'
        return
      }
    }
    const known = [...(this.article?.choices ?? []), ...(this.standing?.choices ?? [])].find((one) => targetKey(one.target) === targetKey(target))
    const before = known?.choice ?? NO_CHOICE
    this.draft = { target, choice: before, before }
  }

  shut(): void {
    this.#endWait?.()
    this.article = null
    this.draft = null
    this.preview = null
    this.conflicts = []
  }

  /** Shows what would come of it a moment later. */
  change(choice: BoughtChoice): void {
    if (!this.draft) return
    this.draft = { ...this.draft, choice }
    this.done = null
    this.#endWait?.()
    this.#endWait = this.#parts.clock.after(PREVIEW_AFTER_MS, () => void this.#look())
  }

  async save(): Promise<void> {
    const { draft } = this
    if (!draft) return
    this.busy = true
    this.done = null
    const reply = await this.#ask('bought.save', { target: draft.target, choice: isNothing(draft.choice) ? null : draft.choice })
    this.busy = false
    if (reply?.type !== 'saved') {
      this.done = reply ? 'refused' : 'failed'
      this.conflicts = reply?.conflicts ?? []
      return
    }
    await this.look()
    if (this.draft === draft) await this.open(draft.target)
    this.done = 'saved'
  }

  async #look(): Promise<void> {
    const { draft } = this
    if (!draft) return
    const preview = this.isChanged ? await this.#ask('bought.preview', { target: draft.target, choice: isNothing(draft.choice) ? null : draft.choice }) : null
    if (this.draft !== draft) return
    this.preview = preview
    this.conflicts = preview?.conflicts ?? []
  }

  async #keep(standing: BoughtStanding): Promise<void> {
    this.standing = standing
    await this.#parts.cache.write(KEY, standing).catch(() => undefined)
  }

  async #ask<K extends CallName>(name: K, request: Calls[K]['request']): Promise<Calls[K]['reply'] | null> {
    const { device, clock } = this.#parts
    for (let tries = 1; ; tries++) {
      const reply = await device.call(name, request)
      if (reply.ok || reply.error.code !== 'busy' || tries === BUSY_TRIES) return reply.ok ? reply.value : null
      await new Promise<void>((resolve) => void clock.after(BUSY_WAIT_MS, resolve))
    }
  }
}

const isNothing = ({ pins, never, off }: BoughtChoice): boolean => pins.length === 0 && never.length === 0 && !off

/** Moves an article to the front, or one place on; pins it if it is not. */
export const pinned = ({ pins, never, off }: BoughtChoice, sku: string): BoughtChoice => {
  const at = pins.indexOf(sku)
  const others = pins.filter((one) => one !== sku)
  return { pins: at === -1 ? [...pins, sku] : [...others.slice(0, Math.max(0, at - 1)), sku, ...others.slice(Math.max(0, at - 1))], never: never.filter((one) => one !== sku), off }
}
/** As it was counted. */
export const unpinned = ({ pins, never, off }: BoughtChoice, sku: string): BoughtChoice => ({ pins: pins.filter((one) => one !== sku), never, off })
export const hidden = ({ pins, never, off }: BoughtChoice, sku: string): BoughtChoice => ({ pins: pins.filter((one) => one !== sku), never: [...never.filter((one) => one !== sku), sku], off })
export const unhidden = ({ pins, never, off }: BoughtChoice, sku: string): BoughtChoice => ({ pins, never: never.filter((one) => one !== sku), off })
