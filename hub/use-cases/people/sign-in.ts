/** Signing in on a paired device: by name and password, by PIN, by a session that went on. Whoever gets it wrong learns how many tries are left, and nothing about who exists. */
import type { AuditBook } from '#hub/ports/audit.ts'
import type { Caller, CallReply } from '#hub/ports/caller.ts'
import type { DeviceStore } from '#hub/ports/devices.ts'
import type { Passwords } from '#hub/ports/passwords.ts'
import type { Person } from '#hub/ports/people.ts'
import type { AuditAct } from '#shared/privacy/audit-act.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import { writtenPassword } from '#shared/people/password.ts'
import { personKey } from '#shared/people/person-name.ts'
import type { PeopleCalls, SignInRefused } from '#shared/protocol/people.ts'
import { countOne, forgive, passwordSubject, pinSubject, type Subject, type TryParts } from '../devices/count-tries.ts'
import type { HeldSessions } from './hold-sessions.ts'

export type SignInParts = TryParts & {
  readonly devices: DeviceStore
  readonly passwords: Passwords
  readonly sessions: HeldSessions
  readonly audit: AuditBook
}
type Call<K extends keyof PeopleCalls> = (request: PeopleCalls[K]['request'], caller: Caller) => CallReply<K> | Promise<CallReply<K>>

export const NOT_NOW = err({ code: 'busy' } as const)
const REVOKED = err({ code: 'revoked' } as const)
/** A PIN where none counts. */
const PASSWORD_FIRST: SignInRefused = { type: 'locked', until: null }

/** Everybody who may sign in; what is known of them is what stands on the tiles. */
export const peopleHere =
  ({ people }: Pick<SignInParts, 'people'>): Call<'session.people'> =>
  (_request, { dev }) => {
    const all = people.list()
    const tiles = all.map(({ id, name, role, pin, pinRev, password, passwordRev }) => ({ id, name, role, pinRev: pin !== null && people.isKnownAt(id, dev) ? pinRev : null, passwordRev: password === null ? null : passwordRev }))
    return ok({ first: !hasManager(all), people: tiles })
  }

/** Somebody who can sign in and manage. */
export const hasManager = (people: readonly Person[]): boolean => people.some(({ role, password }) => role === 'manager' && password !== null)

export const signInByPassword =
  (parts: SignInParts): Call<'session.open'> =>
  async ({ name, password }, caller) => {
    const key = personKey(name)
    const proven = await prove(parts, caller, { subject: passwordSubject(key), person: parts.people.findByKey(key), kept: (person) => person.password, secret: writtenPassword(password) })
    if (!proven.ok || 'type' in proven.value) return proven as CallReply<'session.open'>
    await renew(parts, proven.value.person, writtenPassword(password))
    return begin(parts, caller, proven.value.person, { fresh: true })
  }

/** A password that was kept with lesser parameters is kept anew while it is at hand. */
const renew = async ({ passwords, people, transactions }: SignInParts, person: Person, secret: string): Promise<void> => {
  if (person.password === null || !passwords.isOld(person.password)) return
  const kept = await passwords.hash(secret)
  if (!kept.ok) return
  transactions.run(() => {
    const now = people.find(person.id)
    if (now?.password === person.password) people.save({ ...now, password: kept.value })
  })
}

/** Only for whoever has given the password on this device since it was chosen. */
export const signInByPin =
  (parts: SignInParts): Call<'session.pin'> =>
  async ({ person: id, pin }, caller) => {
    const person = parts.people.find(id)
    if (!person || person.pin === null || !parts.people.isKnownAt(id, caller.dev)) return ok(PASSWORD_FIRST)
    const proven = await prove(parts, caller, { subject: pinSubject(id), person, kept: (one) => one.pin, secret: pin })
    if (!proven.ok || 'type' in proven.value) return proven as CallReply<'session.pin'>
    return begin(parts, caller, proven.value.person, { fresh: false })
  }

export const confirmPassword =
  (parts: SignInParts): Call<'session.confirm'> =>
  async ({ password }, caller) => {
    const person = caller.person && parts.people.find(caller.person.id)
    if (!person) return err({ code: 'person' })
    const proven = await prove(parts, caller, { subject: passwordSubject(person.key), person, kept: (one) => one.password, secret: writtenPassword(password) })
    if (!proven.ok || 'type' in proven.value) return proven as CallReply<'session.confirm'>
    parts.transactions.run(() => noteRight(parts, caller, person, true))
    const until = parts.sessions.freshen(caller.connection)
    return until === null ? err({ code: 'person' }) : ok({ type: 'fresh', until })
  }

export const resumeSession =
  ({ sessions }: Pick<SignInParts, 'sessions'>): Call<'session.resume'> =>
  ({ session }, caller) =>
    ok(sessions.resume(session, caller))

export const touchSession =
  ({ sessions }: Pick<SignInParts, 'sessions'>): Call<'session.touch'> =>
  (_request, { connection }) => {
    sessions.touch(connection)
    const endsAt = sessions.endsAt(connection)
    return endsAt === null ? err({ code: 'person' }) : ok({ endsAt })
  }

export const closeSession =
  ({ sessions }: Pick<SignInParts, 'sessions'>): Call<'session.close'> =>
  (_request, { connection }) => {
    sessions.end(connection, 'closed')
    return ok({ closed: true })
  }

/** One's own, wherever they are: a device that somebody left without signing out is seen, and ended from another. */
export const ownSessions =
  ({ sessions, devices }: Pick<SignInParts, 'sessions' | 'devices'>): Call<'session.mine'> =>
  (_request, { connection, person }) =>
    ok(sessions.of(person!.id, connection).map(({ id, dev, begunAt, seenAt, here }) => ({ id, device: devices.find(dev)?.name ?? '', begunAt, seenAt, here })))

export const endOwnSession =
  ({ sessions }: Pick<SignInParts, 'sessions'>): Call<'session.end'> =>
  ({ id }, { person }) =>
    ok({ ended: sessions.endNamed(person!.id, id, 'elsewhere') })

type Claim = { readonly subject: Subject; readonly person: Person | null; kept(person: Person): string | null; readonly secret: string }
type Proven = { readonly person: Person }

/**
 * Counts the try, then judges it. The same work for somebody who does not exist.
 * Errors  busy while too many are being judged, before anything is counted; revoked if the device was meanwhile.
 */
export const prove = async (parts: SignInParts, caller: Caller, { subject, person, kept, secret }: Claim): Promise<Result<SignInRefused | Proven, { readonly code: 'busy' | 'revoked' }>> => {
  if (parts.passwords.isFull()) return NOT_NOW
  const counted = countOne(parts, caller.dev, subject)
  if (counted.type === 'locked') return ok(counted)
  const right = await parts.passwords.verify(secret, person && kept(person))
  if (!right.ok) return NOT_NOW
  if (parts.devices.find(caller.dev)?.revokedAt !== null) return REVOKED
  // As it is now: while it was judged somebody may have changed it.
  const still = person && parts.people.find(person.id)
  if (right.value && still && kept(still) === kept(person)) return ok({ person: still })
  tell(parts, caller, person, counted.left === 0 ? 'session.locked' : 'session.failed')
  return ok({ type: 'wrong', left: counted.left })
}

/** Who proved it is signed in here from now on. */
export const begin = (parts: SignInParts, caller: Caller, person: Person, { fresh }: { readonly fresh: boolean }): Result<Extract<PeopleCalls['session.open']['reply'], { readonly type: 'open' }>, { readonly code: 'forbidden' }> => {
  parts.transactions.run(() => {
    noteRight(parts, caller, person, fresh)
    parts.audit.record({ who: person.id, what: 'session.opened', device: caller.dev, object: null })
  })
  const opened = parts.sessions.open(person.id, caller, { fresh })
  return opened ? ok(opened) : err({ code: 'forbidden' })
}

/** The password forgives everything on this device, the PIN only itself. */
const noteRight = (parts: SignInParts, { dev }: Caller, person: Person, byPassword: boolean): void => {
  forgive(parts, dev, byPassword ? passwordSubject(person.key) : pinSubject(person.id))
  if (!byPassword) return
  parts.people.forgetTries(dev, pinSubject(person.id).key)
  parts.people.noteKnownAt(person.id, dev, parts.clock.now())
}

const tell = ({ audit }: SignInParts, { dev }: Caller, person: Person | null, what: AuditAct): void => audit.record({ who: person?.id ?? 'unknown', what, device: dev, object: null })

