import { Manager } from 'socket.io-client'
import { describe, expect, it } from 'vitest'
import { passWritten, type WrittenJson } from '#kiosk/lib/sync/written-json.ts'

type Encoder = { encode(packet: object): readonly unknown[] }
const encoderOf = (manager: Manager): Encoder => (manager as unknown as { readonly encoder: Encoder }).encoder
const written = (value: unknown): WrittenJson => ({ toText: () => JSON.stringify(value), toJSON: () => value })

describe('a message that is written already', () => {
  const plain = encoderOf(new Manager('http://127.0.0.1:1', { autoConnect: false }))
  const manager = new Manager('http://127.0.0.1:1', { autoConnect: false })
  passWritten(manager)
  const taught = encoderOf(manager)
  const push = { pv: 2, ev: [{ seq: 1, text: 'grüße "du"\u2028' }] }

  it('goes out as the library would have written it', () => {
    for (const id of [0, 17, undefined]) {
      const packet = { type: 2, nsp: '/', ...(id !== undefined && { id }) }
      expect(taught.encode({ ...packet, data: ['push', written(push)] })).toEqual(plain.encode({ ...packet, data: ['push', push] }))
    }
  })
  it('is the same to a library that was not taught', () => {
    expect(plain.encode({ type: 2, nsp: '/', id: 3, data: ['push', written(push)] })).toEqual(plain.encode({ type: 2, nsp: '/', id: 3, data: ['push', push] }))
  })
  it('and every other message is the library’s own matter', () => {
    for (const packet of [{ type: 0, nsp: '/', data: { dev: '1' } }, { type: 2, nsp: '/', id: 1, data: ['hello', { n: 1 }] }, { type: 3, nsp: '/', id: 1, data: [{ sig: 'x' }] }]) expect(taught.encode(packet)).toEqual(plain.encode(packet))
  })
})
