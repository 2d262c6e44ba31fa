/** Phones whose owner asked for more contrast get black and white, in the direction of their colour scheme. */
export const followContrast = (): void => {
  const more = matchMedia('(prefers-contrast: more)')
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const apply = (): void => {
    if (more.matches) document.documentElement.dataset['theme'] = dark.matches ? 'white-on-black' : 'black-on-white'
    else delete document.documentElement.dataset['theme']
  }
  more.addEventListener('change', apply)
  dark.addEventListener('change', apply)
  apply()
}
