import { describe, expect, it } from 'vitest'
import { FIRST_FILTERS } from '#kiosk/manager/explore-filters.ts'
import { KEPT_ANSWERS, KnownAnswers } from '#kiosk/manager/known-answers.svelte.ts'
import type { LastKnown, Saved } from '#kiosk/manager/last-known.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import type { CallError } from '#shared/protocol/calls.ts'
import type { FigureChoices } from '#shared/protocol/figures.ts'

const choices = (since: string): FigureChoices => ({ questions: [], touchpoints: [], slices: { stage: [], device: [], channel: [], language: [], segment: [] }, since, timeZone: 'Europe/Berlin', asOf: 0 })

/** Every question waits until it is answered by hand. */
const makeTile = (kept = new Map<string, Saved<unknown>>()) => {
  const waiting: ((reply: Result<FigureChoices, CallError>) => void)[] = []
  let now = 1_000_000
  const known: LastKnown = { read: async <T>(key: string) => (kept.get(key) as Saved<T> | undefined) ?? null, write: async (key, value) => void kept.set(key, { value, savedAt: now }) }
  const tile = new KnownAnswers<'figures.choices'>({ name: 'figures.choices', ask: () => new Promise((resolve) => waiting.push(resolve)), known, now: () => now })
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 20; turn++) await Promise.resolve()
  }
  const answer = async (reply: Result<FigureChoices, CallError>): Promise<void> => {
    waiting.shift()!(reply)
    await settle()
  }
  const want = async (key: string): Promise<void> => {
    void tile.want(key, {}, FIRST_FILTERS)
    await settle()
  }
  return { tile, kept, want, answer, asked: () => waiting.length, pass: (ms: number) => { now += ms } }
}

describe('a tile', () => {
  it('keeps the picture of the last choice until that of the next is there', async () => {
    const { tile, want, answer } = makeTile()
    await want('a')
    expect([tile.shown, tile.fetching]).toEqual([null, true])
    await answer(ok(choices('a')))
    expect([tile.shown?.reply.since, tile.isBehind, tile.fetching]).toEqual(['a', false, false])
    await want('b')
    expect([tile.shown?.reply.since, tile.isBehind, tile.fetching]).toEqual(['a', true, true])
    await answer(ok(choices('b')))
    expect([tile.shown?.reply.since, tile.isBehind]).toEqual(['b', false])
  })

  it('shows what it knows at once, and asks again only when it is no longer fresh', async () => {
    const { tile, want, answer, asked, pass } = makeTile()
    await want('a')
    await answer(ok(choices('a')))
    await want('b')
    await answer(ok(choices('b')))
    await want('a')
    expect([tile.shown?.reply.since, tile.isBehind, tile.fetching, asked()]).toEqual(['a', false, false, 0])
    pass(60_000)
    await want('b')
    expect([tile.shown?.reply.since, asked()]).toEqual(['b', 1])
  })

  it('lets an answer that comes late stand behind the choice made meanwhile, and keeps it', async () => {
    const { tile, want, answer } = makeTile()
    await want('a')
    await want('b')
    await answer(ok(choices('a')))
    expect([tile.shown, tile.fetching]).toEqual([null, true])
    await answer(ok(choices('b')))
    await want('a')
    expect(tile.shown?.reply.since).toBe('a')
  })

  it('stops saying that it fetches when somebody goes back to what is known', async () => {
    const { tile, want, answer } = makeTile()
    await want('a')
    await answer(ok(choices('a')))
    await want('b')
    await want('a')
    expect([tile.fetching, tile.isBehind]).toEqual([false, false])
    await answer(ok(choices('b')))
    expect(tile.shown?.reply.since).toBe('a')
  })

  it('knows after a restart without a hub what it knew before, with its age', async () => {
    const first = makeTile()
    await first.want('a')
    await first.answer(ok(choices('a')))
    const second = makeTile(first.kept)
    second.pass(60_000)
    await second.want('a')
    await second.answer(err({ code: 'offline' }))
    expect([second.tile.shown?.reply.since, second.tile.shown?.at, second.tile.failed, second.tile.isBehind]).toEqual(['a', 1_000_000, true, false])
  })

  it('shows the newest picture of another choice rather than none', async () => {
    const first = makeTile()
    await first.want('a')
    await first.answer(ok(choices('a')))
    const second = makeTile(first.kept)
    await second.want('never seen')
    expect([second.tile.shown?.reply.since, second.tile.isBehind]).toEqual(['a', true])
  })

  it('keeps the newest few choices and forgets the oldest', async () => {
    const { kept, want, answer } = makeTile()
    for (let i = 0; i <= KEPT_ANSWERS; i++) {
      await want(`choice ${i}`)
      await answer(ok(choices(String(i))))
    }
    const saved = kept.get('answers figures.choices')!.value as readonly { readonly key: string }[]
    expect([saved.length, saved[0]!.key, saved.at(-1)!.key]).toEqual([KEPT_ANSWERS, `choice ${KEPT_ANSWERS}`, 'choice 1'])
  })
})
