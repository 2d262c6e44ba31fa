/** Shops whose recorded baskets can be replayed, and the ways in which each may calculate. */
import { DIALECTS } from '#shared/offers/dialects.ts'
import type { Policies } from '#shared/offers/policies.ts'
import { judgeMedusa, type MedusaCase } from './medusa.ts'
import type { OracleFile } from './oracle.ts'
import type { Verdict } from './verdict.ts'
import { judgeVendure, type VendureCase } from './vendure.ts'
import { judgeWooCommerce, type WooCase } from './woocommerce.ts'

export type ReplayedShop = {
  /** Where a setting changes cents but no interface tells it, the dialects to choose from. */
  readonly dialects: readonly (keyof typeof DIALECTS)[]
  readonly judge: (one: OracleFile['cases'][number], policies: Policies) => Verdict
}

export const SHOPS: { readonly [name: string]: ReplayedShop } = {
  vendure: { dialects: ['vendure-3', 'vendure-3-order-tax'], judge: (one, policies) => judgeVendure(one as VendureCase, policies) },
  medusa: { dialects: ['medusa-2.18'], judge: (one, policies) => judgeMedusa(one as MedusaCase, policies) },
  woocommerce: { dialects: ['woocommerce-10'], judge: (one, policies) => judgeWooCommerce(one as WooCase, policies) },
}

export type Replay = { readonly dialect: string; readonly verdicts: readonly Verdict[] }

/** Prices all baskets in each way the shop may calculate, and keeps the way that fits best; the first on a tie. */
export const replay = ({ cases }: OracleFile, { dialects, judge }: ReplayedShop): Replay => {
  const tried = dialects.map((dialect): Replay => ({ dialect, verdicts: cases.map((one) => judgeSafely(one, DIALECTS[dialect], judge)) }))
  const equal = ({ verdicts }: Replay): number => verdicts.filter((one) => one.status === 'equal').length
  return tried.reduce((best, one) => (equal(one) > equal(best) ? one : best))
}

/** A record that does not even have the shape of one is no reason to stop. */
const judgeSafely = (one: OracleFile['cases'][number], policies: Policies, judge: ReplayedShop['judge']): Verdict => {
  try {
    return judge(one, policies)
  } catch (error) {
    const { id } = one.input as { readonly id: string }
    return { id, status: 'different', differences: [{ what: `not priced: ${error instanceof Error ? error.message : String(error)}`, shop: Number.NaN, ours: Number.NaN }], trace: [] }
  }
}
