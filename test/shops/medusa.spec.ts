import { medusaShop } from '#hub/shops/medusa/medusa-shop.ts'
import { acceptShop, type ShopRig } from '../contract/shops/shop-acceptance.ts'
import { USER } from './medusa-admin.ts'
import { runMedusa } from './running-medusa.ts'
import { PASSWORD } from './shop-process.ts'

const start = async (): Promise<ShopRig> => {
  const { access, articles, promotions, storefront, readCart, order, cancel, setPercent, stop } = await runMedusa()
  return {
    url: access.url,
    at: (url, door) => medusaShop({ url, secret: { user: USER, password: PASSWORD }, region: null, country: null, publishableKey: null, storefront: access.options['storefront']!, pageSize: 5 }, door),
    articles: articles.length,
    promotions: Object.keys(promotions).length,
    notComputable: [promotions['HUNDRED']!, promotions['blue']!],
    dialect: 'medusa-2.18',
    changePromotion: () => setPercent(11),
    readCheckout: async (link) => readCart(await storefront.follow(link)),
    orders: { order: async (link) => order(await storefront.follow(link)), cancel },
    stop,
  }
}

acceptShop('Medusa 2.18', { start, baskets: 120, able: ['quote', 'openCheckout', 'ordersSince'] })
