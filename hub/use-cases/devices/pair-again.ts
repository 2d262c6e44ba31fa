/** A device that has lost its storage gets its own key back, which it had sealed to this hub. */
import { safeParse } from 'valibot'
import type { Log } from '#hub/ports/log.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import { KeptKey, type PairAgainReply, type PairAgainRequest } from '#shared/protocol/pairing.ts'
import { tokenHash, type PairParts } from './pair-device.ts'

export type PairAgainParts = Pick<PairParts, 'devices' | 'keys' | 'storeName' | 'publisher'> & {
  readonly log: Log
  isOnline(dev: PairAgainRequest['dev']): boolean
}

/** `InUse`: the hub speaks with that device right now, so whoever asks is another one, or too early. */
export type PairAgainError = { readonly type: 'Unknown' | 'InUse' }

/** Errors  Unknown for everything that is not this very device's, without saying what. */
export const pairAgain =
  ({ devices, keys, log, isOnline, storeName, publisher }: PairAgainParts) =>
  ({ dev, token, kept }: PairAgainRequest): Result<PairAgainReply, PairAgainError> => {
    const device = devices.find(dev)
    if (!device || device.revokedAt !== null || device.tokenHash !== tokenHash(token)) return err({ type: 'Unknown' })
    const opened = safeParse(KeptKey, keys.open(kept))
    if (!opened.success || opened.output.dev !== dev) return err({ type: 'Unknown' })
    if (isOnline(dev)) return err({ type: 'InUse' })
    log.warn('a device came back without its storage', { dev })
    const { role, name, touchpoint, pub } = device
    return ok({ dev, role, name, touchpoint, pub, store: storeName(), hubKey: keys.publicKey, publisher: publisher(), key: opened.output.key })
  }
