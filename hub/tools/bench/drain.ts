/** A kiosk that was offline for days finds its hub: how fast its taps become safe, out of a real browser's storage, next to other offline-first libraries and to a bare socket; and what a single tap costs. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { build } from 'vite'
import { openBrowser } from '../rig/browser-session.ts'
import { HubProcess } from '../rig/hub-process.ts'
import { farAway, type FarAway } from './far-away.ts'
import { endChild, firstLine, startBare, startScript } from './measured-server.ts'
import { compare, median, quantile, type Comparison, type Scale } from './measure.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const PEERS = join(ROOT, 'test/bench-peers')
const HOW_TO_INSTALL = 'npm ci --prefix test/bench-peers --ignore-scripts'
const PAGE_LIMIT_MS = 15_000
const DRAIN_LIMIT_MS = 55_000
/** Between two taps of an offline kiosk; so far the hub's clock goes ahead while it is. */
const TAP_EVERY_MS = 30_000

type Drained = { readonly ms: number }
/** Ms of single taps. */
type Taps = { readonly ours: readonly number[]; readonly bare: readonly number[] }
type Way = 'ours' | 'dexie' | 'memory' | 'pouchdb' | 'rxdb'
const PEER_IS: Readonly<Record<Exclude<Way, 'ours'>, string>> = {
  dexie: 'the same taps out of a bare Dexie table through a bare socket, 500 at a time, four batches under way, one flush each',
  memory: 'the same out of memory',
  pouchdb: 'PouchDB 9 to a CouchDB-style server over SQLite, 1,000 at a time',
  rxdb: 'RxDB 17 over Dexie to an HTTP server over SQLite, 1,000 at a time',
}

/** `roundTripMs`: how far away the server is. */
export const drain = async ({ quick }: Scale, roundTripMs = 0): Promise<readonly Comparison[]> => {
  const [taps, rounds] = quick ? [1000, 1] : [10_000, 2]
  const folder = mkdtempSync(join(tmpdir(), 'einklang-drain-'))
  const withPeers = existsSync(join(PEERS, 'node_modules'))
  if (!withPeers) console.error(`drain: PouchDB and RxDB are not installed, so only the floors are measured; they are no packages of the product: ${HOW_TO_INSTALL}`)
  try {
    const { ours, floor, peers } = await bundlePages(folder, withPeers)
    const rates: Record<Way, number[]> = { ours: [], dexie: [], memory: [], pouchdb: [], rxdb: [] }
    for (let round = 0; round < rounds; round++) {
      await note('ours', rates, taps, () => drainOurs(ours, taps, roundTripMs))
      for (const way of ['dexie', 'memory'] as const) await note(way, rates, taps, () => drainFloor(floor, way, taps, roundTripMs))
      if (peers) for (const peer of ['pouchdb', 'rxdb'] as const) await note(peer, rates, taps, () => drainPeer(peer, peers, taps, roundTripMs))
    }
    const name = roundTripMs === 0 ? 'drain' : 'drain-far'
    const unit = `taps/s until all ${taps} are acknowledged, on disk at the hub${roundTripMs === 0 ? '' : `, ${roundTripMs} ms away`}`
    return (['dexie', 'memory', 'pouchdb', 'rxdb'] as const).flatMap((way) => (rates.ours.length === 0 || rates[way].length === 0 ? [] : [compare(name, unit, median(rates.ours), median(rates[way]), PEER_IS[way])]))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** From the touch of a finger to the word that it is on the device's disk. */
export const tapCost = async ({ quick }: Scale): Promise<readonly Comparison[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'einklang-tap-'))
  try {
    const { ours: files } = await bundlePages(folder, false)
    const hub = await HubProcess.start({ env: { APP_FILES: files } })
    try {
      const { ours, bare } = await inBrowser(`${hub.url}/shopper/`, (page) => bounded<Taps>(page, `tapTimes(${JSON.stringify(hub.codeFor('kiosk'))}, ${quick ? 40 : 400})`))
      return [0.5, 0.99].map((q) => compare('tap-cost', `ms until a tap is durable on the device, p${q * 100}`, quantile(ours, q), quantile(bare, q), 'one row added to a bare database, just as durably'))
    } finally {
      await hub.remove()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A round that ends before all is there has no rate; the bench says so and goes on. */
const note = async (way: Way, rates: Readonly<Record<Way, number[]>>, taps: number, run: () => Promise<Drained>): Promise<void> => {
  try {
    rates[way].push((taps * 1000) / (await run()).ms)
  } catch (error) {
    console.error(`drain: no figure for ${way} in this round: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`)
  }
}

const drainOurs = async (files: string, taps: number, roundTripMs: number): Promise<Drained> => {
  const far = roundTripMs > 0 ? await farAway(roundTripMs) : null
  const hub = await HubProcess.start({ env: { APP_FILES: files, ...(far && { EXTRA_ORIGINS: far.url }) } })
  try {
    return await inBrowser(`${far?.to(hub.url) ?? hub.url}/shopper/`, async (page) => {
      await page.evaluate(`pair(${JSON.stringify(hub.codeFor('kiosk'))})`)
      await hub.kill()
      await page.evaluate(`fillUp(${taps})`)
      await hub.startAgain({ CLOCK_AHEAD_MS: `${taps * TAP_EVERY_MS}` })
      return bounded<Drained>(page, 'drain()')
    })
  } finally {
    far?.close()
    await hub.remove()
  }
}

const drainFloor = async (files: string, way: 'dexie' | 'memory', taps: number, roundTripMs: number): Promise<Drained> => {
  const bare = await startBare('each', 0)
  const far = roundTripMs > 0 ? await farAway(roundTripMs) : null
  try {
    return await onPageServer(files, null, `drain.${way}(${JSON.stringify(far?.to(bare.url) ?? bare.url)}, ${taps})`)
  } finally {
    far?.close()
    await bare.close()
  }
}

const drainPeer = async (peer: 'pouchdb' | 'rxdb', files: string, taps: number, roundTripMs: number): Promise<Drained> => {
  const far = roundTripMs > 0 ? await farAway(roundTripMs) : null
  try {
    const { ms, written } = (await onPageServer(files, far, `peers.${peer}(${taps})`)) as Drained & { readonly written: number }
    if (written !== taps) throw new Error(`${peer} wrote ${written} of ${taps}`)
    return { ms }
  } finally {
    far?.close()
  }
}

/** `files`: where `page.js` lies; the server's database goes with it. */
const onPageServer = async (files: string, far: FarAway | null, call: string): Promise<Drained> => {
  const folder = mkdtempSync(join(files, 'run-'))
  const server = startScript('test/bench/page-server.ts', [files, folder])
  try {
    const url = await firstLine(server)
    return await inBrowser(far?.to(url) ?? url, (page) => bounded<Drained>(page, call))
  } finally {
    await endChild(server)
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A browser of its own each time: nobody drains into a storage that the one before has warmed. */
const inBrowser = async <T>(address: string, work: (page: Page) => Promise<T>): Promise<T> => {
  const session = await openBrowser({ width: 800, height: 600 })
  try {
    session.page.on('pageerror', (error) => console.error(`drain: ${error.message}`))
    await session.page.goto(address)
    await session.page.waitForFunction('globalThis.drain !== undefined || globalThis.peers !== undefined', undefined, { timeout: PAGE_LIMIT_MS })
    return await work(session.page)
  } finally {
    await session.close()
  }
}

const bounded = async <T>(page: Page, call: string): Promise<T> => {
  const { promise, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error(`not drained within ${DRAIN_LIMIT_MS / 1000} s`)), DRAIN_LIMIT_MS)
  try {
    return await Promise.race([page.evaluate(call) as Promise<T>, promise])
  } finally {
    clearTimeout(timer)
  }
}

const bundlePages = async (folder: string, withPeers: boolean): Promise<{ readonly ours: string; readonly floor: string; readonly peers: string | null }> => {
  const ours = await bundle('test/bench/drain-page.ts', join(folder, 'ours'))
  mkdirSync(join(ours, 'shopper'))
  writeFileSync(join(ours, 'shopper', 'index.html'), '<!doctype html><meta charset="utf-8"><script type="module" src="/page.js"></script>')
  return { ours, floor: await bundle('test/bench/drain-floor-page.ts', join(folder, 'floor')), peers: withPeers ? await bundle('test/bench-peers/peer-page.js', join(folder, 'peers')) : null }
}

const bundle = async (entry: string, outDir: string): Promise<string> => {
  await build({ configFile: false, root: ROOT, publicDir: false, logLevel: 'error', build: { outDir, emptyOutDir: true, lib: { entry: join(ROOT, entry), formats: ['es'], fileName: () => 'page.js' } }, define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' } })
  return outDir
}
