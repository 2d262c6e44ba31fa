/** Promotions of every kind of the shop with random values, several at once, as merchants stack them. */
import type { Below } from '#hub/use-cases/parity/probe-baskets.ts'
import type { MedusaGoods, NewMedusaPromotion } from './medusa-goods.ts'

export const randomMedusaPromotions = (goods: MedusaGoods, round: number, below: Below): readonly NewMedusaPromotion[] =>
  Array.from({ length: 1 + below(4) }, (_, i) => randomPromotion(goods, `R${round}-${i}`, below))

const PERCENTS = [5, 10, 15, 20, 25, 33, 50, 7.5, 12.5, 33.3, 66.6, 99, 100, 1]
const AMOUNTS = [0.01, 0.5, 1, 3.33, 5, 10, 7.77, 999]

const one = <T>(from: readonly T[], below: Below): T => from[below(from.length)]!
const rule = (attribute: string, operator: string, ...values: readonly string[]): object => ({ attribute, operator, values })

const randomPromotion = (goods: MedusaGoods, code: string, below: Below): NewMedusaPromotion => {
  const common = { code, is_automatic: below(3) > 0, is_tax_inclusive: below(4) > 0, rules: Array.from({ length: below(2) }, () => ruleOfCart(below)) }
  if (below(7) === 0) return { ...common, type: 'buyget', is_tax_inclusive: false, application_method: buyAndGet(goods, below) }
  if (below(7) === 0) return { ...common, is_tax_inclusive: false, application_method: { ...valueOf(below), target_type: 'shipping_methods', ...one([{ allocation: 'across' }, { allocation: 'each', max_quantity: 1 }], below), target_rules: [] } }
  if (below(9) === 0) return { ...common, application_method: { ...valueOf(below), target_type: 'order' } }
  const allocation = one(['across', 'across', 'each', 'once'], below)
  return { ...common, application_method: { ...valueOf(below), target_type: 'items', allocation, ...(allocation === 'across' ? {} : { max_quantity: 1 + below(4) }), target_rules: Array.from({ length: below(3) }, () => ruleOfArticles(goods, below)) } }
}

const valueOf = (below: Below): object => (below(2) === 0 ? { type: 'percentage', value: one(PERCENTS, below) } : { type: 'fixed', currency_code: below(12) === 0 ? 'usd' : 'eur', value: one(AMOUNTS, below) })

const ruleOfCart = (below: Below): object => (below(8) === 0 ? one([rule('shipping_address.country_code', 'ne', 'at'), rule('currency_code', 'eq', 'eur'), rule('customer.groups.id', 'in', 'nobody')], below) : ruleOfSum(below))

const ruleOfSum = (below: Below): object => rule(one(['original_item_total', 'original_item_total', 'subtotal', 'original_item_subtotal', 'item_subtotal'], below), one(['gte', 'gt', 'lte', 'lt'], below), one(['9.99', '20', '30', '50', '100'], below))

const ruleOfArticles = ({ tags, collection, category, type, articles }: MedusaGoods, below: Below): object => {
  switch (below(7)) {
    case 0:
      return rule('items.product.tags.id', 'in', tags.red, ...(below(2) === 0 ? [tags.organic] : []))
    case 1:
      return rule('items.product.tags.id', one(['ne', 'ne', 'eq'], below), one([tags.red, tags.organic], below))
    case 2:
      return rule('items.product.collection_id', one(['in', 'eq', 'ne'], below), collection)
    case 3:
      return rule('items.product.categories.id', one(['in', 'in', 'ne', 'eq'], below), category)
    case 4:
      return rule('items.product.type_id', 'in', type)
    case 5:
      return rule('items.quantity', one(['gte', 'gt', 'lte', 'lt', 'eq', 'ne'], below), String(1 + below(4)))
    default:
      return rule('items.product.id', one(['in', 'in', 'in', 'ne'], below), ...Array.from({ length: 1 + below(4) }, () => one(articles, below).product))
  }
}

const buyAndGet = (goods: MedusaGoods, below: Below): object => ({
  ...one([{ type: 'percentage', value: 100 }, { type: 'percentage', value: 100 }, { type: 'percentage', value: 33.3 }, { type: 'fixed', currency_code: 'eur', value: 2.5 }], below),
  target_type: 'items',
  allocation: 'each',
  max_quantity: 1 + below(5),
  apply_to_quantity: 1 + below(2),
  buy_rules_min_quantity: 1 + below(3),
  buy_rules: [ruleOfArticles(goods, below)],
  target_rules: [ruleOfArticles(goods, below)],
})
