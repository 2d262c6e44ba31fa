/** Starts the page that a sign's QR leads to: somebody answers on their own phone. */
import '../lib/styles/styles.ts'
import './feedback.css'
import { mount } from 'svelte'
import { locale } from '../lib/i18n/locale.svelte.ts'
import { askHub } from '../lib/platform/ask-hub.ts'
import { wear } from '../lib/platform/appearance.ts'
import { systemClock } from '../lib/state/clock.ts'
import App from './App.svelte'
import { PhonePage } from './phone-page.svelte.ts'

if (!isSecureContext) void import('../lib/platform/insecure-notice.ts')
locale.language = navigator.language.toLowerCase().startsWith('de') ? 'de' : 'en'
wear('system')
const page = new PhonePage({ random: (count) => crypto.getRandomValues(new Uint8Array(count)), clock: systemClock, ask: askHub }, location.hash.slice(1))
const target = document.getElementById('app')
if (target) mount(App, { target, props: { page } })
void page.open()
