/** The database that may be lost at any time, because the hub has it all: releases, what was last known, and for a short while a visit that a reload interrupted. */
import { Dexie, type DexieOptions, type Table } from 'dexie'
import type { Json } from '#shared/kernel/json.ts'
import { err, type Result } from '#shared/kernel/result.ts'
import { DEFAULT_MAX_OFFLINE_MS, headOf, type Release, type ReleaseHead } from '#shared/sync/release.ts'
import { GuardedDatabase } from './guarded-database.ts'
import type { StorageHealth, WriteRefusal } from './storage-health.ts'

/** `checkedAt`: hub time at which the hub last said that this release is the current one. */
export type ActiveRelease = { readonly head: ReleaseHead; readonly checkedAt: number }
export type Saved = { readonly value: Json; readonly savedAt: number }

/** Releases a device keeps besides those that wait; going back is a change of one pointer. */
const KEPT_RELEASES = 3

/** As written by an app from before releases were signed. */
type OldActive = { readonly hash: string; readonly rev: number; readonly checkedAt: number; readonly head?: ReleaseHead }
type StoredRelease = Release & { readonly storedAt: number }

class ReplicaDatabase extends Dexie {
  readonly releases!: Table<StoredRelease, string>
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
      const active = (await db.meta.get('active')) as ActiveRelease | OldActive | undefined
      const stored = active && (await db.releases.get(active.head?.hash ?? (active as OldActive).hash))
      if (!stored) return null
      const head = active.head ?? unsignedHead(active as OldActive, stored)
      return { release: { ...headOf(head), items: stored.items }, checkedAt: active.checkedAt }
    })
  }

  /** The releases that wait for their time, in order. */
  async pending(): Promise<readonly Release[]> {
    return this.#guarded.read(async (db) => {
      const next = await readNext(db)
      const stored = await db.releases.bulkGet(next.map(({ hash }) => hash))
      return next.flatMap((head, i) => (stored[i] ? [{ ...headOf(head), items: stored[i].items }] : []))
    })
  }

  /** Keeps a whole release and switches to it in one transaction; of the earlier ones the last two stay, and all that wait. */
  activate(release: Release, checkedAt: number, next: readonly ReleaseHead[] = []): Promise<Result<void, WriteRefusal>> {
    return this.#change(async (db) => {
      await db.releases.put({ ...release, storedAt: checkedAt })
      await db.meta.put(readableBefore({ head: headOf(release), checkedAt }), 'active')
      await db.meta.put(next.map(headOf), 'next')
    })
  }

  /** Keeps a whole release beside the active one. */
  keep(release: Release, next: readonly ReleaseHead[], storedAt: number): Promise<Result<void, WriteRefusal>> {
    return this.#change(async (db) => {
      await db.releases.put({ ...release, storedAt })
      await db.meta.put(next.map(headOf), 'next')
    })
  }

  /** These wait, and nothing else. */
  plan(next: readonly ReleaseHead[]): Promise<Result<void, WriteRefusal>> {
    return this.#change(async (db) => void (await db.meta.put(next.map(headOf), 'next')))
  }

  /** The hub has said again that the active release is current. */
  confirm(active: ActiveRelease): Promise<Result<unknown, WriteRefusal>> {
    return this.#guarded.write((db) => db.meta.put(readableBefore(active), 'active'))
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

  /** A release is large and can be had again, so it does not use up the reserve. */
  async #change(work: (db: ReplicaDatabase) => PromiseLike<void>): Promise<Result<void, WriteRefusal>> {
    if (this.#guarded.health.onReserve) return err({ type: 'StorageFull' })
    return this.#guarded.write((db) =>
      db.transaction('rw', db.releases, db.meta, async () => {
        await work(db)
        await dropOld(db)
      }),
    )
  }
}

const readNext = async (db: ReplicaDatabase): Promise<readonly ReleaseHead[]> => ((await db.meta.get('next')) as readonly ReleaseHead[] | undefined) ?? []

/** Only what is neither shown nor waits counts as old. */
const dropOld = async (db: ReplicaDatabase): Promise<void> => {
  const active = (await db.meta.get('active')) as ActiveRelease | OldActive | undefined
  const needed = new Set([active?.head?.hash ?? (active as OldActive | undefined)?.hash, ...(await readNext(db)).map(({ hash }) => hash)])
  const others = (await db.releases.toArray()).filter(({ hash }) => !needed.has(hash))
  const old = others.toSorted((a, b) => b.storedAt - a.storedAt).slice(KEPT_RELEASES - 1)
  await db.releases.bulkDelete(old.map(({ hash }) => hash))
}

/** An app of before, put back with its hub, finds the release by its old names and does not take the device for a new one. */
const readableBefore = (active: ActiveRelease): ActiveRelease & OldActive => ({ ...active, hash: active.head.hash, rev: active.head.rev })

/** It is shown as before; the hub signs it at the next contact. */
const unsignedHead = ({ hash, rev }: OldActive, { publishedAt }: Release): ReleaseHead => ({
  rev,
  hash,
  publishedAt,
  activeFrom: publishedAt,
  maxOfflineMs: DEFAULT_MAX_OFFLINE_MS,
  store: '',
  signature: '',
})
