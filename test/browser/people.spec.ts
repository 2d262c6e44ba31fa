import { afterEach, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { MANAGER, STAFF } from '#hub/tools/tour/sign-in.ts'
import { press, seesHeading } from '#hub/tools/tour/tour.ts'
import { reach, reachPage, tabTo } from './harness/keyboard.ts'
import { StoreFloor, type StoryDevice } from './harness/store-floor.ts'
import { knowsWhoSignedIn, waitUntilOffline } from './harness/worker-state.ts'

const WRONG_PIN = '480265'

let store: StoreFloor
afterEach(() => store.close())

const type = (page: Page, text: string): Promise<void> => page.keyboard.type(text)
const enter = (page: Page): Promise<void> => page.keyboard.press('Enter')
const named = (page: Page, name: string | RegExp) => page.getByRole('button', { name })
const field = (page: Page, name: string) => page.getByLabel(name, { exact: true })
const work = (page: Page) => page.getByRole('textbox', { name: 'Artikel, Angebot oder Korb-Code' })

describe('people of a store, by the keyboard alone', () => {
  it('from the first code to the PIN without a hub, five wrong ones, and the way back by password', async () => {
    store = await StoreFloor.open({}, [])
    const manager = await beginsStore()
    const code = await addsPerson(manager.page)
    const tablet = await store.aside({ width: 1280, height: 800, reducedMotion: true })
    await choosesPasswordAndPin(tablet.page, code)
    await signsInWithPin(tablet.page, STAFF.pin)
    await work(tablet.page).waitFor()

    await waitUntilOffline(tablet.page)
    await knowsWhoSignedIn(tablet.page)
    for (const { quiet } of [manager, tablet]) quiet.expectNoNetwork()
    await store.hub.kill()
    await tablet.page.reload()
    await signsInWithPin(tablet.page, STAFF.pin)
    await tablet.page.getByText('ohne Verbindung angemeldet', { exact: true }).waitFor()
    await work(tablet.page).waitFor()

    await reach(tablet.page, named(tablet.page, 'Abmelden'))
    await seesHeading(tablet.page, /^Wer sind Sie\?$/)
    expect(await work(tablet.page).count()).toBe(0)
    await givesWrongPins(tablet.page)
    // Neither the right one nor a new page helps.
    await type(tablet.page, STAFF.pin)
    await tablet.page.getByRole('alert').getByText(/^Zu viele Versuche\. Ohne Verbindung gilt die PIN wieder ab \d\d:\d\d Uhr/).waitFor()
    await tablet.page.reload()
    await signsInWithPin(tablet.page, STAFF.pin)
    await tablet.page.getByRole('alert').getByText(/^Zu viele Versuche/).waitFor()

    await store.hub.startAgain()
    await reach(tablet.page, named(tablet.page, 'Mit Passwort anmelden'))
    await field(tablet.page, 'Passwort').waitFor()
    await tablet.page.getByText(/^gesichert um/).waitFor()
    await type(tablet.page, STAFF.password)
    await enter(tablet.page)
    await work(tablet.page).waitFor()
    await tablet.page.getByText('ohne Verbindung angemeldet', { exact: true }).waitFor({ state: 'detached' })
    store.verifyQuiet()
  })

  it('a short cut of the network asks nobody, and a person who is removed sees nothing a moment later', async () => {
    store = await StoreFloor.open()
    const manager = await store.browser({ width: 1280, height: 800, reducedMotion: true })
    await store.pair(manager, 'manager')
    const tablet = await store.aside({ width: 1280, height: 800, reducedMotion: true })
    await store.pair(tablet, 'staff')
    await work(tablet.page).waitFor()
    await work(tablet.page).fill('milch')
    tablet.quiet.expectNoNetwork()
    const sent: string[] = []
    tablet.page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => sent.push(String(payload))))
    await tablet.context.setOffline(true)
    await press(tablet.page, /^Geräte$/)
    await tablet.page.getByText(/^Ohne Verbindung\. Zuletzt bekannt/).waitFor()
    await tablet.context.setOffline(false)
    await expect.poll(() => sent.some((frame) => frame.includes('session.resume'))).toBe(true)
    await tablet.page.getByText(/^Stand \d\d:\d\d/).waitFor()
    await press(tablet.page, /^Suchen$/)
    await expect.poll(() => work(tablet.page).inputValue()).toBe('milch')

    await reachPage(manager.page, 'Personen')
    await reach(manager.page, named(manager.page, 'Jonas entfernen'))
    await reach(manager.page, manager.page.getByRole('dialog').getByRole('button', { name: 'Entfernen' }))
    await tablet.page.getByText('Dieser Zugang wurde beendet.').waitFor()
    await expect.poll(() => tablet.page.content()).not.toContain('milch')
    manager.quiet.verify()
  })
})

/** The setup code, a name and a password: the report stands there. */
const beginsStore = async (): Promise<StoryDevice> => {
  const device = await store.browser({ width: 1280, height: 800, reducedMotion: true })
  const { page } = device
  await page.goto(`${store.hub.url}/manager/`)
  await tabTo(page, page.getByLabel('Anmelde-Code'))
  await type(page, store.hub.codeFor('manager'))
  await enter(page)
  await tabTo(page, field(page, 'Ihr Name'))
  // As from a password manager: what was cut elsewhere is pasted.
  await type(page, MANAGER.password)
  for (const keys of ['Control+A', 'Control+X']) await page.keyboard.press(keys)
  await type(page, MANAGER.name)
  await tabTo(page, field(page, 'Neues Passwort'))
  expect(await field(page, 'Neues Passwort').getAttribute('autocomplete')).toBe('new-password')
  await page.keyboard.press('Control+V')
  await expect.poll(() => field(page, 'Neues Passwort').inputValue()).toBe(MANAGER.password)
  await page.getByText('Das reicht: lang genug und auf keiner Liste häufiger Passwörter.').waitFor()
  await enter(page)
  await named(page, `Mein Zugang: ${MANAGER.name}`).waitFor()
  return device
}

/** Her password was given a moment ago, so nobody asks for it again. */
const addsPerson = async (page: Page): Promise<string> => {
  await reachPage(page, 'Personen')
  await reach(page, named(page, 'Person hinzufügen'))
  await tabTo(page, field(page, 'Name'))
  await type(page, STAFF.name)
  await enter(page)
  const dialog = page.getByRole('dialog', { name: `Code für ${STAFF.name}` })
  const code = (await dialog.locator('.code').innerText()).trim()
  await reach(page, dialog.getByRole('button', { name: 'Fertig' }))
  return code
}

const choosesPasswordAndPin = async (page: Page, code: string): Promise<void> => {
  await page.goto(`${store.hub.url}/staff/`)
  await tabTo(page, page.getByLabel('Anmelde-Code'))
  await type(page, store.hub.codeFor('staff'))
  await enter(page)
  await reach(page, named(page, new RegExp(`^${STAFF.name} `)))
  await reach(page, named(page, 'Ich habe einen Code bekommen'))
  await tabTo(page, field(page, 'Code von der Marktleitung'))
  await type(page, code)
  await tabTo(page, field(page, 'Neues Passwort'))
  await type(page, STAFF.password)
  await enter(page)
  await reach(page, named(page, `Mein Zugang: ${STAFF.name}`))
  await reach(page, named(page, 'PIN festlegen'))
  await page.getByRole('textbox', { name: 'Neue PIN mit sechs Ziffern' }).waitFor()
  await type(page, STAFF.pin)
  await page.getByRole('textbox', { name: 'Dieselbe PIN noch einmal' }).waitFor()
  await type(page, STAFF.pin)
  await page.getByText('Ihre neue PIN gilt.').waitFor()
  await page.keyboard.press('Escape')
  await reach(page, named(page, 'Abmelden'))
  await page.getByText('Sie sind abgemeldet.').waitFor()
}

const signsInWithPin = async (page: Page, pin: string): Promise<void> => {
  const tile = named(page, new RegExp(`^${STAFF.name} `))
  await expect.poll(() => tile.isEnabled().catch(() => false)).toBe(true)
  await reach(page, tile)
  await page.getByRole('textbox', { name: 'PIN mit sechs Ziffern' }).waitFor()
  await type(page, pin)
}

const givesWrongPins = async (page: Page): Promise<void> => {
  await signsInWithPin(page, WRONG_PIN)
  for (const words of [/^Diese Anmeldung stimmt nicht\.$/, /Sie haben noch 3 Versuche\.$/, /Sie haben noch 2 Versuche\.$/, /Sie haben noch einen Versuch\.$/]) {
    await page.getByRole('alert').getByText(words).waitFor()
    await type(page, WRONG_PIN)
  }
  await page.getByRole('alert').getByText(/^Zu viele Versuche/).waitFor()
}
