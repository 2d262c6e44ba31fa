/** One device sends nothing but nonsense, as fast as it can. */
import { SeededRandom } from '#hub/tools/simulation/seeded-random.ts'
import { unless, percentile, type Drill, type DrillResult } from '../drill.ts'
import { startDrilledHub } from '../drilled-hub.ts'
import { compareLedgers, Fleet, idsAtHub, pause } from '../fleet.ts'
import { malformedInput, rawFrames } from '../malformed-input.ts'
import { connect, pairTestDevice, signInFirst, type Link, type TestDevice } from '../../hub/test-hub.ts'

const ROUND = 5000
const AT_ONCE = 200
const GOOD = 5
const PHASE_MS = 8000

export const malformed: Drill = {
  name: 'malformed',
  about: 'malformed events, oversized and deeply nested ones among them, each answered by the hub: it lives, others are served, nothing else changes',
  needs: [],
  rounds: { light: 2, full: 20 },
  plants: ['believes-everything'],
  run: async ({ rounds, plant, say }) => {
    const counted = await countAnswers(rounds, plant, say)
    const flooded = await floodWithin(say)
    return { figures: { ...counted.figures, ...flooded.figures }, broken: [...counted.broken, ...flooded.broken] }
  },
}

/** With limits out of the way, so that every event reaches a handler's guard. */
const countAnswers = async (rounds: number, plant: string | null, say: (text: string) => void): Promise<DrillResult> => {
  const hub = await startDrilledHub(plant, { env: { OPEN_LIMITS: '1' } })
  const fleet = await Fleet.pair(hub, GOOD)
  const random = new SeededRandom(99)
  const answers = new Map<string, number>()
  let [sent, closed, alive] = [0, 0, true]
  try {
    // A manager's device may say the most.
    const bad = await pairTestDevice(hub.url, hub.codeFor('manager'), 'manager', 'Bad')
    let link = await connect(hub.url, bad)
    await signInFirst(link)
    fleet.startTapping(200)
    for (let round = 1; round <= rounds && alive; round++) {
      for (let i = 0; i < ROUND; i += AT_ONCE) {
        const replies = await Promise.all(Array.from({ length: AT_ONCE }, () => ask(link, stayingIn(malformedInput(random, (sent += 1))))))
        for (const reply of replies) answers.set(reply, (answers.get(reply) ?? 0) + 1)
        if (link.socket.connected) continue
        closed += 1
        link = await connect(hub.url, bad)
        await signInFirst(link)
      }
      await sendRaw(hub.url, random)
      alive = await isAlive(hub.url)
      say(`${sent} sent, answers ${JSON.stringify(Object.fromEntries(answers))}`)
    }
    link.close()
    await fleet.stopTapping()
    const drained = await fleet.drained(10_000)
    const { lost, twice } = compareLedgers(fleet.saved, idsAtHub(hub.dataDir))
    const answered = [...answers].filter(([code]) => code !== 'none').reduce((sum, [, n]) => sum + n, 0)
    const thrown = hub.log.filter((line) => line.includes('event handler failed') || line.includes('ended by a bug'))
    return {
      figures: { sent, answeredByTheHub: answered, connectionsClosed: closed, refused: answers.get('bad_request') ?? 0, forbidden: answers.get('forbidden') ?? 0, othersTaps: fleet.saved.size, lost, twice, bugs: thrown.length },
      broken: [
        ...unless(alive, 'the hub died'),
        ...unless(answered > sent * 0.9, `only ${answered} of ${sent} reached the hub`),
        ...unless(thrown.length === 0, `${thrown.length} handlers threw: ${thrown[0]?.slice(0, 300)}`),
        ...unless(drained !== null && lost === 0 && twice === 0, `other devices lost ${lost} taps, ${twice} are there twice`),
      ],
    }
  } finally {
    await fleet.close()
    await hub.remove()
  }
}

/** Whoever signs out is refused before anything is read: the other events would not be tried any more. */
const stayingIn = <T extends { readonly name: string }>(input: T): T => (input.name === 'session.close' ? { ...input, name: 'session.touch' } : input)

/** Within the product's own limits one device floods as fast as it can: how much longer do the others wait? */
const floodWithin = async (say: (text: string) => void): Promise<DrillResult> => {
  const hub = await startDrilledHub(null)
  const fleet = await Fleet.pair(hub, GOOD)
  try {
    const bad = await pairTestDevice(hub.url, hub.codeFor('kiosk'), 'kiosk', 'Bad')
    const quiet = await waitsFor(fleet, PHASE_MS)
    const done = new AbortController()
    const flooding = flood(hub.url, bad, done.signal)
    const loud = await waitsFor(fleet, PHASE_MS)
    done.abort()
    const flooded = await flooding
    const [quietP99, loudP99] = [percentile(quiet, 0.99), percentile(loud, 0.99)]
    say(`${flooded} events of a flood`)
    return {
      figures: { flooded, quietP99Ms: Math.round(quietP99), floodedP99Ms: Math.round(loudP99) },
      broken: [...unless(flooded > 200, 'the flood was none'), ...unless(loudP99 <= 2 * quietP99 + 50, `others waited ${Math.round(loudP99)} ms (p99) during the flood, ${Math.round(quietP99)} ms before`)],
    }
  } finally {
    await fleet.close()
    await hub.remove()
  }
}

/** Events sent; a connection that the hub closes is opened again, as long as it lets this device in. */
const flood = async (url: string, device: TestDevice, until: AbortSignal): Promise<number> => {
  const random = new SeededRandom(7)
  let sent = 0
  while (!until.aborted) {
    const link = await connect(url, device).catch(() => null)
    if (!link) {
      await pause(50)
      continue
    }
    while (link.socket.connected && !until.aborted) {
      for (let i = 0; i < 50; i++) {
        const { name, payload } = malformedInput(random, (sent += 1))
        link.socket.emit(name, payload, () => undefined)
      }
      await pause(1)
    }
    link.close()
  }
  return sent
}

/** Ms until a tap was confirmed on all devices, again and again. */
const waitsFor = async (fleet: Fleet, ms: number): Promise<readonly number[]> => {
  const waits: number[] = []
  const end = performance.now() + ms
  while (performance.now() < end) {
    const from = performance.now()
    await fleet.tapAll()
    if ((await fleet.drained(10_000)) !== null) waits.push(performance.now() - from)
    await pause(50)
  }
  return waits
}

/** The code of the hub's answer, `ok`, or `none` if the connection was closed instead. */
const ask = async (link: Link, { name, payload }: { readonly name: string; readonly payload: unknown }): Promise<string> => {
  try {
    const reply = (await link.ask(name, payload)) as { readonly code?: string; readonly error?: { readonly code: string } } | null
    return reply?.code ?? reply?.error?.code ?? 'ok'
  } catch {
    return 'none'
  }
}

const sendRaw = async (url: string, random: SeededRandom): Promise<void> => {
  for (const frame of [...rawFrames(random), '4'.repeat(200_000)]) {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`)
    await new Promise((resolve) => {
      socket.addEventListener('open', () => {
        socket.send('40{"dev":"x","token":"y"}')
        socket.send(frame)
        setTimeout(resolve, 20)
      })
      socket.addEventListener('error', resolve)
    })
    socket.close()
  }
}

const isAlive = async (url: string): Promise<boolean> => {
  try {
    return (await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(2000) })).ok
  } catch {
    return false
  }
}
