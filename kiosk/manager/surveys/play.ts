/**
 * The kiosk within a preview: a page of its own inside the page, so it has its own screen, language, type and theme, as a kiosk has.
 * The page around it imports this file to learn its addresses and puts it into the frame as a script; only there it starts.
 */
import '../../lib/platform/own-scripts.ts'
import { mount } from 'svelte'
import kioskStyle from '../../lib/styles/kiosk.css?url'
import Play from './Play.svelte'
import { Played, type PlayWish } from './played.svelte.ts'

/** Addresses of this script and of the kiosk's own style. */
export const PLAY = { script: import.meta.url, style: kioskStyle } as const

const start = (target: HTMLElement): void => {
  const tell = (word: PlayWord): void => window.parent.postMessage(word, window.origin)
  const played = new Played((answer) => tell({ type: 'answered', ...answer }))
  window.addEventListener('message', ({ source, data }) => {
    // Other words pass between frames too, of tools that look at both.
    if (source === window.parent && (data as Partial<PlayWish> | null)?.type === 'play') played.show(data as PlayWish)
  })
  mount(Play, { target, props: { played } })
  tell({ type: 'ready' })
}

/** What the frame says: it is there; somebody answered something. */
export type PlayWord = { readonly type: 'ready' } | { readonly type: 'answered'; readonly question: string; readonly value: string }

const target = window.parent === window ? null : document.getElementById('kiosk')
if (target) start(target)
