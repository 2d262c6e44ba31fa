/** Chance that can be repeated: the caller names the seed. */

/** The next number, 0 ≤ x < 1. */
export type Random = () => number

/** A sequence that depends on the seed alone, the same on every machine. Source  mulberry32 by T. Ettinger, public domain; good for resampling, not for secrets. */
export const seededRandom = (seed: number): Random => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
