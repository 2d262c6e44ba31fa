/** A real hub in this process and real devices that connect to it over loopback. */
import { createECDH, createSign, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { io, type Socket } from 'socket.io-client'
import type { ShopAccess } from '#hub/config-shop.ts'
import type { HubDeps } from '#hub/hub-deps.ts'
import { startHub, type RunningHub } from '#hub/main.ts'
import type { LogFacts } from '#hub/ports/log.ts'
import { bytesToBase64Url } from '#shared/kernel/bytes.ts'
import type { PersonRole } from '#shared/devices/person.ts'
import type { Role } from '#shared/devices/role.ts'
import type { Result } from '#shared/kernel/result.ts'
import type { CallError } from '#shared/protocol/calls.ts'
import { challengeMessage, type Challenge } from '#shared/protocol/channels.ts'
import type { PairReply, PairWaiting } from '#shared/protocol/pairing.ts'
import type { OpenSession, SignInReply } from '#shared/protocol/people.ts'
import type { AskedDevice } from '#shared/protocol/pairing-calls.ts'
import { extendChain, NO_CHAIN, type Chain } from '#shared/sync/chain.ts'

export type LogLine = { readonly level: 'info' | 'warn' | 'error'; readonly what: string; readonly facts: LogFacts }
export type TestHub = RunningHub & { readonly lines: readonly LogLine[]; /** What it said to the person who sits at it. */ readonly told: readonly string[]; readonly folder: string; remove(): Promise<void> }

/** Limits far above what a table of tests needs. */
export const GENEROUS = { perSecond: 100_000, burst: 100_000, handlerMs: 5000, maxViolations: 100_000, violationWindowMs: 10_000 }

/** What each hub of this process said to the person who sits at it, by its address. */
const CONSOLES = new Map<string, readonly string[]>()
export const readConsole = (url: string, told: readonly string[]): void => void CONSOLES.set(url, told)

/** Whatever the machine of the tests has to do meanwhile. */
const CALM = { disk: () => null }

export const startTestHub = async (options: { readonly empty?: boolean; readonly folder?: string; readonly port?: number; readonly origins?: readonly string[]; readonly shop?: ShopAccess; readonly metricsToken?: string; readonly webhookHosts?: readonly string[]; readonly deps?: Partial<HubDeps> } = {}): Promise<TestHub> => {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'einklang-hub-'))
  const lines: LogLine[] = []
  const told: string[] = []
  const line = (level: LogLine['level']) => (what: string, facts: LogFacts = {}): void => void lines.push({ level, what, facts })
  const config = { host: '127.0.0.1', port: options.port ?? 0, dataDir: folder, backupDir: join(folder, 'backups'), empty: options.empty ?? false, publicHost: null, tls: null, extraOrigins: options.origins ?? [], ...(options.shop && { shop: options.shop }), ...(options.metricsToken && { metricsToken: options.metricsToken }), ...(options.webhookHosts && { webhookHosts: options.webhookHosts }) }
  const hub = await startHub(config, { log: { info: line('info'), warn: line('warn'), error: line('error') }, tell: (line) => void told.push(line), dispatch: GENEROUS, load: CALM, ...options.deps })
  readConsole(hub.url, told)
  const remove = async (): Promise<void> => {
    await hub.stop()
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 })
  }
  return { ...hub, lines, told, folder, remove }
}

export type TestDevice = PairReply & { readonly key: KeyObject; readonly pub: string }

export const newDeviceKey = (): { readonly key: KeyObject; readonly pub: string } => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const ecdh = createECDH('prime256v1')
  ecdh.setPrivateKey(Buffer.from(privateKey.export({ format: 'jwk' }).d!, 'base64url'))
  return { key: privateKey, pub: bytesToBase64Url(ecdh.getPublicKey()) }
}

export const postJson = (url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) })

/** `manager`: compares the number of a device that asks with a code of theirs, and lets it in. Whoever asks with the code of a console reads there what to answer. */
export const pairTestDevice = async (url: string, code: string, role: Role, name = `Test ${role}`, manager: Pick<Link, 'ask'> | null = null): Promise<TestDevice> => {
  const { key, pub } = newDeviceKey()
  const asked = await postJson(`${url}/api/pair`, { pv: 1, code, pub, role, name })
  const response = asked.status === 202 ? await confirmed(url, (await asked.json()) as PairWaiting, manager) : asked
  if (response.status !== 200) throw new Error(`not paired: ${response.status} ${await response.text()}`)
  return { ...((await response.json()) as PairReply), key, pub }
}

const confirmed = async (url: string, { ticket, confirm }: PairWaiting, manager: Pick<Link, 'ask'> | null): Promise<Response> => {
  if (confirm === 'console') return postJson(`${url}/api/pair/answer`, { ticket, key: CONSOLES.get(url)?.at(-1)?.slice(-4) ?? 'none' })
  if (!manager) throw new Error('a manager has to compare the number')
  return letIn(url, manager, ticket)
}

const letIn = async (url: string, manager: Pick<Link, 'ask'>, ticket: string): Promise<Response> => {
  const { value } = (await manager.ask('pairing.list', {})) as { readonly value: readonly AskedDevice[] }
  for (const { id, number } of value) if (id === ticket.slice(0, 2)) await manager.ask('pairing.decide', { id, number, letIn: true })
  return postJson(`${url}/api/pair/wait`, { ticket })
}

export type Link = {
  readonly socket: Socket
  ask(name: string, ...args: readonly unknown[]): Promise<unknown>
  close(): void
}

export type LinkOptions = { readonly sign?: (challenge: Challenge, host: string) => unknown; readonly headers?: Record<string, string>; readonly token?: string }

export const signChallenge = (key: KeyObject) => (challenge: Challenge, host: string): { readonly sig: string } => {
  const sig = createSign('sha256').update(challengeMessage(challenge, host)).sign({ key, dsaEncoding: 'ieee-p1363' })
  return { sig: bytesToBase64Url(sig) }
}

/** Resolves once the hub is ready for the device; rejects with the hub's reason or when it closes. */
export const connect = (url: string, device: Pick<TestDevice, 'dev' | 'token' | 'key'>, options: LinkOptions = {}): Promise<Link> => {
  const socket = io(url, {
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    auth: { dev: device.dev, token: options.token ?? device.token },
    ...(options.headers && { extraHeaders: options.headers }),
  })
  const sign = options.sign ?? signChallenge(device.key)
  socket.on('challenge', (challenge: Challenge, ack: (reply: unknown) => void) => ack(sign(challenge, new URL(url).host)))
  return new Promise((resolve, reject) => {
    socket.once('connect_error', (error) => {
      socket.close()
      reject(error)
    })
    socket.once('disconnect', (reason) => reject(new Error(reason)))
    socket.once('ready', () => resolve({ socket, ask: (name, ...args) => socket.timeout(6000).emitWithAck(name, ...args), close: () => socket.close() }))
  })
}

/** Somebody who may do everything. */
export const MANAGER_PERSON = { name: 'Ada Berg', role: 'manager', password: 'lange Wege im Regen' } as const
export const STAFF_PERSON = { name: 'Ben Cordes', role: 'staff', password: 'drei Kisten Birnen' } as const
export type TestPerson = { readonly name: string; readonly role: PersonRole; readonly password: string }

/** Signs somebody in on a connection of a staff or manager device; they are added first, if nobody has that name yet. The password is fresh. */
export const signIn = async (hub: Pick<RunningHub, 'addPerson'>, link: Link, person: TestPerson = MANAGER_PERSON): Promise<OpenSession> => {
  const { name, password } = person
  const added = await hub.addPerson(person)
  if (!added.ok && !(added.error.type === 'name' && added.error.fault === 'taken')) throw new Error(JSON.stringify(added.error))
  const reply = (await link.ask('session.open', { name, password })) as Result<SignInReply, CallError>
  if (!reply.ok || reply.value.type !== 'open') throw new Error(`not signed in: ${JSON.stringify(reply)}`)
  return reply.value
}

/** The same where the hub is another process that has no manager yet. */
export const signInFirst = async (link: Link, { name, password }: TestPerson = MANAGER_PERSON): Promise<void> => {
  for (const call of ['session.first', 'session.open']) {
    const reply = (await link.ask(call, { name, password })) as Result<SignInReply, CallError>
    if (reply.ok && reply.value.type === 'open') return
  }
  throw new Error('not signed in')
}

/** Events numbered from `from`, and the chain before them. */
export const batch = (ids: readonly string[], options: { readonly from?: number; readonly prev?: Chain; readonly ep?: string; readonly t?: string; readonly p?: unknown } = {}) => {
  const from = options.from ?? 1
  const ev = ids.map((id, i) => ({
    seq: from + i, id, t: options.t ?? 'visit.started', v: 1, at: 1_700_000_000_000 + i, off: 0, boot: 'boot', mono: i, sid: null,
    p: options.p ?? { touchpoint: 'kiosk', language: 'de' },
  }))
  return { pv: 1, ep: options.ep ?? 'e'.repeat(16), prev: options.prev ?? NO_CHAIN, ev }
}

export const chainOf = (ids: readonly string[], before: Chain = NO_CHAIN): Chain => ids.reduce<Chain>((chain, id) => extendChain(chain, id), before)

/** UUIDv7 number `n`. */
export const eventId = (n: number): string => `019a0000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`
