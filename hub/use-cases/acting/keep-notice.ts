/** The duty of noticing: once a minute the hub looks at what has come, at devices that are silent, and at what is due. */
import type { Alarm } from '#hub/ports/alarm-store.ts'
import type { AuditBook } from '#hub/ports/audit.ts'
import type { CaseStore } from '#hub/ports/case-store.ts'
import type { HintSender } from '#hub/ports/hints.ts'
import type { Log } from '#hub/ports/log.ts'
import type { Timer } from '#hub/ports/timer.ts'
import type { Promising } from '#shared/cx/case.ts'
import { escalateCases } from './keep-cases.ts'
import { noticeFacts, type FactParts } from './notice-facts.ts'
import { publishWallInTime, type PublishWallParts } from './publish-wall.ts'
import { answerWatch, type WatchParts } from './watch-answers.ts'

export type NoticeParts = Omit<WatchParts, 'choices'> &
  FactParts &
  PublishWallParts & {
    readonly cases: CaseStore
    readonly audit: AuditBook
    readonly hints: Pick<HintSender, 'acting'>
    readonly log: Log
    readonly promising: () => Promising
    /** Tells other systems of an alarm that begins or is over, within a transaction. */
    readonly tell: (type: 'alarm.opened' | 'alarm.closed', alarm: Alarm) => void
  }

export const LOOK_MS = 60_000
/** Looking takes a hundredth of the hub's time at most: after a long look it rests. */
const REST_FACTOR = 100

export const keepNotice = (parts: NoticeParts, timer: Timer): { look(): Promise<void>; stop(): Promise<void> } => {
  const watch = answerWatch({ ...parts, choices: () => parts.cases.choices() })
  let running: Promise<void> | null = null
  let restUntil = 0
  const look = (): Promise<void> =>
    (running ??= lookOnce(parts, watch)
      .catch((error: unknown) => parts.log.error('what has come could not be looked at', { why: error instanceof Error ? error.message : String(error) }))
      .finally(() => (running = null)))
  const onTime = async (): Promise<void> => {
    const begun = parts.clock.now()
    if (begun < restUntil) return
    await look()
    restUntil = begun + REST_FACTOR * (parts.clock.now() - begun)
  }
  const end = timer.every(LOOK_MS, () => void onTime())
  return {
    look,
    stop: async () => {
      end()
      await running
    },
  }
}

const lookOnce = async (parts: NoticeParts, watch: () => Promise<void>): Promise<void> => {
  const before = openAlarms(parts)
  await watch()
  const overdue = parts.transactions.run((tx) => {
    noticeFacts(parts, parts.promising())
    const after = openAlarms(parts)
    const begun = [...after.values()].filter(({ id }) => !before.has(id))
    const over = [...before.values()].filter(({ id }) => !after.has(id))
    for (const alarm of begun) parts.tell('alarm.opened', alarm)
    for (const { id } of over) parts.tell('alarm.closed', parts.alarms.alarm(id)!)
    const escalated = escalateCases(parts)
    if (begun.length + over.length + escalated > 0) tx.afterCommit(() => parts.hints.acting())
    return escalated
  })
  if (overdue > 0) parts.log.warn('cases are overdue', { n: overdue })
  publishWallInTime(parts)
}

const openAlarms = ({ alarms, clock }: NoticeParts): ReadonlyMap<number, Alarm> => new Map(alarms.alarms(clock.now()).filter(({ closedAt }) => closedAt === null).map((alarm) => [alarm.id, alarm]))
