import { describe, expect, it } from 'vitest'
import { missingDevices } from '#shared/sync/completeness.ts'

const device = { dev: 'a', name: 'Eingang', waiting: 0, lastSeenAt: 1_000_000, revoked: false }

describe('a device may be missing from a figure', () => {
  it('when it said that events wait on it', () => {
    expect(missingDevices([{ ...device, waiting: 3 }], 1_000_000)).toEqual([{ dev: 'a', name: 'Eingang', waiting: 3, since: 1_000_000 }])
  })
  it('when it has been silent for more than three minutes, or for ever', () => {
    expect(missingDevices([device], 1_180_001)).toEqual([{ dev: 'a', name: 'Eingang', waiting: 0, since: 1_000_000 }])
    expect(missingDevices([{ ...device, lastSeenAt: null }], 0)).toHaveLength(1)
  })
  it('but not when it has just said that all is sent, nor when it was revoked', () => {
    expect(missingDevices([device, { ...device, waiting: 9, revoked: true }], 1_180_000)).toEqual([])
  })
})
