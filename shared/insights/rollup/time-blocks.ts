/** Stretches of time in blocks of blocks, so that any stretch is a few of them. */

/** Four blocks make one of the next level: a quarter of an hour, an hour, four hours … */
const BASE = 4
/** The highest level spans 4^8 steps: 683 days of quarters, 180 years of days. */
export const TOP_LEVEL = 8

/** Steps `index · 4^level` up to before `(index + 1) · 4^level`. */
export type Block = { readonly level: number; readonly index: number }

/** The blocks that a step lies in, one per level. */
export const blocksAround = (step: number): readonly Block[] =>
  Array.from({ length: TOP_LEVEL + 1 }, (_, level) => ({ level, index: Math.floor(step / BASE ** level) }))

/**
 * The fewest blocks that are exactly the steps `from` … before `until`.
 * Shape   at most 6 per level, and one of the highest for each 4^8 steps.
 * Order   ascending in time.
 * Errors  throws RangeError for ends that are no whole numbers: only a bug can cause it.
 */
export const blocksBetween = (from: number, until: number): readonly Block[] => {
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(until)) throw new RangeError(`no steps: ${from} to ${until}`)
  const blocks: Block[] = []
  for (let step = from; step < until; ) {
    let level = 0
    while (level < TOP_LEVEL && step % BASE ** (level + 1) === 0 && step + BASE ** (level + 1) <= until) level += 1
    blocks.push({ level, index: step / BASE ** level })
    step += BASE ** level
  }
  return blocks
}
