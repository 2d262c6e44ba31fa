import { describe, expect, it } from 'vitest'
import { DevicePage, type TrialName, type TrialResult } from '#kiosk/lib/state/device-page.svelte.ts'
import { DeviceView } from '#kiosk/lib/state/device-view.svelte.ts'
import { millis } from '#shared/kernel/time.ts'
import { fakeClock } from '../../fake-clock.ts'
import { fakeDevice } from '../../fake-device.ts'

const NOW = Date.parse('2026-11-28T13:05:00Z')
const good = (name: TrialName): TrialResult => ({ name, said: 30, thanked: 30, refused: 0, arrived: 30, twice: 0, lost: 0, clockErrorMs: 0 })

const openPage = (runTrial: (name: TrialName) => Promise<TrialResult> = async (name) => good(name)) => {
  const fake = fakeDevice({ at: NOW })
  const time = fakeClock()
  return { fake, time, page: new DevicePage({ view: new DeviceView(fake.device), clock: time.clock, wall: () => NOW - 90_000, runTrial }) }
}

describe('the page of a device', () => {
  it('shows how far its clock is from the hub: 90 s behind', () => expect(openPage().page.offsetMs).toBe(90_000))
  it('follows time, log and storage every second while somebody looks, and not after', () => {
    const { fake, time, page } = openPage()
    const leave = page.start()
    fake.setNow(NOW + 5000)
    fake.device.log = () => [{ at: millis(NOW), what: 'frozen', detail: '' }]
    fake.setStatus({ frozen: true })
    time.pass(1000)
    expect([page.now, page.log.length, page.storage.frozen]).toEqual([NOW + 5000, 1, true])
    leave()
    expect(time.running()).toBe(0)
  })
  it('runs the four trials one after the other and keeps their results', async () => {
    const order: TrialName[] = []
    const { page } = openPage(async (name) => {
      order.push(name)
      return good(name)
    })
    await page.test()
    expect(order).toEqual(['network', 'hub', 'clock', 'disk'])
    expect([page.results.length, page.running, page.failed]).toEqual([4, null, false])
  })
  it('tries nothing on a storage that is full or nearly so', async () => {
    const { fake, time, page } = openPage()
    page.start()
    fake.setStatus({ frozen: true })
    time.pass(1000)
    await page.test()
    expect([page.mayTest, page.results]).toEqual([false, []])
  })
  it('says so when the storage does not even take the test', async () => {
    const { page } = openPage(async () => Promise.reject(new Error('no room')))
    await page.test()
    expect([page.failed, page.running]).toEqual([true, null])
  })
})
