/** The chain over event ids, against the platform's own SHA-256. */
import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { extendChain, extendChains, NO_CHAIN, type Chain } from '#shared/sync/chain.ts'

const ID = '019a0000-0000-7000-8000-000000000001'
const byPlatform = (before: string, id: string): string =>
  createHash('sha256').update(Buffer.concat([Buffer.from(before, 'hex'), Buffer.from(id.toWellFormed(), 'utf8')])).digest('hex').slice(0, 16)

describe('the chain', () => {
  it('after one event is the beginning of SHA-256 over what was before and its id', () => {
    expect(extendChain(NO_CHAIN, ID)).toBe('f2a57c9c8786e395')
    expect(extendChains(NO_CHAIN, [ID, ID])).toEqual(['f2a57c9c8786e395', byPlatform('f2a57c9c8786e395', ID)])
  })
  it('is the same for every id of any length and script', () => {
    const before = fc.uint8Array({ minLength: 8, maxLength: 8 }).map((bytes) => Buffer.from(bytes).toString('hex') as Chain)
    const id = fc.oneof(fc.uuid(), fc.string({ maxLength: 60 }), fc.string({ unit: 'binary', maxLength: 20 }), fc.string({ minLength: 44, maxLength: 50, unit: 'grapheme-ascii' }))
    fc.assert(fc.property(before, id, (chain, text) => extendChain(chain, text) === byPlatform(chain, text)), { numRuns: 500 })
  })
  it('begins from nothing that is no chain', () => {
    expect(() => extendChain('no chain at all!' as Chain, ID)).toThrow(RangeError)
  })
})
