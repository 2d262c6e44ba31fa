import { describe, expect, it } from 'vitest'
import { HubClock } from '#shared/sync/hub-clock.ts'

const at = (start: { wall: number; mono: number }, lastHubTime = 0, offsetMs = 0) => {
  const time = { ...start }
  return { time, clock: new HubClock({ wall: () => time.wall, mono: () => time.mono }, { notBefore: lastHubTime, offsetMs }) }
}

describe('the hub’s time on a device', () => {
  it('is the middle of question and answer, carried on by a clock that cannot be set', () => {
    const { time, clock } = at({ wall: 50_000, mono: 1000 })
    clock.learn(900_000, 800) // asked at 800, answered at 1000: the hub looked at its clock at 900
    expect(clock.now()).toEqual({ at: 900_100, verified: true, atLeast: 900_100 })
    expect(clock.offsetMs).toBe(850_100)
    time.mono += 60_000
    time.wall -= 86_400_000 // somebody sets the device's clock back by a day
    expect(clock.now()).toEqual({ at: 960_100, verified: true, atLeast: 960_100 })
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
    expect(at({ wall: 5000, mono: 0 }).clock.now()).toEqual({ at: 5000, verified: false, atLeast: 0 })
    expect(at({ wall: 5000, mono: 0 }, 80_000).clock.now()).toEqual({ at: 80_000, verified: false, atLeast: 80_000 })
    expect(at({ wall: 5000, mono: 0 }).clock.offsetMs).toBeNull()
  })
  it('after a cold start is guessed by what the device’s clock was off before, and certainly not before what was counted here', () => {
    const { time, clock } = at({ wall: 86_400_000, mono: 50 }, 1_000_000, -85_000_000) // a clock that is a day ahead
    expect(clock.now()).toEqual({ at: 1_400_000, verified: false, atLeast: 1_000_000 })
    time.mono += 600_000
    time.wall += 7 * 86_400_000 // somebody sets it a week ahead
    expect(clock.now()).toMatchObject({ verified: false, atLeast: 1_600_000 })
    expect(clock.known).toEqual({ notBefore: 1_600_000, offsetMs: -85_000_000 })
  })
  it('is not learnt from an answer that was under way for more than four seconds', () => {
    const { clock } = at({ wall: 0, mono: 10_000 })
    clock.learn(900_000, 5_999)
    expect(clock.verified).toBe(false)
    clock.learn(900_000, 6_000)
    expect(clock.now().at).toBe(902_000)
  })
  it('at the latest is the later of two clocks: one stands still while the device sleeps, the other can be set', () => {
    const { time, clock } = at({ wall: 50_000, mono: 1000 })
    expect(clock.latest()).toBeNull()
    clock.learn(900_000, 800)
    expect(clock.latest()).toBe(900_100)
    time.mono += 1000
    time.wall += 3_600_000 // the device slept for an hour
    expect([clock.now().at, clock.latest()]).toEqual([901_100, 4_500_100])
    time.wall -= 86_400_000 // somebody sets its clock back by a day
    expect(clock.latest()).toBe(901_100)
  })
  it('does not follow a device’s clock that was set while the page ran: it says so instead', () => {
    const { time, clock } = at({ wall: 86_400_000, mono: 0 })
    time.mono += 60_000
    time.wall += 60_000 + 29_000 // drift
    expect([clock.now().at, clock.takeJumps()]).toEqual([86_489_000, []])
    time.wall += 86_400_000
    expect(clock.now()).toEqual({ at: 86_489_000, verified: false, atLeast: 0 })
    time.mono += 1000
    time.wall -= 2 * 86_400_000 - 1000
    expect(clock.now().at).toBe(86_490_000)
    expect([clock.takeJumps(), clock.takeJumps()]).toEqual([[86_400_000, -172_800_000], []])
  })
  it('is measured afresh after the device slept: its own clock stood still, so the best of the earlier measurements is over', () => {
    const { time, clock } = at({ wall: 50_000, mono: 1000 })
    clock.learn(900_000, 1000)
    time.wall += 3_600_000 // asleep for an hour
    time.mono += 500
    clock.learn(4_500_250, 1000) // a slower answer than the one before
    expect(clock.now().at).toBe(4_500_500)
    time.wall -= 86_400_000 // set, not slept: what was measured still holds
    clock.learn(4_500_600, 900)
    expect(clock.now().at).toBe(4_500_500)
    clock.learn(4_500_900, 1400)
    expect(clock.now().at).toBe(4_500_950)
  })
})
