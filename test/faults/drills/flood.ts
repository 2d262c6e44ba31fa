/** One device floods its hub with whatever it may say and may not, comes back as soon as it was thrown out, and others work beside it. */
import { unless, percentile, type Drill } from '../drill.ts'
import { startDrilledHub } from '../drilled-hub.ts'
import { compareLedgers, idsAtHub, pause } from '../fleet.ts'
import { readyFlood, type Flooded } from '../flooder.ts'
import type { HubProcess } from '#hub/tools/rig/hub-process.ts'
import { batch, chainOf, connect, eventId, pairTestDevice, type Link, type TestDevice } from '../../hub/test-hub.ts'

const GOOD = 20
const TAP_MS = 250
const QUIET_MS = 4000
const ROUND_MS = 12_000
/** What a tap may wait for its confirmation meanwhile. */
const WAIT_MS = 50
const MOST_BYTES = 300e6
const ENOUGH_ROUNDS = 5
const METRICS_TOKEN = 'a-token-of-the-drill-that-watches-the-hub'
/** A kiosk beside the flood has its own address; in every other round all share one, as behind a router. */
const addressOf = (n: number, shared: boolean): string => (shared ? '10.0.1.1' : `10.0.0.${n}`)

export const flood: Drill = {
  name: 'flood',
  about: `one device floods for ${ROUND_MS / 1000} s a round beside ${GOOD} that tap: these wait ${WAIT_MS} ms at most (p99) and lose nothing, memory stays, it is kept out`,
  needs: [],
  rounds: { light: 1, full: 50 },
  plants: ['no-limits'],
  run: async ({ rounds, from, plant, say }) => {
    const hub = await startDrilledHub(plant, { env: { METRICS_TOKEN } })
    const shared = from % 2 === 0
    const good: Kiosk[] = []
    try {
      const devices: TestDevice[] = []
      for (let n = 1; n <= GOOD; n++) devices.push(await pairTestDevice(hub.url, hub.codeFor('kiosk'), 'kiosk', `Kiosk ${n}`))
      // A manager's device may say the most.
      const bad = await pairTestDevice(hub.url, hub.codeFor('manager'), 'manager', 'Bad')
      // Behind a proxy every device has an address of its own, and the limits are those of a store.
      await hub.stop()
      await hub.startAgain({ TRUSTED_PROXY: '127.0.0.1' })
      for (const [i, device] of devices.entries()) good.push(await Kiosk.open(hub.url, device, i + 1, addressOf(i + 1, shared)))
      const flooding = await readyFlood({ url: hub.url, device: bad, key: bad.key.export({ format: 'pem', type: 'pkcs8' }) as string, headers: { 'x-forwarded-for': shared ? addressOf(0, true) : '10.0.2.1' }, seed: from })
      const quiet = await waitsOf(good, QUIET_MS)
      const memory = [await residentBytes(hub.url)]
      flooding.begin()
      const loud: number[] = []
      for (let round = 1; round <= rounds; round++) {
        loud.push(...(await waitsOf(good, ROUND_MS)))
        memory.push(await residentBytes(hub.url))
        say(`round ${round}: p99 ${Math.round(percentile(loud, 0.99))} ms, ${Math.round(memory.at(-1)! / 1e6)} MB`)
      }
      const flooded = await flooding.stop()
      for (const kiosk of good) kiosk.close()
      return judge({ quiet, loud, memory, flooded, rounds, ledger: compareLedgers(new Set(good.flatMap(({ confirmed }) => confirmed)), ownIds(hub, good)), hub })
    } finally {
      for (const kiosk of good) kiosk.close()
      await hub.remove()
    }
  },
}

type Seen = { readonly quiet: readonly number[]; readonly loud: readonly number[]; readonly memory: readonly number[]; readonly flooded: Flooded; readonly rounds: number; readonly ledger: { readonly lost: number; readonly twice: number }; readonly hub: HubProcess }

const judge = ({ quiet, loud, memory, flooded, rounds, ledger: { lost, twice }, hub }: Seen) => {
  const part = rounds < ENOUGH_ROUNDS ? 0.95 : 0.99
  const wait = percentile(loud, part)
  // What a process takes to be warm is there once; in the second half nothing grows.
  const settled = Math.max(...memory.slice(0, Math.ceil((memory.length + 1) / 2)))
  const growth = memory.at(-1)! / settled - 1
  const bugs = hub.log.filter((line) => line.includes('event handler failed') || line.includes('ended by a bug'))
  const mb = (bytes: number): number => Math.round(bytes / 1e6)
  return {
    figures: { rounds, seconds: (rounds * ROUND_MS) / 1000, ...flooded, taps: loud.length, quietP50Ms: Math.round(percentile(quiet, 0.5)), quietP99Ms: Math.round(percentile(quiet, 0.99)), p50Ms: Math.round(percentile(loud, 0.5)), p95Ms: Math.round(percentile(loud, 0.95)), p99Ms: Math.round(percentile(loud, 0.99)), mostMs: Math.round(Math.max(0, ...loud)), startMb: mb(memory[0]!), settledMb: mb(settled), endMb: mb(memory.at(-1)!), lost, twice, bugs: bugs.length },
    broken: [
      ...unless(flooded.sent > 200, 'the flood was none'),
      ...unless(flooded.closed > 0 && flooded.denied + flooded.shut > 0, `the flooding device was closed ${flooded.closed} times and refused ${flooded.denied + flooded.shut} times`),
      ...unless(flooded.entered <= 1 + Math.ceil((rounds * ROUND_MS) / 60_000), `it came in ${flooded.entered} times`),
      // One pause, of the burst before it is closed, meets all kiosks at once: of a short run that is more than a hundredth.
      ...unless(wait <= WAIT_MS, `others waited ${Math.round(wait)} ms (p${part * 100}), ${Math.round(percentile(quiet, part))} ms before`),
      ...unless(growth < 0.1 && memory.at(-1)! < MOST_BYTES, `memory grew by ${Math.round(growth * 100)} % to ${mb(memory.at(-1)!)} MB`),
      ...unless(bugs.length === 0, `${bugs.length} handlers threw: ${bugs[0]?.slice(0, 200)}`),
      ...unless(lost === 0 && twice === 0, `others lost ${lost} taps, ${twice} are there twice`),
    ],
  }
}

/** A device that taps by hand, one event a message, and knows what was confirmed. */
class Kiosk {
  readonly confirmed: string[] = []
  readonly #link: Link
  readonly #n: number
  #said = 0

  private constructor(link: Link, n: number) {
    this.#link = link
    this.#n = n
  }

  static async open(url: string, device: TestDevice, n: number, address: string): Promise<Kiosk> {
    return new Kiosk(await connect(url, device, { headers: { 'x-forwarded-for': address } }), n)
  }

  /** Ms until it was confirmed. */
  async tap(): Promise<number> {
    const id = this.#id(this.#said)
    const before = Array.from({ length: this.#said }, (_, i) => this.#id(i))
    this.#said += 1
    const from = performance.now()
    const reply = (await this.#link.ask('push', batch([id], { from: this.#said, prev: chainOf(before), ep: this.#epoch }))) as { readonly upto?: number }
    if (reply.upto === this.#said) this.confirmed.push(id)
    return performance.now() - from
  }

  close(): void {
    this.#link.close()
  }

  #id(i: number): string {
    return eventId(this.#n * 1_000_000 + i)
  }

  get #epoch(): string {
    return this.#n.toString(16).padStart(16, '0')
  }
}

const waitsOf = async (kiosks: readonly Kiosk[], ms: number): Promise<readonly number[]> => {
  const waits: number[] = []
  const end = performance.now() + ms
  await Promise.all(
    kiosks.map(async (kiosk, i) => {
      await pause((i * TAP_MS) / kiosks.length)
      while (performance.now() < end) {
        waits.push(await kiosk.tap())
        await pause(TAP_MS)
      }
    }),
  )
  return waits
}

const ownIds = (hub: HubProcess, kiosks: readonly Kiosk[]): readonly string[] => {
  const own = new Set(kiosks.flatMap(({ confirmed }) => confirmed))
  return idsAtHub(hub.dataDir).filter((id) => own.has(id))
}

const residentBytes = async (url: string): Promise<number> => {
  const text = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${METRICS_TOKEN}` } }).then((reply) => reply.text())
  return Number(/^process_resident_memory_bytes (\d+)$/m.exec(text)?.[1] ?? 0)
}
