/** Device health as staff and managers see it. */
import type { Role } from '../devices/role.ts'
import type { DaySeal, Loss } from '../sync/completeness.ts'
import type { RefusedRelease, StorageTrouble, UnreadNote } from '../sync/wire.ts'

export type DeviceHealth = {
  readonly dev: string
  readonly name: string
  readonly role: Role
  readonly touchpoint: string | null
  readonly online: boolean
  /** Hub time of its last word; null if it never spoke. */
  readonly lastSeenAt: number | null
  /** Events the hub holds of it, all epochs. */
  readonly stored: number
  /** Events it said were still waiting on it, at `lastSeenAt`. */
  readonly waiting: number
  readonly releaseHash: string | null
  /** The release that waits on it for its time. */
  readonly nextHash: string | null
  /** The release it would not take, and why; it stays with `releaseHash`. */
  readonly refused: RefusedRelease | null
  readonly app: string | null
  readonly clockOffsetMs: number | null
  /** Offers of its release that it cannot compute and leaves to the checkout. */
  readonly unread?: readonly UnreadNote[]
  /** Room runs short on it, or nothing can be written there any more: what is said then goes straight to the hub, or is refused. */
  readonly storage?: StorageTrouble | null
  /** When the hub first saw it running twice: a copy of its storage is in use somewhere. Null or absent: never. */
  readonly copiedAt?: number | null
  readonly revoked: boolean
}

/** How complete one device's answers are, day by day of the store. */
export type DeviceSeals = {
  readonly dev: string
  readonly name: string
  readonly touchpoint: string | null
  readonly seenAt: number | null
  readonly revokedAt: number | null
  /** At least so many of its events are not here. */
  readonly waiting: number
  readonly losses: readonly Loss[]
  /** Newest first, today among them; days before it was paired or after it was signed out are left out. `answers`: held of that day. */
  readonly days: readonly { readonly day: string; readonly answers: number; readonly seal: DaySeal }[]
}

export type SealsReply = { readonly asOf: number; readonly timeZone: string; readonly devices: readonly DeviceSeals[] }
