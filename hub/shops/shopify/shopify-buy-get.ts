/**
 * Buy some, get one cheaper. The shop tells that given pieces are never bought ones, and how often it may happen in one order; it does not tell which of
 * several articles is given, nor what becomes of a part of the given ones. Only what does not depend on that is computed.
 */
import type { Effect, Offer } from '#shared/offers/offer.ts'
import { articlesIn, selectOf, type SoldArticle } from './shopify-items.ts'
import type { ShopifyDiscountRecord } from './shopify-queries.ts'
import { amountIn, percentIn } from './shopify-values.ts'

type Why = { readonly why: string }
type Around = { readonly currency: string; readonly articles: readonly SoldArticle[] }

/** As often as there are pieces. */
const AS_OFTEN_AS_POSSIBLE = 999

export const buyGetOf = ({ customerBuys: buys, customerGets: gets, usesPerOrderLimit }: ShopifyDiscountRecord, around: Around): Pick<Offer, 'effects'> | Why => {
  if (!buys || !gets) return { why: 'it does not tell what is bought or given' }
  if (buys.value.kind !== 'DiscountQuantity') return { why: 'it begins at an amount spent, and the shop does not tell how it counts that a second time' }
  const [quantity, given, repeat] = [Number(buys.value.quantity), Number(gets.value.quantity?.quantity), Number(usesPerOrderLimit ?? AS_OFTEN_AS_POSSIBLE)]
  if (![quantity, given, repeat].every((one) => Number.isSafeInteger(one) && one > 0)) return { why: 'its quantities cannot be read' }
  if (given > 1) return { why: 'it gives several pieces at once, and the shop does not tell what it gives when there are fewer' }
  const [bought, got] = [selectOf(buys.items, around.articles), selectOf(gets.items, around.articles)]
  if ('why' in bought) return bought
  if ('why' in got) return got
  const [buyable, givable] = [articlesIn(bought, around.articles), articlesIn(got, around.articles)]
  if (givable.length > 1) return { why: 'it gives one of several articles, and the shop does not tell which' }
  if (buyable.length > 1 && buyable.some((one) => givable.includes(one))) return { why: 'what it gives may also be bought for it, and the shop does not tell which pieces it counts as bought' }
  const { effect } = gets.value
  const value = effect?.kind === 'DiscountPercentage' ? percentIn(effect) : effect ? amountIn(effect, around) : { why: 'it does not tell what it takes off' }
  if ('why' in value) return value
  const buyGet: Effect = { type: 'buyGet', mode: 'apart', repeat, buy: { quantity, select: bought }, get: { quantity: 1, value, select: got } }
  return { effects: [buyGet] }
}
