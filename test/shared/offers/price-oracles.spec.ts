import * as fc from 'fast-check'
import { describe, it } from 'vitest'
import { priceBasket } from '#shared/offers/price-basket.ts'
import { EXACTLY } from './price-oracles.ts'

/** More by hand: FUZZ_RUNS=100000. */
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 400)

describe('cents worked out a second time', () => {
  it.each(EXACTLY)('$name', ({ of }) => {
    fc.assert(of(priceBasket), { numRuns: RUNS })
  }, 600_000)
})
