/** Signs of play at a feedback screen. Flagged answers are kept and counted; who reads the figures may leave them out. */
import type { Millis } from '../kernel/time.ts'

/**
 * too-fast: hardly a reading time after the one before · burst: part of a run that no queue of shoppers makes · play: all kinds of answers in quick order, or the whole scale up or down ·
 * best-run: a run of the best answer while the store is closed, or when shifts change · off-baseline: a day of one device far above what is usual at it.
 */
export const MISUSE_FLAGS = ['too-fast', 'burst', 'play', 'best-run', 'off-baseline'] as const
export type MisuseFlag = (typeof MISUSE_FLAGS)[number]

/** Nobody reads a question, walks away and lets the next person answer within this time. */
export const MIN_INTERVAL_MS = 2_000
/** A child at a terminal makes some twenty taps a minute; the busiest exit we know of makes five. */
export const BURST_WINDOW_MS = 60_000
export const BURST_RESPONSES = 10

/**
 * The flags of a response that begins at `at` on a device.
 * Order   `earlier` are the starts of this device's other responses before it, any order; only the last minute matters.
 */
export const misuseFlags = (at: Millis, earlier: readonly Millis[]): readonly MisuseFlag[] => {
  const ages = earlier.map((start) => at - start).filter((age) => age >= 0)
  const flags: MisuseFlag[] = []
  if (ages.some((age) => age < MIN_INTERVAL_MS)) flags.push('too-fast')
  if (ages.filter((age) => age < BURST_WINDOW_MS).length >= BURST_RESPONSES - 1) flags.push('burst')
  return flags
}
