/** People of the store, as the hub keeps them, and what was tried to become one of them. */
import type { PersonId, PersonRole } from '#shared/devices/person.ts'
import type { DeviceId } from '#shared/kernel/ids.ts'
import type { Millis } from '#shared/kernel/time.ts'
import type { Tries } from '#shared/people/sign-in-tries.ts'

/** A one-time code as it is kept. */
export type KeptCode = { readonly hash: string; readonly expiresAt: Millis; readonly wrongTries: number }

export type Person = {
  readonly id: PersonId
  readonly name: string
  /** `personKey(name)`; no two people have the same. */
  readonly key: string
  readonly role: PersonRole
  /** Hash strings that carry their parameters; null: none chosen yet. */
  readonly password: string | null
  readonly passwordRev: number
  readonly pin: string | null
  readonly pinRev: number
  readonly code: KeptCode | null
}

export interface PeopleStore {
  /** Null also for somebody who was taken off the list. */
  find(id: PersonId): Person | null
  findByKey(key: string): Person | null
  /** In the order of their names. */
  list(): readonly Person[]
  /** Adds or changes. Errors  throws if the key is somebody else's. */
  save(person: Person): void
  /** With all that was noted about them; false: there is no such person. */
  remove(id: PersonId): boolean
  /** Whether this person has given the password on this device, since it was chosen. */
  isKnownAt(id: PersonId, dev: DeviceId): boolean
  noteKnownAt(id: PersonId, dev: DeviceId, at: Millis): void
  /** On every device. */
  forgetKnown(id: PersonId): void
  tries(dev: DeviceId, subject: string): Tries | null
  saveTries(dev: DeviceId, subject: string, tries: Tries): void
  forgetTries(dev: DeviceId, subject: string): void
  /** Those of a subject on every device. */
  forgetTriesOf(subject: string): void
  /** Tries that count no more: last made before that. Those with a longer memory stay. */
  pruneTries(before: Millis, keep: string): void
}
