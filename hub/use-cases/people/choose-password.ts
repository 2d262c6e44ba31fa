/** Choosing a password or a PIN: the first manager's, with a one-time code, or another one. */
import type { Caller, CallReply } from '#hub/ports/caller.ts'
import type { KeptCode, Person } from '#hub/ports/people.ts'
import type { Random } from '#hub/ports/random.ts'
import { parseCode } from '#shared/devices/pairing-code.ts'
import type { PersonId } from '#shared/devices/person.ts'
import { bytesToHex, utf8 } from '#shared/kernel/bytes.ts'
import { err, ok } from '#shared/kernel/result.ts'
import { sha256 } from '#shared/kernel/sha256.ts'
import type { Millis } from '#shared/kernel/time.ts'
import type { PasswordFault } from '#shared/people/password-fault.ts'
import { faultOfPassword, writtenPassword } from '#shared/people/password.ts'
import { parsePersonName, personKey } from '#shared/people/person-name.ts'
import { faultOfPin } from '#shared/people/pin.ts'
import type { PeopleCalls } from '#shared/protocol/people.ts'
import { countOne, passwordSubject, pinSubject } from '../devices/count-tries.ts'
import { begin, hasManager, NOT_NOW, prove, type SignInParts } from './sign-in.ts'

export type ChooseParts = SignInParts & { readonly random: Random; storeName(): string }
type Call<K extends keyof PeopleCalls> = (request: PeopleCalls[K]['request'], caller: Caller) => CallReply<K> | Promise<CallReply<K>>

/** Words of the product that a password may not hold. */
const PRODUCT = 'Einklang'
/** Wrong tries after which a one-time code is dead. */
const MAX_CODE_TRIES = 5

/** On a manager's device, which only the setup code pairs before there is a manager. */
export const makeFirstManager =
  (parts: ChooseParts): Call<'session.first'> =>
  async ({ name: typed, password }, caller) => {
    const isTaken = (): boolean => hasManager(parts.people.list())
    if (isTaken()) return err({ code: 'forbidden' })
    const name = parsePersonName(typed)
    if (!name.ok) return ok({ type: 'name', fault: name.error })
    const fault = judge(parts, password, name.value)
    if (fault) return ok({ type: 'weak', fault })
    const kept = await parts.passwords.hash(writtenPassword(password))
    if (!kept.ok) return NOT_NOW
    const key = personKey(name.value)
    const person = parts.transactions.run((): Person | 'late' | 'taken' => {
      if (isTaken()) return 'late'
      if (parts.people.findByKey(key)) return 'taken'
      const first: Person = { id: newPersonId(parts.random), name: name.value, key, role: 'manager', password: kept.value, passwordRev: 1, pin: null, pinRev: 0, code: null }
      parts.people.save(first)
      parts.audit.record({ who: first.id, what: 'person.added', device: caller.dev, object: first.id })
      return first
    })
    if (person === 'late') return err({ code: 'forbidden' })
    return person === 'taken' ? ok({ type: 'name', fault: 'taken' }) : begin(parts, caller, person, { fresh: true })
  }

/** New people choose their first password so, and forgetful ones their next. */
export const recoverByCode =
  (parts: ChooseParts): Call<'session.recover'> =>
  async ({ name, code, password }, caller) => {
    const fault = judge(parts, password, name)
    if (fault) return ok({ type: 'weak', fault })
    if (parts.passwords.isFull()) return NOT_NOW
    const key = personKey(name)
    const counted = countOne(parts, caller.dev, passwordSubject(key))
    if (counted.type === 'locked') return ok(counted)
    const person = takeCode(parts, key, code)
    if (!person) {
      parts.audit.record({ who: parts.people.findByKey(key)?.id ?? 'unknown', what: counted.left === 0 ? 'session.locked' : 'session.failed', device: caller.dev, object: null })
      return ok({ type: 'wrong', left: counted.left })
    }
    return choose(parts, caller, person, password)
  }

export const changePassword =
  (parts: ChooseParts): Call<'people.password'> =>
  async ({ old, password }, caller) => {
    const person = caller.person && parts.people.find(caller.person.id)
    if (!person) return err({ code: 'person' })
    const secret = writtenPassword(old)
    const fault = writtenPassword(password) === secret ? 'same' : judge(parts, password, person.name)
    if (fault) return ok({ type: 'weak', fault })
    const proven = await prove(parts, caller, { subject: passwordSubject(person.key), person, kept: (one) => one.password, secret })
    if (!proven.ok || 'type' in proven.value) return proven as CallReply<'people.password'>
    return choose(parts, caller, proven.value.person, password)
  }

export const changePin =
  (parts: ChooseParts): Call<'people.pin'> =>
  async ({ pin }, caller) => {
    const id = caller.person?.id
    if (!id) return err({ code: 'person' })
    const fault = pin === null ? null : faultOfPin(pin)
    if (fault) return ok({ type: 'weak', fault })
    const kept = pin === null ? null : await parts.passwords.hash(pin)
    if (kept && !kept.ok) return NOT_NOW
    return parts.transactions.run((): CallReply<'people.pin'> => {
      const person = parts.people.find(id)
      if (!person) return err({ code: 'person' })
      const next: Person = { ...person, pin: kept && kept.value, pinRev: person.pinRev + 1 }
      parts.people.save(next)
      parts.people.forgetTries(caller.dev, pinSubject(id).key)
      parts.audit.record({ who: id, what: 'person.pin', device: caller.dev, object: id })
      return ok({ type: 'done', pinRev: next.pin === null ? null : next.pinRev })
    })
  }

/** The password that somebody proved to may choose, which ends all their sessions and begins one here. The PIN is theirs still, but counts on no device until the new password was given on it. */
const choose = async (parts: ChooseParts, caller: Caller, person: Person, password: string): Promise<CallReply<'people.password'>> => {
  const kept = await parts.passwords.hash(writtenPassword(password))
  if (!kept.ok) return NOT_NOW
  const changed = parts.transactions.run((): Person | null => {
    const now = parts.people.find(person.id)
    if (!now || now.passwordRev !== person.passwordRev) return null
    const next: Person = { ...now, password: kept.value, passwordRev: now.passwordRev + 1, code: null }
    parts.people.save(next)
    parts.people.forgetKnown(next.id)
    parts.audit.record({ who: next.id, what: 'person.password', device: caller.dev, object: next.id })
    return next
  })
  if (!changed) return ok({ type: 'wrong', left: 0 })
  parts.sessions.endOf(changed.id, 'password', caller.connection)
  return begin(parts, caller, changed, { fresh: true })
}

const judge = ({ storeName }: ChooseParts, password: string, name: string): PasswordFault | null => faultOfPassword(password, [name, storeName(), PRODUCT])

/** Whose code this is; a wrong one is counted against the code itself too, from whatever device it comes. */
const takeCode = ({ transactions, people, clock }: ChooseParts, key: string, typed: string): Person | null =>
  transactions.run(() => {
    const person = people.findByKey(key)
    const code = person?.code ?? null
    if (!person || !code) return null
    const isRight = codeIsOpen(code, clock.now()) && code.hash === personCodeHash(typed)
    if (!isRight) people.save({ ...person, code: { ...code, wrongTries: code.wrongTries + 1 } })
    return isRight ? person : null
  })

export const codeIsOpen = ({ expiresAt, wrongTries }: KeptCode, now: Millis): boolean => wrongTries < MAX_CODE_TRIES && now < expiresAt

/** What is kept instead of a one-time code; null for what is no code. */
export const personCodeHash = (typed: string): string | null => {
  const code = parseCode(typed)
  return code.ok ? bytesToHex(sha256(utf8(`person code ${code.value}`))) : null
}

export const newPersonId = (random: Random): PersonId => bytesToHex(random.bytes(8)) as PersonId
