import type { IncomingMessage } from 'node:http'
import { describe, expect, it } from 'vitest'
import { visitorAddress } from '#hub/ports/visitor-address.ts'
import { ADMISSION_LIMITS, admission, exactOrigins, type Admission } from '#hub/transport/socket/admission.ts'
import { conducts, STORED_EVENTS } from '#hub/transport/socket/conduct.ts'
import { DISPATCH_LIMITS } from '#hub/transport/socket/dispatcher.ts'
import { refusalText } from '#hub/transport/socket/refuse-upgrade.ts'
import { onceAMinute } from '#hub/use-cases/sharing/tell-once.ts'
import type { DeviceId } from '#shared/kernel/ids.ts'
import { millis } from '#shared/kernel/time.ts'

const A = '192.168.1.20'
const dev = (n: number): DeviceId => n.toString(16).padStart(32, '0') as DeviceId
const from = (address: string, headers: Record<string, string> = {}): IncomingMessage => ({ headers: { host: 'hub:1', ...headers }, socket: { remoteAddress: address } }) as unknown as IncomingMessage

const doorAt = (time: { now: number }): Admission => admission(exactOrigins(['http://hub:1']), ADMISSION_LIMITS, { now: () => millis(time.now) }, visitorAddress([]))
/** A handshake that goes through: the line it left open, or why it did not. */
const enter = (doors: Admission, address: string): IncomingMessage | string => {
  const request = from(address)
  const refused = doors.refusalOf(request)
  if (refused) return refused.why
  doors.entered(request)
  return request
}
const proveFrom = (doors: Admission, address: string, device: DeviceId): IncomingMessage => {
  const line = enter(doors, address) as IncomingMessage
  expect(doors.proven(line, device)).toBe(true)
  return line
}

describe('the limits of a store', () => {
  it('are these', () => {
    expect(DISPATCH_LIMITS).toMatchObject({ perSecond: 20, burst: 50, maxViolations: 200 })
    expect(STORED_EVENTS).toEqual({ perSecond: 200, burst: 50_000 })
    expect(ADMISSION_LIMITS).toMatchObject({ perAddress: 8, inAll: 500, denyMs: 60_000, maxFailures: 200 })
  })
})

describe('whoever has proven nothing', () => {
  it('holds eight lines of an address and no more, and other addresses have theirs', () => {
    const doors = doorAt({ now: 0 })
    const lines = Array.from({ length: 9 }, () => enter(doors, A))
    expect(lines.slice(0, 8).every((line) => typeof line === 'object')).toBe(true)
    expect(lines[8]).toBe('full')
    expect(enter(doors, '192.168.1.21')).toBeTypeOf('object')
    doors.left(lines[0] as IncomingMessage)
    expect(enter(doors, A)).toBeTypeOf('object')
  })
  it('makes room when its device has proven its key: a hundred kiosks behind one router come in', () => {
    const time = { now: 0 }
    const doors = doorAt(time)
    for (let n = 1; n <= 100; n++) proveFrom(doors, A, dev(n))
    expect(enter(doors, A)).toBe('too many')
    time.now = 1000
    expect(enter(doors, A)).toBeTypeOf('object')
  })
  it('finds five hundred lines in all, whatever the address', () => {
    const doors = doorAt({ now: 0 })
    for (let n = 1; n <= 500; n++) proveFrom(doors, `10.0.${n % 50}.${n % 200}`, dev(n))
    expect(enter(doors, '10.9.9.9')).toBe('full')
  })
  it('knocks a hundred times at once, then ten times a second, and is told when to come again', () => {
    const doors = doorAt({ now: 0 })
    for (let n = 1; n <= 100; n++) doors.left(enter(doors, A) as IncomingMessage)
    expect(doors.refusalOf(from(A))).toEqual({ why: 'too many', retryMs: 100 })
  })
  it('stays out for a minute after two hundred wrong proofs', () => {
    const time = { now: 0 }
    const doors = doorAt(time)
    for (let n = 0; n < 201; n++) doors.failed(from(A))
    expect(doors.refusalOf(from(A))).toEqual({ why: 'denied', retryMs: 60_000 })
    expect(doors.refusalOf(from('192.168.1.21'))).toBeNull()
    time.now = 60_000
    expect(doors.refusalOf(from(A))).toBeNull()
  })
})

describe('a device', () => {
  it('holds eight lines, whatever the addresses', () => {
    const doors = doorAt({ now: 0 })
    for (let n = 0; n < 8; n++) proveFrom(doors, `10.0.0.${n}`, dev(1))
    expect(doors.proven(enter(doors, '10.0.0.9') as IncomingMessage, dev(1))).toBe(false)
  })
  it('that misbehaved stays out for a minute and is told so; if it knocks on, its address stays out before anything is said', () => {
    const time = { now: 0 }
    const doors = doorAt(time)
    proveFrom(doors, A, dev(1))
    doors.deny(dev(1))
    time.now = 20_000
    for (let n = 0; n < 5; n++) {
      expect(doors.refusalOf(from(A))).toBeNull()
      expect(doors.deniedForMs(from(A), dev(1))).toBe(40_000)
    }
    expect(doors.refusalOf(from(A))).toEqual({ why: 'denied', retryMs: 60_000 })
    time.now = 80_000
    expect([doors.deniedForMs(from(A), dev(1)), doors.refusalOf(from(A))]).toEqual([0, null])
  })
  it('does not shut out the honest ones behind the same address', () => {
    const doors = doorAt({ now: 0 })
    doors.left(proveFrom(doors, A, dev(2)))
    proveFrom(doors, A, dev(1))
    doors.deny(dev(1))
    for (let n = 0; n < 20; n++) expect(doors.deniedForMs(from(A), dev(1))).toBe(60_000)
    expect([doors.refusalOf(from(A)), doors.deniedForMs(from(A), dev(2))]).toEqual([null, 0])
    // When the last honest one is denied too, nobody honest is left to spare.
    doors.deny(dev(2))
    doors.deniedForMs(from(A), dev(1))
    expect(doors.refusalOf(from(A))).toMatchObject({ why: 'denied' })
  })
  it('has its stored events and its broken rules counted over all its connections', () => {
    let now = 0
    const of = conducts({ ...DISPATCH_LIMITS, stored: { perSecond: 200, burst: 1000 } }, { now: () => millis(now) })
    expect(of(dev(1)).stored.take(1000)).toBe(0)
    expect(of(dev(1)).stored.take(100)).toBe(500)
    expect(of(dev(2)).stored.take(100)).toBe(0)
    now = 500
    expect(of(dev(1)).stored.take(100)).toBe(0)
    for (let n = 0; n < 200; n++) expect(of(dev(1)).breaks()).toBe(false)
    expect(of(dev(1)).breaks()).toBe(true)
    expect(of(dev(2)).breaks()).toBe(false)
  })
})

describe('whoever is refused', () => {
  it('reads a code and when to come again; from a foreign page only that it may not', () => {
    expect(refusalText({ why: 'denied', retryMs: 40_500 })).toBe('HTTP/1.1 429 Too Many Requests\r\nConnection: close\r\nContent-Type: application/json\r\nX-Content-Type-Options: nosniff\r\nRetry-After: 41\r\nContent-Length: 31\r\n\r\n{"code":"busy","retryMs":40500}')
    expect(refusalText({ why: 'origin' })).toMatch(/^HTTP\/1\.1 403 Forbidden\r\n[^]*\{"code":"forbidden"\}$/)
    expect(refusalText({ why: 'full', retryMs: 1000 })).toMatch(/^HTTP\/1\.1 503 /)
  })
  it('fills no log: one line a minute, with how many there were', () => {
    const lines: unknown[] = []
    let now = 0
    const line = (what: string, facts: unknown): void => void lines.push([what, facts])
    const tell = onceAMinute({ info: line, warn: line, error: line }, { now: () => millis(now) })
    for (let n = 0; n < 1000; n++) tell('handshake refused', { why: 'full' })
    now = 60_001
    tell('handshake refused', { why: 'full' })
    expect(lines).toEqual([['handshake refused', { why: 'full' }], ['handshake refused', { why: 'full', before: 999 }]])
  })
})

describe('the address that is counted', () => {
  const told = (proxies: readonly string[], remote: string, forwarded?: string): string => visitorAddress(proxies)(from(remote, forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }))
  it('is that of the line, whatever a stranger says of himself', () => {
    expect(told([], A, '10.0.0.1')).toBe(A)
    expect(told(['127.0.0.1'], A, '10.0.0.1')).toBe(A)
    expect(told([], `::ffff:${A}`)).toBe(A)
  })
  it('is the last one that a trusted proxy did not have itself', () => {
    expect(told(['127.0.0.1'], '127.0.0.1', '10.0.0.1')).toBe('10.0.0.1')
    expect(told(['127.0.0.1'], '::ffff:127.0.0.1', '6.6.6.6, 10.0.0.1')).toBe('10.0.0.1')
    expect(told(['127.0.0.1', '10.0.0.1'], '127.0.0.1', '6.6.6.6, 7.7.7.7, 10.0.0.1')).toBe('7.7.7.7')
    expect(told(['127.0.0.1'], '127.0.0.1')).toBe('127.0.0.1')
    expect(told(['127.0.0.1'], '127.0.0.1', 'unknown, <script>')).toBe('127.0.0.1')
  })
  it('is the first half of an IPv6 address: the second is chosen by whoever has it', () => {
    expect(told([], '2001:db8:1:2:aaaa::1')).toBe('2001:db8:1:2::/64')
    expect(told([], '2001:db8:1:2::ffff')).toBe('2001:db8:1:2::/64')
    expect(told([], '2001:db8::1')).toBe('2001:db8:0:0::/64')
    expect(told([], 'fe80::1%eth0')).toBe('fe80:0:0:0::/64')
    expect(told([], '::1')).toBe('::1')
  })
})
