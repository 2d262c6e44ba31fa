import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { digestOf } from '#hub/tools/open-desk.ts'
import { openHttp } from '#hub/open-http.ts'
import { signCode, signFragment } from '#shared/feedback/sign-code.ts'
import { receiptFromBytes } from '#shared/feedback/receipt-code.ts'
import { millis } from '#shared/kernel/time.ts'
import { EVENT_RULES, ROUTE_RULES } from '#shared/protocol/event-rules.ts'
import { connect, newDeviceKey, pairTestDevice, signIn, startTestHub, type Link, type TestDevice, type TestHub } from './test-hub.ts'

const RECEIPT = receiptFromBytes(new Uint8Array(10))
const SIGN = signFragment({ touchpoint: 'exit', serial: 1, code: signCode(new Uint8Array(10)) })
/** Every route, written by hand: who may, what somebody without anything hears, in its right shape. */
const TABLE: { readonly [route: string]: readonly [who: string, status: number, body?: object] } = {
  'POST /api/pair': ['anybody', 403, { pv: 1, code: 'ABCD-1234', role: 'manager', name: 'x' }],
  'POST /api/pair/wait': ['anybody', 403, { ticket: 'A'.repeat(45) }],
  'POST /api/pair/answer': ['anybody', 403, { ticket: 'A'.repeat(45), key: 'ABCD' }],
  'POST /api/pair-again': ['device', 403, { pv: 1, dev: 'f'.repeat(32), token: 'A'.repeat(43), kept: 'A'.repeat(300) }],
  'GET /api/store': ['anybody', 200],
  'POST /api/handoff/open': ['anybody', 200, { digits: '123', session: '1'.repeat(32), orderId: '2'.repeat(32) }],
  'POST /api/handoff/price': ['anybody', 400, {}],
  'POST /api/handoff/shop': ['anybody', 400, {}],
  'POST /api/handoff/to-kiosk': ['anybody', 400, {}],
  'POST /api/baskets': ['anybody', 400, { lines: [] }],
  'POST /api/orders': ['anybody', 400, {}],
  'POST /api/receipt/open': ['anybody', 200, { code: RECEIPT }],
  'POST /api/receipt/answer': ['anybody', 200, { code: RECEIPT, text: 'Danke', key: 'a'.repeat(32), language: 'de' }],
  'POST /api/receipt/erase': ['anybody', 200, { code: RECEIPT, what: 'all' }],
  'POST /api/feedback/open': ['anybody', 200, { sign: SIGN }],
  'POST /api/feedback/answer': ['anybody', 200, { sign: SIGN, response: 'a'.repeat(32), receipt: 'b'.repeat(32), language: 'de', answers: [{ id: 'c'.repeat(32), question: 'visit', value: 5, ago: 0 }] }],
  'POST /api/v1/feedback': ['token', 401, { answers: [] }],
  'POST /api/violations': ['anybody', 202, { 'csp-report': {} }],
  'GET /api/v1/openapi.json': ['anybody', 200],
  'GET /api/v1/docs': ['anybody', 200],
  'GET /api/v1/docs.css': ['anybody', 200],
  'GET /api/v1/health': ['token', 401],
  'GET /api/v1/figures': ['token', 401],
  'GET /api/v1/feedback': ['token', 401],
  'GET /api/v1/figures/trend': ['token', 401],
  'GET /api/v1/figures/compare': ['token', 401],
  'GET /api/v1/alarms': ['token', 401],
  'GET /api/v1/cases': ['token', 401],
  'GET /api/v1/touchpoints': ['token', 401],
  'GET /api/v1/surveys': ['token', 401],
  'GET /api/v1/letters': ['token', 401],
  'GET /api/v1/letter': ['token', 401],
  'GET /api/v1/export': ['token', 401],
  'GET /api/v1/board': ['token', 401],
  'GET /metrics': ['machine', 404],
  'POST /shop/webhook': ['shop', 404, {}],
}
const ROUTES = Object.keys(TABLE)

let now = 1_800_000_000_000
let hub: TestHub
let watcher: DatabaseSync
let manager: TestDevice
let link: Link
let session = ''
beforeAll(async () => {
  hub = await startTestHub({ deps: { clock: { now: () => millis(now) }, timer: { every: () => () => undefined } } })
  watcher = new DatabaseSync(join(hub.folder, 'hub.sqlite'), { readOnly: true })
  manager = await pairTestDevice(hub.url, hub.setupCode!, 'manager')
  link = await connect(hub.url, manager)
  session = (await signIn(hub, link)).session
})
afterAll(async () => {
  link.close()
  watcher.close()
  await hub.remove()
})

/** Everything that the hub holds; an empty step of its own changes nothing. */
const written = (): string => {
  const tables = watcher.prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").all() as unknown as readonly { readonly name: string }[]
  return digestOf(JSON.stringify(tables.map(({ name }) => [name, watcher.prepare(`SELECT * FROM ${name}`).all()])))
}
const { pub } = newDeviceKey()
const send = async (route: string, headers: Record<string, string> = {}, extra: object = {}): Promise<{ readonly status: number; readonly text: string }> => {
  const [method, path] = route.split(' ') as [string, string]
  const [, , body] = TABLE[route]!
  const whole = body && { ...body, ...(path === '/api/pair' && { pub }), ...extra }
  const response = await fetch(`${hub.url}${path}`, { method, headers: { ...(whole && { 'content-type': path === '/api/violations' ? 'application/csp-report' : 'application/json' }), ...headers }, ...(whole && { body: JSON.stringify(whole) }) })
  return { status: response.status, text: await response.text() }
}

describe('the routes, one by one', () => {
  it('are those of the table, and no hub starts with another', () => {
    expect(ROUTES.toSorted()).toEqual(Object.keys(ROUTE_RULES).toSorted())
    expect(Object.fromEntries(ROUTES.map((route) => [route, TABLE[route]![0]]))).toEqual(ROUTE_RULES)
    const route = { method: 'POST' as const, path: '/api/people', perMinute: 1, answer: () => Promise.resolve({ status: 200, body: {} }) }
    expect(() => openHttp({} as never, {} as never, {} as never, {} as never, { routes: [route] })).toThrow('the route POST /api/people stands in no table')
  })
  it('tell nobody more than they may hear, and write nothing of it', async () => {
    const said: unknown[] = []
    for (const route of ROUTES) {
      const before = written()
      const { status } = await send(route)
      // A wish to be erased is remembered also for what has not arrived yet.
      said.push([route, status, written() === before || route === 'POST /api/receipt/erase'])
    }
    expect(said).toEqual(ROUTES.map((route) => [route, TABLE[route]![1], true]))
  })
  it('are moved by no token, session or role that a browser sends along', async () => {
    const alone: string[] = []
    for (const route of ROUTES) alone.push((await send(route)).text)
    const along: readonly Record<string, string>[] = [{ authorization: `Bearer ${manager.token}` }, { authorization: `Bearer ${session}` }, { cookie: `session=${session}; dev=${manager.dev}; role=manager` }, { 'x-role': 'manager', 'x-dev': manager.dev, 'x-store': 'other', 'x-session': session }]
    for (const headers of along) {
      now += 61_000
      const before = written()
      const beside: string[] = []
      for (const route of ROUTES) beside.push((await send(route, headers)).text)
      expect([beside.map(unnumbered), written()]).toEqual([alone.map(unnumbered), before])
    }
  })
  it('refuse pages of other origins, and fields that nobody asked for', async () => {
    now += 61_000
    const before = written()
    const strange: unknown[] = []
    const forged: unknown[] = []
    for (const route of ROUTES.filter((one) => one.includes('/api/'))) {
      strange.push([route, (await send(route, { origin: 'https://elsewhere.example' })).status])
      if (route.startsWith('POST')) forged.push([route, (await send(route, {}, { role: 'manager', person: 'x', store: 'other', dev: manager.dev, fresh: true })).status])
    }
    expect(strange.filter((one) => (one as [string, number])[1] !== 403)).toEqual([])
    // Whoever has no token is not told what its body should be.
    expect(forged.filter((one) => (one as [string, number])[1] !== (TABLE[(one as [string, number])[0]]![0] === 'token' ? 401 : 400))).toEqual([])
    expect(written()).toBe(before)
  })
  it('lead to nothing that staff or managers may: that goes over their own connection', async () => {
    const before = written()
    for (const event of Object.keys(EVENT_RULES))
      for (const path of [`/api/${event}`, `/api/${event.replace('.', '/')}`]) {
        if (ROUTES.includes(`POST ${path}`)) continue
        const response = await fetch(`${hub.url}${path}`, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${session}` }, body: '{}' })
        expect([path, response.status]).toEqual([path, 404])
      }
    expect(written()).toBe(before)
  })
})

/** Without instants, which go on. */
const unnumbered = (text: string): string => text.replace(/\d{13}/g, 'T')
