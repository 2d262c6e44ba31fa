/** What answers the events of the role table. */
import type { CallHandler } from '#hub/ports/caller.ts'
import type { CallName } from '#shared/protocol/calls.ts'
import type { StreamEvent, StreamRequests } from '#shared/protocol/guard.ts'
import type { Session } from './dispatcher.ts'

export type StreamHandlers = { readonly [E in StreamEvent]: (request: StreamRequests[E], session: Session) => unknown }
export type CallHandlers = { readonly [K in CallName]: CallHandler<K> }
export type Handlers = { readonly streams: StreamHandlers; readonly calls: CallHandlers }
