import { vendureShop } from '#hub/shops/vendure/vendure-shop.ts'
import { acceptShop, type ShopRig } from '../contract/shops/shop-acceptance.ts'
import { PASSWORD, startVendure } from './vendure-admin.ts'
import { operation, seedVendure } from './vendure-goods.ts'
import { startStorefront } from './vendure-storefront.ts'

const start = async (orderTax: boolean): Promise<ShopRig> => {
  const { url, admin, stop } = await startVendure({ orderTax })
  const seeded = await seedVendure(admin)
  const storefront = await startStorefront(`${url}/shop-api`)
  const { promotions } = seeded
  return {
    url,
    at: (address, door) => vendureShop({ url: `${address}/admin-api`, secret: { user: 'superadmin', password: PASSWORD }, channel: null, storefront: `${storefront.url}/buy`, pageSize: 5 }, door),
    articles: seeded.articles.length,
    promotions: Object.keys(promotions).length,
    notComputable: [promotions['full moon']!, promotions['first hundred']!],
    dialect: orderTax ? 'vendure-3-order-tax' : 'vendure-3',
    changePromotion: async () => {
      await admin('mutation($i:UpdatePromotionInput!){updatePromotion(input:$i){__typename}}', { i: { id: promotions['ten percent'], actions: [operation('order_percentage_discount', { discount: 11 })] } })
    },
    readCheckout: storefront.readCheckout,
    stop: async () => {
      await storefront.stop()
      await stop()
    },
  }
}

acceptShop('Vendure 3.7, tax per line', { start: () => start(false), baskets: 120, able: ['quote', 'openCheckout'] })
acceptShop('Vendure 3.7, tax once per rate', { start: () => start(true), baskets: 120, able: ['quote', 'openCheckout'] })
