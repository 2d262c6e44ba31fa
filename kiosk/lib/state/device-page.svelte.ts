/** What the device page shows: this device as it is now, and what its self-test came to. */
import type { DeviceLogEntry, DeviceStorage } from '#kiosk/lib/sync/device.ts'
import type { TrialName, TrialResult } from '#kiosk/lib/sync/self-test.ts'
import type { Clock } from './clock.ts'
import type { DeviceView } from './device-view.svelte.ts'

export type { DeviceLogEntry, DeviceStorage, TrialName, TrialResult }

const LOOK_MS = 1000
const ORDER: readonly TrialName[] = ['network', 'hub', 'clock', 'disk']

export type DevicePageParts = {
  readonly view: DeviceView
  readonly clock: Clock
  /** The device's own clock, ms. */
  readonly wall: () => number
  /** Runs one trial of the self-test on a storage of its own. */
  readonly runTrial: (name: TrialName) => Promise<TrialResult>
}

export class DevicePage {
  now = $state(0)
  verified = $state(false)
  /** Hub clock minus device clock. */
  offsetMs = $state(0)
  log = $state.raw<readonly DeviceLogEntry[]>([])
  storage = $state.raw<DeviceStorage>()!
  results = $state.raw<readonly TrialResult[]>([])
  running = $state<TrialName | null>(null)
  /** The storage did not even take the test. */
  failed = $state(false)
  readonly #parts: DevicePageParts

  constructor(parts: DevicePageParts) {
    this.#parts = parts
    this.#look()
  }

  /** Follows the device until the result is called. */
  start(): () => void {
    this.#look()
    return this.#parts.clock.every(LOOK_MS, () => this.#look())
  }

  /** A storage that is short of room is not tried further: a write too many can cost all it holds. */
  get mayTest(): boolean {
    return this.running === null && !this.storage.frozen && this.storage.lowSpace !== true
  }

  async test(): Promise<void> {
    if (!this.mayTest) return
    this.results = []
    this.failed = false
    try {
      for (const name of ORDER) {
        this.running = name
        this.results = [...this.results, await this.#parts.runTrial(name)]
      }
    } catch {
      this.failed = true
    }
    this.running = null
  }

  #look(): void {
    const { device } = this.#parts.view
    const { at, verified } = device.now()
    this.now = at
    this.verified = verified
    this.offsetMs = Math.round(at - this.#parts.wall())
    this.storage = device.storage()
    const log = device.log()
    if (log.at(-1) !== this.log.at(-1)) this.log = log
  }
}

/** The self-test is loaded when somebody starts it. */
export const browserTrial = async (name: TrialName): Promise<TrialResult> => {
  const { runTrialHere } = await import('#kiosk/lib/sync/self-test.ts')
  return runTrialHere(name)
}
