/** The hub's side of every device connection: admission, token, proof of the key, then guarded events only. The one door to socket.io. */
import { timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, Server as HttpServer } from 'node:http'
import { Server, type Socket } from 'socket.io'
import { parse, safeParse } from 'valibot'
import type { Clock } from '#hub/ports/clock.ts'
import type { DeviceStore } from '#hub/ports/devices.ts'
import type { HintSender } from '#hub/ports/hints.ts'
import type { Log } from '#hub/ports/log.ts'
import type { Random } from '#hub/ports/random.ts'
import type { LiveSessions } from '#hub/ports/sessions.ts'
import type { OpenConnections } from '#hub/use-cases/care/watch-copies.ts'
import { onceAMinute } from '#hub/use-cases/sharing/tell-once.ts'
import { tokenHash } from '#hub/use-cases/devices/pair-device.ts'
import { base64UrlToBytes, bytesToBase64Url } from '#shared/kernel/bytes.ts'
import type { DeviceId } from '#shared/kernel/ids.ts'
import type { Hints } from '#shared/protocol/calls.ts'
import { CHALLENGE_TIMEOUT_MS, challengeMessage, ChallengeReply, CHANNELS, SocketAuth, type Challenge, type Ready } from '#shared/protocol/channels.ts'
import type { SessionEnd } from '#shared/protocol/people.ts'
import { MAX_FRAME_BYTES } from '#shared/sync/wire.ts'
import type { AddressOf } from '#hub/ports/visitor-address.ts'
import { admission, type Admission, type AdmissionLimits, type Origins } from './admission.ts'
import { conducts } from './conduct.ts'
import { onConnection, onDisconnect, onTransport, openConnection, type DispatchLimits, type Session } from './dispatcher.ts'
import { registerEvents } from './events.ts'
import type { Handlers } from './handlers.ts'
import { deviceRoom, EVERYBODY, roleRoom, roomHints, WATCHERS } from './hint-rooms.ts'
import { hangUp } from './refuse-upgrade.ts'
import { writeBulkOnce } from './write-packets.ts'

/** Trouble is noticed within ten seconds; a frame above the limit closes the connection, so devices keep batches at half of it. */
const OPTIONS = { pingInterval: 5000, pingTimeout: 5000, connectTimeout: 5000, maxHttpBufferSize: MAX_FRAME_BYTES, perMessageDeflate: false, serveClient: false, transports: ['websocket' as const] }

export type SocketParts = {
  readonly devices: DeviceStore
  readonly sessions: LiveSessions
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  readonly hubEpoch: string
  readonly origins: Origins
  readonly admission: AdmissionLimits
  readonly dispatch: DispatchLimits
  readonly addressOf: AddressOf
  /** A line whose device has proven its key: from now on it is counted by its device alone. */
  proven(request: IncomingMessage): void
  /** Whether `signature` (r‖s) over `message` was made with the key of `pub` (raw point, base64url). */
  verify(pub: string, message: Uint8Array, signature: Uint8Array): boolean
}

export type SocketServer = {
  readonly hints: HintSender
  isOnline(dev: DeviceId): boolean
  closeConnections(dev: DeviceId): void
  /** Whoever stands there hears that they have to sign in again, and nothing of what only they may hear. */
  endSession(connection: string, why: SessionEnd): void
  readonly connections: OpenConnections
  /** From now on proven devices that come through this server are heard. */
  attach(http: HttpServer, handlers: Handlers): void
  stop(): Promise<void>
}

export const socketServer = (parts: SocketParts): SocketServer => {
  const doors = admission(parts.origins, parts.admission, parts.clock, parts.addressOf)
  const tell = onceAMinute(parts.log, parts.clock)
  const conductOf = conducts(parts.dispatch, parts.clock)
  const io = new Server({
    ...OPTIONS,
    allowRequest: (request, done) => {
      const refusal = doors.refusalOf(request)
      if (!refusal) return done(null, true)
      tell('handshake refused', { why: refusal.why })
      hangUp(request, refusal)
      done(refusal.why, false)
    },
  })
  writeBulkOnce(io.encoder)
  const hints = roomHints(io)
  const online = new Map<DeviceId, number>()

  const count = (dev: DeviceId, by: number): void => {
    const connections = (online.get(dev) ?? 0) + by
    if (connections > 0) online.set(dev, connections)
    else online.delete(dev)
    hints.devices()
  }

  io.use((socket, next) => {
    const refused = checkHandshake(parts, doors, socket)
    if (refused?.code === 'auth') doors.failed(socket.request)
    next(refused ? Object.assign(new Error(refused.code), { data: { code: refused.code, ...(refused.retryMs && { retryMs: refused.retryMs }) } }) : undefined)
  })

  /** Nothing runs between the last look at the device and its room, so a revocation always finds the connection. */
  const admit = (socket: Socket, dev: DeviceId, handlers: Handlers): void => {
    const session = (): Session | null => liveSession(parts, dev, socket.id)
    const first = session()
    if (!first || !socket.connected || !doors.proven(socket.request, dev)) return void socket.disconnect(true)
    parts.proven(socket.request)
    count(dev, 1)
    onDisconnect(socket, () => {
      parts.sessions.left(socket.id)
      count(dev, -1)
    })
    const kick = (): void => {
      doors.deny(dev)
      socket.disconnect(true)
      endLater(socket.request, LAST_WORD_MS, () => true)
    }
    registerEvents(openConnection(socket, { session, kick, conduct: conductOf(dev), tell, log: parts.log, clock: parts.clock, limits: parts.dispatch }), handlers)
    void socket.join([EVERYBODY, deviceRoom(dev), roleRoom(first.role)])
    const ready: Ready = { hubEpoch: parts.hubEpoch, now: parts.clock.now() }
    socket.emit(CHANNELS.ready, ready)
  }

  const greet = async (socket: Socket, handlers: Handlers): Promise<void> => {
    const { dev } = socket.handshake.auth as SocketAuth
    try {
      await prove(parts, socket, dev)
      admit(socket, dev, handlers)
    } catch (error) {
      doors.failed(socket.request)
      parts.log.warn('device not admitted', { dev, why: error instanceof Error ? error.message : 'thrown value' })
      socket.disconnect(true)
    }
  }

  return {
    hints,
    isOnline: (dev) => online.has(dev),
    endSession: (connection, ended) => {
      io.in(connection).socketsLeave(WATCHERS)
      // Whoever signed out, or signed in after somebody else, knows.
      if (ended !== 'closed' && ended !== 'replaced') io.to(connection).emit('session', { ended } satisfies Hints['session'])
    },
    closeConnections: (dev) => {
      parts.sessions.endAt(dev, 'revoked')
      io.to(deviceRoom(dev)).emit(CHANNELS.revoked, {})
      io.in(deviceRoom(dev)).disconnectSockets(true)
    },
    connections: {
      isOpen: (connection) => io.sockets.sockets.has(connection),
      drop: (connection) => void io.sockets.sockets.get(connection)?.disconnect(true),
    },
    attach: (http, handlers) => {
      io.attach(http)
      const entered = (request: IncomingMessage): void => {
        doors.entered(request)
        endLater(request, PROOF_LIMIT_MS, () => !doors.isProven(request))
      }
      onTransport(io, entered, doors.left)
      onConnection(io, (socket) => void greet(socket, handlers))
    },
    stop: async () => {
      io.disconnectSockets(true)
      await io.close()
    },
  }
}

/** With the five seconds in which a handshake's headers must be there, nobody who proves nothing holds a line for more than twelve. */
const PROOF_LIMIT_MS = 7000
/** In which a device that is thrown out may hear why. */
const LAST_WORD_MS = 1000

/** A line whose other side does not answer the goodbye would be waited for another thirty seconds. */
const endLater = (request: IncomingMessage, delayMs: number, isDue: () => boolean): void => void setTimeout(() => isDue() && request.socket.destroy(), delayMs).unref()

/** Until a store that does not answer may do so again. */
const STORE_RETRY_MS = 2000

const liveSession = ({ devices, sessions }: SocketParts, dev: DeviceId, connection: string): Session | null => {
  const device = devices.find(dev)
  if (!device || device.revokedAt !== null) return null
  const { role, touchpoint } = device
  return { dev, role, touchpoint, person: sessions.at({ dev, role, connection }), connection }
}

/** Why the connection is refused, as the device is told; null if it may go on to the proof. */
const checkHandshake = (parts: SocketParts, doors: Admission, socket: Socket): { readonly code: 'auth' | 'revoked' | 'busy'; readonly retryMs?: number } | null => {
  try {
    const auth = safeParse(SocketAuth, socket.handshake.auth)
    if (!auth.success) return { code: 'auth' }
    const device = parts.devices.find(auth.output.dev)
    if (!device || !equalHex(device.tokenHash, tokenHash(auth.output.token))) return { code: 'auth' }
    if (device.revokedAt !== null) return { code: 'revoked' }
    const deniedMs = doors.deniedForMs(socket.request, device.dev)
    return deniedMs > 0 ? { code: 'busy', retryMs: deniedMs } : null
  } catch {
    return { code: 'busy', retryMs: STORE_RETRY_MS } // the store does not answer
  }
}

/** Asks the device to sign. Throws if it does not, in time and rightly. */
const prove = async (parts: SocketParts, socket: Socket, dev: DeviceId): Promise<void> => {
  const challenge: Challenge = { nonce: bytesToBase64Url(parts.random.bytes(16)), hubEpoch: parts.hubEpoch }
  const reply = parse(ChallengeReply, await socket.timeout(CHALLENGE_TIMEOUT_MS).emitWithAck(CHANNELS.challenge, challenge))
  const signature = base64UrlToBytes(reply.sig)
  const device = parts.devices.find(dev)
  const message = challengeMessage(challenge, socket.handshake.headers.host ?? '')
  if (!signature.ok || !device || !parts.verify(device.pub, message, signature.value)) throw new Error('signature refused')
}

const equalHex = (a: string, b: string): boolean => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))
