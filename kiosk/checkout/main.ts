/** Starts the phone checkout: takes the code out of the address first, then shows what it says. */
import '../lib/styles/styles.ts'
import './checkout.css'
import { mount } from 'svelte'
import { locale } from '../lib/i18n/locale.svelte.ts'
import { takeFragment } from '../lib/platform/page.ts'
import App from './App.svelte'
import { Checkout } from './checkout.svelte.ts'
import { wear } from '../lib/platform/appearance.ts'
import { tabMemory } from './tab-memory.ts'

const memory = tabMemory(takeFragment())
locale.language = navigator.language.toLowerCase().startsWith('de') ? 'de' : 'en'
wear('system')
const checkout = new Checkout(memory)
const target = document.getElementById('app')
if (target) mount(App, { target, props: { checkout } })
void checkout.start()
