/** What every answer of the hub is made of, put together once. */
import type { Publisher } from '#shared/sync/release-signature.ts'
import type { HubDeps } from './hub-deps.ts'
import type { HubData } from './open-data.ts'
import type { Assortments } from './ports/assortments.ts'
import type { Clock } from './ports/clock.ts'
import type { Load } from './ports/load.ts'
import type { Log } from './ports/log.ts'
import type { Passwords } from './ports/passwords.ts'
import type { Random } from './ports/random.ts'
import type { Timer } from './ports/timer.ts'
import type { WebShop } from './ports/web-shop/web-shop.ts'
import type { SocketServer } from './transport/socket/socket-server.ts'
import type { BackupState } from './use-cases/care/back-up.ts'
import { groupCommit } from './use-cases/events/group-commit.ts'
import type { HeldSessions } from './use-cases/people/hold-sessions.ts'
import { holdBack } from './use-cases/figures/hold-back.ts'
import type { IngestParts } from './use-cases/events/ingest-events.ts'
import { feedbackProjector } from './use-cases/feedback/project-feedback.ts'
import { projectLosses } from './use-cases/events/project-losses.ts'
import { projectParity } from './use-cases/parity/project-parity.ts'
import { projectQuotes } from './use-cases/baskets/project-quotes.ts'
import { projectVisits } from './use-cases/feedback/project-visits.ts'
import { readAssortments } from './use-cases/releases/read-assortments.ts'

export type AnswerParts = {
  readonly data: HubData
  readonly ingest: IngestParts
  readonly assortments: Assortments
  readonly sockets: SocketServer
  /** How the copies of the database are doing. */
  readonly backupState: () => BackupState
  /** The connected web shop; null: ours. */
  readonly shop: WebShop | null
  readonly sessions: HeldSessions
  readonly passwords: Passwords
  /** When browsers begin to refuse the hub's certificate; null: it has none. */
  readonly certificateEndsAt: () => number | null
  readonly clock: Clock
  readonly random: Random
  readonly timer: Timer
  readonly log: Log
}

/** What only the running hub knows. */
type OwnState = { readonly onBroken: (why: string) => void; readonly backupState: AnswerParts['backupState']; readonly shop: AnswerParts['shop']; readonly sessions: HeldSessions; readonly passwords: Passwords; readonly certificateEndsAt: AnswerParts['certificateEndsAt'] }

export const answerParts = (data: HubData, sockets: SocketServer, { clock, random, timer, log, load, knowledge }: HubDeps & { readonly load: Load }, { onBroken, backupState, shop, sessions, passwords, certificateEndsAt }: OwnState): AnswerParts => {
  const { transactions, events, documents, keys, hubEpoch, feedback, quotes, allotments, streams, funnel, returned } = data
  const { hints } = sockets
  const assortments = readAssortments(documents)
  const projectors = [feedbackProjector({ feedback, cells: data.cells, receipts: data.receipts, documents, devices: data.devices, listening: data.listening, hints }), projectQuotes({ quotes, allotments, assortments }), projectLosses({ streams }), projectParity(data.parity), projectVisits({ funnel, returned })]
  const ingest: IngestParts = { events, receipts: data.receiptLedger, transactions, projectors, keys, knowledge, pressure: holdBack({ load, random, log }), streams, committer: groupCommit(transactions, setImmediate, () => onBroken('pages of the database are damaged')), clock, log, hubEpoch, publisher: publisherOf(data) }
  return { data, ingest, assortments, sockets, backupState, shop, sessions, passwords, certificateEndsAt, clock, random, timer, log }
}

/** The key that signs and the store it signs for, once there is one. */
export const publisherOf =
  ({ publisher, documents }: HubData) =>
  (): Publisher => ({ key: publisher.publicKey, store: (documents.head() ?? documents.upcoming()[0])?.store || null })
