/** Passwords as people choose them: long rather than colourful. No rule asks for kinds of characters; what is tried first by everybody is refused. */
import { COMMON_PASSWORDS, COMMON_WORDS } from './common-passwords.ts'
import type { PasswordFault } from './password-fault.ts'

export const MIN_PASSWORD = 12
export const MAX_PASSWORD = 128

/** One way to write it: what two keyboards make of one `ü` is the same password. */
export const writtenPassword = (typed: string): string => typed.normalize('NFC')

/**
 * What is wrong with a chosen password; null if nothing is.
 * `names`: of the person, the store, the product; a word of theirs of four letters or more may not be in it.
 * Errors  `short`, `long` by characters; `common`: on the list, or a common word, a row of keys or a few characters over and over with signs around; `name`.
 */
export const faultOfPassword = (typed: string, names: readonly string[]): Exclude<PasswordFault, 'same'> | null => {
  const password = writtenPassword(typed)
  const length = [...password].length
  if (length < MIN_PASSWORD) return 'short'
  if (length > MAX_PASSWORD) return 'long'
  if (isCommon(password)) return 'common'
  const plain = plainOf(password)
  return names.flatMap((name) => plainOf(name).match(/[\p{L}\p{N}]{4,}/gu) ?? []).some((word) => plain.includes(word)) ? 'name' : null
}

/** As it is guessed: small letters, umlauts in two letters, no accents. */
const plainOf = (text: string): string =>
  text.toLowerCase().replace(/ä/g, 'ae').replace(/ö/g, 'oe').replace(/ü/g, 'ue').replace(/ß/g, 'ss').normalize('NFD').replace(/\p{M}/gu, '')

/** Digits and signs that stand for letters. */
const STANDS_FOR: { readonly [sign: string]: string } = { '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '7': 't', '8': 'b', '@': 'a', $: 's', '!': 'i', '€': 'e' }
const KEY_ROWS = ['abcdefghijklmnopqrstuvwxyz', '01234567890', 'qwertzuiopü', 'qwertyuiop', 'asdfghjklöä', 'yxcvbnm', 'zxcvbnm', '1q2w3e4r5t6z7u8i9o0p', '1q2w3e4r5t6y7u8i9o0p', 'qaywsxedcrfvtgbzhnujm', 'qazwsxedcrfvtgbyhnujm', '1qay2wsx3edc4rfv', '1qaz2wsx3edc4rfv']
const ROWS = KEY_ROWS.flatMap((row) => [row, [...row].toReversed().join('')]).map((row) => row + row)

const isCommon = (password: string): boolean => {
  const plain = plainOf(password).replace(/\s/g, '')
  const letters = plain.replace(/[^\p{L}]/gu, '')
  const read = [...plain].map((sign) => STANDS_FOR[sign] ?? sign).join('')
  const cores = [plain, letters, trimmed(plain), trimmed(read), read.replace(/[^\p{L}]/gu, ''), [...trimmed(plain)].map((sign) => STANDS_FOR[sign] ?? sign).join('')]
  const shorter = [1, 2, 3, 4].flatMap((n) => [plain.slice(n), plain.slice(0, -n)])
  return [...cores, ...shorter].some((core) => COMMON_PASSWORDS.has(core)) || isWorn(plain) || cores.some(isWornWord)
}

/** Without digits and signs at its ends. */
const trimmed = (text: string): string => text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')

/** Few characters over and over, or rows of the keyboard. */
const isWorn = (plain: string): boolean => {
  if (new Set(plain).size < 4) return true
  if (/^(.{1,6})\1+.{0,2}$/u.test(plain)) return true
  return fromRows(plain)
}

/** Made of pieces of rows, four keys or more each; two signs may stand beside them. */
const fromRows = (plain: string): boolean => {
  let rest = [...plain]
  let loose = 0
  while (rest.length > 0) {
    const taken = longestPiece(rest)
    if (taken < 4) loose += 1
    rest = rest.slice(taken < 4 ? 1 : taken)
    if (loose > 2) return false
  }
  return true
}

const longestPiece = (rest: readonly string[]): number => {
  for (let n = rest.length; n >= 4; n--) if (ROWS.some((row) => row.includes(rest.slice(0, n).join('')))) return n
  return 0
}

/** One common word or the same one twice; two common words in a row are no better. Three may be a sentence. */
const isWornWord = (core: string): boolean => {
  if (COMMON_WORDS.has(core)) return true
  for (let n = 3; n <= core.length - 3; n++) if (COMMON_WORDS.has(core.slice(0, n)) && COMMON_WORDS.has(core.slice(n))) return true
  return false
}
