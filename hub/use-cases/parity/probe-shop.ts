/** Asks the running shop what it charges for baskets, prices the same ones here in every way the shop may calculate, and says which way it is and what differs. */
import type { ShopQuote } from '#hub/ports/web-shop/shop-cart.ts'
import type { CartRefused, ShopTrouble } from '#hub/ports/web-shop/shop-trouble.ts'
import type { WebShop } from '#hub/ports/web-shop/web-shop.ts'
import type { Assortment } from '#shared/basket/assortment.ts'
import type { Basket } from '#shared/basket/basket.ts'
import { quoteBasket } from '#shared/basket/quote-basket.ts'
import { HANDOFF_CHANNEL, type Quote } from '#shared/basket/quote.ts'
import type { Result } from '#shared/kernel/result.ts'
import type { Millis } from '#shared/kernel/time.ts'
import type { TraceStep } from '#shared/offers/priced-basket.ts'
import { cartOf, compareWithShop, type ShopComparison, type ShopFigure } from '../shops/shop-basket.ts'
import type { ShopKeys } from '../shops/shop-documents.ts'

/** What the shop charged for a basket. */
export type AskedBasket = { readonly basket: Basket; readonly shop: ShopQuote }

/** One way to calculate, as an assortment. */
export type Candidate = { readonly name: string; readonly assortment: Assortment; readonly keys: ShopKeys }

export type ProbeDifference = { readonly basket: Basket; readonly figures: readonly ShopFigure[]; readonly suspects: readonly string[]; readonly trace: readonly TraceStep[]; readonly shop: ShopQuote }

/** `left`: the shop applied an offer that is left to the checkout here. `refused`: the shop does not take the basket. */
export type Probe = { readonly dialect: string; readonly total: number; readonly equal: number; readonly left: number; readonly refused: number; readonly differences: readonly ProbeDifference[] }

type Asked = { readonly asked: readonly AskedBasket[]; readonly refused: number; /** What ended the asking; the baskets before it count. */ readonly trouble: ShopTrouble | null }

/** Errors  none: trouble in the middle leaves what was asked until then. */
export const askShop = async (baskets: readonly Basket[], { assortment, keys }: Candidate, quote: Extract<WebShop['quote'], Function>): Promise<Asked> => {
  const asked: AskedBasket[] = []
  let refused = 0
  for (const basket of baskets) {
    const cart = cartOf(basket, assortment, keys)
    const said: Result<ShopQuote, ShopTrouble | CartRefused> | null = cart && (await quote(cart))
    if (said === null || (!said.ok && said.error.type === 'CartRefused')) refused += 1
    else if (said.ok) asked.push({ basket, shop: said.value })
    else return { asked, refused, trouble: said.error as ShopTrouble }
  }
  return { asked, refused, trouble: null }
}

/** The candidate that fits best, the first on a tie, with everything that differs from it. */
export const judgeProbe = ({ asked, refused }: Pick<Asked, 'asked' | 'refused'>, candidates: readonly [Candidate, ...Candidate[]], now: Millis): Probe => {
  const judged = candidates.map((candidate) => ({ candidate, verdicts: asked.map((one) => verdictOn(one, candidate, now)) }))
  const equal = ({ verdicts }: (typeof judged)[number]): number => verdicts.filter(({ comparison }) => comparison.type === 'equal').length
  const best = judged.reduce((most, one) => (equal(one) > equal(most) ? one : most))
  return {
    dialect: best.candidate.name,
    total: asked.length + refused,
    equal: equal(best),
    left: best.verdicts.filter(({ comparison }) => comparison.type === 'left').length,
    refused,
    differences: best.verdicts.flatMap(({ one, comparison, quote }) => (comparison.type === 'different' ? [{ basket: one.basket, shop: one.shop, figures: comparison.figures, suspects: comparison.suspects, trace: quote.priced.trace }] : [])),
  }
}

type Verdict = { readonly one: AskedBasket; readonly comparison: ShopComparison; readonly quote: Quote }

const verdictOn = (one: AskedBasket, { assortment, keys }: Candidate, now: Millis): Verdict => {
  const quote = quoteBasket(one.basket, assortment, { now, channel: HANDOFF_CHANNEL, clockVerified: true })
  return { one, quote, comparison: compareWithShop(quote, one.shop, keys) }
}

/** Per promotion the first basket that shows it, in words for the manager. */
export const suspicions = ({ differences }: Probe): ReadonlyMap<string, string> => {
  const found = new Map<string, string>()
  for (const { suspects, figures } of differences) {
    const { what, shop, ours } = figures.at(-1)!
    for (const promotion of suspects) if (!found.has(promotion)) found.set(promotion, `the shop charged otherwise in a basket that was tried: ${what} ${shop}, not ${ours}`)
  }
  return found
}
