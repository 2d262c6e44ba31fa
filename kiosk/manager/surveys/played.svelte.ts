/** A survey that is played and not answered: the flow of the kiosk, and a device that keeps nothing. */
import { FeedbackFlow } from '../../lib/state/feedback-flow.svelte.ts'
import type { Brand } from '#shared/catalogue/store.ts'
import type { Survey } from '#shared/feedback/survey.ts'
import type { Language } from '#shared/kernel/language.ts'

/** What is to be played; `round` begins anew whenever it changes. */
export type PlayWish = {
  readonly type: 'play'
  readonly survey: Survey
  readonly owner: string
  readonly brand: Brand | null
  readonly language: Language
  readonly theme: string | null
  readonly round: number
}

/** What would have been recorded. */
export type PlayedAnswer = { readonly question: string; readonly value: string }

export class Played {
  wish = $state.raw<PlayWish | null>(null)
  flow = $state.raw<FeedbackFlow | null>(null)
  /** The shopper has said goodbye. */
  over = $state(false)
  readonly #tell: (answer: PlayedAnswer) => void

  constructor(tell: (answer: PlayedAnswer) => void) {
    this.#tell = tell
  }

  show(wish: PlayWish): void {
    const begins = this.wish?.round !== wish.round
    this.wish = wish
    if (begins) this.#begin(wish)
  }

  #begin({ survey }: PlayWish): void {
    this.over = false
    this.flow = new FeedbackFlow(survey, { response: 'preview', touchpoint: 'preview', random: (count) => new Uint8Array(count), visitMs: () => 0 }, async ({ p, secret }) => {
      const { question = 'contact', value } = p as { readonly question?: string; readonly value?: unknown }
      this.#tell({ question, value: JSON.stringify(value ?? Object.values((secret ?? {}) as object)[0]) })
      return true
    })
  }
}
