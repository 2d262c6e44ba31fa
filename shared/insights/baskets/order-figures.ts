/** Orders of a web shop or till in figures, to the last penny. */
import { amountsOf, writeAmount, type Amounts } from '../amounts.ts'

/**
 * Which order of its customer this is, and which of those with goods that were sold; counted from 1 in the order of the table. That is all that figures need to know of a customer.
 * Shape   `sold` null: nothing of it was sold.
 */
export type CustomerTurn = { readonly order: number; readonly sold: number | null }

/**
 * One line of an order.
 * Units   `price` in millionths of the currency, one piece; `quantity` below nought is taken back.
 * Shape   `at` as written, ascending texts ascend in time; `goods`: an article, no postage or fee; `turn` null: nobody knows the customer.
 */
export type OrderLine = {
  readonly order: string
  readonly sku: string
  readonly name: string
  readonly quantity: number
  readonly at: string
  readonly price: bigint
  readonly turn: CustomerTurn | null
  readonly country: string
  readonly cancelled: boolean
  readonly goods: boolean
}

export type OrderFigures = {
  readonly rows: number
  readonly orders: number
  readonly cancelledOrders: number
  readonly cancelledRows: number
  readonly rowsQuantityNegative: number
  readonly rowsPriceZero: number
  readonly rowsWithoutCustomer: number
  readonly rowsWithoutName: number
  readonly exactDuplicates: number
  readonly customers: number
  readonly first: string | null
  readonly last: string | null
  /** Codes that are no articles, with their rows. */
  readonly otherCodes: Readonly<Record<string, number>>
  readonly countries: Readonly<Record<string, number>>
  readonly sumAll: string
  readonly sumCancelled: string
  /** Sold goods alone: not cancelled, quantity and price above nought, an article's number. */
  readonly sold: {
    readonly rows: number
    readonly orders: number
    readonly customers: number
    readonly repeatCustomers: number
    /** Worth of the orders. */
    readonly worth: Amounts
    readonly byMonth: Readonly<Record<string, string>>
    readonly byRevenue: readonly { readonly sku: string; readonly name: string; readonly revenue: string }[]
    readonly byUnits: readonly { readonly sku: string; readonly name: string; readonly units: number }[]
  }
}

const MOST_LISTED = 10

/** Whether a line is goods that were sold and kept. */
export const isSold = ({ cancelled, quantity, price, goods }: Pick<OrderLine, 'cancelled' | 'quantity' | 'price' | 'goods'>): boolean => !cancelled && quantity > 0 && price > 0n && goods

/** Order  lists by size, most first, equal ones by number. */
export const orderFiguresOf = (lines: readonly OrderLine[]): OrderFigures => {
  const cancelled = lines.filter((line) => line.cancelled)
  const times = lines.map(({ at }) => at).sort()
  return {
    rows: lines.length,
    orders: distinct(lines, ({ order }) => order),
    cancelledOrders: distinct(cancelled, ({ order }) => order),
    cancelledRows: cancelled.length,
    rowsQuantityNegative: lines.filter(({ quantity }) => quantity < 0).length,
    rowsPriceZero: lines.filter(({ price }) => price === 0n).length,
    rowsWithoutCustomer: lines.filter(({ turn }) => turn === null).length,
    rowsWithoutName: lines.filter(({ name }) => name === '').length,
    exactDuplicates: lines.length - distinct(lines, (line) => JSON.stringify([line.order, line.sku, line.name, line.quantity, line.at, String(line.price), line.country])),
    customers: ordersWhere(lines, ({ order }) => order === 1),
    first: times[0] ?? null,
    last: times.at(-1) ?? null,
    otherCodes: countsOf(lines.filter(({ goods }) => !goods), ({ sku }) => sku),
    countries: countsOf(lines, ({ country }) => country),
    sumAll: writeAmount(worthOf(lines)),
    sumCancelled: writeAmount(worthOf(cancelled)),
    sold: soldFigures(lines.filter(isSold)),
  }
}

const soldFigures = (lines: readonly OrderLine[]): OrderFigures['sold'] => {
  const orders = Map.groupBy(lines, ({ order }) => order)
  const articles = [...Map.groupBy(lines, ({ sku }) => sku)].map(([sku, own]) => ({ sku, name: commonest(own.map(({ name }) => name)), revenue: worthOf(own), units: own.reduce((sum, { quantity }) => sum + quantity, 0) }))
  const bySku = (a: { readonly sku: string }, b: { readonly sku: string }): number => (a.sku < b.sku ? -1 : 1)
  const months = [...Map.groupBy(lines, ({ at }) => at.slice(0, 7))].sort(([a], [b]) => (a < b ? -1 : 1))
  return {
    rows: lines.length,
    orders: orders.size,
    customers: ordersWhere(lines, ({ sold }) => sold === 1),
    repeatCustomers: ordersWhere(lines, ({ sold }) => sold === 2),
    worth: amountsOf([...orders.values()].map(worthOf)),
    byMonth: Object.fromEntries(months.map(([month, own]) => [month, writeAmount(worthOf(own))])),
    byRevenue: articles.sort((a, b) => (a.revenue < b.revenue ? 1 : a.revenue > b.revenue ? -1 : bySku(a, b))).slice(0, MOST_LISTED).map(({ sku, name, revenue }) => ({ sku, name, revenue: writeAmount(revenue) })),
    byUnits: articles.sort((a, b) => b.units - a.units || bySku(a, b)).slice(0, MOST_LISTED).map(({ sku, name, units }) => ({ sku, name, units })),
  }
}

/** The name an article has most often; of equal ones the first by code units. */
export const commonest = (names: readonly string[]): string => {
  const counts = Object.entries(countsOf(names, (name) => name))
  return counts.sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))[0]?.[0] ?? ''
}

/** Whoever orders for the first time is one more customer, whoever does so for the second time one who came back. */
const ordersWhere = (lines: readonly OrderLine[], is: (turn: CustomerTurn) => boolean): number => distinct(lines.filter(({ turn }) => turn !== null && is(turn)), ({ order }) => order)
const worthOf = (lines: readonly OrderLine[]): bigint => lines.reduce((sum, { price, quantity }) => sum + price * BigInt(quantity), 0n)
const distinct = <T>(all: readonly T[], of: (one: T) => string): number => new Set(all.map(of)).size
const countsOf = <T>(all: readonly T[], of: (one: T) => string): Readonly<Record<string, number>> =>
  Object.fromEntries([...Map.groupBy(all, of)].map(([key, own]) => [key, own.length]))
