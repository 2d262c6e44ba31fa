/** The door to the service worker: registers it, looks for new versions, and lets them in only while nobody is using the screen. */
import { messageSW, Workbox } from 'workbox-window'

/**
 * unsupported   no service worker here (plain http, old browser, development server)
 * installing    first files are on their way; the app still needs the hub to start
 * offline-ready every file of the app was found on the device
 * incomplete    the worker is missing or some of its files are; tried again by itself
 * update-waiting a new version is on the device and waits for a quiet moment
 */
export type AppWorkerState = 'unsupported' | 'installing' | 'offline-ready' | 'incomplete' | 'update-waiting'

export type AppWorkerOptions = {
  readonly app: 'shopper' | 'staff' | 'manager' | 'board'
  /** True while a reload would disturb nobody and lose nothing. Asked right before it happens. */
  readonly isIdle: () => boolean
  readonly onState?: (state: AppWorkerState) => void
}

export type AppWorker = {
  readonly state: AppWorkerState
  /** Looks for a new version now: call it when the hub hints at one. */
  checkForUpdate(): Promise<void>
  /** Lets a waiting version in if the app is idle: call it when it becomes so; asked by timer too. */
  applyUpdate(): void
  stop(): void
}

/** A page that never navigates gets no update check from the browser. */
const UPDATE_CHECK_MS = 15 * 60_000
const IDLE_CHECK_MS = 10_000

export const startAppWorker = (options: AppWorkerOptions): AppWorker => {
  if (!('serviceWorker' in navigator) || import.meta.env.DEV) {
    options.onState?.('unsupported')
    return { state: 'unsupported', checkForUpdate: async () => {}, applyUpdate: () => {}, stop: () => {} }
  }
  return new RegisteredWorker(options)
}

class RegisteredWorker implements AppWorker {
  state: AppWorkerState = 'installing'
  private takenOver = false
  private readonly options: AppWorkerOptions
  private readonly workbox: Workbox
  private readonly url: string
  private readonly timers: readonly ReturnType<typeof setInterval>[]

  constructor(options: AppWorkerOptions) {
    this.options = options
    this.url = `/${options.app}/sw.js`
    this.workbox = new Workbox(this.url, { updateViaCache: 'none' })
    this.workbox.addEventListener('waiting', () => {
      this.enter('update-waiting')
      this.applyUpdate()
    })
    // The very first worker takes no page over; any later one means this page runs an old version.
    const wasControlled = navigator.serviceWorker.controller !== null
    navigator.serviceWorker.addEventListener('controllerchange', () => {
      this.takenOver = wasControlled
      this.applyUpdate()
    })
    this.timers = [setInterval(() => void this.checkForUpdate(), UPDATE_CHECK_MS), setInterval(() => this.applyUpdate(), IDLE_CHECK_MS)]
    void this.register()
  }

  async checkForUpdate(): Promise<void> {
    try {
      const registration = await navigator.serviceWorker.getRegistration(this.url)
      if (registration) await registration.update()
      else await navigator.serviceWorker.register(this.url, { updateViaCache: 'none' })
    } catch {
      // No hub: the next timer tries again.
    }
    await this.inspect()
  }

  applyUpdate(): void {
    if (!this.options.isIdle()) return
    if (this.takenOver) location.reload()
    else if (this.state === 'update-waiting') this.workbox.messageSkipWaiting()
  }

  stop(): void {
    for (const timer of this.timers) clearInterval(timer)
  }

  private async register(): Promise<void> {
    this.options.onState?.(this.state)
    if (await isSwitchedOff(this.options.app)) {
      this.stop()
      const registration = await navigator.serviceWorker.getRegistration(this.url)
      if (registration) await forgetFiles(registration)
      this.enter('unsupported')
      return
    }
    try {
      await this.workbox.register({ immediate: true })
      await navigator.serviceWorker.ready
    } catch {
      this.enter('incomplete')
      return
    }
    await this.inspect()
  }

  /** Says "offline-ready" only of files that were really found. */
  private async inspect(): Promise<void> {
    if (this.state === 'update-waiting') return
    const registration = await navigator.serviceWorker.getRegistration(this.url)
    const complete = registration?.active ? await holdsEverything(registration.active) : false
    this.enter(complete ? 'offline-ready' : 'incomplete')
  }

  private enter(state: AppWorkerState): void {
    if (this.state === state) return
    this.state = state
    this.options.onState?.(state)
  }
}

/** The hub withdraws a worker that misbehaves; see kiosk/worker.ts. Without the hub the device goes on with what it has. */
const isSwitchedOff = async (app: string): Promise<boolean> => {
  try {
    const reply = await fetch(`/${app}/worker-off.json`, { cache: 'no-store' })
    const answer: unknown = reply.ok ? await reply.json() : null
    return typeof answer === 'object' && answer !== null && 'off' in answer && answer.off === true
  } catch {
    return false
  }
}

const forgetFiles = async (registration: ServiceWorkerRegistration): Promise<void> => {
  await registration.unregister()
  const names = await caches.keys()
  await Promise.all(names.filter((name) => name.includes(registration.scope)).map((name) => caches.delete(name)))
}

const holdsEverything = async (worker: ServiceWorker): Promise<boolean> => {
  const keys: unknown = await messageSW(worker, { type: 'LIST_PRECACHE' })
  if (!Array.isArray(keys)) return false
  // One after the other: some hundred questions at once keep the page from hearing a touch.
  for (const key of keys) if (typeof key !== 'string' || !(await caches.match(key))) return false
  return true
}
