/** What the test shop sells and promises: articles with two rates of tax, facets, collections, and a promotion of every kind that the shop brings along. */
import type { Admin } from './vendure-admin.ts'

export type SeededArticle = { readonly sku: string; readonly id: string; readonly price: number; readonly tax: 19 | 7; readonly facets: readonly string[] }
export type Operation = { readonly code: string; readonly arguments: readonly { readonly name: string; readonly value: string }[] }
export type Seeded = {
  readonly articles: readonly SeededArticle[]
  readonly facets: { readonly [name: string]: string }
  readonly delivery: string
  /** Promotion ids by name. */
  readonly promotions: { readonly [name: string]: string }
}

export const operation = (code: string, args: { readonly [name: string]: unknown } = {}): Operation => ({
  code,
  arguments: Object.entries(args).map(([name, value]) => ({ name, value: Array.isArray(value) ? JSON.stringify(value) : String(value) })),
})

export type NewPromotion = { readonly name: string; readonly code?: string; readonly conditions?: readonly Operation[]; readonly actions: readonly Operation[]; readonly more?: Record<string, unknown> }

export const addPromotion = async (admin: Admin, { name, code, conditions, actions, more }: NewPromotion): Promise<string> => {
  const input = {
    enabled: true,
    conditions: conditions ?? (code === undefined ? [operation('minimum_order_amount', { amount: 0, taxInclusive: true })] : []),
    actions,
    translations: [{ languageCode: 'en', name, description: `<p>${name} &amp; more</p>` }],
    ...(code === undefined ? {} : { couponCode: code }),
    ...more,
  }
  const { createPromotion } = await admin<{ readonly createPromotion: { readonly id?: string; readonly message?: string } }>(
    'mutation($input:CreatePromotionInput!){createPromotion(input:$input){...on Promotion{id} ...on ErrorResult{message}}}', { input })
  if (createPromotion.id === undefined) throw new Error(`promotion ${name}: ${createPromotion.message}`)
  return createPromotion.id
}

type WithId = { readonly id: string }
const configured = (code: string, args: { readonly [name: string]: unknown }) => operation(code, args)

const PRICES = [1999, 333, 1295, 99, 250, 4990, 749, 1, 12_345, 899, 179, 2499, 66, 1049]

/** A shop that can be sold from: country, zone, two rates of tax, delivery, 24 articles of 12 products, two facets, one collection. */
export const seedGoods = async (admin: Admin): Promise<Omit<Seeded, 'promotions'>> => {
  const country = await admin<{ readonly createCountry: WithId }>('mutation{createCountry(input:{code:"DE",enabled:true,translations:[{languageCode:en,name:"Germany"}]}){id}}')
  const zone = await admin<{ readonly createZone: WithId }>('mutation($m:[ID!]){createZone(input:{name:"DE",memberIds:$m}){id}}', { m: [country.createCountry.id] })
  const zoneId = zone.createZone.id
  await admin('mutation($z:ID!){updateChannel(input:{id:"1",pricesIncludeTax:true,defaultCurrencyCode:EUR,availableCurrencyCodes:[EUR],defaultTaxZoneId:$z,defaultShippingZoneId:$z}){__typename ...on ErrorResult{message}}}', { z: zoneId })
  const category = { 19: await taxed(admin, zoneId, 'standard', 19), 7: await taxed(admin, zoneId, 'reduced', 7) }
  const facets: Record<string, string> = {}
  for (const name of ['red', 'organic']) {
    const facet = await admin<{ readonly createFacet: { readonly values: readonly WithId[] } }>(
      'mutation($c:String!){createFacet(input:{code:$c,isPrivate:false,translations:[{languageCode:en,name:$c}],values:[{code:$c,translations:[{languageCode:en,name:$c}]}]}){values{id}}}', { c: name })
    facets[name] = facet.createFacet.values[0]!.id
  }
  const articles: SeededArticle[] = []
  for (let i = 0; i < 12; i++) {
    const productFacets = i % 3 === 0 ? [facets['organic']!] : []
    const tax = i % 4 === 1 ? 7 : 19
    const product = await admin<{ readonly createProduct: WithId }>('mutation($n:String!,$s:String!,$f:[ID!]){createProduct(input:{facetValueIds:$f,translations:[{languageCode:en,name:$n,slug:$s,description:""}]}){id}}', { n: `Product ${i}`, s: `product-${i}`, f: productFacets })
    const group = await admin<{ readonly createProductOptionGroup: { readonly id: string; readonly options: readonly WithId[] } }>(
      'mutation($c:String!){createProductOptionGroup(input:{code:$c,translations:[{languageCode:en,name:"Size"}],options:[{code:"s",translations:[{languageCode:en,name:"small"}]},{code:"l",translations:[{languageCode:en,name:"large"}]}]}){id options{id}}}', { c: `size-${i}` })
    await admin('mutation($p:ID!,$g:ID!){addOptionGroupToProduct(productId:$p,optionGroupId:$g){id}}', { p: product.createProduct.id, g: group.createProductOptionGroup.id })
    const input = [0, 1].map((j) => ({
      productId: product.createProduct.id, sku: skuOf(2 * i + j), price: PRICES[(2 * i + j) % PRICES.length]! + 7 * i, taxCategoryId: category[tax], optionIds: [group.createProductOptionGroup.options[j]!.id],
      trackInventory: 'FALSE', facetValueIds: (i + j) % 4 === 0 ? [facets['red']!] : [], translations: [{ languageCode: 'en', name: `Article ${2 * i + j}` }],
    }))
    const made = await admin<{ readonly createProductVariants: readonly { readonly id: string; readonly sku: string }[] }>('mutation($input:[CreateProductVariantInput!]!){createProductVariants(input:$input){id sku}}', { input })
    made.createProductVariants.forEach(({ id, sku }, j) => articles.push({ id, sku, price: input[j]!.price, tax, facets: [...new Set([...productFacets, ...input[j]!.facetValueIds])] }))
  }
  await admin('mutation($i:[ConfigurableOperationInput!]!){createCollection(input:{filters:$i,translations:[{languageCode:en,name:"Red things",slug:"red",description:""}]}){id}}', { i: [configured('facet-value-filter', { facetValueIds: [facets['red']!], containsAny: true })] })
  const delivery = await admin<{ readonly createShippingMethod: WithId }>(
    'mutation($c:ConfigurableOperationInput!,$k:ConfigurableOperationInput!){createShippingMethod(input:{code:"standard",fulfillmentHandler:"manual-fulfillment",calculator:$c,checker:$k,translations:[{languageCode:en,name:"Standard",description:""}]}){id}}',
    { c: configured('default-shipping-calculator', { rate: 490, includesTax: 'include', taxRate: 19 }), k: configured('default-shipping-eligibility-checker', { orderMinimum: 0 }) })
  return { articles, facets, delivery: delivery.createShippingMethod.id }
}

/** One number holds a blank: the house gives that article another name. */
const skuOf = (i: number): string => (i === 5 ? 'ART 5' : `ART-${i}`)

const taxed = async (admin: Admin, zoneId: string, name: string, value: number): Promise<string> => {
  const category = await admin<{ readonly createTaxCategory: WithId }>('mutation($n:String!){createTaxCategory(input:{name:$n}){id}}', { n: name })
  await admin('mutation($n:String!,$v:Float!,$c:ID!,$z:ID!){createTaxRate(input:{name:$n,enabled:true,value:$v,categoryId:$c,zoneId:$z}){id}}', { n: name, v: value, c: category.createTaxCategory.id, z: zoneId })
  return category.createTaxCategory.id
}

/** A promotion of every kind that the shop brings along, one of a plugin, one of which only the shop knows how often it was used. */
export const promotionsFor = ({ articles, facets }: Omit<Seeded, 'promotions'>): readonly NewPromotion[] => {
  const ids = (...at: readonly number[]): readonly string[] => at.map((i) => articles[i]!.id)
  return [
    { name: 'five off ten articles', code: 'FIVE', actions: [operation('order_fixed_discount', { discount: 500 })] },
    { name: 'ten percent', code: 'TEN', actions: [operation('order_percentage_discount', { discount: 10 })] },
    { name: 'organic 15', conditions: [operation('at_least_n_with_facets', { minimum: 2, facets: [facets['organic']!] })], actions: [operation('facet_based_discount', { discount: 15, facets: [facets['organic']!] })] },
    { name: 'some articles 12.5', conditions: [operation('contains_products', { minimum: 1, productVariantIds: ids(0, 3, 7) })], actions: [operation('products_percentage_discount', { discount: 12.5, productVariantIds: ids(0, 3, 7) })] },
    { name: 'thirty euros: three off', conditions: [operation('minimum_order_amount', { amount: 3000, taxInclusive: true })], actions: [operation('order_fixed_discount', { discount: 300 })] },
    { name: 'free delivery from 50', conditions: [operation('minimum_order_amount', { amount: 5000, taxInclusive: true })], actions: [operation('free_shipping')] },
    { name: 'two for one', conditions: [operation('buy_x_get_y_free', { amountX: 2, variantIdsX: ids(4, 5), amountY: 1, variantIdsY: ids(10, 11) })], actions: [operation('buy_x_get_y_free')] },
    { name: 'one euro per line', code: 'LINE', actions: [operation('order_line_fixed_discount', { discount: 100 })] },
    { name: 'over', actions: [operation('order_percentage_discount', { discount: 50 })], more: { endsAt: '2020-01-01T00:00:00.000Z' } },
    { name: 'not yet', actions: [operation('order_percentage_discount', { discount: 50 })], more: { startsAt: '2099-01-01T00:00:00.000Z' } },
    { name: 'switched off', actions: [operation('order_percentage_discount', { discount: 50 })], more: { enabled: false } },
    { name: 'full moon', code: 'MOON', conditions: [operation('full_moon')], actions: [operation('order_percentage_discount', { discount: 20 })] },
    { name: 'first hundred', code: 'FIRST', actions: [operation('order_percentage_discount', { discount: 5 })], more: { usageLimit: 100 } },
    { name: 'red, from twenty', code: 'RED', conditions: [operation('minimum_order_amount', { amount: 2000, taxInclusive: true })], actions: [operation('facet_based_discount', { discount: 10, facets: [facets['red']!] })] },
  ]
}

export const seedVendure = async (admin: Admin): Promise<Seeded> => {
  const goods = await seedGoods(admin)
  const promotions: Record<string, string> = {}
  for (const one of promotionsFor(goods)) promotions[one.name] = await addPromotion(admin, one)
  return { ...goods, promotions }
}
