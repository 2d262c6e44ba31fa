/** Starts the board on the wall: its link stands behind the # of its address, what it last knew on the device. */
import '../lib/platform/own-scripts.ts'
import '../lib/styles/styles.ts'
import './board.css'
import { mount } from 'svelte'
import { locale } from '../lib/i18n/locale.svelte.ts'
import { startAppWorker } from '../lib/platform/app-worker.ts'
import { wear } from '../lib/platform/appearance.ts'
import { askBoard } from '../lib/platform/ask-board.ts'
import { systemClock } from '../lib/state/clock.ts'
import App from './App.svelte'
import { BoardView } from './board-view.svelte.ts'
import { keptBoard } from './kept-board.ts'

locale.language = navigator.language.toLowerCase().startsWith('en') ? 'en' : 'de'
wear('system')
const view = new BoardView({ ask: askBoard(location.hash.slice(1)), kept: keptBoard(localStorage), clock: systemClock, now: () => Date.now() })
// Nobody is ever in the middle of something here.
startAppWorker({ app: 'board', isIdle: () => true })
const target = document.getElementById('app')
if (target) mount(App, { target, props: { view } })
view.start()
