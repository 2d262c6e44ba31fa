/** Weekly letters in memory. */
import type { Letters } from '#hub/ports/letters.ts'
import type { KeptLetter } from '#shared/protocol/weekly-letter.ts'

export const memoryLetters = (): Letters => {
  const kept = new Map<string, KeptLetter>()
  const weeks = (): readonly string[] => [...kept.keys()].toSorted().toReversed()
  return {
    keep: (letter, most) => {
      if (!kept.has(letter.week)) kept.set(letter.week, structuredClone(letter))
      for (const week of weeks().slice(most)) kept.delete(week)
    },
    find: (week) => kept.get(week) ?? null,
    weeks,
  }
}
