/** A device asks with a code, waits until somebody has compared its number, and becomes one of the store's. */
import type { AuditBook } from '#hub/ports/audit.ts'
import type { Clock } from '#hub/ports/clock.ts'
import type { DeviceStore, PairingCodeStore } from '#hub/ports/devices.ts'
import type { HintSender } from '#hub/ports/hints.ts'
import type { HubKeys } from '#hub/ports/hub-keys.ts'
import type { Log } from '#hub/ports/log.ts'
import type { Random } from '#hub/ports/random.ts'
import type { Transactions } from '#hub/ports/transaction.ts'
import { answerFromConsole, askWithCode, collect, CONSOLE_KEY_LENGTH, consoleKeyHash, issuedAs, ticketHash, waitEnd, type AskRefused, type WaitRefused } from '#shared/devices/asked-pairing.ts'
import { tryCode, type Asked, type PairingCode } from '#shared/devices/pairing.ts'
import { codeFromBytes, codeSelector, CODE_BYTES, parseCode, type CodeText } from '#shared/devices/pairing-code.ts'
import { formatNumber, pairingNumber } from '#shared/devices/pairing-number.ts'
import { base64UrlToBytes, bytesToBase64Url, bytesToHex, utf8 } from '#shared/kernel/bytes.ts'
import type { DeviceId } from '#shared/kernel/ids.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import { sha256 } from '#shared/kernel/sha256.ts'
import type { PairAnswerRequest, PairPatience, PairReply, PairRequest, PairWaiting, PairWaitRequest } from '#shared/protocol/pairing.ts'
import type { Publisher } from '#shared/sync/release-signature.ts'

export type PairParts = {
  readonly transactions: Transactions
  readonly devices: DeviceStore
  readonly codes: PairingCodeStore
  readonly keys: HubKeys
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  readonly audit: AuditBook
  readonly hints: Pick<HintSender, 'devices'>
  /** Says something to the person who sits at the hub. */
  tell(line: string): void
  /** Where a device of this role stands if the code does not say. */
  defaultTouchpoint(role: PairRequest['role']): string | null
  storeName(): string
  publisher(): Publisher
  /** A device was let in that has a profile: the next release holds it. */
  profiled(): void
}

export type PairDeviceError = AskRefused | { readonly type: 'BadKey' }
/** `in`: the device is one of the store's · `waiting`: somebody has to compare its number first. */
export type PairOutcome = { readonly type: 'in'; readonly reply: PairReply } | { readonly type: 'waiting'; readonly reply: PairWaiting }
export type WaitOutcome = { readonly type: 'in'; readonly reply: PairReply } | { readonly type: 'waiting'; readonly reply: PairPatience }

/** Errors  those of the pairing rules; BadKey for a public key that is no P-256 point. */
export const pairDevice =
  (parts: PairParts) =>
  (request: PairRequest): Result<PairOutcome, PairDeviceError> => {
    const pub = base64UrlToBytes(request.pub)
    if (!pub.ok || pub.value.length !== 65) return err({ type: 'BadKey' })
    const code = parseCode(request.code)
    if (!code.ok) return err({ type: 'CodeWrong' })
    const number = pairingNumber(pub.value, code.value)
    const ticket = `${codeSelector(code.value)}${bytesToBase64Url(parts.random.bytes(32))}`
    return parts.transactions.run((tx): Result<PairOutcome, PairDeviceError> => {
      const open = parts.codes.find(codeSelector(code.value))
      const isForAll = open?.confirm === 'nobody'
      const paired = isForAll ? pairAtOnce(parts, request, code.value, { open, ticket, number }) : askToPair(parts, request, code.value, { open, ticket, number })
      if (paired.ok) tx.afterCommit(() => parts.hints.devices())
      return paired
    })
  }

/**
 * What became of the device that waits.
 * Errors  Unknown for every other ticket; Refused if whoever compared the numbers said no.
 */
export const awaitPairing =
  (parts: PairParts) =>
  ({ ticket }: PairWaitRequest): Result<WaitOutcome, WaitRefused> =>
    parts.transactions.run(() => collectOrWait(parts, ticket))

/** As `awaitPairing`, with what only the console shows. Errors  KeyWrong for anything else, four times; then Refused. */
export const answerPairing =
  (parts: PairParts) =>
  ({ ticket, key }: PairAnswerRequest): Result<WaitOutcome, WaitRefused | { readonly type: 'KeyWrong' }> =>
    parts.transactions.run(() => {
      const open = parts.codes.find(ticket.slice(0, 2))
      const typed = key.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1')
      const answered = answerFromConsole(open, { ticketHash: ticketHash(ticket), keyHash: consoleKeyHash(typed), now: parts.clock.now() })
      if (answered.next) parts.codes.save(answered.next)
      if (open?.asked?.state.type === 'waiting' && answered.next?.asked?.state.type === 'refused') parts.tell('Five wrong answers: the code above is used up. Start the hub again for a new one.')
      return answered.result.ok ? collectOrWait(parts, ticket) : answered.result
    })

export const tokenHash = (token: string): string => bytesToHex(sha256(utf8(`device token ${token}`)))

type Try = { readonly open: PairingCode | null; readonly ticket: string; readonly number: string }

/** Keeps what a try made of the code. */
const keepCode = ({ codes }: PairParts, code: CodeText, open: PairingCode | null, next: PairingCode | null): void => {
  if (next) codes.save(next)
  else if (open) codes.remove(codeSelector(code))
}

/** Nobody is asked: the demo on a machine that nobody else can reach. */
const pairAtOnce = (parts: PairParts, request: PairRequest, code: CodeText, { open, ticket, number }: Try): Result<PairOutcome, PairDeviceError> => {
  const tried = tryCode(open, { code, role: request.role, now: parts.clock.now() })
  keepCode(parts, code, open, tried.next)
  if (!tried.result.ok) return tried.result
  const dev = newDevice(parts, tried.result.value, { ...request, by: 'console' }, ticket)
  parts.tell(`A ${request.role} was paired with the code above. It showed the number ${formatNumber(number)}.`)
  return ok({ type: 'in', reply: replyTo(parts, dev, ticket) })
}

const askToPair = (parts: PairParts, request: PairRequest, code: CodeText, { open, ticket, number }: Try): Result<PairOutcome, PairDeviceError> => {
  const key = open?.confirm === 'console' ? codeFromBytes(parts.random.bytes(CODE_BYTES)).slice(0, CONSOLE_KEY_LENGTH) : null
  const { pub, role, name, instead } = request
  const now = parts.clock.now()
  const asked = askWithCode(open, { code, role, name, pub, number, ticketHash: ticketHash(ticket), keyHash: key && consoleKeyHash(key), instead: instead === undefined ? null : ticketHash(instead), now })
  keepCode(parts, code, open, asked.next)
  if (!asked.result.ok) return asked.result
  parts.log.info('a device asks to be paired', { role })
  if (key) parts.tell(`A ${role} asks with the code above. If it shows the number ${formatNumber(number)}, enter there within three minutes: ${key}`)
  return ok({ type: 'waiting', reply: { ticket, leftMs: waitEnd(asked.result.value, { at: now }) - now, confirm: key ? 'console' : 'manager' } })
}

const collectOrWait = (parts: PairParts, ticket: string): Result<WaitOutcome, WaitRefused> => {
  const collected = collect(parts.codes.find(ticket.slice(0, 2)), { ticketHash: ticketHash(ticket), now: parts.clock.now() })
  if (!collected.ok) return collected
  if (collected.value.type === 'waiting') return ok({ type: 'waiting', reply: { leftMs: collected.value.leftMs } })
  const { code, asked } = collected.value
  const dev = asked.state.type === 'issued' ? asked.state.dev : issue(parts, code, asked, ticket)
  return ok({ type: 'in', reply: replyTo(parts, dev, ticket) })
}

const issue = (parts: PairParts, code: PairingCode, asked: Asked, ticket: string): DeviceId => {
  const dev = newDevice(parts, code, asked, ticket)
  parts.codes.save(issuedAs(code, asked, dev))
  return dev
}

/** Made of the ticket, which only the device and its hub ever held: an answer that got lost is given again, also by a hub that was started anew. */
const tokenOf = (ticket: string, dev: DeviceId): string => bytesToBase64Url(sha256(utf8(`token of ticket ${ticket} for ${dev}`)))

const newDevice = (parts: PairParts, terms: PairingCode, { pub, role, name, by }: Pick<Asked, 'pub' | 'role' | 'name' | 'by'>, ticket: string): DeviceId => {
  const { devices, random, clock, transactions, log, audit, hints, profiled } = parts
  const raw = base64UrlToBytes(pub)
  const dev = bytesToHex(random.bytes(16)) as DeviceId
  const touchpoint = terms.touchpoint ?? parts.defaultTouchpoint(role)
  const keyId = raw.ok ? bytesToHex(sha256(raw.value).subarray(0, 4)) : ''
  transactions.run((tx) => {
    devices.add({ dev, name: terms.name ?? name, role, touchpoint, pub, keyId, tokenHash: tokenHash(tokenOf(ticket, dev)), pairedAt: clock.now(), revokedAt: null })
    if (terms.profile) devices.saveProfile(dev, terms.profile, clock.now())
    audit.record({ who: by ?? 'hub', what: 'device.paired', device: dev, object: dev })
    tx.afterCommit(() => {
      log.info('device paired', { dev, role })
      if (terms.profile) profiled()
      hints.devices()
    })
  })
  return dev
}

const replyTo = (parts: PairParts, dev: DeviceId, ticket: string): PairReply => {
  const device = parts.devices.find(dev)
  if (!device) throw new Error('a device that was let in is not there')
  const { role, name, touchpoint } = device
  return { dev, role, name, touchpoint, store: parts.storeName(), token: tokenOf(ticket, dev), hubKey: parts.keys.publicKey, publisher: parts.publisher() }
}
