/** Round after round: new promotions in a running Medusa, its answer to random baskets, ours beside it. */
import { isAble } from '#hub/ports/web-shop/web-shop.ts'
import { medusaShop } from '#hub/shops/medusa/medusa-shop.ts'
import { fetchDoor } from '#hub/transport/outgoing/fetch-door.ts'
import { candidatesOf, freshNumbers } from '#hub/use-cases/draft-shop.ts'
import { probeBaskets, seededBelow } from '#hub/use-cases/probe-baskets.ts'
import { askShop, judgeProbe } from '#hub/use-cases/probe-shop.ts'
import { millis } from '#shared/kernel/time.ts'
import { tellRound, type RandomCounts, type RandomTerms } from './compare-at-random.ts'
import { PASSWORD, startMedusa, USER, type MedusaAdmin } from './medusa-admin.ts'
import { addMedusaPromotion, seedMedusa } from './medusa-goods.ts'
import { randomMedusaPromotions } from './medusa-random-promotions.ts'

const BASKETS_PER_ROUND = 12

export const compareMedusaAtRandom = async ({ baskets, seed, print }: Omit<RandomTerms, 'orderTax'>): Promise<RandomCounts> => {
  const { url, admin, stop } = await startMedusa()
  try {
    const goods = await seedMedusa(admin)
    const { read, quote } = medusaShop({ url, secret: { user: USER, password: PASSWORD }, region: null, country: null, publishableKey: null, storefront: null }, fetchDoor())
    if (!isAble(read) || !isAble(quote)) throw new Error('not able')
    const below = seededBelow(seed)
    const counts = { total: 0, equal: 0, different: 0, notComputable: 0, refused: 0, promotions: 0 }
    for (let round = 0; counts.total < baskets; round++) {
      const promotions = randomMedusaPromotions(goods, round, below)
      const ids: string[] = []
      for (const one of promotions) ids.push(...(await addedIfTaken(admin, one)))
      const snapshot = await read()
      if (!snapshot.ok) throw new Error(JSON.stringify(snapshot.error))
      const candidates = candidatesOf(snapshot.value, {}, { numberOf: freshNumbers(), at: millis(Date.now()) })
      if (!candidates.ok) throw new Error(candidates.error.why)
      const [candidate] = candidates.value
      const asked = await askShop(probeBaskets(candidate.assortment, Math.min(BASKETS_PER_ROUND, baskets - counts.total), below), candidate, quote)
      if (asked.trouble) throw new Error(JSON.stringify(asked.trouble))
      const probe = judgeProbe(asked, [candidate], millis(Date.now()))
      counts.total += probe.total
      counts.equal += probe.equal
      counts.different += probe.differences.length
      counts.notComputable += probe.left
      counts.refused += probe.refused
      counts.promotions += ids.length
      tellRound(probe, JSON.stringify(promotions), round, print)
      for (const id of ids) await admin('DELETE', `/promotions/${id}`)
    }
    return counts
  } finally {
    await stop()
  }
}

/** Some random ones make no sense to the shop itself. */
const addedIfTaken = async (admin: MedusaAdmin, promotion: Parameters<typeof addMedusaPromotion>[1]): Promise<readonly string[]> => {
  try {
    return [await addMedusaPromotion(admin, promotion)]
  } catch (error) {
    if (error instanceof Error && error.message.includes(': 400 ')) return []
    throw error
  }
}
