/** The connected web shop's own calls: taken as soon as the hub listens, acted on as soon as its keeper is there. */
import type { Clock } from './ports/clock.ts'
import type { Log } from './ports/log.ts'
import type { Timer } from './ports/timer.ts'
import { isAble, type WebShop } from './ports/web-shop/web-shop.ts'
import { err } from '#shared/kernel/result.ts'
import type { TakeWebhook } from './transport/http/webhook-route.ts'
import type { KeptShop } from './use-cases/shops/keep-shop.ts'
import { takeWebhooks, type TakenWebhooks } from './use-cases/shops/take-webhook.ts'

export type OpenWebhooks = {
  /** Null where there is no shop, or none that calls. */
  readonly take: TakeWebhook | null
  /** The same shop, whose prices are compared no further as soon as it told of another change: reading that goes first. The very first release waits for its comparison. */
  hurried(shop: WebShop): WebShop
  begin(shop: KeptShop): void
  stop(): void
}

export const openWebhooks = (shop: WebShop | null, { clock, timer, log }: { readonly clock: Clock; readonly timer: Timer; readonly log: Log }): OpenWebhooks => {
  const check = shop?.checkWebhook
  if (!shop || !check || !isAble(check)) return { take: null, hurried: (same) => same, begin: () => undefined, stop: () => undefined }
  let taken: TakenWebhooks | null = null
  let isFirst = true
  return {
    // Before the keeper is there, nothing was read that could have changed.
    take: async (call) => (taken ? taken.take(call) : (await check(call)) !== 'forged'),
    hurried: (same) => {
      const { quote } = same
      if (!isAble(quote)) return same
      return { ...same, quote: async (cart) => (!isFirst && taken?.isBehind() ? err({ type: 'Unreachable', why: 'it changed while it was asked' }) : quote(cart)) }
    },
    begin: (kept) => {
      const begun = (): void => {
        isFirst = false
      }
      void kept.look().then(begun, begun)
      taken = takeWebhooks({ name: shop.name, check, shop: kept, clock, timer, log })
    },
    stop: () => taken?.stop(),
  }
}
