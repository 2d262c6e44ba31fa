/** One device that sends as fast as its line takes it, in a thread of its own, so that what measures the others has its own processor. */
import { createPrivateKey } from 'node:crypto'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { SeededRandom } from '#hub/tools/simulation/seeded-random.ts'
import { batch, connect, eventId, type Link, type TestDevice } from '../hub/test-hub.ts'
import { malformedInput } from './malformed-input.ts'

export type FloodedAs = { readonly url: string; readonly device: Pick<TestDevice, 'dev' | 'token'>; readonly key: string; readonly headers: Record<string, string>; readonly seed: number }
/** `denied`: tries to come in that were refused with a time to come again; `shut`: those that did not even become a socket. */
export type Flooded = { sent: number; closed: number; denied: number; shut: number; entered: number; longestOutMs: number }

/** Bytes on their way; more would only fill this side's memory. */
const MOST_BUFFERED = 1_000_000
const AT_ONCE = 400
/** Between two knocks at a shut door, or this thread takes the processor that the hub and whoever measures it need: up to 200 a second, twenty times what one address may. */
const KNOCK_MS = 5

/** Ready to begin; loading a thread takes as much of the processor as a flood. */
export const readyFlood = async (as: FloodedAs): Promise<{ readonly begin: () => void; readonly stop: () => Promise<Flooded> }> => {
  const worker = new Worker(fileURLToPath(import.meta.url), { workerData: as })
  await once(worker, 'message')
  return {
    begin: () => worker.postMessage('begin'),
    stop: () =>
      new Promise((resolve, reject) => {
        worker.once('message', (flooded: Flooded) => void worker.terminate().then(() => resolve(flooded)))
        worker.once('error', reject)
        worker.postMessage('stop')
      }),
  }
}

const flood = async ({ url, device, key, headers, seed }: FloodedAs): Promise<void> => {
  const flooded: Flooded = { sent: 0, closed: 0, denied: 0, shut: 0, entered: 0, longestOutMs: 0 }
  const own = { ...device, key: createPrivateKey(key) }
  const random = new SeededRandom(seed)
  const over = new AbortController()
  const begun = once(parentPort!, 'message')
  parentPort!.postMessage('ready')
  await begun
  let outSince = performance.now()
  parentPort!.once('message', () => {
    over.abort()
  })
  while (!over.signal.aborted) {
    const link = await connect(url, own, { headers }).catch((error: { readonly data?: unknown }) => {
      if (error.data === undefined) flooded.shut += 1
      else flooded.denied += 1
      return null
    })
    if (!link) {
      await new Promise((resolve) => setTimeout(resolve, KNOCK_MS))
      continue
    }
    flooded.entered += 1
    flooded.longestOutMs = Math.max(flooded.longestOutMs, Math.round(performance.now() - outSince))
    await pour(link, random, flooded, over.signal)
    if (!over.signal.aborted) flooded.closed += 1
    outSince = performance.now()
    link.close()
  }
  flooded.longestOutMs = Math.max(flooded.longestOutMs, Math.round(performance.now() - outSince))
  parentPort!.postMessage(flooded)
}

/** Questions, batches of events and nonsense, until the hub hangs up. */
const pour = async ({ socket }: Link, random: SeededRandom, flooded: Flooded, over: AbortSignal): Promise<void> => {
  const line = (socket.io.engine.transport as unknown as { readonly ws: { readonly bufferedAmount: number } }).ws
  while (socket.connected && !over.aborted) {
    for (let i = 0; i < AT_ONCE; i++) {
      flooded.sent += 1
      const kind = random.below(3)
      if (kind === 0) socket.emit('time', {}, () => undefined)
      else if (kind === 1) socket.emit('push', batch(Array.from({ length: 20 }, (_, n) => eventId(1e9 + flooded.sent * 20 + n)), { ep: 'b'.repeat(16) }), () => undefined)
      else {
        const { name, payload } = malformedInput(random, flooded.sent)
        socket.emit(name, payload, () => undefined)
      }
    }
    do await new Promise((resolve) => setTimeout(resolve, 1))
    while (line.bufferedAmount > MOST_BUFFERED && socket.connected && !over.aborted)
  }
}

if (!isMainThread) void flood(workerData as FloodedAs)
