/** The database that must not lose anything: outbox, identity and key. Strict durability, and a schema that never changes, so an older app can still send what a newer one has kept. */
import { Dexie, type DexieOptions, type Table } from 'dexie'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import type { OutboxChange, OutboxRow, OutboxState, OutboxStep, RowRange } from '#shared/sync/outbox.ts'
import { decideUnwritten, leftUnwritten, recall, type Unwritten } from '#shared/sync/unwritten-outbox.ts'
import { GuardedDatabase } from './guarded-database.ts'
import type { Copying, SecondCopy } from './second-copy.ts'
import type { StorageHealth, WriteRefusal } from './storage-health.ts'

class OutboxDatabase extends Dexie {
  readonly meta!: Table<unknown, string>
  readonly ev!: Table<OutboxRow, number>

  constructor(name: string, factory: DexieOptions) {
    super(name, { ...factory, chromeTransactionDurability: 'strict' })
    this.version(1).stores({ meta: '', ev: 'seq' })
  }
}

/** A value kept beside the outbox and decided in the same transaction. Null refuses, and then nothing at all is written. */
export type Beside = { readonly name: string; readonly decide: (value: unknown, state: OutboxState | null) => object | null }

export class OutboxStore {
  readonly #guarded: GuardedDatabase<OutboxDatabase>
  /** Confirmations that the next write takes along; while nothing may be written, all that the hub says. */
  #unwritten: Unwritten | null = null
  #latest: OutboxState | null = null
  /** What waits is kept there too, before anybody is thanked; null until it is open. */
  secondCopy: SecondCopy | null = null

  constructor(name: string, health: StorageHealth, factory: DexieOptions = {}) {
    this.#guarded = new GuardedDatabase(new OutboxDatabase(name, factory), health)
  }

  /** Runs one step of the outbox as one transaction; the result is there only after it is durable. */
  async run<T>(step: OutboxStep<T>): Promise<Result<T, WriteRefusal>> {
    return step.writes !== undefined || this.#guarded.health.frozen ? this.#runUnwritten(step) : this.#write(step, (run) => run())
  }

  /** As `run`, together with a value beside the outbox: both or neither. Null if that value refused. */
  runBeside<T>(step: OutboxStep<T>, beside: Beside): Promise<Result<T | null, WriteRefusal>> {
    return this.#write(step, async (run, db, state) => {
      const value = beside.decide(await db.meta.get(beside.name), state)
      return value && run(() => db.meta.put(value, beside.name))
    })
  }

  async state(): Promise<OutboxState | null> {
    return this.#guarded.read(async (db) => recall(await readState(db), this.#unwritten))
  }

  /** As of this page's last write: no way to the disk and back. */
  get latest(): OutboxState | null {
    return this.#latest
  }

  readMeta(name: string): Promise<unknown> {
    return this.#guarded.read((db) => db.meta.get(name))
  }

  writeMeta(name: string, value: unknown): Promise<Result<unknown, WriteRefusal>> {
    return this.#guarded.write((db) => db.meta.put(value, name))
  }

  /** Decides on a value beside the outbox and writes what it becomes, as one transaction: two pages never both read the old one. Null leaves it. */
  updateMeta<T extends object>(name: string, decide: (value: unknown) => T | null): Promise<Result<T | null, WriteRefusal>> {
    return this.#guarded.write((db) =>
      db.transaction('rw', db.meta, async () => {
        const next = decide(await db.meta.get(name))
        if (next) await db.meta.put(next, name)
        return next
      }),
    )
  }

  /** What is only remembered is written first; closed when it resolves. */
  async close(): Promise<void> {
    if (this.#unwritten && !this.#guarded.health.frozen) await this.#write(NOTHING_NEW, (run) => run()).catch(() => undefined)
    this.#guarded.close()
  }

  async #write<T, R>(step: OutboxStep<T>, work: (run: (along?: () => PromiseLike<unknown>) => Promise<T>, db: OutboxDatabase, state: OutboxState | null) => Promise<R>): Promise<Result<R, WriteRefusal>> {
    let unwritten: Unwritten | null = null
    let latest: OutboxState | null = null
    const copying: Copying[] = []
    const changed = (before: OutboxState | null, change: OutboxChange): void => {
      latest = change.state
      if (this.secondCopy) copying.push(Dexie.ignoreTransaction(() => this.secondCopy!.begin(before, change)))
    }
    const result = await this.#guarded.write((db) =>
      db.transaction('rw', db.meta, db.ev, async () => {
        const written = await readState(db)
        // Not before: a write that was in front of this one has taken along what it found.
        unwritten = this.#unwritten
        const state = recall(written, unwritten)
        latest = state
        const outcome = await work((along) => runStep(db, state, step, changed, along), db, state)
        if (unwritten && latest === state) await db.meta.put(state, 'outbox')
        return outcome
      }),
    )
    if (result.ok) {
      this.#latest = latest
      this.#unwritten = leftUnwritten(this.#unwritten, unwritten)
    }
    for (const copy of copying) await (result.ok ? copy.done() : copy.undo())
    return result
  }

  async #runUnwritten<T>(step: OutboxStep<T>): Promise<Result<T, WriteRefusal>> {
    try {
      return await this.#guarded.read(async (db) => {
        const { written, rows } = await this.#look(db, step)
        // Nothing comes between judging and remembering.
        const outcome = decideUnwritten(step, written, this.#unwritten, rows)
        if (!outcome) return err({ type: 'StorageFull' })
        if (outcome.unwritten && outcome.unwritten !== this.#unwritten) this.secondCopy?.confirmed(outcome.unwritten.state)
        this.#unwritten = outcome.unwritten
        return ok(outcome.result)
      })
    } catch (error) {
      return err({ type: 'StorageFailed', error: String(error) })
    }
  }

  #look(db: OutboxDatabase, step: OutboxStep<unknown>): PromiseLike<{ readonly written: OutboxState | null; readonly rows: readonly OutboxRow[] }> {
    return db.transaction('r', db.meta, db.ev, async () => {
      const written = await readState(db)
      const seen = recall(written, this.#unwritten)
      const range = seen && step.need(seen)
      return { written, rows: range ? await readRows(db, range) : [] }
    })
  }
}

/** Only writes what was remembered. */
const NOTHING_NEW: OutboxStep<void> = { need: () => null, decide: () => ({ change: null, result: undefined }) }

/** `along` is written with the change, if there is one. */
const runStep = async <T>(db: OutboxDatabase, state: OutboxState | null, step: OutboxStep<T>, changed: (before: OutboxState | null, change: OutboxChange) => void, along?: () => PromiseLike<unknown>): Promise<T> => {
  const range = state && step.need(state)
  const { change, result } = step.decide(state, range ? await readRows(db, range) : [])
  if (!change) return result
  changed(state, change)
  if (change.deleteUpTo !== undefined) await db.ev.where('seq').belowOrEqual(change.deleteUpTo).delete()
  // Asked for together: each answer waited for is a way to the browser's storage and back.
  await Promise.all([change.put && db.ev.bulkPut(change.put as OutboxRow[]), db.meta.put(change.state, 'outbox')])
  await along?.()
  return result
}

const readState = async (db: OutboxDatabase): Promise<OutboxState | null> => ((await db.meta.get('outbox')) as OutboxState | undefined) ?? null

const readRows = ({ ev }: OutboxDatabase, { from, to, limit }: RowRange): PromiseLike<readonly OutboxRow[]> =>
  from > to ? Dexie.Promise.resolve([]) : ev.where('seq').between(from, to, true, true).limit(Math.min(limit, 0xffff_ffff)).toArray()
