/** Everything that crosses between device, phone and hub and has a shape, by name. A test hashes it: a change of any of them is a step of the protocol. */
import type { GenericSchema } from 'valibot'
import { ChallengeReply, SocketAuth } from './channels.ts'
import { OpenRequest, OrderRequest, PriceRequest } from './checkout.ts'
import { DOCUMENT_SCHEMAS } from './documents.ts'
import { CommentSecret, ContactSecret, FeedbackAnswered, FeedbackCommented, FeedbackContactLeft } from './feedback-events.ts'
import { CALL_SCHEMAS, STREAM_SCHEMAS } from './guard.ts'
import { BasketHandedOver } from './handoff-events.ts'
import { KeptKey, PairAgainReply, PairAgainRequest, PairAnswerRequest, PairPatience, PairRequest, PairWaiting, PairWaitRequest } from './pairing.ts'
import { PullReplyMessage } from './pull.ts'
import { CallErrorReply, HINT_SCHEMAS, MissingReply, REPLY_SCHEMAS } from './reply-schemas.ts'
import { AckMessage, HelloReplyMessage, PublisherMessage, ReportReplyMessage, StreamErrorMessage } from './replies.ts'
import { BasketBegun, VisitStarted } from './visit-events.ts'

/** What events say, by type; types that nobody reads anything from are not among them. */
export const EVENT_SCHEMAS: { readonly [type: string]: GenericSchema } = {
  'feedback.answered': FeedbackAnswered,
  'feedback.commented': FeedbackCommented,
  'feedback.contact-left': FeedbackContactLeft,
  'basket.handed-over': BasketHandedOver,
  'visit.started': VisitStarted,
  'basket.begun': BasketBegun,
}
/** What their sealed parts say. */
export const SECRET_SCHEMAS: { readonly [type: string]: GenericSchema } = { 'feedback.commented': CommentSecret, 'feedback.contact-left': ContactSecret }

export const WIRE_SCHEMAS: { readonly [group: string]: { readonly [name: string]: GenericSchema } } = {
  opening: { auth: SocketAuth, challenge: ChallengeReply, pair: PairRequest, pairWaiting: PairWaiting, pairWait: PairWaitRequest, pairPatience: PairPatience, pairAnswer: PairAnswerRequest, pairAgain: PairAgainRequest, pairAgainReply: PairAgainReply, keptKey: KeptKey },
  streams: STREAM_SCHEMAS,
  replies: { hello: HelloReplyMessage, push: AckMessage, pull: PullReplyMessage, report: ReportReplyMessage, error: StreamErrorMessage, publisher: PublisherMessage },
  calls: CALL_SCHEMAS,
  callReplies: { ...REPLY_SCHEMAS, error: CallErrorReply, missing: MissingReply },
  hints: HINT_SCHEMAS,
  events: EVENT_SCHEMAS,
  secrets: SECRET_SCHEMAS,
  documents: DOCUMENT_SCHEMAS,
  checkout: { open: OpenRequest, price: PriceRequest, order: OrderRequest },
}
