/** One clear sentence for whatever came of a sign-in. It never tells which part of it was wrong. */
import type { Texts } from '../../i18n/texts.ts'
import type { SignInOutcome } from '../../state/people.svelte.ts'
import type { signInText } from './sign-in-text.ts'

type Words = typeof signInText extends Texts<infer M> ? M : never

/** Tries left are told when they run out: before, they only frighten. */
const TELL_FROM = 3

export type OutcomeFacts = { readonly kind: 'pin' | 'password'; /** Hub time. */ readonly now: number; readonly time: (at: number) => string }

/** Null: signed in. What a chosen name or password lacks is said where it is chosen. */
export const outcomeWords = (outcome: SignInOutcome, t: Words, { kind, now, time }: OutcomeFacts): string | null => {
  switch (outcome.type) {
    case 'in':
      return null
    case 'wrong':
      return outcome.left > 0 && outcome.left <= TELL_FROM ? t.wrong(outcome.left) : t.wrongLast
    case 'locked':
      if (outcome.until === null) return t.pinLocked
      return kind === 'pin' ? t.pinLockedUntil(time(minuteAfter(outcome.until))) : t.lockedUntil(time(minuteAfter(outcome.until)))
    case 'offline-locked':
      return t.lockedOffline(time(minuteAfter(now + outcome.forMs)))
    case 'offline':
      return t.offlineUnknown
    case 'weak':
    case 'name':
      return t.failed
    default:
      return t[outcome.type]
  }
}

/** Clocks on screens show minutes: a lock that ends at 14:35:20 is over at 14:36. */
const minuteAfter = (at: number): number => Math.ceil(at / 60_000) * 60_000
