/** From the first touch to the order: how many visits came how far. */
import { wilsonInterval } from './interval.ts'

/** visits: the attract screen was touched · baskets: an article was put in · shown: a code stood on the screen · opened: a phone opened it · ordered: an order came of it. */
export const FUNNEL_STEPS = ['visits', 'baskets', 'shown', 'opened', 'ordered'] as const
export type FunnelStep = (typeof FUNNEL_STEPS)[number]

/**
 * Visits that reached each step; whoever reached one has reached those before it.
 * `told`: visits of which the device tells when the basket begins; `baskets` and `shownTold` are counted among these alone.
 */
export type FunnelCounts = { readonly [step in FunnelStep]: number } & { readonly told: number; readonly shownTold: number }

export const NO_VISITS: FunnelCounts = { visits: 0, told: 0, baskets: 0, shownTold: 0, shown: 0, opened: 0, ordered: 0 }

/** `hits` of `n` and where the share lies with 95 % certainty. Shape  shares 0 … 1. */
export type FunnelRate = { readonly hits: number; readonly n: number; readonly share: number; readonly low: number; readonly high: number }

/** `fromBefore`: of those who reached the step before; null for the first step, where nobody did, and where nobody tells. */
export type FunnelStage = { readonly step: FunnelStep; readonly n: number; readonly fromBefore: FunnelRate | null }

export type Funnel = {
  readonly stages: readonly FunnelStage[]
  /** Orders of all visits; null without visits, and where nobody tells of orders. */
  readonly ordersPerVisit: FunnelRate | null
}

/**
 * The steps with their rates.
 * `ordersTold`: whether orders come back at all; without them the last step has no rate.
 * Source  Wilson's interval of each share: a visit either goes on or does not.
 */
export const funnelOf = (counts: FunnelCounts, ordersTold: boolean): Funnel => {
  const { visits, told, baskets, shownTold, shown, opened, ordered } = counts
  const rates: { readonly [step in FunnelStep]: FunnelRate | null } = {
    visits: null,
    baskets: rateOf(baskets, told),
    shown: rateOf(shownTold, baskets),
    opened: rateOf(opened, shown),
    ordered: ordersTold ? rateOf(ordered, opened) : null,
  }
  return { stages: FUNNEL_STEPS.map((step) => ({ step, n: counts[step], fromBefore: rates[step] })), ordersPerVisit: ordersTold ? rateOf(ordered, visits) : null }
}

/** Everything of both. */
export const addFunnels = (a: FunnelCounts, b: FunnelCounts): FunnelCounts => ({
  visits: a.visits + b.visits,
  told: a.told + b.told,
  baskets: a.baskets + b.baskets,
  shownTold: a.shownTold + b.shownTold,
  shown: a.shown + b.shown,
  opened: a.opened + b.opened,
  ordered: a.ordered + b.ordered,
})

const rateOf = (hits: number, n: number): FunnelRate | null => (n === 0 ? null : { hits, n, share: hits / n, ...wilsonInterval(hits, n) })
