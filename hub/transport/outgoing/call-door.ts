/** Signed calls by Node's own client. The address that a name leads to is judged in the moment of connecting, so that no other answer of the name server comes between. */
import { createHmac } from 'node:crypto'
import { lookup, type LookupAddress } from 'node:dns'
import { request as plainRequest, type IncomingMessage } from 'node:http'
import { request as tlsRequest, type RequestOptions } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import type { AddressFault, CallDoor, CallFailed, OutgoingCall } from '#hub/ports/call-door.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import { isLoopbackName, isOwnNetwork } from './own-networks.ts'

export type CallLimits = { readonly timeoutMs: number; /** Read of an answer, to let the line be used again; what it says is of no concern. */ readonly maxBytes: number }
const LIMITS: CallLimits = { timeoutMs: 10_000, maxBytes: 16 * 1024 }

/** Asks the name server; tests have one of their own. */
export type FindAddresses = (host: string, done: (error: Error | null, found: readonly LookupAddress[]) => void) => void
const askSystem: FindAddresses = (host, done) => lookup(host, { all: true }, (error, found) => done(error, found ?? []))

/** `allowed`: hosts in networks of one's own that the configuration names. */
export const callDoor = (allowed: readonly string[], limits: CallLimits = LIMITS, find: FindAddresses = askSystem): CallDoor => {
  const names = new Set(allowed.map((host) => host.toLowerCase()))
  const faultOf = (text: string): AddressFault | null => {
    if (!URL.canParse(text)) return 'address'
    const url = new URL(text)
    const host = hostOf(url)
    if ((url.protocol !== 'https:' && url.protocol !== 'http:') || url.username !== '' || url.password !== '' || url.hash !== '' || host === '') return 'address'
    if (!names.has(host) && (isLoopbackName(host) || (isIP(host) !== 0 && isOwnNetwork(host)))) return 'private'
    return url.protocol === 'http:' && !isLoopbackName(host) ? 'insecure' : null
  }
  return {
    faultOf,
    call: async (call) => {
      const fault = faultOf(call.url)
      return fault ? failed(`the address is not allowed any more (${fault})`) : post(new URL(call.url), call, limits, names.has(hostOf(new URL(call.url))) ? undefined : publicLookup(find))
    },
  }
}

const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '').toLowerCase().replace(/\.$/, '')

/** Fails  where any of the addresses leads into a network of one's own. */
const publicLookup = (find: FindAddresses): LookupFunction => (host, options, done) => {
  find(host, (error, found) => {
    if (error) return done(error, '', 4)
    if (found.length === 0 || found.some(({ address }) => isOwnNetwork(address))) return done(new OwnNetwork(), '', 4)
    if (options.all) return done(null, [...found])
    return done(null, found[0]!.address, found[0]!.family)
  })
}

class OwnNetwork extends Error {
  readonly code = 'EOWNNETWORK'
}

const post = (url: URL, call: OutgoingCall, { timeoutMs, maxBytes }: CallLimits, find: LookupFunction | undefined): Promise<Result<void, CallFailed>> => {
  const { promise, resolve } = Promise.withResolvers<Result<void, CallFailed>>()
  const signal = AbortSignal.timeout(timeoutMs)
  const options: RequestOptions = { method: 'POST', headers: headersOf(call), signal, agent: false, ...(find && { lookup: find }) }
  const answered = (response: IncomingMessage): void => {
    let bytes = 0
    response.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > maxBytes) response.destroy()
    })
    response.on('error', () => undefined)
    response.on('close', () => resolve(judge(response)))
  }
  const asked = url.protocol === 'https:' ? tlsRequest(url, options, answered) : plainRequest(url, options, answered)
  asked.on('error', (error: NodeJS.ErrnoException) => resolve(failed(signal.aborted ? `no answer within ${timeoutMs / 1000} s` : error.code === 'EOWNNETWORK' ? 'its name leads into a private network' : (error.code ?? 'the connection failed'))))
  asked.end(call.body)
  return promise
}

/** Source  standardwebhooks.com 1.0: the signature is over id, time and body, and the time is that of the try. */
export const headersOf = ({ id, at, body, secrets }: OutgoingCall): { readonly [name: string]: string } => {
  const seconds = String(Math.floor(at / 1000))
  return {
    'Content-Type': 'application/json',
    'Content-Length': String(Buffer.byteLength(body)),
    'User-Agent': 'Einklang',
    'webhook-id': id,
    'webhook-timestamp': seconds,
    'webhook-signature': secrets.map((secret) => `v1,${createHmac('sha256', keyOf(secret)).update(`${id}.${seconds}.${body}`).digest('base64')}`).join(' '),
  }
}

const keyOf = (secret: string): Buffer => Buffer.from(secret.replace(/^whsec_/, ''), 'base64')

const judge = ({ statusCode = 0, headers }: IncomingMessage): Result<void, CallFailed> => {
  if (statusCode >= 200 && statusCode < 300) return ok(undefined)
  if (statusCode >= 300 && statusCode < 400) return failed(`it answered ${statusCode} and named another address`)
  if (statusCode === 410) return err({ type: 'CallFailed', why: 'it answered 410: it wants no more calls', waitMs: null, isGone: true })
  const wait = statusCode === 429 || statusCode === 503 ? /^\d{1,6}$/.exec(headers['retry-after'] ?? '') : null
  return failed(`it answered ${statusCode}`, wait ? Number(wait[0]) * 1000 : null)
}

const failed = (why: string, waitMs: number | null = null): Result<never, CallFailed> => err({ type: 'CallFailed', why, waitMs })
