/** Anything at all is asked over HTTP, as fast as it goes. */
import { readdirSync, readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { SeededRandom } from '#hub/tools/simulation/seeded-random.ts'
import { unless, type Drill } from '../drill.ts'
import { startDrilledHub } from '../drilled-hub.ts'
import { compareLedgers, Fleet, idsAtHub } from '../fleet.ts'
import { brokenRequests, noisyRequest, type NoisyRequest } from '../http-noise.ts'

const ROUND = 5000
const AT_ONCE = 40
const GOOD = 5
const ANSWER_LIMIT_MS = 12_000

export const httpNoise: Drill = {
  name: 'http-noise',
  about: 'requests of any method, path, header and body, and what is no request at all: no file but the apps comes out, nothing fails inside, devices are served',
  needs: [],
  rounds: { light: 2, full: 20 },
  plants: ['serves-everything'],
  run: async ({ rounds, from, plant, say }) => {
    const hub = await startDrilledHub(plant)
    const fleet = await Fleet.pair(hub, GOOD)
    const random = new SeededRandom(1000 + from)
    const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE })
    const { host } = new URL(hub.url)
    const answers = new Map<number, number>()
    const secrets = secretsOf(hub.dataDir)
    let [sent, leaks, bare, alive] = [0, 0, 0, true]
    try {
      fleet.startTapping(200)
      for (let round = 1; round <= rounds && alive; round++) {
        const worker = async (): Promise<void> => {
          for (let i = 0; i < ROUND / AT_ONCE; i++) {
            sent += 1
            const { status, body, isDressed } = await answerTo(hub.url, agent, noisyRequest(random, host))
            answers.set(status, (answers.get(status) ?? 0) + 1)
            if (secrets.some((secret) => body.includes(secret)) || TRACE.test(body)) leaks += 1
            if (status !== 0 && !isDressed) bare += 1
          }
        }
        await Promise.all(Array.from({ length: AT_ONCE }, worker))
        await Promise.all(brokenRequests.map((text) => sendBroken(host, text)))
        alive = await fetch(`${hub.url}/healthz`).then(({ ok }) => ok, () => false)
        say(`${sent} sent, answers ${JSON.stringify(Object.fromEntries(answers))}`)
      }
      await fleet.stopTapping()
      const drained = await fleet.drained(10_000)
      const { lost, twice } = compareLedgers(fleet.saved, idsAtHub(hub.dataDir))
      const answered = [...answers].reduce((sum, [status, n]) => sum + (status === 0 ? 0 : n), 0)
      const failed = [...answers].reduce((sum, [status, n]) => sum + (status >= 500 ? n : 0), 0)
      return {
        figures: { sent, answered, failed, leaks, bare, found: answers.get(200) ?? 0, othersTaps: fleet.saved.size, lost, twice },
        broken: [
          ...unless(alive, 'the hub died'),
          // Lines that want to become something else hear nothing.
          ...unless(answered > sent * 0.85, `only ${answered} of ${sent} were answered`),
          ...unless(failed === 0, `${failed} answers say that the hub failed: ${hub.log.findLast((line) => line.includes('call failed'))?.slice(0, 200)}`),
          ...unless(leaks === 0, `${leaks} answers hold what only the hub may read`),
          ...unless(bare === 0, `${bare} answers had no content security policy`),
          ...unless(drained !== null && lost === 0 && twice === 0, `other devices lost ${lost} taps, ${twice} are there twice`),
        ],
      }
    } finally {
      agent.destroy()
      await fleet.close()
      await hub.remove()
    }
  },
}

/** Beginnings of what lies around the apps: the hub's data, its code, the machine. */
const secretsOf = (dataDir: string): readonly string[] => [
  ...readdirSync(dataDir, { withFileTypes: true }).filter((entry) => entry.isFile()).map(({ name }) => readFileSync(join(dataDir, name)).toString('latin1').slice(0, 60)).filter((text) => text.length >= 15),
  'SQLite format 3', 'root:x:0:', '"name": "einklang"',
]

/** Of a stack: where in the hub something went wrong. */
const TRACE = /\bat [\w.<>]+ \(|node:internal|\.ts:\d+/

type Answer = { readonly status: number; readonly body: string; readonly isDressed: boolean }

/** Status 0: the hub hung up without one. */
const answerTo = (url: string, agent: Agent, { method, path, headers, body }: NoisyRequest): Promise<Answer> =>
  new Promise((resolve) => {
    const { hostname, port } = new URL(url)
    const asked = request({ hostname, port, agent, method, path, headers, timeout: ANSWER_LIMIT_MS }, (response) => {
      let text = ''
      response.setEncoding('latin1').on('data', (chunk: string) => (text += chunk))
      response.on('close', () => resolve({ status: response.statusCode ?? 0, body: text, isDressed: response.headers['content-security-policy'] !== undefined }))
    })
    const none = (): void => resolve({ status: 0, body: '', isDressed: false })
    asked.on('error', none).on('timeout', () => asked.destroy())
    asked.on('upgrade', (_response, socket) => {
      socket.destroy()
      none()
    })
    asked.end(body)
  })

const sendBroken = (host: string, text: string): Promise<void> =>
  new Promise((resolve) => {
    const [name, port] = host.split(':')
    const line = connect(Number(port), name, () => line.end(text, 'latin1'))
    line.setTimeout(ANSWER_LIMIT_MS, () => line.destroy())
    line.on('error', () => undefined).on('close', () => resolve()).resume()
  })
