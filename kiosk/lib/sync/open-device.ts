/** A device of the store, ready to be used before any network answers: identity, release and outbox come from its own storage first. */
import { NO_KNOWN_TIME } from '#shared/sync/hub-clock.ts'
import { queuedEvents } from '#shared/sync/outbox.ts'
import { openStores, type Stores } from '../store/open-stores.ts'
import { LocalDevice, type DeviceOptions, type OpenedDevice, type Start } from './local-device.ts'
import type { Paired } from './pair-device.ts'
import { browserSurroundings } from './surroundings.ts'

export type { CallDoor, DeviceOptions, OpenedDevice } from './local-device.ts'

export const openDevice = async (options: DeviceOptions): Promise<OpenedDevice> => {
  const around = options.surroundings ?? browserSurroundings()
  const stores = openStores(options.app, around.database)
  const start = await readStart(stores)
  if (!start && !stores.health.lost) stores.health.freeze()
  return new LocalDevice(options, around, stores, start ?? { paired: null, releases: null, pending: [], waiting: 0, knownTime: NO_KNOWN_TIME })
}

/** Null if the storage cannot even be read: then it takes no writes either. */
const readStart = async ({ outbox, replica }: Stores): Promise<Start | null> => {
  try {
    const [paired, state, hubTime, hubOffset] = await Promise.all([outbox.readMeta('identity'), outbox.state(), outbox.readMeta('hub-time'), outbox.readMeta('hub-offset')])
    const [releases, pending] = await Promise.all([replica.active(), replica.pending()])
    return {
      paired: (paired as Paired | undefined) ?? null,
      releases,
      pending,
      waiting: state ? queuedEvents(state) : 0,
      knownTime: { notBefore: typeof hubTime === 'number' ? hubTime : 0, offsetMs: typeof hubOffset === 'number' ? hubOffset : 0 },
    }
  } catch {
    return null
  }
}
