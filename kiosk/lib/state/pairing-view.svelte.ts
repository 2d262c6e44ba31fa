/** A device on its way into the store: the code that somebody types, then the number that somebody compares. */
import type { DeviceIdentity, PairError, PairingWait } from '#kiosk/lib/sync/device.ts'
import type { Role } from '#shared/devices/role.ts'
import type { Result } from '#shared/kernel/result.ts'
import type { Clock } from './clock.ts'
import type { DeviceView } from './device-view.svelte.ts'

export type PairingParts = {
  readonly view: DeviceView
  readonly clock: Clock
  readonly role: Role
  /** What the device calls itself until a manager names it. */
  readonly name: () => string
  /** A code that came with the link; empty: none. */
  readonly given: string
  readonly onready?: (identity: DeviceIdentity) => void
}

const SECOND_MS = 1000

export class PairingView {
  code = $state('')
  busy = $state(false)
  error = $state<PairError['type'] | null>(null)
  /** What the other screen has to show too; null: nobody is asked right now. */
  wait = $state.raw<PairingWait | null>(null)
  /** How long it may still wait, counted on between two answers. */
  leftMs = $state(0)
  readonly #parts: PairingParts
  #end: AbortController | null = null
  #stop: (() => void) | null = null

  constructor(parts: PairingParts) {
    this.#parts = parts
    this.code = parts.given
  }

  /** With the code of the link, or with what waited when the page ended; neither: a person types one. */
  begin(): () => void {
    void (this.code === '' ? this.#pair(null) : this.#pair(this.code))
    return () => this.#stop?.()
  }

  async pair(): Promise<void> {
    await this.#pair(this.code)
  }

  type(code: string): void {
    this.code = code
    this.error = null
  }

  answer(key: string): void {
    this.wait?.answer(key)
  }

  giveUp(): void {
    this.#end?.abort()
  }

  /** Whoever presses has the word: an earlier question that is still under way says nothing any more. */
  async #pair(code: string | null): Promise<void> {
    if (this.busy) return
    this.busy = code !== null
    this.error = null
    this.#end?.abort()
    const end = new AbortController()
    this.#end = end
    const { view, role, name } = this.#parts
    const identity = await view.pair({ code, role, name: name(), signal: end.signal, onwait: (wait) => { if (this.#end === end) this.#show(wait) } })
    // Nothing waited when the page ended: what somebody typed meanwhile stays.
    if (this.#end !== end || (!identity.ok && identity.error.type === 'NothingLeft')) return
    this.#finish(identity)
  }

  #show(wait: PairingWait): void {
    this.wait = wait
    this.leftMs = wait.leftMs
    this.#stop ??= this.#parts.clock.every(SECOND_MS, () => {
      this.leftMs = Math.max(0, this.leftMs - SECOND_MS)
    })
  }

  #finish(identity: Result<DeviceIdentity, PairError>): void {
    this.#stop?.()
    this.#stop = null
    this.wait = null
    this.busy = false
    if (identity.ok) this.#parts.onready?.(identity.value)
    else if (identity.error.type !== 'GivenUp') this.error = identity.error.type
    if (!identity.ok && !['HubUnreachable', 'StorageFailed'].includes(identity.error.type)) this.code = ''
  }
}
