/** How a shopper wants to see, reach and hear the screen. Of the person, so gone with the reset. */
export const TEXT_FACTORS = [1, 1.25, 1.5, 1.8] as const
export type TextFactor = (typeof TEXT_FACTORS)[number]
export const THEMES = ['light', 'dark', 'black-on-white', 'white-on-black'] as const
export type Theme = (typeof THEMES)[number]

export class Preferences {
  /** What a visit begins with on this device. */
  readonly #first: () => TextFactor
  textFactor = $state<TextFactor>(1)
  theme = $state<Theme>('light')
  /** Every control in the lower third, for those who sit or are small. */
  reach = $state(false)
  speech = $state(false)

  constructor(first: () => TextFactor = () => 1) {
    this.#first = first
  }

  reset(): void {
    this.textFactor = this.#first()
    this.theme = 'light'
    this.reach = false
    this.speech = false
  }
}
