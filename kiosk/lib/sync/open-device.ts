/** A device of the store, ready to be used before any network answers: identity, release and outbox come from its own storage first. */
import { queuedEvents } from '#shared/sync/outbox.ts'
import { openStores, type Stores } from '../store/open-stores.ts'
import { LocalDevice, type DeviceOptions, type OpenedDevice, type Start } from './local-device.ts'
import type { Paired } from './pair-device.ts'
import { browserSurroundings } from './surroundings.ts'

export type { DeviceOptions, OpenedDevice } from './local-device.ts'

export const openDevice = async (options: DeviceOptions): Promise<OpenedDevice> => {
  const around = options.surroundings ?? browserSurroundings()
  const stores = openStores(options.app, around.database)
  const start = await readStart(stores)
  if (!start) stores.health.freeze()
  return new LocalDevice(options, around, stores, start ?? { paired: null, releases: null, waiting: 0, lastHubTime: 0 })
}

/** Null if the storage cannot even be read: then it takes no writes either. */
const readStart = async ({ outbox, replica }: Stores): Promise<Start | null> => {
  try {
    const [paired, state, lastHubTime, releases] = await Promise.all([outbox.readMeta('identity'), outbox.state(), outbox.readMeta('hub-time'), replica.active()])
    return {
      paired: (paired as Paired | undefined) ?? null,
      releases,
      waiting: state ? queuedEvents(state) : 0,
      lastHubTime: typeof lastHubTime === 'number' ? lastHubTime : 0,
    }
  } catch {
    return null
  }
}
