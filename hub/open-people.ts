/** The people of a store, put together: who is signed in, how passwords are kept, and how a command or a test adds somebody. */
import { err, ok, type Result } from '#shared/kernel/result.ts'
import type { PersonId, PersonRole } from '#shared/devices/person.ts'
import { faultOfPassword, writtenPassword } from '#shared/people/password.ts'
import { personKey } from '#shared/people/person-name.ts'
import { faultOfPin } from '#shared/people/pin.ts'
import type { PersonRefused, SessionEnd } from '#shared/protocol/people.ts'
import type { HubDeps } from './hub-deps.ts'
import type { HubData } from './open-data.ts'
import type { Passwords } from './ports/passwords.ts'
import { argon2Passwords } from './stores/keys/argon2-passwords.ts'
import { holdSessions, SWEEP_MS, type HeldSessions } from './use-cases/people/hold-sessions.ts'
import { addPerson } from './use-cases/people/keep-people.ts'

export type OpenedPeople = {
  readonly sessions: HeldSessions
  readonly passwords: Passwords
  readonly add: AddPerson
  stop(): void
}

/** Somebody whose password is known from the beginning: for whoever runs this hub in their own process. Errors  as a manager who adds somebody would see them; throws for a password or PIN that nobody may choose. */
export type AddPerson = (wish: { readonly name: string; readonly role: PersonRole; readonly password: string; readonly pin?: string }) => Promise<Result<PersonId, PersonRefused>>

export const openPeople = (data: HubData, { clock, random, log, timer }: Pick<HubDeps, 'clock' | 'random' | 'log' | 'timer'>, ended: (connection: string, why: SessionEnd) => void): OpenedPeople => {
  const { people, audit, transactions } = data
  const passwords = argon2Passwords(random)
  const noted = (who: PersonId, device: Parameters<typeof audit.record>[0]['device']): void => {
    try {
      audit.record({ who, what: 'session.ended', device, object: null })
    } catch (error) {
      log.error('the end of a session was not written down', { error: error instanceof Error ? error.name : 'thrown value' })
    }
  }
  const sessions = holdSessions({ people, clock, random, ended, noted })
  const stop = timer.every(SWEEP_MS, sessions.sweep)
  const add: AddPerson = async ({ name, role, password, pin }) => {
    const fault = faultOfPassword(password, [name]) ?? (pin === undefined ? null : faultOfPin(pin))
    if (fault) throw new Error(`nobody may choose that: ${fault}`)
    if (people.findByKey(personKey(name))) return err({ type: 'name', fault: 'taken' })
    const kept = [await passwords.hash(writtenPassword(password)), pin === undefined ? ok(null) : await passwords.hash(pin)] as const
    if (!kept[0].ok || !kept[1].ok) throw new Error('too many passwords at once')
    const [secret, short] = [kept[0].value, kept[1].value]
    return transactions.run(() => {
      const added = addPerson({ transactions, people, audit, clock, random, sessions }, { name, role }, { who: 'console', device: null })
      if (added.type !== 'code') return { ok: false, error: added }
      people.save({ ...people.find(added.person)!, password: secret, passwordRev: 1, pin: short, pinRev: short === null ? 0 : 1, code: null })
      return ok(added.person)
    })
  }
  return { sessions, passwords, add, stop }
}
