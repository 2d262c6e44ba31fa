/** How a light device takes over a release: told, pulled, and checked by its hash. */
import { hash } from 'node:crypto'
import { canonicalJson, type Json } from '#shared/kernel/json.ts'
import { PROTOCOL_VERSION } from '#shared/protocol/version.ts'
import type { Documents, ReleaseHead } from '#shared/sync/release.ts'
import { applyOps, releaseHash } from '#shared/sync/release-hash.ts'
import type { PullReply } from '#shared/sync/wire.ts'
import type { LightDevice } from './light-device.ts'

export type Held = { readonly head: ReleaseHead; readonly items: Documents }

export const hintOf = (device: LightDevice): Promise<unknown> => new Promise((resolve) => device.on('release', resolve))

export const pullWhole = async (device: LightDevice): Promise<Held> => {
  const items: Record<string, Json> = {}
  for (let index = 0, hash = ''; ; index++) {
    const reply = await device.ask<PullReply>('pull', { pv: PROTOCOL_VERSION, have: null, ...(index > 0 && { part: { hash, index } }) })
    if (reply.type !== 'snapshot') throw new Error(`the hub answered ${JSON.stringify(reply).slice(0, 200)}`)
    hash = reply.head.hash
    Object.assign(items, Object.fromEntries(reply.items))
    if (index + 1 < reply.parts) continue
    if (releaseHash(items) !== hash) throw new Error('the release is not what its hash says')
    return { head: reply.head, items }
  }
}

/** What changed since, as it came. */
export const pullChange = async (device: LightDevice, { head }: Held): Promise<PullReply> => device.ask<PullReply>('pull', { pv: PROTOCOL_VERSION, have: { rev: head.rev, hash: head.hash } })

/** The release after it. Errors  throws where it is not what its hash says. */
export const applyChange = (reply: PullReply, { items }: Held): Held => {
  if (reply.type !== 'delta') throw new Error(`the hub answered ${JSON.stringify(reply).slice(0, 200)}`)
  const next = { head: reply.head, items: applyOps(items, reply.ops) }
  if (hashOf(next.items) !== reply.head.hash) throw new Error('the release is not what its hash says')
  return next
}

/** As `releaseHash`, by the machine's own SHA-256: a thousand devices share one thread here, and what they hash must not hold up each other's messages. */
const hashOf = (items: Documents): string => {
  const lines = Object.keys(items).sort().map((id) => `${id}\0${documentHashOf(items[id]!)}\n`)
  return hash('sha256', lines.join(''))
}
const documentHashOf = (body: Json): string => {
  const known = typeof body === 'object' && body !== null ? hashes.get(body) : undefined
  const found = known ?? hash('sha256', canonicalJson(body))
  if (typeof body === 'object' && body !== null) hashes.set(body, found)
  return found
}
const hashes = new WeakMap<object, string>()
