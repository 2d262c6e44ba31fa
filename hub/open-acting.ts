/** Puts together what notices changes and what is made of them: alarms, cases, improvements, the wall. */
import { setImmediate } from 'node:timers/promises'
import { ok } from '#shared/kernel/result.ts'
import type { ActingCalls } from '#shared/protocol/acting.ts'
import type { ToldData } from '#shared/protocol/told-calls.ts'
import type { AnswerParts } from './answer-parts.ts'
import type { HubData } from './open-data.ts'
import type { Caller } from './ports/caller.ts'
import type { CallHandlers } from './transport/socket/handlers.ts'
import { acceptAlarm } from './use-cases/acting/accept-alarm.ts'
import { feedbackContext } from './use-cases/feedback/feedback-context.ts'
import { advanceAnswer } from './use-cases/feedback/follow-receipt.ts'
import { changeCase, joinCases, openCase, setTeam, stepCase, type Actor, type KeepCasesParts } from './use-cases/acting/keep-cases.ts'
import { endImprovement, planImprovement, stopImprovement, tellImprovement, type KeepImprovementsParts } from './use-cases/acting/keep-improvements.ts'
import { privacyInForce } from './use-cases/privacy/keep-retention.ts'
import type { PublishReviewed } from './use-cases/releases/publish-reviewed.ts'
import { publishWall } from './use-cases/acting/publish-wall.ts'
import { readAlarms, readTodo, settingsOf } from './use-cases/acting/read-alarms.ts'
import { readCases, readOwnCases } from './use-cases/acting/read-cases.ts'
import { readImprovements, readNeed } from './use-cases/acting/read-improvements.ts'
import { keepNotice, type NoticeParts } from './use-cases/acting/keep-notice.ts'
import { toldAlarm } from './use-cases/acting/tell-alarm.ts'

export type Acting = {
  readonly calls: Pick<CallHandlers, keyof ActingCalls>
  /** Once the hub listens: looks at what came while it was away. */
  begin(): void
  stop(): Promise<void>
}

export const openActing = (answer: AnswerParts, publish: PublishReviewed): Acting => {
  const { data, clock, timer, sockets, log } = answer
  const { hints } = sockets
  const speaking = { ...data, clock, hints }
  const common = { ...data, clock, hints, log, publish, teamOnly: () => privacyInForce(data).teamOnly }
  const promising = () => ({ hours: settingsOf(data.cases.choices()).hours, timeZone: feedbackContext(data.documents).timeZone })
  const cases: KeepCasesParts = { ...common, promising, lookingInto: (response, { who, device }) => advanceAnswer(speaking, response, 'looking', { who, device }), tell: (type, { id, touchpoint, topic, team, severity, openedAt, dueAt, closedAt }) => data.outgoing.tell(type, { id, touchpoint, topic, team, severity, openedAt, dueAt, closedAt } satisfies ToldData['case.opened']) }
  const improvements: KeepImprovementsParts = { ...common, improvedFor: (response, { who, device }) => advanceAnswer(speaking, response, 'improved', { who, device }), tell: toldImprovement(data) }
  const notice = keepNotice({ ...common, promising, isOnline: sockets.isOnline, pause: () => setImmediate(), tell: tellAlarm(data) }, timer)
  return {
    begin: () => void notice.look(),
    stop: notice.stop,
    calls: {
      'alarms.read': () => ok(readAlarms(common)),
      'alarms.set': (request, caller) =>
        data.transactions.run((tx) => {
          data.cases.choose(request)
          data.audit.record({ ...by(caller), what: 'alarm.settings', object: null })
          tx.afterCommit(() => hints.acting())
          return ok({ set: true } as const)
        }),
      'alarms.accept': ({ id }, caller) => acceptAlarm(common, id, by(caller)),
      'cases.read': () => ok(readCases(common)),
      'cases.mine': (_request, caller) => ok(readOwnCases(common, by(caller).who)),
      'cases.todo': () => ok(readTodo(common)),
      'cases.open': (request, caller) => openCase(cases, request, by(caller)),
      'cases.change': (request, caller) => changeCase(cases, request, by(caller)),
      'cases.step': (request, caller) => stepCase(cases, request, by(caller)),
      'cases.team': (request, caller) => setTeam(cases, request, by(caller)),
      'cases.join': (request, caller) => joinCases(cases, request, by(caller)),
      'improvements.read': () => ok(readImprovements(common)),
      'improvements.need': (request) => ok(readNeed(common, request)),
      'improvements.plan': (request, caller) => planImprovement(improvements, request, by(caller)),
      'improvements.close': (request, caller) => endImprovement(improvements, request, by(caller)),
      'improvements.stop': (request, caller) => stopImprovement(improvements, request, by(caller)),
      'improvements.tell': (request, caller) => tellImprovement(improvements, request, by(caller)),
      'improvements.publish': (_request, caller) => publishWall(common, by(caller)),
    },
  }
}

/** Ids and figures alone. */
const tellAlarm =
  ({ outgoing, alarms }: Pick<HubData, 'outgoing' | 'alarms'>): NoticeParts['tell'] =>
  (type, alarm) =>
    outgoing.tell(type, toldAlarm(alarms, alarm) satisfies ToldData['alarm.opened'])

const toldImprovement =
  ({ outgoing }: Pick<HubData, 'outgoing'>): KeepImprovementsParts['tell'] =>
  ({ id, plan, result }) => {
    if (!result) return
    const { verdict, change, interval, before, after } = result
    outgoing.tell('improvement.closed', { id, touchpoint: plan.touchpoint, metric: plan.metric, verdict, change, low: interval.low, high: interval.high, n: before.n + after.n } satisfies ToldData['improvement.closed'])
  }

const by = ({ dev, person }: Caller): Actor => ({ who: person?.id ?? 'unknown', device: dev })
