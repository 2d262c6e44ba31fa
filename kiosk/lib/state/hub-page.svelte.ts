/** How complete the answers are and how the hub is, asked for while somebody looks. */
import type { Device } from '#kiosk/lib/sync/device.ts'
import type { SealsReply } from '#shared/protocol/devices.ts'
import type { HubHealth, RedriveReply } from '#shared/protocol/hub-health.ts'
import type { Clock } from './clock.ts'

const LOOK_MS = 15_000
/** A week tells whether yesterday was an exception. */
const DAYS = 7

export type HubPageParts = { readonly device: Pick<Device, 'call' | 'now'>; readonly clock: Clock }

export class HubPage {
  health = $state.raw<HubHealth | null>(null)
  seals = $state.raw<SealsReply | null>(null)
  /** The last look brought no answer: what is shown is older. */
  stale = $state(false)
  /** What came of reading the raw events once more; null: nobody asked. */
  redriven = $state.raw<RedriveReply | 'failed' | null>(null)
  busy = $state(false)
  now = $state(0)
  readonly #parts: HubPageParts

  constructor(parts: HubPageParts) {
    this.#parts = parts
    this.now = parts.device.now().at
  }

  /** Follows the hub until the result is called. */
  start(): () => void {
    void this.look()
    return this.#parts.clock.every(LOOK_MS, () => void this.look())
  }

  async look(): Promise<void> {
    const { device } = this.#parts
    const seals = await device.call('seals.read', { days: DAYS })
    const health = await device.call('hub.health', {})
    if (seals.ok) this.seals = seals.value
    if (health.ok) this.health = health.value
    this.stale = !seals.ok || !health.ok
    this.now = device.now().at
  }

  async redrive(): Promise<void> {
    this.busy = true
    const reply = await this.#parts.device.call('hub.redrive', {})
    this.redriven = reply.ok ? reply.value : 'failed'
    this.busy = false
    await this.look()
  }
}
