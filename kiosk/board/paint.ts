/** Puts the store's colours onto the board. */
const COLOUR = /^#[0-9a-f]{6}$/i
const TOKENS = new Set(['ground', 'ink', 'brand', 'brand-ink', 'offer', 'offer-ink'].flatMap((token) => [`${token}-light`, `${token}-dark`]))

/** Anything but `#rrggbb` for a colour that there is stays out. */
export const paint = (root: HTMLElement, brand: { readonly [token: string]: string } | null): void => {
  for (const [token, colour] of Object.entries(brand ?? {})) if (TOKENS.has(token) && COLOUR.test(colour)) root.style.setProperty(`--${token}`, colour)
}
