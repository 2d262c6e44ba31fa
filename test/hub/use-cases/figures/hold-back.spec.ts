import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Load } from '#hub/ports/load.ts'
import { holdBack, MAX_PENDING_PUSHES, MIN_FREE_BYTES } from '#hub/use-cases/figures/hold-back.ts'

const GIB = 1024 ** 3
const calm: Load = { disk: () => ({ freeBytes: MIN_FREE_BYTES, wholeBytes: 64 * GIB }) }
const full = (): Partial<Load> => ({ disk: () => ({ freeBytes: 0, wholeBytes: 64 * GIB }) })
const pressure = (load: Partial<Load>, bytes = [0, 0], mono = () => 0) => {
  const lines: string[] = []
  const log = { info: (what: string) => void lines.push(what), warn: (what: string) => void lines.push(what), error: () => undefined }
  return { lines, held: holdBack({ load: { ...calm, ...load }, random: { bytes: () => Uint8Array.from(bytes) }, log, mono }) }
}

describe('a hub that is behind', () => {
  it('takes everything at its limit: 200 MiB free', () => expect(pressure({}).held.refusal()).toBeNull())
  it('says later when a batch has waited more than a second for its commit, and takes the next one when that is through', async () => {
    let now = 0
    const { held } = pressure({}, [0, 0], () => now)
    const [first, second] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const done = held.during(() => first.promise)
    now = 600
    const later = held.during(() => second.promise)
    now = 1000
    expect(held.refusal()).toBeNull()
    now = 1001
    expect([held.refusal(), held.why]).toEqual([{ code: 'busy', retryMs: 1000 }, 'waiting'])
    first.resolve()
    await done
    expect(held.refusal()).toBeNull()
    second.resolve()
    await later
  })
  it('says later when less than 200 MiB are free, or a twentieth of a small disk', () => {
    const on = (freeBytes: number, wholeBytes: number) => pressure({ disk: () => ({ freeBytes, wholeBytes }) }).held.refusal()
    expect(on(MIN_FREE_BYTES - 1, 64 * GIB)).toEqual({ code: 'busy', retryMs: 5000 })
    expect([on(GIB / 20 - 1, GIB)?.code, on(GIB / 20, GIB)]).toEqual(['busy', null])
    expect(pressure({ disk: () => null }).held.refusal()).toBeNull()
  })
  it('says later while 1,000 batches wait for their commit, and takes the next one when they are through', async () => {
    const { held } = pressure({})
    const { promise, resolve } = Promise.withResolvers<void>()
    const waiting = Array.from({ length: MAX_PENDING_PUSHES }, (_, i) => {
      expect(i % 100 === 0 ? held.refusal() : null).toBeNull()
      return held.during(() => promise)
    })
    expect(held.refusal()).toEqual({ code: 'busy', retryMs: 1000 })
    resolve()
    await Promise.all(waiting)
    expect(held.refusal()).toBeNull()
  })
  it('counts work that failed as done', async () => {
    const { held } = pressure({})
    for (let i = 0; i < MAX_PENDING_PUSHES; i++) await held.during(() => Promise.reject(new Error('no'))).catch(() => undefined)
    expect(held.refusal()).toBeNull()
  })
  it('spreads the devices: each comes back within two seconds of the first, at its own time', () => {
    fc.assert(fc.property(fc.nat(255), fc.nat(255), (high, low) => {
      const refusal = pressure(full(), [high, low]).held.refusal()
      return refusal !== null && 'retryMs' in refusal && refusal.retryMs >= 5000 && refusal.retryMs <= 7000
    }))
    expect(pressure(full(), [128, 0]).held.refusal()).toEqual({ code: 'busy', retryMs: 6000 })
  })
  it('tells the log when it begins and when it ends, not batch by batch', () => {
    let freeBytes = 0
    const { held, lines } = pressure({ disk: () => ({ freeBytes, wholeBytes: 64 * GIB }) })
    for (let i = 0; i < 5; i++) held.refusal()
    freeBytes = GIB
    for (let i = 0; i < 5; i++) held.refusal()
    expect(lines).toEqual(['holding back', 'taking everything again'])
  })
})
