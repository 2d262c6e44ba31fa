import { describe, expect, it } from 'vitest'
import { WordsView } from '#kiosk/manager/words-view.svelte.ts'
import { err, ok } from '#shared/kernel/result.ts'
import type { WordsReply, WordsRequest } from '#shared/protocol/figures.ts'

const page = (ids: readonly string[], next: number | null): WordsReply => ({ total: 3, responses: ids.map((response) => ({ response, touchpoint: 'checkout', at: 0, text: response, sound: 'blame' })), next })

const makeWords = (answer: (request: WordsRequest) => WordsReply | null) => {
  const asked: WordsRequest[] = []
  const view = new WordsView(async (request) => {
    asked.push(request)
    const reply = answer(request)
    return reply ? ok(reply) : err({ code: 'offline' })
  })
  return { view, asked }
}

describe('the words behind a figure', () => {
  it('come a page at a time, of the stretch and the place that are chosen', async () => {
    const { view, asked } = makeWords(({ after }) => (after === undefined ? page(['a', 'b'], 7) : page(['c'], null)))
    await view.open({ topic: 'kasse' }, { from: 1, at: 'checkout' })
    await view.more()
    await view.more()
    expect(view.page?.responses.map(({ response }) => response)).toEqual(['a', 'b', 'c'])
    expect(asked).toEqual([{ from: 1, at: 'checkout', topic: 'kasse' }, { from: 1, at: 'checkout', topic: 'kasse', after: 7 }])
  })

  it('can be those of one sound, and of all again', async () => {
    const { view, asked } = makeWords(() => page([], null))
    await view.open({ topic: 'kasse', with: 'personal' }, {})
    await view.hear('praise')
    await view.hear(null)
    expect(asked).toEqual([{ topic: 'kasse', with: 'personal' }, { topic: 'kasse', with: 'personal', sound: 'praise' }, { topic: 'kasse', with: 'personal' }])
  })

  it('say that they cannot be had without a connection, and never show those of another topic', async () => {
    const { view } = makeWords(({ topic }) => (topic === 'kasse' ? page(['a'], null) : null))
    await view.open({ topic: 'kasse' }, {})
    await view.open({ topic: 'preis' }, {})
    expect([view.page, view.state]).toEqual([null, 'offline'])
  })

  it('are gone when they are shut', async () => {
    const { view } = makeWords(() => page(['a'], null))
    await view.open({ word: 'pfand' }, {})
    view.shut()
    expect([view.choice, view.page, view.state]).toEqual([null, null, 'idle'])
  })
})
