import { describe, expect, it } from 'vitest'
import { sharedRole } from '#shared/devices/person.ts'
import { EVENT_RULES, isRouteListed, mayAsk, needsFresh, refusalOf, type EventRule } from '#shared/protocol/event-rules.ts'

describe('what device and person both allow', () => {
  it.each([
    ['kiosk', 'staff', null], ['kiosk', 'manager', null],
    ['staff', 'staff', 'staff'], ['staff', 'manager', 'staff'],
    ['manager', 'staff', 'staff'], ['manager', 'manager', 'manager'],
  ] as const)('at a %s device a %s: %s', (device, person, role) => {
    expect(sharedRole(device, person)).toBe(role)
  })
})

describe('a rule', () => {
  const rule: EventRule = { devices: ['staff', 'manager'], person: 'manager', fresh: true }
  it.each([
    ['kiosk', 'manager', true, 'forbidden'], ['staff', null, true, 'person'], ['manager', null, false, 'person'],
    ['manager', 'staff', true, 'forbidden'], ['manager', 'manager', false, 'fresh'], ['manager', 'manager', true, null], ['staff', 'manager', true, null],
  ] as const)('asked by a %s device with %s, fresh %s: %s', (device, person, fresh, refusal) => {
    expect(refusalOf(rule, { device, person, fresh })).toBe(refusal)
  })
  it('that needs nobody asks for nobody', () => {
    expect(refusalOf({ devices: ['kiosk'], person: 'none', fresh: false }, { device: 'kiosk', person: null, fresh: false })).toBeNull()
  })
  it('never wants a fresh password of nobody, nor lets kiosks do what needs people', () => {
    const rules = Object.entries(EVENT_RULES)
    expect(rules.filter(([, { person, fresh }]) => fresh && person === 'none')).toEqual([])
    expect(rules.filter(([, { person, devices }]) => person !== 'none' && devices.includes('kiosk'))).toEqual([])
    expect(rules.filter(([, { person, devices }]) => person === 'manager' && devices.includes('staff'))).toEqual([])
  })
  it('tells screens what to offer, and before what to ask for the password', () => {
    expect([mayAsk('people.list', 'manager', 'manager'), mayAsk('people.list', 'manager', 'staff'), mayAsk('people.list', 'staff', 'manager'), mayAsk('quote.lookup', 'staff', null)]).toEqual([true, false, false, false])
    expect([needsFresh('device.revoke'), needsFresh('devices.list')]).toEqual([true, false])
    expect([isRouteListed('POST /api/pair'), isRouteListed('GET /api/pair'), isRouteListed('toString')]).toEqual([true, false, false])
  })
})
