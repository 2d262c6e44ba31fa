import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase } from '#hub/stores/sqlite/database/open-database.ts'
import type { Person } from '#hub/ports/people.ts'
import { sqlitePeopleStore } from '#hub/stores/sqlite/people/people.ts'
import { sqliteTransactions } from '#hub/stores/sqlite/database/transactions.ts'
import { changePerson } from '#hub/use-cases/people/keep-people.ts'
import type { PersonId } from '#shared/devices/person.ts'
import type { DeviceId } from '#shared/kernel/ids.ts'
import { millis } from '#shared/kernel/time.ts'
import { batch, chainOf, connect, eventId, MANAGER_PERSON, pairTestDevice, signIn, STAFF_PERSON, startTestHub, type Link, type TestDevice, type TestHub } from './test-hub.ts'

const MINUTE = 60_000
let now = 1_800_000_000_000
/** What the hub does every five seconds; one of it looks for sessions that are over. */
let everyFive: (() => void)[] = []
const sweep = (): void => everyFive.forEach((task) => task())
const clock = { now: () => millis(now) }
const timer = { every: (ms: number, task: () => void) => ((everyFive = ms === 5000 ? [...everyFive, task] : everyFive), () => undefined) }

let hub: TestHub
const links: Link[] = []
const devices = {} as Record<'staff' | 'manager', TestDevice>
const open = async (role: 'staff' | 'manager'): Promise<Link> => {
  devices[role] ??= await pairTestDevice(hub.url, role === 'manager' ? hub.setupCode! : hub.pairingCode!, role)
  const link = await connect(hub.url, devices[role])
  links.push(link)
  return link
}
const person = (letter: string): Person => ({ id: letter.repeat(16) as PersonId, name: letter, key: letter, role: 'manager', password: 'x', passwordRev: 1, pin: null, pinRev: 0, code: null })
const value = async (link: Link, name: string, payload: unknown = {}): Promise<Record<string, unknown>> => {
  const reply = (await link.ask(name, payload)) as { readonly ok: boolean; readonly value: Record<string, unknown>; readonly error: Record<string, unknown> }
  return reply.ok ? reply.value : { refused: reply.error['code'] }
}

beforeEach(async () => {
  now = 1_800_000_000_000
  everyFive = []
  for (const role of ['staff', 'manager'] as const) delete (devices as Partial<typeof devices>)[role]
  hub = await startTestHub({ deps: { clock, timer } })
})
afterEach(async () => {
  for (const link of links.splice(0)) link.close()
  await hub.remove()
})

describe('the first manager', () => {
  it('is made on a manager device, once, and is signed in with a fresh password', async () => {
    const [manager, staff] = [await open('manager'), await open('staff')]
    expect(await value(manager, 'session.people')).toEqual({ first: true, people: [] })
    expect(await value(staff, 'session.first', MANAGER_PERSON_ONLY)).toEqual({ refused: 'forbidden' })
    expect(await value(manager, 'session.first', { ...MANAGER_PERSON_ONLY, password: 'passwortpasswort' })).toEqual({ type: 'weak', fault: 'common' })
    expect(await value(manager, 'session.first', { ...MANAGER_PERSON_ONLY, password: 'Ada Bergs Passphrase' })).toEqual({ type: 'weak', fault: 'name' })
    expect(await value(manager, 'session.first', { ...MANAGER_PERSON_ONLY, name: '  ' })).toEqual({ type: 'name', fault: 'empty' })
    const first = await value(manager, 'session.first', MANAGER_PERSON_ONLY)
    expect(first).toMatchObject({ type: 'open', person: { name: 'Ada Berg', role: 'manager' }, role: 'manager', idleMs: 30 * MINUTE, endsAt: now + 720 * MINUTE, freshUntil: now + 5 * MINUTE })
    expect(await value(manager, 'session.first', { name: 'Eva', password: MANAGER_PERSON.password })).toEqual({ refused: 'forbidden' })
    expect(await value(manager, 'session.people')).toMatchObject({ first: false, people: [{ name: 'Ada Berg', role: 'manager', pinRev: null, passwordRev: 1 }] })
  })
})
const MANAGER_PERSON_ONLY = { name: MANAGER_PERSON.name, password: MANAGER_PERSON.password }

describe('signing in', () => {
  it('says the same of a wrong password and of somebody unknown, locks both for fifteen minutes, and knows it after a restart', async () => {
    const link = await open('manager')
    await hub.addPerson(MANAGER_PERSON)
    for (const name of ['Ada Berg', 'Nobody Here']) {
      const replies = []
      for (let i = 0; i < 6; i++) replies.push(await value(link, 'session.open', { name, password: 'falsch falsch falsch' }))
      expect(replies).toEqual([4, 3, 2, 1, 0].map((left) => ({ type: 'wrong', left }) as object).concat([{ type: 'locked', until: now + 15 * MINUTE }]))
    }
    expect(await value(link, 'session.open', MANAGER_PERSON_ONLY)).toEqual({ type: 'locked', until: now + 15 * MINUTE })
    await hub.stop()
    hub = await startTestHub({ folder: hub.folder, deps: { clock, timer } })
    const again = await open('manager')
    now += 15 * MINUTE - 1
    expect(await value(again, 'session.open', MANAGER_PERSON_ONLY)).toMatchObject({ type: 'locked' })
    now += 1
    expect(await value(again, 'session.open', { ...MANAGER_PERSON_ONLY, name: ' ADA  berg' })).toMatchObject({ type: 'open' })
  })
  it('asks for no other password because one is old', async () => {
    const link = await open('manager')
    await hub.addPerson(MANAGER_PERSON)
    now += 5 * 365 * 24 * 60 * MINUTE
    expect(await value(link, 'session.open', MANAGER_PERSON_ONLY)).toMatchObject({ type: 'open', freshUntil: now + 5 * MINUTE })
  })
  it('by many tries at once gives no more than five', async () => {
    const link = await open('manager')
    await hub.addPerson(MANAGER_PERSON)
    const replies = await Promise.all(Array.from({ length: 20 }, (_, i) => value(link, 'session.open', { name: 'Ada Berg', password: `falsch falsch ${i}` })))
    expect(replies.filter(({ type }) => type === 'wrong').length).toBe(5)
    expect(await value(link, 'session.open', MANAGER_PERSON_ONLY)).toMatchObject({ type: 'locked' })
  })
  it('by PIN counts only on a tablet that got the password, and five wrong ones ask for it again', async () => {
    const staff = await open('staff')
    const id = await hub.addPerson({ ...STAFF_PERSON, pin: '482915' })
    const person = id.ok ? id.value : ''
    const pin = { person, pin: '482915' }
    expect(await value(staff, 'session.pin', pin)).toEqual({ type: 'locked', until: null })
    await signIn(hub, staff, STAFF_PERSON)
    expect(await value(staff, 'session.people')).toMatchObject({ people: [{ pinRev: 1 }] })
    expect(await value(staff, 'session.pin', pin)).toMatchObject({ type: 'open', freshUntil: null, role: 'staff' })
    expect(await value(staff, 'people.pin', { pin: '731845' })).toEqual({ refused: 'fresh' })
    for (const left of [4, 3, 2, 1, 0]) expect(await value(staff, 'session.pin', { ...pin, pin: '482916' })).toEqual({ type: 'wrong', left })
    now += 600 * MINUTE
    expect(await value(staff, 'session.pin', pin)).toEqual({ type: 'locked', until: null })
    await signIn(hub, staff, STAFF_PERSON)
    expect(await value(staff, 'session.pin', pin)).toMatchObject({ type: 'open' })
    expect(await value(staff, 'session.confirm', { password: STAFF_PERSON.password })).toEqual({ type: 'fresh', until: now + 5 * MINUTE })
    expect(await value(staff, 'people.pin', { pin: '111111' })).toEqual({ type: 'weak', fault: 'same' })
    expect(await value(staff, 'people.pin', { pin: '731845' })).toEqual({ type: 'done', pinRev: 2 })
    expect(await value(staff, 'session.pin', pin)).toMatchObject({ type: 'wrong' })
  })
  it('gives a manager on a staff tablet what staff may', async () => {
    const staff = await open('staff')
    expect(await signIn(hub, staff)).toMatchObject({ person: { role: 'manager' }, role: 'staff' })
    expect(await value(staff, 'people.list')).toEqual({ refused: 'forbidden' })
  })
})

describe('a session', () => {
  it('is taken up again on another connection of its device, and of no other', async () => {
    const [manager, staff] = [await open('manager'), await open('staff')]
    const { session } = await signIn(hub, manager)
    expect(await value(staff, 'session.resume', { session })).toEqual({ type: 'ended', why: 'gone' })
    manager.close()
    const again = await open('manager')
    expect(await value(again, 'people.list')).toEqual({ refused: 'person' })
    expect(await value(again, 'session.resume', { session })).toMatchObject({ type: 'open', session, freshUntil: now + 5 * MINUTE })
    expect(await value(again, 'people.list')).toHaveLength(1)
    await hub.stop()
    hub = await startTestHub({ folder: hub.folder, deps: { clock, timer } })
    expect(await value(await open('manager'), 'session.resume', { session })).toEqual({ type: 'ended', why: 'gone' })
  })
  it('ends when nobody touches it, and says so to the page by itself', async () => {
    const manager = await open('manager')
    const { session } = await signIn(hub, manager)
    now += 29 * MINUTE
    expect(await value(manager, 'session.touch')).toEqual({ endsAt: now + 30 * MINUTE })
    expect(await value(manager, 'people.list')).toEqual({ refused: 'fresh' })
    now += 30 * MINUTE
    const told = new Promise((resolve) => manager.socket.once('session', resolve))
    sweep()
    expect(await told).toEqual({ ended: 'idle' })
    expect(await value(manager, 'session.touch')).toEqual({ refused: 'person' })
    expect(await value(manager, 'session.resume', { session })).toEqual({ type: 'ended', why: 'idle' })
  })
  it('lasts twelve hours at most, on a tablet five minutes without a touch', async () => {
    const staff = await open('staff')
    const { session } = await signIn(hub, staff, STAFF_PERSON)
    for (let minute = 0; minute < 716; minute += 4) {
      now += 4 * MINUTE
      expect(await value(staff, 'session.touch')).toHaveProperty('endsAt')
    }
    now += 4 * MINUTE
    expect(await value(staff, 'session.touch')).toEqual({ refused: 'person' })
    expect(await value(staff, 'session.resume', { session })).toEqual({ type: 'ended', why: 'over' })
    await signIn(hub, staff, STAFF_PERSON)
    now += 5 * MINUTE
    expect(await value(staff, 'session.touch')).toEqual({ refused: 'person' })
  })
  it('is another one after each sign-in, and ends for all others when the password changes', async () => {
    const [manager, staff] = [await open('manager'), await open('staff')]
    const [one, two] = [await signIn(hub, manager), await signIn(hub, staff)]
    expect(one.session).not.toBe(two.session)
    const told = new Promise((resolve) => staff.socket.once('session', resolve))
    expect(await value(manager, 'people.password', { old: 'falsch falsch falsch', password: 'zwei Birnen im Wind' })).toEqual({ type: 'wrong', left: 4 })
    expect(await value(manager, 'people.password', { old: MANAGER_PERSON.password, password: MANAGER_PERSON.password })).toEqual({ type: 'weak', fault: 'same' })
    const changed = await value(manager, 'people.password', { old: MANAGER_PERSON.password, password: 'zwei Birnen im Wind' })
    expect(changed).toMatchObject({ type: 'open', freshUntil: now + 5 * MINUTE })
    expect(changed['session']).not.toBe(one.session)
    expect(await told).toEqual({ ended: 'password' })
    expect(await value(staff, 'session.resume', { session: two.session })).toEqual({ type: 'ended', why: 'password' })
    expect(await value(staff, 'session.open', MANAGER_PERSON_ONLY)).toMatchObject({ type: 'wrong' })
    expect(await value(manager, 'people.list')).toHaveLength(1)
  })
  it('is seen by whoever it belongs to, wherever it is, and ended from another device; of others nobody sees or ends any', async () => {
    const [manager, staff] = [await open('manager'), await open('staff')]
    await signIn(hub, manager)
    type Seen = { readonly id: string; readonly device: string; readonly here: boolean; readonly begunAt: number }
    const seen = async (): Promise<readonly Seen[]> => (await value(manager, 'session.mine')) as unknown as readonly Seen[]
    await signIn(hub, staff, STAFF_PERSON)
    expect(await value(staff, 'session.mine')).toMatchObject([{ here: true }])
    expect(await value(staff, 'session.end', { id: (await seen())[0]!.id })).toEqual({ ended: false })
    now += MINUTE
    const { session } = await signIn(hub, staff)
    const mine = await seen()
    expect(mine).toMatchObject([{ here: true, begunAt: now - MINUTE, seenAt: now - MINUTE }, { here: false, begunAt: now, seenAt: now }])
    expect(JSON.stringify(mine)).not.toContain(session)
    const told = new Promise((resolve) => staff.socket.once('session', resolve))
    expect(await value(manager, 'session.end', { id: mine[1]!.id })).toEqual({ ended: true })
    expect(await told).toEqual({ ended: 'elsewhere' })
    expect(await value(staff, 'session.touch')).toEqual({ refused: 'person' })
    expect(await value(staff, 'session.resume', { session })).toEqual({ type: 'ended', why: 'elsewhere' })
    expect(await seen()).toMatchObject([{ here: true }])
  })
  it('ends also when another process changes the password', async () => {
    const manager = await open('manager')
    const { person, session } = await signIn(hub, manager)
    const opened = openDatabase(hub.folder, millis(now))
    if (!opened.ok) throw new Error('no database')
    const people = sqlitePeopleStore(opened.value)
    people.save({ ...people.find(person.id)!, passwordRev: 7 })
    opened.value.close()
    await expect.poll(() => value(manager, 'session.touch')).toEqual({ refused: 'person' })
    expect(await value(manager, 'session.resume', { session })).toEqual({ type: 'ended', why: 'password' })
  })
  it('hears what customers say only as long as it lasts, also on the same connection', async () => {
    const manager = await open('manager')
    const kiosk = await connect(hub.url, await pairTestDevice(hub.url, hub.pairingCode!, 'kiosk'))
    links.push(kiosk)
    const heard: unknown[] = []
    manager.socket.on('feedback', (items: unknown) => heard.push(items))
    let said: readonly string[] = []
    const answer = async (): Promise<void> => {
      const id = eventId(said.length + 1)
      await kiosk.ask('push', batch([id], { from: said.length + 1, prev: chainOf(said), t: 'feedback.answered', p: { response: `r${said.length}`, touchpoint: 'kiosk', survey: 'visit', question: 'opening', kind: 'csat5', value: 4 } }))
      said = [...said, id]
      // What is on its way has come when the next answer has.
      await manager.ask('time', {})
    }
    await signIn(hub, manager)
    await value(manager, 'feedback.watch')
    await answer()
    expect(heard.length).toBe(1)
    await signIn(hub, manager)
    await answer()
    expect(heard.length).toBe(2)
    await value(manager, 'session.close')
    await answer()
    await signIn(hub, manager)
    await value(manager, 'feedback.watch')
    await signIn(hub, manager, STAFF_PERSON)
    await answer()
    now += 60 * MINUTE
    await answer()
    expect(heard.length).toBe(2)
  })
  it('hears nothing more from the moment on at which somebody may do less, whoever said so', async () => {
    const [manager, kiosk] = [await open('manager'), await connect(hub.url, await pairTestDevice(hub.url, hub.pairingCode!, 'kiosk'))]
    links.push(kiosk)
    const heard: unknown[] = []
    manager.socket.on('feedback', (items: unknown) => heard.push(items))
    const answer = async (n: number): Promise<void> => {
      await kiosk.ask('push', batch([eventId(n)], { from: n, prev: chainOf(Array.from({ length: n - 1 }, (_, i) => eventId(i + 1))), t: 'feedback.answered', p: { response: `r${n}`, touchpoint: 'kiosk', survey: 'visit', question: 'opening', kind: 'csat5', value: 4 } }))
      await manager.ask('time', {})
    }
    const EVA = { name: 'Eva Roth', role: 'manager' as const, password: 'drei Kirschen am Zaun' }
    await hub.addPerson(MANAGER_PERSON)
    const { person } = await signIn(hub, manager, EVA)
    await value(manager, 'feedback.watch')
    await answer(1)
    expect(heard).toHaveLength(1)
    const told: unknown[] = []
    manager.socket.once('session', (why: unknown) => told.push(why))
    const opened = openDatabase(hub.folder, millis(now))
    if (!opened.ok) throw new Error('no database')
    const people = sqlitePeopleStore(opened.value)
    people.save({ ...people.find(person.id)!, role: 'staff' })
    opened.value.close()
    await expect.poll(() => (sweep(), told)).toEqual([{ ended: 'revoked' }])
    await answer(2)
    expect(heard).toHaveLength(1)
  })
  it('ends at once when a manager gives somebody another role, and not for another name', () => {
    const opened = openDatabase(':memory:', millis(now))
    if (!opened.ok) throw new Error('no database')
    const [people, ended] = [sqlitePeopleStore(opened.value), [] as unknown[]]
    const parts = { transactions: sqliteTransactions(opened.value), people, audit: { record: () => undefined }, clock, random: { bytes: (length: number) => new Uint8Array(length).fill(ended.length + 1) }, sessions: { endOf: (...what: unknown[]) => void ended.push(what) } }
    const by = { who: 'console' as const, device: null }
    const [eva] = [person('a'), person('b')].map((one) => (people.save(one), one.id))
    changePerson(parts, { person: eva!, name: 'Eva R', role: 'manager' }, by)
    expect(ended).toEqual([])
    changePerson(parts, { person: eva!, name: 'Eva R', role: 'staff' }, by)
    expect(ended).toEqual([[eva, 'revoked']])
    opened.value.close()
  })
  it('ends with the person, and with the device within a second', async () => {
    const [manager, staff] = [await open('manager'), await open('staff')]
    await signIn(hub, manager)
    await signIn(hub, staff, STAFF_PERSON)
    const list = (await value(manager, 'people.list')) as unknown as readonly { readonly id: string; readonly name: string }[]
    const told = new Promise((resolve) => staff.socket.once('session', resolve))
    expect(await value(manager, 'people.remove', { person: list.find(({ name }) => name === 'Ben Cordes')!.id })).toEqual({ type: 'done' })
    expect(await told).toEqual({ ended: 'removed' })
    await signIn(hub, staff)
    const closed = new Promise((resolve) => staff.socket.once('disconnect', resolve))
    const from = performance.now()
    expect(await value(manager, 'device.revoke', { dev: devices.staff.dev as DeviceId })).toMatchObject({ revoked: true })
    await closed
    expect(performance.now() - from).toBeLessThan(1000)
  })
})

describe('the list of people', () => {
  it('is kept by managers: whoever is new or forgetful chooses a password with a code, once', async () => {
    const [manager, staff] = [await open('manager'), await open('staff')]
    await signIn(hub, manager)
    const added = await value(manager, 'people.add', { name: 'Ben Cordes', role: 'staff' })
    expect(added).toMatchObject({ type: 'code', expiresAt: now + 1440 * MINUTE, code: expect.stringMatching(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/) })
    expect(await value(manager, 'people.add', { name: 'ben  cordes', role: 'manager' })).toEqual({ type: 'name', fault: 'taken' })
    const chosen = { name: 'Ben Cordes', code: added['code'], password: STAFF_PERSON.password }
    expect(await value(staff, 'session.recover', { ...chosen, password: 'kurz' })).toEqual({ type: 'weak', fault: 'short' })
    expect(await value(staff, 'session.recover', { ...chosen, code: '0000-0000' })).toEqual({ type: 'wrong', left: 4 })
    expect(await value(staff, 'session.recover', chosen)).toMatchObject({ type: 'open', role: 'staff' })
    expect(await value(staff, 'session.recover', chosen)).toMatchObject({ type: 'wrong' })
    expect(await value(manager, 'people.code', { person: 'f'.repeat(16) })).toEqual({ refused: 'not_found' })
    const again = await value(manager, 'people.code', { person: added['person'] })
    now += 1440 * MINUTE
    expect(await value(staff, 'session.recover', { ...chosen, code: again['code'] })).toMatchObject({ type: 'wrong' })
    expect(await value(staff, 'session.open', { name: chosen.name, password: chosen.password })).toMatchObject({ type: 'open' })
  })
  it('a code dies after five wrong tries, from whatever device', async () => {
    const [manager, staff] = [await open('manager'), await open('staff')]
    await signIn(hub, manager)
    const added = await value(manager, 'people.add', { name: 'Ben Cordes', role: 'staff' })
    const chosen = { name: 'Ben Cordes', code: '0000-0000', password: STAFF_PERSON.password }
    for (let i = 0; i < 5; i++) await value(i < 3 ? staff : manager, 'session.recover', chosen)
    expect(await value(staff, 'session.recover', { ...chosen, code: added['code'] })).toEqual({ type: 'wrong', left: 1 })
    expect(await value(manager, 'people.list')).toMatchObject([{ name: 'Ada Berg', codeUntil: null }, { name: 'Ben Cordes', hasPassword: false, codeUntil: null }])
  })
  it('keeps its last manager', async () => {
    const manager = await open('manager')
    const { person } = await signIn(hub, manager)
    expect(await value(manager, 'people.remove', { person: person.id })).toEqual({ type: 'last-manager' })
    expect(await value(manager, 'people.change', { person: person.id, name: 'Ada Berg', role: 'staff' })).toEqual({ type: 'last-manager' })
    // A manager who has chosen no password yet cannot sign in.
    await value(manager, 'people.add', { name: 'Eva Dorn', role: 'manager' })
    expect(await value(manager, 'people.remove', { person: person.id })).toEqual({ type: 'last-manager' })
    await hub.addPerson({ name: 'Ida Falk', role: 'manager', password: 'vier Birnen im Wind' })
    expect(await value(manager, 'people.change', { person: person.id, name: 'Ada Burg', role: 'staff' })).toEqual({ type: 'done' })
    expect(await value(manager, 'people.list')).toEqual({ refused: 'person' })
  })
  it('writes down every act, without names', async () => {
    const manager = await open('manager')
    const { person } = await signIn(hub, manager)
    await value(manager, 'session.open', { name: 'Nobody', password: 'falsch falsch falsch' })
    await value(manager, 'people.add', { name: 'Ben Cordes', role: 'staff' })
    await value(manager, 'session.close')
    const rows = auditOf(hub)
    expect(rows.map(({ what }) => what).filter((what) => /^(session|person)/.test(what))).toEqual(['person.added', 'session.opened', 'session.failed', 'person.added', 'session.ended'])
    expect(rows.filter(({ what }) => what.startsWith('session')).map(({ who }) => who)).toEqual([person.id, 'unknown', person.id])
    expect(JSON.stringify(rows)).not.toMatch(/Ada|Ben|falsch/)
  })
})

type AuditWord = { readonly who: string; readonly what: string }
const auditOf = ({ folder }: TestHub): readonly AuditWord[] => {
  const sql = new DatabaseSync(join(folder, 'hub.sqlite'), { readOnly: true })
  try {
    return sql.prepare('SELECT who, what FROM audit ORDER BY n').all() as unknown as readonly AuditWord[]
  } finally {
    sql.close()
  }
}
