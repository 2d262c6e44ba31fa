/** A feed as JSON: the same fields as in the table, in lists; numbers may stand as numbers. */
import * as v from 'valibot'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import type { BadRow, FeedRow, FeedRows } from './feed-table.ts'

const list = v.optional(v.array(v.unknown()), [])
const feedSchema = v.looseObject({
  format: v.literal('einklang-feed-1'),
  shop: v.optional(v.record(v.string(), v.unknown()), {}),
  /** How many articles there are; a feed that says so cannot be half. */
  count: v.optional(v.number()),
  articles: v.array(v.unknown()),
  offers: list,
  deliveries: list,
})

/** Errors  why it is no whole feed. */
export const readJson = (text: string): Result<FeedRows, string> => {
  const json = parsed(text)
  if (json === null) return err('it is no JSON to its end')
  const read = v.safeParse(feedSchema, json)
  if (!read.success) return err(`${v.getDotPath(read.issues[0]) ?? 'the whole'}: ${read.issues[0].message}`.slice(0, 200))
  const { shop, count, articles, offers, deliveries } = read.output
  if (count !== undefined && count !== articles.length) return err(`it says ${count} articles and holds ${articles.length}`)
  const bad: BadRow[] = []
  const rows = (name: string, all: readonly unknown[]): readonly FeedRow[] => all.flatMap((one, i): readonly FeedRow[] => rowOf(`${name}[${i}]`, one, bad))
  const isEngine = (one: unknown): one is { readonly offer: unknown } => typeof one === 'object' && one !== null && 'offer' in one
  return ok({
    shop: rowOf('shop', shop, bad)[0]?.fields ?? {},
    articles: rows('articles', articles),
    offers: offers.flatMap((one, i) => (isEngine(one) ? [] : rowOf(`offers[${i}]`, one, bad))),
    engineOffers: offers.flatMap((one, i) => {
      if (!isEngine(one)) return []
      const { offer, ...told } = one
      return rowOf(`offers[${i}]`, told, bad).map(({ line, fields }) => ({ line, fields, json: offer }))
    }),
    deliveries: rows('deliveries', deliveries),
    bad,
  })
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return null
  }
}

const rowOf = (line: string, one: unknown, bad: BadRow[]): readonly FeedRow[] => {
  const entries = typeof one === 'object' && one !== null && !Array.isArray(one) ? Object.entries(one) : null
  const odd = entries?.find(([, value]) => textOf(value) === null)
  if (entries && !odd) return [{ line, fields: Object.fromEntries(entries.map(([name, value]) => [name.toLowerCase(), textOf(value)!])) }]
  bad.push({ line, why: odd ? `${odd[0]} is neither a text nor a number` : 'no object' })
  return []
}

/** Lists as the table writes them. */
const textOf = (value: unknown): string | null => {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value.trim()
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return Array.isArray(value) && value.every((one) => typeof one === 'string' || typeof one === 'number') ? value.join('|') : null
}
