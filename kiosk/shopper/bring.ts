/** A basket that somebody brings along: the screen for it, and how a scan gets there. Loaded when the first one comes. */
import { BringView } from '../lib/state/bring-view.svelte.ts'
import type { Shopper } from '../lib/state/shopper.svelte.ts'

export { default as BringScreen } from './screens/BringScreen.svelte'

/** Opens the screen; with `text`, what a scanner read is looked at right away. */
export const openBring = async (shopper: Shopper, text: string | null): Promise<void> => {
  const bring = new BringView({ device: shopper.calls, basket: shopper.basket, assortment: () => shopper.store.assortment })
  shopper.bring = bring
  if (shopper.screen.name !== 'bring') shopper.go({ name: 'bring' })
  if (text !== null) await bring.enter(text)
}
