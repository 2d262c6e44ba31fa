/** `npm run bench`: how fast, always beside a peer or a floor measured in the same run. */
import { parseArgs } from 'node:util'
import { appStart } from './bench/app-start.ts'
import { feedbackLive } from './bench/feedback-live.ts'
import { ingestBench } from './bench/ingest-events.ts'
import type { Comparison } from './bench/measure.ts'
import { priceGrowth } from './bench/price-growth.ts'
import { priceTap, quoteGrowth } from './bench/quote-growth.ts'
import { quotePrice } from './bench/quote-price.ts'

const BENCHES: Readonly<Record<string, { readonly about: string; readonly run: () => Promise<readonly Comparison[]> }>> = {
  price: { about: 'baskets of 1/10/100 lines with 10/100/1,000/10,000 offers, and how that grows', run: async () => priceGrowth() },
  'quote-price': { about: 'one basket of 20 lines with every offer of the demo shop', run: async () => [quotePrice()] },
  'quote-growth': { about: 'a change of the basket with its reasons and near offers, 10 to 10,000 offers', run: async () => quoteGrowth() },
  'price-tap': { about: 'the same in a page with the processor six times slower', run: priceTap },
  'ingest-events': { about: 'taps of 50 kiosks, stored durably and exactly once', run: async () => [await ingestBench()] },
  'app-start': { about: 'the shopper app on a slow tablet without network: first screen and slowest tap (needs a build)', run: appStart },
  'feedback-live': { about: 'from the hub’s acknowledgement of a tap to the manager’s screen (needs a build)', run: async () => [await feedbackLive()] },
}

const HELP = `npm run bench [-- NAME …]   runs all or the named ones; one JSON line each: {"name","ours","peer","ratio",…}

${Object.entries(BENCHES).map(([name, { about }]) => `  ${name.padEnd(15)} ${about}`).join('\n')}`

/** The names to run, or the exit code. */
const readArguments = (): readonly string[] | number => {
  try {
    const { values, positionals } = parseArgs({ options: { help: { type: 'boolean' } }, allowPositionals: true })
    if (values.help) {
      console.log(HELP)
      return 0
    }
    const unknown = positionals.find((name) => !(name in BENCHES))
    if (unknown !== undefined) throw new Error(`there is no benchmark "${unknown}"; benchmarks: ${Object.keys(BENCHES).join(', ')}`)
    return positionals.length === 0 ? Object.keys(BENCHES) : positionals
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return 2
  }
}

const names = readArguments()
if (typeof names === 'number') process.exitCode = names
else for (const name of names) for (const comparison of await BENCHES[name]!.run()) console.log(JSON.stringify(comparison))
