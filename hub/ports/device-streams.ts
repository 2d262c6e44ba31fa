/** What devices said of their streams, epoch by epoch, beside what the hub holds of them. */
import type { DeviceId, EpochId } from '#shared/kernel/ids.ts'
import type { HeldStream, StreamWord } from '#shared/sync/completeness.ts'

export interface DeviceStreams {
  /** Null before the device greeted in this epoch. */
  find(dev: DeviceId, ep: EpochId): StreamWord | null
  /** The epoch that began last; null for a device that tells nothing of its stream. */
  newest(dev: DeviceId): StreamWord | null
  save(dev: DeviceId, word: StreamWord): void
  /** The device found numbers up to `to` lost on both sides; an epoch the hub does not know is left alone. */
  declareLost(dev: DeviceId, ep: EpochId, to: number): void
  /** By the beginning of their epochs. */
  of(dev: DeviceId): readonly HeldStream[]
}
