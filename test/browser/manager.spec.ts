import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { runImport } from '#hub/tools/import.ts'
import { closeKeyboard, skipUntil } from '#hub/tools/tour/shopper-tour.ts'
import { MANAGER } from '#hub/tools/tour/sign-in.ts'
import { goTo, press } from '#hub/tools/tour/tour.ts'
import { accessibilityFaults } from './harness/accessible.ts'
import { reach, tabTo } from './harness/keyboard.ts'
import { StoreFloor, type StoryDevice } from './harness/store-floor.ts'
import { waitUntilOffline } from './harness/worker-state.ts'

const FIXTURES = new URL('../fixtures/feedback/', import.meta.url).pathname

let store: StoreFloor
beforeEach(async () => {
  store = await StoreFloor.open()
})
afterEach(() => store.close())

const bring = (file: string): void => {
  const complaints: string[] = []
  expect(runImport(['feedback', `${FIXTURES}${file}`, '--data', store.hub.dataDir], () => {}, (line) => complaints.push(line)), complaints.join()).toBe(0)
}

const pairedManager = async (): Promise<StoryDevice> => {
  const manager = await store.browser({ width: 1280, height: 800, reducedMotion: true })
  await store.pair(manager, 'manager')
  await manager.page.getByRole('heading', { level: 1, name: /geantwortet|Antwort/ }).waitFor()
  return manager
}

const figure = (page: Page, name: string) => page.getByRole('region', { name, exact: true })

describe('the manager reads the store', () => {
  it('from real reviews and survey answers, to the published figures', async () => {
    bring('reviews_clothing.csv.gz')
    const { page, quiet } = await pairedManager()
    await page.getByLabel('Alles').check()
    await figure(page, 'Zufriedenheit').getByText('4.698 Antworten').waitFor()
    await expect.poll(() => figure(page, 'Zufriedenheit').locator('.number').innerText()).toBe('77')
    await figure(page, 'Zufriedenheit').getByText('zwischen 75 und 79').waitFor()
    await expect.poll(() => page.getByRole('heading', { level: 1 }).innerText()).toContain('82 von 100 zufrieden, sonst 74 bis 78')
    await page.getByRole('rowheader', { name: 'Trend' }).waitFor()
    quiet.verify()
  })

  it('with no connection from what it last knew, marked with its age', async () => {
    bring('survey_supermarket.csv')
    const { page, quiet } = await pairedManager()
    await page.getByLabel('Alles').check()
    await figure(page, 'Weiterempfehlung').getByText('102 Antworten').waitFor()
    await expect.poll(() => figure(page, 'Weiterempfehlung').locator('.number').innerText()).toBe('−7')
    await waitUntilOffline(page)
    quiet.expectNoNetwork()
    await store.hub.kill()
    await page.reload()
    await store.signIn(page, 'manager')
    await page.getByText(/^Keine Verbindung zum Rechner im Markt\. Stand .+, (gerade eben|vor .+)$/).waitFor()
    await page.getByLabel('Alles').check()
    await figure(page, 'Weiterempfehlung').getByText('102 Antworten').waitFor()
    await page.getByLabel('7 Tage', { exact: true }).check()
    await page.getByText('Noch nichts bekannt').waitFor()
    quiet.verify()
  })

  it('while shoppers speak: a voice appears by itself and the figures follow', async () => {
    const { page, quiet } = await pairedManager()
    const kiosk = await store.aside({ width: 1080, height: 1920, reducedMotion: true })
    await store.pair(kiosk, 'shopper')
    await kiosk.page.getByRole('button', { name: 'Anzeige 1' }).click()
    await kiosk.page.getByRole('button', { name: /^sehr gut$/ }).click()
    await page.getByRole('listitem').filter({ hasText: 'sehr gut' }).waitFor()
    await figure(page, 'Zufriedenheit').getByText('1 Antwort').waitFor()
    await expect.poll(() => page.getByRole('heading', { level: 1 }).innerText()).toContain('erst eine Antwort')
    quiet.verify()
  })

  it('and opens a contact where somebody asked for an answer, with what it was left for, and nowhere else', async () => {
    const { page, quiet } = await pairedManager()
    const kiosk = await store.aside({ width: 1080, height: 1920, reducedMotion: true })
    await store.pair(kiosk, 'shopper')
    await kiosk.page.getByRole('button', { name: 'Anzeige 1' }).click()
    await leaveContact(kiosk.page, 'zwiebelfisch@example.org')
    const voice = page.getByRole('listitem').filter({ hasText: 'bittet um eine Antwort' })
    await voice.waitFor()
    expect(await holds(page, 'zwiebelfisch')).toBe(false)
    const open = voice.getByRole('button', { name: 'Kontakt zeigen' })
    await reach(page, open)
    const contact = voice.getByRole('status')
    await contact.getByText('zwiebelfisch@example.org').waitFor()
    await expect.poll(() => contact.innerText()).toContain('Bitte für nichts anderes verwenden. Nach 90 Tagen wird der Kontakt gelöscht.')
    expect(await accessibilityFaults(page)).toEqual([])
    await contact.getByRole('button', { name: 'Verbergen' }).click()
    await contact.waitFor({ state: 'detached' })
    expect(await holds(page, 'zwiebelfisch')).toBe(false)
    quiet.expectNoNetwork()
    await store.hub.kill()
    await open.waitFor({ state: 'detached' })
    quiet.verify()
  })
})

/** Touches a face and answers nothing but how to be reached. */
const leaveContact = async (page: Page, contact: string): Promise<void> => {
  await page.getByRole('button', { name: /^schlecht$/ }).click()
  await press(page, /^Gern$/)
  await page.getByRole('button', { name: 'Überspringen' }).waitFor()
  const field = page.getByRole('textbox', { name: 'E-Mail oder Telefon' })
  await skipUntil(page, field)
  await field.fill(contact)
  await closeKeyboard(page)
  await page.getByRole('checkbox').check()
  await press(page, /^Absenden$/)
  await field.waitFor({ state: 'detached' })
}

/** Whether the page, its fields or its databases contain a word. */
const holds = async (page: Page, word: string): Promise<boolean> =>
  page.evaluate(async (word) => {
    const kept: unknown[] = [document.documentElement.outerHTML, { ...localStorage }, { ...sessionStorage }]
    for (const { name } of await indexedDB.databases()) {
      const opened = await new Promise<IDBDatabase>((resolve) => {
        const opening = indexedDB.open(name!)
        opening.addEventListener('success', () => resolve(opening.result))
      })
      for (const store of opened.objectStoreNames) {
        const reading = opened.transaction(store).objectStore(store).getAll()
        kept.push(await new Promise((resolve) => reading.addEventListener('success', () => resolve(reading.result))))
      }
      opened.close()
    }
    return JSON.stringify(kept).includes(word)
  }, word)

describe('the manager’s devices', () => {
  it('grow by one that scans the code, and shrink by one that is signed out', async () => {
    const { page, quiet } = await pairedManager()
    await goTo(page, 'Geräte')
    await page.getByRole('button', { name: 'Neues Gerät' }).click()
    await page.getByLabel('Wie soll es heißen?').fill('Terminal Kasse')
    await page.getByLabel('Wo steht es?').selectOption('checkout')
    await page.getByRole('button', { name: 'Code machen' }).click()
    const code = await page.locator('.characters').innerText()
    const kiosk = await store.aside({ width: 1080, height: 1920, reducedMotion: true })
    await kiosk.page.goto(`${store.hub.url}/shopper/#pair=${code}`)
    await page.getByRole('button', { name: 'Ja, dieselbe Nummer' }).click()
    await page.getByRole('button', { name: 'Fertig' }).click()
    const entry = page.getByRole('listitem').filter({ hasText: 'Terminal Kasse' })
    await entry.getByText('verbunden').waitFor()
    await entry.getByText('Terminal für Kunden, Kasse').waitFor()
    await entry.getByRole('button', { name: 'Abmelden: Terminal Kasse' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Abmelden' }).click()
    await entry.getByText('abgemeldet').waitFor()
    quiet.verify()
  })
})

describe('everybody can use it', () => {
  it('by the keyboard alone: from the first code to the figures of all days', async () => {
    bring('survey_supermarket.csv')
    const { page } = await store.browser({ width: 1280, height: 800, reducedMotion: true })
    await page.goto(`${store.hub.url}/manager/`)
    await tabTo(page, page.getByLabel('Anmelde-Code'))
    await page.keyboard.type(store.hub.codeFor('manager').toLowerCase())
    await page.keyboard.press('Enter')
    await reach(page, page.getByRole('button', { name: /^Marta / }))
    await page.getByLabel('Passwort', { exact: true }).waitFor()
    await page.keyboard.type(MANAGER.password)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1 }).filter({ hasText: 'Heute' }).waitFor()
    await page.keyboard.press('Tab')
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Zum Inhalt springen')
    for (let presses = 0; presses < 20 && !(await page.getByLabel('Heute', { exact: true }).evaluate((radio) => radio === document.activeElement)); presses++) await page.keyboard.press('Tab')
    for (let right = 0; right < 3; right++) await page.keyboard.press('ArrowRight')
    await figure(page, 'Weiterempfehlung').getByText('102 Antworten').waitFor()
  })
})
