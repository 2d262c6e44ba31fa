/// <reference lib="webworker" />
/** The service worker of an installed app: serves everything the app needs from the device, so it starts without network. Built once per app. */
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'

type WorkerConfig = { readonly app: string; readonly precache: { url: string; revision: string | null }[] }
declare const self: ServiceWorkerGlobalScope & { readonly workerConfig: WorkerConfig }

// The build puts the app's own list in place of this expression, once.
const config = self.workerConfig
const scope = `/${config.app}/`

precacheAndRoute(config.precache)
cleanupOutdatedCaches()
registerRoute(new NavigationRoute(createHandlerBoundToURL(`${scope}index.html`), { allowlist: [new RegExp(`^${scope}`)] }))

// Only the page knows when nobody is in the middle of something; it tells the waiting worker to take over.
self.addEventListener('message', (event) => {
  if (isMessage(event.data, 'SKIP_WAITING')) void self.skipWaiting()
  if (isMessage(event.data, 'LIST_PRECACHE')) event.ports[0]?.postMessage(config.precache.map(({ url, revision }) => cacheKey(url, revision)))
})

// The way out if a released worker ever misbehaves: the hub answers {"off": true} and the next page load removes it.
self.addEventListener('fetch', (event) => {
  if (event.request.mode === 'navigate') event.waitUntil(removeIfSwitchedOff())
})

const removeIfSwitchedOff = async (): Promise<void> => {
  try {
    const reply = await fetch(`${scope}worker-off.json`, { cache: 'no-store' })
    const answer: unknown = reply.ok ? await reply.json() : null
    if (!isSwitchedOff(answer)) return
  } catch {
    return // offline: keep working
  }
  await self.registration.unregister()
  const names = await caches.keys()
  await Promise.all(names.filter((name) => name.includes(self.registration.scope)).map((name) => caches.delete(name)))
}

const isMessage = (data: unknown, type: string): boolean => typeof data === 'object' && data !== null && 'type' in data && data.type === type
const isSwitchedOff = (answer: unknown): boolean => typeof answer === 'object' && answer !== null && 'off' in answer && answer.off === true

/** The key under which workbox-precaching stores an entry. */
const cacheKey = (url: string, revision: string | null): string => {
  const key = new URL(url, self.location.href)
  if (revision !== null) key.searchParams.set('__WB_REVISION__', revision)
  return key.href
}
