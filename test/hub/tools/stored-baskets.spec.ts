import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoDocuments } from '#hub/shops/builtin/demo/demo-documents.ts'
import { runImport } from '#hub/tools/import.ts'
import { runInsights } from '#hub/tools/insights.ts'
import { startHub } from '#hub/main.ts'
import { readConfig } from '#hub/config.ts'
import type { Day } from '#shared/kernel/time.ts'

// What the commands print is read as loosely as a person would.
type Loose = any // oxlint-disable-line typescript/no-explicit-any

let data: string
const run = (tool: typeof runImport, ...args: readonly string[]): { readonly code: number; readonly json: Loose; readonly complaints: readonly string[] } => {
  const [out, complaints]: [string[], string[]] = [[], []]
  const code = tool([...args, '--data', data], (line) => out.push(line), (line) => complaints.push(line))
  return { code, complaints, json: code === 0 && tool === runInsights ? JSON.parse(out.join('\n')) : null }
}
const [milk, bread] = Object.keys(demoDocuments('2026-11-22' as Day)).filter((id) => id.startsWith('product/')).map((id) => id.slice('product/'.length))

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'einklang-stored-'))
  const config = readConfig(['--port', '0', '--host', '127.0.0.1', '--data', data], {})
  if (!config.ok) throw new Error(config.error.join())
  await (await startHub(config.value, { tell: () => undefined, log: { info: () => undefined, warn: () => undefined, error: () => undefined } as never })).stop()
  const orders = Array.from({ length: 20 }, (_, i) => `${i},${milk},1,1.50\n${i},${bread},2,0.25\n${i + 100},plumbus,1,9.00\nC${i},${milk},-1,1.50`)
  writeFileSync(join(data, 'shop.csv'), `invoice,sku,quantity,price\n${orders.join('\n')}\n`)
  writeFileSync(join(data, 'shop.json'), JSON.stringify({ basket: 'invoice', item: 'sku', quantity: 'quantity', price: 'price', currency: 'EUR', name: 'shop', cancelled: { column: 'invoice', begins: 'C' } }))
  writeFileSync(join(data, 'till.csv'), `basket,item\n${Array.from({ length: 20 }, (_, i) => `${i},a\n${i},b`).join('\n')}\n`)
  writeFileSync(join(data, 'till.json'), JSON.stringify({ basket: 'basket', item: 'item', name: 'till' }))
})
afterAll(() => rmSync(data, { recursive: true, force: true }))

describe('baskets that were imported', () => {
  it('are asked for by their source, orders in figures, what was cancelled apart', () => {
    expect([run(runImport, 'orders', join(data, 'shop.csv'), '--map', join(data, 'shop.json')).code, run(runImport, 'baskets', join(data, 'till.csv'), '--map', join(data, 'till.json')).code]).toEqual([0, 0])
    expect(run(runInsights, 'baskets').complaints).toEqual(['which baskets? --source shop or --source till'])
    expect(run(runInsights, 'baskets', '--source', 'till', '--anchors', 'a').json).toMatchObject({ source: 'till', baskets: 20, pairs: { all: 1, enough: 1 }, alsoBought: [{ item: 'a', n: 20 }] })
    expect(run(runInsights, 'baskets', '--source', 'shop').json).toMatchObject({ baskets: 40, orders: { orders: 60, cancelledOrders: 20, sumAll: '190', sold: { orders: 40, worth: { sum: '220' } } } })
  })
  it('are what stands beside articles of the store; what the store does not have is told', () => {
    const { json } = run(runInsights, 'also-bought', '--anchors', milk!)
    expect(json).toMatchObject({ baskets: 20, unknown: 3, sources: [{ source: 'shop', baskets: 60, ordered: 40, cancelled: 20 }, { source: 'till', baskets: 20 }], articles: [{ sku: milk, n: 20, beside: [{ sku: bread, nBoth: 20, confidence: 1, verdict: 'chance' }] }] })
  })
})
