/** The device as the screens know it: what it may say, what it knows, and how well it is connected. The only way from a screen to the hub. */
import type { OfferUnits } from '#shared/basket/quote.ts'
import type { DeviceId, EventId, OfferId, VisitId } from '#shared/kernel/ids.ts'
import type { Json } from '#shared/kernel/json.ts'
import type { Result } from '#shared/kernel/result.ts'
import type { Millis } from '#shared/kernel/time.ts'
import type { Role } from '#shared/devices/role.ts'
import type { PoolState } from '#shared/sync/allotment.ts'
import type { LeasedUse } from '#shared/sync/allotment-device.ts'
import type { Release, ReleaseHead } from '#shared/sync/release.ts'
import type { RefusedRelease } from '#shared/sync/wire.ts'
import type { CallError, CallName, Calls, HintName, Hints } from '#shared/protocol/calls.ts'

export type DeviceIdentity = {
  readonly dev: DeviceId
  readonly role: Role
  readonly name: string
  readonly store: string
  /** The touchpoint it stands at; null for staff and manager screens. */
  readonly touchpoint: string | null
}

export type SyncStatus = {
  readonly phase: 'unpaired' | 'connecting' | 'online' | 'offline' | 'revoked'
  /** Hub time of the last acknowledgement; null before the first. The badge shows this, never the socket's state. */
  readonly lastAckAt: Millis | null
  /** Events saved here that the hub has not confirmed yet. */
  readonly waiting: number
  readonly release: ReleaseHead | null
  /** When the hub last said that this release is the current one. */
  readonly releaseCheckedAt: Millis | null
  /** The release that is stored whole and takes over next; null if none waits. */
  readonly nextRelease: ReleaseHead | null
  /** A release that this device would not take; it stays with the one it has. */
  readonly refusedRelease: RefusedRelease | null
  /** Without the hub nobody can tell whether the next release has taken over: offers are left to the checkout. */
  readonly switchInDoubt: boolean
  /** Storage refused a write: nothing is written or deleted until there is room again. */
  readonly frozen: boolean
  /** Room is running out; what shoppers say is still kept. Null until it was tried, or where it cannot be. */
  readonly lowSpace: boolean | null
  /** The hub speaks another version: what is recorded stays here until a newer app is. Absent: no. */
  readonly needsUpdate?: boolean
  /** The browser has lost its storage, and neither opening it again nor a new page helped: a person has to. */
  readonly needsService: boolean
}

export type NotSaved = { readonly type: 'NotSaved'; readonly why: 'storage full' | 'storage failed' | 'too large' | 'not paired' | 'use gone' }
/** `CodeTaken`: another device waits with the code · `Refused`: whoever compared the numbers said no · `NothingLeft`: nothing waited when the page ended · `GivenUp`: by the person here. */
export type PairError = { readonly type: 'CodeWrong' | 'CodeExpired' | 'CodeUsed' | 'CodeTaken' | 'TooManyTries' | 'Refused' | 'HubUnreachable' | 'StorageFailed' | 'NothingLeft' | 'GivenUp' }

/** The device has asked, and somebody has to compare its number before anything is given to it. */
export type PairingWait = {
  /** Six digits; the other screen shows the same if it is this device that asks there. */
  readonly number: string
  /** Who compares: the manager on their screen, or whoever reads the hub's console and types here what stands beside the number. */
  readonly confirm: 'manager' | 'console'
  readonly leftMs: number
  /** The hub does not answer right now; it is asked again. */
  readonly unheard: boolean
  /** What was typed last is not what the console shows. */
  readonly keyWrong: boolean
  answer(key: string): void
}

/** `code` null: goes on with what waited when the page ended. */
export type PairingRequest = { readonly code: string | null; readonly role: Role; readonly name: string; readonly onwait?: (wait: PairingWait) => void; readonly signal?: AbortSignal }

/** Uses of limited offers that this device holds. */
export interface DeviceAllotments {
  /** Those that may be given away now, by offer. */
  units(): OfferUnits
  /** Hub time of what is known of them; null before the hub said anything. */
  readonly asOf: number | null
  /** How many uses nobody had been promised then. */
  readonly pools: readonly PoolState[]
  /** One use of each offer, to be named in a hand-off and given away by `record`; null if one is not there. */
  choose(offers: readonly OfferId[]): readonly LeasedUse[] | null
}

/** What happened to this device, in its own words: no person, no answer, no basket. */
export const DEVICE_LOG_WORDS = ['started', 'paired', 'connected', 'lost', 'revoked', 'rotated', 'frozen', 'thawed', 'space-low', 'space-enough', 'pictures-dropped', 'sent-directly', 'not-saved', 'release-taken', 'release-refused', 'clock-jumped', 'storage-lost', 'page-reloaded', 'copy-missing', 'copy-used'] as const
/** `at`: time by the hub's clock as known then. `detail`: a number, a hash or a reason; empty if the word says it all. */
export type DeviceLogEntry = { readonly at: Millis; readonly what: (typeof DEVICE_LOG_WORDS)[number]; readonly detail: string }

/** The device's storage as last looked at. Null: not looked yet, or this browser does not say. */
export type DeviceStorage = {
  readonly frozen: boolean
  readonly lowSpace: boolean | null
  /** The reserve is on the disk: given up when the storage froze, laid again when there is room. */
  readonly reserve: boolean | null
  /** The browser has promised not to clear it. */
  readonly persisted: boolean | null
  readonly usedBytes: number | null
  /** The browser's own estimate; it has been wrong by a factor of 25. */
  readonly quotaBytes: number | null
  /** The second copy of what waits; null: there is none, or not yet. `not promised`: the browser may clear it when the disk runs full. `short`: it lacks something. Absent: as null. */
  readonly copy?: 'promised' | 'not promised' | 'short' | null
  /** When room was last tried. */
  readonly triedAt: Millis | null
}

export interface Device {
  /** The last 200 entries, oldest first. */
  log(): readonly DeviceLogEntry[]
  storage(): DeviceStorage
  readonly allotments: DeviceAllotments
  readonly identity: DeviceIdentity | null
  readonly status: SyncStatus
  /** Each `on…` calls the listener on every change and returns its removal. */
  onStatus(listener: (status: SyncStatus) => void): () => void
  readonly release: Release | null
  onRelease(listener: (release: Release) => void): () => void
  /** Resolves only after the event is durably on this device; then, and only then, may a screen say thank you. */
  record(event: { readonly t: string; readonly v: number; readonly p: Json; readonly sid: VisitId | null; readonly secret?: Json; /** Given away with it, or the event is not kept. */ readonly uses?: readonly LeasedUse[] }): Promise<Result<EventId, NotSaved>>
  call<K extends CallName>(name: K, request: Calls[K]['request']): Promise<Result<Calls[K]['reply'], CallError>>
  on<K extends HintName>(name: K, listener: (hint: Hints[K]) => void): () => void
  /** Time by the hub's clock; `verified` is false when no hub was reached since the device started. */
  now(): { readonly at: Millis; readonly verified: boolean }
  /** Signature of the device key: ECDSA P-256 with SHA-256, 64 bytes r‖s. */
  sign(message: Uint8Array): Promise<Uint8Array<ArrayBuffer>>
  /** First 4 bytes of SHA-256 of the raw public key, 8 hex digits. */
  readonly keyId: string | null
  pair(request: PairingRequest): Promise<Result<DeviceIdentity, PairError>>
}
