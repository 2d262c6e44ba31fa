/** What is remembered of web shops, in memory: for tools that look at a shop without a store. */
import type { ShopLedger, ShopProbe, ShopReading } from '#hub/ports/shop-ledger.ts'

const LAST_NUMBER = 65_535

export const memoryShopLedger = (): ShopLedger => {
  const given = { article: new Map<string, number>(), offer: new Map<string, number>() }
  const readings = new Map<string, ShopReading>()
  const probes = new Map<string, ShopProbe[]>()
  return {
    numbers: (shop, kind, keys, taken) => {
      const book = given[kind]
      const used = new Set(book.values())
      for (const number of taken) if (!used.has(number)) book.set(`${number}`, number)
      let next = Math.max(0, ...book.values()) + 1
      const named = (key: string): string => `${shop} ${key}`
      for (const key of keys) if (!book.has(named(key)) && next <= LAST_NUMBER) book.set(named(key), next++)
      return new Map([...book].flatMap(([name, number]) => (name.startsWith(`${shop} `) ? [[name.slice(shop.length + 1), number]] : [])))
    },
    reading: (shop) => readings.get(shop) ?? null,
    keepReading: (shop, reading) => void readings.set(shop, reading),
    addProbe: (shop, probe) => void probes.set(shop, [probe, ...(probes.get(shop) ?? [])]),
    probes: (shop, limit) => (probes.get(shop) ?? []).slice(0, limit),
  }
}
