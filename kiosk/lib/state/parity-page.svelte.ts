/** How prices of store and web shop compare: asked for while somebody looks, kept for when the hub is gone, and what may be done about it. */
import type { Device } from '#kiosk/lib/sync/device.ts'
import type { CallName, Calls } from '#shared/protocol/calls.ts'
import type { AlarmDetail, ParityReply, ParityVector } from '#shared/protocol/parity.ts'
import type { Clock } from './clock.ts'

const LOOK_MS = 15_000
const KEY = 'parity'
/** A page that has just begun asks much at once. */
const BUSY_TRIES = 5
const BUSY_WAIT_MS = 700

/** Keeps what was last known on this device; it may be lost at any time. */
export type ParityCache = { read(key: string): Promise<{ readonly value: unknown } | null>; write(key: string, value: ParityReply): Promise<void> }

export type ParityPageParts = { readonly device: Pick<Device, 'call' | 'now'>; readonly cache: ParityCache; readonly clock: Clock }

export type ParityDone = 'left' | 'lifted' | 'closed' | 'failed'

export class ParityPage {
  standing = $state.raw<ParityReply | null>(null)
  /** The last look brought no answer: what is shown is older. */
  stale = $state(false)
  /** The alarm that somebody looks into. */
  alarm = $state.raw<AlarmDetail | null>(null)
  busy = $state(false)
  /** What came of the last tap; null: nothing was tapped. */
  done = $state<ParityDone | null>(null)
  now = $state(0)
  readonly #parts: ParityPageParts

  constructor(parts: ParityPageParts) {
    this.#parts = parts
    this.now = parts.device.now().at
  }

  /** Follows the hub until the result is called. */
  start(): () => void {
    void this.#recall().then(() => this.look())
    return this.#parts.clock.every(LOOK_MS, () => void this.look())
  }

  async look(): Promise<void> {
    const reply = await this.#ask('parity.read', {})
    this.stale = reply === null
    if (reply) {
      this.standing = reply
      await this.#parts.cache.write(KEY, reply).catch(() => undefined)
    }
    this.now = this.#parts.device.now().at
  }

  async open(id: number): Promise<void> {
    this.done = null
    this.alarm = await this.#ask('parity.alarm', { id })
    if (!this.alarm) this.done = 'failed'
  }

  shut(): void {
    this.alarm = null
  }

  /** From now on every device leaves it to the checkout. */
  leave(offer: string, alarm: number | null): Promise<void> {
    return this.#act('offer.leave', { offer, alarm }, 'left')
  }

  lift(offer: string): Promise<void> {
    return this.#act('offer.lift', { offer }, 'lifted')
  }

  async close(id: number): Promise<void> {
    await this.#act('parity.close', { id }, 'closed')
    if (this.done === 'closed') this.shut()
  }

  /** The basket as a file; null: no answer. */
  fetchVector(id: number): Promise<ParityVector | null> {
    return this.#ask('parity.vector', { id })
  }

  async #act<K extends CallName>(name: K, request: Calls[K]['request'], done: ParityDone): Promise<void> {
    this.busy = true
    this.done = null
    const reply = await this.#ask(name, request)
    this.done = reply === null ? 'failed' : done
    await this.look()
    await this.#readAgain()
    this.busy = false
  }

  /** What somebody still looks into: who has gone back meanwhile stays there. */
  async #readAgain(): Promise<void> {
    const open = this.alarm
    if (!open) return
    const again = await this.#ask('parity.alarm', { id: open.id })
    if (again && this.alarm === open) this.alarm = again
  }

  async #recall(): Promise<void> {
    const saved = await this.#parts.cache.read(KEY).catch(() => null)
    if (!saved || this.standing) return
    this.standing = saved.value as ParityReply
    this.stale = true
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
