/** An offer is left to the checkout by hand, and stays so whatever is imported or published later, until somebody lifts it. */
import type { Clock } from '#hub/ports/clock.ts'
import type { DocumentStore } from '#hub/ports/documents.ts'
import type { LeftByHand, LeftOffers } from '#hub/ports/left-offers.ts'
import type { Log } from '#hub/ports/log.ts'
import type { ParityLedger } from '#hub/ports/parity-ledger.ts'
import type { DeviceId, OfferId } from '#shared/kernel/ids.ts'
import { canonicalJson, type Json } from '#shared/kernel/json.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import type { Documents } from '#shared/sync/release.ts'
import type { PublishReviewed } from '../releases/publish-reviewed.ts'

export type LeaveParts = {
  readonly left: LeftOffers
  readonly alarms: Pick<ParityLedger, 'alarm'>
  readonly documents: Pick<DocumentStore, 'current' | 'upcoming' | 'itemsAt'>
  /** Made by `publishLeft`. */
  readonly publish: PublishReviewed
  readonly clock: Clock
  readonly log: Log
}

type Fault = { readonly code: 'not_found' | 'failed' }

const LEFT_TELLING = {
  badge: { de: 'Kasse', en: 'Checkout' },
  summary: { de: 'Wird gerade geprüft. Was es ausmacht, sagt die Kasse des Online-Shops.', en: 'Being checked. The checkout of the web shop says what it comes to.' },
} as const

/** As every device shows it: with its name, its time and its code, and without an effect that anybody could compute. */
export const leftBody = (body: Json): Json => {
  const { offer, ...telling } = fieldsOf(body)
  const { id, enabled, channels, window, trigger } = fieldsOf(offer)
  const told = { id, enabled, channels, window, trigger, when: { type: 'never' }, effects: [] }
  return JSON.parse(JSON.stringify({ ...telling, ...LEFT_TELLING, certainty: 'checkout', offer: told })) as Json
}

const fieldsOf = (body: Json | undefined): { readonly [field: string]: Json } => (typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as { readonly [field: string]: Json }) : {})

/** Whatever is published, offers that are left by hand go out as such; what they would be otherwise is kept for the day they are lifted. */
export const publishLeft =
  (left: LeftOffers, publish: PublishReviewed): PublishReviewed =>
  (items, override, terms) => {
    const changes = new Map<string, Json>()
    for (const one of left.all()) {
      const given = items[`offer/${one.offer}`]
      if (given === undefined || isSame(given, leftBody(one.body))) continue
      if (!isSame(given, one.body)) left.keepBody(one.offer, given)
      changes.set(`offer/${one.offer}`, leftBody(given))
    }
    return publish(changes.size === 0 ? items : { ...items, ...Object.fromEntries(changes) }, override, terms)
  }

const isSame = (a: Json, b: Json): boolean => canonicalJson(a) === canonicalJson(b)

/** Errors  not_found for an offer that is not in force; failed if no release could be made of it, then nothing has changed. */
export const leaveOffer =
  (parts: LeaveParts) =>
  (request: { readonly offer: string; readonly alarm: number | null }, by: DeviceId): Result<{ readonly rev: number }, Fault> => {
    const { left, documents, clock, log, alarms } = parts
    const offer = request.offer as OfferId
    const current = documents.current()
    const body = current?.items[`offer/${offer}`]
    if (!current || body === undefined) return err({ code: 'not_found' })
    const cause = request.alarm === null ? null : (alarms.alarm(request.alarm)?.cause ?? null)
    left.leave({ offer, at: clock.now(), by, cause, body })
    const published = publishAgain(parts, (items) => items, { by, reason: 'left to the checkout by hand' })
    if (!published.ok) {
      left.lift(offer, clock.now(), by)
      return published
    }
    log.warn('offer left to the checkout by hand', { offer, by, alarm: request.alarm, cause, rev: published.value.rev })
    return published
  }

/** Errors  as above; not_found if it was not left. */
export const liftOffer =
  (parts: Omit<LeaveParts, 'alarms'>) =>
  (request: { readonly offer: string }, by: DeviceId): Result<{ readonly rev: number }, Fault> => {
    const { left, clock, log } = parts
    const lifted = left.lift(request.offer as OfferId, clock.now(), by)
    if (!lifted) return err({ code: 'not_found' })
    const published = publishAgain(parts, (items) => restored(items, lifted), { by, reason: 'computed on the devices again' })
    if (!published.ok) {
      left.leave(lifted)
      return published
    }
    log.warn('offer computed on the devices again', { offer: lifted.offer, by, leftAt: lifted.at, rev: published.value.rev })
    return published
  }

/** A release that no longer has the offer is left alone. */
const restored = (items: Documents, { offer, body }: LeftByHand): Documents => (items[`offer/${offer}`] === undefined ? items : { ...items, [`offer/${offer}`]: body })

/** The release in force, and those that wait for their time. */
export const publishAgain = ({ documents, publish }: Pick<LeaveParts, 'documents' | 'publish'>, change: (items: Documents) => Documents, override: { readonly by: string; readonly reason: string }): Result<{ readonly rev: number }, Fault> => {
  const waiting = documents.upcoming()
  const published = publish(change(documents.current()?.items ?? {}), override)
  if (!published.ok) return err({ code: 'failed' })
  for (const { rev, activeFrom } of waiting) {
    const again = publish(change(documents.itemsAt(rev)), override, { activeFrom })
    if (!again.ok) return err({ code: 'failed' })
  }
  return ok({ rev: published.value.rev })
}
