/** Becoming a device of the store: a key of its own, a one-time code, a number that somebody compares, and what the hub gives in return. */
import * as v from 'valibot'
import { parseCode } from '#shared/devices/pairing-code.ts'
import { pairingNumber } from '#shared/devices/pairing-number.ts'
import { ROLES } from '#shared/devices/role.ts'
import { base64UrlToBytes } from '#shared/kernel/bytes.ts'
import type { DeviceId } from '#shared/kernel/ids.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import { PAIR_REFUSALS, PairPatience, PairWaiting, type PairReply } from '#shared/protocol/pairing.ts'
import { PublisherMessage } from '#shared/protocol/replies.ts'
import { SEAL_IV_BYTES } from '#shared/protocol/sealed.ts'
import { PROTOCOL_VERSION } from '#shared/protocol/version.ts'
import type { OutboxMakers } from '#shared/sync/outbox.ts'
import { rotateOutbox } from '#shared/sync/outbox-steps.ts'
import type { OutboxStore } from '../store/outbox-store.ts'
import type { PairError, PairingRequest } from './device.ts'
import { newDeviceKey, seal, type DeviceKey } from './device-keys.ts'
import type { Surroundings } from './surroundings.ts'

/** `kept`: the key sealed to the hub; absent for a device paired before there was a second copy. */
export type Paired = PairReply & { readonly key: DeviceKey; readonly kept?: string }

const base64Url = (length: number) => v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]+$/), v.length(length))
const Reply: v.GenericSchema<unknown, PairReply> = v.object({
  dev: v.custom<DeviceId>((value) => typeof value === 'string' && /^[0-9a-f]{32}$/.test(value)),
  role: v.picklist(ROLES),
  name: v.string(),
  store: v.string(),
  touchpoint: v.nullable(v.string()),
  token: base64Url(43),
  hubKey: base64Url(87),
  publisher: PublisherMessage,
})
const Refusal = v.object({ code: v.picklist(PAIR_REFUSALS) })
/** A device whose page ended while it waited asks again, in place of the one it was. */
const Left = v.object({ code: v.string(), ticket: v.string(), role: v.picklist(ROLES) })
const LEFT = 'pairing'

type Around = Pick<Surroundings, 'fetch' | 'subtle' | 'randomBytes' | 'mono' | 'after'>
type Asked = { readonly paired: PairReply } | { readonly waiting: v.InferOutput<typeof PairWaiting> } | { readonly refused: PairError['type'] | 'KeyWrong' } | null

/** How often a device asks what became of it. */
const ASK_AGAIN_MS = 1000

/** Asks the hub, and waits as long as somebody may still compare the number. Of the answer nothing is stored here. */
export const requestPairing = async (request: PairingRequest, around: Around, outbox: OutboxStore): Promise<Result<Paired, PairError>> => {
  const left = v.safeParse(Left, await outbox.readMeta(LEFT).catch(() => undefined))
  const before = left.success && left.output.role === request.role ? left.output : null
  const code = request.code ?? before?.code
  if (code === undefined) return err({ type: 'NothingLeft' })
  const { key, pkcs8 } = await newDeviceKey(around.subtle)
  const body = { pv: PROTOCOL_VERSION, code, role: request.role, name: request.name, pub: key.pub, ...(before?.code === code && { instead: before.ticket }) }
  const asked = await ask(around, '/api/pair', body)
  if (asked && 'waiting' in asked) await outbox.writeMeta(LEFT, { code, ticket: asked.waiting.ticket, role: request.role })
  const outcome = asked && 'waiting' in asked ? await waitFor(asked.waiting, numberOf(key.pub, code), request, around) : asked
  if (!outcome) return err({ type: 'HubUnreachable' })
  await outbox.writeMeta(LEFT, null)
  if ('refused' in outcome) return err({ type: outcome.refused === 'KeyWrong' ? 'Refused' : outcome.refused })
  if ('waiting' in outcome) return err({ type: 'HubUnreachable' })
  const { dev, hubKey } = outcome.paired
  return ok({ ...outcome.paired, key, kept: await seal(around.subtle, hubKey, { dev, key: pkcs8 }, around.randomBytes(SEAL_IV_BYTES)) })
}

/** What an earlier identity left in the outbox begins a new life; false if it cannot be written. */
export const beginAnew = async (outbox: OutboxStore, makers: OutboxMakers): Promise<boolean> => {
  const state = await outbox.state()
  return !state || (await outbox.run(rotateOutbox(state.ep, null, makers))).ok
}

const numberOf = (pub: string, typed: string): string => {
  const [raw, code] = [base64UrlToBytes(pub), parseCode(typed)]
  if (!raw.ok || !code.ok) throw new RangeError('the hub took a code that is none')
  return pairingNumber(raw.value, code.value)
}

/** Until the hub says more, the person here gives up, or nobody may answer any more. */
const waitFor = async ({ ticket, leftMs, confirm }: v.InferOutput<typeof PairWaiting>, number: string, { onwait, signal }: PairingRequest, around: Around): Promise<Asked> => {
  let until = around.mono() + leftMs
  let typed: string | null = null
  let wake = (): void => undefined
  const answer = (key: string): void => {
    typed = key
    wake()
  }
  const show = (unheard: boolean, keyWrong: boolean): void => onwait?.({ number, confirm, leftMs: Math.max(0, until - around.mono()), unheard, keyWrong, answer })
  show(false, false)
  signal?.addEventListener('abort', () => wake())
  for (let keyWrong = false; ; ) {
    await new Promise<void>((resolve) => {
      const stop = around.after(ASK_AGAIN_MS, resolve)
      wake = () => (stop(), resolve())
    })
    if (signal?.aborted) return { refused: 'GivenUp' }
    const key: string | null = typed
    typed = null
    const said = await (key === null ? ask(around, '/api/pair/wait', { ticket }) : ask(around, '/api/pair/answer', { ticket, key }))
    const isKeyWrong = said !== null && 'refused' in said && (said.refused === 'KeyWrong' || (key !== null && said.refused === 'TooManyTries'))
    if (said && !('waiting' in said) && !isKeyWrong) return said
    if (said && 'waiting' in said) until = around.mono() + said.waiting.leftMs
    keyWrong = key === null ? keyWrong : isKeyWrong
    if (around.mono() > until) return { refused: 'CodeExpired' }
    show(said === null, keyWrong)
  }
}

/** Null if nobody answers, or nothing that can be understood. */
const ask = async (around: Pick<Surroundings, 'fetch'>, path: string, body: object): Promise<Asked> => {
  try {
    const response = await around.fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
    const answer: unknown = await response.json()
    const paired = v.safeParse(Reply, answer)
    if (paired.success) return { paired: paired.output }
    const waiting = v.safeParse(v.object({ ...PairPatience.entries, ticket: v.fallback(v.string(), ''), confirm: v.fallback(PairWaiting.entries.confirm, 'manager') }), answer)
    if (waiting.success) return { waiting: waiting.output }
    const refusal = v.safeParse(Refusal, answer)
    if (!refusal.success || refusal.output.code === 'busy') return null
    const { code } = refusal.output
    return { refused: code === 'bad_request' ? 'CodeWrong' : code === 'Unknown' ? 'CodeExpired' : code }
  } catch {
    return null
  }
}
