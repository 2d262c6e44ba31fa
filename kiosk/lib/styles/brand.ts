/** Puts the brand document's colours onto a page. */
import type { Brand } from '#shared/catalogue/store.ts'

const TOKENS = ['ground', 'ink', 'brand', 'brand-ink', 'offer', 'offer-ink'] as const
const COLOUR = /^#[0-9a-f]{6}$/i

/** Sets the colours of both schemes; anything but `#rrggbb` is left at the default. */
export const applyBrand = (root: HTMLElement, brand: Brand): void => {
  for (const token of TOKENS) {
    set(root, `--${token}-light`, brand.light[token])
    set(root, `--${token}-dark`, brand.dark[token])
  }
}

const set = (root: HTMLElement, property: string, colour: string | undefined): void => {
  if (colour && COLOUR.test(colour)) root.style.setProperty(property, colour)
  else root.style.removeProperty(property)
}
