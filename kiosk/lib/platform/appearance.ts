/** How the page looks: as the device is set, or as its user wants it. */
export const APPEARANCES = ['system', 'light', 'dark', 'black-on-white', 'white-on-black'] as const
export type Appearance = (typeof APPEARANCES)[number]

/** Dresses the page and keeps it dressed; a device that asks for more contrast gets it in its own light or dark. Returns its end. */
export const wear = (appearance: Appearance): (() => void) => {
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const more = matchMedia('(prefers-contrast: more)')
  const dress = (): void => {
    if (appearance !== 'system') dressIn(appearance)
    else dressIn(more.matches ? (dark.matches ? 'white-on-black' : 'black-on-white') : null)
  }
  dress()
  dark.addEventListener('change', dress)
  more.addEventListener('change', dress)
  return () => {
    dark.removeEventListener('change', dress)
    more.removeEventListener('change', dress)
  }
}

/** A theme of tokens.css at once; null: as the device is set. */
export const dressIn = (theme: string | null): void => {
  const root = document.documentElement
  if (theme === null) delete root.dataset['theme']
  else root.dataset['theme'] = theme
  // Chromium sometimes leaves parts of a size container in the colours of before (1 time in 8): an inherited property that changes a frame later restyles them.
  requestAnimationFrame(() => requestAnimationFrame(() => root.style.setProperty('--restyled-for', `${theme} ${performance.now()}`)))
}
