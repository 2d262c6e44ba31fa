import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isWithinEdits } from '#shared/catalogue/edit-distance.ts'

describe('slips of the finger', () => {
  it.each([
    ['mozarella', 'mozzarella', 1, true],
    ['mozzarela', 'mozzarella', 1, true],
    ['mozzrella', 'mozzarella', 1, true],
    ['jogrut', 'jogurt', 1, true],
    ['jogret', 'jogurt', 1, false],
    ['sandwhich', 'sandwich', 1, true],
    ['kase', 'eier', 1, false],
  ] as const)('%s for %s within %i: %s', (typed, word, limit, within) => {
    expect(isWithinEdits(typed, word, limit)).toBe(within)
  })
  it('at the beginning of a longer word, if asked', () => {
    expect(isWithinEdits('mozare', 'mozzarella', 1)).toBe(false)
    expect(isWithinEdits('mozare', 'mozzarella', 1, true)).toBe(true)
  })
  it('count the same in both directions', () => {
    const word = fc.stringMatching(/^[abc]{0,6}$/)
    fc.assert(fc.property(word, word, fc.nat(3), (a, b, limit) => isWithinEdits(a, b, limit) === isWithinEdits(b, a, limit)))
  })
  it('of one letter are always found', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{1,12}$/), fc.nat(11), (word, at) => {
        const without = word.slice(0, at) + word.slice(at + 1)
        return isWithinEdits(without, word, 1) && isWithinEdits(word, without, 1)
      }),
    )
  })
})
