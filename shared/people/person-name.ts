/** Names of people as they are written on tiles and typed at a sign-in. */
import { err, ok, type Result } from '../kernel/result.ts'

export const MAX_PERSON_NAME = 60
export const NAME_FAULTS = ['empty', 'long', 'letters', 'taken'] as const
export type NameFault = (typeof NAME_FAULTS)[number]

/** Letters of any script, marks, digits, spaces and what names are joined with; one letter at least. */
const GOOD = /^(?=.*\p{L})[\p{L}\p{M}\p{N} .'’()-]+$/u

/** A name as it is kept: composed, single spaces, none at its ends. Errors  `empty`, `long`, `letters`. */
export const parsePersonName = (typed: string): Result<string, Exclude<NameFault, 'taken'>> => {
  const name = typed.normalize('NFC').replace(/\s+/gu, ' ').trim()
  if (name === '') return err('empty')
  if ([...name].length > MAX_PERSON_NAME) return err('long')
  return GOOD.test(name) ? ok(name) : err('letters')
}

/** Two names that read the same have the same key: that is how somebody is found, and why two people cannot share one. */
export const personKey = (name: string): string => name.normalize('NFKC').toLowerCase().replace(/[’`´]/g, "'").replace(/\s+/gu, ' ').trim()
