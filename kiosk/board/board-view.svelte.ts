/** What the board shows: the newest figures, or the last ones with their age. It asks again and again, and stops for nothing but the end of its link. */
import type { Clock } from '../lib/state/clock.ts'
import type { BoardAnswer } from '../lib/platform/ask-board.ts'
import type { Board } from '#shared/protocol/api.ts'
import type { KeptBoard } from './kept-board.ts'

export type BoardParts = { readonly ask: () => Promise<BoardAnswer>; readonly kept: KeptBoard; readonly clock: Clock; readonly now: () => number }

const ASK_MS = 15_000
/** Whoever stands before it sees by the minute that it is alive. */
const TICK_MS = 20_000
/** Two rounds without an answer are no accident. */
const LATE_MS = 40_000
/** Places the picture takes in turn, so that nothing stands on the same dots for months. Units  thousandths of its width. */
const SHIFTS = [[0, 0], [3, 1], [4, 3], [3, 5], [0, 6], [-3, 5], [-4, 3], [-3, 1]] as const
const SHIFT_MS = 120_000

export class BoardView {
  board = $state.raw<Board | null>(null)
  /** The link does not count any more. */
  ended = $state(false)
  now = $state(0)
  /** When the hub last answered, by this device's clock; null: not since the start. */
  heardAt = $state<number | null>(null)
  readonly #parts: BoardParts
  /** Hub time minus this device's. */
  #offset = 0

  constructor(parts: BoardParts) {
    this.#parts = parts
    this.now = parts.now()
  }

  start(): void {
    const { clock, kept, now } = this.#parts
    this.board = kept.read()
    clock.every(TICK_MS, () => {
      this.now = now()
    })
    clock.every(ASK_MS, () => void this.look())
    void this.look()
  }

  async look(): Promise<void> {
    const answer = await this.#parts.ask()
    this.now = this.#parts.now()
    this.ended = answer.type === 'ended'
    if (answer.type === 'ended') {
      this.board = null
      this.#parts.kept.forget()
    }
    if (answer.type === 'same' || answer.type === 'board') this.heardAt = this.now
    if (answer.type !== 'board') return
    this.#offset = answer.board.asOf - this.now
    this.board = answer.board
    this.#parts.kept.write(answer.board)
  }

  /** As old as the last answer of the hub, which says so too if nothing has changed. Null: fresh. */
  get ageMs(): number | null {
    if (this.heardAt !== null) return this.now - this.heardAt > LATE_MS ? this.now - this.heardAt : null
    return this.board ? Math.max(0, this.now + this.#offset - this.board.asOf) : null
  }

  /** How far the picture stands beside its middle. */
  get shift(): readonly [number, number] {
    return SHIFTS[Math.floor(this.now / SHIFT_MS) % SHIFTS.length]!
  }

  /** Counts on once a minute, for what takes turns. */
  get turn(): number {
    return Math.floor(this.now / 60_000)
  }
}
