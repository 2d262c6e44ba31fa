/** Price engines of other projects, each in a process of its own, with the offers and baskets that ours was measured with. */
import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface, type Interface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import type { Offer } from '#shared/offers/offer.ts'
import type { PricingContext } from '#shared/offers/pricing-context.ts'

const FOLDER = fileURLToPath(new URL('../../../test/bench-peers/prices', import.meta.url))
const HOW_TO_INSTALL = 'npm ci --prefix test/bench-peers/prices --ignore-scripts'
const START_LIMIT_MS = 30_000
/** An engine that needs longer for one size of the table has no figure there, and the table goes on. */
const CELL_LIMIT_MS = 8000
const MEASURE_MS = 300

/** `name`: as the peer's process calls it. */
export const PRICE_PEERS = [
  { name: 'medusa', peerIs: 'Medusa 2.18, its pure functions without its database' },
  { name: 'vendure', peerIs: 'Vendure 3.7, applyPromotions on orders in memory' },
  { name: 'json-rules-engine', peerIs: 'json-rules-engine 7.3, one rule per offer' },
] as const

/** What a peer answers for one size. */
export type PeerFigure = { /** Per basket. */ readonly micros: number; /** Of the first basket. */ readonly totalMinor: number; readonly readyMs: number }

/** Whether they are there; says how to get them where they are not. */
export const arePeersInstalled = (): boolean => {
  const found = existsSync(join(FOLDER, 'node_modules'))
  if (!found) console.error(`price: Medusa, Vendure and json-rules-engine are not installed, so only the loops are measured; they are no packages of the product: ${HOW_TO_INSTALL}`)
  return found
}

/** One peer, started when it is first asked and again after it took too long. */
export class PricePeer {
  readonly #name: string
  #child: ChildProcessByStdio<Writable, Readable, null> | null = null
  #lines: AsyncIterator<string> | null = null
  #reader: Interface | null = null

  constructor(name: string) {
    this.#name = name
  }

  /** Null where it took too long or failed; said on the error stream. */
  async measure(offers: readonly Offer[], baskets: readonly PricingContext[]): Promise<PeerFigure | null> {
    try {
      const { child, lines } = await this.#started()
      child.stdin.write(`${JSON.stringify({ offers: offers.map(toPlain), baskets: baskets.map(({ lines: all }) => all), forMs: MEASURE_MS })}\n`)
      return JSON.parse(await within(lines.next(), CELL_LIMIT_MS)) as PeerFigure
    } catch (error) {
      console.error(`price: no figure of ${this.#name} for ${offers.length} offers and ${baskets[0]!.lines.length} lines: ${error instanceof Error ? error.message : String(error)}`)
      this.close()
      return null
    }
  }

  close(): void {
    this.#reader?.close()
    this.#child?.kill('SIGKILL')
    this.#child = null
  }

  async #started(): Promise<{ readonly child: ChildProcessByStdio<Writable, Readable, null>; readonly lines: AsyncIterator<string> }> {
    if (this.#child && this.#lines) return { child: this.#child, lines: this.#lines }
    const child = spawn(process.execPath, [join(FOLDER, 'price-peer.js'), this.#name], { stdio: ['pipe', 'pipe', 'inherit'] })
    const reader = createInterface({ input: child.stdout })
    const lines = reader[Symbol.asyncIterator]()
    child.stdin.on('error', () => child.kill('SIGKILL')) // The answer that then never comes tells it.
    this.#child = child
    this.#reader = reader
    this.#lines = lines
    while ((await within(lines.next(), START_LIMIT_MS)) !== 'ready'); // Some greet the terminal when they are loaded.
    return { child, lines }
  }
}

const within = async (answer: Promise<IteratorResult<string>>, limitMs: number): Promise<string> => {
  const { promise, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error(`longer than ${limitMs / 1000} s`)), limitMs)
  try {
    const { value, done } = await Promise.race([answer, promise])
    if (done) throw new Error('it ended')
    return value
  } finally {
    clearTimeout(timer)
  }
}

/** The two kinds of offer of this table, in words that every engine knows. */
const toPlain = ({ id, when, effects: [effect] }: Offer): object => {
  const percent = effect && 'value' in effect && 'percent' in effect.value ? Number(effect.value.percent) : 0
  return { id, skus: effect && 'select' in effect ? (effect.select?.skus ?? null) : null, fromMinor: when?.type === 'subtotal' ? when.amountMinor : 0, percent }
}
