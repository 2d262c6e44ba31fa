/** The database that may be lost at any time, because the hub has it all: releases, what was last known, and for a short while a visit that a reload interrupted. */
import { Dexie, type DexieOptions, type Table } from 'dexie'
import type { Json } from '#shared/kernel/json.ts'
import type { Result } from '#shared/kernel/result.ts'
import { KEPT_RELEASES } from '#shared/sync/apply-pull.ts'
import type { Release } from '#shared/sync/release.ts'
import { GuardedDatabase } from './guarded-database.ts'
import type { StorageHealth, WriteRefusal } from './storage-health.ts'

/** `checkedAt`: hub time at which the hub last said that this release is the current one. */
export type ActiveRelease = { readonly hash: string; readonly rev: number; readonly checkedAt: number }
export type Saved = { readonly value: Json; readonly savedAt: number }

class ReplicaDatabase extends Dexie {
  readonly releases!: Table<Release & { readonly storedAt: number }, string>
  readonly meta!: Table<unknown, string>
  readonly cache!: Table<Saved, string>
  readonly session!: Table<Saved, string>

  constructor(name: string, factory: DexieOptions) {
    super(name, { ...factory, chromeTransactionDurability: 'relaxed' })
    this.version(1).stores({ releases: 'hash', meta: '', cache: '', session: '' })
  }
}

export class ReplicaStore {
  readonly #guarded: GuardedDatabase<ReplicaDatabase>

  constructor(name: string, health: StorageHealth, factory: DexieOptions = {}) {
    this.#guarded = new GuardedDatabase(new ReplicaDatabase(name, factory), health)
  }

  async active(): Promise<{ readonly release: Release; readonly checkedAt: number } | null> {
    return this.#guarded.read(async (db) => {
      const active = (await db.meta.get('active')) as ActiveRelease | undefined
      const stored = active && (await db.releases.get(active.hash))
      if (!stored) return null
      const { hash, publishedAt, items } = stored
      return { release: { rev: active.rev, hash, publishedAt, items }, checkedAt: active.checkedAt }
    })
  }

  /** Keeps a whole release and switches to it in one transaction; of the earlier ones the last two stay. */
  activate(release: Release, checkedAt: number): Promise<Result<void, WriteRefusal>> {
    return this.#guarded.write((db) =>
      db.transaction('rw', db.releases, db.meta, async () => {
        await db.releases.put({ ...release, storedAt: checkedAt })
        await db.meta.put({ hash: release.hash, rev: release.rev, checkedAt } satisfies ActiveRelease, 'active')
        const others = (await db.releases.toArray()).filter(({ hash }) => hash !== release.hash)
        const old = others.toSorted((a, b) => b.storedAt - a.storedAt).slice(KEPT_RELEASES - 1)
        await db.releases.bulkDelete(old.map(({ hash }) => hash))
      }),
    )
  }

  /** The hub has said again that the active release is current. */
  confirm(active: ActiveRelease): Promise<Result<unknown, WriteRefusal>> {
    return this.#guarded.write((db) => db.meta.put(active, 'active'))
  }

  /** Last known figures and the like, by name, marked with their age. */
  readCache(name: string): Promise<Saved | null> {
    return this.#guarded.read(async (db) => (await db.cache.get(name)) ?? null)
  }

  writeCache(name: string, saved: Saved): Promise<Result<unknown, WriteRefusal>> {
    return this.#guarded.write((db) => db.cache.put(saved, name))
  }

  readSession(name: string): Promise<Saved | null> {
    return this.#guarded.read(async (db) => (await db.session.get(name)) ?? null)
  }

  writeSession(name: string, saved: Saved): Promise<Result<unknown, WriteRefusal>> {
    return this.#guarded.write((db) => db.session.put(saved, name))
  }

  clearSession(): Promise<Result<void, WriteRefusal>> {
    return this.#guarded.write((db) => db.session.clear())
  }

  close(): void {
    this.#guarded.close()
  }
}
