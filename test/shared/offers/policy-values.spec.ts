import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { judgeCase, type OfferCase } from '#hub/tools/conformance/judge-case.ts'
import { DIALECTS } from '#shared/offers/dialects.ts'
import type { Policies } from '#shared/offers/policies.ts'

const folder = new URL('../../vectors/', import.meta.url)
const vectors = readdirSync(folder).flatMap((name) => (JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as { readonly cases: readonly OfferCase[] }).cases)

/** What else a policy could say. Roundings and distributions are in `mutation.spec.ts`. */
const VALUES = {
  order: ['passes', 'sequence'],
  stages: [['item', 'order', 'shipping'], ['item', 'shipping', 'order'], ['item', 'shipping']],
  itemPass: ['all', 'perLine'],
  sort: ['asGiven', 'priorityDesc'],
  tie: ['asGiven', 'newestFirst'],
  exclusive: ['none', 'firstOnly'],
  select: ['all', 'bestPerTarget', 'classBest', 'bestOrderOffer'],
  lanes: [undefined, ['post', 'default', 'pre']],
  orderAsLines: [false, true],
  codesAndAutos: ['both', 'codeReplacesAutoOrder'],
  unitPercentBase: ['list', 'current'],
  orderBase: ['current', 'initial'],
  shippingBase: ['now', 'list'],
  orderSimultaneous: [false, true],
  weights: ['currentLine', 'gross'],
  units: [false, true],
  minPrice: [false, true],
  capAtCart: [false, true],
  shippingFixedWins: [false, true],
  sequential: [false, true],
  perUnitCap: [false, true],
  dustMinor: [undefined, '0.01', '150'],
  cheapestBy: ['list', 'net'],
  itemOrder: ['asGiven', 'dearestLineSquared', 'dearestUnit'],
  lineBase: [undefined, 'capMinusApplied', 'leastOfCapAndRest'],
  buyGetFirst: [false, true],
  buyGet: ['flatY', 'reserve', 'inTurn', 'apart'],
  tax: ['sylius-lines', 'sylius-units', 'sylius-units-decimal', 'vendure', 'shopware', 'woo', 'perLine', 'perRate', 'exact'],
  totalRounding: [undefined, 'unit', 'line', 'order'],
  arithmetic: ['exact', 'double'],
  effectsTogether: [false, true],
  shippingFloor: ['zero', 'none'],
  discountCombinationMode: ['Stacking', 'BestDeal'],
} as const satisfies { readonly [policy in keyof Policies]?: readonly unknown[] }
/** Values that mean the same. */
const SAME: readonly (readonly [keyof typeof VALUES, readonly string[]])[] = [
  ['tax', ['perLine', 'sylius-lines', 'sylius-units-decimal', 'shopware']],
  ['tax', ['vendure', 'woo']],
  ['exclusive', ['firstOnly', 'preventCombination']],
]
/** Where another policy leaves nothing to see: one offer per target has nothing before it, free delivery is free of the full charge, an order pass is empty, a reduction on a line of its own stops at nothing anyhow. */
const UNSEEN: { readonly [dialect: string]: readonly (keyof typeof VALUES)[] } = {
  'vendure-3': ['shippingBase'],
  'vendure-3-order-tax': ['shippingBase'],
  spree: ['unitPercentBase', 'shippingBase'],
  solidus: ['stages', 'select'],
  shopify: ['unitPercentBase', 'shippingBase'],
  shopware: ['capAtCart'],
}
const isSame = (policy: keyof typeof VALUES, one: unknown, other: unknown): boolean =>
  JSON.stringify(one) === JSON.stringify(other) || SAME.some(([named, values]) => named === policy && values.includes(String(one)) && values.includes(String(other)))

const TOLD = Object.keys(VALUES) as readonly (keyof typeof VALUES)[]

const failures = (dialect: string, wrong: object): number => {
  const known = { [dialect]: { ...(DIALECTS as { readonly [name: string]: Policies })[dialect], ...wrong } }
  return vectors.filter((one) => one.dialect === dialect && judgeCase(one, known).status !== 'passed').length
}

describe.each(Object.entries<Policies>(DIALECTS))('%s', (dialect, policies) => {
  it.each(TOLD.filter((policy) => policies[policy] !== undefined && !UNSEEN[dialect]?.includes(policy)).map((policy) => [policy, JSON.stringify(policies[policy])] as const))('%s is %s: our vectors notice another value', (policy) => {
    const others = (VALUES[policy] as readonly unknown[]).filter((value) => !isSame(policy, value, policies[policy]))
    const unnoticed = others.filter((value) => failures(dialect, { [policy]: value }) === 0)
    expect(JSON.stringify(unnoticed)).toEqual('[]')
  })
})
