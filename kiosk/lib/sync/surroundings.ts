/** Everything of the browser that syncing touches, in one place, so that tests can pass in their own. */
import type { DatabaseFactory } from '../store/open-stores.ts'
import type { Room } from '../store/room-files.ts'
import type { JournalPort } from '../store/second-copy.ts'

const RELOADS = 'einklang-reloads'

export type Surroundings = {
  /** Where the hub is: the page's own origin, since the hub serves the page. */
  readonly origin: string
  readonly subtle: SubtleCrypto
  randomBytes(length: number): Uint8Array<ArrayBuffer>
  /** Device wall clock, ms; never negative. */
  wall(): number
  /** Ms since the page began; never jumps. */
  mono(): number
  after(delayMs: number, task: () => void): () => void
  fetch(path: string, init: RequestInit): Promise<Response>
  /** Null where the browser has none. */
  readonly locks: LockManager | null
  isVisible(): boolean
  onVisible(listener: () => void): void
  /** Loaded when it is first asked for. */
  room(): Promise<Room>
  /** The file that outlives the database; loaded likewise. Null where there can be none. */
  journal(): Promise<JournalPort | null>
  /** To the other pages of this origin, whose disk is the same; null where they cannot be reached. */
  readonly words: PageWords | null
  readonly page: PageItself
  /** Replaces the browser's IndexedDB. */
  readonly database: DatabaseFactory
}

/** Words between pages: one says, all others hear. */
export type PageWords = { say(word: string): void; onWord(listener: (word: string) => void): void; close(): void }

/** The page, as far as it can begin again. */
export type PageItself = {
  reload(): void
  /** When pages of this tab began again by themselves, as noted; survives that. */
  reloads(): string | null
  noteReloads(times: string): void
}

export const browserSurroundings = (): Surroundings => ({
  origin: location.origin,
  subtle: crypto.subtle,
  randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
  // An event before 1970 would be none: a dead battery and a time zone are enough for such a clock.
  wall: () => Math.max(0, Date.now()),
  mono: () => performance.now(),
  after: (delayMs, task) => {
    const timer = setTimeout(task, delayMs)
    return () => clearTimeout(timer)
  },
  fetch: (path, init) => fetch(path, init),
  locks: 'locks' in navigator ? navigator.locks : null,
  isVisible: () => document.visibilityState === 'visible',
  onVisible: (listener) => document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && listener()),
  room: async () => (await import('./browser-room.ts')).browserRoom(),
  journal: async () => (await import('./browser-journal.ts')).browserJournal(),
  words: 'BroadcastChannel' in globalThis ? wordsOf(new BroadcastChannel('einklang-pages')) : null,
  page: {
    reload: () => location.reload(),
    reloads: () => sessionStorage.getItem(RELOADS),
    noteReloads: (times) => sessionStorage.setItem(RELOADS, times),
  },
  database: {},
})

const wordsOf = (channel: BroadcastChannel): PageWords => ({
  say: (word) => channel.postMessage(word),
  onWord: (listener) => channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => typeof data === 'string' && listener(data)),
  close: () => channel.close(),
})
