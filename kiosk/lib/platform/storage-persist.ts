/** The door to the browser's promise to keep our data when space runs short. */

export type StorageReport = {
  /** `best-effort`: the browser may clear it; the device must never hold the only copy for long. */
  readonly kept: 'persistent' | 'best-effort' | 'unknown'
  readonly usedBytes: number | null
  readonly quotaBytes: number | null
}

export const askForPersistence = async (): Promise<StorageReport> => {
  if (!('storage' in navigator)) return { kept: 'unknown', usedBytes: null, quotaBytes: null }
  try {
    const kept = (await navigator.storage.persisted()) || (await navigator.storage.persist())
    const { usage, quota } = await navigator.storage.estimate()
    return { kept: kept ? 'persistent' : 'best-effort', usedBytes: usage ?? null, quotaBytes: quota ?? null }
  } catch {
    return { kept: 'unknown', usedBytes: null, quotaBytes: null }
  }
}
