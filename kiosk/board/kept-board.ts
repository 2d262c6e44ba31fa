/** What the board last showed, for a start without the hub. Figures that hang on a wall anyway, and no words of shoppers: an erased one would stay here. A cache that may be gone at any time. */
import type { Board } from '#shared/protocol/api.ts'

const KEY = 'board-1'

export type KeptBoard = { read(): Board | null; write(board: Board): void; forget(): void }

const wordless = (board: Board | null): Board | null => board && { ...board, voices: [] }

export const keptBoard = (storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>): KeptBoard => ({
  read: () => {
    try {
      return wordless(JSON.parse(storage.getItem(KEY) ?? 'null') as Board | null)
    } catch {
      return null
    }
  },
  write: (board) => {
    try {
      storage.setItem(KEY, JSON.stringify(wordless(board)))
    } catch {
      // full or forbidden: the board goes on with what it holds
    }
  },
  forget: () => storage.removeItem(KEY),
})
