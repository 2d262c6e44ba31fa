import { describe, expect, it } from 'vitest'
import { HubPage } from '#kiosk/lib/state/hub-page.svelte.ts'
import { err, ok } from '#shared/kernel/result.ts'
import type { CallName } from '#shared/protocol/calls.ts'
import { fakeClock } from '../../fake-clock.ts'
import { fakeDevice } from '../../fake-device.ts'

const openPage = () => {
  const { device } = fakeDevice({ at: 5000 })
  const time = fakeClock()
  const asked: CallName[] = []
  let online = true
  device.call = (async (name: CallName) => {
    asked.push(name)
    if (!online) return err({ code: 'offline' })
    return ok(name === 'hub.redrive' ? { understood: 3, left: 1 } : { asOf: 5000 })
  }) as typeof device.call
  return { page: new HubPage({ device, clock: time.clock }), time, asked, cut: () => void (online = false) }
}

describe('the page of the hub', () => {
  it('asks when it is opened and every 15 s while somebody looks', async () => {
    const { page, time, asked } = openPage()
    const leave = page.start()
    await page.look()
    time.pass(15_000)
    leave()
    expect(asked.filter((name) => name === 'hub.health').length).toBeGreaterThanOrEqual(1)
    expect(time.running()).toBe(0)
    expect(page.health).toMatchObject({ asOf: 5000 })
  })
  it('keeps what it knew when the connection is gone, and says that it is old', async () => {
    const { page, cut } = openPage()
    await page.look()
    cut()
    await page.look()
    expect([page.health?.asOf, page.seals?.asOf, page.stale]).toEqual([5000, 5000, true])
  })
  it('has the raw events read once more and looks again', async () => {
    const { page, asked } = openPage()
    await page.redrive()
    expect(page.redriven).toEqual({ understood: 3, left: 1 })
    expect(asked).toEqual(['hub.redrive', 'seals.read', 'hub.health'])
  })
  it('says when that did not work', async () => {
    const { page, cut } = openPage()
    cut()
    await page.redrive()
    expect([page.redriven, page.busy]).toEqual(['failed', false])
  })
})
