/** What all the offers cost: one quote of a full basket against a loop that only multiplies and adds. */
import type { Basket } from '#shared/basket/basket.ts'
import { quoteBasket } from '#shared/basket/quote-basket.ts'
import { localTime, millis } from '#shared/kernel/time.ts'
import { documentsToAssortment } from '#shared/protocol/documents.ts'
import { demoDocuments } from '../../shops/builtin/demo/demo-documents.ts'
import { compare, takeTurns, type Comparison } from './measure.ts'

const LINES = 20

export const quotePrice = (): Comparison => {
  const now = millis(Date.now())
  const read = documentsToAssortment({ hash: 'bench', items: demoDocuments(localTime(now, 'Europe/Berlin').day) })
  if (!read.ok) throw new Error(`the demo shop cannot be read: ${read.error.id}`)
  const assortment = read.value
  const skus = [...assortment.productsBySku.keys()]
  const basket: Basket = { lines: skus.filter((_, i) => i % Math.floor(skus.length / LINES) === 0).slice(0, LINES).map((sku, i) => ({ sku, quantity: 1 + (i % 4) })), codes: [], delivery: 'pickup' }
  const ours = (): number => quoteBasket(basket, assortment, { now, channel: 'store', clockVerified: true }).totalCents
  const peer = (): number => basket.lines.reduce((sum, { sku, quantity }) => sum + (assortment.productsBySku.get(sku)?.priceCents ?? 0) * quantity, 0)
  const micros = takeTurns(9, 300, ours, peer)
  return compare('quote-price', 'µs per basket of 20 lines', micros.ours, micros.peer, 'price × quantity, added up, no offers')
}
