/**
 * Rules of the shop's rule builder as conditions and as lists of articles. Pure. What nobody outside can decide alike says why.
 * Source  the shop's own rules by their technical names; every other one is a plugin's.
 */
import { minorOf } from '#hub/ports/web-shop/decimal.ts'
import type { Comparison, Condition, Filter } from '#shared/offers/offer.ts'
import type { RuleRecord } from './shopware-replies.ts'

export type Why = { readonly why: string }

/** What rules look at in a line of the cart; the facts of an article that its line takes along. */
export type RuledArticle = {
  readonly sku: string
  readonly id: string
  readonly parentId: string | null
  readonly categories: readonly string[]
  readonly manufacturer: string | null
  readonly tags: readonly string[]
  readonly properties: readonly string[]
  readonly streams: readonly string[]
  readonly priceMinor: number
}

/** What is the same for every visitor of the sales channel. */
export type RuleWorld = { readonly articles: readonly RuledArticle[]; readonly salesChannel: string; readonly currency: string }

export type RuleNode = { readonly type: string; readonly value: { readonly [name: string]: unknown }; readonly children: readonly RuleNode[] }

/** Longest list of articles that an offer may name. */
const MAX_ARTICLES = 500
const ALWAYS: Condition = { type: 'all', of: [] }
const NEVER: Condition = { type: 'never' }

/** The flat list of a rule as the tree that it stands for; several roots hold together. */
export const ruleTree = ({ conditions }: RuleRecord): RuleNode => {
  const childrenOf = (parent: string | null): readonly RuleNode[] =>
    conditions
      .filter(({ parentId }) => parentId === parent)
      .sort((a, b) => (a.position ?? 0) - (b.position ?? 0))
      .map(({ id, type, value }) => ({ type, value: fieldsOf(value), children: childrenOf(id) }))
  return { type: 'andContainer', value: {}, children: childrenOf(null) }
}

const fieldsOf = (value: unknown): RuleNode['value'] => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as RuleNode['value']) : {})

export const isWhy = (one: object): one is Why => 'why' in one

const unknown = (type: string): Why => ({ why: `rule "${type}" is not one that can be decided outside of the shop` })

/** One of several rules must hold. */
export const conditionOfRules = (rules: readonly RuleNode[], world: RuleWorld): Condition | Why => joined('any', rules.map((rule) => conditionOf(rule, world)))

const joined = (type: 'all' | 'any', parts: readonly (Condition | Why)[]): Condition | Why => {
  const fault = parts.find(isWhy)
  if (fault) return fault
  const of = (parts as readonly Condition[]).filter((part) => part.type !== 'all' || part.of.length > 0)
  if (type === 'any' && of.length < parts.length) return ALWAYS
  return of.length === 1 ? of[0]! : { type, of }
}

const conditionOf = (node: RuleNode, world: RuleWorld): Condition | Why => {
  const { type, value, children } = node
  switch (type) {
    case 'andContainer':
      return joined('all', children.map((child) => conditionOf(child, world)))
    case 'orContainer':
      return children.length === 0 ? ALWAYS : joined('any', children.map((child) => conditionOf(child, world)))
    case 'notContainer': {
      const inner = joined('all', children.map((child) => conditionOf(child, world)))
      return isWhy(inner) ? inner : { type: 'not', of: inner }
    }
    case 'alwaysValid':
      return value['isAlwaysValid'] === false ? NEVER : ALWAYS
    case 'salesChannel':
      return fixed(value, 'salesChannelIds', world.salesChannel, type)
    case 'currency':
      return fixed(value, 'currencyIds', world.currency, type)
    case 'customerCustomerGroup':
      return value['operator'] === '=' && listIn(value, 'customerGroupIds') ? { type: 'customerGroup', in: listIn(value, 'customerGroupIds')! } : unknown(type)
    case 'cartGoodsPrice':
      return compared(node, world, 'amount')
    case 'cartLineItemGoodsTotal':
      return compared(node, world, 'count')
    case 'cartLineItemWithQuantity':
      return lineWithQuantity(value, world, type)
    case 'cartGoodsCount':
    case 'cartLineItemsInCartCount':
      return { why: `rule "${type}" counts lines of the cart, not pieces` }
    case 'cartCartAmount':
      return { why: 'rule "cartCartAmount" looks at what other promotions left of the cart' }
    case 'dateRange':
    case 'timeRange':
    case 'dayOfWeek':
      return { why: `rule "${type}" goes by the clock of the shop's server` }
    default:
      return anyLine(node, world)
  }
}

const fixed = (value: RuleNode['value'], name: string, ours: string, type: string): Condition | Why => {
  const ids = listIn(value, name)
  if (!ids || (value['operator'] !== '=' && value['operator'] !== '!=')) return unknown(type)
  return ids.includes(ours) === (value['operator'] === '=') ? ALWAYS : NEVER
}

/** Some line is one of these articles. Said the other way round, the shop also counts its own lines of promotions. */
const anyLine = (node: RuleNode, world: RuleWorld): Condition | Why => {
  if (!LINE_RULES.has(node.type)) return unknown(node.type)
  if (node.value['operator'] !== '=' && node.type !== 'cartLineItemUnitPrice') return { why: `rule "${node.type}" says what is not in the cart, where its promotions stand too` }
  const select = selectOfNodes([node], world)
  return isWhy(select) ? select : { type: 'contains', select }
}

const compared = ({ type, value, children }: RuleNode, world: RuleWorld, name: 'amount' | 'count'): Condition | Why => {
  const limit = name === 'amount' ? amountIn(value) : countIn(value, 'count')
  const select = children.length === 0 ? null : selectOfNodes([{ type: 'andContainer', value: {}, children }], world)
  if (select && isWhy(select)) return select
  const narrowed = select ? { select } : {}
  if (limit === null) return unknown(type)
  return withOperator(value['operator'], type, (op) => (name === 'amount' ? { type: 'subtotal', op, amountMinor: limit, basis: 'initial', ...narrowed } : { type: 'quantity', op, value: limit, ...narrowed }))
}

const lineWithQuantity = (value: RuleNode['value'], world: RuleWorld, type: string): Condition | Why => {
  const quantity = countIn(value, 'quantity')
  if (typeof value['id'] !== 'string' || quantity === null) return unknown(type)
  const skus = world.articles.filter(({ id, parentId }) => id === value['id'] || parentId === value['id']).map(({ sku }) => sku)
  return withOperator(value['operator'], type, (op) => ({ type: 'lineQuantity', op, value: quantity, select: { skus } }))
}

const OPERATORS: { readonly [operator: string]: Comparison } = { '>=': 'gte', '<=': 'lte', '>': 'gt', '<': 'lt', '=': 'eq' }

const withOperator = (operator: unknown, type: string, condition: (op: Comparison) => Condition): Condition | Why => {
  if (operator === '!=' && type !== 'cartLineItemWithQuantity') return { type: 'not', of: condition('eq') }
  const op = typeof operator === 'string' && Object.hasOwn(OPERATORS, operator) ? OPERATORS[operator]! : null
  return op === null ? unknown(type) : condition(op)
}

const listIn = (value: RuleNode['value'], name: string): readonly string[] | null => {
  const list = value[name]
  return Array.isArray(list) && list.every((one) => typeof one === 'string') ? list : null
}
const amountIn = ({ amount }: RuleNode['value']): number | null => (typeof amount === 'number' && amount >= 0 ? minorOf(amount) : null)
const countIn = (value: RuleNode['value'], name: string): number | null => (typeof value[name] === 'number' && Number.isInteger(value[name]) && value[name] >= 0 ? value[name] : null)

/** The articles on which one of several rules holds; null where there is no rule, so all of them. */
export const selectOfRules = (rules: readonly RuleNode[], world: RuleWorld): Filter | Why | null => (rules.length === 0 ? null : selectOfNodes(rules, world))

const selectOfNodes = (nodes: readonly RuleNode[], world: RuleWorld): Filter | Why => {
  const fault = nodes.map((node) => lineFault(node, world)).find((one) => one !== null)
  if (fault) return fault
  const taxons = nodes.map(plainCategories)
  if (taxons.every((list) => list !== null)) return { taxons: [...new Set(taxons.flat())], taxonMode: 'direct' }
  const skus = world.articles.filter((article) => nodes.some((node) => holdsFor(node, article, world))).map(({ sku }) => sku)
  return skus.length > MAX_ARTICLES ? { why: `its rule holds for ${skus.length} articles, more than ${MAX_ARTICLES} that an offer may name` } : { skus }
}

/** Nothing but "in one of these categories": a list that new articles join by themselves. */
const plainCategories = (node: RuleNode): readonly string[] | null => {
  if (node.type === 'andContainer' || node.type === 'orContainer') return node.children.length === 1 ? plainCategories(node.children[0]!) : null
  return node.type === 'cartLineItemInCategory' && node.value['operator'] === '=' ? listIn(node.value, 'categoryIds') : null
}

const LISTS: { readonly [type: string]: { readonly field: string; readonly of: (article: RuledArticle) => readonly string[] } } = {
  cartLineItem: { field: 'identifiers', of: ({ id, parentId }) => (parentId === null ? [id] : [id, parentId]) },
  cartLineItemInCategory: { field: 'categoryIds', of: ({ categories }) => categories },
  cartLineItemOfManufacturer: { field: 'manufacturerIds', of: ({ manufacturer }) => (manufacturer === null ? [] : [manufacturer]) },
  cartLineItemTag: { field: 'identifiers', of: ({ tags }) => tags },
  cartLineItemProperty: { field: 'identifiers', of: ({ properties }) => properties },
  cartLineItemInProductStream: { field: 'streamIds', of: ({ streams }) => streams },
}
const LINE_RULES = new Set([...Object.keys(LISTS), 'cartLineItemUnitPrice'])

/** Why nobody can say for which articles a rule holds; null if one can. */
const lineFault = ({ type, value, children }: RuleNode, world: RuleWorld): Why | null => {
  switch (type) {
    case 'andContainer':
    case 'orContainer':
    case 'notContainer':
      return children.map((child) => lineFault(child, world)).find((fault) => fault !== null) ?? null
    case 'alwaysValid':
      return null
    case 'salesChannel':
    case 'currency': {
      const condition = conditionOf({ type, value, children }, world)
      return isWhy(condition) ? condition : null
    }
    case 'cartLineItemUnitPrice':
      return amountIn(value) === null || (value['operator'] !== '!=' && !Object.hasOwn(OPERATORS, String(value['operator']))) ? unknown(type) : null
    default:
      return listFault(type, value, world)
  }
}

const listFault = (type: string, value: RuleNode['value'], { articles }: RuleWorld): Why | null => {
  const rule = Object.hasOwn(LISTS, type) ? LISTS[type]! : null
  const ids = rule && listIn(value, rule.field)
  if (!ids || (value['operator'] !== '=' && value['operator'] !== '!=')) return unknown(type)
  // Which of the two counts is another thing in every version.
  const isSplit = type === 'cartLineItem' && value['operator'] === '!=' && articles.some(({ id, parentId }) => parentId !== null && ids.includes(id) !== ids.includes(parentId))
  return isSplit ? { why: 'which variants its rule leaves out is another thing in every version of the shop' } : null
}

const holdsFor = (node: RuleNode, article: RuledArticle, world: RuleWorld): boolean => {
  const { type, value, children } = node
  switch (type) {
    case 'andContainer':
      return children.every((child) => holdsFor(child, article, world))
    case 'orContainer':
      return children.length === 0 || children.some((child) => holdsFor(child, article, world))
    case 'notContainer':
      return !children.every((child) => holdsFor(child, article, world))
    case 'alwaysValid':
    case 'salesChannel':
    case 'currency':
      return constantOf(node, world) === true
    case 'cartLineItemUnitPrice':
      return isMet(article.priceMinor, value['operator'], amountIn(value)!)
    default: {
      const { field, of } = LISTS[type]!
      const ids = listIn(value, field)!
      return of(article).some((id) => ids.includes(id)) === (value['operator'] === '=')
    }
  }
}

const isMet = (value: number, operator: unknown, limit: number): boolean => {
  switch (operator) {
    case '>=':
      return value >= limit
    case '<=':
      return value <= limit
    case '>':
      return value > limit
    case '<':
      return value < limit
    case '!=':
      return value !== limit
    default:
      return value === limit
  }
}

/** Whether a rule holds for every visitor alike; null where that depends. */
export const constantOf = (rule: RuleNode, world: RuleWorld): boolean | null => {
  const condition = conditionOf(rule, world)
  return isWhy(condition) ? null : constant(condition)
}

const constant = (condition: Condition): boolean | null => {
  switch (condition.type) {
    case 'never':
      return false
    case 'not': {
      const inner = constant(condition.of)
      return inner === null ? null : !inner
    }
    case 'all':
    case 'any': {
      const parts = new Set(condition.of.map(constant))
      const decisive = condition.type === 'any'
      if (parts.has(decisive)) return decisive
      return parts.has(null) ? null : !decisive
    }
    case 'subtotal':
      return condition.op === 'gte' && condition.amountMinor === 0 ? true : null
    case 'quantity':
      return condition.op === 'gte' && condition.value === 0 ? true : null
    default:
      return null
  }
}
