import * as fc from 'fast-check'
import { describe, it } from 'vitest'
import { priceBasket } from '#shared/offers/price-basket.ts'
import { EVERYWHERE } from './price-properties.ts'

/** More by hand: FUZZ_RUNS=100000. */
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 400)

describe('in every dialect, whatever is offered and bought', () => {
  it.each(EVERYWHERE)('$name', ({ of }) => {
    fc.assert(of(priceBasket), { numRuns: RUNS })
  }, 600_000)
})
