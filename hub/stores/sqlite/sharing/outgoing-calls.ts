/** Receivers and what waits for them, in SQLite. */
import type { DatabaseSync } from 'node:sqlite'
import type { Clock } from '#hub/ports/clock.ts'
import type { OutgoingCalls, Receiver, ReceiverStanding, WaitingCall } from '#hub/ports/outgoing-events.ts'
import type { Random } from '#hub/ports/random.ts'
import { bytesToHex } from '#shared/kernel/bytes.ts'
import type { Json } from '#shared/kernel/json.ts'
import type { Millis } from '#shared/kernel/time.ts'
import type { DeliveryView, ToldEvent } from '#shared/protocol/sharing.ts'
import { allRows, oneRow } from '../database/rows.ts'

type ReceiverRow = {
  readonly id: string
  readonly name: string
  readonly url: string
  readonly events: string
  readonly words: 0 | 1
  readonly secret: string
  readonly old_secret: string | null
  readonly old_until: Millis | null
  readonly made_at: Millis
  readonly feedback_place: number
}
type CallRow = { readonly id: string; readonly receiver: string; readonly event: ToldEvent; readonly data: string; readonly made_at: Millis; readonly tries: number }
type LogRow = { readonly id: string; readonly event: ToldEvent; readonly state: DeliveryView['state']; readonly made_at: number; readonly tries: number; readonly last_at: number | null; readonly next_at: number | null; readonly why: string | null }
type StandingRow = { readonly waiting: number; readonly given_up: number; readonly taken_at: Millis | null }

const RECEIVER = 'id, name, url, events, words, secret, old_secret, old_until, made_at, feedback_place'
/** For one receiver at a time; beyond that the oldest is given up and told as such. Answers wait where they are kept and take no room here. */
const MAX_WAITING = 1000

export const sqliteOutgoingCalls = (sql: DatabaseSync, clock: Clock, random: Random): OutgoingCalls => ({ ...receivers(sql), ...calls(sql, clock, random) })

const receivers = (sql: DatabaseSync): Pick<OutgoingCalls, 'add' | 'find' | 'list' | 'standing' | 'rotate' | 'end'> => {
  const add = sql.prepare(`INSERT INTO receiver (${RECEIVER}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const find = sql.prepare(`SELECT ${RECEIVER} FROM receiver WHERE id = ?`)
  const list = sql.prepare(`SELECT ${RECEIVER} FROM receiver ORDER BY made_at, id`)
  const standing = sql.prepare(`SELECT coalesce(sum(state = 'waiting'), 0) AS waiting, coalesce(sum(state = 'given-up'), 0) AS given_up, max(CASE state WHEN 'taken' THEN last_at END) AS taken_at FROM outgoing_call WHERE receiver = ?`)
  const rotate = sql.prepare('UPDATE receiver SET old_secret = secret, old_until = ?, secret = ? WHERE id = ?')
  const end = sql.prepare('DELETE FROM receiver WHERE id = ?')
  const drop = sql.prepare('DELETE FROM outgoing_call WHERE receiver = ?')
  return {
    add: (r) => void add.run(r.id, r.name, r.url, r.events.join(' '), r.words ? 1 : 0, r.secret, r.oldSecret, r.oldUntil, r.madeAt, r.feedbackPlace),
    find: (id) => {
      const row = oneRow<ReceiverRow>(find, id)
      return row && toReceiver(row)
    },
    list: () => allRows<ReceiverRow>(list).map(toReceiver),
    standing: (id): ReceiverStanding => {
      const { waiting, given_up: givenUp, taken_at: lastTakenAt } = oneRow<StandingRow>(standing, id)!
      return { waiting, givenUp, lastTakenAt }
    },
    rotate: (id, secret, oldUntil) => void rotate.run(oldUntil, secret, id),
    end: (id) => {
      drop.run(id)
      return end.run(id).changes === 1
    },
  }
}

const calls = (sql: DatabaseSync, clock: Clock, random: Random): Omit<OutgoingCalls, 'add' | 'find' | 'list' | 'standing' | 'rotate' | 'end'> => {
  const wanting = sql.prepare(`SELECT id FROM receiver WHERE ' ' || events || ' ' LIKE '% ' || ? || ' %'`)
  const queue = sql.prepare(`INSERT INTO outgoing_call (id, receiver, event, data, state, made_at, tries, next_at) VALUES (?, ?, ?, ?, 'waiting', ?, 0, ?)`)
  const tooMany = sql.prepare(`UPDATE outgoing_call SET state = 'given-up', next_at = NULL, why = 'too many waited' WHERE state = 'waiting' AND receiver = ?1
    AND n <= (SELECT n FROM outgoing_call WHERE state = 'waiting' AND receiver = ?1 ORDER BY n DESC LIMIT 1 OFFSET ?2)`)
  const move = sql.prepare('UPDATE receiver SET feedback_place = ? WHERE id = ?')
  const due = sql.prepare(`SELECT id, receiver, event, data, made_at, tries FROM outgoing_call
    WHERE state = 'waiting' AND receiver = ? AND next_at <= ? ORDER BY n LIMIT 1`)
  const hurry = sql.prepare(`UPDATE outgoing_call SET next_at = ?1 WHERE state = 'waiting' AND receiver = ?2 AND next_at > ?1`)
  const taken = sql.prepare(`UPDATE outgoing_call SET state = 'taken', tries = tries + 1, last_at = ?, next_at = NULL, why = NULL WHERE id = ?`)
  const drop = sql.prepare('DELETE FROM outgoing_call WHERE id = ?')
  const failed = sql.prepare(`UPDATE outgoing_call SET state = CASE WHEN ?1 IS NULL THEN 'given-up' ELSE 'waiting' END, tries = tries + 1, last_at = ?2, next_at = ?1, why = ?3 WHERE id = ?4 AND state = 'waiting'`)
  const log = sql.prepare('SELECT id, event, state, made_at, tries, last_at, next_at, why FROM outgoing_call WHERE receiver = ? ORDER BY n DESC LIMIT ?')
  const again = sql.prepare(`UPDATE outgoing_call SET state = 'waiting', tries = 0, next_at = ?, why = NULL WHERE id = ?`)
  const forget = sql.prepare(`DELETE FROM outgoing_call WHERE state <> 'waiting' AND made_at < ?`)
  const put = (receiver: string, event: ToldEvent, data: Json): void => {
    const now = clock.now()
    queue.run(`msg_${bytesToHex(random.bytes(16))}`, receiver, event, JSON.stringify(data), now, now)
    tooMany.run(receiver, MAX_WAITING)
  }
  return {
    tell: (event, data) => {
      for (const { id } of allRows<{ readonly id: string }>(wanting, event)) put(id, event, data)
    },
    queueFeedback: (receiver, data, place) => {
      put(receiver, 'feedback.received', data)
      move.run(place, receiver)
    },
    passFeedback: (receiver, place) => void move.run(place, receiver),
    due: (receiver, now) => {
      const row = oneRow<CallRow>(due, receiver, now)
      return row && toWaitingCall(row)
    },
    hurry: (receiver, now) => void hurry.run(now, receiver),
    taken: (id, at) => void taken.run(at, id),
    drop: (id) => void drop.run(id),
    failed: (id, at, why, nextAt) => void failed.run(nextAt, at, why.slice(0, 200), id),
    log: (receiver, limit) => allRows<LogRow>(log, receiver, limit).map(({ id, event, state, made_at, tries, last_at, next_at, why }): DeliveryView => ({ id, event, state, madeAt: made_at, tries, lastAt: last_at, nextAt: next_at, why })),
    again: (id, at) => again.run(at, id).changes === 1,
    forget: (before) => Number(forget.run(before).changes),
  }
}

const toWaitingCall = ({ id, receiver, event, data, made_at, tries }: CallRow): WaitingCall => ({ id, receiver, event, madeAt: made_at, tries, data: JSON.parse(data) as Json })

const toReceiver = ({ events, words, old_secret: oldSecret, old_until: oldUntil, made_at: madeAt, feedback_place: feedbackPlace, ...row }: ReceiverRow): Receiver => ({
  ...row,
  events: events.split(' ') as readonly string[] as readonly ToldEvent[],
  words: words === 1,
  oldSecret,
  oldUntil,
  madeAt,
  feedbackPlace,
})
