import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addFunnels, funnelOf, FUNNEL_STEPS, NO_VISITS, type FunnelCounts } from '#shared/insights/funnel.ts'

const DAY: FunnelCounts = { visits: 200, told: 180, baskets: 90, shownTold: 45, shown: 50, opened: 30, ordered: 12 }

/** Some visits, each as far as it came; those of older kiosks do not tell of baskets. */
const visits = fc.array(fc.record({ told: fc.boolean(), reached: fc.nat(4) }), { maxLength: 40 })
const countsOf = (all: readonly { readonly told: boolean; readonly reached: number }[]): FunnelCounts =>
  all.reduce((sum, { told, reached }) => addFunnels(sum, {
    visits: 1, told: Number(told), baskets: Number(told && reached >= 1), shownTold: Number(told && reached >= 2),
    shown: Number(reached >= 2), opened: Number(reached >= 3), ordered: Number(reached >= 4),
  }), NO_VISITS)

describe('the funnel', () => {
  it('gives each step as a share of the one before, with the interval of Wilson', () => {
    const { stages, ordersPerVisit } = funnelOf(DAY, true)
    expect(stages.map(({ step, n }) => [step, n])).toEqual([['visits', 200], ['baskets', 90], ['shown', 50], ['opened', 30], ['ordered', 12]])
    expect(stages[1]!.fromBefore).toMatchObject({ hits: 90, n: 180, share: 0.5 })
    expect(stages[3]!.fromBefore).toMatchObject({ hits: 30, n: 50, share: 0.6 })
    // 30 of 50 by hand: (0.6 + z²/100 ± z·√(0.6·0.4/50 + z²/10000)) / (1 + z²/50)
    expect(stages[3]!.fromBefore!.low).toBeCloseTo(0.4618, 4)
    expect(stages[3]!.fromBefore!.high).toBeCloseTo(0.7239, 4)
    expect(ordersPerVisit).toMatchObject({ hits: 12, n: 200, share: 0.06 })
  })
  it('counts baskets among visits of devices that tell of them, and codes among those baskets', () => {
    expect(funnelOf(DAY, true).stages.map(({ fromBefore }) => fromBefore && [fromBefore.hits, fromBefore.n])).toEqual([null, [90, 180], [45, 90], [30, 50], [12, 30]])
  })
  it('has no rate where nobody reached the step before, and none of orders where nobody tells of them', () => {
    expect(funnelOf(NO_VISITS, true)).toEqual({ stages: FUNNEL_STEPS.map((step) => ({ step, n: 0, fromBefore: null })), ordersPerVisit: null })
    const untold = funnelOf(DAY, false)
    expect([untold.stages[4], untold.ordersPerVisit]).toEqual([{ step: 'ordered', n: 12, fromBefore: null }, null])
  })
  it('never goes beyond what was there, whoever came how far', () => {
    fc.assert(fc.property(visits, (all) => funnelOf(countsOf(all), true).stages.every(({ fromBefore: rate }) => rate === null || (rate.hits <= rate.n && rate.low <= rate.share && rate.share <= rate.high && rate.low >= 0 && rate.high <= 1))))
  })
  it('is the same whether days are added up or counted at once', () => {
    fc.assert(fc.property(visits, visits, (a, b) => {
      expect(addFunnels(countsOf(a), countsOf(b))).toEqual(countsOf([...a, ...b]))
    }))
  })
})
