import { describe, expect, it } from 'vitest'
import type { WebhookVerdict } from '#hub/ports/web-shop/shop-checkout.ts'
import { takeWebhooks } from '#hub/use-cases/shops/take-webhook.ts'
import { err, ok } from '#shared/kernel/result.ts'
import { millis } from '#shared/kernel/time.ts'

const CALL = { headers: {}, body: new Uint8Array() }

/** A shop whose readings end when the test says so. */
const house = () => {
  let now = 1_000_000
  let tick = (): void => undefined
  const readings: PromiseWithResolvers<unknown>[] = []
  const warned: object[] = []
  let verdict: WebhookVerdict = 'changed'
  const webhooks = takeWebhooks({
    name: 'shop',
    check: async () => verdict,
    shop: { lookAfresh: () => readings[readings.push(Promise.withResolvers()) - 1]!.promise as never },
    clock: { now: () => millis(now) },
    timer: { every: (_, task) => { tick = task; return () => undefined } },
    log: { info: () => undefined, error: () => undefined, warn: (_, facts) => void warned.push(facts ?? {}) },
  })
  const end = async (said: unknown = ok({ type: 'unchanged' })): Promise<void> => {
    readings.at(-1)!.resolve(said)
    for (let turn = 0; turn < 5; turn++) await Promise.resolve()
  }
  return { webhooks, readings, warned, end, pass: (ms: number) => { now += ms; tick() }, say: (next: WebhookVerdict) => { verdict = next } }
}

describe('calls of the web shop', () => {
  it('have it read at once', async () => {
    const { webhooks, readings } = house()
    expect([await webhooks.take(CALL), readings.length, webhooks.isBehind()]).toEqual([true, 1, false])
  })
  it('during a reading, however many, are one further reading after it', async () => {
    const { webhooks, readings, end, pass } = house()
    for (let call = 0; call < 50; call++) await webhooks.take(CALL)
    expect([readings.length, webhooks.isBehind()]).toEqual([1, true])
    await end()
    pass(1000)
    expect([readings.length, webhooks.isBehind()]).toEqual([2, false])
    await end()
    pass(60_000)
    expect(readings.length).toBe(2)
  })
  it('leave the shop alone for a second, twice as long as it took, and as long as it asks for', async () => {
    const { webhooks, readings, end, pass } = house()
    const readAgainAfter = async (tookMs: number, said: unknown): Promise<number> => {
      const before = readings.length
      await webhooks.take(CALL)
      pass(tookMs)
      await end(said)
      await webhooks.take(CALL)
      let waited = 0
      for (; readings.length < before + 2 && waited < 200_000; waited += 250) pass(250)
      await end()
      pass(10_000)
      return waited
    }
    expect(await readAgainAfter(10, ok({ type: 'unchanged' }))).toBe(1000)
    expect(await readAgainAfter(3000, ok({ type: 'unchanged' }))).toBe(6000)
    expect(await readAgainAfter(10, err({ type: 'RateLimited', retryAfterMs: 120_000 }))).toBe(120_000)
  })
  it('that are of no concern read nothing', async () => {
    const { webhooks, readings, say } = house()
    say('nothing')
    expect([await webhooks.take(CALL), readings.length]).toEqual([true, 0])
  })
  it('that are forged read nothing, and are told once a minute with their number', async () => {
    const { webhooks, readings, warned, say, pass } = house()
    say('forged')
    for (let call = 0; call < 5; call++) expect(await webhooks.take(CALL)).toBe(false)
    pass(59_000)
    expect(warned).toEqual([{ shop: 'shop', calls: 1 }])
    pass(1000)
    expect([warned, readings.length]).toEqual([[{ shop: 'shop', calls: 1 }, { shop: 'shop', calls: 4 }], 0])
  })
})
