/** Round after round: new promotions in the shop, its answer to random baskets, ours beside it. */
import { isAble } from '#hub/ports/web-shop/web-shop.ts'
import { vendureShop } from '#hub/shops/vendure/vendure-shop.ts'
import { fetchDoor } from '#hub/transport/outgoing/fetch-door.ts'
import { candidatesOf, freshNumbers } from '#hub/use-cases/draft-shop.ts'
import { probeBaskets, seededBelow } from '#hub/use-cases/probe-baskets.ts'
import { askShop, judgeProbe, type Probe } from '#hub/use-cases/probe-shop.ts'
import { millis } from '#shared/kernel/time.ts'
import { randomPromotions } from './random-promotions.ts'
import { PASSWORD, startVendure } from './vendure-admin.ts'
import { addPromotion, seedGoods } from './vendure-goods.ts'

export type RandomTerms = { readonly baskets: number; readonly seed: number; readonly orderTax: boolean; readonly print: (line: string) => void }
export type RandomCounts = { readonly total: number; readonly equal: number; readonly different: number; readonly notComputable: number; readonly refused: number; readonly promotions: number }

const BASKETS_PER_ROUND = 20

export const compareAtRandom = async ({ baskets, seed, orderTax, print }: RandomTerms): Promise<RandomCounts> => {
  const { url, admin, stop } = await startVendure({ orderTax })
  try {
    const goods = await seedGoods(admin)
    const shop = vendureShop({ url: `${url}/admin-api`, secret: { user: 'superadmin', password: PASSWORD }, channel: null, storefront: null }, fetchDoor())
    const { read, quote } = shop
    if (!isAble(read) || !isAble(quote)) throw new Error('not able')
    const below = seededBelow(seed)
    const counts = { total: 0, equal: 0, different: 0, notComputable: 0, refused: 0, promotions: 0 }
    for (let round = 0; counts.total < baskets; round++) {
      const promotions = randomPromotions(goods, round, below)
      const ids: string[] = []
      for (const one of promotions) ids.push(await addPromotion(admin, one))
      const snapshot = await read()
      if (!snapshot.ok) throw new Error(JSON.stringify(snapshot.error))
      const candidates = candidatesOf(snapshot.value, {}, { numberOf: freshNumbers(), at: millis(Date.now()) })
      if (!candidates.ok) throw new Error(candidates.error.why)
      // One dialect for the whole run: which setting a shop has does not change between two baskets.
      const candidate = candidates.value[orderTax ? 1 : 0]!
      const asked = await askShop(probeBaskets(candidate.assortment, Math.min(BASKETS_PER_ROUND, baskets - counts.total), below), candidate, quote)
      if (asked.trouble) throw new Error(JSON.stringify(asked.trouble))
      const probe = judgeProbe(asked, [candidate], millis(Date.now()))
      counts.total += probe.total
      counts.equal += probe.equal
      counts.different += probe.differences.length
      counts.notComputable += probe.left
      counts.refused += probe.refused
      counts.promotions += promotions.length
      tellRound(probe, JSON.stringify(promotions), round, print)
      await admin('mutation($ids:[ID!]!){deletePromotions(ids:$ids){result}}', { ids })
    }
    return counts
  } finally {
    await stop()
  }
}

/** One line per round, and everything about each basket that differs. */
export const tellRound = ({ total, equal, left, refused, differences }: Probe, promotions: string, round: number, print: (line: string) => void): void => {
  print(`round ${round}: ${equal} of ${total} equal, ${left} with something left to the checkout, ${refused} refused, ${differences.length} different`)
  for (const { basket, figures, trace, shop } of differences) {
    print(`  DIFFERENT ${basket.lines.map(({ sku, quantity }) => `${quantity}×${sku}`).join(' ')} ${basket.codes.join(' ')} ${basket.delivery}`)
    for (const { what, shop: theirs, ours } of figures) print(`    ${what}: shop ${theirs}, ours ${ours}`)
    print(`    shop  ${JSON.stringify(shop)}`)
    for (const { stage, rule, offerId, lineId, shippingId, amountMinor } of trace) print(`    trace ${stage.padEnd(8)} ${rule} of ${offerId ?? '–'} at ${lineId ?? shippingId ?? '–'}: ${amountMinor}`)
  }
  if (differences.length > 0) print(`  promotions ${promotions}`)
}
