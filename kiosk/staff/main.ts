/** Starts the staff tablet: the device first, then the screen, then the worker that keeps both for the next cold start. */
import '../lib/platform/own-scripts.ts'
import '../lib/styles/styles.ts'
import './staff.css'
import { mount } from 'svelte'
import { APP_VERSION } from '../lib/platform/app-version.ts'
import { startAppWorker } from '../lib/platform/app-worker.ts'
import { takeFragment } from '../lib/platform/page.ts'
import { systemClock } from '../lib/state/clock.ts'
import { DeviceView } from '../lib/state/device-view.svelte.ts'
import { People } from '../lib/state/people.svelte.ts'
import { offlineDoor } from '../lib/sync/offline-door.ts'
import { openDevice } from '../lib/sync/open-device.ts'
import { documentsToAssortment, documentsToUnread } from '#shared/protocol/documents.ts'
import App from './App.svelte'

// Plain http from another machine: said before anything else, because half of the app cannot work there.
if (!isSecureContext) void import('../lib/platform/insecure-notice.ts')

/** Nobody has touched the screen for this long: a new version may come in. */
const QUIET_MS = 30_000

const given = /^(?:code|pair)=([0-9A-Za-z-]{1,40})$/.exec(takeFragment() ?? '')?.[1] ?? ''
let touchedAt = performance.now()
for (const what of ['pointerdown', 'keydown']) addEventListener(what, () => { touchedAt = performance.now() }, { capture: true, passive: true })

const opened = await openDevice({ app: 'staff', version: APP_VERSION, isFit: (items) => documentsToAssortment({ hash: '', items }).ok, unread: documentsToUnread })
const people = new People({ device: opened, clock: systemClock, offline: offlineDoor(opened) })
const target = document.getElementById('app')
if (target) mount(App, { target, props: { device: new DeviceView(opened), opened, people, given } })
// A new version begins a new page, which knows nobody: it comes in while nobody is signed in.
const worker = startAppWorker({ app: 'staff', isIdle: () => people.who === null && performance.now() - touchedAt > QUIET_MS })
opened.onStatus(({ needsUpdate }) => needsUpdate && void worker.checkForUpdate())
