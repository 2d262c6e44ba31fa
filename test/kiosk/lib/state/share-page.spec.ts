import { describe, expect, it } from 'vitest'
import { SharePage, type ShareCache, type SharePageParts } from '#kiosk/lib/state/share-page.svelte.ts'
import { err, ok } from '#shared/kernel/result.ts'
import { millis } from '#shared/kernel/time.ts'
import type { WeeklyLetter } from '#shared/protocol/weekly-letter.ts'

const LETTER: WeeklyLetter = { week: '2026-11-16', lastDay: '2026-11-22', toldAt: 1, store: 'Lindenkorb', headline: { de: 'a', en: 'a' }, change: null, figures: [], withheld: 0, changes: [], missing: [], voices: [{ text: 'Kasse 4 war zu', place: null }], done: [], next: [] }
const WORDLESS: WeeklyLetter = { ...LETTER, voices: [{ text: null, place: null }] }

const memory = (held: Map<string, unknown>): ShareCache => ({
  read: async <T>(key: string) => (held.has(key) ? { value: held.get(key) as T } : null),
  write: async (key, value) => void held.set(key, value),
})
const page = (held: Map<string, unknown>, isHere: boolean): SharePage => {
  const call = async (name: string) => {
    if (!isHere) return err({ type: 'offline' })
    return ok(name === 'share.letter' ? LETTER : { asOf: 1, tokens: [], receivers: [], voices: ['id-1'], letters: [] })
  }
  return new SharePage({ device: { call, now: () => ({ at: millis(1) }) } as unknown as SharePageParts['device'], cache: memory(held) })
}

describe('the letter on a manager’s device', () => {
  it('is shown with the words of shoppers and kept without them: an erased one would stay here', async () => {
    const held = new Map<string, unknown>()
    const first = page(held, true)
    await first.start()
    expect([first.letter, held.get('letter')]).toEqual([LETTER, WORDLESS])
    expect(JSON.stringify([...held])).not.toContain('Kasse 4')
  })
  it('kept with them by an older app is shown without', async () => {
    const offline = page(new Map<string, unknown>([['letter', LETTER]]), false)
    await offline.start()
    expect([offline.stale, offline.letter]).toEqual([true, WORDLESS])
  })
})
