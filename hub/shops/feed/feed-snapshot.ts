/** Rows of a feed as a snapshot. Pure. What is damaged is told with its line and reason, the rest is kept; where too much is, nothing is. */
import { articleKeys } from '#hub/ports/web-shop/article-keys.ts'
import { withHash } from '#hub/ports/web-shop/content-hash.ts'
import type { LeftOut, ShopArticle, ShopCategory, ShopDelivery, ShopPromotion, ShopSnapshot } from '#hub/ports/web-shop/shop-snapshot.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import { DIALECTS } from '#shared/offers/dialects.ts'
import { allOf, amountField, countField, listField, needed, percentField, textField, textsField, unlessEmpty, type Fields, type Read } from './feed-fields.ts'
import { categoryKey, offerOfJson, offerOfRow, tagKey, type FeedOffer } from './feed-offers.ts'
import type { BadRow, FeedRows } from './feed-table.ts'

/** A feed with more damaged rows than this part of it, and than these few, is one that went wrong as a whole. */
const MOST_DAMAGED = { part: 0.1, rows: 3 } as const

/** Errors  why the whole feed is not taken. */
export const feedSnapshot = (rows: FeedRows): Result<ShopSnapshot, string> => {
  const damaged: BadRow[] = [...rows.bad]
  const articles = withKeys(each(rows.articles, ({ fields }) => articleOf(fields), damaged), damaged)
  const offers = distinct([...each(rows.offers, ({ fields }) => told(fields, offerOfRow(fields)), damaged), ...each(rows.engineOffers, ({ fields, json }) => told(fields, offerOfJson(json)), damaged)], damaged)
  const deliveries = each(rows.deliveries, ({ fields }) => deliveryOf(fields), damaged).map(({ value }) => value)
  const all = rows.articles.length + rows.offers.length + rows.engineOffers.length + rows.deliveries.length + rows.bad.length
  if (damaged.length > Math.max(MOST_DAMAGED.rows, all * MOST_DAMAGED.part)) return err(`${damaged.length} of ${all} rows are damaged, the first of them ${damaged[0]!.line}: ${damaged[0]!.why}`)
  if (articles.length === 0) return err('it holds no article')
  const dialect = textField(rows.shop, 'dialect') || 'einklang'
  if (!Object.hasOwn(DIALECTS, dialect)) return err(`dialect "${dialect}" is not known; there are ${Object.keys(DIALECTS).join(', ')}`)
  return ok(withHash({
    shopName: textField(rows.shop, 'name') || 'Feed',
    currency: textField(rows.shop, 'currency') || 'EUR',
    pricesIncludeTax: textField(rows.shop, 'prices_include_tax').toLowerCase() !== 'false',
    articles,
    categories: categoriesOf(rows.articles.map(({ fields }) => textField(fields, 'category'))),
    promotions: offers.map(({ promotion }) => promotion),
    translated: {
      offers: offers.flatMap(({ offer }) => ('why' in offer ? [] : [offer])),
      notComputable: offers.flatMap(({ offer, promotion }) => ('why' in offer ? [{ offerId: promotion.id, why: offer.why }] : [])),
      warnings: [],
    },
    deliveries,
    dialects: [{ name: dialect, policies: DIALECTS[dialect as keyof typeof DIALECTS], when: 'the feed says so' }],
    settings: {},
    leftOut: damaged.map(({ line, why }): LeftOut => ({ what: line, why })),
  }))
}

type Placed<T> = { readonly line: string; readonly value: T }

const each = <R extends { readonly line: string }, T>(rows: readonly R[], read: (row: R) => Read<T>, damaged: BadRow[]): readonly Placed<T>[] =>
  rows.flatMap((row) => {
    const value = read(row)
    if (value.ok) return [{ line: row.line, value: value.value }]
    damaged.push({ line: row.line, why: value.error })
    return []
  })

type Article = Omit<ShopArticle, 'sku'> & { readonly number: string }

const articleOf = (fields: Fields): Read<Article> => {
  const read = allOf({ sku: needed(fields, 'sku'), price: amountField(fields, 'price'), tax: percentField(fields, 'tax'), stock: unlessEmpty(fields, 'stock', countField) })
  if (!read.ok) return read
  const { sku, price, tax, stock } = read.value
  const name = textsField(fields, 'name')
  if (Object.keys(name).length === 0) return err('name is missing')
  return ok({
    number: sku,
    key: textField(fields, 'key') || sku,
    product: textField(fields, 'product') || sku,
    name,
    category: textField(fields, 'category') === '' ? null : categoryKey(textField(fields, 'category')),
    taxons: [...new Set(listField(fields, 'tags').map(tagKey))],
    priceMinor: price,
    taxPercent: Number(tax),
    ean: textField(fields, 'ean'),
    stock,
  })
}

/** The first of two articles with one number stays: carts could not tell them apart. */
const withKeys = (placed: readonly Placed<Article>[], damaged: BadRow[]): readonly ShopArticle[] => {
  const seen = new Map<string, string>()
  const unique = placed.filter(({ line, value }) => {
    const first = seen.get(value.key) ?? seen.get(`sku:${value.number}`)
    if (first !== undefined) damaged.push({ line, why: `${value.number} stands in ${first} already` })
    else seen.set(value.key, line).set(`sku:${value.number}`, line)
    return first === undefined
  })
  const keys = articleKeys(unique.map(({ value }) => ({ sku: value.number, key: value.key })))
  return unique.flatMap(({ line, value: { number, ...article } }, i) => {
    if (keys[i] !== null) return [{ ...article, sku: keys[i]! }]
    damaged.push({ line, why: `sku "${number}" has other characters than letters, digits and . _ : -` })
    return []
  })
}

type Told = { readonly promotion: ShopPromotion; readonly offer: FeedOffer['offer'] }

const told = (fields: Fields, read: Read<FeedOffer>): Read<Told> => {
  if (!read.ok) return read
  const { terms, offer } = read.value
  const { id, enabled = true, window, trigger } = terms
  const name = textsField(fields, 'name')
  return ok({ promotion: { id, enabled, name: Object.keys(name).length > 0 ? name : { und: terms.name ?? id }, description: textsField(fields, 'description'), ...(window && { window }), ...(trigger && { trigger }) }, offer })
}

const distinct = (placed: readonly Placed<Told>[], damaged: BadRow[]): readonly Told[] => {
  const seen = new Map<string, string>()
  return placed.flatMap(({ line, value }) => {
    const first = seen.get(value.promotion.id)
    if (first === undefined) {
      seen.set(value.promotion.id, line)
      return [value]
    }
    damaged.push({ line, why: `offer ${value.promotion.id} stands in ${first} already` })
    return []
  })
}

const deliveryOf = (fields: Fields): Read<ShopDelivery> => {
  const read = allOf({ id: needed(fields, 'id'), price: amountField(fields, 'price'), tax: percentField(fields, 'tax') })
  if (!read.ok) return read
  const kind = textField(fields, 'kind')
  if (kind !== 'home' && kind !== 'pickup') return err(`kind "${kind}" is neither home nor pickup`)
  return ok({ key: read.value.id, kind, name: textsField(fields, 'name'), priceMinor: read.value.price, taxPercent: Number(read.value.tax) })
}

/** Each path with everything above it. */
const categoriesOf = (paths: readonly string[]): readonly ShopCategory[] => {
  const found = new Map<string, ShopCategory>()
  for (const path of paths) {
    const parts = path.split('>').map((part) => part.trim()).filter((part) => part !== '')
    parts.forEach((name, i) => {
      const id = categoryKey(parts.slice(0, i + 1).join('>'))
      if (!found.has(id)) found.set(id, { id, parent: i === 0 ? null : categoryKey(parts.slice(0, i).join('>')), name: { und: name } })
    })
  }
  return [...found.values()]
}
