/** Hundreds of lines that take for ever about their headers, their body or their handshake. */
import type { Socket } from 'node:net'
import { unless, percentile, type Drill } from '../drill.ts'
import { startDrilledHub } from '../drilled-hub.ts'
import { compareLedgers, Fleet, idsAtHub, pause } from '../fleet.ts'
import { SLOW_KINDS, slowLine } from '../slow-lines.ts'

const LINES = 400
/** All of them are closed by then. */
const CLOSED_MS = 12_000
const PROBE_MS = 100
const PROBE_LIMIT_MS = 200
const QUIET_MS = 3000
const GOOD = 5

export const slowLoris: Drill = {
  name: 'slow-loris',
  about: `${LINES} lines that drip their headers, body, upgrade or proof: all closed within ${CLOSED_MS / 1000} s, and everybody else is answered meanwhile`,
  needs: [],
  rounds: { light: 1, full: 5 },
  plants: ['waits-for-ever'],
  run: async ({ rounds, plant, say }) => {
    const hub = await startDrilledHub(plant)
    const fleet = await Fleet.pair(hub, GOOD)
    const { host } = new URL(hub.url)
    const open = new Set<Socket>()
    const borne: number[] = []
    const [probes, quiet]: [Probe[], Probe[]] = [[], []]
    const kinds = new Map<string, number>()
    let stayed = 0
    try {
      fleet.startTapping(200)
      quiet.push(...(await probing(hub.url, AbortSignal.timeout(QUIET_MS))))
      for (let round = 1; round <= rounds; round++) {
        const lines = Array.from({ length: LINES }, (_, i) => SLOW_KINDS[i % SLOW_KINDS.length]!).map(async (kind) => ({ kind, ms: await slowLine(host, kind, CLOSED_MS, open) }))
        const over = new AbortController()
        const all = Promise.all(lines).finally(() => over.abort())
        probes.push(...(await probing(hub.url, over.signal)))
        for (const { kind, ms } of await all) {
          if (ms === null) stayed += 1
          else borne.push(ms)
          kinds.set(kind, Math.max(kinds.get(kind) ?? 0, ms ?? CLOSED_MS))
        }
        for (const line of open) line.destroy()
        say(`${borne.length} closed, ${stayed} stayed, longest by kind in ms ${JSON.stringify(Object.fromEntries([...kinds].map(([kind, ms]) => [kind, Math.round(ms)])))}`)
      }
      await fleet.stopTapping()
      const drained = await fleet.drained(10_000)
      const { lost, twice } = compareLedgers(fleet.saved, idsAtHub(hub.dataDir))
      const waits = probes.map(({ ms }) => ms)
      const [p99, before] = [percentile(waits, 0.99), percentile(quiet.map(({ ms }) => ms), 0.99)]
      const unanswered = probes.filter(({ ok }) => !ok).length
      return {
        figures: { lines: rounds * LINES, closed: borne.length, stayed, slowestClosedMs: Math.round(Math.max(0, ...borne)), probes: probes.length, quietP99Ms: Math.round(before), probeP50Ms: Math.round(percentile(waits, 0.5)), probeP99Ms: Math.round(p99), probeMostMs: Math.round(Math.max(0, ...waits)), unanswered, othersTaps: fleet.saved.size, lost, twice },
        broken: [
          ...unless(stayed === 0, `${stayed} of ${rounds * LINES} lines were still open after ${CLOSED_MS} ms`),
          ...unless(unanswered === 0, `${unanswered} of ${probes.length} honest questions had no answer`),
          // On a machine that has other work even quiet questions wait.
          ...unless(p99 < Math.max(PROBE_LIMIT_MS, 2 * before), `an honest question took ${Math.round(p99)} ms (p99), ${Math.round(before)} before`),
          ...unless(drained !== null && lost === 0 && twice === 0, `other devices lost ${lost} taps, ${twice} are there twice`),
        ],
      }
    } finally {
      for (const line of open) line.destroy()
      await fleet.close()
      await hub.remove()
    }
  },
}

type Probe = { readonly ms: number; readonly ok: boolean }

/** Honest questions, one after the other. */
const probing = async (url: string, over: AbortSignal): Promise<Probe[]> => {
  const probes: Probe[] = []
  while (!over.aborted) {
    const from = performance.now()
    const ok = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(2000) }).then((reply) => reply.ok, () => false)
    probes.push({ ms: performance.now() - from, ok })
    await pause(PROBE_MS)
  }
  return probes
}
