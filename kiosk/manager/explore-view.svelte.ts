/** What the page "Verstehen" shows: one choice of filters, the tiles of the open part, and the words behind a figure. */
import { filtersKey, FIRST_FILTERS, rangeOf, scopeOf, stepFor, withoutSlice, type ExploreFilters, type Place } from './explore-filters.ts'
import { KnownAnswers, type FigureCall } from './known-answers.svelte.ts'
import type { LastKnown } from './last-known.ts'
import { WordsView } from './words-view.svelte.ts'
import type { Clock } from '../lib/state/clock.ts'
import type { Result } from '#shared/kernel/result.ts'
import { millis, type Day } from '#shared/kernel/time.ts'
import type { CallError } from '#shared/protocol/calls.ts'
import type { FigureCalls, Grouping } from '#shared/protocol/figures.ts'

export const PARTS = ['course', 'compare', 'drivers', 'words', 'spend'] as const
/** A part of the page, with the tiles that belong together. */
export type Part = (typeof PARTS)[number]

/** Figures move slowly; who looks for long sees them move. */
const LOOK_AGAIN_MS = 60_000

export type AskHub = <K extends FigureCall>(name: K, request: FigureCalls[K]['request']) => Promise<Result<FigureCalls[K]['reply'], CallError>>
export type ExploreParts = { readonly ask: AskHub; readonly known: LastKnown; readonly clock: Clock; readonly now: () => number; readonly timeZone: () => string }

export class ExploreView {
  filters = $state.raw<ExploreFilters>(FIRST_FILTERS)
  part = $state<Part>('course')
  by = $state<Grouping>('touchpoint')
  /** The question whose answers are to be explained; null: the one that most people answered. */
  outcome = $state<string | null>(null)
  readonly choices: KnownAnswers<'figures.choices'>
  readonly trend: KnownAnswers<'figures.trend'>
  readonly week: KnownAnswers<'figures.weekMap'>
  readonly compare: KnownAnswers<'figures.compare'>
  readonly drivers: KnownAnswers<'figures.drivers'>
  readonly topics: KnownAnswers<'figures.topics'>
  readonly spend: KnownAnswers<'figures.spend'>
  readonly words: WordsView
  readonly #parts: ExploreParts
  #queue: Promise<unknown> = Promise.resolve()

  constructor(parts: ExploreParts) {
    this.#parts = parts
    const answers = <K extends FigureCall>(name: K): KnownAnswers<K> => new KnownAnswers({ name, ask: (request) => this.#inTurn(name, request), known: parts.known, now: parts.now })
    this.choices = answers('figures.choices')
    this.trend = answers('figures.trend')
    this.week = answers('figures.weekMap')
    this.compare = answers('figures.compare')
    this.drivers = new KnownAnswers<'figures.drivers'>({ name: 'figures.drivers', ask: (request) => this.#inTurn('figures.drivers', request), known: parts.known, now: parts.now })
    this.topics = answers('figures.topics')
    this.spend = answers('figures.spend')
    this.words = new WordsView((request) => this.#inTurn('figures.words', request))
  }

  /** Follows the hub until the result is called. */
  start(): () => void {
    void this.#learnChoices().then(() => this.look())
    return this.#parts.clock.every(LOOK_AGAIN_MS, () => void this.#learnChoices().then(() => this.look()))
  }

  /** Another choice of filters; every tile of the open part follows. */
  choose(changed: Partial<ExploreFilters>): void {
    this.filters = { ...this.filters, ...changed }
    if ('period' in changed || 'days' in changed || 'at' in changed) this.words.shut()
    this.look()
  }

  open(part: Part): void {
    this.part = part
    this.look()
  }

  divide(by: Grouping): void {
    this.by = by
    this.look()
  }

  explain(outcome: string): void {
    this.outcome = outcome
    this.look()
  }

  /** Asks for the tiles of the open part. */
  look(): void {
    const { filters } = this
    if (this.part === 'course') {
      const step = stepFor(filters, this.#since, this.#place)
      void this.trend.want(`${filtersKey(filters)} ${step}`, { ...scopeOf(filters, this.#place), step }, filters)
      void this.week.want(filtersKey(filters, ['metric', 'question', 'at']), withoutSlice(filters, this.#place), { ...filters, only: null })
    }
    if (this.part === 'compare') void this.compare.want(`${filtersKey(filters)} by=${this.by}`, { ...scopeOf(filters, this.#place), by: this.by }, filters)
    if (this.part === 'drivers') this.#lookAtDrivers()
    if (this.part === 'words') void this.topics.want(filtersKey(filters, ['at']), this.#unscored, filters)
    if (this.part === 'spend') {
      const { metric, question, from, until } = withoutSlice(filters, this.#place)
      void this.spend.want(filtersKey(filters, ['metric', 'question']), { metric, ...(question !== undefined && { question }), ...(from !== undefined && { from }), ...(until !== undefined && { until }) }, filters)
    }
  }

  /** The words behind a topic, a pair or a word, in the stretch and at the place that is chosen. */
  read(choice: Parameters<WordsView['open']>[0]): Promise<void> {
    return this.words.open(choice, this.#unscored)
  }

  /** The question that is explained: the one that was chosen, else the opening question that most people answered. */
  get explained(): string | null {
    if (this.outcome !== null) return this.outcome
    const scored = (this.choices.shown?.reply.questions ?? []).filter(({ metric, n }) => metric !== null && n > 0)
    return [...scored].sort((a, b) => Number(a.detail) - Number(b.detail) || b.n - a.n)[0]?.question ?? null
  }

  #lookAtDrivers(): void {
    const outcome = this.explained
    if (outcome !== null) void this.drivers.want(`${filtersKey(this.filters, ['at'])} of=${outcome}`, { outcome, ...this.#unscored }, this.filters)
  }

  #learnChoices(): Promise<void> {
    return this.choices.want('all', {}, this.filters)
  }

  get #unscored(): { readonly from?: number; readonly until?: number; readonly at?: string } {
    return { ...rangeOf(this.filters, this.#place), ...(this.filters.at !== null && { at: this.filters.at }) }
  }

  get #since(): Day | null {
    return (this.choices.shown?.reply.since as Day | undefined) ?? null
  }

  get #place(): Place {
    return { now: millis(Math.floor(this.#parts.now())), timeZone: this.#parts.timeZone() }
  }

  /** One question after the other: the hub limits how much one device may ask at once. */
  #inTurn<K extends FigureCall>(name: K, request: FigureCalls[K]['request']): Promise<Result<FigureCalls[K]['reply'], CallError>> {
    const turn = this.#queue.then(() => this.#parts.ask(name, request))
    this.#queue = turn.catch(() => undefined)
    return turn
  }
}
