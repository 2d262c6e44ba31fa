/** The way to what checks a PIN without the hub: loaded when somebody asks, once for the page. */
import type { OpenedDevice } from './local-device.ts'
import type { OfflineSignIn } from './offline-sign-in.ts'

export const offlineDoor = (device: Pick<OpenedDevice, 'kept' | 'now'>): (() => Promise<OfflineSignIn>) => {
  let door: Promise<OfflineSignIn> | null = null
  const open = async (): Promise<OfflineSignIn> => {
    const { OfflineSignIn } = await import('./offline-sign-in.ts')
    return new OfflineSignIn({
      kept: device.kept,
      subtle: crypto.subtle,
      randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
      mono: () => performance.now(),
      now: () => device.now(),
    })
  }
  return () => {
    door ??= open()
    // A file that did not come is asked for again.
    door.catch(() => { door = null })
    return door
  }
}
