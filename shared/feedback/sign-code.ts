/** What a printed sign says to a phone: where it hangs, and that the store made it. It stands behind the # of the address, which no browser sends to anybody by itself. */
import { err, ok, type Result } from '../kernel/result.ts'
import { parseReceiptCode, receiptFromBytes } from './receipt-code.ts'

/** `code`: ten characters of chance and one that checks them, as on a receipt; whoever has it may answer here, until the store revokes it. */
export type SignName = { readonly touchpoint: string; readonly serial: number; readonly code: string }
export type NotASign = { readonly type: 'NotASign' }

/** A code that nobody guesses: with 1,000 signs in force one try in a million million hits one. */
export const signCode = (random: Uint8Array): string => receiptFromBytes(random)

/** `exit.2.7K3Q9XMA2PE` */
export const signFragment = ({ touchpoint, serial, code }: SignName): string => `${touchpoint}.${serial}.${code}`

export const signUrl = (protocol: string, host: string, sign: SignName): string => `${protocol}//${host}/f#${signFragment(sign)}`

const FRAGMENT = /^([\w.:/-]{1,60})\.(\d{1,6})\.([^.]{11,20})$/

/** Errors  NotASign for whatever is no sign or has a character wrong; nobody need be asked. */
export const parseSign = (fragment: string): Result<SignName, NotASign> => {
  const parts = FRAGMENT.exec(fragment)
  const code = parts ? parseReceiptCode(parts[3]!) : null
  return parts && code?.ok ? ok({ touchpoint: parts[1]!, serial: Number(parts[2]), code: code.value }) : err({ type: 'NotASign' })
}

/** Most answers of one phone on their way at a time: a survey has fewer. */
export const MAX_PHONE_ANSWERS = 40
/** What waited longer on a phone is said as if it had been just so long ago. */
export const MAX_AGO_MS = 86_400_000
