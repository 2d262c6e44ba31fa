/** What a kiosk does for whoever stands before it, loaded behind the attract screen: it hears the scanner, keeps the display on, and keeps whoever stands there inside. */
import { stayInside } from '../lib/platform/stay-inside.ts'
import { listenForScans } from '../lib/platform/scanner.ts'
import { keepScreenOn } from '../lib/platform/wake-lock.ts'
import type { Shopper } from '../lib/state/shopper.svelte.ts'

export const attend = (shopper: Shopper): void => {
  listenForScans((code) => void import('./visit.ts').then(({ openScanned }) => openScanned(shopper, code)))
  keepScreenOn()
  stayInside('/shopper/')
}
