/** The store that tours walk through: a hub of its own with the demo shop, gone afterwards. */
import { HubProcess } from '../rig/hub-process.ts'
import type { TourStore } from './tour.ts'

export const openTourStore = async (): Promise<TourStore & { readonly close: () => Promise<void> }> => {
  const hub = await HubProcess.start()
  return { hub, close: () => hub.remove() }
}
