/** Devices that wait with a number, and the manager's word on them. */
import type { Clock } from '#hub/ports/clock.ts'
import type { AuditBook } from '#hub/ports/audit.ts'
import type { PairingCodeStore } from '#hub/ports/devices.ts'
import type { HintSender } from '#hub/ports/hints.ts'
import type { Log } from '#hub/ports/log.ts'
import type { Transactions } from '#hub/ports/transaction.ts'
import { decideAsked, type NothingWaits } from '#shared/devices/asked-pairing.ts'
import type { DeviceId } from '#shared/kernel/ids.ts'
import { ok, type Result } from '#shared/kernel/result.ts'
import type { AskedDevice, PairingCalls } from '#shared/protocol/pairing-calls.ts'

export type DecideParts = {
  readonly transactions: Transactions
  readonly codes: PairingCodeStore
  readonly clock: Clock
  readonly log: Log
  readonly audit: AuditBook
  readonly hints: Pick<HintSender, 'devices'>
}

/** Those that a manager decides on; the console's are decided there. */
export const listAsked = ({ codes, clock }: Pick<DecideParts, 'codes' | 'clock'>) => (): readonly AskedDevice[] =>
  codes.asked().flatMap(({ selector, confirm, asked, name, expiresAt }) => {
    if (!asked || confirm !== 'manager' || expiresAt <= clock.now()) return []
    return [{ id: selector, number: asked.number, role: asked.role, name: name ?? asked.name, askedAt: asked.at, expiresAt }]
  })

/** Errors  NothingWaits also for what the console decides, and for a number that was exchanged meanwhile. */
export const decidePairing =
  (parts: DecideParts) =>
  ({ id, number, letIn }: PairingCalls['pairing.decide']['request'], by: { readonly who: string; readonly dev: DeviceId }): Result<{ readonly decided: true }, NothingWaits> =>
    parts.transactions.run((tx) => {
      const open = parts.codes.find(id)
      const decided = decideAsked(open?.confirm === 'manager' ? open : null, { number, letIn, by: by.who, now: parts.clock.now() })
      if (!decided.result.ok) return decided.result
      if (decided.next) parts.codes.save(decided.next)
      if (!letIn) parts.audit.record({ who: by.who, what: 'device.refused', device: by.dev, object: null })
      tx.afterCommit(() => {
        parts.log.info(letIn ? 'a waiting device is let in' : 'a waiting device was refused', { by: by.dev })
        parts.hints.devices()
      })
      return ok({ decided: true })
    })
