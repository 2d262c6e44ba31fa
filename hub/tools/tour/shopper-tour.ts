/** The shopper's kiosk from its first start to the goodbye. */
import type { Locator, Page } from 'playwright-core'
import { pair, press, sees, seesHeading, speak, type Tour } from './tour.ts'

export const START = /^(Einkauf beginnen|Start shopping)$/
const BACK = /^(Zurück|Back)$/
const HOME = /^(Was suchen Sie\?|What are you looking for\?)$/
const BRING = /^(Korb vom Handy holen|Get your basket from the phone)$/
const BASKET = /^(Korb öffnen|Open basket)/
const ADD = /^(In den Korb|Add to basket)/
export const TO_PHONE = /^(Aufs Handy mitnehmen|Take it to my phone)$/
/** Longer than a visit may rest, shorter than the warning lasts on top of it. */
const IDLE_MS = 80_000
const SKIP = /^(Überspringen|Skip)$/

export const shopperTour: Tour = {
  app: 'shopper',
  stops: ({ hub }, language) => [
    {
      name: 'pairing',
      go: async (page) => {
        await page.goto(`${hub.url}/shopper/`)
        await speak(page, language)
        await seesHeading(page, /^(Gerät anmelden|Pair this device)$/)
      },
    },
    {
      name: 'attract-question',
      go: async (page) => {
        await pair(page, hub.codeFor('kiosk'))
        await page.getByRole('button', { name: /^(Anzeige 1|Slide 1)$/ }).waitFor()
        await speak(page, language)
        await hold(page, 1)
      },
    },
    {
      name: 'attract-wall',
      go: async (page) => {
        await hold(page, 2)
        await seesHeading(page, /^(Das haben Sie bewirkt|You made this happen)$/)
      },
    },
    { name: 'attract-offer', go: (page) => hold(page, 3) },
    {
      name: 'this-device',
      go: async (page) => {
        await page.keyboard.press('F9')
        await page.getByRole('dialog').getByRole('button', { name: /^(Selbsttest starten|Start the self-test)$/ }).waitFor()
      },
    },
    {
      name: 'home',
      go: async (page) => {
        await press(page, /^(Schließen|Close)$/)
        await hold(page, 1)
        await press(page, START)
        // Every visit starts in the store's language.
        await speak(page, language)
        await seesHeading(page, HOME)
      },
    },
    {
      name: 'bring',
      go: async (page) => {
        await press(page, BRING)
        await seesHeading(page, BRING)
      },
    },
    {
      name: 'search',
      go: async (page) => {
        await press(page, BACK)
        await search(page, 'milch')
      },
    },
    { name: 'search-empty', go: (page) => search(page, 'xylofon') },
    {
      name: 'department',
      go: async (page) => {
        await closeKeyboard(page)
        await press(page, BACK)
        await seesHeading(page, HOME)
        await page.getByRole('region', { name: /^(Bereiche|Departments)$/ }).getByRole('button').nth(1).click()
        await page.locator('article').first().waitFor()
      },
    },
    {
      name: 'product',
      go: async (page) => {
        await page.locator('article').getByRole('button').first().click()
        await page.getByRole('button', { name: ADD }).first().waitFor()
      },
    },
    {
      name: 'also-bought',
      go: async (page) => {
        await press(page, /^(Warum diese Artikel\?|Why these items\?)$/)
        await page.getByRole('heading', { name: /^(Andere Kunden kauften auch|Other customers also bought)$/ }).scrollIntoViewIfNeeded()
      },
    },
    {
      name: 'offers',
      go: async (page) => {
        await press(page, BACK)
        await press(page, BACK)
        await press(page, /^(Alle \d+ Angebote|All \d+ offers)$/)
        await seesHeading(page, /^(Angebote|Offers)$/)
      },
    },
    {
      name: 'offer',
      go: async (page) => {
        await page.locator('main .cards button').first().click()
        await seesHeading(page, /^(Angebot|Offer)$/)
      },
    },
    {
      name: 'basket-empty',
      go: async (page) => {
        await press(page, BASKET)
        await sees(page, /Ihr Korb ist noch leer|Your basket is still empty/)
      },
    },
    {
      name: 'basket',
      go: async (page) => {
        await press(page, /^(Weiter einkaufen|Continue shopping)$/)
        await fillBasket(page)
        await press(page, BASKET)
        await page.getByRole('button', { name: TO_PHONE }).waitFor()
      },
    },
    {
      name: 'basket-beside',
      go: async (page) => {
        await page.getByRole('group', { name: /^(Andere Kunden kauften auch|Other customers also bought)$/ }).scrollIntoViewIfNeeded()
      },
    },
    {
      name: 'handoff',
      go: async (page) => {
        await press(page, TO_PHONE)
        await page.getByRole('img', { name: /QR/ }).waitFor()
      },
    },
    {
      name: 'feedback',
      go: async (page) => {
        await press(page, BACK)
        await press(page, BACK)
        await seesHeading(page, HOME)
        await press(page, /^(Wie war es heute\?|How was it today\?)$/)
        await page.getByRole('button', { name: /^(sehr gut|very good)$/ }).waitFor()
      },
    },
    {
      name: 'feedback-thanked',
      go: async (page) => {
        await press(page, /^(schlecht|bad)$/)
        await seesHeading(page, /^(Danke, das zählt|Thank you, that counts)$/)
      },
    },
    { name: 'feedback-question', go: (page) => nextQuestion(page, /^(Gern|Gladly)$/) },
    { name: 'feedback-text', go: (page) => skipUntil(page, page.getByRole('textbox')) },
    {
      name: 'feedback-contact',
      go: async (page) => {
        await press(page, SKIP)
        await skipUntil(page, page.getByRole('checkbox'))
      },
    },
    {
      name: 'thanks',
      go: async (page) => {
        await press(page, SKIP)
        await press(page, /^(Beenden|Finish)$/)
        await seesHeading(page, /^(Vielen Dank für Ihren Besuch|Thank you for your visit)$/)
      },
    },
    {
      name: 'assist',
      go: async (page) => {
        await press(page, /^(Bedienhilfe|Help with this screen)$/)
        await page.getByRole('dialog').waitFor()
      },
    },
    {
      name: 'idle',
      go: async (page) => {
        await page.clock.install()
        await page.reload()
        await hold(page, 1)
        await press(page, START)
        await speak(page, language)
        await seesHeading(page, HOME)
        await page.clock.fastForward(IDLE_MS)
        await page.getByRole('dialog', { name: /^(Sind Sie noch da\?|Are you still there\?)$/ }).waitFor()
      },
    },
  ],
}

/** Attract slides change by themselves; the focus holds them. */
const hold = async (page: Page, slide: number): Promise<void> => page.getByRole('button', { name: new RegExp(`^(Anzeige|Slide) ${slide}$`) }).click()

const search = async (page: Page, words: string): Promise<void> => {
  const field = page.getByRole('textbox', { name: /^(Artikel suchen|Find an item)$/ })
  await field.fill(words)
  await page.getByRole('heading', { name: /\d+ (Treffer|results?)/ }).waitFor()
}

/** Ours opens with every field, except on hand-held screens; one that goes by itself in between is closed too. */
export const closeKeyboard = async (page: Page): Promise<void> => {
  const keyboard = page.getByRole('group', { name: /^(Bildschirmtastatur|On-screen keyboard)$/ })
  const close = keyboard.getByRole('button', { name: /^(Tastatur schließen|Close keyboard)$/ })
  if ((await keyboard.count()) > 0) await Promise.race([close.click(), keyboard.waitFor({ state: 'detached' })])
}

/** Enough of different departments for offers to apply and others to come near. */
export const fillBasket = async (page: Page): Promise<void> => {
  for (const department of [0, 1, 2]) {
    await seesHeading(page, HOME)
    await page.getByRole('region', { name: /^(Bereiche|Departments)$/ }).getByRole('button').nth(department).click()
    for (const article of [0, 1]) await page.locator('article').nth(article).getByRole('button', { name: ADD }).click()
    await press(page, BACK)
  }
}

const nextQuestion = async (page: Page, button: RegExp): Promise<void> => {
  await press(page, button)
  await page.getByRole('button', { name: SKIP }).waitFor()
}

/** Skips questions until there is one with this part; the heading tells one question from the next. */
export const skipUntil = async (page: Page, part: Locator): Promise<void> => {
  const heading = page.getByRole('heading', { level: 1 })
  for (let question = 0; question < 8; question++) {
    const before = await heading.innerText()
    if ((await part.count()) > 0) return
    await press(page, SKIP)
    await page.waitForFunction((words) => document.querySelector('h1')?.innerText !== words, before)
  }
  await part.first().waitFor()
}
