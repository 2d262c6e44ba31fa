import { describe, expect, it } from 'vitest'
import { arrivedDevice } from '#kiosk/lib/features/insights/arrived-device.ts'
import type { DeviceId } from '#shared/kernel/ids.ts'

const device = (dev: string, name: string, role: 'kiosk' | 'staff' = 'staff', revoked = false) => ({ dev: dev as DeviceId, name, role, revoked })

describe('the device that used a code', () => {
  it('is new, bears the name of the code and its role', () => {
    const before = [device('1', 'Tablet 1'), device('2', 'Kiosk 1', 'kiosk')]
    const wish = { name: 'Tablet 1', role: 'staff' } as const
    expect(arrivedDevice(before, before, wish)).toBeNull()
    expect(arrivedDevice(before, [...before, device('3', 'Tablet 2'), device('4', 'Tablet 1', 'kiosk'), device('5', 'Tablet 1', 'staff', true)], wish)).toBeNull()
    expect(arrivedDevice(before, [...before, device('6', 'Tablet 1')], wish)?.dev).toBe('6')
  })
})
