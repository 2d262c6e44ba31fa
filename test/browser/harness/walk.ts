/** Through every screen of every app as its tour goes: nothing for axe to find in any theme, nothing cut off, and no complaint on the way. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { openBrowser, type BrowserSession } from '#hub/tools/rig/browser-session.ts'
import { dressPage, themeOf } from '#hub/tools/rig/dress-page.ts'
import { openTourStore } from '#hub/tools/tour/tour-store.ts'
import { TOURS } from '#hub/tools/tour/tours.ts'
import type { Language, Tour } from '#hub/tools/tour/tour.ts'
import { accessibilityFaults } from './accessible.ts'
import { keepQuiet } from './quiet.ts'
import { stickingOut, type Fit } from './reflow.ts'

const SIZES = { shopper: [1080, 1920], staff: [1280, 800], manager: [1280, 800], checkout: [390, 844], receipt: [390, 844], feedback: [390, 844], board: [1920, 1080] } as const
/** Windows as narrow as 320 px and text twice as large, together where a person holds the screen; the kiosk on the wall has no narrow window. */
const NARROW: Fit = { width: 320, height: 640, text: 2 }
const FITS: { readonly [app in Tour['app']]: readonly Fit[] } = {
  shopper: [{ width: 320, height: 640, text: 1 }, { width: 1080, height: 1920, text: 2 }],
  staff: [NARROW],
  manager: [NARROW, { width: 390, height: 844, text: 1 }, { width: 1920, height: 1080, text: 1 }],
  checkout: [NARROW],
  receipt: [NARROW],
  feedback: [NARROW],
  board: [NARROW, { width: 1080, height: 1920, text: 1 }],
}
/** After the light theme only colours can differ. */
const FURTHER_THEMES = ['dark', 'black-on-white', 'white-on-black'] as const
type Theme = (typeof FURTHER_THEMES)[number]

let store: Awaited<ReturnType<typeof openTourStore>>
let browser: BrowserSession

/** All tours in one language, with a store and a browser of their own: the languages walk beside each other. */
export const walkEverywhere = (language: Language): void => {
  beforeAll(async () => {
    store = await openTourStore()
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser.close()
    await store.close()
  })

  describe('every screen in every theme', () => {
    it.each(TOURS.map((tour) => ({ app: tour.app, tour })))(`of $app in ${language} has nothing for axe to find, fits, and complains of nothing`, async ({ tour }) => {
      expect(await walk(tour, language)).toEqual([])
    })
  })
}

const walk = async (tour: Tour, language: Language): Promise<readonly string[]> => {
  const [width, height] = SIZES[tour.app]
  const context = await browser.aside({ width, height, language, reducedMotion: true })
  try {
    const quiet = await keepQuiet(context)
    const page = await context.newPage()
    const faults: string[] = []
    for (const [i, stop] of tour.stops(store, language).entries()) {
      if (stop.offline) quiet.expectNoNetwork()
      await stop.go(page)
      const found = [...(await wearing(page, null)), ...(await themesOf(page, themesAt(language, i))), ...(await stickingOut(page, FITS[tour.app]))]
      faults.push(...found.map((fault) => `${stop.name}: ${fault}`))
    }
    return [...faults, ...quiet.complaints]
  } finally {
    await context.close()
  }
}

/** Colours are the same in every language: German walks see all themes, the others take turns. */
const themesAt = (language: Language, stop: number): readonly Theme[] => (language === 'de' ? FURTHER_THEMES : [FURTHER_THEMES[stop % FURTHER_THEMES.length]!])

const themesOf = async (page: Page, themes: readonly Theme[]): Promise<readonly string[]> => {
  const before = await themeOf(page)
  const found: string[] = []
  for (const theme of themes) found.push(...(await wearing(page, theme)))
  await dressPage(page, before)
  return found
}

/** Null: as it is, with every rule; else dressed up, with the rules about colour. */
const wearing = async (page: Page, theme: Theme | null): Promise<readonly string[]> => {
  if (theme === null) return accessibilityFaults(page)
  await dressPage(page, theme)
  return (await accessibilityFaults(page, ['color-contrast', 'link-in-text-block'])).map((fault) => `${theme}: ${fault}`)
}
