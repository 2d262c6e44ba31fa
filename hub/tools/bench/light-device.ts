/** A device reduced to the protocol: it proves its key, greets, sends numbered events and pulls releases, and keeps nothing on a disk. Thousands of them fit into one process. */
import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto'
import { io, type Socket } from 'socket.io-client'
import { bytesToBase64Url, bytesToHex } from '#shared/kernel/bytes.ts'
import { uuidV7, type DeviceId, type EpochId } from '#shared/kernel/ids.ts'
import { sha256 } from '#shared/kernel/sha256.ts'
import { millis } from '#shared/kernel/time.ts'
import { challengeMessage, CHANNELS, type Challenge, type ChallengeReply } from '#shared/protocol/channels.ts'
import { PROTOCOL_VERSION } from '#shared/protocol/version.ts'
import { extendChain, NO_CHAIN, type Chain } from '#shared/sync/chain.ts'
import type { Hello, ReceivedEvent, ReceivedPush } from '#shared/sync/wire.ts'
import { openDatabase } from '../../stores/sqlite/database/open-database.ts'
import { sqliteStores } from '../../stores/sqlite/database/stores.ts'
import { tokenHash } from '../../use-cases/devices/pair-device.ts'

export type Credentials = { readonly dev: DeviceId; readonly token: string; readonly key: KeyObject }

/** Taps of one kiosk are so far apart: an afternoon, not a child at play. */
const TAP_EVERY_MS = 30_000
const ANSWER_LIMIT_MS = 20_000

/** Paired kiosks, written into the database of a hub that does not run yet; null for a server that asks nobody. One key serves all: what it costs to check is the same. */
export const pairFleet = (folder: string | null, size: number): readonly Credentials[] => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const point = publicKey.export({ format: 'der', type: 'spki' }).subarray(-65)
  const all = Array.from({ length: size }, (): Credentials => ({ dev: randomBytes(16).toString('hex') as DeviceId, token: randomBytes(32).toString('base64url'), key: privateKey }))
  if (folder === null) return all
  const now = millis(Date.now())
  const database = openDatabase(folder, now)
  if (!database.ok) throw new Error(`no database in ${folder}`)
  const { transactions, devices } = sqliteStores(database.value, { now: () => now })
  transactions.run(() => {
    all.forEach(({ dev, token }, i) => devices.add({ dev, name: `Kiosk ${i + 1}`, role: 'kiosk', touchpoint: 'kiosk', pub: bytesToBase64Url(point), keyId: bytesToHex(sha256(point).subarray(0, 4)), tokenHash: tokenHash(token), pairedAt: now, revokedAt: null }))
  })
  database.value.close()
  return all
}

export class LightDevice {
  readonly #line: Socket
  readonly #epoch = randomBytes(8).toString('hex') as EpochId
  readonly #beganAt = Date.now() - 90 * 86_400_000
  #seq = 0
  #chain: Chain = NO_CHAIN

  constructor(url: string, { dev, token, key }: Credentials) {
    this.#line = io(url, { transports: ['websocket'], forceNew: true, autoConnect: false, reconnection: false, timeout: ANSWER_LIMIT_MS, auth: { dev, token } })
    const { host } = new URL(url)
    this.#line.on(CHANNELS.challenge, (challenge: Challenge, reply: (answer: ChallengeReply) => void) =>
      reply({ sig: sign('sha256', challengeMessage(challenge, host), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url') }))
  }

  /** Resolves when the server says that it is ready; rejects with why not. */
  connect(): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    this.#line.once(CHANNELS.ready, () => resolve())
    this.#line.once('connect_error', reject)
    this.#line.once('disconnect', (reason) => reject(new Error(reason)))
    this.#line.connect()
    return promise
  }

  async ask<T>(name: string, payload: unknown): Promise<T> {
    return (await this.#line.timeout(ANSWER_LIMIT_MS).emitWithAck(name, payload)) as T
  }

  on(name: string, listener: (hint: unknown) => void): void {
    this.#line.on(name, listener)
  }

  /** Its taps are older than its greeting, so it says that some wait: the hub would hold it to its word otherwise, and date them all at one moment. */
  hello(releaseHash: string | null = null): Hello {
    return { pv: PROTOCOL_VERSION, n: this.#seq + 1, ep: this.#epoch, next: this.#seq + 1, queued: 1, ack: 0, boot: 'bench', app: 'bench', releaseHash, now: Date.now() }
  }

  /** The next taps of this device, numbered and chained. */
  taps(count: number): ReceivedPush {
    const prev = this.#chain
    const ev = Array.from({ length: count }, () => this.#tap())
    return { pv: PROTOCOL_VERSION, ep: this.#epoch, prev, ev }
  }

  /** True if the server says that it holds this whole batch; a device that is told to wait waits and sends it again. */
  async push(batch: ReceivedPush): Promise<boolean> {
    for (;;) {
      const answer = await this.ask<{ readonly upto?: number; readonly notes?: unknown; readonly code?: string; readonly retryMs?: number }>('push', batch)
      if (answer.code !== 'busy') return answer.upto === batch.ev.at(-1)!.seq && answer.notes === undefined
      await new Promise((resolve) => setTimeout(resolve, answer.retryMs ?? 0))
    }
  }

  close(): void {
    this.#line.disconnect()
  }

  #tap(): ReceivedEvent {
    this.#seq += 1
    const at = this.#beganAt + this.#seq * TAP_EVERY_MS
    const id = uuidV7(at, randomBytes(10))
    this.#chain = extendChain(this.#chain, id)
    const p = { response: `${this.#epoch}-${this.#seq}`, touchpoint: 'kiosk', survey: 'visit', question: 'mood', kind: 'csat5', value: 1 + (this.#seq % 5) }
    return { seq: this.#seq, id, t: 'feedback.answered', v: 1, at, off: 0, boot: 'bench', mono: this.#seq * TAP_EVERY_MS, sid: null, p }
  }
}

/** All of them connected and greeted, some at a time; throws if one is refused. */
export const connectAll = async (url: string, credentials: readonly Credentials[], together = 50): Promise<readonly LightDevice[]> => {
  const devices = credentials.map((own) => new LightDevice(url, own))
  for (let from = 0; from < devices.length; from += together) {
    await Promise.all(devices.slice(from, from + together).map(async (device) => {
      await device.connect()
      await device.ask(CHANNELS.hello, device.hello())
    }))
  }
  return devices
}
