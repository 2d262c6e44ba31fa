/** Calls of the web shop: a genuine one that tells of a change has the shop read at once, however many there are; any other changes nothing. */
import type { Clock } from '#hub/ports/clock.ts'
import type { Log } from '#hub/ports/log.ts'
import type { Timer } from '#hub/ports/timer.ts'
import type { WebhookCall, WebhookVerdict } from '#hub/ports/web-shop/shop-checkout.ts'
import type { KeptShop } from './keep-shop.ts'

export type WebhookParts = {
  readonly name: string
  readonly check: (call: WebhookCall) => Promise<WebhookVerdict>
  readonly shop: Pick<KeptShop, 'lookAfresh'>
  readonly clock: Clock
  readonly timer: Timer
  readonly log: Log
}

export type TakenWebhooks = {
  /** False: not the shop's. */
  take(call: WebhookCall): Promise<boolean>
  /** Something changed that no reading has begun for yet. */
  isBehind(): boolean
  stop(): void
}

/** How soon a change that was told during a reading is looked for. */
const TICK_MS = 250
/** Between two readings, and so many times as long as the last one took: a shop in which somebody works all day is not read all day. */
const PAUSE_MS = 1000
const PAUSE_FACTOR = 2
/** Forged calls are told once in this time, with their number. */
const TELL_MS = 60_000

export const takeWebhooks = ({ name, check, shop, clock, timer, log }: WebhookParts): TakenWebhooks => {
  let isTold = false
  let isReading = false
  let notBefore = 0
  let forged = 0
  let toldAt = -Infinity

  const read = async (): Promise<void> => {
    const startedAt = clock.now()
    const said = await shop.lookAfresh()
    const patienceMs = !said.ok && said.error.type === 'RateLimited' ? said.error.retryAfterMs : 0
    notBefore = clock.now() + Math.max(PAUSE_MS, PAUSE_FACTOR * (clock.now() - startedAt), patienceMs)
  }
  const readIfTold = (): void => {
    if (!isTold || isReading || clock.now() < notBefore) return
    isTold = false
    isReading = true
    void read().finally(() => {
      isReading = false
    })
  }
  const tellForged = (): void => {
    if (forged === 0 || clock.now() - toldAt < TELL_MS) return
    log.warn('calls in the name of the web shop were refused', { shop: name, calls: forged })
    toldAt = clock.now()
    forged = 0
  }
  const stop = timer.every(TICK_MS, () => {
    readIfTold()
    tellForged()
  })
  return {
    take: async (call) => {
      const verdict = await check(call)
      if (verdict === 'forged') {
        forged += 1
        tellForged()
        return false
      }
      if (verdict === 'changed') {
        isTold = true
        readIfTold()
      }
      return true
    },
    isBehind: () => isTold,
    stop,
  }
}
