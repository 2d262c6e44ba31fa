/** What a page's service worker holds, asked from outside of the app. */
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** Waits until the app could start without any network: worker active, and every file it lists found in its cache. */
export const waitUntilOffline = async (page: Page): Promise<void> => {
  await expect.poll(() => missingFiles(page), { timeout: 30_000, interval: 200 }).toEqual([])
}

/** Files the active worker lists but does not hold; without an active worker one word saying so. */
export const missingFiles = async (page: Page): Promise<readonly string[]> =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration()
    const worker = registration?.active
    if (!worker) return ['no active worker']
    const channel = new MessageChannel()
    const listed = new Promise<string[]>((resolve) => {
      channel.port1.addEventListener('message', ({ data }) => resolve(data))
      channel.port1.start()
    })
    worker.postMessage({ type: 'LIST_PRECACHE' }, [channel.port2])
    const keys = await listed
    const found = await Promise.all(keys.map((key) => caches.match(key)))
    return keys.length === 0 ? ['an empty list'] : keys.filter((_, i) => !found[i])
  })
