/** Which articles of a cart a web shop does not take: found by asking for parts of it, because no shop says so in a way that all of them share. */
import type { ShopCart } from '#hub/ports/web-shop/shop-cart.ts'
import type { WebShop } from '#hub/ports/web-shop/web-shop.ts'

/** A shopper is waiting meanwhile. */
const MAX_QUESTIONS = 16

/**
 * Keys of the refused articles; empty where no part of the cart is refused by itself, and where the questions did not suffice to tell them all.
 * Order  halves first: one article among sixty takes eleven questions.
 */
export const refusedKeys = async ({ lines }: Pick<ShopCart, 'lines'>, quote: Extract<WebShop['quote'], Function>): Promise<ReadonlySet<string>> => {
  let left = MAX_QUESTIONS
  let isSure = true
  const search = async (part: ShopCart['lines']): Promise<readonly string[]> => {
    if (left === 0) {
      isSure = false
      return []
    }
    left -= 1
    const said = await quote({ lines: part, codes: [], delivery: null })
    if (said.ok) return []
    if (said.error.type !== 'CartRefused') {
      isSure = false
      return []
    }
    if (part.length === 1) return [part[0]!.key]
    const half = Math.ceil(part.length / 2)
    return [...(await search(part.slice(0, half))), ...(await search(part.slice(half)))]
  }
  const refused = await search(lines)
  return new Set(isSure ? refused : [])
}
