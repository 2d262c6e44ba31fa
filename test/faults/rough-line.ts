/** A line between devices and hub that may be made bad: a port of this machine that passes every byte on, late, in crumbs, one way only, or no longer. */
import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import type { SeededRandom } from '#hub/tools/simulation/seeded-random.ts'

/**
 * slow           300 ± 200 ms each way, in order
 * crumbs         one to three bytes at a time
 * deaf, mute     nothing reaches the hub any more, or nothing comes from it; the line stays open
 * short          reset after 2,000 bytes of either side
 * slow close     who hangs up is heard 3 s later
 */
export const WEATHERS = ['slow', 'crumbs', 'deaf', 'mute', 'short', 'slow close'] as const
export type LineWeather = (typeof WEATHERS)[number]

const LATENCY_MS = { least: 100, spread: 400 }
const CRUMB_BYTES = 3
/** A frame of some hundred bytes would take minutes if every crumb waited for a timer of its own. */
const CRUMBS_AT_ONCE = 8
const SHORT_BYTES = 2000
const SLOW_CLOSE_MS = 3000

type Way = 'up' | 'down'

export type RoughLine = {
  readonly url: string
  /** Leads to this server from now on. */
  to(server: string): void
  /** For all lines that are open or will be; null: as if it were not there. */
  make(weather: LineWeather | null): void
  close(): void
}

export const roughLine = async (random: SeededRandom): Promise<RoughLine> => {
  let [server, weather]: [string, LineWeather | null] = ['', null]
  const open = new Set<Socket>()

  const pass = (from: Socket, to: Socket, way: Way, reset: () => void): void => {
    let [last, passed] = [0, 0]
    /** Nothing overtakes what was sent before. */
    const later = (delayMs: number, task: () => void): void => {
      const due = Math.max(last, performance.now() + delayMs)
      last = due
      const waitMs = due - performance.now()
      if (waitMs <= 0) task()
      else setTimeout(task, waitMs)
    }
    const write = (bytes: Buffer): void => void (to.writable && to.write(bytes))
    from.on('data', (bytes: Buffer) => {
      if ((weather === 'deaf' && way === 'up') || (weather === 'mute' && way === 'down')) return
      passed += bytes.length
      if (weather === 'short' && passed > SHORT_BYTES) return reset()
      if (weather === 'crumbs') crumbsOf(bytes, random).forEach((crumb, i) => later(i % CRUMBS_AT_ONCE === 0 ? 1 : 0, () => write(crumb)))
      else later(weather === 'slow' ? LATENCY_MS.least + random.below(LATENCY_MS.spread) : 0, () => write(bytes))
    })
    const closeMs = (): number => (weather === 'slow close' ? SLOW_CLOSE_MS : 0)
    from.on('end', () => later(closeMs(), () => to.end()))
    from.on('close', () => {
      open.delete(from)
      later(closeMs(), () => to.destroy())
    })
    from.on('error', () => from.destroy())
  }

  const door = createServer((near) => {
    const { hostname, port } = new URL(server)
    const far = connect(Number(port), hostname)
    for (const socket of [near, far]) open.add(socket.setNoDelay())
    const reset = (): void => [near, far].forEach((socket) => socket.resetAndDestroy())
    pass(near, far, 'up', reset)
    pass(far, near, 'down', reset)
  })
  door.listen(0, '127.0.0.1')
  await once(door, 'listening')
  return {
    url: `http://127.0.0.1:${(door.address() as AddressInfo).port}`,
    to: (real) => (server = real),
    make: (next) => (weather = next),
    close: () => {
      door.close()
      for (const socket of open) socket.destroy()
    },
  }
}

const crumbsOf = (bytes: Buffer, random: SeededRandom): readonly Buffer[] => {
  const crumbs: Buffer[] = []
  for (let from = 0; from < bytes.length; ) {
    const to = from + 1 + random.below(CRUMB_BYTES)
    crumbs.push(bytes.subarray(from, to))
    from = to
  }
  return crumbs
}
