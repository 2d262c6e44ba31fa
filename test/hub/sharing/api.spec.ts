import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { apiRead } from '#hub/transport/http/api-route.ts'
import { apiServer } from '#hub/transport/http/api-server.ts'
import { err } from '#shared/kernel/result.ts'
import { millis } from '#shared/kernel/time.ts'
import { ApiNothing } from '#shared/protocol/api.ts'
import { ROUTE_RULES } from '#shared/protocol/event-rules.ts'
import { TOLD_EVENTS } from '#shared/protocol/sharing.ts'
import { batch, chainOf, connect, eventId, pairTestDevice, signIn, startTestHub, type Link, type TestHub } from '../test-hub.ts'

const DAY = 86_400_000
/** A Wednesday noon. */
let now = 1_800_014_400_000
let hub: TestHub
let manager: Link
let token = ''
let pushed = 0
let kiosk: Link

const answer = (n: number, value: number) => ({ response: eventId(n).replaceAll('-', ''), touchpoint: 'kiosk', survey: 'visit', question: 'opening', kind: 'csat5', value })
const push = async (n: number, value = 4): Promise<void> => {
  for (let i = 0; i < n; i++) {
    const ids = Array.from({ length: pushed }, (_, at) => eventId(at + 1))
    pushed += 1
    await kiosk.ask('push', batch([eventId(pushed)], { from: pushed, prev: chainOf(ids), t: 'feedback.answered', p: answer(pushed, value) }))
  }
}
const make = async (scopes: readonly string[], days = 30): Promise<{ readonly id: string; readonly token: string }> => {
  const reply = (await manager.ask('share.token', { name: 'Kasse', scopes, days })) as { readonly value: { readonly id: string; readonly token: string } }
  return reply.value
}
const get = (path: string, of = token, headers: Record<string, string> = {}): Promise<Response> => fetch(`${hub.url}/api/v1/${path}`, { headers: { ...(of && { authorization: `Bearer ${of}` }), ...headers } })

beforeAll(async () => {
  hub = await startTestHub({ deps: { clock: { now: () => millis(now) }, timer: { every: () => () => undefined } } })
  manager = await connect(hub.url, await pairTestDevice(hub.url, hub.setupCode!, 'manager'))
  await signIn(hub, manager)
  const device = await pairTestDevice(hub.url, hub.pairingCode!, 'kiosk')
  kiosk = await connect(hub.url, device)
  await kiosk.ask('hello', { pv: 1, n: 1, ep: 'e'.repeat(16), next: 1, queued: 0, ack: 0, boot: 'b', app: '1', releaseHash: null, now })
  token = (await make(['figures:read', 'feedback:read', 'export:read'])).token
})
afterAll(async () => {
  manager.close()
  kiosk.close()
  await hub.remove()
})

type Described = { readonly openapi: string; readonly paths: Record<string, Record<string, { readonly security: readonly { readonly token: readonly string[] }[]; readonly parameters?: readonly { readonly name: string; readonly required: boolean; readonly schema: { readonly enum?: readonly string[] } }[] }>> }
const described = async (): Promise<Described> => (await get('openapi.json', '')).json() as Promise<Described>
const SAMPLE: Record<string, string> = { metric: 'csat', table: 'figures', week: '2026-01-05' }

describe('the description of the interface', () => {
  it('lists every route there is, and no other', async () => {
    const { openapi, paths } = await described()
    expect(openapi).toBe('3.1.0')
    const listed = Object.entries(paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`))
    const rules = Object.keys(ROUTE_RULES).filter((route) => route.includes(' /api/v1/') && !/\/(openapi\.json|docs|docs\.css)$/.test(route))
    expect(listed.toSorted()).toEqual(rules.toSorted())
  })
  it('is there for people too, with every route and its own style', async () => {
    const page = await get('docs', '')
    const words = await page.text()
    expect([page.status, page.headers.get('content-type'), Object.keys((await described()).paths).filter((path) => !words.includes(path))]).toEqual([200, 'text/html; charset=utf-8', []])
    expect((await get('docs.css', '')).headers.get('content-type')).toBe('text/css; charset=utf-8')
  })
  it('says what a web shop hands in: every kind with its scale, and what else may stand beside it', async () => {
    const { paths } = (await described()) as unknown as { readonly paths: Record<string, { readonly post: { readonly requestBody: { readonly content: { readonly 'application/json': { readonly schema: { readonly properties: { readonly answers: { readonly maxItems: number; readonly items: { readonly anyOf: readonly { readonly required: readonly string[]; readonly properties: Record<string, unknown> }[] } } } } } } } } }> }
    const { maxItems, items } = paths['/api/v1/feedback']!.post.requestBody.content['application/json'].schema.properties.answers
    expect(maxItems).toBe(100)
    expect(items.anyOf.map(({ properties }) => [properties['kind'], properties['value']]).slice(0, 4)).toEqual([
      [{ const: 'csat5' }, { type: 'integer', minimum: 1, maximum: 5 }],
      [{ const: 'smiley4' }, { type: 'integer', minimum: 1, maximum: 4 }],
      [{ const: 'nps' }, { type: 'integer', minimum: 0, maximum: 10 }],
      [{ const: 'ces7' }, { type: 'integer', minimum: 1, maximum: 7 }],
    ])
    expect(items.anyOf[0]!.required).toEqual(['id', 'touchpoint', 'question', 'kind', 'value'])
    expect(items.anyOf[0]!.properties['at']).toMatchObject({ type: 'string', format: 'date-time' })
  })
  it('says how other programs are called, every event with what it brings, and who may read what', async () => {
    const { webhooks, paths } = (await described()) as unknown as { readonly webhooks: Record<string, { readonly post: { readonly parameters: readonly { readonly name: string }[]; readonly requestBody: unknown; readonly responses: object } }>; readonly paths: Described['paths'] }
    expect(Object.keys(webhooks)).toEqual(TOLD_EVENTS)
    expect(webhooks['release.published']!.post.parameters.map(({ name }) => name)).toEqual(['webhook-id', 'webhook-timestamp', 'webhook-signature'])
    expect(webhooks['release.published']!.post.requestBody).toMatchObject({ content: { 'application/json': { schema: { properties: { type: { const: 'release.published' }, data: { required: ['rev', 'hash', 'activeFrom', 'documents'] } } } } } })
    expect([paths['/api/v1/board']!['get']!.security, paths['/api/v1/health']!['get']!.security, paths['/api/v1/cases']!['get']!.security]).toEqual([[{ board: [] }], [{ token: [] }], [{ token: ['cases:read'] }]])
    expect(await (await get('docs', '')).text()).toContain('<h3><code>alarm.opened</code></h3>')
  })
  it('is what a refusal refers to, in words that help', async () => {
    const why = async (path: string): Promise<unknown> => ((await (await get(path)).json()) as { readonly detail: unknown }).detail
    expect([await why('feedback?limit=10'), await why('figures?metric=smile')]).toEqual(['limit: 50 to 500', 'metric: expected ("nps" | "csat" | "ces" | "smiley")'])
  })
  it('is what every reading route keeps to: the server answers nothing that its schema refuses', async () => {
    const board = (await manager.ask('share.board', { name: 'Eingang', days: 30 })) as { readonly value: { readonly path: string } }
    const all = (await make(['figures:read', 'feedback:read', 'cases:read', 'export:read'])).token
    for (const [path, { get: read }] of Object.entries((await described()).paths)) {
      if (!read) continue
      const query = new URLSearchParams((read.parameters ?? []).filter(({ required }) => required).map(({ name, schema }) => [name, schema.enum?.[0] ?? SAMPLE[name]!]))
      const own = path.endsWith('/board') ? board.value.path.split('#')[1]! : all
      const response = await fetch(`${hub.url}${path}?${query.toString()}`, { headers: { authorization: `Bearer ${own}` } })
      expect([path, response.status]).toEqual([path, path.endsWith('/letter') ? 404 : 200])
    }
  })
})

describe('whoever comes', () => {
  it('without a token, with a wrong one, with one for other things or after its end is told so in the same words for everybody', async () => {
    const other = await make(['feedback:write'], 1)
    const said = async (of: string): Promise<unknown[]> => {
      const response = await get('figures?metric=csat', of)
      return [response.status, response.headers.get('content-type'), ((await response.json()) as { readonly code: string }).code]
    }
    expect(await said('')).toEqual([401, 'application/problem+json', 'token'])
    expect(await said(`einklang_${'A'.repeat(43)}`)).toEqual([401, 'application/problem+json', 'token'])
    expect(await said(other.token)).toEqual([403, 'application/problem+json', 'scope'])
    expect((await get('health', other.token)).status).toBe(200)
    now += DAY
    await signIn(hub, manager)
    expect(await said(other.token)).toEqual([401, 'application/problem+json', 'token'])
  })
  it('is shut out from the moment on in which a manager revokes the token; its use stands in the audit log by day', async () => {
    const { id, token: own } = await make(['figures:read'])
    expect((await get('touchpoints', own)).status).toBe(200)
    expect((await get('touchpoints', own)).status).toBe(200)
    await manager.ask('share.revoke', { id })
    expect((await get('touchpoints', own)).status).toBe(401)
    const log = (await manager.ask('audit.list', { limit: 50 })) as { readonly value: { readonly entries: readonly { readonly what: string; readonly object: string | null }[] } }
    expect(log.value.entries.filter(({ object }) => object === id).map(({ what }) => what)).toEqual(['token.revoked', 'token.used', 'token.made'])
    const read = (await manager.ask('share.read', {})) as { readonly value: { readonly tokens: readonly { readonly id: string; readonly lastDay: string | null; readonly revokedAt: number | null }[] } }
    expect(read.value.tokens.find((one) => one.id === id)).toMatchObject({ lastDay: new Date(now).toISOString().slice(0, 10), revokedAt: now })
    expect(JSON.stringify(read)).not.toContain(own.slice(9))
  })
  it('with a link of a board sees the board and nothing else', async () => {
    const board = (await manager.ask('share.board', { name: 'Eingang', days: 30 })) as { readonly value: { readonly path: string } }
    const link = board.value.path.split('#')[1]!
    expect([(await get('board', link)).status, (await get('figures?metric=csat', link)).status, (await get('health', link)).status, (await get('board')).status]).toEqual([200, 403, 403, 403])
  })
  it('from a page of another origin is not heard, and no page is told that it may be', async () => {
    const response = await get('health', token, { origin: 'https://elsewhere.example' })
    expect([response.status, response.headers.get('access-control-allow-origin'), response.headers.get('set-cookie')]).toEqual([403, null, null])
  })
  it('too often waits: a token has 120 questions a minute', async () => {
    now += 60_000
    const { token: own } = await make(['figures:read'])
    const statuses = []
    for (let i = 0; i < 122; i++) statuses.push((await get('letters', own)).status)
    expect([statuses.filter((status) => status === 200).length, statuses.at(-1)]).toEqual([120, 429])
  })
})

describe('figures', () => {
  it('are those of the screen, with n, interval and what is missing; days that there are not are refused', async () => {
    await push(6, 5)
    const body = (await (await get('figures?metric=csat&by=touchpoint')).json()) as { readonly overall: { readonly n: number; readonly score: number }; readonly formula: { readonly de: string } }
    const screen = (await manager.ask('insights.read', { metric: 'csat', by: 'touchpoint' })) as { readonly value: { readonly overall: unknown } }
    expect(body.overall).toEqual(screen.value.overall)
    expect([body.overall.n, body.overall.score, body.formula.de]).toEqual([6, 100, 'Anteil 4–5 von 1–5; 95-%-Bereich nach Wilson.'])
    for (const query of ['metric=none', 'metric=csat&from=2026-02-30', 'metric=csat&from=2026-03-02&until=2026-03-01', 'metric=csat&x=1', 'metric=csat&metric=nps']) expect([query, (await get(`figures?${query}`)).status]).toEqual([query, 400])
  })
  it('carry a name: whoever knows it is told that nothing has changed', async () => {
    const first = await get('figures?metric=csat')
    now += 1000
    const again = await get('figures?metric=csat', token, { 'if-none-match': first.headers.get('etag')! })
    expect([again.status, await again.text()]).toEqual([304, ''])
    await push(5, 1)
    expect((await get('figures?metric=csat', token, { 'if-none-match': first.headers.get('etag')! })).status).toBe(200)
  })
})

describe('answers', () => {
  type Page = { readonly items: readonly { readonly id: string; readonly when: string; readonly value: unknown }[]; readonly next: string; readonly more: boolean }
  it('are told from the day after they arrived, by day, without their ids, and never twice', async () => {
    const before = (await (await get('feedback?limit=50')).json()) as Page
    expect([before.items, before.more]).toEqual([[], false])
    now += DAY
    const page = (await (await get(`feedback?limit=50&cursor=${before.next}`)).json()) as Page
    expect([page.items.length, page.more]).toEqual([11, false])
    expect(new Set(page.items.map(({ when }) => when)).size).toBe(1)
    expect(page.items[0]!.when).toMatch(/^\d{4}-\d\d-\d\d$/)
    expect(JSON.stringify(page)).not.toContain(eventId(1).slice(0, 13))
    expect(((await (await get(`feedback?cursor=${page.next}`)).json()) as Page).items).toEqual([])
    expect((await get('feedback?cursor=b1')).status).toBe(400)
    expect((await get('feedback?limit=10')).status).toBe(400)
  })
  it('are counted in steps of five, so that whoever asks for nothing else sees none arrive', async () => {
    const answers = async (): Promise<number> => ((await (await get('health')).json()) as { readonly answers: number }).answers
    const seen = [await answers()]
    for (let i = 0; i < 4; i++) {
      await push(1)
      seen.push(await answers())
    }
    expect(seen).toEqual([10, 10, 10, 10, 15])
  })
})

describe('an answer that is not as described', () => {
  it('is none: the server says that it failed, and nothing of what it had', async () => {
    const lines: string[] = []
    const route = apiRead({ path: '/api/v1/health', scope: null, summary: '', query: ApiNothing, reply: ApiNothing, answer: () => ({ body: { secret: 1 } }) })
    const api = apiServer({ routes: [route], door: { check: () => err({ type: 'none' }) }, clock: { now: () => millis(now) }, log: { info: () => undefined, warn: () => undefined, error: (what) => void lines.push(what) }, addressOf: () => 'x' })
    let said = [0, '']
    const response = { headersSent: false, destroyed: false, writeHead: (status: number) => ({ end: (text: string) => void (said = [status, text]) }) }
    await api.answer({ method: 'GET', url: '/api/v1/health', headers: {} } as never, response as never, '/api/v1/health')
    expect([said[0], String(said[1]).includes('secret'), lines]).toEqual([500, false, ['call failed']])
  })
})
