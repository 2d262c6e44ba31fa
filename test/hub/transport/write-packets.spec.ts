import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { Server } from 'socket.io'
import { writeBulkOnce, type Packet } from '#hub/transport/socket/write-packets.ts'

/** The library's own encoder, and the same after it was taught. */
const encoders = () => {
  const [plain, ours] = [new Server().encoder, new Server().encoder]
  writeBulkOnce(ours)
  const write = (encoder: typeof plain) => (packet: Packet) => encoder.encode(packet as never)
  return { plain: write(plain), ours: write(ours) }
}
const ACK = 3
const ops = [{ op: 'put', id: 'product/1', body: { name: 'Äpfel "rot"\u2028' } }, { op: 'delete', id: 'offer/2' }]
const delta = { type: 'delta', hubEpoch: 'a.1', now: 5, next: [], fromHash: 'f', head: { rev: 2 }, ops }

describe('a packet', () => {
  it('with the changes of a release says what the library would have written', () => {
    const { plain, ours } = encoders()
    const packet = { type: ACK, nsp: '/', id: 7, data: [delta] }
    expect(ours(packet)).toEqual(['37[{"type":"delta","hubEpoch":"a.1","now":5,"next":[],"fromHash":"f","head":{"rev":2},"ops":[{"op":"put","id":"product/1","body":{"name":"Äpfel \\"rot\\"\u2028"}},{"op":"delete","id":"offer/2"}]}]'])
    expect(ours(packet)).toEqual(plain(packet))
  })

  it('names what is new in each answer, around the same changes', () => {
    const { ours } = encoders()
    const said = [1, 2].map((now) => JSON.parse(String(ours({ type: ACK, nsp: '/', id: 0, data: [{ ...delta, now }] })[0]).slice(2)) as readonly unknown[])
    expect(said).toEqual([[{ ...delta, now: 1 }], [{ ...delta, now: 2 }]])
  })

  it('is written once for all who ask: its documents are not looked at again', () => {
    const { ours } = encoders()
    let looks = 0
    const items = [['product/1', { toJSON: () => `look ${(looks += 1)}` }]]
    const snapshot = { type: 'snapshot', index: 0, parts: 1, items }
    for (let id = 0; id < 5; id++) expect(ours({ type: ACK, nsp: '/', id, data: [snapshot] })).toEqual([`3${id}[{"type":"snapshot","index":0,"parts":1,"items":[["product/1","look 1"]]}]`])
    expect(looks).toBe(1)
  })

  it('of any other kind is written by the library, bytes as bytes', () => {
    const { plain, ours } = encoders()
    const others: readonly Packet[] = [
      { type: 0, nsp: '/', data: { sid: 'x' } },
      { type: 2, nsp: '/', data: ['release', { rev: 2, hash: 'h' }] },
      { type: 2, nsp: '/', id: 4, data: ['challenge', delta] },
      { type: ACK, nsp: '/', id: 1, data: [] },
      { type: ACK, nsp: '/', id: 1, data: [delta, 1] },
      { type: ACK, nsp: '/other', id: 1, data: [delta] },
      { type: ACK, nsp: '/', id: 1, data: [{ type: 'same', head: { rev: 2 } }] },
      { type: ACK, nsp: '/', id: 1, data: [{ type: 'delta' }] },
      { type: ACK, nsp: '/', id: 1, data: [Buffer.from('bytes')] },
    ]
    for (const packet of others) expect(ours(structuredClone(packet))).toEqual(plain(structuredClone(packet)))
  })

  it('with anything JSON can hold reads the same on the other side', () => {
    const { ours } = encoders()
    fc.assert(fc.property(fc.nat(), fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue()), (id, bulk, around) => {
      const reply = JSON.parse(JSON.stringify({ ...around, type: 'delta', ops: bulk })) as object
      const [text] = ours({ type: ACK, nsp: '/', id, data: [reply] })
      expect(JSON.parse(String(text).slice(`3${id}`.length))).toEqual([reply])
    }))
  })
})
