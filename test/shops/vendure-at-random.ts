/** A running Vendure for random promotions and baskets. */
import { vendureShop } from '#hub/shops/vendure/vendure-shop.ts'
import { fetchDoor } from '#hub/transport/outgoing/fetch-door.ts'
import type { RandomShop } from './compare-at-random.ts'
import { randomPromotions } from './random-promotions.ts'
import { PASSWORD } from './shop-process.ts'
import { startVendure, USER } from './vendure-admin.ts'
import { addPromotion, seedGoods } from './vendure-goods.ts'

export const randomVendure = async (orderTax: boolean): Promise<RandomShop> => {
  const { url, admin, stop } = await startVendure({ orderTax })
  const goods = await seedGoods(admin)
  return {
    shop: vendureShop({ url: `${url}/admin-api`, secret: { user: USER, password: PASSWORD }, channel: null, storefront: null, orderField: null }, fetchDoor()),
    dialect: orderTax ? 1 : 0,
    basketsPerRound: 20,
    promote: async (round, below) => {
      const told = randomPromotions(goods, round, below)
      const ids: string[] = []
      for (const one of told) ids.push(await addPromotion(admin, one))
      return { told, taken: ids.length, remove: async () => void (await admin('mutation($ids:[ID!]!){deletePromotions(ids:$ids){result}}', { ids })) }
    },
    stop,
  }
}
