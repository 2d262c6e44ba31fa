import { flushSync } from 'svelte'
import { describe, expect, it } from 'vitest'
import { People, type OfflineDoor } from '#kiosk/lib/state/people.svelte.ts'
import type { SyncStatus } from '#kiosk/lib/sync/device.ts'
import type { CallDoor } from '#kiosk/lib/sync/open-device.ts'
import type { OfflineAnswer } from '#kiosk/lib/sync/offline-sign-in.ts'
import type { PersonId } from '#shared/devices/person.ts'
import type { Role } from '#shared/devices/role.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import { millis } from '#shared/kernel/time.ts'
import type { CallError, CallName } from '#shared/protocol/calls.ts'
import type { OpenSession, PersonTile, SessionEnd } from '#shared/protocol/people.ts'
import { fakeClock } from '../../fake-clock.ts'
import { fakeDevice, IDENTITY } from '../../fake-device.ts'

const ANA = 'aaaaaaaaaaaaaaaa' as PersonId
const MINUTE = 60_000
const AT = Date.UTC(2026, 10, 24, 8)
const TILE: PersonTile = { id: ANA, name: 'Ana', role: 'staff', pinRev: 3, passwordRev: 2 }
const OPEN: OpenSession = { type: 'open', session: 's'.repeat(43), person: { id: ANA, name: 'Ana', role: 'staff' }, role: 'staff', idleMs: 5 * MINUTE, endsAt: AT + 12 * 60 * MINUTE, freshUntil: null, offlineUntil: AT + 7 * 24 * 60 * MINUTE }

type Said = Result<unknown, CallError>

/** A device between a hub and a person, both played by the test. */
const stage = async (role: Role = 'staff', { online = true, offlineAnswer = { type: 'unknown' } as OfflineAnswer } = {}) => {
  const { clock, pass } = fakeClock()
  const fake = fakeDevice({ identity: { ...IDENTITY, role }, at: AT })
  const says = new Map<CallName, Said | (() => Said)>([['session.people', ok({ first: false, people: [TILE] })]])
  const asked: { readonly name: CallName; readonly request: unknown }[] = []
  const remembered: unknown[] = []
  const counted: string[] = []
  let door: CallDoor = (_name, send) => send()
  let isOnline = online
  const offline: OfflineDoor = {
    list: async () => offlineAnswer.type === 'right' ? [offlineAnswer.person] : [],
    remember: async (...what) => remembered.push(what) > 0,
    agree: async () => true,
    check: async () => offlineAnswer,
    lockedForMs: async (id) => { counted.push(id); return 0 },
  }
  const call = ((name: CallName, request: unknown) =>
    door(name, async () => {
      asked.push({ name, request })
      if (!isOnline) return err({ code: 'offline' })
      const said = says.get(name) ?? ok({})
      return (typeof said === 'function' ? said() : said) as Result<never, CallError>
    })) as typeof fake.device.call
  const setOnline = (now: boolean): void => {
    isOnline = now
    fake.setStatus({ phase: now ? 'online' : 'offline' } satisfies Partial<SyncStatus>)
  }
  setOnline(online)
  const device = { ...fake.device, call, identity: { ...IDENTITY, role }, now: () => ({ at: millis(AT), verified: true }), cache: { read: async () => null, write: async () => undefined }, through: (next: CallDoor) => { door = next } }
  Object.defineProperty(device, 'status', { get: () => fake.device.status })
  const people = new People({ device, clock, offline: async () => offline })
  await settled()
  const names = (): readonly CallName[] => asked.map(({ name }) => name)
  return { people, says, asked, names, remembered, counted, setStatus: fake.setStatus, pass, setOnline, call, hear: (ended: SessionEnd) => fake.hint('session', { ended }), forget: () => void asked.splice(0) }
}
type Stage = Awaited<ReturnType<typeof stage>>

const settled = async (): Promise<void> => {
  for (let i = 0; i < 20; i++) await Promise.resolve()
  flushSync()
}

const signedIn = async (role: Role = 'staff', person: Partial<OpenSession> = {}): Promise<Stage> => {
  const on = await stage(role)
  on.says.set('session.pin', ok({ ...OPEN, ...person }))
  expect(await on.people.signInWithPin(TILE, '137946')).toEqual({ type: 'in' })
  await settled()
  on.forget()
  return on
}

describe('before anybody is signed in', () => {
  it('no call of a person leaves the device', async () => {
    const { call, names, forget } = await stage()
    forget()
    expect(await call('offers.check', { offer: 'milk' })).toEqual(err({ code: 'person' }))
    expect(names()).toEqual([])
  })
  it('those of the device itself do', async () => {
    const { call, names, forget } = await stage()
    forget()
    await call('basket.fetch', { code: 'ABC234' })
    expect(names()).toEqual(['basket.fetch'])
  })
  it('the names stand there', async () => {
    expect((await stage()).people.here).toEqual({ first: false, people: [TILE], fresh: true })
  })
})

describe('signing in', () => {
  it('somebody who was just added is among them within ten seconds, and nobody is asked for while somebody works', async () => {
    const on = await stage()
    const ben = { ...TILE, id: 'bbbbbbbbbbbbbbbb' as PersonId, name: 'Ben' }
    on.says.set('session.people', ok({ first: false, people: [TILE, ben] }))
    on.pass(9_999)
    await settled()
    expect(on.people.here?.people.map(({ name }) => name)).toEqual(['Ana'])
    on.pass(1)
    await settled()
    expect(on.people.here?.people.map(({ name }) => name)).toEqual(['Ana', 'Ben'])
    const shown = on.people.here
    on.pass(10_000)
    await settled()
    expect(on.people.here).toBe(shown)
    on.says.set('session.pin', ok(OPEN))
    await on.people.signInWithPin(TILE, '137946')
    on.forget()
    on.pass(20_000)
    await settled()
    expect(on.names()).not.toContain('session.people')
  })
  it('says who it is and what they may do here', async () => {
    const { people } = await signedIn()
    expect(people.who).toEqual({ id: ANA, name: 'Ana', role: 'staff', offline: false })
    expect([people.may('quote.lookup'), people.may('insights.read')]).toEqual([true, false])
  })
  it('gives a manager at a tablet of the team what the team may', async () => {
    const { people } = await signedIn('staff', { person: { id: ANA, name: 'Ana', role: 'manager' } })
    expect([people.role, people.may('device.revoke')]).toEqual(['staff', false])
  })
  it('keeps the PIN\'s proof for days without the hub, on a tablet of the team', async () => {
    const { remembered } = await signedIn()
    expect(remembered).toEqual([[{ id: ANA, name: 'Ana', role: 'staff', kind: 'pin', rev: 3 }, '137946', OPEN.offlineUntil]])
  })
  it('keeps no proof of a password on a shared tablet', async () => {
    const on = await stage('staff')
    on.says.set('session.open', ok(OPEN))
    await on.people.signInWithPassword(TILE, 'a long password')
    await settled()
    expect(on.remembered).toEqual([])
  })
  it('keeps one on a manager\'s own device', async () => {
    const on = await stage('manager')
    on.says.set('session.open', ok(OPEN))
    await on.people.signInWithPassword(TILE, 'a long password')
    await settled()
    expect(on.remembered).toEqual([[{ id: ANA, name: 'Ana', role: 'staff', kind: 'password', rev: 2 }, 'a long password', OPEN.offlineUntil]])
  })
  it('keeps none where the hub does not allow it', async () => {
    expect((await signedIn('staff', { offlineUntil: null })).remembered).toEqual([])
  })
  it.each([
    [ok({ type: 'wrong', left: 2 }) as Said, { type: 'wrong', left: 2 }],
    [ok({ type: 'locked', until: AT + MINUTE }) as Said, { type: 'locked', until: AT + MINUTE }],
    [err({ code: 'busy' }) as Said, { type: 'busy' }],
    [err({ code: 'failed' }) as Said, { type: 'failed' }],
  ] as const)('hands on what the hub says: %j', async (said, outcome) => {
    const on = await stage()
    on.says.set('session.pin', said)
    expect(await on.people.signInWithPin(TILE, '137946')).toEqual(outcome)
    expect(on.people.who).toBeNull()
  })
})

describe('the lock', () => {
  it('comes after the hub\'s idle time, with a warning of half a minute that any touch takes back', async () => {
    const { people, pass } = await signedIn()
    pass(4.5 * MINUTE)
    expect(people.idle.phase).toBe('warning')
    people.activity()
    pass(4.4 * MINUTE)
    expect(people.who).not.toBeNull()
    pass(0.7 * MINUTE)
    expect([people.who, people.locked]).toEqual([null, 'idle'])
  })
  it('tells the hub, once', async () => {
    const { people, names } = await signedIn()
    people.lock('closed')
    people.lock('closed')
    await settled()
    expect(names().filter((name) => name === 'session.close')).toHaveLength(1)
  })
  it('comes when the hub ends the session, with its reason', async () => {
    const { people, hear } = await signedIn()
    hear('removed')
    expect([people.who, people.locked]).toEqual([null, 'removed'])
  })
  it('comes after twelve hours whatever is touched', async () => {
    const { people, pass } = await signedIn()
    for (let minute = 0; minute < 12 * 60; minute++) {
      pass(MINUTE)
      people.activity()
    }
    expect([people.who, people.locked]).toEqual([null, 'over'])
  })
  it('the hub hears twice a minute that somebody is there, not before the last touch, and not without one', async () => {
    const { people, pass, names } = await signedIn()
    for (let second = 0; second < 70; second++) {
      pass(1000)
      people.activity()
    }
    pass(4 * MINUTE)
    await settled()
    expect(names().filter((name) => name === 'session.touch')).toHaveLength(3)
  })
})

describe('a lock without the hub', () => {
  const RIGHT: OfflineAnswer = { type: 'right', person: { id: ANA, name: 'Ana', role: 'staff', kind: 'pin', rev: 3 } }

  it('has its time written down while nobody is signed in', async () => {
    const { pass, counted, people } = await stage('staff', { online: false, offlineAnswer: RIGHT })
    pass(31_000)
    await settled()
    expect(counted).toEqual([ANA, ANA])
    await people.signInWithPin(TILE, '137946')
    pass(31_000)
    await settled()
    expect(counted).toEqual([ANA, ANA])
  })
})

describe('a device that is signed out itself', () => {
  it('has nobody in front of it any more', async () => {
    const { people, setStatus } = await signedIn()
    setStatus({ phase: 'revoked' })
    expect([people.who, people.locked]).toEqual([null, 'revoked'])
  })
})

describe('a short cut of the network', () => {
  it('asks nobody: the session is taken up before anything else is said', async () => {
    const on = await signedIn()
    on.says.set('session.resume', ok(OPEN))
    on.setOnline(false)
    on.setOnline(true)
    await on.call('offers.check', { offer: 'milk' })
    expect(on.names().filter((name) => name !== 'session.people')).toEqual(['session.resume', 'offers.check'])
    expect(on.people.who?.name).toBe('Ana')
  })
  it.each(['gone', 'revoked', 'password'] as const)('locks if the session is over meanwhile: %s', async (why) => {
    const on = await signedIn()
    on.says.set('session.resume', ok({ type: 'ended', why }))
    on.setOnline(false)
    on.setOnline(true)
    await settled()
    expect([on.people.who, on.people.locked]).toEqual([null, why])
  })
  it('a call that finds no session takes it up and goes again, once', async () => {
    const on = await signedIn()
    on.says.set('session.resume', ok(OPEN))
    let tries = 0
    on.says.set('devices.list', () => (++tries === 1 ? err({ code: 'person' }) : ok([])))
    expect(await on.call('devices.list', {})).toEqual(ok([]))
    on.says.set('devices.list', err({ code: 'person' }))
    on.forget()
    expect(await on.call('devices.list', {})).toEqual(err({ code: 'person' }))
    expect(on.names()).toEqual(['devices.list', 'session.resume', 'devices.list'])
  })
})

describe('without the hub', () => {
  const RIGHT: OfflineAnswer = { type: 'right', person: { id: ANA, name: 'Ana', role: 'staff', kind: 'pin', rev: 3 } }

  it('whoever the device knows comes in, and it says so', async () => {
    const { people } = await stage('staff', { online: false, offlineAnswer: RIGHT })
    expect(await people.signInWithPin(TILE, '137946')).toEqual({ type: 'in' })
    expect(people.who).toEqual({ id: ANA, name: 'Ana', role: 'staff', offline: true })
  })
  it('others do not', async () => {
    const { people } = await stage('staff', { online: false })
    expect(await people.signInWithPin(TILE, '137946')).toEqual({ type: 'offline' })
  })
  it('a lock is told with its time', async () => {
    const { people } = await stage('staff', { online: false, offlineAnswer: { type: 'locked', forMs: MINUTE } })
    expect(await people.signInWithPin(TILE, '137946')).toEqual({ type: 'offline-locked', forMs: MINUTE })
  })
  it('the hub is asked with the same act as soon as it is there, and nobody types again', async () => {
    const on = await stage('staff', { online: false, offlineAnswer: RIGHT })
    await on.people.signInWithPin(TILE, '137946')
    on.says.set('session.pin', ok(OPEN))
    on.forget()
    on.setOnline(true)
    await settled()
    expect(on.asked).toContainEqual({ name: 'session.pin', request: { person: ANA, pin: '137946' } })
    expect(on.people.who?.offline).toBe(false)
  })
  it('the device locks if the hub takes it differently', async () => {
    const on = await stage('staff', { online: false, offlineAnswer: RIGHT })
    await on.people.signInWithPin(TILE, '137946')
    on.says.set('session.pin', ok({ type: 'wrong', left: 4 }))
    on.setOnline(true)
    await settled()
    expect([on.people.who, on.people.locked]).toEqual([null, 'unproven'])
  })
  it('a busy hub is asked again, and the person works on', async () => {
    const on = await stage('staff', { online: false, offlineAnswer: RIGHT })
    await on.people.signInWithPin(TILE, '137946')
    on.says.set('session.pin', err({ code: 'busy' }))
    on.setOnline(true)
    await settled()
    expect(on.people.who?.offline).toBe(true)
    on.says.set('session.pin', ok(OPEN))
    on.pass(5000)
    await settled()
    expect(on.people.who?.offline).toBe(false)
  })
  it('nothing of what was typed is left after the lock', async () => {
    const on = await stage('staff', { online: false, offlineAnswer: RIGHT })
    await on.people.signInWithPin(TILE, '137946')
    on.people.lock('closed')
    on.forget()
    on.setOnline(true)
    await settled()
    expect(on.names()).toEqual(['session.people'])
  })
})

describe('what a person may not do', () => {
  it('is told when they asked for it, for a while', async () => {
    const { people, says, call, pass } = await signedIn()
    says.set('parity.close', err({ code: 'forbidden' }))
    people.activity()
    expect(await call('parity.close', { id: 1 })).toEqual(err({ code: 'forbidden' }))
    expect(people.refused).toBe(true)
    pass(10_000)
    expect(people.refused).toBe(false)
  })
  it('is not told when a screen asked by itself', async () => {
    const { people, says, call, pass } = await signedIn()
    says.set('parity.close', err({ code: 'forbidden' }))
    pass(MINUTE)
    await call('parity.close', { id: 1 })
    expect(people.refused).toBe(false)
  })
})

describe('a call that needs a fresh password', () => {
  it('waits for it, and goes on by itself', async () => {
    const on = await signedIn('manager', { person: { id: ANA, name: 'Ana', role: 'manager' }, role: 'manager' })
    let isFresh = false
    on.says.set('device.revoke', () => (isFresh ? ok({ revoked: true }) : err({ code: 'fresh' })))
    on.says.set('session.confirm', () => {
      isFresh = true
      return ok({ type: 'fresh', until: AT + 5 * MINUTE })
    })
    const revoking = on.call('device.revoke', { dev: '0'.repeat(32) })
    await settled()
    expect(on.people.wish?.call).toBe('device.revoke')
    expect(await on.people.confirm('a long password')).toEqual({ type: 'in' })
    expect(await revoking).toEqual(ok({ revoked: true }))
    expect([on.people.wish, on.names().filter((name) => name === 'device.revoke').length]).toEqual([null, 2])
  })
  it('stays open after a wrong one, and is given up without', async () => {
    const on = await signedIn('manager', { person: { id: ANA, name: 'Ana', role: 'manager' }, role: 'manager' })
    on.says.set('device.revoke', err({ code: 'fresh' }))
    on.says.set('session.confirm', ok({ type: 'wrong', left: 4 }))
    const revoking = on.call('device.revoke', { dev: '0'.repeat(32) })
    await settled()
    expect(await on.people.confirm('not it')).toEqual({ type: 'wrong', left: 4 })
    expect(on.people.wish).not.toBeNull()
    on.people.answerWish(false)
    expect(await revoking).toEqual(err({ code: 'fresh' }))
  })
  it('two at once ask once', async () => {
    const on = await signedIn('manager', { person: { id: ANA, name: 'Ana', role: 'manager' }, role: 'manager' })
    let isFresh = false
    on.says.set('people.list', () => (isFresh ? ok([]) : err({ code: 'fresh' })))
    on.says.set('session.confirm', () => {
      isFresh = true
      return ok({ type: 'fresh', until: AT + 5 * MINUTE })
    })
    const both = [on.call('people.list', {}), on.call('people.list', {})]
    await settled()
    await on.people.confirm('a long password')
    expect(await Promise.all(both)).toEqual([ok([]), ok([])])
    expect(on.names().filter((name) => name === 'session.confirm')).toHaveLength(1)
  })
  it('a lock gives it up', async () => {
    const on = await signedIn('manager', { person: { id: ANA, name: 'Ana', role: 'manager' }, role: 'manager' })
    on.says.set('device.revoke', err({ code: 'fresh' }))
    const revoking = on.call('device.revoke', { dev: '0'.repeat(32) })
    await settled()
    on.people.lock('idle')
    expect(await revoking).toEqual(err({ code: 'fresh' }))
  })
})
