/** Puts the parity monitor together: the shop under watch, the comparisons, and what devices may ask and do about them. */
import { ok, type Result } from '#shared/kernel/result.ts'
import type { AuditAct } from '#shared/privacy/audit-act.ts'
import type { HubData } from './open-data.ts'
import type { Assortments } from './ports/assortments.ts'
import type { Caller } from './ports/caller.ts'
import type { Clock } from './ports/clock.ts'
import type { Log } from './ports/log.ts'
import type { Timer } from './ports/timer.ts'
import type { WebShop } from './ports/web-shop/web-shop.ts'
import type { CallHandlers } from './transport/socket/handlers.ts'
import { leaveOffer, liftOffer } from './use-cases/parity/leave-offer.ts'
import type { PublishReviewed } from './use-cases/releases/publish-reviewed.ts'
import { closeAlarm, readAlarm, readParity, readVector } from './use-cases/parity/read-parity.ts'
import { watchParity, type ParityMonitor } from './use-cases/parity/watch-parity.ts'
import { watchShop, type WatchedShop } from './use-cases/shops/watch-shop.ts'

export type ParityCalls = Pick<CallHandlers, 'parity.read' | 'parity.alarm' | 'parity.vector' | 'parity.close' | 'offer.leave' | 'offer.lift'>
export type Parity = { readonly shop: WatchedShop; readonly monitor: ParityMonitor; readonly calls: ParityCalls }

export type OpenParityParts = {
  readonly data: HubData
  readonly assortments: Assortments
  /** The shop that prices are compared with. */
  readonly shop: WebShop
  readonly connected: boolean
  /** Already holds to what was left by hand. */
  readonly publish: PublishReviewed
  look(): void
  readonly clock: Clock
  readonly timer: Timer
  readonly log: Log
}

export const openParity = ({ data, assortments, shop: webShop, connected, publish, look, clock, timer, log }: OpenParityParts): Parity => {
  const { parity: ledger, leftOffers: left, documents, devices, streams, transactions } = data
  const shop = watchShop(webShop, connected, { parity: ledger, ledger: data.shops, documents, transactions, clock })
  const reading = { ledger, left, assortments, shop, devices, streams, clock }
  const leaving = { left, alarms: ledger, documents, publish, clock, log }
  const read = readParity(reading)
  const [leave, lift] = [leaveOffer(leaving), liftOffer(leaving)]
  const close = closeAlarm(reading)
  /** What came about stands in the audit log, in the same step. */
  const noted = <T extends Result<unknown, unknown>>(caller: Caller, what: AuditAct, object: string, act: () => T): T =>
    transactions.run(() => {
      const done = act()
      if (done.ok) data.audit.record({ who: caller.person?.id ?? 'unknown', what, device: caller.dev, object })
      return done
    })
  return {
    shop,
    monitor: watchParity({ ledger, releases: { assortments, documents }, shop, look, transactions, clock, timer, log }),
    calls: {
      'parity.read': () => ok(read()),
      'parity.alarm': readAlarm(reading),
      'parity.vector': readVector(reading),
      'parity.close': (request, caller) => noted(caller, 'parity.closed', `${request.id}`, () => close(request)),
      'offer.leave': (request, caller) => noted(caller, 'offer.left', request.offer, () => leave(request, caller.dev)),
      'offer.lift': (request, caller) => noted(caller, 'offer.lifted', request.offer, () => lift(request, caller.dev)),
    },
  }
}
