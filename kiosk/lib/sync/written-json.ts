/** Messages whose payload is JSON text already: they go out as they are, instead of being read and written once more. */
import type { Manager } from 'socket.io-client'

export type WrittenJson = {
  toText(): string
  /** The same as a value, for whoever cannot use the text. */
  toJSON(): unknown
}

type Packet = { readonly type: number; readonly nsp: string; readonly id?: number; readonly data?: unknown }
type Encoder = { encode(packet: Packet): readonly unknown[] }

const EVENT = 2

/** Teaches a connection to do so. The library's encoder is a private part of it: where it is missing, messages are written by the library itself, more slowly and to the same effect. */
export const passWritten = (manager: Manager): void => {
  const { encoder } = manager as unknown as { readonly encoder?: Encoder }
  if (!encoder) return
  const encode = encoder.encode.bind(encoder)
  encoder.encode = (packet) => {
    const text = textOf(packet)
    return text === null ? encode(packet) : [text]
  }
}

const textOf = ({ type, nsp, id, data }: Packet): string | null => {
  if (type !== EVENT || nsp !== '/' || !Array.isArray(data) || data.length !== 2) return null
  const [name, payload] = data as readonly unknown[]
  return isWritten(payload) ? `${EVENT}${id ?? ''}[${JSON.stringify(name)},${payload.toText()}]` : null
}

const isWritten = (payload: unknown): payload is WrittenJson => typeof payload === 'object' && payload !== null && 'toText' in payload
