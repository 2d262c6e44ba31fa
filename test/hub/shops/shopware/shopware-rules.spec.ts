import { describe, expect, it } from 'vitest'
import { conditionOfRules, constantOf, ruleTree, selectOfRules, type RuledArticle, type RuleNode, type RuleWorld } from '#hub/shops/shopware/shopware-rules.ts'

const article = (sku: string, more: Partial<RuledArticle> = {}): RuledArticle => ({ sku, id: `id-${sku}`, parentId: null, categories: [], manufacturer: null, tags: [], properties: [], streams: [], priceMinor: 1000, ...more })
const WORLD: RuleWorld = {
  salesChannel: 'here',
  currency: 'eur',
  articles: [
    article('A', { categories: ['c1', 'c2'], manufacturer: 'm1', priceMinor: 999 }),
    article('B', { categories: ['c1'], tags: ['t1'], priceMinor: 1000 }),
    article('C1', { parentId: 'id-C', properties: ['red'], streams: ['s1'], priceMinor: 1001 }),
    article('C2', { parentId: 'id-C', properties: ['blue'] }),
  ],
}
const leaf = (type: string, value: RuleNode['value'] = {}, children: readonly RuleNode[] = []): RuleNode => ({ type, value, children })
const conditionOf = (...rules: readonly RuleNode[]): unknown => conditionOfRules(rules, WORLD)

describe('a rule of the rule builder', () => {
  it('is the tree of its flat list, in the order of its positions', () => {
    const conditions = [
      { id: '3', type: 'b', parentId: '1', position: 1, value: { x: 1 } },
      { id: '2', type: 'a', parentId: '1', position: 0, value: [] },
      { id: '1', type: 'orContainer', parentId: null, position: 0, value: null },
    ]
    expect(ruleTree({ id: 'r', name: 'r', priority: 1, conditions })).toEqual(leaf('andContainer', {}, [leaf('orContainer', {}, [leaf('a'), leaf('b', { x: 1 })])]))
  })
  it.each([
    ['the worth of goods', leaf('cartGoodsPrice', { operator: '>=', amount: 49.99 }), { type: 'subtotal', op: 'gte', amountMinor: 4999, basis: 'initial' }],
    ['the worth of some goods', leaf('cartGoodsPrice', { operator: '<', amount: 20 }, [leaf('cartLineItemInCategory', { operator: '=', categoryIds: ['c1'] })]), { type: 'subtotal', op: 'lt', amountMinor: 2000, basis: 'initial', select: { taxons: ['c1'], taxonMode: 'direct' } }],
    ['not that worth', leaf('cartGoodsPrice', { operator: '!=', amount: 20 }), { type: 'not', of: { type: 'subtotal', op: 'eq', amountMinor: 2000, basis: 'initial' } }],
    ['the number of goods', leaf('cartLineItemGoodsTotal', { operator: '>', count: 3 }), { type: 'quantity', op: 'gt', value: 3 }],
    ['so many of one article', leaf('cartLineItemWithQuantity', { operator: '>=', id: 'id-A', quantity: 2 }), { type: 'lineQuantity', op: 'gte', value: 2, select: { skus: ['A'] } }],
    ['so many of one variant of a product', leaf('cartLineItemWithQuantity', { operator: '=', id: 'id-C', quantity: 2 }), { type: 'lineQuantity', op: 'eq', value: 2, select: { skus: ['C1', 'C2'] } }],
    ['an article in the cart', leaf('cartLineItem', { operator: '=', identifiers: ['id-B'] }), { type: 'contains', select: { skus: ['B'] } }],
    ['a group of customers', leaf('customerCustomerGroup', { operator: '=', customerGroupIds: ['g'] }), { type: 'customerGroup', in: ['g'] }],
    ['one of several', leaf('orContainer', {}, [leaf('cartLineItemGoodsTotal', { operator: '>=', count: 3 }), leaf('cartGoodsPrice', { operator: '>=', amount: 10 })]), { type: 'any', of: [{ type: 'quantity', op: 'gte', value: 3 }, { type: 'subtotal', op: 'gte', amountMinor: 1000, basis: 'initial' }] }],
    ['the opposite', leaf('notContainer', {}, [leaf('cartLineItemGoodsTotal', { operator: '>=', count: 3 })]), { type: 'not', of: { type: 'quantity', op: 'gte', value: 3 } }],
    ['here', leaf('salesChannel', { operator: '=', salesChannelIds: ['here'] }), { type: 'all', of: [] }],
    ['elsewhere', leaf('salesChannel', { operator: '!=', salesChannelIds: ['here'] }), { type: 'never' }],
    ['this currency', leaf('currency', { operator: '=', currencyIds: ['eur', 'usd'] }), { type: 'all', of: [] }],
    ['always', leaf('alwaysValid', { isAlwaysValid: true }), { type: 'all', of: [] }],
  ])('on %s is a condition', (_, rule, condition) => {
    expect(conditionOf(rule)).toEqual(condition)
  })
  it('together with one that always holds is no condition', () => {
    expect(conditionOf(leaf('alwaysValid'), leaf('cartGoodsPrice', { operator: '>=', amount: 10 }))).toEqual({ type: 'all', of: [] })
  })
  it.each([
    [leaf('cartCartAmount', { operator: '>=', amount: 10 }), 'rule "cartCartAmount" looks at what other promotions left of the cart'],
    [leaf('cartGoodsCount', { operator: '>=', count: 1 }), 'rule "cartGoodsCount" counts lines of the cart, not pieces'],
    [leaf('timeRange', { fromTime: '08:00', toTime: '10:00' }), 'rule "timeRange" goes by the clock of the shop\'s server'],
    [leaf('cartLineItemInCategory', { operator: '!=', categoryIds: ['c1'] }), 'rule "cartLineItemInCategory" says what is not in the cart, where its promotions stand too'],
    [leaf('cartGoodsPrice', { operator: 'about', amount: 10 }), 'rule "cartGoodsPrice" is not one that can be decided outside of the shop'],
    [leaf('cartGoodsPrice', { operator: '>=', amount: 10.005 }), 'rule "cartGoodsPrice" is not one that can be decided outside of the shop'],
    [leaf('cartGoodsPrice', { operator: '>=' }), 'rule "cartGoodsPrice" is not one that can be decided outside of the shop'],
    [leaf('orContainer', {}, [leaf('alwaysValid'), leaf('myPlugin')]), 'rule "myPlugin" is not one that can be decided outside of the shop'],
    [leaf('xorContainer', {}, [leaf('alwaysValid')]), 'rule "xorContainer" is not one that can be decided outside of the shop'],
    [leaf('toString'), 'rule "toString" is not one that can be decided outside of the shop'],
    [leaf('cartLineItem', { operator: '=', identifiers: 'id-A' }), 'rule "cartLineItem" is not one that can be decided outside of the shop'],
  ])('%j cannot be decided: %s', (rule, why) => {
    expect(conditionOf(rule)).toEqual({ why })
  })
})

describe('the articles of a rule', () => {
  const skusOf = (...rules: readonly RuleNode[]): unknown => {
    const select = selectOfRules(rules, WORLD)
    return select && 'skus' in select ? select.skus : select
  }
  it.each([
    ['named', leaf('cartLineItem', { operator: '=', identifiers: ['id-A', 'id-C'] }), ['A', 'C1', 'C2']],
    ['not named', leaf('cartLineItem', { operator: '!=', identifiers: ['id-A'] }), ['B', 'C1', 'C2']],
    ['not in a category', leaf('cartLineItemInCategory', { operator: '!=', categoryIds: ['c2'] }), ['B', 'C1', 'C2']],
    ['of a manufacturer', leaf('cartLineItemOfManufacturer', { operator: '=', manufacturerIds: ['m1'] }), ['A']],
    ['with a tag', leaf('cartLineItemTag', { operator: '=', identifiers: ['t1'] }), ['B']],
    ['with a property', leaf('cartLineItemProperty', { operator: '=', identifiers: ['red', 'green'] }), ['C1']],
    ['in a stream', leaf('cartLineItemInProductStream', { operator: '=', streamIds: ['s1'] }), ['C1']],
    ['up to a price', leaf('cartLineItemUnitPrice', { operator: '<=', amount: 10 }), ['A', 'B', 'C2']],
    ['above a price', leaf('cartLineItemUnitPrice', { operator: '>', amount: 10 }), ['C1']],
    ['of one kind and another', leaf('andContainer', {}, [leaf('cartLineItemInCategory', { operator: '=', categoryIds: ['c1'] }), leaf('cartLineItemUnitPrice', { operator: '<', amount: 10 })]), ['A']],
    ['of everything', leaf('alwaysValid'), ['A', 'B', 'C1', 'C2']],
    ['of nothing', leaf('salesChannel', { operator: '=', salesChannelIds: ['elsewhere'] }), []],
  ])('%s', (_, rule, skus) => {
    expect(skusOf(rule)).toEqual(skus)
  })
  it('are those of one rule or the other', () => {
    expect(skusOf(leaf('cartLineItemTag', { operator: '=', identifiers: ['t1'] }), leaf('cartLineItemOfManufacturer', { operator: '=', manufacturerIds: ['m1'] }))).toEqual(['A', 'B'])
  })
  it('in categories stay categories, for articles to come', () => {
    expect(selectOfRules([leaf('orContainer', {}, [leaf('andContainer', {}, [leaf('cartLineItemInCategory', { operator: '=', categoryIds: ['c2'] })])])], WORLD)).toEqual({ taxons: ['c2'], taxonMode: 'direct' })
  })
  it('without a rule are all', () => {
    expect(selectOfRules([], WORLD)).toBeNull()
  })
  it('of a plugin, or without single variants, cannot be told', () => {
    expect(skusOf(leaf('cartLineItemIsNew', { isNew: true }))).toEqual({ why: 'rule "cartLineItemIsNew" is not one that can be decided outside of the shop' })
    for (const id of ['id-C1', 'id-C']) expect(skusOf(leaf('cartLineItem', { operator: '!=', identifiers: [id] }))).toEqual({ why: 'which variants its rule leaves out is another thing in every version of the shop' })
  })
  it('are told as too many where they are', () => {
    const articles = Array.from({ length: 501 }, (_, i) => article(`S${i}`))
    expect(selectOfRules([leaf('alwaysValid')], { ...WORLD, articles })).toEqual({ why: 'its rule holds for 501 articles, more than 500 that an offer may name' })
  })
})

describe('whether a rule holds for everybody', () => {
  it.each([
    [leaf('alwaysValid'), true],
    [leaf('cartGoodsPrice', { operator: '>=', amount: 0 }), true],
    [leaf('cartGoodsPrice', { operator: '>=', amount: 1 }), null],
    [leaf('salesChannel', { operator: '=', salesChannelIds: ['elsewhere'] }), false],
    [leaf('orContainer', {}, [leaf('cartGoodsPrice', { operator: '>=', amount: 1 }), leaf('alwaysValid')]), true],
    [leaf('andContainer', {}, [leaf('cartGoodsPrice', { operator: '>=', amount: 1 }), leaf('salesChannel', { operator: '=', salesChannelIds: ['elsewhere'] })]), false],
    [leaf('notContainer', {}, [leaf('alwaysValid')]), false],
    [leaf('myPlugin'), null],
  ])('%j: %s', (rule, constant) => {
    expect(constantOf(rule, WORLD)).toBe(constant)
  })
})
