/** Bare Socket.IO as a floor for the hub: `node test/bench/bare-server.ts echo|group|each FOLDER`. It speaks the hub's words, believes everybody, and keeps at most one plain row per event. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server } from 'socket.io'
import { DatabaseSync } from 'node:sqlite'
import { join } from 'node:path'

type Event = { readonly seq: number; readonly id: string; readonly at: number }
type Batch = { readonly ev: readonly Event[] }
type Waiting = { readonly batch: Batch; readonly ack: (answer: object) => void }

const [kind, folder] = process.argv.slice(2)

/** Writes all batches as one transaction. */
const openStore = (): ((batches: readonly Batch[]) => void) => {
  const sql = new DatabaseSync(join(folder!, 'bare.sqlite'))
  sql.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE event (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, at INTEGER NOT NULL, body TEXT NOT NULL) STRICT`)
  const [begin, add, commit] = ['BEGIN IMMEDIATE', 'INSERT INTO event (id, at, body) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING', 'COMMIT'].map((text) => sql.prepare(text))
  return (batches) => {
    begin!.run()
    for (const { ev } of batches) for (const event of ev) add!.run(event.id, event.at, JSON.stringify(event))
    commit!.run()
  }
}

const answerOf = ({ ev }: Batch): object => ({ hubEpoch: 'bare', upto: ev.at(-1)!.seq, hw: ev.at(-1)!.seq, safe: 0, now: Date.now() })

const takeBatches = (): ((one: Waiting) => void) => {
  if (kind === 'echo') return ({ batch, ack }) => ack(answerOf(batch))
  const write = openStore()
  if (kind === 'each') {
    return ({ batch, ack }) => {
      write([batch])
      ack(answerOf(batch))
    }
  }
  let waiting: Waiting[] = []
  return (one) => {
    if (waiting.push(one) > 1) return
    setImmediate(() => {
      const group = waiting
      waiting = []
      write(group.map(({ batch }) => batch))
      for (const { batch, ack } of group) ack(answerOf(batch))
    })
  }
}

const take = takeBatches()
/** What a pull gets, as the bench last said. */
let release: unknown = {}
const http = createServer()
const io = new Server(http, { transports: ['websocket'], serveClient: false, perMessageDeflate: false, pingInterval: 5000, pingTimeout: 5000 })
io.on('connection', (socket) => {
  socket.on('push', (batch: Batch, ack: Waiting['ack']) => take({ batch, ack }))
  socket.on('hello', (hello: { readonly n: number }, ack: Waiting['ack']) => ack({ n: hello.n, hubEpoch: 'bare', hw: 0, hc: '0000000000000000', safe: 0, now: Date.now(), min: 1, max: 9 }))
  socket.on('pull', (_pull: unknown, ack: (answer: unknown) => void) => ack(release))
  socket.emit('ready', { hubEpoch: 'bare', now: Date.now() })
})
process.on('message', (order: { readonly release: unknown; readonly hint: unknown }) => {
  release = order.release
  io.emit('release', order.hint)
})
process.once('disconnect', () => process.exit(0))
http.listen(0, '127.0.0.1', () => process.stdout.write(`http://127.0.0.1:${(http.address() as AddressInfo).port}\n`))
