/** How many slips of the finger lie between two words. */

/**
 * Whether `typed` is at most `limit` insertions, deletions, swaps of neighbours or wrong letters away from `word`, or, with `asPrefix`, from its beginning.
 * Source  optimal string alignment distance (Damerau 1964), cut off at the limit.
 */
export const isWithinEdits = (typed: string, word: string, limit: number, asPrefix = false): boolean => {
  if (typed.length - word.length > limit || (!asPrefix && word.length - typed.length > limit)) return false
  const width = Math.min(word.length, typed.length + limit)
  let before: number[] = []
  let last = Array.from({ length: width + 1 }, (_, i) => i)
  for (let i = 1; i <= typed.length; i++) {
    const row = [i]
    let best = i
    for (let k = 1; k <= width; k++) {
      const cost = typed[i - 1] === word[k - 1] ? 0 : 1
      let edits = Math.min(last[k]! + 1, row[k - 1]! + 1, last[k - 1]! + cost)
      if (i > 1 && k > 1 && typed[i - 1] === word[k - 2] && typed[i - 2] === word[k - 1]) edits = Math.min(edits, before[k - 2]! + 1)
      row.push(edits)
      if (edits < best) best = edits
    }
    if (best > limit) return false
    before = last
    last = row
  }
  return asPrefix ? Math.min(...last) <= limit : last[width]! <= limit
}
