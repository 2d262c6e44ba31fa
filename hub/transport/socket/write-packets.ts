/** How packets become text. A thousand devices that pull the same change get the same documents: these are written as JSON once, and only what is around them anew. */

/** Of a packet as socket.io hands it to its encoder. */
export type Packet = { readonly type: number; readonly nsp: string; readonly id?: number | undefined; readonly data?: unknown }

type PacketEncoder = { encode(packet: never): unknown[] }

/** An acknowledgement, in the words of the Socket.IO protocol. */
const ACK = 3

/** By the array itself: neither documents nor operations of a release ever change. */
const texts = new WeakMap<readonly unknown[], string>()

/** From now on this encoder writes the bulk of an answered pull once; whatever else, it writes as before, to the same letter. */
export const writeBulkOnce = (encoder: PacketEncoder): void => {
  const plain = encoder.encode.bind(encoder) as (packet: Packet) => unknown[]
  encoder.encode = (packet: Packet): unknown[] => {
    const text = packet.type === ACK && packet.nsp === '/' && packet.id !== undefined ? textOfPull(packet.data) : null
    return text === null ? plain(packet) : [`${ACK}${packet.id}[${text}]`]
  }
}

/** The reply to a pull as JSON; null if this is none, or has no bulk. */
const textOfPull = (data: unknown): string | null => {
  const reply: unknown = Array.isArray(data) && data.length === 1 ? data[0] : null
  if (!isBulky(reply)) return null
  const name = reply.type === 'delta' ? 'ops' : 'items'
  const { [name]: bulk, ...around } = reply
  if (!Array.isArray(bulk)) return null
  return `${JSON.stringify(around).slice(0, -1)},"${name}":${textOf(bulk)}}`
}

type Bulky = { readonly type: 'delta' | 'snapshot'; readonly ops?: unknown; readonly items?: unknown }

const isBulky = (value: unknown): value is Bulky => typeof value === 'object' && value !== null && 'type' in value && (value.type === 'delta' || value.type === 'snapshot')

const textOf = (bulk: readonly unknown[]): string => {
  const known = texts.get(bulk) ?? JSON.stringify(bulk)
  texts.set(bulk, known)
  return known
}
