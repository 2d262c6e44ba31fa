/** What a cold start without the hub goes on from: the hub's time, written down every minute, and what became of the device's own clock meanwhile. */
import type { HubClock } from '#shared/sync/hub-clock.ts'
import type { OutboxStore } from '../store/outbox-store.ts'
import type { DeviceLog } from './device-log.ts'
import type { Surroundings } from './surroundings.ts'

const NOTE_MS = 60_000
/** Two clocks that drift apart by less are the same clock. */
const OFFSET_STEP_MS = 1000

export type TimeNotesParts = {
  readonly clock: HubClock
  readonly outbox: OutboxStore
  readonly around: Pick<Surroundings, 'mono' | 'after'>
  readonly log: DeviceLog
  /** Then the hub's own word is written down instead. */
  isOnline(): boolean
  /** The device's clock was set, or it slept. */
  jumped(): void
}

export class TimeNotes {
  readonly #parts: TimeNotesParts
  #notedAt = -Infinity
  /** Null: what an earlier page life wrote may be of another clock. */
  #notedOffsetMs: number | null = null
  #stop: () => void = () => undefined

  constructor(parts: TimeNotesParts) {
    this.#parts = parts
    this.#watch()
  }

  /** The hub has told its time; true if it was written down. */
  async heard(): Promise<boolean> {
    const now = this.#parts.around.mono()
    // An answer without the time, which a pull may be, says nothing new.
    if (!this.#parts.clock.verified || now - this.#notedAt < NOTE_MS) return false
    this.#notedAt = now
    await this.#note()
    return true
  }

  close(): void {
    this.#stop()
  }

  /** Also while there is no hub, so that no restart loses the time counted here. */
  #watch(): void {
    const { around, isOnline, log, clock, jumped } = this.#parts
    this.#stop = around.after(NOTE_MS, () => {
      const jumps = clock.takeJumps()
      if (!isOnline() || jumps.length > 0) void this.#note()
      // A clock that was set changes nothing here; it is only told.
      for (const jumpMs of jumps) log.note('clock-jumped', `${Math.round(jumpMs / 1000)} s`)
      if (jumps.length > 0) jumped()
      this.#watch()
    })
  }

  async #note(): Promise<void> {
    const { clock, outbox } = this.#parts
    const { notBefore, offsetMs } = clock.known
    if (notBefore === 0) return
    await outbox.writeMeta('hub-time', notBefore)
    if (this.#notedOffsetMs !== null && Math.abs(offsetMs - this.#notedOffsetMs) < OFFSET_STEP_MS) return
    this.#notedOffsetMs = offsetMs
    await outbox.writeMeta('hub-offset', offsetMs)
  }
}
