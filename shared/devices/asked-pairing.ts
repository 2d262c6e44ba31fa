/** A device that has asked with a code and waits to be let in: nothing is issued before somebody who sees its number says so. */
import { bytesToHex, utf8 } from '../kernel/bytes.ts'
import type { DeviceId } from '../kernel/ids.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import { sha256 } from '../kernel/sha256.ts'
import { millis, type Millis } from '../kernel/time.ts'
import { MAX_WRONG_TRIES, tryCode, type Asked, type PairingCode, type PairRefused } from './pairing.ts'
import { codeHash, type CodeText } from './pairing-code.ts'

/** However late a device asked: so long somebody has to compare the numbers. */
export const CONFIRM_MS = 3 * 60_000
/** Characters of the answer that only the hub's console shows. */
export const CONSOLE_KEY_LENGTH = 4

/** A device asks. `instead`: hash of the ticket that it gives up for this one, after its page began anew. */
export type Asking = Omit<Asked, 'at' | 'wrongKeys' | 'by' | 'state'> & { readonly code: CodeText; readonly instead: string | null; readonly now: Millis }

/** `CodeTaken`: another device waits with it right now. */
export type AskRefused = PairRefused | { readonly type: 'CodeTaken' }
/** `Unknown`: no such ticket, or no longer. */
export type WaitRefused = { readonly type: 'Unknown' | 'CodeExpired' | 'Refused' }
/** Nothing of that number waits any more. */
export type NothingWaits = { readonly type: 'NothingWaits' }

/** What a step means, and the code afterwards; `next` is null when the code is gone. */
export type Step<T, E> = { readonly result: Result<T, E>; readonly next: PairingCode | null }

/** What a waiting device learns: how long it may still wait, or that it may be issued, as `dev` if it was before. */
export type Collected = { readonly type: 'waiting'; readonly leftMs: number } | { readonly type: 'in'; readonly code: PairingCode; readonly asked: Asked }

export const ticketHash = (ticket: string): string => bytesToHex(sha256(utf8(`pairing ticket ${ticket}`)))
export const consoleKeyHash = (key: string): string => bytesToHex(sha256(utf8(`pairing answer ${key}`)))

/**
 * One device asks with a code. From then on the code is its alone, and lives long enough to compare the numbers.
 * Errors  those of `tryCode`; CodeTaken only for the right code.
 */
export const askWithCode = (open: PairingCode | null, asking: Asking): Step<PairingCode, AskRefused> => {
  const taken = open?.asked
  if (!open || !taken || open.hash !== codeHash(asking.code)) {
    const tried = tryCode(open, asking)
    return tried.result.ok && tried.next ? waitWith(tried.next, asking) : { result: tried.result, next: tried.next }
  }
  if (asking.now >= open.expiresAt) return { result: err({ type: 'CodeExpired' }), next: null }
  if (taken.state.type !== 'waiting') return { result: err({ type: 'CodeUsed' }), next: open }
  // Nobody is there to refuse whoever asked first: after a while the code of the console is free again.
  if (asking.now >= waitEnd(open, taken)) return waitWith(open, asking)
  return taken.ticketHash === asking.instead && taken.role === asking.role ? waitWith(open, asking) : { result: err({ type: 'CodeTaken' }), next: open }
}

/** Somebody has compared the numbers. `number`: what they saw, so that nobody confirms one that was exchanged meanwhile. */
export const decideAsked = (open: PairingCode | null, decided: { readonly number: string; readonly letIn: boolean; readonly by: string; readonly now: Millis }): Step<Asked, NothingWaits> => {
  const asked = open?.asked
  if (!open || !asked || asked.state.type !== 'waiting' || asked.number !== decided.number || decided.now >= waitEnd(open, asked)) return { result: err({ type: 'NothingWaits' }), next: open }
  return { result: ok(asked), next: { ...open, asked: { ...asked, by: decided.by, state: { type: decided.letIn ? 'confirmed' : 'refused' } } } }
}

/**
 * The device tells what only the console shows.
 * Errors  Refused at the fifth wrong answer, which ends the code too.
 */
export const answerFromConsole = (open: PairingCode | null, told: { readonly ticketHash: string; readonly keyHash: string; readonly now: Millis }): Step<Asked, WaitRefused | { readonly type: 'KeyWrong' }> => {
  const asked = open?.asked
  if (!open || !asked || asked.ticketHash !== told.ticketHash) return { result: err({ type: 'Unknown' }), next: open }
  if (told.now >= waitEnd(open, asked)) return { result: err({ type: 'CodeExpired' }), next: open }
  if (asked.state.type === 'refused' || asked.keyHash === null) return { result: err({ type: 'Refused' }), next: open }
  if (asked.state.type !== 'waiting') return { result: ok(asked), next: open }
  if (asked.keyHash === told.keyHash) return { result: ok(asked), next: { ...open, asked: { ...asked, by: 'console', state: { type: 'confirmed' } } } }
  const wrongKeys = asked.wrongKeys + 1
  const isOver = wrongKeys >= MAX_WRONG_TRIES
  return { result: err({ type: isOver ? 'Refused' : 'KeyWrong' }), next: { ...open, asked: { ...asked, wrongKeys, state: { type: isOver ? 'refused' : 'waiting' } } } }
}

/** The device asks what became of it. Who was let in may ask as often as the answer gets lost. */
export const collect = (open: PairingCode | null, by: { readonly ticketHash: string; readonly now: Millis }): Result<Collected, WaitRefused> => {
  const asked = open?.asked
  if (!open || !asked || asked.ticketHash !== by.ticketHash) return err({ type: 'Unknown' })
  if (asked.state.type === 'refused') return err({ type: 'Refused' })
  const end = asked.state.type === 'waiting' ? waitEnd(open, asked) : open.expiresAt
  if (by.now >= end) return err({ type: 'CodeExpired' })
  return asked.state.type === 'waiting' ? ok({ type: 'waiting', leftMs: end - by.now }) : ok({ type: 'in', code: open, asked })
}

/** The code after its device was issued. */
export const issuedAs = (code: PairingCode, asked: Asked, dev: DeviceId): PairingCode => ({ ...code, asked: { ...asked, state: { type: 'issued', dev } } })

/** Until when somebody may compare: a manager as long as the code lives, whoever reads the console a few minutes. */
export const waitEnd = ({ confirm, expiresAt }: Pick<PairingCode, 'confirm' | 'expiresAt'>, { at }: Pick<Asked, 'at'>): Millis => (confirm === 'console' ? millis(Math.min(expiresAt, at + CONFIRM_MS)) : expiresAt)

const waitWith = (code: PairingCode, { ticketHash: ticket, number, pub, role, name, keyHash, now }: Asking): Step<PairingCode, AskRefused> => {
  const asked: Asked = { ticketHash: ticket, number, pub, role, name, keyHash, at: now, wrongKeys: code.asked?.wrongKeys ?? 0, by: null, state: { type: 'waiting' } }
  const next = { ...code, asked, expiresAt: millis(Math.max(code.expiresAt, now + CONFIRM_MS)) }
  return { result: ok(next), next }
}
