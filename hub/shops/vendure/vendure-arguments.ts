/** Arguments of configured conditions and actions: text that must be what its name promises. */
import type { VendureOperation } from './vendure-records.ts'

type Why = { readonly why: string }
type Kind = 'amount' | 'percent' | 'count' | 'flag' | 'list' | 'id'
type Arguments = { readonly [name: string]: Kind }

/** The shop's own conditions and actions; what is not here is a plugin's. */
const OPERATIONS: { readonly [role in 'condition' | 'action']: { readonly [code: string]: Arguments } } = {
  condition: {
    minimum_order_amount: { amount: 'amount', taxInclusive: 'flag' },
    contains_products: { minimum: 'amount', productVariantIds: 'list' },
    at_least_n_with_facets: { minimum: 'amount', facets: 'list' },
    customer_group: { customerGroupId: 'id' },
    buy_x_get_y_free: { amountX: 'count', variantIdsX: 'list', amountY: 'count', variantIdsY: 'list' },
  },
  action: {
    order_percentage_discount: { discount: 'percent' },
    order_fixed_discount: { discount: 'amount' },
    order_line_fixed_discount: { discount: 'amount' },
    products_percentage_discount: { discount: 'percent', productVariantIds: 'list' },
    facet_based_discount: { discount: 'percent', facets: 'list' },
    free_shipping: {},
    buy_x_get_y_free: {},
  },
}

const IS: { readonly [kind in Kind]: (text: string) => boolean } = {
  amount: (text) => /^\d{1,12}$/.test(text),
  percent: (text) => /^\d{1,6}(\.\d{1,6})?$/.test(text),
  count: (text) => /^[1-9]\d{0,5}$/.test(text),
  flag: (text) => text === 'true' || text === 'false',
  list: (text) => readList(text) !== null,
  id: (text) => text !== '',
}

export const unknown = (role: 'condition' | 'action', code: string): Why => ({ why: `${role} "${code}" is not one of the shop's own` })

/** Why an operation cannot be computed; null if it can. */
export const faultOf = (role: 'condition' | 'action', operation: VendureOperation): Why | null => {
  const { code } = operation
  const expected = Object.hasOwn(OPERATIONS[role], code) ? OPERATIONS[role][code]! : null
  if (!expected) return unknown(role, code)
  const wrong = Object.entries(expected).find(([name, kind]) => !IS[kind](textArg(operation, name)))
  return wrong ? { why: `${role} "${code}": "${textArg(operation, wrong[0])}" is no ${wrong[1]} (${wrong[0]})` } : null
}

export const textArg = ({ args }: VendureOperation, name: string): string => args.find((arg) => arg.name === name)?.value ?? ''
export const numberArg = (operation: VendureOperation, name: string): number => Number(textArg(operation, name))
export const listArg = (operation: VendureOperation, name: string): readonly string[] => readList(textArg(operation, name)) ?? []

const readList = (text: string): readonly string[] | null => {
  try {
    const list: unknown = JSON.parse(text)
    return Array.isArray(list) && list.every((one) => typeof one === 'string' || typeof one === 'number') ? list.map(String) : null
  } catch {
    return null
  }
}
