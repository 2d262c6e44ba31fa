/** Paired devices and the open codes that pair new ones. Tokens and codes are known by their hashes only. */
import type { DeviceId } from '#shared/kernel/ids.ts'
import type { Millis } from '#shared/kernel/time.ts'
import type { PairingCode } from '#shared/devices/pairing.ts'
import type { DeviceProfile, ProfileDraft } from '#shared/devices/profile.ts'
import type { Role } from '#shared/devices/role.ts'
import type { RefusedRelease, StorageTrouble, UnreadNote } from '#shared/sync/wire.ts'

export type PairedDevice = {
  readonly dev: DeviceId
  readonly name: string
  readonly role: Role
  readonly touchpoint: string | null
  /** Raw P-256 point, base64url. */
  readonly pub: string
  /** First 4 bytes of SHA-256 of the raw point, 8 hex digits: how hand-off codes name the key. */
  readonly keyId: string
  /** SHA-256 of the token, hex. */
  readonly tokenHash: string
  readonly pairedAt: Millis
  readonly revokedAt: Millis | null
}

/** What a device last said about itself. */
export type DeviceReport = {
  readonly seenAt: Millis
  readonly waiting: number
  readonly releaseHash: string | null
  readonly app: string | null
  readonly clockOffsetMs: number | null
  /** Offers it cannot compute; absent: it said nothing of them, what it said before stands. */
  readonly unread?: readonly UnreadNote[]
  /** The release that waits on it for its time; absent: it said nothing of it, what it said before stands. */
  readonly nextHash?: string | null
  /** The release it would not take; absent as above. */
  readonly refused?: RefusedRelease | null
  /** Room runs short on it, or it can write nothing any more; absent as above. */
  readonly storage?: StorageTrouble | null
}

export interface DeviceStore {
  add(device: PairedDevice): void
  find(dev: DeviceId): PairedDevice | null
  /** All devices with this key id, revoked ones too: four bytes may be shared. */
  findByKeyId(keyId: string): readonly PairedDevice[]
  /** In order of pairing, revoked ones too. */
  list(): readonly (PairedDevice & { readonly report: DeviceReport | null })[]
  saveReport(dev: DeviceId, report: DeviceReport): void
  /** When it was first seen running twice; null: never. */
  copiedAt(dev: DeviceId): Millis | null
  /** The first time stands. */
  markCopied(dev: DeviceId, at: Millis): void
  /** False if it is unknown or already revoked. */
  revoke(dev: DeviceId, at: Millis): boolean
  /** What it is for; null: nobody has said. */
  profileOf(dev: DeviceId): ProfileDraft | null
  /** What it is for from now on. */
  saveProfile(dev: DeviceId, profile: ProfileDraft, at: Millis): void
  /** Of all devices that are still let in, in order of pairing. */
  profiles(): readonly DeviceProfile[]
  /** What it is called from now on. */
  rename(dev: DeviceId, name: string): void
  /** Where customer and store meet at it. */
  place(dev: DeviceId, touchpoint: string): void
}

export interface PairingCodeStore {
  find(selector: string): PairingCode | null
  /** Adds or replaces the code under its selector. */
  save(code: PairingCode): void
  /** Codes whose device waits to be let in; the oldest first. */
  asked(): readonly PairingCode[]
  remove(selector: string): void
  /** Codes the hub printed itself: those without a name. */
  removePrinted(): void
  removeExpired(now: Millis): void
}
