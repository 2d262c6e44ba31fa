import type { Server } from 'node:http'
import { connect as connectTcp, type AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { visitorAddress } from '#hub/ports/visitor-address.ts'
import { connectionLimit } from '#hub/transport/http/connection-limit.ts'
import { httpServer } from '#hub/transport/http/http-server.ts'
import type { Route } from '#hub/transport/http/route.ts'

type Line = { readonly what: string; readonly facts: unknown }
const SECRET = 'anna@example.org'

/** The real server with one call that fails, as a defect of the hub would make it. */
const serverWith = async (route: Pick<Route, 'method' | 'answer'>): Promise<{ url: string; port: number; lines: readonly Line[]; server: Server }> => {
  const lines: Line[] = []
  const note = (what: string, facts: unknown): void => void lines.push({ what, facts })
  const server = httpServer({
    routes: [{ path: '/api/fails', perMinute: 100, ...route }],
    files: '/nowhere',
    clock: { now: () => 0 } as never,
    log: { info: note, warn: note, error: note },
    tls: null,
    lines: connectionLimit(10, () => false),
    addressOf: visitorAddress([]),
    isProxy: () => false,
    isOwn: () => true,
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/api/fails`, port, lines, server }
}

const fails = async (): Promise<never> => {
  throw new TypeError(`no such thing as ${SECRET}`)
}
const FAILED = [{ what: 'call failed', facts: { path: '/api/fails', error: 'TypeError' } }]

let open: Server | null = null
afterEach(() => void open?.close())

describe('a call that fails inside the hub', () => {
  it('answers 500 and is in the log, also after a body was read: path and kind, nothing of what was sent', async () => {
    const { url, lines, server } = await serverWith({ method: 'POST', answer: fails })
    open = server
    const response = await fetch(`${url}?mail=${SECRET}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ mail: SECRET }) })
    expect([response.status, await response.text()]).toEqual([500, '{"code":"failed"}'])
    expect(lines).toEqual(FAILED)
  })
  it('likewise without a body', async () => {
    const { url, lines, server } = await serverWith({ method: 'GET', answer: fails })
    open = server
    expect((await fetch(`${url}?mail=${SECRET}`)).status).toBe(500)
    expect(lines).toEqual(FAILED)
  })
  it('is in the log when the visitor is gone by then', async () => {
    let begun: () => void = () => undefined
    let gone: () => void = () => undefined
    const [hasBegun, isGone] = [new Promise<void>((resolve) => (begun = resolve)), new Promise<void>((resolve) => (gone = resolve))]
    let told: () => void = () => undefined
    const hasFailed = new Promise<void>((resolve) => (told = resolve))
    const { port, lines, server } = await serverWith({
      method: 'POST',
      answer: async () => {
        begun()
        await isGone
        setImmediate(told)
        return fails()
      },
    })
    open = server
    server.on('connection', (line) => line.on('close', gone))
    const socket = connectTcp(port, '127.0.0.1', () => socket.write('POST /api/fails HTTP/1.1\r\nHost: hub\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}'))
    await hasBegun
    socket.destroy()
    await hasFailed
    expect(lines).toEqual(FAILED)
  })
  it('but a visitor who hangs up in the middle of the body is no failure', async () => {
    const { port, lines, server } = await serverWith({ method: 'POST', answer: fails })
    open = server
    const closed = new Promise<void>((resolve) => server.on('connection', (line) => line.on('close', () => setImmediate(resolve))))
    const asked = new Promise<void>((resolve) => server.on('request', () => resolve()))
    const socket = connectTcp(port, '127.0.0.1', () => socket.write('POST /api/fails HTTP/1.1\r\nHost: hub\r\nContent-Type: application/json\r\nContent-Length: 200\r\n\r\n{"half":'))
    await asked
    socket.destroy()
    await closed
    expect(lines).toEqual([])
  })
})
