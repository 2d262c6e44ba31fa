import { describe, expect, it } from 'vitest'
import { npsStandardError, wilsonInterval } from '#shared/insights/interval.ts'

describe('Wilson’s interval', () => {
  it.each([
    [81, 263, '0.2553', '0.3662'],
    [15, 148, '0.0624', '0.1605'],
    [0, 20, '0.0000', '0.1611'],
    [1, 29, '0.0061', '0.1718'],
  ])('of %i of %i reaches from %s to %s (Newcombe 1998, Stat. Med. 17:857, table I, method 3)', (hits, n, low, high) => {
    const interval = wilsonInterval(hits, n)
    expect([interval.low.toFixed(4), interval.high.toFixed(4)]).toEqual([low, high])
  })
})

describe('the standard error of a net promoter score', () => {
  it('of 50 promoters and 20 detractors in 100 is that of answers scored +1, 0, −1: √((0.5 + 0.2 − 0.3²) / 100) = 0.0781', () => {
    expect(npsStandardError({ promoters: 50, passives: 30, detractors: 20 }).toFixed(4)).toBe('0.0781')
  })
})
