/** Pairing as a state machine: what one try with a code does to that code. */
import { err, ok, type Result } from '../kernel/result.ts'
import type { Millis } from '../kernel/time.ts'
import type { DeviceId } from '../kernel/ids.ts'
import { codeHash, codeSelector, type CodeText } from './pairing-code.ts'
import type { ProfileDraft } from './profile.ts'
import type { Role } from './role.ts'

/** Wrong tries after which a code is dead. */
export const MAX_WRONG_TRIES = 5
/** A code that a manager makes for one device. */
export const MADE_CODE_MS = 10 * 60_000
/** A code printed by the hub itself at its start. */
export const PRINTED_CODE_MS = 24 * 3_600_000
/** Devices that one printed code of the demo may pair. */
export const PRINTED_CODE_USES = 20

/** An open code as the hub keeps it. */
export type PairingCode = {
  readonly selector: string
  /** SHA-256 of the code, hex. */
  readonly hash: string
  /** Roles a device may take with it. */
  readonly roles: readonly Role[]
  /** Name and touchpoint the manager chose; null leaves them to the device and the store's default. */
  readonly name: string | null
  readonly touchpoint: string | null
  readonly expiresAt: Millis
  /** 0: used up; kept until it expires, so that whoever tries it learns why it does not work. */
  readonly usesLeft: number
  readonly wrongTries: number
  readonly confirm: Confirmer
  /** What the device becomes with it; null: what a device without a profile is. */
  readonly profile: ProfileDraft | null
  /** The one device that has asked with it; null: none yet, or nobody is asked. */
  readonly asked: Asked | null
}

/** Who lets a device in: the manager on their screen · whoever reads the hub's console · nobody, on a machine that nobody else can reach. */
export type Confirmer = 'manager' | 'console' | 'nobody'

/** Where a device stands that asked with a code. `issued`: it is the device `dev` now. */
export type Asked = {
  /** SHA-256 of the ticket by which it asks again, hex. */
  readonly ticketHash: string
  readonly number: string
  /** Raw P-256 point, base64url. */
  readonly pub: string
  readonly role: Role
  readonly name: string
  readonly at: Millis
  /** SHA-256 of what the console shows, hex; null where a manager decides. */
  readonly keyHash: string | null
  readonly wrongKeys: number
  /** Who let it in or not, by id; null as long as nobody has. */
  readonly by: string | null
  readonly state: { readonly type: 'waiting' | 'confirmed' | 'refused' } | { readonly type: 'issued'; readonly dev: DeviceId }
}

export type PairRefused = { readonly type: 'CodeWrong' | 'CodeExpired' | 'CodeUsed' | 'TooManyTries' }

/** What a try means, and the code afterwards; `next` is null when the code is gone. */
export type TryOutcome = {
  readonly result: Result<PairingCode, PairRefused>
  readonly next: PairingCode | null
}

/** What a code is made for. `confirm` left out: the manager; `profile` left out: none. */
export type CodeOpening = Omit<PairingCode, 'selector' | 'hash' | 'wrongTries' | 'asked' | 'confirm' | 'profile'> & Partial<Pick<PairingCode, 'confirm' | 'profile'>>

export const openCode = (code: CodeText, terms: CodeOpening): PairingCode => ({
  confirm: 'manager',
  profile: null,
  asked: null,
  ...terms,
  selector: codeSelector(code),
  hash: codeHash(code),
  wrongTries: 0,
})

/**
 * One try to pair. `open` is the code kept under the tried code's selector.
 * Errors  CodeWrong also for an unknown selector and for a role the code does not give, so a try tells nothing about other codes;
 *         CodeExpired, CodeUsed and TooManyTries only for the right code, or the try that kills it.
 */
export const tryCode = (open: PairingCode | null, tried: { readonly code: CodeText; readonly role: Role; readonly now: Millis }): TryOutcome => {
  if (open === null) return refused('CodeWrong', null)
  if (open.hash !== codeHash(tried.code)) return countWrongTry(open)
  if (open.wrongTries >= MAX_WRONG_TRIES) return refused('TooManyTries', open)
  if (tried.now >= open.expiresAt) return refused('CodeExpired', null)
  if (open.usesLeft < 1) return refused('CodeUsed', open)
  if (!open.roles.includes(tried.role)) return refused('CodeWrong', open)
  return { result: ok(open), next: { ...open, usesLeft: open.usesLeft - 1 } }
}

/** A dead code stays until it expires, so that its owner learns why it does not work. */
const countWrongTry = (open: PairingCode): TryOutcome => {
  const wrongTries = Math.min(MAX_WRONG_TRIES, open.wrongTries + 1)
  return refused(wrongTries >= MAX_WRONG_TRIES ? 'TooManyTries' : 'CodeWrong', { ...open, wrongTries })
}

const refused = (type: PairRefused['type'], next: PairingCode | null): TryOutcome => ({ result: err({ type }), next })
