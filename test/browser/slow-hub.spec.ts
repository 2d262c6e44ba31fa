import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { StoreFloor } from './harness/store-floor.ts'
import { waitUntilOffline } from './harness/worker-state.ts'

let store: StoreFloor
beforeEach(async () => {
  store = await StoreFloor.open()
})
afterEach(() => store.close())

describe('a hub that stands still for a while', () => {
  it('is tried again and reached; that no try succeeded would be a complaint', async () => {
    const manager = await store.browser({ width: 1280, height: 800, reducedMotion: true })
    const { page, quiet } = manager
    await store.pair(manager, 'manager')
    await waitUntilOffline(page)
    const givenUp = page.waitForEvent('console', (message) => message.text().includes('before the connection is established'))
    store.hub.halt()
    await page.reload()
    await givenUp
    expect(quiet.complaints).toEqual([expect.stringContaining('WebSocket is closed before the connection is established')])
    store.hub.goOn()
    await store.signIn(page, 'manager')
    await expect.poll(() => quiet.complaints).toEqual([])
  })

  it('a hub that refuses every connection is complained of', async () => {
    const manager = await store.browser({ width: 1280, height: 800, reducedMotion: true })
    const { page, quiet } = manager
    await store.pair(manager, 'manager')
    await store.hub.kill()
    await expect.poll(() => quiet.complaints.join()).toContain('ERR_CONNECTION_REFUSED')
    await store.hub.startAgain()
    await page.getByRole('button', { name: /^Abmelden$/ }).waitFor()
    expect(quiet.complaints.join()).toContain('ERR_CONNECTION_REFUSED')
  })
})
