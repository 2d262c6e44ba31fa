/** Round after round: new promotions in a running shop, its answer to random baskets, ours beside it. */
import type { ShopSnapshot } from '#hub/ports/web-shop/shop-snapshot.ts'
import { isAble, type WebShop } from '#hub/ports/web-shop/web-shop.ts'
import { candidatesOf, freshNumbers } from '#hub/use-cases/shops/draft-shop.ts'
import { probeBaskets, seededBelow, type Below } from '#hub/use-cases/parity/probe-baskets.ts'
import { askShop, judgeProbe, type Probe } from '#hub/use-cases/parity/probe-shop.ts'
import { millis } from '#shared/kernel/time.ts'

/** `told`: the promotions as the shop was told them; `taken`: how many of them it took. */
export type Round = { readonly told: object; readonly taken: number; readonly remove: () => Promise<void> }
export type RandomShop = {
  readonly shop: WebShop
  /** How it calculates: which of its dialects, from 0. Does not change between two baskets. */
  readonly dialect: number
  readonly basketsPerRound: number
  readonly promote: (round: number, below: Below) => Promise<Round>
  readonly stop: () => Promise<void>
}

export type RandomTerms = { readonly baskets: number; readonly seed: number; readonly print: (line: string) => void }
export type RandomCounts = { readonly total: number; readonly equal: number; readonly different: number; readonly notComputable: number; readonly refused: number; readonly promotions: number }

export const compareAtRandom = async (start: () => Promise<RandomShop>, { baskets, seed, print }: RandomTerms): Promise<RandomCounts> => {
  const { shop, dialect, basketsPerRound, promote, stop } = await start()
  try {
    const { read, quote } = shop
    if (!isAble(read) || !isAble(quote)) throw new Error('not able')
    const below = seededBelow(seed)
    const counts = { total: 0, equal: 0, different: 0, notComputable: 0, refused: 0, promotions: 0 }
    for (let round = 0; counts.total < baskets; round++) {
      const { told, taken, remove } = await promote(round, below)
      const snapshot = await read()
      if (!snapshot.ok) throw new Error(JSON.stringify(snapshot.error))
      const candidates = candidatesOf(snapshot.value, {}, { numberOf: freshNumbers(), at: millis(Date.now()) })
      if (!candidates.ok) throw new Error(candidates.error.why)
      const candidate = candidates.value[dialect]!
      const asked = await askShop(probeBaskets(candidate.assortment, Math.min(basketsPerRound, baskets - counts.total), below), candidate, quote)
      if (asked.trouble) throw new Error(JSON.stringify(asked.trouble))
      const probe = judgeProbe(asked, [candidate], millis(Date.now()))
      counts.total += probe.total
      counts.equal += probe.equal
      counts.different += probe.differences.length
      counts.notComputable += probe.left
      counts.refused += probe.refused
      counts.promotions += taken
      tellRound(probe, { round, told, left: whyLeft(snapshot.value) }, print)
      await remove()
    }
    return counts
  } finally {
    await stop()
  }
}

const whyLeft = ({ translated: { notComputable, warnings } }: ShopSnapshot): readonly string[] => [...notComputable.map(({ why }) => why), ...warnings.filter(({ leave }) => leave).map(({ what }) => what)]

/** One line per round, why something is left to the checkout, and everything about each basket that differs. */
const tellRound = ({ total, equal, left, refused, differences }: Probe, about: { readonly round: number; readonly told: object; readonly left: readonly string[] }, print: (line: string) => void): void => {
  print(`round ${about.round}: ${equal} of ${total} equal, ${left} with something left to the checkout, ${refused} refused, ${differences.length} different`)
  for (const why of about.left) print(`  left to the checkout: ${why}`)
  for (const { basket, figures, trace, shop } of differences) {
    print(`  DIFFERENT ${basket.lines.map(({ sku, quantity }) => `${quantity}×${sku}`).join(' ')} ${basket.codes.join(' ')} ${basket.delivery}`)
    for (const { what, shop: theirs, ours } of figures) print(`    ${what}: shop ${theirs}, ours ${ours}`)
    print(`    shop  ${JSON.stringify(shop)}`)
    for (const { stage, rule, offerId, lineId, shippingId, amountMinor } of trace) print(`    trace ${stage.padEnd(8)} ${rule} of ${offerId ?? '–'} at ${lineId ?? shippingId ?? '–'}: ${amountMinor}`)
  }
  if (differences.length > 0) print(`  promotions ${JSON.stringify(about.told)}`)
}
