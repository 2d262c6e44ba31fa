/** A feed as rows, whether it came as JSON or as a table. Half a feed is none: the one before it stays. */
import { readJson } from './feed-json.ts'
import { readFeedTable, type FeedRow, type FeedRows } from './feed-table.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'

/** Errors  why it is no whole feed. */
export const readFeedRows = (text: string): Result<FeedRows, string> => (/^\uFEFF?\s*[{[]/.test(text) ? readJson(text) : readTable(text))

const KINDS = new Set(['article', 'offer', 'delivery', 'shop'])

const readTable = (text: string): Result<FeedRows, string> => {
  const { columns, rows, bad, torn } = readFeedTable(text)
  if (torn) return err('it ends in the middle of a row')
  const missing = ['sku', 'price'].filter((column) => !columns.includes(column))
  if (missing.length > 0) return err(`no column ${missing.join(' and ')} in its first line`)
  const twice = columns.find((column, i) => column !== '' && columns.indexOf(column) !== i)
  if (twice !== undefined) return err(`two columns are called ${twice}`)
  const kindOf = ({ fields }: FeedRow): string => (fields['type'] ?? '') || 'article'
  const of = (kind: string): readonly FeedRow[] => rows.filter((row) => kindOf(row) === kind)
  return ok({
    shop: of('shop')[0]?.fields ?? {},
    articles: of('article'),
    offers: of('offer'),
    engineOffers: [],
    deliveries: of('delivery'),
    bad: [...bad, ...rows.filter((row) => !KINDS.has(kindOf(row))).map((row) => ({ line: row.line, why: `type "${kindOf(row)}" is not known` }))],
  })
}
