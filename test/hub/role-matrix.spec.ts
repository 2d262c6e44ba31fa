import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sqliteDeviceStore } from '#hub/stores/sqlite/devices/devices.ts'
import { openDatabase } from '#hub/stores/sqlite/database/open-database.ts'
import { sqlitePeopleStore } from '#hub/stores/sqlite/people/people.ts'
import { millis } from '#shared/kernel/time.ts'
import { EVENT_RULES, type EventRule } from '#shared/protocol/event-rules.ts'
import { STREAM_SCHEMAS, type GuardedEvent } from '#shared/protocol/guard.ts'
import { io } from 'socket.io-client'
import { GOOD } from './good-payloads.ts'
import { ASKERS, cellOf, TABLE, type Asker } from './role-matrix-table.ts'
import { connect, pairTestDevice, signIn, startTestHub, type Link, type TestDevice, type TestHub } from './test-hub.ts'

const MINUTE = 60_000
const PASSWORD = 'lange Wege im Regen'
const PEOPLE = { staff: { name: 'Ben Cordes', role: 'staff', password: PASSWORD }, manager: { name: 'Ada Berg', role: 'manager', password: PASSWORD } } as const
const EVENTS = Object.keys(TABLE) as GuardedEvent[]
const nobodyAt = (asker: Asker): Asker => asker.split('+')[0] as Asker
const personAt = (asker: Asker): 'staff' | 'manager' | null => (asker.split('+')[1] ?? null) as 'staff' | 'manager' | null
const isStream = (event: GuardedEvent): boolean => event in STREAM_SCHEMAS

let now = 1_800_000_000_000
let hub: TestHub
let watcher: DatabaseSync
const devices = {} as Record<Asker, TestDevice>
const links = {} as Record<Asker, Link>

const signInAll = async (): Promise<void> => {
  for (const asker of ASKERS) {
    const person = personAt(asker)
    if (person) await signIn(hub, links[asker], PEOPLE[person])
  }
}
const openAll = async (): Promise<void> => {
  for (const asker of ASKERS) {
    links[asker]?.close()
    links[asker] = await connect(hub.url, devices[asker])
  }
  await signInAll()
}
const startAll = async (): Promise<void> => {
  hub = await startTestHub({ deps: { clock: { now: () => millis(now) }, timer: { every: () => () => undefined } } })
  watcher = new DatabaseSync(join(hub.folder, 'hub.sqlite'), { readOnly: true })
  for (const asker of ASKERS) {
    const role = asker === 'kiosk' ? 'kiosk' : asker.startsWith('tablet') ? 'staff' : 'manager'
    devices[asker] = await pairTestDevice(hub.url, role === 'manager' ? hub.setupCode! : hub.pairingCode!, role, asker)
  }
  await openAll()
}
beforeAll(startAll, 60_000)
afterAll(async () => {
  for (const link of Object.values(links)) link.close()
  watcher.close()
  await hub.remove()
})

/** Another number after every commit of anybody. */
const written = (): unknown => watcher.prepare('PRAGMA data_version').get()!['data_version']
const codeOf = (reply: unknown): string | null => {
  const { code, error } = reply as { readonly code?: string; readonly error?: { readonly code: string } }
  return code ?? error?.code ?? null
}
/** Whoever signed out is again who they were. */
const restore = async (event: GuardedEvent, asker: Asker): Promise<void> => {
  const person = personAt(asker)
  if (person && event === 'session.close') await signIn(hub, links[asker], PEOPLE[person])
}

type State = 'fresh' | 'stale' | 'nobody' | 'revoked'
/** What must come back; null: an answer. */
const refusal = (event: GuardedEvent, asker: Asker, state: State): string | null => {
  if (state === 'revoked') return 'revoked'
  const cell = cellOf(event, state === 'nobody' ? nobodyAt(asker) : asker)
  if (cell === '-') return isStream(event) ? 'auth' : 'forbidden'
  if (cell === 'p') return 'person'
  return cell === 'F' && state === 'stale' ? 'fresh' : null
}
const NEVER = new Set<string | null>(['auth', 'forbidden', 'person', 'fresh', 'revoked', 'bad_request', 'failed', 'timeout'])

type Wrong = readonly [event: string, asker: string, state: string, said: unknown]
/** Every cell that is not as the table says, or wrote something though it was refused. */
const wrongCells = async (state: State, only: readonly GuardedEvent[] = EVENTS): Promise<readonly Wrong[]> => {
  const wrong: Wrong[] = []
  for (const event of only)
    for (const asker of ASKERS) {
      const expected = refusal(event, asker, state)
      const before = written()
      const said = codeOf(await links[asker].ask(event, GOOD[event]))
      if (expected === null ? NEVER.has(said) : said !== expected) wrong.push([event, asker, state, said])
      if (expected !== null && written() !== before) wrong.push([event, asker, state, 'something was written'])
      if (expected === null && state !== 'nobody') await restore(event, asker)
    }
  return wrong
}

/** What somebody would write into a payload to be taken for somebody else. */
const FORGED: readonly (readonly [string, object])[] = [
  ['role', { role: 'manager' }],
  ['person', { person: { id: 'a'.repeat(16), role: 'manager', fresh: true } }],
  ['another device', { dev: 'f'.repeat(32) }],
  ['another store', { store: 'other' }],
  ['fresh', { fresh: true }],
]
const wrongForgeries = async (): Promise<readonly Wrong[]> => {
  const wrong: Wrong[] = []
  for (const event of EVENTS)
    for (const asker of ASKERS)
      for (const [name, fields] of FORGED) {
        // A field of its own: what it says there is judged by what it is, in the other tables.
        if (Object.keys(fields).some((field) => field in GOOD[event])) continue
        // It refuses by itself what the table leaves to it.
        const expected = event === 'session.first' && asker.startsWith('office') ? 'bad_request' : (refusal(event, asker, 'fresh') ?? 'bad_request')
        const before = written()
        const said = codeOf(await links[asker].ask(event, { ...GOOD[event], ...fields }))
        if (said !== expected || written() !== before) wrong.push([event, asker, `forged ${name}`, said])
      }
  return wrong
}

describe('the role table, cell by cell', () => {
  it('names every event that there is, with a cell for every asker', () => {
    expect(EVENTS.toSorted()).toEqual(Object.keys(EVENT_RULES).toSorted())
    expect(EVENTS.filter((event) => !/^[yFp-] [yFp-]{3} [yFp-]{3}$/.test(TABLE[event]))).toEqual([])
  })
  it('of people who have just signed in', async () => {
    expect(await wrongCells('fresh')).toEqual([])
  })
  it('is not changed by a role, a person, a device or a store in the payload', async () => {
    expect(await wrongForgeries()).toEqual([])
  })
  it('of people whose password was given a while ago', async () => {
    now += 3 * MINUTE
    for (const asker of ASKERS) if (personAt(asker)) await links[asker].ask('session.touch', {})
    now += 2 * MINUTE
    // What confirms the password comes last.
    expect(await wrongCells('stale', EVENTS.filter((event) => !/^(session|people\.password)/.test(event)))).toEqual([])
    expect(await wrongCells('stale', ['session.confirm'])).toEqual([])
  })
  it('of sessions that are over: like nobody', async () => {
    now += 13 * 60 * MINUTE
    expect(await wrongCells('nobody')).toEqual([])
  })
  it('of people who were taken off the list by another process: like nobody', async () => {
    await signInAll()
    const opened = openDatabase(hub.folder, millis(now))
    if (!opened.ok) throw new Error('no database')
    const people = sqlitePeopleStore(opened.value)
    for (const { id } of people.list()) people.remove(id)
    opened.value.close()
    await untilSeen(async () => codeOf(await links['office+manager'].ask('session.touch', {})) === 'person')
    // With nobody on the list the first manager may make themselves known.
    expect(await wrongCells('nobody', EVENTS.filter((event) => event !== 'session.first'))).toEqual([])
  })
  it('with one check left out is not the table any more', async () => {
    await openAll()
    const rules = EVENT_RULES as Record<GuardedEvent, EventRule>
    const own = rules['people.list']
    try {
      rules['people.list'] = { devices: ['kiosk', 'staff', 'manager'], person: 'none', fresh: false }
      await openAll()
      expect((await wrongCells('fresh', ['people.list', 'people.add'])).map(([event, asker]) => `${event} ${asker}`)).toEqual(['kiosk', 'tablet', 'tablet+staff', 'tablet+manager', 'office', 'office+staff'].map((asker) => `people.list ${asker}`))
    } finally {
      rules['people.list'] = own
      await openAll()
    }
  })
})

/** Until this hub has looked at what another process wrote. */
const untilSeen = async (seen: () => Promise<boolean>): Promise<void> => {
  const from = performance.now()
  while (!(await seen())) if (performance.now() - from > 30_000) throw new Error('not seen')
}

describe('connections', () => {
  it('of a device of another store are refused, and what it was given there counts for nothing here', async () => {
    const other = await startTestHub()
    try {
      const stranger = await pairTestDevice(other.url, other.setupCode!, 'manager')
      const { session } = await signIn(other, await connect(other.url, stranger))
      await expect(connect(hub.url, stranger)).rejects.toThrow('auth')
      expect(await links.office.ask('session.resume', { session })).toEqual({ ok: true, value: { type: 'ended', why: 'gone' } })
      for (const asker of ASKERS.slice(1)) expect(await links[asker].ask('device.revoke', { dev: stranger.dev })).toMatchObject({ ok: false })
    } finally {
      await other.remove()
    }
  })
  it('that have proven nothing are not heard, whatever they say', async () => {
    const heard: string[] = []
    const socket = io(hub.url, { transports: ['websocket'], reconnection: false, forceNew: true, auth: { dev: devices['office+manager'].dev, token: devices['office+manager'].token } })
    await new Promise((resolve) => socket.once('challenge', resolve))
    const before = written()
    for (const event of EVENTS) socket.emit(event, GOOD[event], () => heard.push(event))
    await new Promise((resolve) => socket.once('disconnect', resolve))
    expect([heard, written()]).toEqual([[], before])
  })
  it('of a session are its own: the session of another device is not taken up', async () => {
    const { session } = await signIn(hub, links['office+manager'], PEOPLE.manager)
    const before = written()
    for (const asker of ASKERS.slice(1, 6)) expect(await links[asker].ask('session.resume', { session })).toEqual({ ok: true, value: { type: 'ended', why: 'gone' } })
    expect([await links['office+manager'].ask('session.touch', {}), written()]).toMatchObject([{ ok: true }, before])
  })
  it('of a device that another process revoked hear nothing but that, and those that a manager revokes are closed within a second', async () => {
    await openAll()
    const closed = new Promise((resolve) => links['tablet+staff'].socket.once('disconnect', resolve))
    const from = performance.now()
    await links['office+manager'].ask('device.revoke', { dev: devices['tablet+staff'].dev })
    await closed
    expect(performance.now() - from).toBeLessThan(1000)
    await expect(connect(hub.url, devices['tablet+staff'])).rejects.toThrow('revoked')
    const opened = openDatabase(hub.folder, millis(now))
    if (!opened.ok) throw new Error('no database')
    const store = sqliteDeviceStore(opened.value)
    for (const { dev } of Object.values(devices)) store.revoke(dev, millis(now))
    opened.value.close()
    await untilSeen(async () => codeOf(await links.kiosk.ask('time', {})) === 'revoked')
    const wrong: unknown[] = []
    for (const event of EVENTS)
      for (const asker of ASKERS.filter((one) => one !== 'tablet+staff')) {
        const before = written()
        const said = codeOf(await links[asker].ask(event, GOOD[event]))
        if (said !== 'revoked' || written() !== before) wrong.push([event, asker, said])
      }
    expect(wrong).toEqual([])
  })
})
