/** Starts the page of a receipt on the shopper's own phone. */
import '../lib/styles/styles.ts'
import './receipt.css'
import { mount } from 'svelte'
import { locale } from '../lib/i18n/locale.svelte.ts'
import { wear } from '../lib/platform/appearance.ts'
import App from './App.svelte'
import { ReceiptPage } from './receipt-page.svelte.ts'

if (!isSecureContext) void import('../lib/platform/insecure-notice.ts')
locale.language = navigator.language.toLowerCase().startsWith('de') ? 'de' : 'en'
wear('system')
const page = new ReceiptPage({ random: (count) => crypto.getRandomValues(new Uint8Array(count)), now: () => Date.now() })
const target = document.getElementById('app')
if (target) mount(App, { target, props: { page } })
void page.begin(location.hash.slice(1))
