import { createHmac } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import * as v from 'valibot'
import { afterEach, describe, expect, it } from 'vitest'
import { demoDocuments } from '#hub/shops/builtin/demo/demo-documents.ts'
import { localTime, millis } from '#shared/kernel/time.ts'
import { TOLD_DATA } from '#shared/protocol/told-calls.ts'
import { connect, pairTestDevice, signIn, startTestHub, type Link, type TestHub } from '../test-hub.ts'

let hub: TestHub
let link: Link
let server: Server
afterEach(async () => {
  link.close()
  server.closeAllConnections()
  server.close()
  await hub.remove()
})

type Seen = { readonly headers: IncomingHttpHeaders; readonly body: string }
type Answered<T> = { readonly ok: boolean; readonly value: T }

/** The demo shop of today, at another address. */
const moved = (address: string) => {
  const items = demoDocuments(localTime(millis(Date.now()), 'Europe/Berlin').day)
  return { ...items, 'store/main': { ...(items['store/main'] as object), address } }
}

describe('a receiver of calls', () => {
  it('that fails at first takes a new release signed, with the same id at every try; the log tells both, and once ended it hears nothing', async () => {
    const seen: Seen[] = []
    let status = 500
    server = createServer((request, response) => {
      let body = ''
      request.on('data', (chunk: Buffer) => (body += chunk.toString()))
      request.on('end', () => {
        seen.push({ headers: request.headers, body })
        response.writeHead(status).end()
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/told`
    hub = await startTestHub({ webhookHosts: ['127.0.0.1'], deps: { timer: { every: () => () => undefined } } })
    link = await connect(hub.url, await pairTestDevice(hub.url, hub.setupCode!, 'manager'))
    await signIn(hub, link)
    const ask = async <T>(call: string, request: object): Promise<T> => ((await link.ask(call, request)) as Answered<T>).value

    const made = await ask<{ readonly id: string; readonly secret: string }>('share.receiver', { name: 'Lager', url, events: ['release.published'], words: false })
    expect(hub.publish(moved('Neue Straße 2')).ok).toBe(true)
    type Entry = { readonly id: string; readonly state: string; readonly tries: number; readonly why: string | null }
    const log = (): Promise<readonly Entry[]> => ask('share.deliveries', { id: made.id })
    const [queued] = await log()
    expect(queued).toMatchObject({ event: 'release.published', state: 'waiting', tries: 0 })
    await ask('share.again', { id: queued!.id })
    await until(async () => (await log())[0]!.tries === 1)
    expect((await log())[0]).toMatchObject({ state: 'waiting', why: 'it answered 500' })
    status = 204
    await ask('share.again', { id: queued!.id })
    await until(async () => (await log())[0]!.state === 'taken')

    expect([new Set(seen.map(({ headers }) => headers['webhook-id'])).size, seen.length]).toEqual([1, 2])
    const { headers, body } = seen[1]!
    const signed = createHmac('sha256', Buffer.from(made.secret.slice('whsec_'.length), 'base64')).update(`${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`).digest('base64')
    expect([headers['webhook-signature'], (JSON.parse(body) as { readonly type: string }).type]).toEqual([`v1,${signed}`, 'release.published'])

    expect(v.safeParse(TOLD_DATA['release.published'], (JSON.parse(body) as { readonly data: unknown }).data).issues).toBeUndefined()

    await ask('share.end', { id: made.id })
    expect(hub.publish(moved('Alte Straße 7')).ok).toBe(true)
    expect([await log(), seen.length]).toEqual([[], 2])
    expect(await ask('share.receiver', { name: 'x', url: 'https://10.0.0.5/', events: ['release.published'], words: false })).toEqual({ type: 'refused', why: 'private' })
  })
})

const until = async (holds: () => Promise<boolean>): Promise<void> => {
  const from = performance.now()
  while (!(await holds())) if (performance.now() - from > 30_000) throw new Error('not in time')
}
