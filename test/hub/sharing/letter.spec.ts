import { afterEach, describe, expect, it } from 'vitest'
import { lastWeek } from '#hub/use-cases/sharing/tell-letter.ts'
import { millis } from '#shared/kernel/time.ts'
import type { WeeklyLetter } from '#shared/protocol/weekly-letter.ts'
import { connect, pairTestDevice, signIn, startTestHub, type Link, type TestHub } from '../test-hub.ts'
import { sqliteFeedbackStore } from '#hub/stores/sqlite/feedback/feedback-store.ts'
import { openDatabase } from '#hub/stores/sqlite/database/open-database.ts'

const HOUR = 3_600_000
const at = (text: string): number => Date.parse(text)
let hub: TestHub | undefined
let link: Link | undefined
afterEach(async () => {
  link?.close()
  await hub?.remove()
})

const world = async (start: string) => {
  let now = at(start)
  const timers: { readonly ms: number; readonly task: () => void }[] = []
  hub = await startTestHub({ deps: { clock: { now: () => millis(now) }, timer: { every: (ms, task) => { timers.push({ ms, task }); return () => undefined } } } })
  const opened = openDatabase(hub.folder, millis(now))
  if (!opened.ok) throw new Error('no database')
  const feedback = sqliteFeedbackStore(opened.value)
  const put = (n: number, when: string, value: number | string): void =>
    void feedback.add({ id: `id-${n}`, dev: null, response: `r${n}`, touchpoint: 'kiosk', survey: 'store-visit', question: typeof value === 'number' ? 'visit' : 'comment', kind: typeof value === 'number' ? 'csat5' : 'text', value, detail: false, at: millis(at(when)), receivedAt: at(when), channel: 'import', flags: [] })
  let signedInAt = -Infinity
  /** A session lasts some hours. */
  const signedIn = async (): Promise<void> => {
    if (now - signedInAt < 60_000) return
    signedInAt = now
    await signIn(hub!, link!)
  }
  link = await connect(hub.url, await pairTestDevice(hub.url, hub.setupCode!, 'manager'))
  return {
    put,
    sql: opened.value,
    go: (to: string): void => void (now = at(to)),
    tick: (): void => timers.filter(({ ms }) => ms === HOUR / 2).forEach(({ task }) => task()),
    ask: async <T>(call: string, request: object): Promise<T> => {
      await signedIn()
      return ((await link!.ask(call, request)) as { readonly value: T }).value
    },
    letter: async (week: string | null): Promise<WeeklyLetter> => {
      await signedIn()
      return ((await link!.ask('share.letter', { week })) as { readonly value: WeeklyLetter }).value
    },
  }
}

describe('the week of a letter', () => {
  it('is the last one that is over, Monday to Sunday in the time of the store', () => {
    expect(['2026-11-22T12:00Z', '2026-11-22T22:59Z', '2026-11-22T23:00Z', '2026-11-29T12:00Z'].map((text) => lastWeek(millis(at(text)), 'Europe/Berlin'))).toEqual(['2026-11-09', '2026-11-09', '2026-11-16', '2026-11-16'])
  })
})

describe('a letter', () => {
  it('is told by the hub on Monday from six o’clock on, once, and stands in the audit log', async () => {
    const { put, go, tick, ask } = await world('2026-11-22T12:00:00Z')
    for (let n = 0; n < 10; n++) put(n, '2026-11-18T10:00:00Z', n < 8 ? 5 : 1)
    go('2026-11-23T04:00:00Z')
    tick()
    const weeks = async (): Promise<readonly string[]> => (await ask<{ readonly entries: readonly { readonly what: string; readonly object: string }[] }>('audit.list', { limit: 100 })).entries.filter(({ what }) => what === 'letter.told').map(({ object }) => object)
    // An hour before six it tells the one before, which nobody was told yet: not this one.
    const early = await weeks()
    go('2026-11-23T05:00:00Z')
    tick()
    tick()
    expect([early.includes('2026-11-16'), (await weeks()).filter((week) => week === '2026-11-16').length]).toEqual([false, 1])
  })
  it('does not change any more when answers arrive late; the words in it go when they are erased', async () => {
    const { put, letter, sql } = await world('2026-11-23T12:00:00Z')
    for (let n = 0; n < 10; n++) put(n, '2026-11-18T10:00:00Z', n < 8 ? 5 : 1)
    put(50, '2026-11-19T10:00:00Z', 'Die Schlange war sehr lang.')
    const told = await letter(null)
    expect(told).toMatchObject({ week: '2026-11-16', lastDay: '2026-11-22', store: 'Lindenkorb', headline: { de: '10 Antworten in dieser Woche: zwischen 49 und 95 von 100 sind zufrieden.' }, figures: [{ metric: 'csat', n: 10, score: 80, before: null }], voices: [{ text: 'Die Schlange war sehr lang.', place: { de: 'Kiosk', en: 'Kiosk' } }] })
    for (let n = 100; n < 150; n++) put(n, '2026-11-18T11:00:00Z', 1)
    sql.exec(`DELETE FROM feedback WHERE id = 'id-50'`)
    expect(await letter('2026-11-16')).toEqual({ ...told, voices: [{ text: null, place: null }] })
    expect(sql.prepare('SELECT content FROM letter').all().filter(({ content }) => String(content).includes('Schlange'))).toEqual([])
    sql.close()
  })
  it('is told to a program without the words of customers: its token is for figures', async () => {
    const { put, ask, letter } = await world('2026-11-23T12:00:00Z')
    for (let n = 1; n <= 10; n++) put(n, '2026-11-18T10:00:00Z', n <= 8 ? 5 : 1)
    put(11, '2026-11-18T10:00:00Z', 'Die Schlange war sehr lang.')
    expect((await letter(null)).voices).toHaveLength(1)
    const { token } = await ask<{ readonly token: string }>('share.token', { name: 'Kasse', scopes: ['figures:read'], days: 30 })
    const reply = await fetch(`${hub!.url}/api/v1/letter?week=2026-11-16`, { headers: { authorization: `Bearer ${token}` } })
    expect([reply.status, await reply.json()]).toEqual([200, expect.objectContaining({ week: '2026-11-16', voices: [] })])
  })
  it('is kept for twelve weeks', async () => {
    const { go, tick, ask } = await world('2026-11-23T12:00:00Z')
    for (let week = 0; week < 14; week++) {
      go(new Date(at('2026-11-23T12:00:00Z') + week * 168 * HOUR).toISOString())
      tick()
    }
    const { letters } = await ask<{ readonly letters: readonly string[] }>('share.read', {})
    expect([letters.length, letters[0], letters.at(-1)]).toEqual([12, '2027-02-15', '2026-11-30'])
  })
})

describe('tables', () => {
  it('are taken along as CSV or JSON, with the same rows', async () => {
    const { put, ask, letter } = await world('2026-11-23T12:00:00Z')
    for (let n = 0; n < 10; n++) put(n, '2026-11-18T10:00:00Z', n < 8 ? 5 : 1)
    await letter(null)
    const csv = await ask<{ readonly text: string; readonly rows: number; readonly name: string }>('share.table', { table: 'letters', format: 'csv' })
    expect([csv.name, csv.text]).toEqual(['letters-2026-11-23.csv', 'week,metric,n,score,low,high,before\r\n2026-11-16,csat,10,80,49,94.3,\r\n'])
    const json = await ask<{ readonly text: string; readonly rows: number }>('share.table', { table: 'figures', format: 'json' })
    expect([(JSON.parse(json.text) as readonly unknown[]).length, (JSON.parse(json.text) as readonly object[])[0]]).toEqual([json.rows, { metric: 'csat', by: 'all', group: '', n: 10, score: 80, low: 49, high: 94.3, note: '' }])
  })
})
