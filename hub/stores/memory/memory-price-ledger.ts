/** Asked prices in memory. */
import type { PriceLedger } from '#hub/ports/price-ledger.ts'
import type { MemoryBox } from './memory-box.ts'

export const memoryPriceLedger = (box: Pick<MemoryBox, 'state'>): PriceLedger => ({
  entries: (sku, channel) => box.state.asked.filter((one) => one.sku === sku && one.channel === channel).map(({ from, cents }) => ({ from, cents })).toReversed(),
  lastLook: () => box.state.looks.at(-1) ?? null,
  add: (look, found) => {
    box.state.asked.push(...found)
    box.state.looks.push(look)
  },
})
