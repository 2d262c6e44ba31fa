import { medusaShop } from '#hub/shops/medusa/medusa-shop.ts'
import { acceptShop, type ShopRig } from '../contract/shops/shop-acceptance.ts'
import { PASSWORD, startMedusa, USER } from './medusa-admin.ts'
import { readMedusaCart } from './medusa-checkout.ts'
import { addMedusaPromotions, seedMedusa } from './medusa-goods.ts'

const start = async (): Promise<ShopRig> => {
  const { url, admin, stop } = await startMedusa()
  const goods = await seedMedusa(admin)
  const promotions = await addMedusaPromotions(admin, goods)
  return {
    url,
    at: (address, door) =>
      medusaShop({ url: address, secret: { user: USER, password: PASSWORD }, region: null, country: null, publishableKey: null, storefront: 'https://shop.test/cart', pageSize: 5 }, door),
    articles: goods.articles.length,
    promotions: Object.keys(promotions).length,
    notComputable: [promotions['HUNDRED']!, promotions['blue']!],
    dialect: 'medusa-2.18',
    changePromotion: async () => {
      await admin('POST', `/promotions/${promotions['TEN']!}`, { application_method: { value: 11 } })
    },
    readCheckout: (link) => readMedusaCart(url, goods.key, new URL(link).searchParams.get('cart_id')!),
    stop,
  }
}

acceptShop('Medusa 2.18', { start, baskets: 120, able: ['quote', 'openCheckout'] })
