import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Locator, Page } from 'playwright-core'
import { dressPage } from '#hub/tools/rig/dress-page.ts'
import { runSample } from '#hub/tools/sample/sample.ts'
import { goTo, press } from '#hub/tools/tour/tour.ts'
import { accessibilityFaults } from './harness/accessible.ts'
import { reach, tabTo } from './harness/keyboard.ts'
import { StoreFloor, type StoryDevice } from './harness/store-floor.ts'


let store: StoreFloor
beforeEach(async () => {
  store = await StoreFloor.open()
})
afterEach(() => store.close())

const atSurveys = async (): Promise<StoryDevice> => {
  const manager = await store.browser({ width: 1280, height: 800, reducedMotion: true })
  await store.pair(manager, 'manager')
  await goTo(manager.page, /^Fragen$/)
  await manager.page.getByRole('button', { name: 'Neue Befragung' }).waitFor()
  return manager
}

const field = (page: Page, name: string | RegExp): Locator => page.getByRole('textbox', { name }).or(page.getByRole('combobox', { name })).first()

/** With keys alone: to the field, then the words. */
const write = async (page: Page, name: string | RegExp, words: string): Promise<void> => {
  await tabTo(page, field(page, name))
  await page.keyboard.type(words)
}

const inBoth = async (page: Page, name: string, de: string, en: string): Promise<void> => {
  await write(page, `${name} auf Deutsch`, de)
  await write(page, `${name} auf Englisch`, en)
}

const purpose = async (page: Page, decision: string): Promise<void> => {
  await write(page, 'Wer handelt danach', 'Kasse')
  await write(page, 'Was entscheiden Sie mit der Antwort', decision)
}

const writeSurvey = async (page: Page): Promise<void> => {
  await reach(page, page.getByRole('button', { name: 'Neue Befragung' }))
  await inBoth(page, 'Name der Befragung', 'Kasse', 'Checkout')
  await reach(page, page.getByRole('button', { name: /^1 noch ohne Text/ }))
  await inBoth(page, 'Text', 'Wie war es an der Kasse?', 'How was the checkout?')
  await purpose(page, 'ob eine dritte Kasse öffnet')

  await reach(page, page.getByRole('button', { name: 'Frage hinzufügen' }))
  await inBoth(page, 'Text', 'Was zählt für Sie am meisten?', 'What counts most for you?')
  await write(page, 'Art', 'Rangfolge')
  await inBoth(page, 'Nummer 1', 'Tempo', 'Speed')
  await inBoth(page, 'Nummer 2', 'Freundlichkeit', 'Kindness')
  await purpose(page, 'wie die Kasse besetzt wird')

  await reach(page, page.getByRole('button', { name: 'Frage hinzufügen' }))
  await inBoth(page, 'Text', 'Wie fanden Sie', 'How did you find')
  await write(page, 'Art', 'Tabelle')
  await inBoth(page, 'Nummer 1', 'das Warten', 'the waiting')
  await inBoth(page, 'Nummer 2', 'die Ablage', 'the counter')
  await write(page, 'Wann gefragt wird', 'nur nach „Wie war es')
  await purpose(page, 'wo umgebaut wird')
}

/** Every look of tokens.css, and back to the device's own. */
const faultsInEveryTheme = async (page: Page): Promise<readonly string[]> => {
  const found: string[] = []
  for (const theme of ['light', 'dark', 'black-on-white', 'white-on-black', '']) {
    await dressPage(page, theme === '' ? null : theme)
    found.push(...(await accessibilityFaults(page)).map((fault) => `${theme}: ${fault}`))
  }
  return found
}

/** The kiosk stands at a place from now on. */
const putAt = async (page: Page, place: string): Promise<void> => {
  await goTo(page, /^Geräte$/)
  await page.getByRole('button', { name: /^Einrichten: / }).first().click()
  await page.getByLabel('Kontaktpunkt').selectOption({ label: place })
  await page.getByRole('button', { name: 'Sichern', exact: true }).click()
  await page.getByText(/^Gesichert\. Das Gerät/).waitFor()
}

describe('a survey of the store', () => {
  it('is written with keys alone, goes live, and its order and table are answered on the kiosk and counted', async () => {
    const { page, quiet } = await atSurveys()
    await writeSurvey(page)
    expect(await faultsInEveryTheme(page)).toEqual([])
    await page.getByText('Wird nur gestellt, wenn die Antwort auf „Wie war es an der Kasse?“ 1 bis 2 ist.').waitFor()
    await reach(page, page.getByRole('button', { name: 'Sichern' }))
    await page.getByText(/Gesichert als Fassung 1/).waitFor()
    await reach(page, page.getByRole('button', { name: /^Name und Ort/ }))
    await reach(page, page.getByRole('button', { name: 'Hier fragen: Kasse' }))
    await page.getByText('Alles da, was zum Veröffentlichen nötig ist.').waitFor()
    await reach(page, page.getByRole('button', { name: 'Veröffentlichen' }))
    const dialog = page.getByRole('dialog', { name: 'So wird gefragt' })
    await dialog.getByText('Eine neue Befragung mit 3 Fragen beginnt.').waitFor()
    await reach(page, dialog.getByRole('button', { name: 'Veröffentlichen' }))
    await page.getByText('Veröffentlicht.').waitFor()

    const kiosk = await store.aside({ width: 1080, height: 1920, reducedMotion: true })
    await store.pair(kiosk, 'shopper')
    await putAt(page, 'Kasse')
    await kiosk.page.getByRole('heading', { name: 'Wie war es an der Kasse?' }).waitFor()
    await kiosk.page.getByRole('button', { name: /^schlecht$/ }).click()
    await press(kiosk.page, /^Gern$/)
    await kiosk.page.getByRole('button', { name: 'Freundlichkeit' }).click()
    await kiosk.page.getByRole('button', { name: 'Tempo' }).click()
    await kiosk.page.getByRole('button', { name: 'Freundlichkeit Platz 1' }).waitFor()
    expect(await faultsInEveryTheme(kiosk.page)).toEqual([])
    await press(kiosk.page, /^Weiter$/)
    const rows = kiosk.page.getByRole('group', { name: 'Wie fanden Sie', exact: true })
    await rows.getByRole('group', { name: 'das Warten' }).getByRole('button', { name: 'schlecht', exact: true }).click()
    await rows.getByRole('group', { name: 'die Ablage' }).getByRole('button', { name: 'sehr gut' }).click()
    expect(await faultsInEveryTheme(kiosk.page)).toEqual([])
    await press(kiosk.page, /^Weiter$/)
    await kiosk.page.getByRole('heading', { name: 'Vielen Dank' }).waitFor()
    await kiosk.page.getByText(/^gesichert um/).waitFor()

    await goTo(page, /^Fragen$/)
    const survey = page.getByRole('region', { name: 'Kasse', exact: true }).first()
    for (const name of [/^Wie war es an der Kasse\?/, /^Was zählt für Sie am meisten\?/, /^Wie fanden Sie das Warten/, /^Wie fanden Sie die Ablage/]) {
      await survey.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) }).getByRole('cell', { name: '1', exact: true }).waitFor()
    }
    expect(await accessibilityFaults(page)).toEqual([])
    quiet.verify()
    kiosk.quiet.verify()
  })

  it('is tried on a kiosk in a frame that records nothing, and what was typed outlives a reload', async () => {
    const { page, quiet } = await atSurveys()
    runSample(['--data', store.hub.dataDir], () => undefined, () => undefined)
    await page.getByRole('button', { name: 'Neue Befragung' }).click()
    await page.getByRole('button', { name: 'Aus der Fragensammlung' }).click()
    await page.getByRole('button', { name: 'Übernehmen: Wie war Ihr Einkauf heute?' }).click()
    await page.getByRole('button', { name: 'Übernehmen: Was hatten Sie heute vor?' }).click()
    await page.getByRole('button', { name: 'Vorschau' }).click()
    const inside = page.frameLocator('iframe')
    await inside.getByRole('heading', { name: 'Wie war Ihr Einkauf heute?' }).waitFor()
    await page.getByRole('radio', { name: 'Englisch' }).check()
    await inside.getByRole('button', { name: 'good', exact: true }).click()
    await inside.getByRole('button', { name: 'Gladly' }).press('Enter')
    await inside.getByRole('button', { name: 'Having a look' }).press('Enter')
    await inside.getByRole('heading', { name: 'Thank you' }).waitFor()
    await page.getByRole('listitem').filter({ hasText: 'Was hatten Sie heute vor?' }).getByText('Mich umsehen').waitFor()
    await inside.getByRole('button', { name: 'Finish' }).press('Enter')
    expect(await accessibilityFaults(page)).toEqual([])
    await page.getByRole('button', { name: 'Zurück zu den Fragen' }).click()
    await page.getByText(/^Entwurf\. Noch nicht gesichert/).waitFor()

    // The answers grow from what customers write of their own accord.
    await page.getByRole('button', { name: /^2 Was hatten Sie heute vor\?/ }).click()
    await page.getByRole('button', { name: 'Aus Kommentaren vorschlagen' }).click()
    await page.getByRole('button', { name: /^Als Antwort übernehmen: Kasse und Warten, \d+ Kommentare$/ }).click()
    expect(await page.getByRole('textbox', { name: 'Nummer 6 auf Deutsch' }).inputValue()).toBe('Kasse und Warten')
    expect(await accessibilityFaults(page)).toEqual([])

    await page.reload()
    await store.signIn(page, 'manager')
    await page.getByText(/^Auf diesem Gerät liegt Ungesichertes/).waitFor()
    await page.getByRole('button', { name: 'Bearbeiten', exact: true }).click()
    await page.getByRole('button', { name: /^2 Was hatten Sie heute vor\?/ }).waitFor()
    quiet.verify()
  })
})
