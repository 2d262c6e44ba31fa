/** People who work with a store's tablets, and what one of them may do at one device. */
import type { Branded } from '../kernel/ids.ts'
import type { Role } from './role.ts'

/** A person as the hub numbered them: 16 hex digits. Names change, this does not. */
export type PersonId = Branded<string, 'PersonId'>

/** What a person may be; `none` needs nobody. */
export const PERSON_ROLES = ['staff', 'manager'] as const
export type PersonRole = (typeof PERSON_ROLES)[number]

/** What both the device and the person allow; null where the two share nothing: nobody signs in at a kiosk. */
export const sharedRole = (device: Role, person: PersonRole): PersonRole | null => {
  if (device === 'kiosk') return null
  return device === 'manager' && person === 'manager' ? 'manager' : 'staff'
}
