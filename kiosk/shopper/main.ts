/** Starts the shopper's kiosk: everything of this device first, the screen next, the network whenever it comes. */
import '../lib/platform/own-scripts.ts'
import '../lib/styles/styles.ts'
import '../lib/styles/kiosk.css'
import { mount } from 'svelte'
import { onActivity } from '../lib/platform/activity.ts'
import { APP_VERSION } from '../lib/platform/app-version.ts'
import type { AppWorker } from '../lib/platform/app-worker.ts'
import { pressWithoutFocus } from '../lib/platform/focus.ts'
import { forgetPage, takeFragment } from '../lib/platform/page.ts'
import { stopSpeaking } from '../lib/platform/speech.ts'
import { systemClock } from '../lib/state/clock.ts'
import { Shopper } from '../lib/state/shopper.svelte.ts'
import { openDevice } from '../lib/sync/open-device.ts'
import { documentsToAssortment, documentsToUnread } from '#shared/protocol/documents.ts'
import App from './App.svelte'
import { readKept, VISIT } from './kept-visit.ts'

// Plain http from another machine: said before anything else, because half of the app cannot work there.
if (!isSecureContext) void import('../lib/platform/insecure-notice.ts')

const PATH = '/shopper/'
const PAIR_FRAGMENT = /^pair=([0-9A-Za-z-]{8,9})$/

const pairingCode = PAIR_FRAGMENT.exec(takeFragment() ?? '')?.[1] ?? null
const device = await openDevice({ app: 'shopper', version: APP_VERSION, isFit: (items) => documentsToAssortment({ hash: '', items }).ok, unread: documentsToUnread })
const shopper = new Shopper({
  device,
  clock: systemClock,
  random: (count) => crypto.getRandomValues(new Uint8Array(count)),
  host: location.host,
  protocol: location.protocol,
  keep: (kept) => void (kept.basket.lines.length === 0 ? device.session.wipe() : device.session.write(VISIT, kept)),
  counts: device.kept,
  forget: () => {
    void device.session.wipe()
    sessionStorage.clear()
    stopSpeaking()
    forgetPage(PATH)
    worker?.applyUpdate()
  },
})
let worker: AppWorker | null = null
void import('../lib/platform/app-worker.ts').then(({ startAppWorker }) => {
  worker = startAppWorker({ app: 'shopper', isIdle: () => shopper.isFree })
})
device.onStatus(({ needsUpdate }) => needsUpdate && void worker?.checkForUpdate())

const kept = readKept(await device.session.read(VISIT))

onActivity(() => shopper.idle.activity())
void import('./attend.ts').then(({ attend }) => attend(shopper))
pressWithoutFocus()

const target = document.getElementById('app')
if (target) mount(App, { target, props: { shopper, pairingCode, kept } })
