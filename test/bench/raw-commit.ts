/** The limit under the hub's ingest: `node test/bench/raw-commit.ts FOLDER`. The rows that the hub writes for taps, in the hub's own tables and settings, as prepared statements in one transaction per group; nothing is received, checked, chained or digested. */
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { MIGRATIONS } from '#hub/stores/sqlite/database/migrations.ts'
import { uuidV7 } from '#shared/kernel/ids.ts'

export type Slice = { readonly devices: number; readonly batch: number; readonly forMs: number }

const sql = new DatabaseSync(join(process.argv[2]!, 'raw.sqlite'))
sql.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA wal_autocheckpoint = 1000')
for (const { sql: step } of MIGRATIONS) sql.exec(step)
const addEvent = sql.prepare(`INSERT INTO event (id, dev, ep, seq, type, state, why, at_hub, received_at, body) VALUES (?, ?, ?, ?, 'feedback.answered', 'stored', NULL, ?, ?, ?)`)
const addNumbers = sql.prepare('INSERT INTO numbered (producer, seq, id, c) VALUES (?, ?, ?, ?)')
const addFeedback = sql.prepare(`INSERT INTO feedback (id, dev, response, touchpoint, survey, question, kind, score, words, detail, at, received_at, channel, flags) VALUES (?, ?, ?, 'kiosk', 'visit', 'mood', 'csat5', ?, NULL, 0, ?, ?, 'kiosk', NULL)`)
const moveProducer = sql.prepare('INSERT INTO producer (dev, ep, hw, hc) VALUES (?, ?, ?, ?) ON CONFLICT (dev, ep) DO UPDATE SET hw = excluded.hw, hc = excluded.hc RETURNING n')
const count = sql.prepare('INSERT INTO event_count (dev, n) VALUES (?, ?) ON CONFLICT (dev) DO UPDATE SET n = n + excluded.n')
const [begin, commit] = [sql.prepare('BEGIN IMMEDIATE'), sql.prepare('COMMIT')]

type Producer = { readonly dev: string; readonly ep: string; readonly beganAt: number; seq: number }
const producers = new Map<number, Producer>()
const producerOf = (i: number): Producer => {
  const known = producers.get(i) ?? { dev: randomBytes(16).toString('hex'), ep: randomBytes(8).toString('hex'), beganAt: Date.now() - 90 * 86_400_000, seq: 0 }
  producers.set(i, known)
  return known
}

type Made = { readonly id: string; readonly seq: number; readonly at: number; readonly p: { readonly response: string; readonly value: number } }

const makeTap = (one: Producer): Made => {
  one.seq += 1
  const at = one.beganAt + one.seq * 30_000
  const p = { response: `${one.ep}-${one.seq}`, touchpoint: 'kiosk', survey: 'visit', question: 'mood', kind: 'csat5', value: 1 + (one.seq % 5) }
  return { seq: one.seq, id: uuidV7(at, randomBytes(10)), t: 'feedback.answered', v: 1, at, off: 0, boot: 'bench', mono: one.seq * 30_000, sid: null, p } as Made
}

const writeGroup = (group: readonly (readonly [Producer, readonly Made[]])[]): void => {
  const now = Date.now()
  begin.run()
  for (const [{ dev, ep }, taps] of group) {
    const { n } = moveProducer.get(dev, ep, taps.at(-1)!.seq, ep) as { readonly n: number }
    for (const tap of taps) {
      addEvent.run(tap.id, dev, ep, tap.seq, tap.at, now, JSON.stringify(tap))
      addFeedback.run(tap.id, dev, tap.p.response, tap.p.value, tap.at, now)
    }
    addNumbers.run(n, taps.at(-1)!.seq, taps.map(({ id }) => id).join(' '), ep)
    count.run(dev, taps.length)
  }
  commit.run()
}

process.on('message', ({ devices, batch, forMs }: Slice) => {
  let [events, spentMs] = [0, 0]
  while (spentMs < forMs) {
    const group = Array.from({ length: devices }, (_, i) => {
      const one = producerOf(i)
      return [one, Array.from({ length: batch }, () => makeTap(one))] as const
    })
    const from = performance.now()
    writeGroup(group)
    spentMs += performance.now() - from
    events += devices * batch
  }
  process.send?.({ perSecond: (events * 1000) / spentMs })
})
process.once('disconnect', () => process.exit(0))
process.stdout.write('ready\n')
