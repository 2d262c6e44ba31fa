/** A drill: something of the world is broken on purpose, again and again, and figures tell what was lost. */

/** What a machine must have for a drill. Drills that need more than plain Node fail, rather than being left out, when asked for by name. */
export type Need = 'root' | 'browser' | 'faketime' | 'history'

export type DrillRun = {
  readonly rounds: number
  /** Number of the first round, for a drill whose rounds differ by their number: a long run can be told in parts. */
  readonly from: number
  /** A fault of the product planted on purpose, by name: the drill must then fail. */
  readonly plant: string | null
  /** Progress for whoever watches. */
  readonly say: (text: string) => void
}

export type DrillResult = {
  readonly figures: Readonly<Record<string, number | string>>
  /** In words; empty if everything held. */
  readonly broken: readonly string[]
}

export type Drill = {
  readonly name: string
  readonly about: string
  readonly needs: readonly Need[]
  /** Rounds with every change, and before a release. */
  readonly rounds: { readonly light: number; readonly full: number }
  /** Faults that turn it red. */
  readonly plants: readonly string[]
  readonly run: (options: DrillRun) => Promise<DrillResult>
}

/** A failed expectation of a drill in words, or nothing. */
export const unless = (holds: boolean, what: string): readonly string[] => (holds ? [] : [what])

export const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
export const percentile = (values: readonly number[], share: number): number => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0
