/** A running Medusa for random promotions and baskets. */
import { medusaShop } from '#hub/shops/medusa/medusa-shop.ts'
import { fetchDoor } from '#hub/transport/outgoing/fetch-door.ts'
import type { RandomShop } from './compare-at-random.ts'
import { startMedusa, USER, type MedusaAdmin } from './medusa-admin.ts'
import { addMedusaPromotion, seedMedusa, type NewMedusaPromotion } from './medusa-goods.ts'
import { randomMedusaPromotions } from './medusa-random-promotions.ts'
import { PASSWORD } from './shop-process.ts'

export const randomMedusa = async (): Promise<RandomShop> => {
  const { url, admin, stop } = await startMedusa()
  const goods = await seedMedusa(admin)
  return {
    shop: medusaShop({ url, secret: { user: USER, password: PASSWORD }, region: null, country: null, publishableKey: null, storefront: null }, fetchDoor()),
    dialect: 0,
    basketsPerRound: 12,
    promote: async (round, below) => {
      const told = randomMedusaPromotions(goods, round, below)
      const ids: string[] = []
      for (const one of told) ids.push(...(await addedIfTaken(admin, one)))
      return {
        told,
        taken: ids.length,
        remove: async () => {
          for (const id of ids) await admin('DELETE', `/promotions/${id}`)
        },
      }
    },
    stop,
  }
}

/** Some random ones make no sense to the shop itself. */
const addedIfTaken = async (admin: MedusaAdmin, promotion: NewMedusaPromotion): Promise<readonly string[]> => {
  try {
    return [await addMedusaPromotion(admin, promotion)]
  } catch (error) {
    if (error instanceof Error && error.message.includes(': 400 ')) return []
    throw error
  }
}
