/** A manager says that what stands out is how it is now: the place learns anew from there, and nothing is told of it until then. */
import type { AlarmStore } from '#hub/ports/alarm-store.ts'
import type { AuditBook } from '#hub/ports/audit.ts'
import type { Clock } from '#hub/ports/clock.ts'
import type { DocumentStore } from '#hub/ports/documents.ts'
import type { HintSender } from '#hub/ports/hints.ts'
import type { Transactions } from '#hub/ports/transaction.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import { localTime } from '#shared/kernel/time.ts'
import { feedbackContext } from '../feedback/feedback-context.ts'
import type { Actor } from './keep-cases.ts'
import { watchedKeys, WHOLE } from './watch-answers.ts'

export type AcceptParts = { readonly alarms: AlarmStore; readonly documents: DocumentStore; readonly clock: Clock; readonly transactions: Transactions; readonly audit: AuditBook; readonly hints: Pick<HintSender, 'acting'> }

/** Errors  not_found: there is no such open alarm, or none that a level could be accepted of. */
export const acceptAlarm = (parts: AcceptParts, id: number, { who, device }: Actor): Result<{ readonly set: true }, { readonly code: 'not_found' }> => {
  const { alarms, documents, clock, transactions, audit, hints } = parts
  const alarm = alarms.alarm(id)
  if (!alarm || alarm.closedAt !== null || (alarm.kind !== 'drop' && alarm.kind !== 'rise')) return err({ code: 'not_found' })
  const key = alarm.place === null ? WHOLE : watchedKeys(parts).find(({ place }) => place === alarm.place)
  if (!key) return err({ code: 'not_found' })
  return transactions.run((tx) => {
    alarms.beginAnew(key, localTime(alarm.since, feedbackContext(documents).timeZone).day)
    const now = clock.now()
    for (const one of alarms.alarms(now)) if (one.closedAt === null && one.place === alarm.place && (one.kind === 'drop' || one.kind === 'rise')) alarms.amend({ ...one, closedAt: now, ending: 'accepted' })
    audit.record({ who, what: 'alarm.accepted', device, object: `alarm/${id}` })
    tx.afterCommit(() => hints.acting())
    return ok({ set: true as const })
  })
}
