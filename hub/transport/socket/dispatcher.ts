/** The one place where anything from a socket is heard. One payload, one acknowledgement, a role looked up live, a bounded schema, a time limit; nothing that a client sends can throw past it. */
import { safeParse, type GenericSchema } from 'valibot'
import type { IncomingMessage } from 'node:http'
import type { Server, Socket } from 'socket.io'
import { MAX_FRAME_BYTES } from '#shared/sync/wire.ts'
import type { Clock } from '#hub/ports/clock.ts'
import type { Log } from '#hub/ports/log.ts'
import type { Caller } from '#hub/ports/caller.ts'
import { refusalOf, type EventRule } from '#shared/protocol/event-rules.ts'
import { isBoundedJson, type JsonBounds } from '#shared/protocol/bounded-json.ts'
import { conduct, type Conduct } from './conduct.ts'
import { onceAMinute, type TellOnce } from '#hub/use-cases/sharing/tell-once.ts'
import { tokenBucket, type BucketLimits, type TokenBucket } from './token-bucket.ts'

/** What the live session says; null once the device is revoked. */
export type Session = Caller

export type Refusal =
  | { readonly code: 'busy'; readonly retryMs: number }
  | { readonly code: 'revoked' | 'forbidden' | 'person' | 'fresh' | 'bad_request' | 'failed' | 'timeout' }

export type Guard<In> = {
  readonly rule: EventRule
  readonly schema: GenericSchema<unknown, In>
  readonly cost: number
  /** What the schema is sure to give, found faster; null leaves it to the schema. */
  quick?(payload: unknown, bounds: JsonBounds): In | null
  /** Events that it brings to be stored; absent: none. */
  weigh?(input: In): number
  /** How a refusal looks in this event's acknowledgement. */
  refuse(refusal: Refusal): unknown
}

export type Connection = {
  readonly socket: Socket
  /** Asked anew for every event. */
  session(): Session | null
  readonly bucket: TokenBucket
  /** Of the device, over all its connections. */
  readonly conduct: Conduct
  /** Notes something no honest client does; too much of it closes the connection. */
  violate(why: string): void
  readonly tell: TellOnce
  readonly log: Log
  readonly clock: Clock
}

export type DispatchLimits = {
  readonly perSecond: number
  readonly burst: number
  readonly handlerMs: number
  readonly maxViolations: number
  readonly violationWindowMs: number
  /** Events of one device; absent: as in a store. */
  readonly stored?: BucketLimits
}
export const DISPATCH_LIMITS: DispatchLimits = { perSecond: 20, burst: 50, handlerMs: 5000, maxViolations: 200, violationWindowMs: 10_000 }

/** One push message holds at most 500 events of some 20 fields; their own bounds are checked per event. */
const FRAME_BOUNDS = { depth: 14, keys: 50_000, bytes: MAX_FRAME_BYTES } as const

export const onConnection = (io: Server, greet: (socket: Socket) => void): void => {
  io.on('connection', (socket) => {
    // A listener, so a malformed packet is never an uncaught 'error' event.
    socket.on('error', () => undefined)
    greet(socket)
  })
}

/** Every transport, from before its first word to its end; unproven ones too. */
export const onTransport = (io: Server, opened: (request: IncomingMessage) => void, closed: (request: IncomingMessage) => void): void => {
  io.engine.on('connection', (transport: { readonly request: IncomingMessage; on(event: 'close', listener: () => void): void }) => {
    const { request } = transport
    opened(request)
    transport.on('close', () => closed(request))
  })
}

export const onDisconnect = (socket: Socket, gone: () => void): void => {
  socket.on('disconnect', gone)
}

/** A proven connection. `kick` closes it and keeps the device out for a while; what it did on others counts where `conduct` is given. */
export const openConnection = (
  socket: Socket,
  parts: { session(): Session | null; kick(): void; readonly conduct?: Conduct; /** Of all connections together; absent: of this one. */ readonly tell?: TellOnce; readonly log: Log; readonly clock: Clock; readonly limits: DispatchLimits },
): Connection => {
  const own = parts.conduct ?? conduct(parts.limits, parts.clock)
  let isOver = false
  const violate = (why: string): void => {
    // What was under way when it was closed is not counted against it again.
    if (isOver || !own.breaks()) return
    isOver = true
    parts.log.warn('connection closed for violations', { dev: parts.session()?.dev ?? null, why })
    parts.kick()
  }
  const known = new Set<string>()
  guarded.set(socket, { known, handlerMs: parts.limits.handlerMs })
  socket.onAny((name: unknown) => {
    if (typeof name !== 'string' || !known.has(name)) violate('unknown event')
  })
  return { socket, session: parts.session, bucket: tokenBucket(parts.limits, parts.clock), conduct: own, violate, tell: parts.tell ?? onceAMinute(parts.log, parts.clock), log: parts.log, clock: parts.clock }
}

/** Lets a connection send one kind of event. The handler sees only what the guard has let through. */
export const on = <In>(connection: Connection, name: string, guard: Guard<In>, handler: (input: In, session: Session) => unknown): void => {
  const own = guarded.get(connection.socket)!
  own.known.add(name)
  connection.socket.on(name, (...args: unknown[]) => {
    const ack = args.at(-1)
    if (!isAck(ack) || args.length !== 2) return connection.violate('no acknowledgement')
    void answer(connection, name, guard, handler, args[0], own.handlerMs).then((reply) => acknowledge(connection, name, ack, reply))
  })
}

/** A reply that cannot be written as JSON is a bug of this hub; it must not end it. */
const acknowledge = (connection: Connection, name: string, ack: (reply: unknown) => void, reply: unknown): void => {
  try {
    ack(reply)
  } catch (error) {
    connection.log.error('reply not sent', { event: name, error: error instanceof Error ? error.name : 'thrown value' })
  }
}

const isAck = (value: unknown): value is (reply: unknown) => void => typeof value === 'function'

const guarded = new WeakMap<Socket, { readonly known: Set<string>; readonly handlerMs: number }>()

const answer = async <In>(
  connection: Connection,
  name: string,
  guard: Guard<In>,
  handler: (input: In, session: Session) => unknown,
  payload: unknown,
  handlerMs: number,
): Promise<unknown> => {
  try {
    const waitMs = connection.bucket.take(guard.cost)
    if (waitMs > 0) {
      connection.violate('too fast')
      return guard.refuse({ code: 'busy', retryMs: waitMs })
    }
    const session = connection.session()
    if (!session) return guard.refuse({ code: 'revoked' })
    const refusal = refusalOf(guard.rule, { device: session.role, person: session.person?.role ?? null, fresh: session.person?.fresh ?? false })
    if (refusal === 'forbidden') return refuseAndNote(connection, guard, { name, session, code: refusal })
    // No offence: the session has just ended, or the password has grown old.
    if (refusal) return guard.refuse({ code: refusal })
    const input = read(guard, payload)
    if (input === null) return refuseAndNote(connection, guard, { name, session, code: 'bad_request' })
    const storedMs = guard.weigh ? connection.conduct.stored.take(guard.weigh(input.value)) : 0
    if (storedMs > 0) {
      connection.violate('too many events')
      return guard.refuse({ code: 'busy', retryMs: storedMs })
    }
    const reply = handler(input.value, session)
    // What is there already needs no time limit.
    return reply instanceof Promise ? await withLimit(reply, handlerMs, () => guard.refuse({ code: 'timeout' })) : reply
  } catch (error) {
    connection.log.error('event handler failed', { event: name, error: error instanceof Error ? `${error.name}: ${error.message}` : 'thrown value' })
    return guard.refuse({ code: 'failed' })
  }
}

/** Null for what the schema does not allow. */
const read = <In>(guard: Guard<In>, payload: unknown): { readonly value: In } | null => {
  const quick = guard.quick?.(payload, FRAME_BOUNDS) ?? null
  if (quick !== null) return { value: quick }
  if (!isBoundedJson(payload, FRAME_BOUNDS)) return null
  const input = safeParse(guard.schema, payload, { abortEarly: true })
  return input.success ? { value: input.output } : null
}

type Offence = { readonly name: string; readonly session: Session; readonly code: 'forbidden' | 'bad_request' }

const refuseAndNote = <In>(connection: Connection, guard: Guard<In>, { name, session, code }: Offence): unknown => {
  connection.tell(code === 'forbidden' ? 'call not allowed' : 'call not understood', { dev: session.dev, person: session.person?.id ?? null, event: name })
  connection.violate(code)
  return guard.refuse({ code })
}

const withLimit = async (work: Promise<unknown>, limitMs: number, late: () => unknown): Promise<unknown> => {
  const { promise, resolve } = Promise.withResolvers<unknown>()
  const timer = setTimeout(() => resolve(late()), limitMs)
  timer.unref()
  try {
    return await Promise.race([work, promise])
  } finally {
    clearTimeout(timer)
  }
}
