/** The standing of prices between store and web shop, and one alarm in full, as staff and managers see them. */
import type { Clock } from '#hub/ports/clock.ts'
import type { DeviceStore } from '#hub/ports/devices.ts'
import type { DeviceStreams } from '#hub/ports/device-streams.ts'
import type { LeftByHand, LeftOffers } from '#hub/ports/left-offers.ts'
import type { ParityLedger, StoredAlarm } from '#hub/ports/parity-ledger.ts'
import { toldCapabilities } from '#hub/ports/web-shop/web-shop.ts'
import type { Assortments } from '#hub/ports/assortments.ts'
import type { DeviceId } from '#shared/kernel/ids.ts'
import type { Json } from '#shared/kernel/json.ts'
import type { Localised } from '#shared/kernel/language.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import { millis } from '#shared/kernel/time.ts'
import type { AlarmDetail, AlarmHead, LeftOffer, ParityReply, ParityVector, ShopStanding } from '#shared/protocol/parity.ts'
import type { AlarmExample } from './parity-example.ts'
import { parityVector } from './parity-vector.ts'
import { missingDevices } from '../figures/read-insights.ts'
import type { WatchedShop } from '../shops/watch-shop.ts'

export type ReadParityParts = {
  readonly ledger: ParityLedger
  readonly left: LeftOffers
  readonly assortments: Assortments
  readonly shop: WatchedShop
  readonly devices: DeviceStore
  readonly streams: DeviceStreams
  readonly clock: Clock
}

type NotFound = { readonly code: 'not_found' }

/** In one reply. */
const MAX_ALARMS_TOLD = 50

export const readParity = (parts: ReadParityParts) => (): ParityReply => {
  const { ledger, left, shop, clock } = parts
  const asOf = clock.now()
  const { since, lastAt, counts } = ledger.sums()
  return {
    asOf, since, lastAt, counts,
    waiting: ledger.countWaiting(),
    missing: missingDevices(parts, { from: since ?? asOf, until: millis(asOf + 1) }, asOf),
    shop: standingOf(shop),
    alarms: ledger.alarms(MAX_ALARMS_TOLD).map((alarm) => headOf(alarm, parts)),
    left: left.all().map((one) => leftOf(one, parts)),
  }
}

const standingOf = ({ shop, connected, word }: WatchedShop): ShopStanding => ({
  name: shop.name,
  connected,
  ...word(),
  capabilities: Object.entries(toldCapabilities(shop)).map(([name, unable]) => ({ name, unable })),
})

/** Errors  not_found for an alarm that is gone. */
export const readAlarm =
  (parts: ReadParityParts) =>
  ({ id }: { readonly id: number }): Result<AlarmDetail, NotFound> => {
    const alarm = parts.ledger.alarm(id)
    if (!alarm) return err({ code: 'not_found' })
    const { codes, delivery, figures, steps, releases, shownAt, comparedAt, vector } = exampleOf(alarm)
    return ok({ ...headOf(alarm, parts), codes, delivery, figures, steps, releases, shownAt, comparedAt, hasVector: vector !== null })
  }

/** Errors  not_found where no shop priced the basket. */
export const readVector =
  ({ ledger, shop }: Pick<ReadParityParts, 'ledger' | 'shop'>) =>
  ({ id }: { readonly id: number }): Result<ParityVector, NotFound> => {
    const alarm = ledger.alarm(id)
    const vector = alarm && exampleOf(alarm).vector
    return vector ? ok(parityVector(shop.shop.name, [vector])) : err({ code: 'not_found' })
  }

export const closeAlarm =
  ({ ledger, clock }: Pick<ReadParityParts, 'ledger' | 'clock'>) =>
  ({ id }: { readonly id: number }): Result<{ readonly closed: true }, NotFound> =>
    ledger.close(id, clock.now()) ? ok({ closed: true }) : err({ code: 'not_found' })

const exampleOf = ({ example }: StoredAlarm): AlarmExample => example as Json as unknown as AlarmExample

const headOf = (alarm: StoredAlarm, { left, assortments, devices }: ReadParityParts): AlarmHead => {
  const { id, source, cause, detail, firstAt, lastAt, baskets, byMinor, dev, offers, closedAt } = alarm
  const byHand = new Set(left.all().map(({ offer }) => offer as string))
  const { titles } = exampleOf(alarm)
  return {
    id, source, cause, detail, firstAt, lastAt, baskets, byMinor,
    device: nameOf(dev, devices),
    offers: offers.map((offer) => ({ offer, title: titles[offer] ?? both(offer), left: byHand.has(offer) || isAtCheckout(offer, assortments), here: isHere(offer, assortments) })),
    closed: closedAt !== null,
  }
}

const published = (assortments: Assortments) => {
  const current = assortments.current()
  return { computed: current?.offers ?? [], unread: (current?.unread ?? []).map(({ told }) => told) }
}

const isHere = (offer: string, assortments: Assortments): boolean => Object.values(published(assortments)).flat().some((one) => one.offer.id === offer)

/** Left by the import already, or by its own certainty. */
const isAtCheckout = (offer: string, assortments: Assortments): boolean => Object.values(published(assortments)).flat().some((one) => one.offer.id === offer && one.certainty === 'checkout')

const leftOf = ({ offer, at, by, cause, body }: LeftByHand, { devices }: ReadParityParts): LeftOffer => ({ offer, title: titleOf(body) ?? both(offer), at, by: nameOf(by, devices) ?? by.slice(0, 8), cause })

const titleOf = (body: Json): Localised | null => (typeof body === 'object' && body !== null && 'title' in body ? (body.title as Localised) : null)
const both = (text: string): Localised => ({ de: text, en: text })

const nameOf = (dev: DeviceId | null, devices: DeviceStore): string | null => (dev === null ? null : (devices.find(dev)?.name ?? dev.slice(0, 8)))
