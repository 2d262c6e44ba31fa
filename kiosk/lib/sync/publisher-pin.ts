/** Who may publish to this device: learnt when it is paired, or from the first hub that says it, and pinned from then on in the database that loses nothing. */
import { base64UrlToBytes } from '#shared/kernel/bytes.ts'
import { learnPublisher, type Publisher } from '#shared/sync/release-signature.ts'
import type { OutboxStore } from '../store/outbox-store.ts'

const META = 'publisher'
const SIGNING = { name: 'ECDSA', namedCurve: 'P-256' } as const
const SIGNATURE = { name: 'ECDSA', hash: 'SHA-256' } as const

export class PublisherPin {
  readonly #outbox: OutboxStore
  #known: Publisher | null = null

  constructor(outbox: OutboxStore) {
    this.#outbox = outbox
  }

  /** Null until a hub has said it; another page of this device may have heard it. */
  async read(): Promise<Publisher | null> {
    this.#known ??= ((await this.#outbox.readMeta(META).catch(() => undefined)) as Publisher | undefined) ?? null
    return this.#known
  }

  /** A hub that names another key later is not believed. */
  async learn(said: Publisher): Promise<void> {
    const known = await this.read()
    const learnt = learnPublisher(known, said)
    if (learnt === known || learnt === null) return
    this.#known = learnt
    await this.#outbox.writeMeta(META, learnt)
  }
}

/** `pub`: raw point as base64url; `signature`: 64 bytes r‖s. A key that is none verifies nothing. */
export const verifyWith = async (subtle: SubtleCrypto, pub: string, message: Uint8Array<ArrayBuffer>, signature: Uint8Array<ArrayBuffer>): Promise<boolean> => {
  const point = base64UrlToBytes(pub)
  if (!point.ok) return false
  try {
    return await subtle.verify(SIGNATURE, await subtle.importKey('raw', point.value, SIGNING, false, ['verify']), signature, message)
  } catch {
    return false
  }
}
