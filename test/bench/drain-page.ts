/** Runs in a browser: a device of the product that was paired once, with days of taps in its outbox, which it sends when it finds its hub again. Bundled by `npm run bench -- drain`. */
import type { EpochId, EventId } from '#shared/kernel/ids.ts'
import { uuidV7 } from '#shared/kernel/ids.ts'
import { millis } from '#shared/kernel/time.ts'
import { encodeDraft } from '#shared/sync/append-event.ts'
import { addRow, newOutbox, type OutboxRow, type OutboxState, type OutboxStep } from '#shared/sync/outbox.ts'
import type { SyncStatus } from '#kiosk/lib/sync/device.ts'
import { openDevice, type OpenedDevice } from '#kiosk/lib/sync/open-device.ts'
import { openStores } from '#kiosk/lib/store/open-stores.ts'

const randomHex = (bytes: number): string => Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (byte) => byte.toString(16).padStart(2, '0')).join('')
const payload = (i: number) => ({ response: `r-${randomHex(8)}`, touchpoint: 'kiosk', survey: 'visit', question: 'mood', kind: 'csat5', value: 1 + (i % 5) })

/** Of the days after now: by then the hub's clock is ahead. All in one transaction: how long a single tap takes is measured by `tapTimes`. */
const fill = (count: number): OutboxStep<null> => ({
  need: () => null,
  decide: (known) => {
    const beganAt = Date.now()
    let state: OutboxState = known ?? newOutbox(randomHex(8) as EpochId)
    const put: OutboxRow[] = []
    for (let i = 0; i < count; i++) {
      const at = millis(beganAt + i * 30_000)
      const id: EventId = uuidV7(at, crypto.getRandomValues(new Uint8Array(10)))
      const added = addRow(state, encodeDraft({ id, t: 'feedback.answered', v: 1, at, off: 0, boot: 'bench', mono: i, sid: null, p: payload(i) })!)
      put.push(added.row)
      state = added.state
    }
    return { change: { state, put }, result: null }
  },
})

const until = (device: OpenedDevice, isReached: (status: SyncStatus) => boolean): Promise<void> =>
  new Promise((resolve) => {
    const look = (status: SyncStatus): void => void (isReached(status) && (stop(), resolve()))
    const stop = device.onStatus(look)
    look(device.status)
  })

/** Pairs and fetches the release, as on the day it was set up. */
const setUp = async (code: string): Promise<OpenedDevice> => {
  const device = await openDevice({ app: 'shopper', version: 'bench' })
  const paired = await device.pair({ code, role: 'kiosk', name: 'Bench' })
  if (!paired.ok) throw new Error(`not paired: ${paired.error.type}`)
  await until(device, ({ release, waiting }) => release !== null && waiting === 0)
  return device
}

const pair = async (code: string): Promise<void> => (await setUp(code)).close()

/** The page as it has stood there for days, without its hub. */
let offline: OpenedDevice | null = null

/** Its taps, as if somebody had given them; both of its storages hold them. */
const fillUp = async (count: number): Promise<void> => {
  const stores = openStores('shopper')
  const filled = await stores.outbox.run(fill(count))
  stores.close()
  if (!filled.ok) throw new Error('the outbox took no taps')
  offline = await openDevice({ app: 'shopper', version: 'bench' })
  if (offline.status.waiting !== count) throw new Error(`${offline.status.waiting} of ${count} taps wait`)
  await new Promise((resolve) => setTimeout(resolve, COPY_MS))
}
const COPY_MS = 3000

const drain = async (): Promise<{ readonly ms: number }> => {
  const device = offline!
  await until(device, ({ phase }) => phase === 'online')
  const startedAt = performance.now()
  await until(device, ({ waiting }) => waiting === 0)
  const ms = performance.now() - startedAt
  device.close()
  return { ms }
}

/** Ms of single taps, each until it is durable, in turns with one row of the same size added to a bare database, just as durably. */
const tapTimes = async (code: string, count: number): Promise<{ readonly ours: readonly number[]; readonly bare: readonly number[] }> => {
  const device = await setUp(code)
  const bare = await openBare()
  const [ours, others]: [number[], number[]] = [[], []]
  for (let i = 0; i < count; i++) {
    const p = payload(i)
    const json = JSON.stringify({ id: crypto.randomUUID(), t: 'feedback.answered', v: 1, at: Date.now(), off: 0, boot: randomHex(8), mono: Math.round(performance.now()), sid: null, p })
    ours.push(await timed(async () => void ((await device.record({ t: 'feedback.answered', v: 1, p, sid: null })).ok || fail())))
    await pause()
    others.push(await timed(() => addBare(bare, { seq: i, id: crypto.randomUUID(), at: Date.now(), chain: randomHex(8), bytes: 0, json })))
    await pause()
  }
  device.close()
  bare.close()
  return { ours, bare: others }
}

const fail = (): never => {
  throw new Error('a tap was not kept')
}

const timed = async (work: () => Promise<void>): Promise<number> => {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}

/** What the one before leaves behind, sending too, is done. */
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20))

const openBare = (): Promise<IDBDatabase> =>
  new Promise((resolve, reject) => {
    const request = indexedDB.open('bare', 1)
    request.addEventListener('upgradeneeded', () => void request.result.createObjectStore('ev', { keyPath: 'seq' }))
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error ?? new Error('no database')))
  })

const addBare = (db: IDBDatabase, row: object): Promise<void> =>
  new Promise((resolve, reject) => {
    const transaction = db.transaction('ev', 'readwrite', { durability: 'strict' })
    transaction.objectStore('ev').add(row)
    transaction.addEventListener('complete', () => resolve())
    transaction.addEventListener('error', () => reject(transaction.error ?? new Error('not added')))
  })

Object.assign(globalThis, { pair, fillUp, drain, tapTimes })
