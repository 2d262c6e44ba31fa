/** What each device is for: kept by the hub, and part of every release whatever else is published. */
import type { AuditBook } from '#hub/ports/audit.ts'
import type { Clock } from '#hub/ports/clock.ts'
import type { DeviceStore } from '#hub/ports/devices.ts'
import type { DocumentStore } from '#hub/ports/documents.ts'
import type { HintSender } from '#hub/ports/hints.ts'
import type { Log } from '#hub/ports/log.ts'
import type { Transactions } from '#hub/ports/transaction.ts'
import type { DeviceProfile } from '#shared/devices/profile.ts'
import type { DeviceId } from '#shared/kernel/ids.ts'
import type { Json } from '#shared/kernel/json.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import type { ProfileSaved } from '#shared/protocol/pairing-calls.ts'
import { profileId } from '#shared/protocol/profile-document.ts'
import type { Documents } from '#shared/sync/release.ts'
import { publishAgain } from '../parity/leave-offer.ts'
import type { PublishReviewed } from '../releases/publish-reviewed.ts'

export type ProfileParts = {
  readonly devices: DeviceStore
  readonly documents: Pick<DocumentStore, 'current' | 'upcoming' | 'itemsAt'>
  /** Made by `publishProfiled`. */
  readonly publish: PublishReviewed
  readonly transactions: Transactions
  readonly audit: AuditBook
  readonly hints: Pick<HintSender, 'devices'>
  readonly clock: Clock
  readonly log: Log
}

const PREFIX = profileId('')

/** Whatever is published, the profiles of the devices go along; those of devices that were signed out do not. */
export const publishProfiled =
  (devices: Pick<DeviceStore, 'profiles'>, publish: PublishReviewed): PublishReviewed =>
  (items, override, terms) => {
    const others = Object.entries(items).filter(([id]) => !id.startsWith(PREFIX))
    const profiles = devices.profiles().map((profile): [string, Json] => [profileId(profile.id), { ...profile }])
    return publish(profiles.length === 0 && others.length === Object.keys(items).length ? items : Object.fromEntries([...others, ...profiles]), override, terms)
  }

/** Errors  not_found for a device that is not let in; failed if no release could be made of it. */
export const saveProfile =
  (parts: ProfileParts) =>
  ({ id, ...profile }: DeviceProfile, by: { readonly who: string; readonly dev: DeviceId }): Result<ProfileSaved, { readonly code: 'not_found' | 'failed' }> => {
    const dev = id as DeviceId
    const { devices, transactions, audit, clock } = parts
    const device = devices.find(dev)
    if (!device || device.revokedAt !== null) return err({ code: 'not_found' })
    const field = strangeField(profile, parts.documents.current()?.items ?? {})
    if (field) return ok({ type: 'faulty', field })
    transactions.run(() => {
      devices.saveProfile(dev, profile, clock.now())
      if (profile.touchpoint !== null) devices.place(dev, profile.touchpoint)
      audit.record({ who: by.who, what: 'device.profile', device: by.dev, object: dev })
    })
    const rev = putInForce(parts)
    return rev === null ? err({ code: 'failed' }) : ok({ type: 'saved', rev })
  }

/** The release in force and those that wait, with the profiles as they are now. Null if none could be made: then the next release that is published holds them. */
export const putInForce = (parts: Omit<ProfileParts, 'transactions' | 'audit'>): number | null => {
  const published = publishAgain(parts, (items) => items, { by: 'profile', reason: 'what a device is for has changed' })
  if (!published.ok) parts.log.warn('profiles wait for the next release', {})
  parts.hints.devices()
  return published.ok ? published.value.rev : null
}

const strangeField = ({ touchpoint, department }: Pick<DeviceProfile, 'touchpoint' | 'department'>, items: Documents): 'touchpoint' | 'department' | null => {
  if (touchpoint !== null && items[`touchpoint/${touchpoint}`] === undefined) return 'touchpoint'
  return department !== null && items[`category/${department}`] === undefined ? 'department' : null
}
