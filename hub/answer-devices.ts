/** What the hub answers to a connected device: each stream message and each call tied to its use-case. */
import { setImmediate } from 'node:timers/promises'
import { ok, type Result } from '#shared/kernel/result.ts'
import type { BoughtCalls } from '#shared/protocol/bought.ts'
import type { ActingCalls } from '#shared/protocol/acting.ts'
import type { FigureCalls } from '#shared/protocol/figures.ts'
import type { ListeningCalls } from '#shared/protocol/listening.ts'
import type { PairingCalls } from '#shared/protocol/pairing-calls.ts'
import type { PrivacyCalls } from '#shared/protocol/privacy.ts'
import type { SharingCalls } from '#shared/protocol/sharing.ts'
import type { PeopleCalls } from '#shared/protocol/people.ts'
import type { SurveysCalls } from '#shared/protocol/surveys.ts'
import type { AuditAct } from '#shared/privacy/audit-act.ts'
import type { AnswerParts } from './answer-parts.ts'
import type { Caller } from './ports/caller.ts'
import type { ParityCalls } from './open-parity.ts'
import type { CallHandlers, StreamHandlers } from './transport/socket/handlers.ts'
import { fetchBasket } from './use-cases/baskets/bring-basket.ts'
import { lendUses } from './use-cases/releases/count-uses.ts'
import { checkOffers } from './use-cases/releases/check-offers.ts'
import { deliverRelease } from './use-cases/releases/deliver-release.ts'
import { greetDevice, ingestEvents, troubleToError } from './use-cases/events/ingest-events.ts'
import { moveAnswer, readReceipt, replyToAnswer } from './use-cases/feedback/follow-receipt.ts'
import { hubHealth, type HealthParts } from './use-cases/care/hub-health.ts'
import { listDevices } from './use-cases/devices/list-devices.ts'
import { listFeedback } from './use-cases/feedback/list-feedback.ts'
import { lookupQuote } from './use-cases/baskets/lookup-quote.ts'
import { openContacts } from './use-cases/feedback/open-contacts.ts'
import { readFunnel } from './use-cases/feedback/read-funnel.ts'
import { readInsights } from './use-cases/figures/read-insights.ts'
import { overdueClasses } from './use-cases/privacy/read-privacy.ts'
import { readSeals } from './use-cases/care/read-seals.ts'
import { redriveAll } from './use-cases/events/redrive-parked.ts'
import { noteHello, reportDevice } from './use-cases/devices/report-device.ts'
import { reviewOffers } from './use-cases/releases/review-offers.ts'
import { watchCopies } from './use-cases/care/watch-copies.ts'

/** What devices say of themselves is made durable together with the events of others: a thousand greetings at once must not cost a thousand flushes. */
export const streamHandlers = ({ data, ingest, sockets, clock, log }: AnswerParts): StreamHandlers => {
  const greet = greetDevice(ingest)
  const push = ingestEvents(ingest)
  const parts = { ...data, clock, hints: sockets.hints, log }
  const note = noteHello(parts)
  const report = reportDevice(parts)
  const copies = watchCopies({ devices: data.devices, audit: data.audit, connections: sockets.connections, clock, hints: sockets.hints, log })
  const pull = deliverRelease({ documents: data.documents, clock, hubEpoch: data.hubEpoch })
  return {
    hello: async (request, session) => {
      const { dev } = session
      const reply = greet(dev, request)
      if ('code' in reply) return reply
      const noted = await ingest.committer.commit(() => note(dev, request), { patient: true })
      if (!noted.ok) return troubleToError(noted.error)
      // A device that hears of more events than it made knows that its storage is not the only one.
      return copies.greeted(session, request) ? { ...reply, hw: Math.max(reply.hw, request.next) } : reply
    },
    push: (request, session) => (copies.pushed(session, request.ep) ? { code: 'fork', at: request.ev[0]!.seq } : push(session.dev, request)),
    pull: (request) => pull(request),
    time: () => ({ now: clock.now() }),
    report: async (request, session) => {
      copies.reported(session)
      const reply = await ingest.committer.commit(() => report(session.dev, request), { patient: true })
      return reply.ok ? reply.value : troubleToError(reply.error)
    },
  }
}

/** Those of the parity monitor come from where it is put together. */
export const callHandlers = (parts: AnswerParts): Omit<CallHandlers, keyof PrivacyCalls | keyof FigureCalls | keyof SurveysCalls | keyof ParityCalls | keyof PeopleCalls | keyof PairingCalls | keyof ListeningCalls | keyof ActingCalls | keyof BoughtCalls | keyof SharingCalls> => {
  const { data, ingest, assortments, sockets, clock } = parts
  const { allotments, transactions, devices, events, feedback, documents, quotes, reviews, streams } = data
  const health = listDevices({ devices, events, isOnline: sockets.isOnline })
  const ownHealth = hubHealth(healthParts(parts))
  const seals = readSeals({ devices, streams, feedback, documents, clock })
  const readAgain = redriveAll(ingest)
  const receipts = { ...data, clock, hints: sockets.hints }
  /** An act with its entry in the audit log, in one step. */
  const noted = <T>(caller: Caller, what: AuditAct, object: string | null, act: () => T): Result<T, never> =>
    transactions.run(() => {
      const done = act()
      data.audit.record({ who: caller.person?.id ?? 'unknown', what, device: caller.dev, object })
      return ok(done)
    })
  return {
    'quote.lookup': lookupQuote({ quotes, devices, assortments, clock }),
    'basket.fetch': fetchBasket({ brought: data.brought, quotes, assortments, allotments, clock }),
    'offers.check': checkOffers({ assortments, clock }),
    'allotments.exchange': lendUses({ allotments, transactions, assortments, clock }),
    'offers.review': reviewOffers({ documents, assortments, quotes, reviews, clock, pause: () => setImmediate() }),
    'devices.list': () => ok(health()),
    'seals.read': (request) => ok(seals(request)),
    'hub.health': () => ok(ownHealth()),
    'hub.redrive': (_request, caller) => noted(caller, 'hub.redriven', null, readAgain),
    'feedback.list': (request) => ok(listFeedback(data, request)),
    'feedback.contacts': (request, caller) => noted(caller, 'contact.opened', data.keys.mark(`response ${request.response}`), () => openContacts({ ...data, clock }, request)),
    'feedback.gone': ({ ids }) => ok({ gone: feedback.gone(ids) }),
    'receipt.read': ({ response }) => readReceipt(data, response),
    'receipt.move': (request, { dev, person }) => moveAnswer(receipts, request, { who: person?.id ?? 'unknown', device: dev }),
    'receipt.reply': (request, { dev, person }) => replyToAnswer(receipts, request, { who: person?.id ?? 'unknown', device: dev }),
    'feedback.watch': () => ok({ watching: true }),
    'insights.read': (request) => ok(readInsights({ feedback, cells: data.cells, devices, streams, documents, clock }, request)),
    'funnel.read': (request) => ok(readFunnel({ ...data, clock, shop: parts.shop }, request)),
  }
}

/** The facts behind the health of the hub. */
export const healthParts = ({ data, backupState, certificateEndsAt, clock }: AnswerParts): HealthParts => ({
  ...data,
  clock,
  startedAt: clock.now(),
  certificateEndsAt,
  backupState,
  restored: data.restored && { at: data.restored.at, salvagedEvents: data.restored.salvaged.events.length },
  mendedAtStart: data.mended,
  overdue: overdueClasses({ ...data, clock }),
})
