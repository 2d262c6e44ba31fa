/** A device swaps a code for its identity. */
import type { Clock } from '#hub/ports/clock.ts'
import type { DeviceStore, PairedDevice, PairingCodeStore } from '#hub/ports/devices.ts'
import type { HubKeys } from '#hub/ports/hub-keys.ts'
import type { Log } from '#hub/ports/log.ts'
import type { Random } from '#hub/ports/random.ts'
import type { Transactions } from '#hub/ports/transaction.ts'
import { tryCode, type PairingCode, type PairRefused } from '#shared/devices/pairing.ts'
import { codeSelector, parseCode } from '#shared/devices/pairing-code.ts'
import { base64UrlToBytes, bytesToBase64Url, bytesToHex, utf8 } from '#shared/kernel/bytes.ts'
import type { DeviceId } from '#shared/kernel/ids.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import { sha256 } from '#shared/kernel/sha256.ts'
import type { PairReply, PairRequest } from '#shared/protocol/pairing.ts'
import type { Publisher } from '#shared/sync/release-signature.ts'

export type PairParts = {
  readonly transactions: Transactions
  readonly devices: DeviceStore
  readonly codes: PairingCodeStore
  readonly keys: HubKeys
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  /** Where a device of this role stands if the code does not say. */
  defaultTouchpoint(role: PairRequest['role']): string | null
  storeName(): string
  publisher(): Publisher
}

export type PairDeviceError = PairRefused | { readonly type: 'BadKey' }

/** Errors  CodeWrong, CodeExpired and TooManyTries as the pairing rules say; BadKey for a public key that is no P-256 point. */
export const pairDevice =
  (parts: PairParts) =>
  (request: PairRequest): Result<PairReply, PairDeviceError> => {
    const pub = base64UrlToBytes(request.pub)
    if (!pub.ok || pub.value.length !== 65) return err({ type: 'BadKey' })
    const keyId = bytesToHex(sha256(pub.value).subarray(0, 4))
    return parts.transactions.run((tx) => {
      const terms = takeCode(parts, request)
      if (!terms.ok) return terms
      const token = bytesToBase64Url(parts.random.bytes(32))
      const device = newDevice(parts, request, terms.value, { keyId, tokenHash: tokenHash(token) })
      parts.devices.add(device)
      tx.afterCommit(() => parts.log.info('device paired', { dev: device.dev, role: device.role }))
      const { dev, role, name, touchpoint } = device
      return ok({ dev, role, name, touchpoint, store: parts.storeName(), token, hubKey: parts.keys.publicKey, publisher: parts.publisher() })
    })
  }

export const tokenHash = (token: string): string => bytesToHex(sha256(utf8(`device token ${token}`)))

const takeCode = (parts: PairParts, request: PairRequest): Result<PairingCode, PairRefused> => {
  const code = parseCode(request.code)
  if (!code.ok) return err({ type: 'CodeWrong' })
  const selector = codeSelector(code.value)
  const open = parts.codes.find(selector)
  const outcome = tryCode(open, { code: code.value, role: request.role, now: parts.clock.now() })
  if (outcome.next) parts.codes.save(outcome.next)
  else if (open) parts.codes.remove(selector)
  return outcome.result
}

const newDevice = (parts: PairParts, request: PairRequest, terms: PairingCode, key: Pick<PairedDevice, 'keyId' | 'tokenHash'>): PairedDevice => ({
  dev: bytesToHex(parts.random.bytes(16)) as DeviceId,
  name: terms.name ?? request.name,
  role: request.role,
  touchpoint: terms.touchpoint ?? parts.defaultTouchpoint(request.role),
  pub: request.pub,
  ...key,
  pairedAt: parts.clock.now(),
  revokedAt: null,
})
