/** Which devices' words may be missing from a figure. */

/** What the hub last heard of a device. */
export type LastWord = {
  readonly dev: string
  readonly name: string
  /** Events it said were waiting on it. */
  readonly waiting: number
  /** Hub time of its last word; null if it never spoke. */
  readonly lastSeenAt: number | null
  readonly revoked: boolean
}

export type MissingDevice = {
  readonly dev: string
  readonly name: string
  /** At least so many events; a silent device may hold more. */
  readonly waiting: number
  /** Since when nothing newer of it can be here; null if it never spoke. */
  readonly since: number | null
}

/** Devices report every minute; three missed reports are silence. */
export const SILENT_AFTER_MS = 180_000

/** Devices with events waiting, or silent: whatever figure is shown, theirs may lack in it. Order as given. */
export const missingDevices = (devices: readonly LastWord[], now: number): readonly MissingDevice[] =>
  devices
    .filter(({ revoked, waiting, lastSeenAt }) => !revoked && (waiting > 0 || lastSeenAt === null || now - lastSeenAt > SILENT_AFTER_MS))
    .map(({ dev, name, waiting, lastSeenAt }) => ({ dev, name, waiting, since: lastSeenAt }))
