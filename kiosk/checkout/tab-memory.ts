/** What this browser tab remembers, so that a reload keeps the basket: nothing outlives the tab, nothing is in the address or the history. */
import { digitsIn } from '#shared/handoff/decode-handoff.ts'

export type TabMemory = {
  /** Random name of this tab, 32 hex digits. */
  readonly session: string
  /** Digits of the code; null if the page was opened without one. */
  readonly digits: string | null
  /** The page's name for the order it will place, or has placed. */
  readonly orderId: string
  /** For a code that opens nothing: whoever types the address next begins afresh. */
  forgetCode(): void
}

/** Memory of the tab, with the code that just came in the address; a new code begins a new order. */
export const tabMemory = (fragment: string | null): TabMemory => {
  const incoming = fragment === null ? null : (digitsIn(fragment) ?? '')
  const digits = incoming ?? recall('digits')
  const session = recall('session') ?? randomHex()
  const orderId = (digits === recall('digits') ? recall('order') : null) ?? randomHex()
  keep('session', session)
  keep('order', orderId)
  if (digits !== null) keep('digits', digits)
  return { session, digits, orderId, forgetCode: () => drop('digits') }
}

const recall = (name: string): string | null => {
  try {
    return sessionStorage.getItem(name)
  } catch {
    return null // storage switched off: the page works until it is reloaded
  }
}

const keep = (name: string, value: string): void => {
  try {
    sessionStorage.setItem(name, value)
  } catch {
    // as above
  }
}

const drop = (name: string): void => {
  try {
    sessionStorage.removeItem(name)
  } catch {
    // as above
  }
}

const randomHex = (): string => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
