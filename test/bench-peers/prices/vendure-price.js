/* Vendure: the calculator that applies promotions to an order, with orders made in memory. */
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const from = (path) => require(`@vendure/core/dist/${path}`)
const { OrderCalculator } = from('service/helpers/order-calculator/order-calculator')
const { Order } = from('entity/order/order.entity')
const { OrderLine } = from('entity/order-line/order-line.entity')
const { Promotion } = from('entity/promotion/promotion.entity')
const { defaultConfig } = from('config/default-config')

/* Promotions look their actions up in the configuration, which is there once it was asked for. */
from('config/config-helpers').getConfig()

const argument = (name, value) => ({ name, value: `${value}` })

const promotionOf = ({ id, skus, fromMinor, percent }) =>
  new Promotion({
    id,
    name: id,
    enabled: true,
    priorityScore: 0,
    conditions: skus ? [] : [{ code: 'minimum_order_amount', args: [argument('amount', fromMinor), argument('taxInclusive', true)] }],
    actions: [skus ? { code: 'products_percentage_discount', args: [argument('discount', percent), argument('productVariantIds', JSON.stringify(skus))] } : { code: 'order_percentage_discount', args: [argument('discount', percent)] }],
  })

const lineOf = ({ id, sku, unitPriceMinor, quantity }) =>
  new OrderLine({ id, productVariant: { id: sku }, listPrice: unitPriceMinor, listPriceIncludesTax: true, quantity, orderPlacedQuantity: 0, adjustments: [], taxLines: [{ description: 'VAT', taxRate: 19 }] })

export const engineOf = (offers) => {
  const calculator = new OrderCalculator(defaultConfig, {}, {}, {}, {}, {})
  const promotions = offers.map(promotionOf)
  return async (lines) => {
    const order = new Order({ id: 1, lines: [], surcharges: [], shippingLines: [], modifications: [], couponCodes: [], promotions: [] })
    order.lines = lines.map(lineOf)
    calculator.calculateOrderTotals(order)
    await calculator.applyPromotions({ channel: { pricesIncludeTax: true }, channelId: 1 }, order, promotions)
    return order.subTotalWithTax
  }
}
