/** Whether the browser still takes writes. After the first refusal nothing is written and nothing deleted: a delete on a full disk has been seen to wipe all there was. */

export type WriteRefusal = { readonly type: 'StorageFull' } | { readonly type: 'StorageFailed'; readonly error: string }

export class StorageHealth {
  #frozen = false
  #told = false
  #lost = false
  /** What room there is was freed for what shoppers say; whatever can be fetched again has to wait. */
  onReserve = false
  readonly #onFreeze = new Set<(frozen: boolean) => void>()
  readonly #onLost = new Set<() => void>()

  get frozen(): boolean {
    return this.#frozen
  }

  /** Another page met the full disk, and is the one that looks for room. */
  get told(): boolean {
    return this.#told
  }

  /** The browser closed the storage, and opening it again did not help. */
  get lost(): boolean {
    return this.#lost
  }

  onChange(listener: (frozen: boolean) => void): void {
    this.#onFreeze.add(listener)
  }

  onLost(listener: () => void): void {
    this.#onLost.add(listener)
  }

  freeze(): void {
    this.#set(true)
  }

  /** Another page says so: here nothing is to be removed either. */
  freezeAsTold(): void {
    this.#told = !this.#frozen
    this.#set(true)
  }

  /** Only after something large could be written: see `storage-guard.ts`. */
  thaw(): void {
    this.#told = false
    this.#set(false)
  }

  lose(): void {
    if (this.#lost) return
    this.#lost = true
    for (const listener of this.#onLost) listener()
  }

  #set(frozen: boolean): void {
    if (frozen === this.#frozen) return
    this.#frozen = frozen
    for (const listener of this.#onFreeze) listener(frozen)
  }
}

/** A full disk shows as an aborted transaction with the quota as inner error, or as an error nobody can name. */
export const isFullDisk = (error: unknown): boolean => causesOf(error).some(({ name, message }) => name === 'QuotaExceededError' || (name === 'UnknownError' && !isLostWord(message)))

/** The browser has closed the database under us; opening it again helps, or a new page. */
export const isLostConnection = (error: unknown): boolean =>
  causesOf(error).some(({ name, message }) => name === 'DatabaseClosedError' || name === 'InvalidStateError' || (name === 'UnknownError' && isLostWord(message)))

/** Safari has no name for it, only this sentence. */
const isLostWord = (message: string): boolean => /connection to indexed database server lost/i.test(message)

type Cause = { readonly name: string; readonly message: string }
const causesOf = (error: unknown): readonly Cause[] => {
  if (typeof error !== 'object' || error === null || !('name' in error)) return []
  const { name, message = '', inner } = error as { readonly name: unknown; readonly message?: unknown; readonly inner?: unknown }
  return [{ name: String(name), message: String(message) }, ...(inner === undefined || inner === error ? [] : causesOf(inner))]
}
