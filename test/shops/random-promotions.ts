/** Promotions of every built-in kind with random values, several at once, as merchants stack them; for comparing a live shop with the engine at length. */
import type { Below } from '#hub/use-cases/parity/probe-baskets.ts'
import { operation, type NewPromotion, type Operation, type Seeded } from './vendure-goods.ts'

type Goods = Pick<Seeded, 'articles' | 'facets'>

export const randomPromotions = (goods: Goods, round: number, below: Below): readonly NewPromotion[] =>
  Array.from({ length: 1 + below(5) }, (_, i) => randomPromotion(goods, `r${round}-${i}`, below))

const randomPromotion = (goods: Goods, name: string, below: Below): NewPromotion => {
  if (below(8) === 0) return buyAndGet(goods, name, below)
  const code = below(3) === 0 ? `C${name.toUpperCase()}` : undefined
  const conditions = Array.from({ length: below(3) }, () => condition(goods, below))
  const actions = Array.from({ length: below(5) === 0 ? 2 : 1 }, () => action(goods, below))
  return { name, actions, ...(code === undefined ? {} : { code }), ...(conditions.length === 0 ? {} : { conditions }) }
}

const PERCENTS = [5, 10, 15, 20, 25, 30, 33, 50, 7.5, 12.5, 33.3, 66.6, 99, 100, 1]

const some = ({ articles }: Goods, below: Below): readonly string[] => Array.from({ length: 1 + below(6) }, () => articles[below(articles.length)]!.id)
const facet = ({ facets }: Goods, below: Below): readonly string[] => {
  const all = Object.values(facets)
  return below(5) === 0 ? all : [all[below(all.length)]!]
}

const condition = (goods: Goods, below: Below): Operation => {
  switch (below(3)) {
    case 0:
      return operation('minimum_order_amount', { amount: [0, 999, 2000, 3000, 5000, 10_000][below(6)], taxInclusive: below(3) > 0 })
    case 1:
      return operation('contains_products', { minimum: 1 + below(4), productVariantIds: some(goods, below) })
    default:
      return operation('at_least_n_with_facets', { minimum: 1 + below(4), facets: facet(goods, below) })
  }
}

const action = (goods: Goods, below: Below): Operation => {
  const percent = PERCENTS[below(PERCENTS.length)]
  switch (below(7)) {
    case 0:
    case 1:
      return operation('order_percentage_discount', { discount: percent })
    case 2:
      return operation('order_fixed_discount', { discount: [1, 100, 333, 500, 1000, 99_999][below(6)] })
    case 3:
      return operation('order_line_fixed_discount', { discount: [1, 50, 100, 777][below(4)] })
    case 4:
      return operation('products_percentage_discount', { discount: percent, productVariantIds: some(goods, below) })
    case 5:
      return operation('facet_based_discount', { discount: percent, facets: facet(goods, below) })
    default:
      return operation('free_shipping')
  }
}

const buyAndGet = (goods: Goods, name: string, below: Below): NewPromotion => ({
  name,
  conditions: [operation('buy_x_get_y_free', { amountX: 1 + below(3), variantIdsX: some(goods, below), amountY: 1 + below(2), variantIdsY: some(goods, below) })],
  actions: [operation('buy_x_get_y_free')],
})
