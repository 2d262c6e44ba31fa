import { describe, expect, it } from 'vitest'
import { EVENT_KNOWLEDGE, isKnownEvent, missingSteps, upcastEvent, type EventKnowledge, type Said } from '#shared/protocol/event-types.ts'

/** A type that was changed twice: its shelf got a number, then its number a place. */
const knowledge: EventKnowledge = {
  versions: { 'shelf.scanned': 3 },
  upcasters: {
    'shelf.scanned@1': ({ p, secret }) => ({ p: { shelf: Number((p as { name: string }).name) }, secret }),
    'shelf.scanned@2': ({ p, secret }) => ({ p: { ...(p as object), floor: 0 }, secret }),
  },
}
const said = (p: Said['p']): Said => ({ p, secret: null })

describe('an event of an earlier version', () => {
  it('is read in the words of the newest, one step after the other', () => {
    expect(upcastEvent('shelf.scanned', 1, said({ name: '7' }), knowledge).p).toEqual({ shelf: 7, floor: 0 })
    expect(upcastEvent('shelf.scanned', 2, said({ shelf: 7 }), knowledge).p).toEqual({ shelf: 7, floor: 0 })
    expect(upcastEvent('shelf.scanned', 3, said({ shelf: 7, floor: 1 }), knowledge).p).toEqual({ shelf: 7, floor: 1 })
  })
  it('stays as it came: the same input gives the same words again', () => {
    const first = said({ name: '7' })
    upcastEvent('shelf.scanned', 1, first, knowledge)
    expect(first).toEqual({ p: { name: '7' }, secret: null })
  })
  it('is known up to the newest version, and no further', () => {
    expect([0, 1, 3, 4].map((version) => isKnownEvent('shelf.scanned', version, knowledge))).toEqual([false, true, true, false])
    expect(isKnownEvent('toString', 1)).toBe(false)
  })
  it('can always be read: no version that was ever released lacks its step', () => {
    expect(missingSteps(EVENT_KNOWLEDGE)).toEqual([])
    expect(missingSteps({ versions: { 'shelf.scanned': 3 }, upcasters: { 'shelf.scanned@2': (one) => one } })).toEqual(['shelf.scanned@1'])
  })
})
