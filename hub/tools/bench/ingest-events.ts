/** What exactly-once costs: events through the hub's ingest into SQLite, against the same bytes appended to a file and flushed as often. */
import { randomBytes } from 'node:crypto'
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DeviceId, EpochId } from '#shared/kernel/ids.ts'
import { uuidV7 } from '#shared/kernel/ids.ts'
import { millis } from '#shared/kernel/time.ts'
import { extendChain, NO_CHAIN, type Chain } from '#shared/sync/chain.ts'
import type { ReceivedPush } from '#shared/sync/wire.ts'
import { openHubKeys } from '../../stores/keys/hub-key-file.ts'
import { sqliteListeningStore } from '#hub/stores/sqlite/feedback/listening-store.ts'
import { sqliteAnswerCells } from '../../stores/sqlite/figures/answer-cells.ts'
import { sqliteFeedbackStore } from '../../stores/sqlite/feedback/feedback-store.ts'
import { sqliteReceiptStore } from '../../stores/sqlite/feedback/receipt-store.ts'
import { beginRun, openDatabase } from '../../stores/sqlite/database/open-database.ts'
import { sqliteStores } from '../../stores/sqlite/database/stores.ts'
import { groupCommit } from '../../use-cases/events/group-commit.ts'
import { ingestEvents } from '../../use-cases/events/ingest-events.ts'
import { feedbackProjector } from '../../use-cases/feedback/project-feedback.ts'
import { compare, median, type Comparison } from './measure.ts'

/** Kiosks whose taps arrive in the same moment. */
const DEVICES = 50
const ROUNDS = 40

export const ingestBench = async (): Promise<Comparison> => {
  const folder = mkdtempSync(join(tmpdir(), 'einklang-bench-'))
  try {
    const ingest = openIngest(folder)
    const file = openSync(join(folder, 'floor.jsonl'), 'a')
    const devices = Array.from({ length: DEVICES }, (_, i) => tapsOf(i))
    const times = { ours: [] as number[], peer: [] as number[] }
    for (let round = 0; round < ROUNDS; round++) {
      const pushes = devices.map(({ dev, next }) => ({ dev, push: next() }))
      times.ours.push(await timeOf(() => Promise.all(pushes.map(({ dev, push }) => ingest(dev, push))).then(refuseErrors)))
      times.peer.push(await timeOf(() => appendAll(file, pushes.map(({ push }) => push))))
    }
    closeSync(file)
    const perSecond = (values: readonly number[]): number => (DEVICES * 1000) / median(values)
    return compare('ingest-events', 'events/s from 50 devices at once, durable', perSecond(times.ours), perSecond(times.peer), 'append the same bytes, one fdatasync per round')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The hub's ingest over a database of its own; with or without counting answers into cells. */
export const openIngest = (folder: string, counted = true): ReturnType<typeof ingestEvents> => {
  const clock = { now: () => millis(Date.now()) }
  const database = openDatabase(folder, clock.now())
  if (!database.ok) throw new Error(`no database in ${folder}`)
  const { transactions, events, documents } = sqliteStores(database.value, clock)
  const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }
  const feedback = feedbackProjector({ feedback: sqliteFeedbackStore(database.value), cells: counted ? sqliteAnswerCells(database.value) : { keepUp: () => undefined }, receipts: sqliteReceiptStore(database.value), documents, devices: { find: () => null }, listening: sqliteListeningStore(database.value), hints: { feedback: () => undefined } })
  const hubEpoch = beginRun(database.value, randomBytes(8).toString('hex'), randomBytes(8).toString('hex'))
  return ingestEvents({ events, transactions, projectors: [feedback], keys: openHubKeys(folder), committer: groupCommit(transactions, setImmediate), clock, log: silent, hubEpoch })
}

export type Tapping = { readonly dev: DeviceId; /** The next batch. */ readonly next: () => ReceivedPush }

/** A device that taps one smiley after the other, `batch` at a time; `wall`: when. */
export const tapsOf = (number: number, batch = 1, wall: () => number = Date.now): Tapping => {
  const dev = randomBytes(16).toString('hex') as DeviceId
  const ep = randomBytes(8).toString('hex') as EpochId
  let seq = 0
  let chain: Chain = NO_CHAIN
  const tap = (): ReceivedPush['ev'][number] => {
    const at = wall()
    const id = uuidV7(at, randomBytes(10))
    chain = extendChain(chain, id)
    seq++
    const p = { response: `r-${number}-${seq}`, touchpoint: 'kiosk', survey: 'visit', question: 'mood', kind: 'csat5', value: 1 + (seq % 5) }
    return { seq, id, t: 'feedback.answered', v: 1, at, off: 0, boot: 'bench', mono: at, sid: null, p }
  }
  const next = (): ReceivedPush => {
    const prev = chain
    return { pv: 1, ep, prev, ev: Array.from({ length: batch }, tap) }
  }
  return { dev, next }
}

const appendAll = (file: number, pushes: readonly ReceivedPush[]): void => {
  for (const push of pushes) writeSync(file, `${JSON.stringify(push)}\n`)
  fdatasyncSync(file)
}

export const refuseErrors = (answers: readonly object[]): void => {
  const wrong = answers.find((answer) => !('upto' in answer) || 'notes' in answer)
  if (wrong) throw new Error(`not stored: ${JSON.stringify(wrong)}`)
}

export const timeOf = async (work: () => unknown): Promise<number> => {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}
