/** Uses of limited offers on this device: kept beside the outbox, in its transactions, and exchanged with the hub. */
import type { OfferUnits } from '#shared/basket/quote.ts'
import type { OfferId } from '#shared/kernel/ids.ts'
import type { Result } from '#shared/kernel/result.ts'
import type { CallError } from '#shared/protocol/calls.ts'
import type { AllotmentReply, AllotmentRequest, PoolState } from '#shared/sync/allotment.ts'
import { askAllotments, believeAllotments, chooseUses, noAllotments, spendUses, unitsHeld, type HeldAllotments, type LeasedUse } from '#shared/sync/allotment-device.ts'
import type { OutboxState, OutboxStep } from '#shared/sync/outbox.ts'
import type { Beside, OutboxStore } from '../store/outbox-store.ts'
import type { DeviceAllotments } from './device.ts'

/** Where it lies in the outbox database. */
const NAME = 'allotments'
/** The hub is asked at least so often, and at once after a use was given away. */
const EXCHANGE_MS = 50_000

export type KeeperParts = {
  readonly outbox: OutboxStore
  /** The latest that the hub's clock may show; null while nobody knows. */
  readonly latest: () => number | null
  readonly mono: () => number
  readonly ask: (request: AllotmentRequest) => Promise<Result<AllotmentReply, CallError>>
}

export class AllotmentKeeper implements DeviceAllotments {
  readonly #parts: KeeperParts
  #held: HeldAllotments | null = null
  #askedMono = -Infinity
  #asking = false

  constructor(parts: KeeperParts) {
    this.#parts = parts
  }

  /** Nothing while the clock is unverified: then a lease may be over without anybody here knowing. */
  units(): OfferUnits {
    const now = this.#parts.latest()
    return this.#held && now !== null ? unitsHeld(this.#held, now) : {}
  }

  get asOf(): number | null {
    return this.#held?.asOf ?? null
  }

  get pools(): readonly PoolState[] {
    return this.#held?.pools ?? []
  }

  choose(offers: readonly OfferId[]): readonly LeasedUse[] | null {
    const now = this.#parts.latest()
    return this.#held && now !== null ? chooseUses(this.#held, offers, now) : offers.length === 0 ? [] : null
  }

  /** Gives the uses away in the transaction that keeps their event, or stops it. */
  spending(uses: readonly LeasedUse[]): Beside {
    return {
      name: NAME,
      decide: (value, state) => {
        const now = this.#parts.latest()
        const spent = state && now !== null ? spendUses(readHeld(value, state), uses, now) : null
        if (spent) this.#become(spent)
        return spent
      },
    }
  }

  /** After a use was given away, or under a new release: what is lacking is asked for with the next report. */
  hurry(): void {
    this.#askedMono = -Infinity
  }

  /** True if the hub has answered. */
  async exchangeIfDue(): Promise<boolean> {
    const now = this.#parts.latest()
    const { mono, ask } = this.#parts
    if (this.#asking || now === null || mono() - this.#askedMono < EXCHANGE_MS) return false
    this.#asking = true
    this.#askedMono = mono()
    try {
      const request = await this.#change((held) => {
        const asked = askAllotments(held, now)
        return [asked.held, asked.request]
      })
      const reply = request && (await ask(request))
      if (!reply?.ok) this.hurry()
      if (reply?.ok) await this.#change((held) => [believeAllotments(held, reply.value), null])
      return reply?.ok ?? false
    } finally {
      this.#asking = false
    }
  }

  /** One durable change; null if there is no outbox yet, or nothing can be written. */
  async #change<T>(decide: (held: HeldAllotments) => readonly [HeldAllotments, T]): Promise<T | null> {
    let result: T | null = null
    const written = await this.#parts.outbox.runBeside(UNCHANGED, {
      name: NAME,
      decide: (value, state) => {
        if (!state) return null
        const [held, told] = decide(readHeld(value, state))
        result = told
        this.#become(held)
        return held
      },
    })
    return written.ok ? result : null
  }

  #become(held: HeldAllotments): void {
    this.#held = held
  }
}

/** The outbox stays as it is. */
const UNCHANGED: OutboxStep<null> = { need: () => null, decide: (state) => ({ change: state && { state }, result: null }) }

/** What was granted to an earlier life of the storage is not ours any more. */
const readHeld = (value: unknown, { ep }: OutboxState): HeldAllotments => {
  const held = value as HeldAllotments | undefined
  return held?.ep === ep ? held : noAllotments(ep)
}
