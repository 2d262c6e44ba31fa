/** What the page about channels shows: asked for while somebody looks, kept for when the hub is gone. */
import type { Device } from '#kiosk/lib/sync/device.ts'
import { startOfDay } from '#shared/insights/period.ts'
import type { Result } from '#shared/kernel/result.ts'
import { millis } from '#shared/kernel/time.ts'
import type { CallError, CallName, Calls } from '#shared/protocol/calls.ts'
import type { ChannelsReply, RatesReply, SignView } from '#shared/protocol/listening.ts'

/** Keeps what was last known on this device; it may be lost at any time. */
export type ListeningCache = { read<T>(key: string): Promise<{ readonly value: T } | null>; write<T>(key: string, value: T): Promise<void> }
export type ListeningPageParts = { readonly device: Pick<Device, 'call' | 'now'>; readonly cache: ListeningCache; readonly timeZone: () => string }

export const LISTENING_SPANS = [1, 7, 28] as const
export type ListeningSpan = (typeof LISTENING_SPANS)[number]
export type ListeningFacts = { readonly days: ListeningSpan; readonly channels: ChannelsReply; readonly rates: RatesReply }
export type SignFacts = Calls['voice.signs']['reply']

export class ListeningPage {
  days = $state<ListeningSpan>(7)
  facts = $state.raw<ListeningFacts | null>(null)
  signs = $state.raw<SignFacts | null>(null)
  /** The last look brought no answer: what is shown is older. */
  stale = $state(false)
  busy = $state(false)
  /** Why the last press came to nothing. */
  failed = $state.raw<CallError['code'] | null>(null)
  now = $state(0)
  readonly #parts: ListeningPageParts

  constructor(parts: ListeningPageParts) {
    this.#parts = parts
    this.now = parts.device.now().at
  }

  async start(): Promise<void> {
    const { cache } = this.#parts
    const [facts, signs] = [await cache.read<ListeningFacts>('listening'), await cache.read<SignFacts>('signs')]
    this.facts ??= facts?.value ?? null
    this.signs ??= signs?.value ?? null
    if (facts) this.days = facts.value.days
    await this.look()
  }

  async span(days: ListeningSpan): Promise<void> {
    this.days = days
    await this.look()
  }

  async look(): Promise<void> {
    const { days } = this
    const { device, cache, timeZone } = this.#parts
    const range = { from: startOfDay(millis(device.now().at), timeZone(), days - 1) }
    const [channels, rates, signs] = [await this.#ask('voice.channels', range), await this.#ask('voice.rates', range), await this.#ask('voice.signs', {})]
    this.stale = !(channels.ok && rates.ok && signs.ok)
    if (signs.ok) this.#keepSigns(signs.value)
    if (!channels.ok || !rates.ok || days !== this.days) return
    this.facts = { days, channels: channels.value, rates: rates.value }
    await cache.write('listening', this.facts)
  }

  /** The sign that was made; null: see `failed`. */
  async makeSign(touchpoint: string): Promise<SignView | null> {
    return this.#press(() => this.#ask('voice.sign', { touchpoint }))
  }

  async revoke({ touchpoint, serial }: SignView): Promise<boolean> {
    return (await this.#press(() => this.#ask('voice.revoke', { touchpoint, serial }))) !== null
  }

  async #press(ask: () => Promise<Result<SignView, CallError>>): Promise<SignView | null> {
    if (this.busy) return null
    this.busy = true
    const reply = await ask()
    this.failed = reply.ok ? null : reply.error.code
    if (reply.ok) await this.look()
    this.busy = false
    return reply.ok ? reply.value : null
  }

  #keepSigns(signs: SignFacts): void {
    this.signs = signs
    void this.#parts.cache.write('signs', signs)
  }

  async #ask<K extends CallName>(call: K, request: Calls[K]['request']): Promise<Result<Calls[K]['reply'], CallError>> {
    const reply = await this.#parts.device.call(call, request)
    this.now = this.#parts.device.now().at
    return reply
  }
}
