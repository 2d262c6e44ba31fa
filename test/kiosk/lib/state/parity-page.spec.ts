import { describe, expect, it } from 'vitest'
import { ParityPage } from '#kiosk/lib/state/parity-page.svelte.ts'
import { err, ok } from '#shared/kernel/result.ts'
import type { CallName } from '#shared/protocol/calls.ts'
import type { ParityReply } from '#shared/protocol/parity.ts'
import { fakeClock } from '../../fake-clock.ts'
import { fakeDevice } from '../../fake-device.ts'

const openPage = (kept: { readonly asOf: number } | null = null) => {
  const { device } = fakeDevice({ at: 5000 })
  const time = fakeClock()
  const asked: (readonly [CallName, unknown])[] = []
  const saved = new Map<string, unknown>(kept ? [['parity', kept]] : [])
  let online = true
  let busy = 0
  device.call = (async (name: CallName, request: unknown) => {
    asked.push([name, request])
    if (!online) return err({ code: 'offline' })
    if (busy-- > 0) return err({ code: 'busy' })
    return ok(name === 'parity.read' ? { asOf: 5000 } : name === 'parity.alarm' ? { id: 7 } : name === 'parity.vector' ? { name: 'n', text: '{}' } : { rev: 3 })
  }) as typeof device.call
  const cache = { read: async (key: string) => (saved.has(key) ? { value: saved.get(key) } : null), write: async (key: string, value: ParityReply) => void saved.set(key, value) }
  return { page: new ParityPage({ device, cache, clock: time.clock }), time, asked, saved, cut: () => void (online = false), crowd: (times: number) => void (busy = times) }
}

describe('the page of the web shop', () => {
  it('asks when it is opened and every 15 s while somebody looks, and keeps what it learnt', async () => {
    const { page, time, asked, saved } = openPage()
    const leave = page.start()
    await page.look()
    time.pass(15_000)
    leave()
    expect([time.running(), asked.every(([name]) => name === 'parity.read'), page.standing?.asOf, page.stale, saved.get('parity')]).toEqual([0, true, 5000, false, { asOf: 5000 }])
  })
  it('shows what was last known without the hub, and says that it is old', async () => {
    const { page, cut } = openPage({ asOf: 1234 })
    cut()
    const leave = page.start()
    await page.look()
    leave()
    expect([page.standing?.asOf, page.stale]).toEqual([1234, true])
  })
  it('leaves an offer to the checkout for an alarm, and looks again', async () => {
    const { page, asked } = openPage()
    await page.open(7)
    await page.leave('juice', 7)
    expect([page.done, page.alarm?.id, asked.map(([name]) => name)]).toEqual(['left', 7, ['parity.alarm', 'offer.leave', 'parity.read', 'parity.alarm']])
    expect(asked[1]).toEqual(['offer.leave', { offer: 'juice', alarm: 7 }])
  })
  it('lifts it, closes an alarm and goes back to the overview', async () => {
    const { page } = openPage()
    await page.lift('juice')
    expect(page.done).toBe('lifted')
    await page.open(7)
    await page.close(7)
    expect([page.done, page.alarm]).toEqual(['closed', null])
  })
  it('asks again a little later while the hub is busy', async () => {
    const { page, time, crowd, asked } = openPage()
    crowd(2)
    const look = page.look()
    for (let n = 0; n < 2; n++) {
      await new Promise((resolve) => setImmediate(resolve))
      time.pass(700)
    }
    await look
    expect([asked.length, page.standing?.asOf, page.stale]).toEqual([3, 5000, false])
  })
  it('says when something did not work, and keeps the alarm on the screen', async () => {
    const { page, cut } = openPage()
    await page.open(7)
    cut()
    await page.leave('juice', 7)
    expect([page.done, page.alarm?.id, page.busy]).toEqual(['failed', 7, false])
    expect(await page.fetchVector(7)).toBeNull()
  })
})
