/** Alarms and cases for programs: what and where, by when and whether it is settled. No person, no words of customers. */
import type { CaseStore } from '#hub/ports/case-store.ts'
import { figuresOf, readAlarms, type ReadAlarmsParts } from '#hub/use-cases/acting/read-alarms.ts'
import { toldAlarm } from '#hub/use-cases/acting/tell-alarm.ts'
import { isOverdue } from '#shared/cx/case.ts'
import { millis } from '#shared/kernel/time.ts'
import { MAX_CASES, PAST_DAYS } from '#shared/protocol/acting.ts'
import { ApiAlarms, ApiCases, ApiNothing } from '#shared/protocol/api.ts'
import { apiRead, type ApiRoute } from './api-route.ts'

const DAY_MS = 86_400_000

export const actRoutes = (parts: ReadAlarmsParts & { readonly cases: CaseStore }): readonly ApiRoute[] => [
  apiRead({
    path: '/api/v1/alarms',
    scope: 'cases:read',
    summary: `Alarms: open ones, the worst first, then those closed in the last ${PAST_DAYS} days`,
    query: ApiNothing,
    reply: ApiAlarms,
    answer: () => {
      const { asOf, open, past } = readAlarms(parts)
      const alarms = [...open, ...past].flatMap((seen) => {
        const alarm = parts.alarms.alarm(seen.id)
        if (!alarm) return []
        const told = toldAlarm(parts.alarms, alarm)
        const { id, kind, place, since, raisedAt, closedAt, ending, n } = told
        return [{ id, kind, place, since, raisedAt, closedAt, ending, n, ...figuresOf(told) }]
      })
      return { body: { asOf, alarms }, tag: alarms }
    },
  }),
  apiRead({
    path: '/api/v1/cases',
    scope: 'cases:read',
    summary: `Cases of the last ${PAST_DAYS} days, the newest first`,
    query: ApiNothing,
    reply: ApiCases,
    answer: () => {
      const now = parts.clock.now()
      const cases = parts.cases
        .cases(millis(Math.max(0, now - PAST_DAYS * DAY_MS)))
        .slice(0, MAX_CASES)
        .map((one) => ({
          id: one.id,
          title: one.title,
          touchpoint: one.touchpoint,
          topic: one.topic,
          origin: one.origin.type,
          team: one.team,
          severity: one.severity,
          openedAt: one.openedAt,
          dueAt: one.dueAt,
          closedAt: one.closedAt,
          overdue: isOverdue(one, now),
          pattern: one.pattern,
        }))
      return { body: { asOf: now, cases }, tag: cases }
    },
  }),
]
