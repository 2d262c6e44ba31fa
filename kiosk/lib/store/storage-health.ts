/** Whether the browser still takes writes. After the first refusal nothing is written and nothing deleted: a delete on a full disk has been seen to wipe all there was. */

/** Writes and deletes again something of this size before the storage is believed to have room. */
export type RoomProbe = () => Promise<boolean>

export type WriteRefusal = { readonly type: 'StorageFull' } | { readonly type: 'StorageFailed'; readonly error: string }

export class StorageHealth {
  #frozen = false
  readonly #listeners = new Set<(frozen: boolean) => void>()

  get frozen(): boolean {
    return this.#frozen
  }

  onChange(listener: (frozen: boolean) => void): void {
    this.#listeners.add(listener)
  }

  freeze(): void {
    this.#set(true)
  }

  /** Thaws if there is room again. */
  async recover(probe: RoomProbe): Promise<void> {
    if (this.#frozen && (await probe())) this.#set(false)
  }

  #set(frozen: boolean): void {
    if (frozen === this.#frozen) return
    this.#frozen = frozen
    for (const listener of this.#listeners) listener(frozen)
  }
}

/** A full disk shows as an aborted transaction with the quota as inner error, or as an error nobody can name. */
export const isFullDisk = (error: unknown): boolean => namesOf(error).some((name) => name === 'QuotaExceededError' || name === 'UnknownError')

/** The browser has closed the database under us; opening it again helps. */
export const isLostConnection = (error: unknown): boolean => namesOf(error).some((name) => name === 'DatabaseClosedError' || name === 'InvalidStateError')

const namesOf = (error: unknown): readonly string[] => {
  if (!(error instanceof Error || (typeof error === 'object' && error !== null && 'name' in error))) return []
  const { name, inner } = error as { readonly name: string; readonly inner?: unknown }
  return [name, ...(inner === undefined || inner === error ? [] : namesOf(inner))]
}
