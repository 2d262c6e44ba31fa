/** Starts the store manager's app: what this device last knew first, the network whenever it comes. */
import '../lib/platform/own-scripts.ts'
import '../lib/styles/styles.ts'
import { mount } from 'svelte'
import { startAppWorker } from '../lib/platform/app-worker.ts'
import { takeFragment } from '../lib/platform/page.ts'
import { systemClock } from '../lib/state/clock.ts'
import { DeviceView } from '../lib/state/device-view.svelte.ts'
import { People } from '../lib/state/people.svelte.ts'
import { offlineDoor } from '../lib/sync/offline-door.ts'
import { openDevice } from '../lib/sync/open-device.ts'
import App from './App.svelte'
import { lastKnownIn } from './last-known.ts'
import { pageAt } from './pages.ts'
import { codeInFragment } from './pairing-link.ts'
import { readStoreDocuments } from '#shared/protocol/screen-documents.ts'

// Plain http from another machine: said before anything else, because half of the app cannot work there.
if (!isSecureContext) void import('../lib/platform/insecure-notice.ts')

const fragment = takeFragment()
const givenCode = codeInFragment(fragment) ?? ''
const device = await openDevice({ app: 'manager', version: import.meta.env.APP_VERSION ?? 'development', isFit: (items) => readStoreDocuments(items).store !== null })

const people = new People({ device, clock: systemClock, offline: offlineDoor(device) })
// A new version begins a new page, which knows nobody: it comes in while nobody is signed in.
const worker = startAppWorker({ app: 'manager', isIdle: () => people.who === null && (device.status.waiting === 0 || device.status.needsUpdate === true) })
device.onStatus(({ needsUpdate }) => needsUpdate && void worker.checkForUpdate())

const target = document.getElementById('app')
if (target) mount(App, { target, props: { device: new DeviceView(device), people, known: lastKnownIn(device.cache), givenCode, begin: pageAt(fragment) } })
