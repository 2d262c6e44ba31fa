/** A walk through every screen of an app, for pictures, accessibility and measurements. Names are given in both languages, so one walk serves both. */
import type { Page } from 'playwright-core'
import type { HubProcess } from '../rig/hub-process.ts'

export type Language = 'de' | 'en'

/** One screen: `go` leads there from the stop before and returns when it has settled. */
export type Stop = {
  readonly name: string
  readonly go: (page: Page) => Promise<void>
  /** From here on the network is gone, and the browser may say so. */
  readonly offline?: true
}

export type Tour = {
  readonly app: 'shopper' | 'staff' | 'manager' | 'checkout' | 'receipt' | 'feedback' | 'board'
  /** From the first address on; `page` may be one that never saw this store. */
  readonly stops: (store: TourStore, language: Language) => readonly Stop[]
}

export type TourStore = { readonly hub: HubProcess }

export const press = async (page: Page, name: RegExp | string): Promise<void> => page.getByRole('button', { name }).first().click()

/** To a page of the manager's app, as the width of its window has it: at once, or by way of the group that holds it. */
export const goTo = async (page: Page, name: RegExp | string, group: RegExp = /^(Betrieb|Operations)$/): Promise<void> => {
  const link = page.getByRole('link', { name }).first()
  const way = page.getByRole('link', { name: group }).or(page.getByRole('button', { name: /^(Mehr|More)$/ })).first()
  await way.waitFor()
  if (!(await link.isVisible())) await way.click()
  await link.click()
}

export const sees = async (page: Page, words: RegExp | string): Promise<void> => page.getByText(words).first().waitFor()

export const seesHeading = async (page: Page, name: RegExp): Promise<void> => page.getByRole('heading', { name }).first().waitFor()

/** One of a few that exclude each other. */
export const choose = async (page: Page, name: RegExp): Promise<void> => page.getByRole('radio', { name }).first().click()

/** Pairs a device that asks for its code. */
export const pair = async (page: Page, code: string): Promise<void> => {
  await page.getByRole('textbox', { name: /Anmelde-Code|Pairing code/ }).fill(code)
  await press(page, /^(Anmelden|Pair)$/)
}

export const speak = async (page: Page, language: Language): Promise<void> => press(page, language === 'de' ? 'Deutsch' : 'English')
