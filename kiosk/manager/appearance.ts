/** How the page looks: as the device is set, or as the reader wants it. */
export const APPEARANCES = ['system', 'light', 'dark', 'contrast'] as const
export type Appearance = (typeof APPEARANCES)[number]

/** Dresses the page; high contrast follows the device in being dark or light. */
export const wear = (root: HTMLElement, appearance: Appearance, prefersDark: boolean): void => {
  if (appearance === 'system') delete root.dataset['theme']
  else root.dataset['theme'] = appearance === 'contrast' ? (prefersDark ? 'white-on-black' : 'black-on-white') : appearance
}
