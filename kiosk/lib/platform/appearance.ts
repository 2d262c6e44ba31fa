/** How the page looks: as the device is set, or as its user wants it. */
export const APPEARANCES = ['system', 'light', 'dark', 'contrast'] as const
export type Appearance = (typeof APPEARANCES)[number]

/** Dresses the page and keeps it dressed; contrast follows the device in being dark or light. Returns its end. */
export const wear = (appearance: Appearance): (() => void) => {
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const more = matchMedia('(prefers-contrast: more)')
  const dress = (): void => {
    const contrast = appearance === 'contrast' || (appearance === 'system' && more.matches)
    if (contrast) document.documentElement.dataset['theme'] = dark.matches ? 'white-on-black' : 'black-on-white'
    else if (appearance === 'light' || appearance === 'dark') document.documentElement.dataset['theme'] = appearance
    else delete document.documentElement.dataset['theme']
  }
  dress()
  dark.addEventListener('change', dress)
  more.addEventListener('change', dress)
  return () => {
    dark.removeEventListener('change', dress)
    more.removeEventListener('change', dress)
  }
}
