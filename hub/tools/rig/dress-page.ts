/** Puts a page into a theme from outside, as the apps do it themselves (kiosk/lib/platform/appearance.ts), and waits until all colours have arrived. */
import type { Page } from 'playwright-core'

/** Null: as the device is set. */
export const dressPage = async (page: Page, theme: string | null): Promise<void> =>
  page.evaluate(async (name) => {
    const root = document.documentElement
    const frame = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(resolve))
    if (name === null) delete root.dataset['theme']
    else root.dataset['theme'] = name
    await frame()
    await frame()
    root.style.setProperty('--restyled-for', `${name} ${performance.now()}`)
    await frame()
    // Colours on their way from one theme to the next belong to neither.
    for (const animation of document.getAnimations()) if (animation instanceof CSSTransition) animation.finish()
    await frame()
  }, theme)

export const themeOf = async (page: Page): Promise<string | null> => page.evaluate(() => document.documentElement.dataset['theme'] ?? null)
