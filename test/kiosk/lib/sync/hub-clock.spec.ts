import { describe, expect, it } from 'vitest'
import { HubClock } from '#kiosk/lib/sync/hub-clock.ts'

const at = (start: { wall: number; mono: number }, lastHubTime = 0) => {
  const time = { ...start }
  return { time, clock: new HubClock({ wall: () => time.wall, mono: () => time.mono }, lastHubTime) }
}

describe('the hub’s time on a device', () => {
  it('is the middle of question and answer, carried on by a clock that cannot be set', () => {
    const { time, clock } = at({ wall: 50_000, mono: 1000 })
    clock.learn(900_000, 800) // asked at 800, answered at 1000: the hub looked at its clock at 900
    expect(clock.now()).toEqual({ at: 900_100, verified: true })
    expect(clock.offsetMs).toBe(850_100)
    time.mono += 60_000
    time.wall -= 86_400_000 // somebody sets the device's clock back by a day
    expect(clock.now()).toEqual({ at: 960_100, verified: true })
  })
  it('believes the measurement with the shortest way of the last eight', () => {
    const { time, clock } = at({ wall: 0, mono: 1000 })
    clock.learn(500_000, 990)
    clock.learn(999_999, 0)
    expect(clock.now().at).toBe(500_005)
    for (let i = 0; i < 8; i++) clock.learn(700_000, 900)
    expect(clock.now().at).toBe(700_050)
    time.mono += 1
    expect(clock.now().at).toBe(700_051)
  })
  it('before the hub was reached is the device’s own, unverified, and never before what an earlier start has seen', () => {
    expect(at({ wall: 5000, mono: 0 }).clock.now()).toEqual({ at: 5000, verified: false })
    expect(at({ wall: 5000, mono: 0 }, 80_000).clock.now()).toEqual({ at: 80_000, verified: false })
    expect(at({ wall: 5000, mono: 0 }).clock.offsetMs).toBeNull()
  })
})
