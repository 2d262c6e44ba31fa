/** Reads the chain of the audit log from end to end, at the start and every hour, and tells people when a row is not as it was written. */
import type { AuditLog } from '#hub/ports/audit.ts'
import type { Clock } from '#hub/ports/clock.ts'
import type { Log } from '#hub/ports/log.ts'
import type { Timer } from '#hub/ports/timer.ts'
import type { AuditReply } from '#shared/protocol/privacy.ts'

export type AuditWatchParts = { readonly audit: Pick<AuditLog, 'verify'>; readonly clock: Clock; readonly log: Log; pause(): Promise<unknown> }

export const VERIFY_EVERY_MS = 3_600_000

export type Verified = AuditReply['verified']

export type AuditWatch = {
  /** Reads it now. */
  verify(): Promise<NonNullable<Verified>>
  /** What the last reading found; null: none has ended yet. */
  verified(): Verified
  stop(): Promise<void>
}

export const watchAudit = (parts: AuditWatchParts, timer: Timer): AuditWatch => {
  let verified: Verified = null
  let running: Promise<NonNullable<Verified>> | null = null
  const read = async (): Promise<NonNullable<Verified>> => {
    const { rows, gaps, broken } = await parts.audit.verify(parts.pause)
    if (broken && verified?.broken?.n !== broken.n) parts.log.error('the audit log is not as it was written', { row: broken.n, why: broken.why })
    verified = { at: parts.clock.now(), rows, gaps, broken }
    return verified
  }
  const verify = (): Promise<NonNullable<Verified>> => (running ??= read().finally(() => (running = null)))
  const end = timer.every(VERIFY_EVERY_MS, () => void verify())
  return {
    verify,
    verified: () => verified,
    stop: async () => {
      end()
      await running
    },
  }
}
