/** What the board last showed, for a start without the hub. Figures that hang on a wall anyway; a cache that may be gone at any time. */
import type { Board } from '#shared/protocol/api.ts'

const KEY = 'board-1'

export type KeptBoard = { read(): Board | null; write(board: Board): void; forget(): void }

export const keptBoard = (storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>): KeptBoard => ({
  read: () => {
    try {
      return JSON.parse(storage.getItem(KEY) ?? 'null') as Board | null
    } catch {
      return null
    }
  },
  write: (board) => {
    try {
      storage.setItem(KEY, JSON.stringify(board))
    } catch {
      // full or forbidden: the board goes on with what it holds
    }
  },
  forget: () => storage.removeItem(KEY),
})
