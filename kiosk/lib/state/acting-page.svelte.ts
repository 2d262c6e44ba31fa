/** What pages about alarms, cases and improvements show: asked for while somebody looks and when the hub says that something has changed, kept for when it is gone. */
import { bytesToHex } from '#shared/kernel/bytes.ts'
import type { Device } from '#kiosk/lib/sync/device.ts'
import type { AlarmsReply, CasesReply, ImprovementsReply, OwnCasesReply } from '#shared/protocol/acting.ts'
import type { Result } from '#shared/kernel/result.ts'
import type { CallError, CallName, Calls } from '#shared/protocol/calls.ts'
import type { FeedbackItem } from '#shared/protocol/feedback.ts'
import type { Clock } from './clock.ts'

const LOOK_MS = 60_000
/** A page that has just begun asks much at once. */
const BUSY_TRIES = 5
const BUSY_WAIT_MS = 700
const VOICES = 100

/** Keeps what was last known on this device; it may be lost at any time. */
export type ActingCache = { read(key: string): Promise<{ readonly value: unknown } | null>; write(key: string, value: object): Promise<void> }

/** What a page asks for. */
export type ActingAsk = 'alarms.read' | 'cases.read' | 'cases.mine' | 'improvements.read'
export type ActingPageParts = { readonly device: Pick<Device, 'call' | 'now' | 'on'>; readonly cache: ActingCache; readonly clock: Clock; readonly asks: readonly ActingAsk[]; /** Whose it is, where several people share a device. */ readonly scope?: string }

export type ActingDone = 'saved' | 'refused' | 'unreached'

export class ActingPage {
  alarms = $state.raw<AlarmsReply | null>(null)
  cases = $state.raw<CasesReply | null>(null)
  own = $state.raw<OwnCasesReply | null>(null)
  improvements = $state.raw<ImprovementsReply | null>(null)
  /** The last look brought no answer: what is shown is older. */
  stale = $state(false)
  busy = $state(false)
  /** What came of the last act; null: nobody did anything. */
  done = $state<ActingDone | null>(null)
  now = $state(0)
  readonly #parts: ActingPageParts

  constructor(parts: ActingPageParts) {
    this.#parts = parts
    this.now = parts.device.now().at
  }

  /** Follows the hub until the result is called. */
  start(): () => void {
    void this.#recall().then(() => this.look())
    const { clock, device } = this.#parts
    // What was erased goes from the screen, too.
    const ends = [clock.every(LOOK_MS, () => void this.look()), device.on('acting', () => void this.look()), device.on('erased', () => void this.look())]
    return () => ends.forEach((end) => end())
  }

  async look(): Promise<void> {
    let stale = false
    for (const name of this.#parts.asks) {
      const reply = await this.#ask(name, {})
      stale ||= !reply.ok
      if (!reply.ok) continue
      this.#show(name, reply.value)
      await this.#parts.cache.write(this.#keyOf(name), withoutWords(reply.value)).catch(() => undefined)
    }
    this.stale = stale
    this.now = this.#parts.device.now().at
  }

  /** Does one thing and looks again. Null: it was not done, and `done` says why. */
  async act<K extends CallName>(name: K, request: Calls[K]['request']): Promise<Calls[K]['reply'] | null> {
    this.busy = true
    this.done = null
    const reply = await this.#ask(name, request)
    this.done = reply.ok ? 'saved' : ['offline', 'timeout', 'busy'].includes(reply.error.code) ? 'unreached' : 'refused'
    await this.look()
    this.busy = false
    return reply.ok ? reply.value : null
  }

  /** A figure or list that belongs to what somebody is doing; null: no answer. */
  async read<K extends CallName>(name: K, request: Calls[K]['request']): Promise<Calls[K]['reply'] | null> {
    const reply = await this.#ask(name, request)
    return reply.ok ? reply.value : null
  }

  /** The newest answers, for a case to be made of one. */
  async voices(): Promise<readonly FeedbackItem[]> {
    return (await this.read('feedback.list', { limit: VOICES })) ?? []
  }

  #keyOf(name: ActingAsk): string {
    return this.#parts.scope === undefined ? name : `${name} ${this.#parts.scope}`
  }

  #show(name: ActingAsk, value: unknown): void {
    if (name === 'alarms.read') this.alarms = value as AlarmsReply
    else if (name === 'cases.read') this.cases = value as CasesReply
    else if (name === 'cases.mine') this.own = value as OwnCasesReply
    else this.improvements = value as ImprovementsReply
  }

  async #recall(): Promise<void> {
    const known = { 'alarms.read': this.alarms, 'cases.read': this.cases, 'cases.mine': this.own, 'improvements.read': this.improvements }
    for (const name of this.#parts.asks) {
      const saved = await this.#parts.cache.read(this.#keyOf(name)).catch(() => null)
      if (!saved || known[name]) continue
      this.#show(name, saved.value)
      this.stale = true
    }
  }

  async #ask<K extends CallName>(name: K, request: Calls[K]['request']): Promise<Result<Calls[K]['reply'], CallError>> {
    const { device, clock } = this.#parts
    for (let tries = 1; ; tries++) {
      const reply = await device.call(name, request)
      if (reply.ok || reply.error.code !== 'busy' || tries === BUSY_TRIES) return reply
      await new Promise<void>((resolve) => void clock.after(BUSY_WAIT_MS, resolve))
    }
  }
}

/** What customers said, and what was written about it, is read while somebody looks and kept nowhere: whoever has it erased need not ask every device. */
const withoutWords = <T>(value: T): T =>
  JSON.parse(JSON.stringify(value), (name, part: unknown) => {
    if (name === 'voices') return []
    return isCaseOfResponse(part) ? { ...part, steps: part.steps.map((step) => Object.assign({}, step, { text: '' })) } : part
  }) as T

const isCaseOfResponse = (part: unknown): part is { readonly response: string; readonly steps: readonly object[] } =>
  typeof part === 'object' && part !== null && 'response' in part && part.response !== null && 'steps' in part && Array.isArray(part.steps)

/** The screen's own name for what it is about to send. */
export const newKey = (): string => bytesToHex(crypto.getRandomValues(new Uint8Array(16)))
