/** The hash of what a shop says: stamps of change lie, contents do not. */
import { bytesToHex } from '#shared/kernel/bytes.ts'
import { canonicalJson, type Json } from '#shared/kernel/json.ts'
import { sha256 } from '#shared/kernel/sha256.ts'
import type { ShopSnapshot } from './shop-snapshot.ts'

/** The same snapshot with its hash: equal contents have equal hashes, whatever the stock; the order of lists counts where the shop's order does. */
export const withHash = (snapshot: Omit<ShopSnapshot, 'hash'>): ShopSnapshot => ({ ...snapshot, hash: contentHash(snapshot) })

const contentHash = ({ articles, categories, promotions, ...rest }: Omit<ShopSnapshot, 'hash'>): string => {
  const counted = {
    ...rest,
    articles: articles.map((article) => ({ ...article, stock: null })).sort((a, b) => compareText(a.sku, b.sku)),
    categories: [...categories].sort((a, b) => compareText(a.id, b.id)),
    promotions: [...promotions].sort((a, b) => compareText(a.id, b.id)),
  }
  return bytesToHex(sha256(new TextEncoder().encode(canonicalJson(JSON.parse(JSON.stringify(counted)) as Json))))
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
