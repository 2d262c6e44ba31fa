/** A device whose database is gone becomes itself again: it kept its key sealed to the hub, and the hub opens it for whoever also has its token. */
import { safeParse } from 'valibot'
import { base64UrlToBytes } from '#shared/kernel/bytes.ts'
import type { Json } from '#shared/kernel/json.ts'
import { PairAgainReply, PairAgainRequest } from '#shared/protocol/pairing.ts'
import { PROTOCOL_VERSION } from '#shared/protocol/version.ts'
import { deviceKeyFrom } from './device-keys.ts'
import type { Paired } from './pair-device.ts'
import type { Surroundings } from './surroundings.ts'

/** What is kept beside the database: nothing that signs. Null for an identity from before keys were sealed. */
export const keptIdentity = ({ dev, token, kept }: Paired): Json | null => (kept === undefined ? null : { pv: PROTOCOL_VERSION, dev, token, kept })

/** `refused`: the hub does not know it; a person has to pair. `later`: no hub, or it still speaks with this device. */
export const pairAgain = async (identity: Json, around: Pick<Surroundings, 'fetch' | 'subtle'>): Promise<Paired | 'refused' | 'later'> => {
  const request = safeParse(PairAgainRequest, identity)
  if (!request.success) return 'refused'
  const { token, kept } = request.output
  try {
    const response = await around.fetch('/api/pair-again', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ ...request.output, pv: PROTOCOL_VERSION }) })
    if (response.status === 403) return 'refused'
    const reply = safeParse(PairAgainReply, await response.json())
    if (!reply.success) return 'later'
    const { key, pub, ...rest } = reply.output
    const pkcs8 = base64UrlToBytes(key)
    return pkcs8.ok ? { ...rest, token, kept, key: await deviceKeyFrom(around.subtle, pkcs8.value, pub) } : 'later'
  } catch {
    return 'later'
  }
}
