/** The list of people, as managers keep it. Nobody but the person themselves ever knows a password: whoever is new or has forgotten theirs gets a one-time code. */
import type { AuditBook } from '#hub/ports/audit.ts'
import type { Clock } from '#hub/ports/clock.ts'
import type { KeptCode, PeopleStore, Person } from '#hub/ports/people.ts'
import type { Random } from '#hub/ports/random.ts'
import type { Transactions } from '#hub/ports/transaction.ts'
import { CODE_BYTES, codeFromBytes, formatCode } from '#shared/devices/pairing-code.ts'
import type { PersonId, PersonRole } from '#shared/devices/person.ts'
import type { DeviceId } from '#shared/kernel/ids.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import { millis } from '#shared/kernel/time.ts'
import { parsePersonName, personKey } from '#shared/people/person-name.ts'
import type { PersonChanged, PersonCode, PersonEntry, PersonRefused, SessionEnd } from '#shared/protocol/people.ts'
import { codeIsOpen, newPersonId, personCodeHash } from './choose-password.ts'
import { hasManager } from './sign-in.ts'

/** A one-time code counts for a day: long enough for the next shift. */
const CODE_MS = 24 * 3_600_000

export type KeepPeopleParts = {
  readonly transactions: Transactions
  readonly people: PeopleStore
  readonly audit: AuditBook
  readonly clock: Clock
  readonly random: Random
  readonly sessions: { endOf(person: PersonId, why: SessionEnd): void }
}
/** Who acts: a manager's person on their device, or a command on the hub's own machine. */
export type Acting = { readonly who: PersonId | 'console'; readonly device: DeviceId | null }
type NotFound = { readonly code: 'not_found' }

export const listPeople = ({ people, clock }: Pick<KeepPeopleParts, 'people' | 'clock'>): readonly PersonEntry[] =>
  people.list().map(({ id, name, role, password, pin, code }) => ({ id, name, role, hasPassword: password !== null, hasPin: pin !== null, codeUntil: code && codeIsOpen(code, clock.now()) ? code.expiresAt : null }))

export const addPerson = (parts: KeepPeopleParts, wish: { readonly name: string; readonly role: PersonRole }, acting: Acting): PersonCode | PersonRefused =>
  parts.transactions.run(() => {
    const name = freeName(parts, wish.name, null)
    if (!name.ok) return name.error
    const made = newCode(parts)
    const person: Person = { id: newPersonId(parts.random), name: name.value, key: personKey(name.value), role: wish.role, password: null, passwordRev: 0, pin: null, pinRev: 0, code: made.kept }
    parts.people.save(person)
    parts.audit.record({ ...acting, what: 'person.added', object: person.id })
    return { type: 'code', person: person.id, code: made.code, expiresAt: made.kept.expiresAt }
  })

/** The old password counts until a new one is chosen with the code. Errors  not_found. */
export const codeForPerson = (parts: KeepPeopleParts, id: PersonId, acting: Acting): Result<PersonCode, NotFound> =>
  parts.transactions.run(() => {
    const person = parts.people.find(id)
    if (!person) return err({ code: 'not_found' })
    const made = newCode(parts)
    parts.people.save({ ...person, code: made.kept })
    parts.audit.record({ ...acting, what: 'person.code', object: id })
    return ok({ type: 'code', person: id, code: made.code, expiresAt: made.kept.expiresAt })
  })

/** Another role ends their sessions at once: what they were being told is not theirs any more. Errors  not_found. */
export const changePerson = (parts: KeepPeopleParts, wish: { readonly person: PersonId; readonly name: string; readonly role: PersonRole }, acting: Acting): Result<PersonChanged, NotFound> => {
  const before = parts.people.find(wish.person)?.role
  const changed = parts.transactions.run((): Result<PersonChanged, NotFound> => {
    const person = parts.people.find(wish.person)
    if (!person) return err({ code: 'not_found' })
    const name = freeName(parts, wish.name, person.id)
    if (!name.ok) return ok(name.error)
    const next: Person = { ...person, name: name.value, key: personKey(name.value), role: wish.role }
    if (isLastManager(parts, person) && next.role !== 'manager') return ok({ type: 'last-manager' })
    parts.people.save(next)
    parts.audit.record({ ...acting, what: 'person.changed', object: person.id })
    return ok({ type: 'done' })
  })
  if (changed.ok && changed.value.type === 'done' && before !== wish.role) parts.sessions.endOf(wish.person, 'revoked')
  return changed
}

/** Ends all their sessions at once. Errors  not_found. */
export const removePerson = (parts: KeepPeopleParts, id: PersonId, acting: Acting): Result<PersonChanged, NotFound> => {
  const removed = parts.transactions.run((): Result<PersonChanged, NotFound> => {
    const person = parts.people.find(id)
    if (!person) return err({ code: 'not_found' })
    if (isLastManager(parts, person)) return ok({ type: 'last-manager' })
    parts.people.remove(id)
    parts.people.forgetTriesOf(`pin ${id}`)
    parts.audit.record({ ...acting, what: 'person.removed', object: id })
    return ok({ type: 'done' })
  })
  if (removed.ok && removed.value.type === 'done') parts.sessions.endOf(id, 'removed')
  return removed
}

/** Without this person nobody could manage the store any more. */
const isLastManager = ({ people }: KeepPeopleParts, person: Person): boolean => hasManager([person]) && !hasManager(people.list().filter(({ id }) => id !== person.id))

const freeName = ({ people }: KeepPeopleParts, typed: string, own: PersonId | null): Result<string, PersonRefused> => {
  const name = parsePersonName(typed)
  if (!name.ok) return err({ type: 'name', fault: name.error })
  const other = people.findByKey(personKey(name.value))
  return other && other.id !== own ? err({ type: 'name', fault: 'taken' }) : name
}

const newCode = ({ clock, random }: KeepPeopleParts): { readonly code: string; readonly kept: KeptCode } => {
  const code = codeFromBytes(random.bytes(CODE_BYTES))
  return { code: formatCode(code), kept: { hash: personCodeHash(code)!, expiresAt: millis(clock.now() + CODE_MS), wrongTries: 0 } }
}
