/** Runs in a browser: the same taps through a bare socket, 500 at a time and four batches under way, out of memory or out of a bare Dexie table that forgets what is confirmed. */
import { Dexie, type Table } from 'dexie'
import { io, type Socket } from 'socket.io-client'

const BATCH = 500
const UNDER_WAY = 4

type Tap = { readonly seq: number }

const tapsOf = (count: number): readonly Tap[] => {
  const beganAt = Date.now() - count * 30_000
  const random = (): string => crypto.randomUUID()
  return Array.from({ length: count }, (_, i) => ({ seq: i + 1, id: random(), t: 'feedback.answered', v: 1, at: beganAt + i * 30_000, off: 0, boot: 'bench', mono: i, sid: null, p: { response: `r-${random().slice(0, 16)}`, touchpoint: 'kiosk', survey: 'visit', question: 'mood', kind: 'csat5', value: 1 + (i % 5) } }))
}

const connect = async (url: string): Promise<Socket> => {
  const socket = io(url, { transports: ['websocket'] })
  await new Promise((resolve) => socket.once('ready', resolve))
  return socket
}

/** Sends what `next` gives until it gives nothing. */
const sendAll = async (url: string, next: () => Promise<readonly Tap[]>, confirmed: (taps: readonly Tap[]) => Promise<unknown>): Promise<{ readonly ms: number }> => {
  const socket = await connect(url)
  const startedAt = performance.now()
  const sender = async (): Promise<void> => {
    for (let taps = await next(); taps.length > 0; taps = await next()) {
      await socket.emitWithAck('push', { ev: taps })
      await confirmed(taps)
    }
  }
  await Promise.all(Array.from({ length: UNDER_WAY }, sender))
  const ms = performance.now() - startedAt
  socket.disconnect()
  return { ms }
}

const memory = (url: string, count: number): Promise<{ readonly ms: number }> => {
  const taps = tapsOf(count)
  let from = 0
  return sendAll(url, async () => taps.slice(from, (from += BATCH)), async () => undefined)
}

class Bare extends Dexie {
  readonly ev!: Table<Tap, number>

  constructor() {
    super(`bare-${Date.now()}`, { chromeTransactionDurability: 'strict' })
    this.version(1).stores({ ev: 'seq' })
  }
}

const dexie = async (url: string, count: number): Promise<{ readonly ms: number }> => {
  const db = new Bare()
  await db.ev.bulkAdd([...tapsOf(count)])
  let after = 0
  let reading: Promise<readonly Tap[]> = Promise.resolve([])
  const read = async (): Promise<readonly Tap[]> => {
    const taps = await db.ev.where('seq').above(after).limit(BATCH).toArray()
    after = taps.at(-1)?.seq ?? after
    return taps
  }
  return sendAll(url, () => (reading = reading.then(read)), (taps) => db.ev.where('seq').between(taps[0]!.seq, taps.at(-1)!.seq, true, true).delete())
}

Object.assign(globalThis, { drain: { memory, dexie } })
