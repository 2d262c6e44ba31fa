/** The hub's own noticing over its own tables, with simulated traffic from fixed seeds. */
import { describe, expect, it } from 'vitest'
import type { Alarm } from '#hub/ports/alarm-store.ts'
import type { DocumentStore } from '#hub/ports/documents.ts'
import { sqliteAlarmStore } from '#hub/stores/sqlite/acting/alarm-store.ts'
import { sqliteFeedbackStore } from '#hub/stores/sqlite/feedback/feedback-store.ts'
import { openDatabase } from '#hub/stores/sqlite/database/open-database.ts'
import { sqliteTransactions } from '#hub/stores/sqlite/database/transactions.ts'
import { answerWatch } from '#hub/use-cases/acting/watch-answers.ts'
import { FALSE_ALARMS_PER_YEAR } from '#shared/insights/alarm/alarm-plan.ts'
import { LEAST_WEEKS } from '#shared/insights/alarm/usual-weeks.ts'
import { seededRandom } from '#shared/insights/statistics/seeded-random.ts'
import { addDays, localTime, millis, type Day, type Millis } from '#shared/kernel/time.ts'

const noDocuments = { head: () => null, current: () => null } as unknown as DocumentStore
const MONDAY = '2026-01-05' as Day
const HOUR_MS = 3_600_000
const WEEKS_BEFORE = 9

type Traffic = { readonly seed: number; readonly perDay: number; readonly places: number; /** Share of good ones more or less, in points. */ readonly points?: (place: number, day: number) => number }

const hub = () => {
  const opened = openDatabase(':memory:', millis(0))
  if (!opened.ok) throw new Error('no database')
  const sql = opened.value
  const feedback = sqliteFeedbackStore(sql)
  const alarms = sqliteAlarmStore(sql)
  let now = 0
  let id = 0
  const parts = { alarms, documents: noDocuments, retention: { sumsBefore: () => null }, transactions: sqliteTransactions(sql), choices: () => ({}), clock: { now: () => millis(now) }, pause: () => Promise.resolve() }
  let watch = answerWatch(parts)
  return {
    alarms,
    /** Good ones or not, as they were given. */
    give: (place: string, answers: readonly { readonly at: Millis; readonly good: boolean }[]): void =>
      feedback.putNew(answers.map(({ at, good }) => ({ id: `a${++id}`, response: `r${id}`, touchpoint: place, survey: 's', question: 'visit', kind: 'csat5', value: good ? 5 : 2, detail: false, at, receivedAt: at, dev: 'k', channel: 'kiosk', flags: [] }))),
    look: async (at: number): Promise<void> => {
      now = at
      await watch()
    },
    /** The process ends and begins again. */
    restart: (): void => {
      watch = answerWatch(parts)
    },
    all: (): readonly Alarm[] => alarms.alarms(millis(0)),
  }
}

/** Monday to Saturday from 8 to 20 in Berlin; afternoons and Saturdays are worse. */
const traffic = ({ seed, perDay, places, points = () => 0 }: Traffic) => {
  const random = Array.from({ length: places }, (_, place) => seededRandom(seed * 1000 + place))
  return (day: number): readonly (readonly { readonly at: Millis; readonly good: boolean }[])[] =>
    random.map((next, place) => {
      if (day % 7 === 6) return []
      const start = Date.parse(`${addDays(MONDAY, day)}T07:00:00Z`)
      return Array.from({ length: perDay }, (_, i) => {
        const hour = (12 * i) / perDay
        return { at: millis(start + Math.floor(hour * HOUR_MS) + place), good: next() < 0.8 - (hour >= 8 ? 0.06 : 0) - (day % 7 === 5 ? 0.04 : 0) + points(place, day) / 100 }
      })
    })
}

const names = ['kasse', 'eingang', 'theke']
const evening = (day: number): number => Date.parse(`${addDays(MONDAY, day)}T20:00:00Z`)

/** Days from first to last, looked at every evening. */
const run = async (store: ReturnType<typeof hub>, day: ReturnType<typeof traffic>, from: number, until: number): Promise<void> => {
  for (let at = from; at < until; at++) {
    for (const [place, answers] of day(at).entries()) store.give(names[place]!, answers)
    await store.look(evening(at))
  }
}

const PLANTED = WEEKS_BEFORE * 7 + 1

describe('a drop of ten points at one touchpoint with 800 answers a day', () => {
  it('is noticed within the day it began on in three stores, at that touchpoint', async () => {
    const found = await Promise.all(
      [1, 2, 3].map(async (seed) => {
        const store = hub()
        await run(store, traffic({ seed, perDay: 800, places: 1, points: (_, day) => (day >= PLANTED ? -10 : 0) }), 0, PLANTED + 1)
        const alarm = store.all().find(({ kind }) => kind === 'drop')
        return alarm !== undefined && localTime(alarm.raisedAt, 'Europe/Berlin').day === addDays(MONDAY, PLANTED) && alarm.place === 'kasse' && alarm.good / alarm.n < alarm.expected / alarm.n
      }),
    )
    expect(found).toEqual([true, true, true])
  })
  it('closes by itself once the level is back', async () => {
    const store = hub()
    await run(store, traffic({ seed: 1, perDay: 400, places: 1, points: (_, day) => (day >= PLANTED && day < PLANTED + 4 ? -15 : 0) }), 0, PLANTED + 14)
    expect(store.all().map(({ kind, ending }) => `${kind} ${ending}`)).toEqual(['drop back'])
  })
})

describe('a year of no change', () => {
  it('raises no more alarms than are put up with, at three touchpoints with 90 answers a day', async () => {
    const store = hub()
    const weeks = LEAST_WEEKS + 52
    await run(store, traffic({ seed: 11, perDay: 90, places: 3 }), 0, weeks * 7)
    expect(store.all().length).toBeLessThanOrEqual(FALSE_ALARMS_PER_YEAR)
  })
})

describe('a level that a manager has accepted', () => {
  it('stands out no more, is learnt anew for eight weeks, and is then what a later drop is held against', async () => {
    const store = hub()
    const changed = (_: number, day: number): number => (day < PLANTED ? 0 : day < PLANTED + 70 ? -15 : -30)
    const day = traffic({ seed: 5, perDay: 400, places: 1, points: changed })
    await run(store, day, 0, PLANTED + 5)
    const [alarm] = store.all()
    expect([alarm!.kind, alarm!.ending]).toEqual(['drop', null])
    store.alarms.beginAnew({ place: 'kasse', question: 'visit' }, addDays(MONDAY, PLANTED))
    store.alarms.amend({ ...alarm!, closedAt: alarm!.raisedAt, ending: 'accepted' })
    await run(store, day, PLANTED + 5, PLANTED + 70)
    expect(store.all().map(({ ending }) => ending)).toEqual(['accepted'])
    await run(store, day, PLANTED + 70, PLANTED + 74)
    expect(store.all().map(({ kind, ending }) => `${kind} ${ending}`)).toEqual(['drop null', 'drop accepted'])
  })
})

describe('answers that come late', () => {
  const dropped = traffic({ seed: 3, perDay: 400, places: 1, points: (_, day) => (day >= PLANTED ? -20 : 0) })
  const days = Array.from({ length: PLANTED + 2 }, (_, day) => dropped(day)[0]!)

  it('are read in where they belong: the same alarm as if they had come in time, noticed when they came', async () => {
    const [inTime, late] = [hub(), hub()]
    for (const [day, answers] of days.entries()) {
      inTime.give('kasse', answers)
      await inTime.look(evening(day))
      if (day < PLANTED) late.give('kasse', answers)
      await late.look(evening(day))
    }
    expect(late.all()).toEqual([])
    late.restart()
    for (const answers of days.slice(PLANTED)) late.give('kasse', answers)
    await late.look(evening(PLANTED + 3))
    const seen = (alarm: Alarm) => ({ ...alarm, id: 0, noticedAt: 0 })
    expect(inTime.all().length).toBe(1)
    expect(late.all().map(seen)).toEqual(inTime.all().map(seen))
    expect(late.all()[0]!.noticedAt).toBe(evening(PLANTED + 3))
  })
  it('take an alarm back that has no ground with them', async () => {
    const store = hub()
    for (const [day, answers] of days.slice(0, PLANTED + 1).entries()) {
      store.give('kasse', answers)
      await store.look(evening(day))
    }
    expect(store.all().map(({ ending }) => ending)).toEqual([null])
    // A kiosk was cut off that day; its 2,000 customers were happy, before and between those who were not.
    const start = Date.parse(`${addDays(MONDAY, PLANTED)}T07:00:00Z`)
    store.give('kasse', Array.from({ length: 2000 }, (_, i) => ({ at: millis(start + Math.floor((i * 12 * HOUR_MS) / 2000)), good: i % 25 !== 0 })))
    await store.look(evening(PLANTED + 1))
    expect(store.all().filter(({ kind }) => kind === 'drop').map(({ ending }) => ending)).toEqual(['revised'])
  })
  it('raise nothing twice, however often it is looked and begun again', async () => {
    const store = hub()
    for (const [day, answers] of days.entries()) {
      for (const [i, answer] of answers.entries()) {
        store.give('kasse', [answer])
        if (day >= PLANTED && i % 50 === 0) {
          store.restart()
          await store.look(answer.at)
        }
      }
      await store.look(evening(day))
    }
    expect(store.all().map(({ kind, ending }) => `${kind} ${ending}`)).toEqual(['drop null'])
  })
})
