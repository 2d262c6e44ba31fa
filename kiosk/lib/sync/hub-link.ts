/** The one door to the socket: opens it, proves the device's key, and hands out connections that ask and hear. Nothing is ever left to the socket's own buffers or retries. */
import type { io, Socket } from 'socket.io-client'
import { bytesToBase64Url } from '#shared/kernel/bytes.ts'
import { challengeMessage, CHANNELS, type Challenge, type ChallengeReply, type Ready, type SocketAuth } from '#shared/protocol/channels.ts'
import type { HintName } from '#shared/protocol/calls.ts'
import { passWritten } from './written-json.ts'

/** An answer that takes longer is no answer. */
export const ANSWER_TIMEOUT_MS = 4000
/** A try that is lost is given up early: a fresh one gets through sooner. A hub that is only slow gets longer with every try that was given up, until it has answered. */
const CONNECT_MS = 3000
const LONGEST_CONNECT_MS = 8000
const OPTIONS = { transports: ['websocket'], timeout: CONNECT_MS, reconnectionDelay: 250, reconnectionDelayMax: 2000, randomizationFactor: 0.5, forceNew: true, autoConnect: false }
/** The socket does not try again by itself after the hub has refused or closed a connection, or after this side has given one up. */
const REFUSED_RETRY_MS = 2000
const DROPPED_RETRY_MS = 250
/** Nobody is kept out for longer, whatever is said. */
const LONGEST_TOLD_MS = 120_000
/** All of them: a new one that is not heard here does not compile. */
const HINTS = { release: true, feedback: true, erased: true, handoff: true, devices: true, acting: true, session: true } as const satisfies { readonly [H in HintName]: true }

export type Connection = {
  readonly hubEpoch: string
  /** The answer, or null if none came in time or the connection is gone. */
  ask(name: string, payload: unknown): Promise<unknown>
  /** Gives it up; the link opens another one. */
  drop(): void
}

export type LinkEvents = {
  ready(connection: Connection, ready: Ready): void
  closed(): void
  /** A try to connect has failed; the next comes by itself. */
  unreachable(): void
  revoked(): void
  hint(name: HintName, hint: unknown): void
}

export type LinkOptions = {
  readonly origin: string
  readonly auth: SocketAuth
  sign(message: Uint8Array): Promise<Uint8Array>
  after(delayMs: number, task: () => void): () => void
}

/** Opens the link and keeps it open until `close`. The socket library is loaded behind the first screen, which needs no hub. */
export const openLink = (options: LinkOptions, events: LinkEvents): { close(): void } => {
  let ended = false
  let link: { close(): void } | null = null
  const load = async (): Promise<void> => {
    try {
      const client = await import('socket.io-client')
      if (!ended) link = keepOpen(client.io, options, events)
    } catch {
      events.unreachable()
      options.after(REFUSED_RETRY_MS, () => !ended && void load())
    }
  }
  void load()
  return {
    close: () => {
      ended = true
      link?.close()
    },
  }
}

const keepOpen = (connect: typeof io, options: LinkOptions, events: LinkEvents): { close(): void } => {
  const socket = connect(options.origin, { ...OPTIONS, auth: options.auth })
  passWritten(socket.io)
  const host = new URL(options.origin).host
  let ended = false
  const retryAfter = (delayMs: number): void => void options.after(delayMs * (0.5 + Math.random()), () => !ended && socket.connect())
  const revoke = (): void => {
    ended = true
    socket.disconnect()
    events.revoked()
  }
  socket.on(CHANNELS.challenge, (challenge: Challenge, reply: (answer: ChallengeReply) => void) => {
    void options.sign(challengeMessage(challenge, host)).then((signature) => reply({ sig: bytesToBase64Url(signature) }))
  })
  socket.on(CHANNELS.ready, (ready: Ready) => {
    socket.io.timeout(CONNECT_MS)
    events.ready(connectionOf(socket, ready.hubEpoch), ready)
  })
  socket.on(CHANNELS.revoked, revoke)
  socket.on('connect_error', (error) => {
    if (error.message === 'revoked') return revoke()
    if (error.message === 'timeout') socket.io.timeout(Math.min(2 * Number(socket.io.timeout()), LONGEST_CONNECT_MS))
    events.unreachable()
    if (!ended && !socket.active) retryAfter(Math.max(REFUSED_RETRY_MS, 2 * toldMs(error)))
  })
  socket.on('disconnect', (reason) => {
    events.closed()
    if (!ended && !socket.active) retryAfter(reason === 'io client disconnect' ? DROPPED_RETRY_MS : REFUSED_RETRY_MS)
  })
  for (const name of Object.keys(HINTS) as HintName[]) socket.on(name, (hint: unknown) => events.hint(name, hint))
  socket.connect()
  return {
    close: () => {
      ended = true
      socket.disconnect()
    },
  }
}

/** A hub that has thrown this device out says when it may come again; half of twice as long is the least that is waited. */
export const toldMs = (error: unknown): number => {
  const { retryMs } = ((error as { readonly data?: unknown }).data ?? {}) as { readonly retryMs?: unknown }
  return typeof retryMs === 'number' && retryMs > 0 ? Math.min(retryMs, LONGEST_TOLD_MS) : 0
}

const connectionOf = (socket: Socket, hubEpoch: string): Connection => {
  const { id } = socket
  const isCurrent = (): boolean => socket.connected && socket.id === id
  return {
    hubEpoch,
    ask: async (name, payload) => {
      if (!isCurrent()) return null
      try {
        const answer: unknown = await socket.timeout(ANSWER_TIMEOUT_MS).emitWithAck(name, payload)
        return isCurrent() ? answer : null
      } catch {
        return null
      }
    },
    drop: () => {
      if (isCurrent()) socket.disconnect()
    },
  }
}
