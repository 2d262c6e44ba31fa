/** What a page's service worker holds, asked from outside of the app. */
import type { Page } from 'playwright-core'

/** Files the active worker lists but does not hold; without an active worker one word saying so. Empty: the app starts without any network. */
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
