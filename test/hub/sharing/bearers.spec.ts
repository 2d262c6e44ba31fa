import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { millis } from '#shared/kernel/time.ts'
import { TOKEN_SCOPES } from '#shared/protocol/sharing.ts'
import { ROUTE_RULES } from '#shared/protocol/event-rules.ts'
import { batch, chainOf, connect, eventId, pairTestDevice, signIn, startTestHub, type Link, type TestHub } from '../test-hub.ts'

/** Every route for programs, written by hand: the scope that it asks for, and what it answers whoever has it. */
const TABLE: { readonly [route: string]: readonly [scope: string, status: number, query: string] } = {
  'GET /api/v1/health': ['any', 200, ''],
  'GET /api/v1/figures': ['figures:read', 200, '?metric=csat'],
  'GET /api/v1/figures/trend': ['figures:read', 200, '?metric=csat&step=week'],
  'GET /api/v1/figures/compare': ['figures:read', 200, '?metric=csat&by=touchpoint'],
  'GET /api/v1/touchpoints': ['figures:read', 200, ''],
  'GET /api/v1/surveys': ['figures:read', 200, ''],
  'GET /api/v1/letters': ['figures:read', 200, ''],
  'GET /api/v1/letter': ['figures:read', 404, '?week=2026-01-05'],
  'GET /api/v1/feedback': ['feedback:read', 200, ''],
  'POST /api/v1/feedback': ['feedback:write', 400, ''],
  'GET /api/v1/alarms': ['cases:read', 200, ''],
  'GET /api/v1/cases': ['cases:read', 200, ''],
  'GET /api/v1/export': ['export:read', 200, '?table=answers'],
  'GET /api/v1/board': ['board', 200, ''],
}
const ROUTES = Object.keys(TABLE)
const DAY = 86_400_000

/** A Wednesday morning. */
let now = 1_800_003_600_000
let hub: TestHub
let manager: Link
let kiosk: Link
let pushed = 0

type Token = { readonly id: string; readonly token: string }
const make = async (scopes: readonly string[], days = 30): Promise<Token> => ((await manager.ask('share.token', { name: 'Kasse', scopes, days })) as { readonly value: Token }).value
const makeBoard = async (days = 30): Promise<Token> => {
  const { id, path } = ((await manager.ask('share.board', { name: 'Eingang', days })) as { readonly value: { readonly id: string; readonly path: string } }).value
  return { id, token: path.split('#')[1]! }
}
const send = (route: string, token: string): Promise<Response> => {
  const [method, path] = route.split(' ') as [string, string]
  return fetch(`${hub.url}${path}${TABLE[route]![2]}`, { method, headers: { authorization: `Bearer ${token}`, ...(method === 'POST' && { 'content-type': 'application/json' }) }, ...(method === 'POST' && { body: '{}' }) })
}
const statuses = async (token: string): Promise<Record<string, number>> => {
  const all: Record<string, number> = {}
  for (const route of ROUTES) all[route] = (await send(route, token)).status
  return all
}
const of = (status: (route: string) => number): Record<string, number> => Object.fromEntries(ROUTES.map((route) => [route, status(route)]))
const push = async (values: readonly number[]): Promise<void> => {
  for (const value of values) {
    const ids = Array.from({ length: pushed }, (_, at) => eventId(at + 1))
    pushed += 1
    const p = { response: eventId(pushed).replaceAll('-', ''), touchpoint: 'kiosk', survey: 'visit', question: 'opening', kind: 'csat5', value }
    const { ev, ...rest } = batch([eventId(pushed)], { from: pushed, prev: chainOf(ids), t: 'feedback.answered', p })
    await kiosk.ask('push', { ...rest, ev: ev.map((event) => Object.assign(event, { at: now })) })
  }
}

beforeAll(async () => {
  hub = await startTestHub({ deps: { clock: { now: () => millis(now) }, timer: { every: () => () => undefined } } })
  manager = await connect(hub.url, await pairTestDevice(hub.url, hub.setupCode!, 'manager'))
  await signIn(hub, manager)
  kiosk = await connect(hub.url, await pairTestDevice(hub.url, hub.pairingCode!, 'kiosk'))
  await kiosk.ask('hello', { pv: 1, n: 1, ep: 'e'.repeat(16), next: 1, queued: 0, ack: 0, boot: 'b', app: '1', releaseHash: null, now })
})
afterAll(async () => {
  manager.close()
  kiosk.close()
  await hub.remove()
})

describe('every route for programs', () => {
  it('stands in the table', () => {
    expect(ROUTES.toSorted()).toEqual(Object.keys(ROUTE_RULES).filter((route) => ROUTE_RULES[route as keyof typeof ROUTE_RULES] === 'token').toSorted())
  })
  it.each([...TOKEN_SCOPES])('opens for a token for %s if it asks for that, and for nothing else', async (scope) => {
    const { token } = await make([scope])
    expect(await statuses(token)).toEqual(of((route) => (TABLE[route]![0] === scope || TABLE[route]![0] === 'any' ? TABLE[route]![1] : 403)))
  })
  it('but the board is shut to a token for all there is', async () => {
    const { token } = await make([...TOKEN_SCOPES])
    expect(await statuses(token)).toEqual(of((route) => (TABLE[route]![0] === 'board' ? 403 : TABLE[route]![1])))
  })
  it('is shut to the link of a board, but for the board itself', async () => {
    const { token } = await makeBoard()
    expect(await statuses(token)).toEqual(of((route) => (TABLE[route]![0] === 'board' ? 200 : 403)))
  })
  it('is shut once a token or a link is revoked, and from the moment on in which it ends', async () => {
    const all = [await make([...TOKEN_SCOPES]), await makeBoard()]
    for (const { id } of all) await manager.ask('share.revoke', { id })
    const short = [await make([...TOKEN_SCOPES], 1), await makeBoard(1)]
    now += DAY - 1
    expect([(await send('GET /api/v1/health', short[0]!.token)).status, (await send('GET /api/v1/board', short[1]!.token)).status]).toEqual([200, 200])
    now += 1
    for (const { token } of [...all, ...short]) expect(await statuses(token)).toEqual(of(() => 401))
    await signIn(hub, manager)
  })
})

describe('whoever bears a token', () => {
  it('leaves a row of the audit log with each table that is taken along, as a manager does', async () => {
    await push([5, 5, 5, 5, 5, 4])
    const { id, token } = await make(['export:read'])
    await send('GET /api/v1/export', token)
    now += DAY
    await signIn(hub, manager)
    await send('GET /api/v1/export', token)
    await send('GET /api/v1/export', token)
    const log = (await manager.ask('audit.list', { limit: 50 })) as { readonly value: { readonly entries: readonly { readonly who: string; readonly what: string; readonly object: string; readonly count: number; readonly device: null }[]; readonly names: Record<string, string> } }
    const rows = log.value.entries.filter(({ who, what }) => who === id && what === 'feedback.exported').map(({ who, object, count, device }) => [who, object, count, device])
    // What arrived today is not told.
    expect(rows).toEqual([[id, 'answers', 6, null], [id, 'answers', 6, null], [id, 'answers', 0, null]])
    expect(log.value.names[id]).toBe('Kasse')
  })
  it('cannot read from a figure or a board what somebody just answered', async () => {
    const [{ token }, board] = [await make(['figures:read']), await makeBoard()]
    await push([5, 5, 5, 5, 5])
    const told = async (): Promise<unknown> => {
      const figure = (await (await send('GET /api/v1/figures', token)).json()) as { readonly overall: unknown; readonly flagged: number }
      const { day, hours, week, places } = (await (await send('GET /api/v1/board', board.token)).json()) as { readonly day: unknown; readonly hours: unknown; readonly week: object; readonly places: unknown }
      expect(Object.keys(week)).toEqual(['n', 'score', 'low', 'high'])
      return { overall: figure.overall, flagged: figure.flagged, day, hours, week, places }
    }
    const before = await told()
    for (const value of [1, 3, 2, 1]) {
      await push([value])
      expect(await told()).toEqual(before)
    }
    await push([1])
    expect(await told()).not.toEqual(before)
  })
  it('is told how a figure went, and its parts side by side, up to yesterday', async () => {
    const { token } = await make(['figures:read'])
    const read = async (route: string): Promise<{ readonly overall: { readonly n: number } }> => (await (await send(route, token)).json()) as never
    expect([(await read('GET /api/v1/figures')).overall.n, (await read('GET /api/v1/figures/trend')).overall.n, (await read('GET /api/v1/figures/compare')).overall.n]).toEqual([16, 6, 6])
  })
  it('goes on with cursors of the hub alone', async () => {
    const { token } = await make(['feedback:read'])
    const ask = async (query: string): Promise<{ readonly status: number; readonly body: { readonly next: string; readonly items: readonly unknown[] } }> => {
      const response = await fetch(`${hub.url}/api/v1/feedback${query}`, { headers: { authorization: `Bearer ${token}` } })
      return { status: response.status, body: (await response.json()) as never }
    }
    const { body } = await ask('')
    expect(body.items.length).toBe(6)
    expect((await ask(`?cursor=${body.next}`)).status).toBe(200)
    for (const forged of ['a1', 'b1', body.next.replace(/^b./, 'b1'), `${body.next.slice(0, -1)}${body.next.endsWith('A') ? 'B' : 'A'}`]) expect([forged, (await ask(`?cursor=${forged}`)).status]).toEqual([forged, 400])
  })
})
