/** `npm run bench`: how fast, always beside a peer or a floor measured in the same run. */
import { parseArgs } from 'node:util'
import { ackLatency } from './bench/ack-latency.ts'
import { alarms } from './bench/alarms.ts'
import { alsoBought } from './bench/also-bought.ts'
import { appStart } from './bench/app-start.ts'
import { deviceCost } from './bench/device-cost.ts'
import { drain, tapCost } from './bench/drain.ts'
import { feedbackLive } from './bench/feedback-live.ts'
import { figuresWait } from './bench/figures-wait.ts'
import { ingestCounted } from './bench/ingest-counted.ts'
import { ingestBench } from './bench/ingest-events.ts'
import { ingestGrown } from './bench/ingest-grown.ts'
import { ingestSockets } from './bench/ingest-sockets.ts'
import { insightTiles } from './bench/insight-tiles.ts'
import type { Comparison, Scale } from './bench/measure.ts'
import { priceGrowth } from './bench/price-growth.ts'
import { priceTap, quoteGrowth } from './bench/quote-growth.ts'
import { quotePrice } from './bench/quote-price.ts'
import { reconnectStorm } from './bench/reconnect-storm.ts'
import { releaseFleet } from './bench/release-fleet.ts'
import { restartGrown } from './bench/restart-grown.ts'
import { secondCopy } from './bench/second-copy.ts'
import { shopPolled, shopToKiosks } from './bench/shop-to-kiosks.ts'

const BENCHES: Readonly<Record<string, { readonly about: string; readonly run: (scale: Scale) => Promise<readonly Comparison[]> }>> = {
  price: { about: 'baskets of 1/10/100 lines with 10/100/1,000/10,000 offers, how that grows, and other engines', run: priceGrowth },
  'quote-price': { about: 'one basket of 20 lines with every offer of the demo shop', run: async () => [quotePrice()] },
  'quote-growth': { about: 'a change of the basket with its reasons and near offers, 10 to 10,000 offers', run: async () => quoteGrowth() },
  'price-tap': { about: 'the same in a page with the processor six times slower', run: priceTap },
  'ingest-events': { about: 'taps of 50 kiosks, stored durably and exactly once', run: async () => [await ingestBench()] },
  'ingest-sockets': { about: 'taps of 50 kiosks over real connections, durable, as a share of what the database alone takes', run: ingestSockets },
  'ingest-grown': { about: 'the same without sockets, into a database that already holds three million', run: ingestGrown },
  'ingest-counted': { about: 'what keeping the cells of figures up costs an event', run: ingestCounted },
  drain: { about: 'an offline queue of 10,000 taps out of a browser into the hub, next to PouchDB and RxDB', run: (scale) => drain(scale) },
  'drain-far': { about: 'the same with a hub 50 ms away', run: (scale) => drain(scale, 50) },
  'tap-cost': { about: 'from a tap until it is durable on the device, next to one row added to a bare database', run: tapCost },
  'ack-latency': { about: 'from sending a tap to the word that it is on disk, with 20 and 200 devices', run: ackLatency },
  'device-cost': { about: 'memory and processor of the hub per connected device', run: deviceCost },
  'release-fleet': { about: 'a change of prices until 2,000 devices have it, and its bytes', run: releaseFleet },
  'shop-to-kiosks': { about: 'a promotion changed in the web shop until 100 kiosks have its price, by the shop’s call', run: shopToKiosks },
  'shop-polled': { about: 'the same at worst, where the shop does not call', run: shopPolled },
  'reconnect-storm': { about: 'a killed hub comes back to 2,000 devices with 20 taps each', run: reconnectStorm },
  'restart-grown': { about: 'a killed hub with 465,000 answers until it listens again', run: restartGrown },
  'app-start': { about: 'the shopper app on a slow tablet without network: first screen and slowest tap (needs a build)', run: appStart },
  'second-copy': { about: 'a tap kept once and kept twice, in a browser (needs a build)', run: secondCopy },
  alarms: { about: 'false alarms of a simulated year, and how soon a planted drop is found, next to a fixed share', run: async (scale) => alarms(scale) },
  'also-bought': { about: 'what is bought together in 5,000 to 500,000 baskets of the hub’s book, next to the barest count and to maps of maps; what a release grows by', run: alsoBought },
  'insight-tiles': { about: 'figures out of ten million answers in the store, next to ten thousand, to plain SQL over the rows and to PostgreSQL', run: insightTiles },
  'figures-wait': { about: 'how long a tap waits in the hub while drivers, topics, divisions and the map of the week are worked out', run: figuresWait },
  'feedback-live': { about: 'from the hub’s acknowledgement of a tap to the manager’s screen (needs a build)', run: async () => [await feedbackLive()] },
}

const HELP = `npm run bench [-- NAME …]   runs all or the named ones; one JSON line each: {"name","ours","peer","ratio",…}
  --quick   a tenth of the devices, events and rounds, for those that have many

${Object.entries(BENCHES).map(([name, { about }]) => `  ${name.padEnd(16)} ${about}`).join('\n')}`

/** The names to run, or the exit code. */
const readArguments = (): (Scale & { readonly names: readonly string[] }) | number => {
  try {
    const { values, positionals } = parseArgs({ options: { help: { type: 'boolean' }, quick: { type: 'boolean' } }, allowPositionals: true })
    if (values.help) {
      console.log(HELP)
      return 0
    }
    const unknown = positionals.find((name) => !(name in BENCHES))
    if (unknown !== undefined) throw new Error(`there is no benchmark "${unknown}"; benchmarks: ${Object.keys(BENCHES).join(', ')}`)
    return { names: positionals.length === 0 ? Object.keys(BENCHES) : positionals, quick: values.quick ?? false }
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return 2
  }
}

const wish = readArguments()
if (typeof wish === 'number') process.exitCode = wish
else for (const name of wish.names) for (const comparison of await BENCHES[name]!.run(wish)) console.log(JSON.stringify(comparison))
