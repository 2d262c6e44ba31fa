/** A fleet of devices and a hub in the worst weather a seed can make, and then in the calm that must bring everything home. */
import { Fleet, type PlantedFaults } from './fleet.ts'
import { happenings } from './happenings.ts'
import { Violation } from './oracle.ts'

export type Outcome = {
  readonly seed: number
  readonly events: number
  readonly violation: string | null
  /** What happened, and how often. */
  readonly counts: { readonly [what: string]: number }
  /** What happened, in order; empty unless it was asked for. */
  readonly steps: readonly string[]
}

/** Runs one seed. A violation ends it at once. `told`: with the steps that led there. */
export const simulateFleet = (seed: number, faults: PlantedFaults = {}, told = false): Outcome => {
  const fleet = new Fleet(seed, faults, told, happenings)
  const outcome = (violation: string | null): Outcome => ({ seed, events: fleet.oracle.confirmed.size, violation, counts: fleet.coverage.counts, steps: fleet.steps })
  try {
    fleet.storm()
    fleet.heal()
  } catch (error) {
    if (!(error instanceof Error)) throw error
    return outcome(error instanceof Violation ? error.message : `crash of the code under test: ${error.stack ?? error.message}`)
  }
  return outcome(null)
}
