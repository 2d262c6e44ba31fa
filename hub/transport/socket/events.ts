/** Every event of the role table, registered through the dispatcher. */
import { EVENT_RULES } from '#shared/protocol/event-rules.ts'
import { CALL_SCHEMAS, EVENT_COST, STREAM_SCHEMAS, type StreamEvent, type StreamRequests } from '#shared/protocol/guard.ts'
import type { CallError, CallName, Calls } from '#shared/protocol/calls.ts'
import type { StreamError } from '#shared/sync/wire.ts'
import { err, type Result } from '#shared/kernel/result.ts'
import { quickPush } from '#shared/protocol/quick-checks.ts'
import { on, type Connection, type Guard, type Refusal } from './dispatcher.ts'
import { WATCHERS } from './hint-rooms.ts'
import type { CallHandlers, Handlers, StreamHandlers } from './handlers.ts'

export const registerEvents = (connection: Connection, handlers: Handlers): void => {
  for (const name of Object.keys(STREAM_SCHEMAS) as StreamEvent[]) registerStream(connection, name, handlers.streams[name])
  for (const name of Object.keys(CALL_SCHEMAS) as CallName[]) registerCall(connection, name, handlers.calls[name])
}

/** The one message whose check is felt. */
const QUICK: { readonly [E in StreamEvent]?: Pick<Guard<StreamRequests[E]>, 'quick' | 'weigh'> } = { push: { quick: quickPush, weigh: ({ ev }) => ev.length } }

const registerStream = <E extends StreamEvent>(connection: Connection, name: E, handler: StreamHandlers[E]): void => {
  const guard: Guard<StreamRequests[E]> = { rule: EVENT_RULES[name], schema: STREAM_SCHEMAS[name], cost: EVENT_COST[name], refuse: refusalToStreamError, ...QUICK[name] }
  on(connection, name, guard, handler)
}

const registerCall = <K extends CallName>(connection: Connection, name: K, handler: CallHandlers[K]): void => {
  const guard: Guard<Calls[K]['request']> = { rule: EVENT_RULES[name], schema: CALL_SCHEMAS[name], cost: EVENT_COST[name], refuse: refusalToCallError }
  on(connection, name, guard, async (request, session) => {
    const reply = await handler(request, session)
    // Watching is a matter of this connection alone.
    if (name === 'feedback.watch' && reply.ok) await connection.socket.join(WATCHERS)
    return reply
  })
}

const refusalToStreamError = (refusal: Refusal): StreamError => {
  if (refusal.code === 'busy') return refusal
  if (refusal.code === 'forbidden') return { code: 'auth' }
  if (refusal.code === 'person' || refusal.code === 'fresh') return { code: 'auth' }
  return { code: refusal.code === 'timeout' ? 'failed' : refusal.code }
}

const refusalToCallError = (refusal: Refusal): Result<never, CallError> => err({ code: refusal.code })
