import { describe, expect, it } from 'vitest'
import type { LogFacts } from '#hub/ports/log.ts'
import { memoryShopLedger } from '#hub/stores/memory/memory-shop-ledger.ts'
import { PROBES, type Imported, type ImportRefused } from '#hub/use-cases/shops/import-shop.ts'
import { keepShop } from '#hub/use-cases/shops/keep-shop.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import { millis } from '#shared/kernel/time.ts'

const NOON = Date.UTC(2026, 10, 22, 12)
const SECOND = 1000
const HOUR = 3_600_000
const FULL = new Error('disk full')

const bench = () => {
  let now = NOON
  let tick = (): void => undefined
  const said: string[] = []
  const line = (what: string, facts: LogFacts = {}): void => void said.push(`${what}: ${facts['why'] ?? ''}`)
  const asked: number[] = []
  const says: { answer: Result<Imported, ImportRefused>; takesMs: number; fails: boolean } = { answer: ok({ type: 'unchanged' }), takesMs: 100, fails: false }
  const ledger = memoryShopLedger()
  ledger.addProbe('paper', { at: millis(NOON), release: 'r', dialect: 'd', total: 1, equal: 1, left: 0, refused: 0, different: 0 })
  const kept = keepShop({
    name: 'paper', ledger, clock: { now: () => millis(now) }, log: { info: line, warn: line, error: line },
    timer: { every: (_ms, task) => { tick = task; return () => { tick = () => undefined } } },
    transactions: { troubleOf: (error) => (error === FULL ? ({ type: 'StorageFull' } as never) : null) },
    read: async (probes = 0) => {
      if (says.fails) throw FULL
      asked.push(probes)
      now += says.takesMs
      return says.answer
    },
  })
  /** The clock moves on, in the steps of the timer. */
  const after = async (ms: number): Promise<void> => {
    for (const end = now + ms; now < end; ) {
      now += 15 * SECOND
      tick()
      await Promise.resolve()
      await Promise.resolve()
      await Promise.resolve()
    }
  }
  return { kept, after, asked, says, said }
}

describe('the shop is looked after', () => {
  it('every minute', async () => {
    const { after, asked } = bench()
    await after(5 * 60 * SECOND)
    expect(asked.length).toBeGreaterThanOrEqual(4)
    expect(asked.length).toBeLessThanOrEqual(5)
  })
  it('less often the longer a reading takes: not all day', async () => {
    const { after, asked, says } = bench()
    says.takesMs = 30 * SECOND
    await after(60 * 60 * SECOND)
    expect(asked.length).toBe(6)
  })
  it('not before the time that it asked for', async () => {
    const { after, asked, says } = bench()
    says.answer = err({ type: 'RateLimited', retryAfterMs: 10 * 60 * SECOND })
    await after(9 * 60 * SECOND)
    expect(asked).toEqual([0])
    await after(3 * 60 * SECOND)
    expect(asked).toEqual([0, 0])
  })
  it('with baskets compared once a night', async () => {
    const { after, asked } = bench()
    await after(24 * HOUR)
    expect(asked.filter((probes) => probes > 0).length).toBeGreaterThan(0)
    expect(new Set(asked)).toEqual(new Set([0, PROBES.night]))
  })
  it('and told once about one trouble and once that it is over, not every minute', async () => {
    const { after, says, said } = bench()
    says.answer = err({ type: 'Unreachable', why: 'ECONNREFUSED' })
    await after(5 * 60 * SECOND)
    says.answer = ok({ type: 'unchanged' })
    await after(5 * 60 * SECOND)
    expect(said).toEqual(['the web shop could not be taken over: the shop does not answer: ECONNREFUSED', 'the web shop answers again: '])
  })
  it('also while the hub’s own disk is full', async () => {
    const { after, says, said } = bench()
    says.fails = true
    await after(3 * 60 * SECOND)
    says.fails = false
    await after(3 * 60 * SECOND)
    expect(said).toEqual(['the web shop could not be taken over: the shop does not answer: the hub\'s own disk: StorageFull', 'the web shop answers again: '])
  })
  it('by one reading at a time, and none after the end', async () => {
    const { kept, after, asked } = bench()
    const [first, second, third] = await Promise.all([kept.look(), kept.look(60), kept.look()])
    expect([second === first, third === first]).toEqual([true, true])
    await kept.stop()
    await after(HOUR)
    expect(asked).toEqual([0])
  })
})
