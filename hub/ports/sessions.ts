/** Who is signed in, on which connection. */
import type { PersonId, PersonRole } from '#shared/devices/person.ts'
import type { Role } from '#shared/devices/role.ts'
import type { DeviceId } from '#shared/kernel/ids.ts'
import type { SessionEnd } from '#shared/protocol/people.ts'

/** A person as the live session knows them. */
export type SignedIn = {
  readonly id: PersonId
  readonly name: string
  /** What both the device and the person allow. */
  readonly role: PersonRole
  /** The password was given a moment ago. */
  readonly fresh: boolean
}

/** A proven connection of a device that is not revoked. */
export type DeviceLine = { readonly dev: DeviceId; readonly role: Role; readonly connection: string }

export interface LiveSessions {
  /** Who is signed in there at this instant; looked up anew each time. */
  at(line: DeviceLine): SignedIn | null
  /** Somebody did something there. */
  touch(connection: string): void
  /** The connection is gone; its session can be taken up again on another one of the same device. */
  left(connection: string): void
  /** Ends those of a device. */
  endAt(dev: DeviceId, why: SessionEnd): void
}
