import { readdirSync, readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { differences } from '#hub/tools/conformance/differences.ts'
import type { OfferCase } from '#hub/tools/conformance/judge-case.ts'
import { DIALECTS } from '#shared/offers/dialects.ts'
import type { Policies } from '#shared/offers/policies.ts'
import { brokenEngine } from './broken-engine.ts'
import { FAULTS } from './faults.ts'
import { EVERYWHERE, type Engine, type Property } from './price-properties.ts'
import { EXACTLY } from './price-oracles.ts'

/** Properties are asked so often of a broken engine; a sound one is asked by their own spec. */
const RUNS = 300
const SEED = 20_261_122

const folder = new URL('../../vectors/', import.meta.url)
const vectors = readdirSync(folder).filter((name) => name.endsWith('.json')).flatMap((name) => (JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as { readonly cases: readonly OfferCase[] }).cases)

const failingVectors = (engine: Engine): readonly string[] =>
  vectors.filter((one) => {
    try {
      return differences(one.expected, engine(one.offers.map(({ offer }) => offer), { ...(DIALECTS as { readonly [name: string]: Policies })[one.dialect], ...one.policy }, one)).length > 0
    } catch {
      return true
    }
  }).map(({ id }) => id)

const fails = ({ of }: Property, engine: Engine): boolean => fc.check(of(engine), { numRuns: RUNS, seed: SEED, endOnFailure: true }).failed

/** What notices first: the recorded baskets, the cents worked out a second time, or what holds everywhere. */
const noticedBy = (engine: Engine): string | null => {
  const [vector] = failingVectors(engine)
  return vector ?? [...EXACTLY, ...EVERYWHERE].find((one) => fails(one, engine))?.name ?? null
}

describe('an engine with a fault', () => {
  it('is noticed, and one without is not', async () => {
    expect(noticedBy(await brokenEngine(null))).toBeNull()
  }, 120_000)
  it.each(FAULTS)('$what', async (fault) => {
    expect(noticedBy(await brokenEngine(fault))).not.toBeNull()
  }, 120_000)
})
