import { describe, expect, it } from 'vitest'
import { BoardView } from '#kiosk/board/board-view.svelte.ts'
import { keptBoard } from '#kiosk/board/kept-board.ts'
import type { BoardAnswer } from '#kiosk/lib/platform/ask-board.ts'
import type { Board } from '#shared/protocol/api.ts'
import { fakeClock } from '../fake-clock.ts'

const START = 1_800_000_000_000
const figure = { n: 0, score: null, low: null, high: null }
const board = (asOf: number): Board => ({ asOf, store: 'Lindenkorb', timeZone: 'Europe/Berlin', languages: ['de', 'en'], brand: null, day: { score: figure, headline: { de: 'x', en: 'x' } }, hours: [], week: figure, places: [], missing: { devices: 0, waiting: 0 }, improved: [], voices: [] })

const memory = () => {
  const held = new Map<string, string>()
  return { getItem: (key: string) => held.get(key) ?? null, setItem: (key: string, value: string) => void held.set(key, value), removeItem: (key: string) => void held.delete(key) }
}
const world = (storage = memory()) => {
  const { clock, pass: passBy } = fakeClock()
  let says: BoardAnswer = { type: 'board', board: board(START) }
  const view = new BoardView({ ask: () => Promise.resolve(says), kept: keptBoard(storage), clock, now: () => START + clock.now() })
  return { view, storage, say: (answer: BoardAnswer): void => void (says = answer), pass: async (ms: number) => { passBy(ms); await Promise.resolve(); await Promise.resolve() } }
}

describe('a board on the wall', () => {
  it('is fresh while the hub answers, also when it says that nothing has changed', async () => {
    const { view, say, pass } = world()
    view.start()
    await pass(0)
    say({ type: 'same' })
    for (let i = 0; i < 20; i++) await pass(15_000)
    expect([view.board?.store, view.ageMs]).toEqual(['Lindenkorb', null])
  })
  it('goes on with the last figures and their age when the hub is gone', async () => {
    const { view, say, pass } = world()
    view.start()
    await pass(0)
    say({ type: 'offline' })
    for (let i = 0; i < 20; i++) await pass(15_000)
    expect([view.board?.store, view.ageMs]).toEqual(['Lindenkorb', 300_000])
  })
  it('begins with what it last knew, and says how old that is, by the clock of this device', async () => {
    const before = world()
    before.view.start()
    await before.pass(0)
    const after = world(before.storage)
    after.say({ type: 'offline' })
    after.view.start()
    await after.pass(3_600_000)
    expect([after.view.board?.store, after.view.ageMs]).toEqual(['Lindenkorb', 3_600_000])
  })
  it('keeps no words of shoppers, nor shows those that were kept before', async () => {
    const { view, say, pass, storage } = world()
    say({ type: 'board', board: { ...board(START), voices: ['Kasse 4 war zu'] } })
    view.start()
    await pass(0)
    expect([view.board?.voices, JSON.parse(storage.getItem('board-1')!)]).toEqual([['Kasse 4 war zu'], board(START)])
    storage.setItem('board-1', JSON.stringify({ ...board(START), voices: ['Kasse 4 war zu'] }))
    expect(keptBoard(storage).read()).toEqual(board(START))
  })
  it('shows and keeps nothing any more once its link has ended', async () => {
    const { view, say, pass, storage } = world()
    view.start()
    await pass(0)
    say({ type: 'ended' })
    await pass(15_000)
    expect([view.board, view.ended, storage.getItem('board-1')]).toEqual([null, true, null])
  })
  it('moves a little every two minutes, so that nothing stands on the same dots for months', async () => {
    const { view, pass } = world()
    view.start()
    const places = new Set<string>()
    for (let i = 0; i < 64; i++) {
      await pass(20_000)
      places.add(view.shift.join(' '))
    }
    expect(places.size).toBe(8)
  })
})
