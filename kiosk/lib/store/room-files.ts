/** Files that take up room and say nothing: how a device learns what the browser's own estimate does not tell. It has been wrong by a factor of 25. */

/** `unknown`: this browser keeps no such files. */
export type Laid = 'laid' | 'full' | 'unknown'

export interface RoomFiles {
  /** Writes the file anew, whole; what was there before stays if there is no room. */
  lay(name: string, bytes: number): Promise<Laid>
  remove(name: string): Promise<void>
  has(name: string): Promise<boolean>
}

/** What the guard needs of the browser; loaded behind the first screen. */
export type Room = {
  readonly files: RoomFiles
  /** Pictures that the hub has too. */
  readonly pictures: {
    /** How many were dropped. */
    drop(): Promise<number>
    /** Fetches again what is missing; false if some of it is still to come. */
    restore(): Promise<boolean>
  }
  /** Asks the browser to keep our data when space runs short, and how much there is. */
  promise(): Promise<{ readonly persisted: boolean | null; readonly usedBytes: number | null; readonly quotaBytes: number | null }>
}
