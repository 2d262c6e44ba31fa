/** The words behind a figure, a page at a time: asked for when somebody looks, and kept nowhere, so that what is erased is gone from here too. */
import type { WordsChoice } from '../lib/features/insights/explore/words-choice.ts'
import type { Result } from '#shared/kernel/result.ts'
import type { CallError } from '#shared/protocol/calls.ts'
import type { SoundName, TopicsRequest, WordsReply, WordsRequest } from '#shared/protocol/figures.ts'

type Ask = (request: WordsRequest) => Promise<Result<WordsReply, CallError>>

export class WordsView {
  choice = $state.raw<WordsChoice | null>(null)
  /** All pages so far, as one. */
  page = $state.raw<WordsReply | null>(null)
  state = $state<'idle' | 'fetching' | 'failed' | 'offline'>('idle')
  readonly #ask: Ask
  #scope: TopicsRequest = {}

  constructor(ask: Ask) {
    this.#ask = ask
  }

  async open(choice: WordsChoice, scope: TopicsRequest): Promise<void> {
    this.choice = choice
    this.page = null
    this.#scope = scope
    await this.#fetch(null)
  }

  /** The same words, of one sound alone. */
  async hear(sound: SoundName | null): Promise<void> {
    if (!this.choice) return
    const { sound: _, ...rest } = this.choice
    await this.open(sound === null ? rest : { ...rest, sound }, this.#scope)
  }

  async more(): Promise<void> {
    const after = this.page?.next ?? null
    if (after !== null) await this.#fetch(after)
  }

  shut(): void {
    this.choice = null
    this.page = null
    this.state = 'idle'
  }

  async #fetch(after: number | null): Promise<void> {
    const { choice } = this
    if (!choice) return
    this.state = 'fetching'
    const reply = await this.#ask({ ...this.#scope, ...choice, ...(after !== null && { after }) })
    // Meanwhile somebody may have chosen other words.
    if (this.choice !== choice) return
    if (reply.ok) this.page = { ...reply.value, responses: [...(after === null ? [] : (this.page?.responses ?? [])), ...reply.value.responses] }
    this.state = reply.ok ? 'idle' : reply.error.code === 'offline' || reply.error.code === 'timeout' ? 'offline' : 'failed'
  }
}
