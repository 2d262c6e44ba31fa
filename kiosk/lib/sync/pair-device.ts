/** Becoming a device of the store: a key of its own, a one-time code, and what the hub gives in return. */
import * as v from 'valibot'
import { ROLES, type Role } from '#shared/devices/role.ts'
import type { DeviceId } from '#shared/kernel/ids.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import type { PairReply } from '#shared/protocol/pairing.ts'
import { PublisherMessage } from '#shared/protocol/replies.ts'
import { SEAL_IV_BYTES } from '#shared/protocol/sealed.ts'
import { PROTOCOL_VERSION } from '#shared/protocol/version.ts'
import type { OutboxMakers } from '#shared/sync/outbox.ts'
import { rotateOutbox } from '#shared/sync/outbox-steps.ts'
import type { OutboxStore } from '../store/outbox-store.ts'
import type { PairError } from './device.ts'
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
const Refusal = v.object({ code: v.picklist(['CodeWrong', 'CodeExpired', 'CodeUsed', 'TooManyTries', 'bad_request']) })

/** Asks the hub; nothing is stored here. */
export const requestPairing = async (
  request: { readonly code: string; readonly role: Role; readonly name: string },
  around: Pick<Surroundings, 'fetch' | 'subtle' | 'randomBytes'>,
): Promise<Result<Paired, PairError>> => {
  const { key, pkcs8 } = await newDeviceKey(around.subtle)
  const answer = await post(around, { pv: PROTOCOL_VERSION, ...request, pub: key.pub })
  const paired = v.safeParse(Reply, answer)
  if (paired.success) {
    const { dev, hubKey } = paired.output
    return ok({ ...paired.output, key, kept: await seal(around.subtle, hubKey, { dev, key: pkcs8 }, around.randomBytes(SEAL_IV_BYTES)) })
  }
  const refusal = v.safeParse(Refusal, answer)
  if (!refusal.success) return err({ type: 'HubUnreachable' })
  return err({ type: refusal.output.code === 'bad_request' ? 'CodeWrong' : refusal.output.code })
}

/** What an earlier identity left in the outbox begins a new life; false if it cannot be written. */
export const beginAnew = async (outbox: OutboxStore, makers: OutboxMakers): Promise<boolean> => {
  const state = await outbox.state()
  return !state || (await outbox.run(rotateOutbox(state.ep, null, makers))).ok
}

const post = async (around: Pick<Surroundings, 'fetch'>, body: unknown): Promise<unknown> => {
  try {
    const response = await around.fetch('/api/pair', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
    return await response.json()
  } catch {
    return null
  }
}
