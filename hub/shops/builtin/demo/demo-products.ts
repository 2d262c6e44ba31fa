/** The articles of the demo shop: real names, prices and price histories, moved in time so that they end today. */
import { readFileSync } from 'node:fs'
import * as v from 'valibot'
import { withCheckDigit } from '#shared/catalogue/ean.ts'
import type { Product } from '#shared/catalogue/product.ts'
import type { Sku } from '#shared/kernel/ids.ts'
import { cents } from '#shared/kernel/money.ts'
import { addDays, daysBetween, millis, type Day } from '#shared/kernel/time.ts'
import { AISLES, DEMO_CATEGORIES } from './demo-categories.ts'
import { DEMO_KINDS, OTHER_SHELF } from './demo-kinds.ts'

const articleSchema = v.strictObject({
  number: v.number(),
  sku: v.string(),
  kind: v.picklist(Object.keys(DEMO_KINDS)),
  de: v.string(),
  en: v.string(),
  brand: v.string(),
  labels: v.array(v.string()),
  contents: v.tuple([v.number(), v.picklist(['g', 'ml', 'piece'])]),
  prices: v.array(v.tuple([v.string(), v.number()])),
})
type Article = v.InferOutput<typeof articleSchema>
const fileSchema = v.strictObject({ source: v.string(), articles: v.array(articleSchema) })

/** The day of the newest price in the source. */
export const SOURCE_ENDS = '2023-06-26' as Day

/** The articles as they stand in the file. */
export const demoArticles = (): readonly Article[] => v.parse(fileSchema, JSON.parse(readFileSync(new URL('./articles.json', import.meta.url), 'utf8'))).articles

/** All articles, their histories shifted by the whole days between the end of the source and `today`. */
export const demoProducts = (today: Day): readonly Product[] => {
  const articles = demoArticles()
  const shiftDays = daysBetween(SOURCE_ENDS, today)
  return articles.map((article) => toProduct(article, articles, today, shiftDays))
}

const toProduct = (article: Article, all: readonly Article[], today: Day, shiftDays: number): Product => {
  const kind = DEMO_KINDS[article.kind]!
  const category = OTHER_SHELF[article.sku] ?? kind.category
  const priceHistory = article.prices.map(([from, price]) => ({ from: addDays(from as Day, shiftDays), cents: cents(price) }))
  return {
    sku: article.sku as Sku,
    number: article.number,
    name: { de: article.de, en: article.en },
    brand: article.brand,
    category,
    taxons: [...withAncestors(category), ...article.labels],
    priceCents: priceHistory[0]!.cents,
    priceHistory,
    taxRateBps: kind.taxRateBps,
    contents: { amount: article.contents[0], unit: article.contents[1] },
    depositCents: cents(kind.depositCents),
    ean: inStoreEan(article.number),
    picture: `/pictures/${article.kind}.svg`,
    stock: { pieces: stockOf(article.number), at: lastEvening(today) },
    shelf: { aisle: AISLES.get(category)!, name: categoriesById.get(category)!.name },
    perishable: false,
    synonyms: kind.synonyms,
    alsoBought: kind.goesWith.map((other) => companion(article, other, all)),
  }
}

const categoriesById = new Map(DEMO_CATEGORIES.map((category) => [category.id, category]))

const withAncestors = (id: string): readonly string[] => {
  const parent = categoriesById.get(id)?.parent
  return parent ? [id, ...withAncestors(parent)] : [id]
}

/** The source has no bar codes, so these come from the range 20 … 29 that is free for use inside a store. */
const inStoreEan = (number: number): string => withCheckDigit(`2400000${String(number).padStart(5, '0')}`)

/** Believable spread, the same on every start: most shelves filled, a few nearly empty, two empty. */
const stockOf = (number: number): number => {
  if (number === 15 || number === 119) return 0
  return number % 11 === 0 ? 1 + (number % 3) : 4 + ((number * 37) % 53)
}

/** Counted after closing time of the day before. */
const lastEvening = (today: Day): Product['stock']['at'] => millis(Date.parse(`${addDays(today, -1)}T19:30:00Z`))

/** The article of another kind that suits this one best: of the same house first, organic to organic. */
const companion = (article: Article, kind: string, all: readonly Article[]): Sku => {
  const house = (other: Article): number => Number((other.number > 91) === (article.number > 91))
  const organic = (other: Article): number => Number(other.labels.includes('organic') === article.labels.includes('organic'))
  const candidates = all.filter((other) => other.kind === kind).sort((a, b) => house(b) - house(a) || organic(b) - organic(a) || a.number - b.number)
  return candidates[0]!.sku as Sku
}
