/** How the price of a basket grows with lines and offers, against a loop that knows the right offers at once, one that looks at all of them, and other engines. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { OfferId } from '#shared/kernel/ids.ts'
import { compileOffers } from '#shared/offers/compile-offers.ts'
import { DIALECTS } from '#shared/offers/dialects.ts'
import type { Offer } from '#shared/offers/offer.ts'
import { priceBasket } from '#shared/offers/price-basket.ts'
import type { PricedBasket } from '#shared/offers/priced-basket.ts'
import type { PricingContext } from '#shared/offers/pricing-context.ts'
import { compare, type Comparison, type Scale } from './measure.ts'
import { arePeersInstalled, PRICE_PEERS, PricePeer } from './price-peers.ts'

const LINES = [1, 10, 100]
const OFFERS = [10, 100, 1000, 10_000]
const BASKETS = 50
const ROUNDS = 40
/** Long enough for a clock that ticks in microseconds, short enough to fall between other programs' turns. */
const ROUND_MS = 6
const WARM_MS = 250
/** Offers on the whole basket; no more in a large set than in a small one. */
const MOST_ORDER_OFFERS = 5

/** What one size of the table measured. */
type Cell = Comparison & {
  readonly offers: number
  readonly lines: number
  readonly compileMs: number
  readonly heapKb: number
  /** µs with everything read that a basket tells: lines, trace, what was applied, tax. */
  readonly told: number
  /** µs of a loop over every offer and every line. */
  readonly naive: number
}

/** Shape  one entry per size, then the growth as exponents (1: twice the offers cost twice the time), then other engines. `quick`: those for 1,000 offers and 10 lines only. */
export const priceGrowth = async ({ quick }: Scale): Promise<readonly Comparison[]> => {
  const cells = OFFERS.flatMap((offers) => LINES.map((lines) => measureCell(offers, lines)))
  return [...cells, ...growthOf(cells), ...(arePeersInstalled() ? await otherEngines(quick ? cells.filter(({ offers, lines }) => offers === 1000 && lines === 10) : cells) : [])]
}

const growthOf = (cells: readonly Cell[]): readonly Comparison[] => {
  const ours = (offers: number, lines: number): number => cells.find((cell) => cell.offers === offers && cell.lines === lines)!.ours
  const peer = (offers: number, lines: number): number => cells.find((cell) => cell.offers === offers && cell.lines === lines)!.peer
  const exponent = (of: typeof ours, from: readonly [number, number], to: readonly [number, number], times: number): number => Math.log10(of(...to) / of(...from)) / Math.log10(times)
  const loop = 'the same exponent of the indexed loop'
  return [
    compare('price: growth in offers', 'exponent, 100 to 10,000 offers, 10 lines', exponent(ours, [100, 10], [10_000, 10], 100), exponent(peer, [100, 10], [10_000, 10], 100), loop),
    compare('price: growth in lines', 'exponent, 10 to 100 lines, 1,000 offers', exponent(ours, [1000, 10], [1000, 100], 10), exponent(peer, [1000, 10], [1000, 100], 10), loop),
    compare('price: 10,000 offers', 'µs, 10 lines', ours(10_000, 10), ours(100, 10), '100 offers, 10 lines'),
  ]
}

/** `times`: how often ours is done while the other is done once. */
type Beaten = Comparison & { readonly offers: number; readonly lines: number; readonly times: number; readonly theirTotalMinor: number; readonly ourTotalMinor: number; readonly readyMs: number }

const otherEngines = async (cells: readonly Cell[]): Promise<readonly Beaten[]> => {
  const all: Beaten[] = []
  for (const { name, peerIs } of PRICE_PEERS) {
    const peer = new PricePeer(name)
    for (const { offers, lines, ours } of cells) {
      const [given, baskets] = [offersOf(offers), basketsOf(offers, lines)]
      const figure = await peer.measure(given, baskets)
      if (!figure) continue
      const ourTotalMinor = priceBasket(given, DIALECTS.einklang, baskets[0]!).totalMinor
      all.push({ ...compare('price: other engines', 'µs per basket', ours, figure.micros, peerIs), offers, lines, times: Math.round(figure.micros / ours), theirTotalMinor: Math.round(figure.totalMinor), ourTotalMinor, readyMs: Math.round(figure.readyMs) })
    }
    peer.close()
  }
  return all
}

const basketsOf = (offerCount: number, lineCount: number): readonly PricingContext[] => Array.from({ length: BASKETS }, (_, i) => basketOf(offerCount, lineCount, i))

/** Reads all that a basket tells without judging single offers. */
const readAll = ({ totalMinor, lines, trace, applied, tax }: PricedBasket): number =>
  totalMinor + lines.reduce((sum, line) => sum + line.reductions.length, 0) + trace.length + applied.length + tax.items.grossMinor

const measureCell = (offerCount: number, lineCount: number): Cell => {
  const offers = offersOf(offerCount)
  const baskets = basketsOf(offerCount, lineCount)
  compileOffers([], DIALECTS.einklang) // Forgets the set of the cell before.
  const heapBefore = heapUsed()
  const startedAt = performance.now()
  const compiled = compileOffers(offers, DIALECTS.einklang)
  const compileMs = performance.now() - startedAt
  const heapKb = Math.max(0, (heapUsed() - heapBefore) / 1024)
  if (compiled.entries.length !== offerCount) throw new Error('not every offer was compiled')
  const floor = indexedLoop(offers)
  const naive = naiveLoop(offers)
  const [ours, told, peer, slow] = timesOf([
    (i) => priceBasket(offers, DIALECTS.einklang, baskets[i % BASKETS]!).totalMinor,
    (i) => readAll(priceBasket(offers, DIALECTS.einklang, baskets[i % BASKETS]!)),
    (i) => floor(baskets[i % BASKETS]!),
    (i) => naive(baskets[i % BASKETS]!),
  ])
  const figures = compare('price', 'µs per basket', ours!, peer!, 'a loop over the offers of each article, nothing rounded, shared or explained')
  return { ...figures, offers: offerCount, lines: lineCount, told: Number(told!.toPrecision(3)), compileMs: Number(compileMs.toPrecision(3)), heapKb: Math.round(heapKb), naive: Number(slow!.toPrecision(3)) }
}

/** Most are on three articles each, no article in two of them, so that a basket meets as many in a large set as in a small one. */
const offersOf = (count: number): readonly Offer[] => {
  const onOrder = Math.min(MOST_ORDER_OFFERS, Math.floor(count / 20))
  return Array.from({ length: count }, (_, i): Offer => {
    const id = `o${i}` as OfferId
    if (i >= count - onOrder) return { id, when: { type: 'subtotal', amountMinor: 3000 * (count - i) }, effects: [{ type: 'orderDiscount', value: { percent: '5' } }] }
    return { id, effects: [{ type: 'unitDiscount', value: { percent: String(5 * (1 + (i % 6))) }, select: { skus: [0, 1, 2].map((k) => `on-offer-${3 * i + k}`) } }] }
  })
}

/** Every other line is on offer. */
const basketOf = (offerCount: number, lineCount: number, number: number): PricingContext => {
  const onOffer = 3 * (offerCount - Math.min(MOST_ORDER_OFFERS, Math.floor(offerCount / 20)))
  const lines = Array.from({ length: lineCount }, (_, i) => {
    const place = number * 7919 + i * 104_729
    const sku = i % 2 === 0 && i / 2 < onOffer ? `on-offer-${(number * 31 + (i / 2) * 7) % onOffer}` : `plain-${place % 20_000}`
    return { id: `${i}`, sku, unitPriceMinor: 199 + (place % 9800), quantity: 1 + (place % 3) }
  })
  return { currency: 'EUR', lines }
}

/** The least that any engine has to do. */
const indexedLoop = (offers: readonly Offer[]): ((basket: PricingContext) => number) => {
  const percentBySku = new Map<string, number[]>()
  const order: { readonly from: number; readonly percent: number }[] = []
  for (const { when, effects } of offers) {
    const [effect] = effects
    if (effect?.type === 'orderDiscount' && 'percent' in effect.value && when?.type === 'subtotal') order.push({ from: when.amountMinor, percent: Number(effect.value.percent) })
    if (effect?.type !== 'unitDiscount' || !('percent' in effect.value)) continue
    for (const sku of effect.select?.skus ?? []) percentBySku.set(sku, [...(percentBySku.get(sku) ?? []), Number(effect.value.percent)])
  }
  return ({ lines }) => {
    let total = 0
    for (const line of lines) {
      let price = line.unitPriceMinor * line.quantity
      for (const percent of percentBySku.get(line.sku) ?? []) price -= Math.round((price * percent) / 100)
      total += price
    }
    for (const { from, percent } of order) if (total >= from) total -= Math.round((total * percent) / 100)
    return total
  }
}

/** What engines do that look at every offer for every line. */
const naiveLoop = (offers: readonly Offer[]): ((basket: PricingContext) => number) => {
  const all = offers.flatMap(({ when, effects: [effect] }) =>
    effect && 'value' in effect && 'percent' in effect.value ? [{ skus: 'select' in effect ? (effect.select?.skus ?? null) : null, from: when?.type === 'subtotal' ? when.amountMinor : 0, percent: Number(effect.value.percent) }] : [],
  )
  return ({ lines }) => {
    const rests = lines.map((line) => line.unitPriceMinor * line.quantity)
    let total = rests.reduce((sum, rest) => sum + rest, 0)
    for (const { skus, from, percent } of all) {
      if (!skus) {
        if (total >= from) total -= Math.round((total * percent) / 100)
        continue
      }
      for (let i = 0; i < lines.length; i++) {
        if (!skus.includes(lines[i]!.sku)) continue
        const taken = Math.round((rests[i]! * percent) / 100)
        rests[i]! -= taken
        total -= taken
      }
    }
    return total
  }
}

/** Microseconds per call of each, the lower quartile of rounds that take turns: what the work takes where other programs leave it alone. */
const timesOf = (works: readonly ((i: number) => unknown)[]): readonly number[] => {
  for (const work of works) perCall(work, WARM_MS)
  const times = works.map(() => [] as number[])
  for (let round = 0; round < ROUNDS; round++) works.forEach((work, i) => times[i]!.push(perCall(work, ROUND_MS)))
  return times.map((all) => all.toSorted((a, b) => a - b)[ROUNDS >> 2]!)
}

/** The clock is read once per batch, which would otherwise cost more than the floor. */
const perCall = (work: (i: number) => unknown, forMs: number): number => {
  const startedAt = performance.now()
  let calls = 0
  for (let batch = 1; performance.now() - startedAt < forMs; batch = Math.min(1000, batch * 2)) {
    for (let i = 0; i < batch; i++) work(calls++)
  }
  return ((performance.now() - startedAt) * 1000) / calls
}

const heapUsed = (): number => {
  collectGarbage()
  return process.memoryUsage().heapUsed
}

/** Only an empty heap can be compared with another. */
const collectGarbage = ((): (() => void) => {
  setFlagsFromString('--expose-gc')
  return runInNewContext('gc') as () => void
})()
