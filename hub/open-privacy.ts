/** Puts together what watches over privacy: the audit log, what is kept for how long, exports. */
import { setImmediate } from 'node:timers/promises'
import { ok } from '#shared/kernel/result.ts'
import type { PrivacyCalls } from '#shared/protocol/privacy.ts'
import type { AnswerParts } from './answer-parts.ts'
import type { Caller } from './ports/caller.ts'
import type { Timer } from './ports/timer.ts'
import type { CallHandlers } from './transport/socket/handlers.ts'
import { exportFeedback } from './use-cases/feedback/export-feedback.ts'
import { keepRetention } from './use-cases/privacy/keep-retention.ts'
import { readAuditLog } from './use-cases/privacy/read-audit.ts'
import { readPrivacy } from './use-cases/privacy/read-privacy.ts'
import { watchAudit } from './use-cases/privacy/watch-audit.ts'

export type Privacy = {
  readonly calls: Pick<CallHandlers, keyof PrivacyCalls>
  /** Lets go of what has had its time, before anybody is answered: a copy that was put back may hold it. */
  letGo(): Promise<unknown>
  /** Once the hub listens. */
  begin(): void
  stop(): Promise<void>
}

export const openPrivacy = ({ data, clock, log }: AnswerParts, timer: Timer, nameOf: (person: string) => string | null): Privacy => {
  const common = { ...data, clock, log, pause: () => setImmediate() }
  const watch = watchAudit(common, timer)
  const retention = keepRetention(common, timer)
  const tokenName = (id: string): string | null => data.tokens.list(clock.now()).find((token) => token.id === id)?.name ?? null
  const list = readAuditLog({ ...common, watch, nameOf: (id) => nameOf(id) ?? tokenName(id) })
  const read = readPrivacy(common)
  const exported = exportFeedback(common)
  const record = (caller: Caller, word: { readonly what: 'policy.changed' | 'feedback.exported'; readonly object: string; readonly count?: number }): void =>
    data.audit.record({ who: whoOf(caller), device: caller.dev, ...word })
  return {
    calls: {
      'audit.list': async (request) => ok(await list(request)),
      'privacy.read': () => ok(read()),
      'privacy.set': (request, caller) =>
        data.transactions.run(() => {
          data.retention.choose(request)
          record(caller, { what: 'policy.changed', object: 'privacy' })
          return ok({ set: true } as const)
        }),
      'feedback.export': (request, caller) =>
        data.transactions.run(() => {
          const file = exported(request)
          record(caller, { what: 'feedback.exported', object: request.kind, count: file.rows })
          return ok(file)
        }),
    },
    letGo: retention.run,
    begin: () => {
      void retention.run()
      void watch.verify()
    },
    stop: async () => {
      await retention.stop()
      await watch.stop()
    },
  }
}

const whoOf = (caller: Caller): string => caller.person?.id ?? 'unknown'
