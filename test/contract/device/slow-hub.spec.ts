import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { Server } from 'socket.io'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { openLink } from '#kiosk/lib/sync/hub-link.ts'
import { CHANNELS } from '#shared/protocol/channels.ts'
import type { DeviceId } from '#shared/kernel/ids.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

/** Hears everybody at the door and lets in whom it is told to. */
const slowHub = async () => {
  const http = createServer()
  const io = new Server({ transports: ['websocket'], serveClient: false, allowRequest: (_request, done) => void (letIn = () => done(null, true)) })
  let letIn = (): void => undefined
  io.attach(http)
  const lines = new Set<Socket>()
  http.on('connection', (line) => lines.add(line))
  closers.push(() => {
    for (const line of lines) line.destroy()
    return io.close()
  })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  return { io, origin: `http://127.0.0.1:${(http.address() as AddressInfo).port}`, knock: () => once(http, 'upgrade'), letIn: () => letIn() }
}

/** All but the last millisecond, then that one. */
const passes = (ms: number, given: () => number): readonly [number, number] => {
  const before = given()
  vi.advanceTimersByTime(ms - 1)
  const early = given() - before
  vi.advanceTimersByTime(1)
  return [early, given() - before]
}

describe('a hub that answers slowly', () => {
  it('gets longer with every try that was given up, until it has answered', async () => {
    const hub = await slowHub()
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    closers.push(() => vi.useRealTimers())
    let [unreachable, ready, closed] = [0, (): void => undefined, (): void => undefined]
    const after = (delayMs: number, task: () => void) => {
      const timer = setTimeout(task, delayMs)
      return () => clearTimeout(timer)
    }
    const nextTry = async (): Promise<void> => {
      const knocks = hub.knock()
      vi.advanceTimersToNextTimer()
      await knocks
    }
    const first = hub.knock()
    const answered = new Promise<void>((resolve) => (ready = resolve))
    const link = openLink({ origin: hub.origin, auth: { dev: '0'.repeat(32) as DeviceId, token: '' }, sign: async (message) => message, after }, { ready: () => ready(), closed: () => closed(), unreachable: () => (unreachable += 1), revoked: () => undefined, hint: () => undefined })
    closers.push(() => link.close())
    await first
    for (const limit of [3000, 6000, 8000, 8000]) {
      expect(passes(limit, () => unreachable)).toEqual([0, 1])
      await nextTry()
    }
    hub.io.once('connection', (socket) => socket.emit(CHANNELS.ready, { hubEpoch: 'a', now: 0 }))
    hub.letIn()
    await answered

    const over = new Promise<void>((resolve) => (closed = resolve))
    hub.io.disconnectSockets(true)
    await over
    await nextTry()
    expect(passes(3000, () => unreachable)).toEqual([0, 1])
  })
})
