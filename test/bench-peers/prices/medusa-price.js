/* Medusa: the pure functions with which its promotion module computes actions, called for each promotion as the module does once its database has listed them. */
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const { areRulesValidForContext, ComputeActionUtils } = require('@medusajs/promotion/dist/utils')
const { transformPropertiesToBigNumber } = require('@medusajs/framework/utils')

const promotionOf = ({ id, skus, fromMinor, percent }) => ({
  id,
  code: id,
  type: 'standard',
  is_automatic: true,
  is_tax_inclusive: false,
  rules: skus ? [] : [{ attribute: 'subtotal', operator: 'gte', values: [{ value: `${fromMinor}` }] }],
  application_method: skus
    ? { type: 'percentage', value: percent, target_type: 'items', allocation: 'each', max_quantity: 100, target_rules: [{ attribute: 'items.sku', operator: 'in', values: skus.map((value) => ({ value })) }] }
    : { type: 'percentage', value: percent, target_type: 'order', allocation: 'across', target_rules: [] },
})

const itemOf = ({ id, sku, unitPriceMinor, quantity }) => ({ id, sku, quantity, unit_price: unitPriceMinor, subtotal: unitPriceMinor * quantity, original_total: unitPriceMinor * quantity, is_discountable: true })

export const engineOf = (offers) => {
  const promotions = offers.map(promotionOf)
  return (lines) => {
    const items = lines.map(itemOf)
    const subtotal = items.reduce((sum, item) => sum + item.subtotal, 0)
    const context = { currency_code: 'eur', items, subtotal }
    const applied = new Map()
    const actions = []
    for (const promotion of promotions.toSorted(ComputeActionUtils.sortByBuyGetType)) {
      if (!areRulesValidForContext(promotion.rules, context, 'order')) continue
      const across = promotion.application_method.target_type === 'order' ? 'across' : undefined
      actions.push(...ComputeActionUtils.getComputedActionsForItems(promotion, items, applied, across))
    }
    transformPropertiesToBigNumber(actions, { include: ['amount'] })
    return actions.reduce((total, { amount }) => total - Number(amount), subtotal)
  }
}
