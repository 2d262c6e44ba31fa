/** The device as screens read it: identity, connection and release, kept up to date. */
import type { Device, DeviceIdentity, PairError, PairingRequest, PairingWait, SyncStatus } from '#kiosk/lib/sync/device.ts'
import type { Result } from '#shared/kernel/result.ts'
import type { Release } from '#shared/sync/release.ts'

export type { PairError, PairingWait, SyncStatus }

export class DeviceView {
  status = $state.raw<SyncStatus>()!
  release = $state.raw<Release | null>(null)
  identity = $state.raw<DeviceIdentity | null>(null)
  readonly device: Device
  readonly #leave: readonly (() => void)[]

  constructor(device: Device) {
    this.device = device
    this.status = device.status
    this.release = device.release
    this.identity = device.identity
    this.#leave = [
      device.onStatus((status) => {
        this.status = status
        this.identity = device.identity
      }),
      device.onRelease((release) => {
        this.release = release
      }),
    ]
  }

  async pair(request: PairingRequest): Promise<Result<DeviceIdentity, PairError>> {
    const identity = await this.device.pair(request)
    this.identity = this.device.identity
    return identity
  }

  leave(): void {
    for (const leave of this.#leave) leave()
  }
}
