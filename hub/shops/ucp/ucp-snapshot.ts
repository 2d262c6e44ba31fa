/** What the catalogue returned as a snapshot of the shop. Pure. */
import { articleKeys } from '#hub/ports/web-shop/article-keys.ts'
import { withHash } from '#hub/ports/web-shop/content-hash.ts'
import type { LeftOut, ShopArticle, ShopCategory, ShopDelivery, ShopPromotion, ShopSnapshot } from '#hub/ports/web-shop/shop-snapshot.ts'
import { bytesToBase64Url, bytesToHex, utf8 } from '#shared/kernel/bytes.ts'
import { sha256 } from '#shared/kernel/sha256.ts'
import { DIALECTS } from '#shared/offers/dialects.ts'
import type { UcpProductRecord, UcpVariantRecord } from './ucp-replies.ts'

/** The one promotion that stands for all of the shop's: the protocol has no list of them. */
export const REDUCTIONS = 'reductions'

export type UcpTerms = { readonly shopName: string; readonly version: string; readonly currency: string; /** Which the protocol does not tell. */ readonly taxPercent: number }

const ALL_REDUCTIONS: ShopPromotion = {
  id: REDUCTIONS,
  enabled: true,
  name: { de: 'Angebote des Online-Shops', en: 'Offers of the web shop' },
  description: { de: 'Was der Online-Shop abzieht, steht an seiner Kasse.', en: 'What the web shop takes off is shown at its checkout.' },
}
const WHY = 'the protocol has no list of offers: what comes off is worked out in the checkout of the shop'
const HOME: ShopDelivery = { key: 'checkout', kind: 'home', name: { de: 'Versand', en: 'Delivery' }, priceMinor: null, taxPercent: 0, why: 'delivery is chosen and priced in the checkout of the shop' }

export const ucpSnapshot = (products: readonly UcpProductRecord[], { shopName, version, currency, taxPercent }: UcpTerms): ShopSnapshot => {
  const leftOut: LeftOut[] = []
  const sold = products.flatMap((product) => product.variants.map((variant) => ({ product, variant }))).filter(({ product, variant }) => {
    const why = whyNotSold(variant, currency)
    if (why !== null) leftOut.push({ what: nameOf(product, variant), why })
    return why === null
  })
  const keys = articleKeys(sold.map(({ variant: { sku, id } }) => ({ sku, key: plain(id) })))
  leftOut.push(...sold.filter((_, i) => keys[i] === null).map(({ product, variant }) => ({ what: nameOf(product, variant), why: 'neither its number nor its id can be part of a document' })))
  const categories = new Map<string, ShopCategory>()
  const articles = sold.flatMap(({ product, variant }, i): readonly ShopArticle[] => {
    const category = categoryOf(product, categories)
    return keys[i] === null ? [] : [articleOf(product, variant, { sku: keys[i]!, category, taxPercent })]
  })
  return withHash({
    shopName,
    currency,
    // A shop that adds tax later is found out by its first cart.
    pricesIncludeTax: true,
    articles,
    categories: [...categories.values()],
    promotions: [ALL_REDUCTIONS],
    translated: { offers: [], notComputable: [{ offerId: REDUCTIONS, why: WHY }], warnings: [] },
    deliveries: [HOME],
    dialects: [{ name: 'ucp', policies: DIALECTS.einklang, when: 'no offer of the shop is computed here' }],
    settings: { version, tax: String(taxPercent) },
    leftOut,
  })
}

/** Ids may be addresses; what has other characters than keys may have is spelled by its bytes. */
const plain = (id: string): string => (/^[A-Za-z0-9._-]+$/.test(id) ? id : bytesToBase64Url(utf8(id)))

const whyNotSold = ({ price, availability, quantity_unit: unit }: UcpVariantRecord, currency: string): string | null => {
  if (unit !== undefined) return 'it is sold by measure'
  if (price.currency !== currency) return `its price is in ${price.currency.slice(0, 3)}`
  return availability?.available === false ? 'the shop does not sell it at present' : null
}

const nameOf = (product: UcpProductRecord, variant: UcpVariantRecord): string => (variant.title === '' || variant.title === product.title || variant.title === 'Default Title' ? product.title : `${product.title} ${variant.title}`)

type Place = { readonly sku: string; readonly category: string | null; readonly taxPercent: number }

const articleOf = (product: UcpProductRecord, variant: UcpVariantRecord, { sku, category, taxPercent }: Place): ShopArticle => ({
  sku,
  key: variant.id,
  product: product.id,
  name: { und: nameOf(product, variant) },
  category,
  taxons: [],
  priceMinor: variant.price.amount,
  taxPercent,
  ean: variant.barcodes.map(({ value }) => value).find((value) => /^(\d{8}|\d{12,14})$/.test(value)) ?? '',
  stock: null,
})

/** "Footwear > Running" in the merchant's own words is two categories, one inside the other; numbers of other taxonomies tell people nothing. */
const categoryOf = ({ categories }: UcpProductRecord, into: Map<string, ShopCategory>): string | null => {
  const path = categories.find(({ taxonomy }) => taxonomy === undefined || taxonomy === 'merchant')?.value.split('>').map((one) => one.trim()).filter((one) => one !== '') ?? []
  let parent: string | null = null
  for (let i = 0; i < path.length; i++) {
    const id = `category:${bytesToHex(sha256(utf8(path.slice(0, i + 1).join(' > ')))).slice(0, 16)}`
    if (!into.has(id)) into.set(id, { id, parent, name: { und: path[i]! } })
    parent = id
  }
  return parent
}
