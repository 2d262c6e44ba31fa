/** What a tap pays for being kept twice: the strict write of its row alone, and with its record in the journal beside it, in turns in one browser. */
import type { Page } from 'playwright-core'
import { openBrowser } from '../rig/browser-session.ts'
import { HubProcess } from '../rig/hub-process.ts'
import { compare, quantile, type Comparison, type Scale } from './measure.ts'

const TAPS = 400
/** A tap on a face, with its number and chain. */
const TAP_BYTES = 520

export const secondCopy = async ({ quick }: Scale): Promise<readonly Comparison[]> => {
  const hub = await HubProcess.start()
  const session = await openBrowser()
  try {
    const { page } = session
    const loaded: string[] = []
    page.on('request', (request) => loaded.push(request.url()))
    await page.goto(`${hub.url}/shopper/`)
    const thread = await nameOf(page, loaded)
    const { both, alone } = await page.evaluate(measure, { thread, taps: quick ? TAPS / 10 : TAPS, text: 'x'.repeat(TAP_BYTES) })
    return [0.5, 0.95].map((share) => compare('second-copy', `ms until a tap is kept, p${share * 100}; p50 at most 2 more than the peer`, quantile(both, share), quantile(alone, share), 'the strict row alone'))
  } finally {
    await session.close()
    await hub.remove()
  }
}

const nameOf = async (page: Page, loaded: readonly string[]): Promise<string> => {
  for (let tries = 0; tries < 300; tries++) {
    const found = loaded.find((url) => url.includes('journal-worker'))
    if (found) return found
    await page.waitForTimeout(100)
  }
  throw new Error('the page never started its journal')
}

/** Runs in the page. */
const measure = async ({ thread, taps, text }: { readonly thread: string; readonly taps: number; readonly text: string }): Promise<{ readonly both: number[]; readonly alone: number[] }> => {
  const worker = new Worker(thread, { type: 'module' })
  let asked = 0
  const ask = (what: object): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const id = ++asked
      const heard = ({ data }: MessageEvent<{ readonly id: number; readonly error?: string }>): void => {
        if (data.id !== id) return
        worker.removeEventListener('message', heard)
        if (data.error === undefined) resolve(data)
        else reject(new Error(data.error))
      }
      worker.addEventListener('message', heard)
      worker.postMessage({ id, ask: what })
    })
  await ask({ do: 'open', app: 'bench' })
  const db = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open('bench', 1)
    opening.addEventListener('upgradeneeded', () => opening.result.createObjectStore('ev'))
    opening.addEventListener('success', () => resolve(opening.result))
    opening.addEventListener('error', () => reject(new Error('no database')))
  })
  const row = (n: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const work = db.transaction('ev', 'readwrite', { durability: 'strict' })
      work.objectStore('ev').put(text, n)
      work.addEventListener('complete', () => resolve())
      work.addEventListener('abort', () => reject(new Error('refused')))
    })
  const timeOf = async (work: () => Promise<unknown>): Promise<number> => {
    const from = performance.now()
    await work()
    return performance.now() - from
  }
  const [both, alone]: [number[], number[]] = [[], []]
  for (let n = 0; n < taps; n++) {
    alone.push(await timeOf(() => row(2 * n)))
    both.push(await timeOf(() => Promise.all([row(2 * n + 1), ask({ do: 'put', records: [{ key: `${n}`, text }] })])))
  }
  return { both, alone }
}
