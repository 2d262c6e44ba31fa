import * as fc from 'fast-check'
import { io } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Role } from '#shared/devices/role.ts'
import { ROLES } from '#shared/devices/role.ts'
import { EVENT_RULES } from '#shared/protocol/event-rules.ts'
import type { GuardedEvent } from '#shared/protocol/guard.ts'
import { GOOD } from './good-payloads.ts'
import { connect, pairTestDevice, signChallenge, signIn, startTestHub, type Link, type TestDevice, type TestHub } from './test-hub.ts'

const EVENTS = Object.keys(EVENT_RULES) as GuardedEvent[]

let hub: TestHub
const devices = {} as Record<Role, TestDevice>
const links = {} as Record<Role, Link>

beforeAll(async () => {
  hub = await startTestHub()
  for (const role of ROLES) {
    devices[role] = await pairTestDevice(hub.url, role === 'manager' ? hub.setupCode! : hub.pairingCode!, role)
    links[role] = await connect(hub.url, devices[role])
  }
  await signIn(hub, links.manager)
})
afterAll(async () => {
  for (const link of Object.values(links)) link.close()
  await hub.remove()
})

const codeOf = (reply: unknown): string | undefined => {
  const { code, error } = reply as { readonly code?: string; readonly error?: { readonly code: string } }
  return code ?? error?.code
}

describe('whatever a payload is made of', () => {
  const deep = JSON.parse(`${'['.repeat(3000)}1${']'.repeat(3000)}`) as unknown
  const bad: readonly [string, unknown][] = [
    ['null', null], ['a number', 5], ['a text', 'x'], ['a list', [1]], ['nothing known', { hack: true }], ['deep nesting', deep],
    ['a prototype', JSON.parse('{"__proto__":{"role":"manager"}}')], ['a lone surrogate', { code: '\ud800' }], ['bytes', Buffer.from('x')],
  ]
  it.each(bad)('%s is refused by every event, and the hub goes on', async (_name, payload) => {
    for (const event of EVENTS) {
      if ((event === 'time' && payload === null) || !EVENT_RULES[event].devices.includes('manager')) continue
      expect(codeOf(await links.manager.ask(event, payload))).toBe('bad_request')
    }
    expect(await links.manager.ask('time', {})).toEqual({ now: expect.any(Number) })
  })
  it('no acknowledgement, two payloads, none at all, and unknown or reserved names are not heard', async () => {
    const { socket } = links.kiosk
    socket.emit('hello', GOOD.hello)
    socket.emit('hello')
    socket.emit('push', null)
    socket.emit('error', 'x')
    socket.emit('constructor', {})
    await expect(socket.timeout(300).emitWithAck('hello', GOOD.hello, GOOD.hello)).rejects.toThrow()
    await expect(socket.timeout(300).emitWithAck('no.such', {})).rejects.toThrow()
    expect(await links.kiosk.ask('time', {})).toEqual({ now: expect.any(Number) })
  })
})

describe('any JSON at all', () => {
  it('is answered by every event with a value or a code, and never more than that', async () => {
    const codes = ['busy', 'bad_request', 'forbidden', 'auth', 'upgrade', 'gap', 'fork', 'not_found', undefined]
    const payload = fc.oneof(
      fc.jsonValue({ maxDepth: 4 }),
      fc.constantFrom(...EVENTS).chain((event) => fc.record(Object.fromEntries(Object.keys(GOOD[event]).map((key) => [key, fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constant(GOOD[event][key] as never))])))),
    )
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...EVENTS), payload, async (event, value) => {
        // Revoking one of the devices of this table would be right, and would end it.
        if (event === 'session.close' || (event === 'device.revoke' && JSON.stringify(value).includes('"dev"'))) return
        expect(codes).toContain(codeOf(await links.manager.ask(event, value)))
      }),
      { numRuns: 1500 },
    )
    expect(hub.lines.filter(({ level }) => level === 'error')).toEqual([])
  })
  it('of more than 512 KiB in one frame closes that connection and no other', async () => {
    const link = await connect(hub.url, devices.staff)
    const closed = new Promise((resolve) => link.socket.once('disconnect', resolve))
    link.socket.emit('report', { app: 'x'.repeat(600_000) }, () => undefined)
    await closed
    expect(await links.staff.ask('time', {})).toEqual({ now: expect.any(Number) })
  })
})

describe('a connection', () => {
  it('needs the token', async () => {
    await expect(connect(hub.url, { ...devices.kiosk, token: 'A'.repeat(43) })).rejects.toThrow('auth')
    await expect(connect(hub.url, { ...devices.kiosk, dev: 'a'.repeat(32) as TestDevice['dev'] })).rejects.toThrow('auth')
    await expect(connect(hub.url, { ...devices.kiosk, token: { toString: 1 } as unknown as string })).rejects.toThrow('auth')
  })
  it('needs the key behind it: a copied token alone is closed', async () => {
    await expect(connect(hub.url, { ...devices.kiosk, key: devices.staff.key })).rejects.toThrow('io server disconnect')
    await expect(connect(hub.url, devices.kiosk, { sign: () => null })).rejects.toThrow('io server disconnect')
    await expect(connect(hub.url, devices.kiosk, { sign: () => ({ sig: 'A'.repeat(86) }) })).rejects.toThrow('io server disconnect')
  })
  it('cannot replay an earlier answer', async () => {
    let first: unknown
    const link = await connect(hub.url, devices.kiosk, { sign: (challenge, host) => (first = signChallenge(devices.kiosk.key)(challenge, host)) })
    link.close()
    await expect(connect(hub.url, devices.kiosk, { sign: () => first })).rejects.toThrow('io server disconnect')
  })
  it('is refused from a page of another origin, or under another host name', async () => {
    await expect(connect(hub.url, devices.kiosk, { headers: { origin: 'https://evil.example' } })).rejects.toThrow()
    await expect(connect(hub.url, devices.kiosk, { headers: { origin: hub.url.replace(/\d+$/, '1') } })).rejects.toThrow()
    await expect(connect(hub.url, devices.kiosk, { headers: { host: 'evil.example' } })).rejects.toThrow()
    const own = await connect(hub.url, devices.kiosk, { headers: { origin: hub.url } })
    own.close()
  })
  it('hears nothing before the key is proven', async () => {
    let early: unknown = 'unset'
    const socket = io(hub.url, { transports: ['websocket'], reconnection: false, forceNew: true, auth: { dev: devices.kiosk.dev, token: devices.kiosk.token } })
    const ready = new Promise((resolve) => socket.once('ready', resolve))
    socket.once('challenge', (challenge, ack) => {
      socket.timeout(200).emit('time', {}, (error: unknown) => {
        early = error
        ack(signChallenge(devices.kiosk.key)(challenge, new URL(hub.url).host))
      })
    })
    await ready
    expect(early).toBeInstanceOf(Error)
    socket.close()
  })
  it('ends at once when its device is revoked, and does not come back', async () => {
    const device = await pairTestDevice(hub.url, hub.pairingCode!, 'kiosk')
    const link = await connect(hub.url, device)
    const told = new Promise((resolve) => link.socket.once('revoked', resolve))
    const closed = new Promise((resolve) => link.socket.once('disconnect', resolve))
    expect(await links.manager.ask('device.revoke', { dev: device.dev })).toEqual({ ok: true, value: { revoked: true } })
    expect([await told, await closed]).toEqual([{}, 'io server disconnect'])
    await expect(connect(hub.url, device)).rejects.toThrow('revoked')
  })
})

describe('a connection that asks too much', () => {
  it('is told to wait, and how long, and is closed and kept out when it does not', async () => {
    const strict = await startTestHub({ deps: { dispatch: { perSecond: 20, burst: 5, handlerMs: 1000, maxViolations: 20, violationWindowMs: 60_000 } } })
    const device = await pairTestDevice(strict.url, strict.pairingCode!, 'kiosk')
    const link = await connect(strict.url, device)
    const replies = await Promise.all(Array.from({ length: 10 }, () => link.ask('time', {})))
    const busy = replies.filter((reply) => codeOf(reply) === 'busy') as { readonly retryMs: number }[]
    expect(busy).toHaveLength(5)
    expect(busy.every(({ retryMs }) => retryMs > 0 && retryMs <= 50)).toBe(true)
    const closed = new Promise((resolve) => link.socket.once('disconnect', resolve))
    for (let i = 0; i < 30; i++) link.socket.emit('time', {}, () => undefined)
    expect(await closed).toBe('io server disconnect')
    await expect(connect(strict.url, device)).rejects.toThrow('busy')
    await strict.remove()
  })
})
