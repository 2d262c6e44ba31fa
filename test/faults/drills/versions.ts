/** Devices and hubs of different versions talk to each other: recorded words of every version, and hubs that speak other ones. */
import { createPrivateKey } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import type { DeviceId } from '#shared/kernel/ids.ts'
import { PROTOCOL_HISTORY } from '#shared/protocol/version.ts'
import { unless, type Drill } from '../drill.ts'
import { hubAs, startDrilledHub } from '../drilled-hub.ts'
import { compareLedgers, Fleet, idsAtHub, pause } from '../fleet.ts'
import { connect, type Link } from '../../hub/test-hub.ts'
import type { HubProcess } from '#hub/tools/rig/hub-process.ts'

const DEVICES = 5
const LIMIT_MS = 30_000
/** The hub's clock stands shortly after the recording. */
const LATER_MS = 60_000

type EventState = { readonly id: string; readonly type: string; readonly state: string }
type Corpus = {
  readonly recordedAt: number
  readonly device: { readonly dev: string; readonly token: string; readonly jwk: object }
  readonly keys: Readonly<Record<string, string>>
  readonly said: readonly { readonly name: string; readonly request: unknown }[]
  readonly states: readonly EventState[]
}
type Tally = { words: number; lost: number; twice: number; notUnderstood: number; refusedTaps: number; falselyConfirmed: number; unsaid: number; undrained: number }

export const versions: Drill = {
  name: 'versions',
  about: 'what devices of every version said goes to a hub that is behind, is killed and is replaced by today\'s; hubs of other versions refuse today\'s devices: nothing lost, nothing twice',
  needs: [],
  rounds: { light: 2, full: 20 },
  plants: ['version-forgotten', 'unknown-dropped', 'unspoken-confirmed'],
  run: async ({ rounds, from, plant, say }) => {
    const tally: Tally = { words: 0, lost: 0, twice: 0, notUnderstood: 0, refusedTaps: 0, falselyConfirmed: 0, unsaid: 0, undrained: 0 }
    for (let round = from; round < from + rounds; round++) {
      for (const { version } of PROTOCOL_HISTORY) await oldWords(version, round, plant, tally)
      await unspoken(round % 2 === 0 ? 'hub-of-tomorrow' : 'hub-of-yesterday', plant, tally)
      say(`${round} rounds: ${JSON.stringify(tally)}`)
    }
    return {
      figures: { rounds, ...tally },
      broken: [
        ...unless(tally.lost === 0, `${tally.lost} events were lost`),
        ...unless(tally.twice === 0, `${tally.twice} events are there twice`),
        ...unless(tally.notUnderstood === 0, `${tally.notUnderstood} events of earlier versions are not understood by today's hub`),
        ...unless(tally.falselyConfirmed === 0, `${tally.falselyConfirmed} taps were confirmed by a hub that does not have them`),
        ...unless(tally.unsaid === 0, `${tally.unsaid} devices did not say that they need another version`),
        ...unless(tally.undrained === 0, `${tally.undrained} times the queues did not drain within ${LIMIT_MS / 1000} s`),
      ],
    }
  },
}

const corpusFile = (version: number, name: string): Buffer => gunzipSync(readFileSync(fileURLToPath(new URL(`../../fixtures/protocol-${version}/${name}`, import.meta.url))))

/** Half of the words to a hub that does not know answers yet, which is killed; the rest, and then all of them once more, to the hub of today. */
const oldWords = async (version: number, round: number, plant: string | null, tally: Tally): Promise<void> => {
  const corpus = JSON.parse(corpusFile(version, 'said.json.gz').toString()) as Corpus
  const dataDir = mkdtempSync(join(tmpdir(), 'einklang-words-'))
  writeFileSync(join(dataDir, 'hub.sqlite'), corpusFile(version, 'hub.sqlite.gz'))
  for (const [name, key] of Object.entries(corpus.keys)) writeFileSync(join(dataDir, name), key, { mode: 0o600 })
  const env = { OPEN_LIMITS: '1', CLOCK_AHEAD_MS: String(corpus.recordedAt + LATER_MS - Date.now()) }
  const hub = await startDrilledHub(plant, { dataDir, env, guise: 'knows-no-answers' })
  const cut = 1 + ((round * 7) % (corpus.said.length - 1))
  try {
    await sayTo(hub, corpus, 0, cut)
    await hub.kill()
    await hub.startAgain(hubAs(plant))
    // The last word before the kill may have got no answer: a device says it again.
    await sayTo(hub, corpus, cut - 1, corpus.said.length)
    await sayTo(hub, corpus, 0, corpus.said.length)
    const held = statesAt(dataDir)
    tally.words += 2 * corpus.said.length + 1
    const { lost, twice } = compareLedgers(new Set(corpus.states.map(({ id }) => id)), held.map(({ id }) => id))
    tally.lost += lost
    tally.twice += twice
    tally.notUnderstood += held.filter(({ state }) => state !== 'stored').length
  } finally {
    await hub.remove()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

const sayTo = async (hub: HubProcess, { device: { dev, token, jwk }, said }: Corpus, from: number, to: number): Promise<void> => {
  const link = await connect(hub.url, { dev: dev as DeviceId, token, key: createPrivateKey({ key: jwk as never, format: 'jwk' }) })
  try {
    for (const { name, request } of said.slice(from, to)) await sayPatiently(link, name, request)
  } finally {
    link.close()
  }
}

/** A hub with too much to do says so, and a device comes again. */
const sayPatiently = async (link: Link, name: string, request: unknown): Promise<void> => {
  for (const from = performance.now(); performance.now() - from < LIMIT_MS; ) {
    const { code, retryMs = 0 } = (await link.ask(name, request)) as { readonly code?: string; readonly retryMs?: number }
    if (code !== 'busy' && code !== 'disk') return
    await pause(retryMs)
  }
  throw new Error(`the hub put off a ${name} for ${LIMIT_MS / 1000} s`)
}

const statesAt = (dataDir: string): readonly EventState[] => {
  const sql = new DatabaseSync(join(dataDir, 'hub.sqlite'), { readOnly: true })
  try {
    return sql.prepare('SELECT id, type, state FROM event').all().map((row) => ({ id: String(row['id']), type: String(row['type']), state: String(row['state']) }))
  } finally {
    sql.close()
  }
}

/** Today's devices under a hub that speaks other versions only, and back under their own. */
const unspoken = async (guise: 'hub-of-tomorrow' | 'hub-of-yesterday', plant: string | null, tally: Tally): Promise<void> => {
  const hub = await startDrilledHub(plant)
  const fleet = await Fleet.pair(hub, DEVICES)
  const tapThrice = async (): Promise<void> => {
    for (let i = 0; i < 3; i++) await fleet.tapAll()
  }
  try {
    await tapThrice()
    tally.undrained += Number((await fleet.drained(LIMIT_MS)) === null)
    await hub.kill()
    await hub.startAgain(hubAs(plant, guise))
    const before = fleet.saved.size
    await tapThrice()
    tally.unsaid += await notSaying(fleet)
    tally.refusedTaps += fleet.saved.size - before
    tally.falselyConfirmed += compareLedgers(new Set(fleet.confirmed()), idsAtHub(hub.dataDir)).lost
    await hub.kill()
    await hub.startAgain(hubAs(plant))
    await tapThrice()
    tally.undrained += Number((await fleet.drained(LIMIT_MS)) === null)
    const { lost, twice } = await settled(hub, fleet)
    tally.lost += lost
    tally.twice += twice
  } finally {
    await fleet.close()
    await hub.remove()
  }
}

/** What waits is counted a moment after it was saved, so an empty queue alone proves nothing. */
const settled = async (hub: HubProcess, fleet: Fleet): Promise<ReturnType<typeof compareLedgers>> => {
  const compare = () => compareLedgers(fleet.saved, idsAtHub(hub.dataDir))
  for (const from = performance.now(); compare().lost > 0 && performance.now() - from < LIMIT_MS; ) await pause(100)
  return compare()
}

/** How many devices do not say in time that they need another version. */
const notSaying = async (fleet: Fleet): Promise<number> => {
  const silent = (): number => fleet.members.filter(({ device }) => device.status.needsUpdate !== true).length
  for (const from = performance.now(); silent() > 0 && performance.now() - from < LIMIT_MS; ) await pause(50)
  return silent()
}
