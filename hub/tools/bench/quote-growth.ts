/** What a change of the basket costs with all that a screen shows of it: as offers grow, and in a page on a slow tablet. */
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { openBrowser, slowDown } from '../rig/browser-session.ts'
import { compare, type Comparison } from './measure.ts'
import { timeTaps } from './quote-shop.ts'

const OFFERS = [10, 100, 1000, 10_000]
const SLOWER = 6
const FLOOR = 'price × quantity, added up, no offers'

/** Shape  one entry per number of offers, then the growth. */
export const quoteGrowth = (): readonly Comparison[] => {
  timeTaps(100, 40, 50) // warming up
  const cells = OFFERS.map((offers) => ({ offers, ...timeTaps(offers, 61, 20) }))
  const of = (offers: number): number => cells.find((cell) => cell.offers === offers)!.tapMs
  return [
    ...cells.map((cell) => cellOf(cell.offers, cell.firstMs, compare('quote', 'µs per change of a basket of 10 lines, with its reasons and what is nearly reached', cell.tapMs * 1000, cell.floorMs * 1000, FLOOR))),
    compare('quote: 10,000 offers', 'µs per change of the basket', of(10_000) * 1000, of(100) * 1000, '100 offers'),
  ]
}

/** `firstMs`: the first change after a release has come, with which its offers are indexed. */
const cellOf = (offers: number, firstMs: number, comparison: Comparison): Comparison => Object.assign({}, comparison, { offers, firstMs: Number(firstMs.toPrecision(3)) })

type Timed = { readonly firstMs: number; readonly tapMs: number; readonly floorMs: number }

/** The same in a page whose processor is six times slower. */
export const priceTap = async (): Promise<readonly Comparison[]> => {
  const code = await bundled(fileURLToPath(new URL('quote-shop.ts', import.meta.url)))
  const session = await openBrowser({ width: 1080, height: 1920 })
  try {
    const { page } = session
    await slowDown(page, SLOWER)
    const comparisons: Comparison[] = []
    for (const offers of OFFERS) {
      await page.goto('about:blank')
      await page.addScriptTag({ content: code })
      const { firstMs, tapMs, floorMs } = (await page.evaluate(`bench.timeTaps(${offers}, 61, 10)`)) as Timed
      comparisons.push(cellOf(offers, firstMs, compare('price-per-tap', `ms per change of a basket of 10 lines, processor ${SLOWER}× slower`, tapMs, floorMs, FLOOR)))
    }
    return comparisons
  } finally {
    await session.close()
  }
}

const bundled = async (entry: string): Promise<string> => {
  const root = fileURLToPath(new URL('../../..', import.meta.url))
  const built = await build({ configFile: false, root, logLevel: 'silent', build: { write: false, lib: { entry, formats: ['iife'], name: 'bench' } } })
  const [one] = Array.isArray(built) ? built : [built]
  if (!one || !('output' in one)) throw new Error('nothing was built')
  return one.output[0].code
}
