import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { NumberedAnswer } from '#hub/ports/feedback-pages.ts'
import { cursorOf, pageFeedback, placeOf, sharedId } from '#hub/use-cases/sharing/page-feedback.ts'
import { hubKeysFrom, newPrivateKey } from '#hub/stores/keys/hub-key-file.ts'
import { millis } from '#shared/kernel/time.ts'

const DAY = 86_400_000
const keys = hubKeysFrom(newPrivateKey())
const START = Date.parse('2026-11-02T12:00:00Z')

const answer = (n: number, receivedAt: number): NumberedAnswer => ({ n, id: `id-${n}`, response: `r${n}`, touchpoint: n % 3 === 0 ? 'door' : 'till', question: 'q', kind: 'csat5', value: (n % 5) + 1, at: millis(receivedAt), receivedAt: millis(receivedAt), channel: 'kiosk' })

const world = () => {
  const rows: NumberedAnswer[] = []
  let now = START
  let n = 0
  const pages = {
    after: (after: number, limit: number, before: number) => {
      const found = rows.filter((row) => row.n > after).slice(0, limit)
      const end = found.findIndex(({ receivedAt }) => receivedAt >= before)
      return end < 0 ? found : found.slice(0, end)
    },
    received: () => [],
    last: () => n,
    isMany: (touchpoint: string, from: number, until: number, least: number) => new Set(rows.filter((row) => row.touchpoint === touchpoint && row.at! >= from && row.at! < until).map(({ response }) => response)).size >= least,
    comments: () => [],
    ofIds: () => [],
  }
  return {
    arrive: (): void => void rows.push(answer((n += 1), now)),
    /** The newest is erased; its number is not given again. */
    erase: (): void => void rows.pop(),
    rest: (ms: number): void => {
      now += ms
    },
    page: pageFeedback({ pages, clock: { now: () => millis(now) }, timeZone: () => 'Europe/Berlin' }),
    rows,
  }
}

describe('a cursor', () => {
  it('is a text that only the hub reads', () => {
    expect(cursorOf(keys, 35)).toMatch(/^bz-[\w-]{22}$/)
    expect([0, 35, 5_000_000].map((place) => placeOf(keys, cursorOf(keys, place)))).toEqual([0, 35, 5_000_000])
  })
  it('is made by the hub alone: neither another place nor another hub\'s mark is one', () => {
    const mark = cursorOf(keys, 35).slice(3)
    const forged = ['', 'a0', 'az', 'bz', 'z', 'b-1', `b10-${mark}`, `bz-${'A'.repeat(22)}`, `b0z-${mark}`, `bz-${mark}x`, cursorOf(hubKeysFrom(newPrivateKey()), 35)]
    expect(forged.map((cursor) => placeOf(keys, cursor))).toEqual(forged.map(() => null))
  })
  it('leads through all answers, each once, whatever arrives or is erased meanwhile', () => {
    const steps = fc.array(fc.constantFrom('arrive', 'flood', 'page', 'day', 'erase'), { maxLength: 60 })
    fc.assert(
      fc.property(steps, (all) => {
        const { arrive, erase, rest, page, rows } = world()
        const seen: string[] = []
        let after = 0
        const read = (): void => {
          const { items, place } = page({ after, limit: 50 })
          seen.push(...items.map(({ id }) => id))
          after = place
        }
        const flood = (): void => Array.from({ length: 70 }).forEach(arrive)
        for (const step of all) ({ arrive, flood, erase, page: read, day: () => rest(DAY) })[step as 'arrive']()
        rest(DAY)
        for (let more = true; more; ) {
          more = page({ after, limit: 50 }).more
          read()
        }
        const held = rows.map(({ id }) => sharedId(id))
        return new Set(seen).size === seen.length && held.every((id) => seen.includes(id))
      }),
      { numRuns: 60 },
    )
  })
})

describe('a page', () => {
  it('tells the day where at least five people answered at that place, else the month, else no place', () => {
    const { arrive, rest, page } = world()
    for (let i = 0; i < 8; i++) arrive()
    rest(DAY)
    const { items } = page({ after: 0 })
    expect(items.map(({ when, touchpoint }) => `${when} ${touchpoint}`)).toEqual(['2026-11 ', '2026-11 ', ...Array.from({ length: 6 }, () => '2026-11-02 till')])
  })
  it('waits for the day to end: what arrived today is in none, not even the rest of a page', () => {
    const { arrive, rest, page } = world()
    arrive()
    rest(11 * 3_600_000)
    arrive()
    rest(3_600_000)
    expect(page({ after: 0 }).items.length).toBe(1)
    rest(DAY)
    expect(page({ after: 0 }).items.length).toBe(2)
  })
  it('of any size ends where pages of all sizes end: with a day of arrival, or where fifty of it are on both sides', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 260 }), { minLength: 1, maxLength: 4 }), fc.array(fc.integer({ min: 50, max: 500 }), { minLength: 1, maxLength: 6 }), (days, limits) => {
        const { arrive, rest, page } = world()
        const dayEnds = new Set([0])
        let all = 0
        for (const n of days) {
          Array.from({ length: n }).forEach(arrive)
          dayEnds.add((all += n))
          rest(DAY)
        }
        const ends = new Set<number>([0])
        for (const limit of limits)
          for (const from of ends) {
            const { place, items } = page({ after: from, limit })
            expect(items.length).toBe(place - from)
            expect(items.length).toBeLessThanOrEqual(Math.max(limit, 99))
            ends.add(place)
          }
        const order = [...ends].sort((a, b) => a - b)
        return order.every((end, i) => i === 0 || dayEnds.has(end) || (end - order[i - 1]! >= 50 && !order.some((other) => other !== end && Math.abs(other - end) < 50 && !dayEnds.has(other)) && ![...dayEnds].some((other) => Math.abs(other - end) < 50)))
      }),
      { numRuns: 40 },
    )
  })
  it('is sorted by what it says, not by when it came', () => {
    const { arrive, rest, page } = world()
    for (let i = 0; i < 30; i++) arrive()
    rest(DAY)
    const values = page({ after: 0 }).items.filter(({ touchpoint }) => touchpoint === 'till').map(({ value }) => value)
    expect(values).toEqual(values.toSorted())
  })
})
