import { vendureShop } from '#hub/shops/vendure/vendure-shop.ts'
import { acceptShop, type ShopRig } from '../contract/shops/shop-acceptance.ts'
import { runVendure } from './running-vendure.ts'
import { PASSWORD } from './shop-process.ts'
import { USER } from './vendure-admin.ts'

const start = async (orderTax: boolean): Promise<ShopRig> => {
  const { access, articles, promotions, storefront, readCart, order, cancel, setPercent, stop } = await runVendure({ orderTax })
  return {
    url: access.url,
    at: (address, door) => vendureShop({ url: address, secret: { user: USER, password: PASSWORD }, channel: null, storefront: access.options['storefront']!, orderField: access.options['order-field']!, pageSize: 5 }, door),
    articles: articles.length,
    promotions: Object.keys(promotions).length,
    notComputable: [promotions['full moon']!, promotions['first hundred']!],
    dialect: orderTax ? 'vendure-3-order-tax' : 'vendure-3',
    changePromotion: () => setPercent(11),
    readCheckout: async (link) => readCart(await storefront.follow(link)),
    orders: { order: async (link) => order(await storefront.follow(link)), cancel },
    stop,
  }
}

acceptShop('Vendure 3.7, tax per line', { start: () => start(false), baskets: 120, able: ['quote', 'openCheckout', 'ordersSince'] })
acceptShop('Vendure 3.7, tax once per rate', { start: () => start(true), baskets: 120, able: ['quote', 'openCheckout', 'ordersSince'] })
