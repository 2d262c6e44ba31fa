/** `npm run insights -- baskets|also-bought`: what is bought together, out of the hub's book of baskets. */
import type { BasketBook, BookedBasket } from '#hub/ports/basket-book.ts'
import { pairsBeside } from '#hub/use-cases/bought/choose-beside.ts'
import { bookedBaskets, countAtOnce, countingSteps } from '#hub/use-cases/bought/count-baskets.ts'
import { shelfOf } from '#hub/use-cases/bought/shelf-of.ts'
import type { OrderLine } from '#shared/insights/baskets/order-figures.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import { documentsToAssortment } from '#shared/protocol/documents.ts'
import type { Documents } from '#shared/sync/release.ts'
import { basketsJson, ordersJson, type BasketsAsked } from './baskets-view.ts'
import { rounded, type JsonObject } from './figure-json.ts'

/** Shape  orders in figures where the source tells prices; times are those of the world. Errors  a sentence that names the sources. */
export const storedBasketsView = (book: Pick<BasketBook, 'all' | 'sources'>, source: string | undefined, asked: BasketsAsked): Result<JsonObject, string> => {
  const sources = book.sources().map((one) => one.source)
  const name = source ?? (sources.length === 1 ? sources[0] : undefined)
  if (name === undefined || !sources.includes(name)) return err(sources.length === 0 ? 'there are no baskets yet: npm run import -- orders FILE' : `which baskets? --source ${sources.join(' or --source ')}`)
  const baskets = [...book.all(name)]
  const rows = baskets.reduce((sum, { lines }) => sum + lines.length, 0)
  if (baskets.some(({ lines }) => lines.some(({ priceMicros }) => priceMicros !== null))) return ok({ source: name, ...ordersJson(baskets.flatMap(orderLines), asked) })
  return ok({ source: name, rows, ...basketsJson(baskets.filter(({ cancelled }) => !cancelled).map(({ lines }) => lines.filter(({ quantity, goods }) => quantity > 0 && goods).map(({ item }) => item)), asked) })
}

const orderLines = ({ id, at, country, cancelled, turn, lines }: BookedBasket): readonly OrderLine[] =>
  lines.map(({ item, name, quantity, priceMicros, goods, afterMs }) => ({
    order: id,
    sku: item,
    name,
    quantity,
    at: at === null ? '' : new Date(at + afterMs).toISOString(),
    price: BigInt(priceMicros ?? 0),
    turn,
    country,
    cancelled,
    goods,
  }))

/** What would stand beside articles of the store if it were counted now. Errors  without anything to sell. */
export const alsoBoughtView = (book: BasketBook, items: Documents, { anchors, limit }: BasketsAsked): Result<JsonObject, string> => {
  const assortment = documentsToAssortment({ hash: '', items })
  if (!assortment.ok) return err('the store sells nothing yet')
  const shelf = shelfOf(assortment.value)
  const rules = countAtOnce(countingSteps(bookedBaskets(book), shelf, { demo: false }))
  const { baskets, unknown, unpaired } = rules
  const asked = anchors.length > 0 ? anchors : Object.entries(rules.items).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, limit).map(([sku]) => sku)
  const beside = asked.map((sku) => ({
    sku,
    name: shelf.product(sku)?.name.de ?? null,
    n: rules.items[sku] ?? 0,
    beside: pairsBeside(sku, { rules, choices: [], shelf }).map(({ other, nBoth, measures, verdict }) => ({
      sku: other,
      name: shelf.product(other)?.name.de ?? null,
      nBoth,
      support: measures && rounded(measures.support, 5),
      confidence: measures && rounded(measures.confidence, 4),
      lift: measures && rounded(measures.lift, 4),
      llr: measures && rounded(measures.llr, 4),
      verdict,
    })),
  }))
  return ok({ baskets, unknown, unpaired, sources: book.sources().map(({ source, baskets: n, ordered, cancelled }) => ({ source, baskets: n, ordered, cancelled })), articles: beside })
}
