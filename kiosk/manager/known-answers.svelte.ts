/** One tile's answers: what this device already knows at once, the hub's when it comes, and until then the picture that was there. */
import type { ExploreFilters } from './explore-filters.ts'
import type { LastKnown } from './last-known.ts'
import type { Result } from '#shared/kernel/result.ts'
import type { CallError } from '#shared/protocol/calls.ts'
import type { FigureCalls } from '#shared/protocol/figures.ts'

/** Choices of one tile that are kept on the device; the oldest goes. */
export const KEPT_ANSWERS = 8
/** An answer this young is not asked for again only because somebody looks at it once more. */
const FRESH_MS = 20_000

export type KnownAnswer<R> = {
  /** The choice that it answers. */
  readonly key: string
  readonly of: ExploreFilters
  readonly reply: R
  /** Hub time at which it came. */
  readonly at: number
}

export type FigureCall = keyof FigureCalls

export type AnswersParts<K extends FigureCall> = {
  readonly name: K
  readonly ask: (request: FigureCalls[K]['request']) => Promise<Result<FigureCalls[K]['reply'], CallError>>
  readonly known: LastKnown
  readonly now: () => number
}

export class KnownAnswers<K extends FigureCall> {
  /** What is on the screen: of the wanted choice, or still of the one before. */
  shown = $state.raw<KnownAnswer<FigureCalls[K]['reply']> | null>(null)
  /** The choice that somebody wants to see; null: nobody looked yet. */
  wanted = $state<string | null>(null)
  fetching = $state(false)
  /** The last try to fetch the wanted choice brought nothing. */
  failed = $state(false)
  readonly #parts: AnswersParts<K>
  #kept: readonly KnownAnswer<FigureCalls[K]['reply']>[] = []
  #recalled: Promise<void> | null = null
  #asked: { readonly request: FigureCalls[K]['request']; readonly of: ExploreFilters } | null = null

  constructor(parts: AnswersParts<K>) {
    this.#parts = parts
  }

  /** The picture is of another choice than the one that is wanted. */
  get isBehind(): boolean {
    return this.shown !== null && this.shown.key !== this.wanted
  }

  /** Shows a choice: what is known of it at once, then what the hub says. */
  async want(key: string, request: FigureCalls[K]['request'], of: ExploreFilters): Promise<void> {
    this.wanted = key
    this.#asked = { request, of }
    this.failed = false
    this.#showKnown()
    this.#recalled ??= this.#recall()
    await this.#recalled
    if (this.wanted !== key) return
    this.#showKnown()
    const fresh = this.shown?.key === key && this.#parts.now() - this.shown.at < FRESH_MS
    if (fresh) this.fetching = false
    else await this.again()
  }

  /** Asks once more for what is wanted. */
  async again(): Promise<void> {
    const [key, asked] = [this.wanted, this.#asked]
    if (key === null || asked === null) return
    this.fetching = true
    const reply = await this.#parts.ask(asked.request)
    // Meanwhile somebody may have chosen something else, which is being asked for.
    if (reply.ok) await this.#keep({ key, of: asked.of, reply: reply.value, at: this.#parts.now() })
    if (this.wanted !== key) return
    this.fetching = false
    this.failed = !reply.ok
  }

  #showKnown(): void {
    const known = this.#kept.find(({ key }) => key === this.wanted)
    if (known && known !== this.shown) this.shown = known
  }

  async #keep(answer: KnownAnswer<FigureCalls[K]['reply']>): Promise<void> {
    this.#kept = [answer, ...this.#kept.filter(({ key }) => key !== answer.key)].slice(0, KEPT_ANSWERS)
    if (answer.key === this.wanted) this.shown = answer
    await this.#parts.known.write(this.#cacheKey, this.#kept)
  }

  async #recall(): Promise<void> {
    const saved = await this.#parts.known.read<readonly KnownAnswer<FigureCalls[K]['reply']>[]>(this.#cacheKey)
    const newer = new Set(this.#kept.map(({ key }) => key))
    this.#kept = [...this.#kept, ...(saved?.value ?? []).filter(({ key }) => !newer.has(key))].slice(0, KEPT_ANSWERS)
    // Better the last picture of another choice than none.
    this.shown ??= this.#kept[0] ?? null
  }

  get #cacheKey(): string {
    return `answers ${this.#parts.name}`
  }
}
