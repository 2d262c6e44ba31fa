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
/** Four people do not come, answer and leave within ten seconds; a child that tries the buttons does, and tries another one each time. */
export const PLAY_WINDOW_MS = 10_000
export const PLAY_VALUES = 4
/** One button after the other from one end of the scale to the other, or most of it: of five people in a row who answer at will not one group in three hundred does that, and hardly one within half a minute. */
export const SWEEP_WINDOW_MS = 30_000
export const SWEEP_VALUES = 5

/** How a response began: when, and what was answered; null: not on a scale. */
export type ResponseStart = { readonly at: Millis; readonly value: number | null }

/**
 * The flags of a response that begins at `at` on a device.
 * Order   `earlier` are the starts of this device's other responses before it, any order; only the last minute matters.
 * Source  intervals and bursts: what makers of feedback terminals document of theirs; play: at the busiest exit (5 answers a minute, 50 % at the best of five) chance alone looks like it once in some 1,000 answers,
 *         measured in `misuse.spec.ts`. The response that completes a pattern carries the flag, not those before it.
 */
export const misuseFlags = (start: ResponseStart, earlier: readonly ResponseStart[]): readonly MisuseFlag[] => {
  const { at } = start
  const ages = earlier.map((one) => at - one.at).filter((age) => age >= 0)
  const flags: MisuseFlag[] = []
  if (ages.some((age) => age < MIN_INTERVAL_MS)) flags.push('too-fast')
  if (ages.filter((age) => age < BURST_WINDOW_MS).length >= BURST_RESPONSES - 1) flags.push('burst')
  if (isPlay(start, earlier)) flags.push('play')
  return flags
}

const isPlay = (start: ResponseStart, earlier: readonly ResponseStart[]): boolean => {
  if (start.value === null) return false
  const before = earlier.filter((one) => one.value !== null && one.at <= start.at).toSorted((a, b) => b.at - a.at || b.value! - a.value!)
  const within = (windowMs: number): readonly number[] => [start, ...before.filter((one) => start.at - one.at < windowMs)].map(({ value }) => value!)
  const quick = within(PLAY_WINDOW_MS).slice(0, PLAY_VALUES)
  return (quick.length === PLAY_VALUES && new Set(quick).size === PLAY_VALUES) || isSweep(within(SWEEP_WINDOW_MS).slice(0, SWEEP_VALUES))
}

/** Each one step beside the one before, all in one direction. */
const isSweep = (values: readonly number[]): boolean => {
  if (values.length < SWEEP_VALUES) return false
  const steps = values.slice(1).map((value, i) => value - values[i]!)
  return steps.every((step) => step === 1) || steps.every((step) => step === -1)
}
