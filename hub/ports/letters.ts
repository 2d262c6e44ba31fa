/** Weekly letters as they were told. */
import type { KeptLetter } from '#shared/protocol/weekly-letter.ts'

export interface Letters {
  /** Keeps a letter unless one of that week was told; forgets the oldest beyond `most`. */
  keep(letter: KeptLetter, most: number): void
  find(week: string): KeptLetter | null
  /** Mondays, newest first. */
  weeks(): readonly string[]
}
