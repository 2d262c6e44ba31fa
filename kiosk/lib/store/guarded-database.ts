/** A Dexie database behind its health: reads always, writes only while there is room, one new try when the browser has lost the connection. */
import type { Dexie } from 'dexie'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import { isFullDisk, isLostConnection, type StorageHealth, type WriteRefusal } from './storage-health.ts'

export class GuardedDatabase<D extends Dexie> {
  readonly #db: D
  #closed = false
  readonly health: StorageHealth

  constructor(db: D, health: StorageHealth) {
    this.#db = db
    this.health = health
  }

  read<T>(work: (db: D) => PromiseLike<T>): Promise<T> {
    return this.#withReopening(work)
  }

  /** Runs `work` if the storage takes writes; its first refusal freezes it. */
  async write<T>(work: (db: D) => PromiseLike<T>): Promise<Result<T, WriteRefusal>> {
    if (this.health.frozen) return err({ type: 'StorageFull' })
    try {
      return ok(await this.#withReopening(work))
    } catch (error) {
      if (isFullDisk(error)) {
        this.health.freeze()
        return err({ type: 'StorageFull' })
      }
      return err({ type: 'StorageFailed', error: error instanceof Error ? `${error.name}: ${error.message}` : String(error) })
    }
  }

  close(): void {
    this.#closed = true
    this.#db.close()
  }

  async #withReopening<T>(work: (db: D) => PromiseLike<T>): Promise<T> {
    try {
      return await work(this.#db)
    } catch (error) {
      if (this.#closed || !isLostConnection(error)) throw error
      return this.#reopened(work)
    }
  }

  async #reopened<T>(work: (db: D) => PromiseLike<T>): Promise<T> {
    try {
      this.#db.close()
      await this.#db.open()
      return await work(this.#db)
    } catch (error) {
      if (!this.#closed && !isFullDisk(error)) this.health.lose()
      throw error
    }
  }
}
