/** What this screen last knew, kept across restarts so that it works without the hub. A cache: it may be deleted at any time. */
import type { OpenedDevice } from '../lib/sync/open-device.ts'
import type { Json } from '#shared/kernel/json.ts'

export type Saved<T> = {
  readonly value: T
  /** Hub time at which it was kept. */
  readonly savedAt: number
}

export interface LastKnown {
  /** The caller says what it had kept under this key. */
  read<T>(key: string): Promise<Saved<T> | null>
  /** Never fails: a full storage costs the cache, not the screen. */
  write<T>(key: string, value: T): Promise<void>
}

/** Another shape of what is kept takes another version, and the old one is never read again. */
const VERSION = 'v1'

export const lastKnownIn = (cache: OpenedDevice['cache']): LastKnown => ({
  read: async <T>(key: string) => {
    const saved = await cache.read(`${VERSION} ${key}`).catch(() => null)
    return saved && { value: saved.value as T, savedAt: saved.savedAt }
  },
  write: (key, value) => cache.write(`${VERSION} ${key}`, value as Json).catch(() => undefined),
})
