/** A kiosk that was offline for days finds its hub: how fast its taps become safe, out of a real browser's storage, next to other offline-first libraries and to a bare socket. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { build } from 'vite'
import { openBrowser } from '../rig/browser-session.ts'
import { HubProcess } from '../rig/hub-process.ts'
import { endChild, firstLine, startBare, startScript } from './measured-server.ts'
import { compare, median, type Comparison, type Scale } from './measure.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const PEERS = join(ROOT, 'test/bench-peers')
const HOW_TO_INSTALL = 'npm ci --prefix test/bench-peers --ignore-scripts'
const PAGE_LIMIT_MS = 15_000
const DRAIN_LIMIT_MS = 55_000

type Drained = { readonly ms: number }
type Way = 'ours' | 'floor' | 'pouchdb' | 'rxdb'

export const drain = async ({ quick }: Scale): Promise<readonly Comparison[]> => {
  const [taps, rounds] = quick ? [1000, 1] : [10_000, 2]
  const folder = mkdtempSync(join(tmpdir(), 'einklang-drain-'))
  const withPeers = existsSync(join(PEERS, 'node_modules'))
  if (!withPeers) console.error(`drain: PouchDB and RxDB are not installed, so only the floor is measured; they are no packages of the product: ${HOW_TO_INSTALL}`)
  try {
    const pages = await bundlePages(folder, withPeers)
    const rates: Record<Way, number[]> = { ours: [], floor: [], pouchdb: [], rxdb: [] }
    for (let round = 0; round < rounds; round++) {
      const { ours, floor, peers } = pages
      await note('ours', rates, taps, () => drainOurs(ours, taps))
      await note('floor', rates, taps, () => drainFloor(floor, taps))
      if (peers) for (const peer of ['pouchdb', 'rxdb'] as const) await note(peer, rates, taps, () => drainPeer(peer, peers, taps))
    }
    const row = (way: Way, peerIs: string): readonly Comparison[] => rates.ours.length === 0 || rates[way].length === 0 ? [] : [ compare('drain', `taps/s until all ${taps} are acknowledged, on disk at the hub`, median(rates.ours), median(rates[way]), peerIs)]
    const floor = row('floor', 'the same taps out of memory through a bare socket, 100 at a time, one flush each')
    return withPeers ? [...floor, ...row('pouchdb', 'PouchDB 9 to a CouchDB-style server over SQLite, 1,000 at a time'), ...row('rxdb', 'RxDB 17 over Dexie to an HTTP server over SQLite, 1,000 at a time')] : floor
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

const drainOurs = async (files: string, taps: number): Promise<Drained> => {
  const hub = await HubProcess.start({ env: { APP_FILES: files } })
  try {
    return await inBrowser(`${hub.url}/shopper/`, `drain(${JSON.stringify(hub.codeFor('kiosk'))}, ${taps})`)
  } finally {
    await hub.remove()
  }
}

const drainFloor = async (files: string, taps: number): Promise<Drained> => {
  const bare = await startBare('each', 0)
  try {
    return await onPageServer(files, `drain(${JSON.stringify(bare.url)}, ${taps})`)
  } finally {
    await bare.close()
  }
}

const drainPeer = async (peer: 'pouchdb' | 'rxdb', files: string, taps: number): Promise<Drained> => {
  const { ms, written } = (await onPageServer(files, `peers.${peer}(${taps})`)) as Drained & { readonly written: number }
  if (written !== taps) throw new Error(`${peer} wrote ${written} of ${taps}`)
  return { ms }
}

/** `files`: where `page.js` lies; the server's database goes with it. */
const onPageServer = async (files: string, call: string): Promise<Drained> => {
  const folder = mkdtempSync(join(files, 'run-'))
  const server = startScript('test/bench/page-server.ts', [files, folder])
  try {
    return await inBrowser(await firstLine(server), call)
  } finally {
    await endChild(server)
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A browser of its own each time: nobody drains into a storage that the one before has warmed. */
const inBrowser = async (address: string, call: string): Promise<Drained> => {
  const session = await openBrowser({ width: 800, height: 600 })
  try {
    session.page.on('pageerror', (error) => console.error(`drain: ${error.message}`))
    await session.page.goto(address)
    await session.page.waitForFunction('globalThis.drain !== undefined || globalThis.peers !== undefined', undefined, { timeout: PAGE_LIMIT_MS })
    return await bounded(session.page, call)
  } finally {
    await session.close()
  }
}

const bounded = async (page: Page, call: string): Promise<Drained> => {
  const { promise, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error(`not drained within ${DRAIN_LIMIT_MS / 1000} s`)), DRAIN_LIMIT_MS)
  try {
    return await Promise.race([page.evaluate(call) as Promise<Drained>, promise])
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
