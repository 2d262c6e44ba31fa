/** What there is to do, for the first glance: the newest word of the hub, or the last one known with its age. */
import type { LastKnown } from './last-known.ts'
import type { Clock } from '../lib/state/clock.ts'
import type { Result } from '#shared/kernel/result.ts'
import type { TodoReply } from '#shared/protocol/acting.ts'
import type { CallError } from '#shared/protocol/calls.ts'

const LOOK_AGAIN_MS = 60_000
const KEY = 'todo'

export type TodoParts = {
  readonly ask: () => Promise<Result<TodoReply, CallError>>
  /** Tells whenever something of it has changed. */
  readonly onchange: (heard: () => void) => () => void
  readonly known: LastKnown
  readonly clock: Clock
}

export class TodoView {
  todo = $state.raw<TodoReply | null>(null)
  /** The last look brought no answer: what is shown is older. */
  stale = $state(false)
  readonly #parts: TodoParts

  constructor(parts: TodoParts) {
    this.#parts = parts
  }

  /** Follows the hub until the result is called. */
  start(): () => void {
    void this.#recall().then(() => this.look())
    const stopHearing = this.#parts.onchange(() => void this.look())
    const stopLooking = this.#parts.clock.every(LOOK_AGAIN_MS, () => void this.look())
    return () => {
      stopHearing()
      stopLooking()
    }
  }

  async look(): Promise<void> {
    const reply = await this.#parts.ask()
    this.stale = !reply.ok
    if (!reply.ok) return
    this.todo = reply.value
    await this.#parts.known.write(KEY, reply.value)
  }

  async #recall(): Promise<void> {
    const saved = await this.#parts.known.read<TodoReply>(KEY)
    if (saved && !this.todo) [this.todo, this.stale] = [saved.value, true]
  }
}

/** One thing to do. `href` names the page where it is done. */
export type Duty =
  | { readonly type: 'alarm'; readonly key: string; readonly alarm: TodoReply['alarms'][number]; readonly href: string }
  | { readonly type: 'alarms' | 'overdue' | 'today' | 'ready'; readonly key: string; readonly n: number; readonly href: string }
  | { readonly type: 'case'; readonly key: string; readonly title: string; readonly dueAt: number; readonly overdue: boolean; readonly href: string }

/** More than this nobody reads in ten seconds. */
export const MOST_DUTIES = 3

/** Order  what hurts shoppers now, what is late, what is due today, what has its numbers; the rest as a count. */
export const dutiesOf = ({ alarms, alarmsOpen, cases, improvements }: TodoReply): readonly Duty[] => {
  const [first] = alarms
  const duties: Duty[] = []
  if (first) duties.push({ type: 'alarm', key: `alarm ${first.id}`, alarm: first, href: '#alarms' })
  if (alarmsOpen > 1) duties.push({ type: 'alarms', key: 'alarms', n: alarmsOpen - 1, href: '#alarms' })
  if (cases.overdue > 0) duties.push({ type: 'overdue', key: 'overdue', n: cases.overdue, href: '#cases' })
  if (cases.dueToday > 0) duties.push({ type: 'today', key: 'today', n: cases.dueToday, href: '#cases' })
  if (improvements.ready > 0) duties.push({ type: 'ready', key: 'ready', n: improvements.ready, href: '#cases' })
  for (const { id, title, dueAt, overdue } of cases.next) duties.push({ type: 'case', key: `case ${id}`, title, dueAt, overdue, href: '#cases' })
  return duties.slice(0, MOST_DUTIES)
}
