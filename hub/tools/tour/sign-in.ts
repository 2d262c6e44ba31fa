/** The people of a store that tours and tests walk through, and how they come in: by the screens, as anybody does. */
import type { Page } from 'playwright-core'
import type { HubProcess, NewPerson } from '../rig/hub-process.ts'

export type Persona = NewPerson & { readonly pin: string }

export const MANAGER: Persona = { name: 'Marta', role: 'manager', password: 'Zwiebel auf Fensterbrett', pin: '402857' }
export const STAFF: Persona = { name: 'Jonas', role: 'staff', password: 'Regen am Dienstagmorgen', pin: '739164' }

/** Whoever uses these apps in tours. */
export const PERSONA = { staff: STAFF, manager: MANAGER } as const

/** Both are on the hub's list, as if they had chosen password and PIN long ago. */
export const employ = (hub: HubProcess, people: readonly Persona[] = [MANAGER, STAFF]): Promise<void> => hub.addPeople(people)

/** Title of the question for it. */
export const FRESH = /^(Bitte noch einmal Ihr Passwort|Your password once more, please)$/

/** From the names to the work: a PIN where the device takes one, else the password. */
export const signIn = async (page: Page, who: Persona): Promise<void> => {
  const tile = page.getByRole('button', { name: new RegExp(`^${who.name} `) })
  await tile.click()
  const pin = page.getByRole('textbox', { name: /^(PIN mit sechs Ziffern|PIN with six digits)$/ })
  const password = page.getByLabel(/^(Passwort|Password)$/)
  await pin.or(password).first().waitFor()
  if (await pin.isVisible()) await typePin(page, who.pin)
  else await givePassword(page, who.password)
  await page.getByRole('button', { name: /^(Abmelden|Sign out)$/ }).waitFor()
}

/** The first manager of a store that nobody is in yet. */
export const beginStore = async (page: Page, who: Persona = MANAGER): Promise<void> => {
  await page.getByLabel(/^(Ihr Name|Your name)$/).fill(who.name)
  await page.getByLabel(/^(Neues Passwort|New password)$/).fill(who.password)
  await page.getByRole('button', { name: /^(Eintragen und beginnen|Sign up and begin)$/ }).click()
  await page.getByRole('button', { name: /^(Abmelden|Sign out)$/ }).waitFor()
}

/** With the keys on the screen. */
export const typePin = async (page: Page, pin: string): Promise<void> => {
  for (const digit of pin) await page.getByRole('button', { name: new RegExp(`^(Ziffer|Digit) ${digit}$`) }).click()
}

export const givePassword = async (page: Page, password: string): Promise<void> => {
  const field = page.getByLabel(/^(Passwort|Password)$/)
  await field.fill(password)
  await field.press('Enter')
}

export const signOut = async (page: Page): Promise<void> => page.getByRole('button', { name: /^(Abmelden|Sign out)$/ }).click()

/** What asks for the password once more gets it. */
export const confirmFresh = async (page: Page, password: string): Promise<void> => {
  const dialog = page.getByRole('dialog', { name: FRESH })
  await dialog.getByLabel(/^(Passwort|Password)$/).fill(password)
  await dialog.getByRole('button', { name: /^(Bestätigen|Confirm)$/ }).click()
  await dialog.waitFor({ state: 'detached' })
}
