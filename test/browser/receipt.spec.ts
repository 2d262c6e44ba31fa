/** What a shopper takes along from an answer, from the tap without a network to its end everywhere. */
import { copyFileSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { closeKeyboard, skipUntil } from '#hub/tools/tour/shopper-tour.ts'
import { press, sees, seesHeading } from '#hub/tools/tour/tour.ts'
import { readQr } from '#hub/tools/rig/qr-reader.ts'
import { parseReceiptCode, receiptHash } from '#shared/feedback/receipt-code.ts'
import { accessibilityFaults } from './harness/accessible.ts'
import { bytesOf } from './harness/canaries.ts'
import { PHONE } from './harness/phone.ts'
import { attracted, readyKiosk } from './harness/shopper.ts'
import { StoreFloor } from './harness/store-floor.ts'

const WORDS = 'Der Käse war warm und keiner da'
const REPLY = 'Danke. Die Theke ist seit gestern neu gekühlt.'
const MORE = 'Das freut mich sehr'

let store: StoreFloor
beforeEach(async () => {
  store = await StoreFloor.open()
})
afterEach(() => store.close())

describe('a receipt', () => {
  it('is made without a network, dies with the visit, shows what becomes of the answer, and erases it everywhere', async () => {
    const kiosk = await readyKiosk(store)
    kiosk.quiet.expectNoNetwork()
    await store.hub.kill()
    const url = await answerAndTake(kiosk.page)
    const code = parseReceiptCode(new URL(url).hash.slice(1))
    expect([new URL(url).origin + new URL(url).pathname, code.ok]).toEqual([`${store.hub.url}/r`, true])
    if (!code.ok) return
    const chance = code.value.slice(0, 10).toLowerCase()

    // Nothing of it is left for the next person; what waits for the hub has its hash alone.
    await attracted(kiosk.page)
    await expect.poll(() => everythingOf(kiosk.page)).not.toContain(chance)
    expect(await everythingOf(kiosk.page)).toContain(receiptHash(code.value))

    // The hub is back, and the kiosk still cut off: the phone is told so honestly.
    await kiosk.context.setOffline(true)
    await store.hub.startAgain()
    const phone = await store.aside(PHONE)
    await phone.page.goto(url)
    await seesHeading(phone.page, /^Zu diesem Beleg ist nichts da$/)
    await sees(phone.page, /liegt vielleicht noch auf dem Gerät/)
    expect(await accessibilityFaults(phone.page)).toEqual([])
    await kiosk.context.setOffline(false)
    await kiosk.page.getByText(/^gesichert um/).waitFor()
    await press(phone.page, 'Noch einmal nachsehen')
    await seesHeading(phone.page, /^Ihre Meinung ist angekommen$/)
    await sees(phone.page, WORDS)
    expect(await store.hub.backUp()).toBe(true)

    const manager = await store.aside({ width: 1280, height: 900, reducedMotion: true })
    await store.pair(manager, 'manager')
    const voice = manager.page.getByRole('list', { name: 'Stimmen' }).getByRole('listitem').first()
    await voice.getByRole('button', { name: 'Antworten' }).click()
    await voice.getByRole('textbox', { name: 'Antwort auf dem Beleg' }).fill(REPLY)
    await voice.getByRole('button', { name: 'Antwort auf den Beleg legen' }).click()
    // Its state alone would stand there before: it is one of the choices.
    await voice.getByText(REPLY).waitFor()

    await phone.page.reload()
    await seesHeading(phone.page, /^Der Markt hat Ihnen geantwortet$/)
    await sees(phone.page, REPLY)
    await phone.page.getByRole('textbox', { name: 'Möchten Sie noch etwas sagen?' }).fill(`${MORE}, rufen Sie 0171 2345678 an`)
    await sees(phone.page, /So wird es gesendet:/)
    await press(phone.page, 'Senden')
    await sees(phone.page, `${MORE}, rufen Sie ‹Telefon› an`)
    expect(await accessibilityFaults(phone.page)).toEqual([])
    await voice.getByText('hat noch etwas gesagt').waitFor()
    await voice.getByText(`${MORE}, rufen Sie ‹Telefon› an`).waitFor()

    await press(phone.page, 'Alles löschen')
    await sees(phone.page, 'Wirklich alles löschen? Das lässt sich nicht zurücknehmen.')
    await press(phone.page, 'Endgültig löschen')
    await seesHeading(phone.page, /^Gelöscht$/)
    await expect.poll(() => new URL(phone.page.url()).hash).toBe('')
    await sees(manager.page, 'Noch keine Stimmen')
    await expect.poll(() => filesOf(store.hub.dataDir)).not.toMatch(new RegExp(inFiles(`${WORDS}|${REPLY}|${MORE}`)))

    // Somebody puts the copy back that was made before; kiosk and screen come again.
    for (const device of [manager, phone]) device.quiet.expectNoNetwork()
    await store.hub.stop()
    putBack(store.hub.dataDir)
    expect(filesOf(store.hub.dataDir)).toContain(inFiles(WORDS))
    await store.hub.startAgain()
    await kiosk.page.getByText(/^gesichert um/).waitFor()
    await expect.poll(() => filesOf(store.hub.dataDir)).not.toContain(inFiles(WORDS))
    await phone.page.goto(url)
    await seesHeading(phone.page, /^Zu diesem Beleg ist nichts da$/)
    await manager.page.reload()
    await store.signIn(manager.page, 'manager')
    await sees(manager.page, 'Noch keine Stimmen')
    expect(await everythingOf(manager.page)).not.toContain(WORDS.toLowerCase())
    store.verifyQuiet()
  })

  it('says at once when its code is mistyped, and takes it typed with dashes and small letters', async () => {
    const phone = await store.browser(PHONE)
    await phone.page.goto(`${store.hub.url}/r#01234567891`)
    await sees(phone.page, /Dieser Code hat einen Schreibfehler/)
    expect(await accessibilityFaults(phone.page)).toEqual([])
    const field = phone.page.getByRole('textbox', { name: 'Code Ihres Belegs' })
    await field.fill('o1234-56789-o')
    await field.press('Enter')
    await seesHeading(phone.page, /^Zu diesem Beleg ist nichts da$/)
    await expect.poll(() => new URL(phone.page.url()).hash).toBe('#01234567890')
    await press(phone.page, 'English')
    await seesHeading(phone.page, /^There is nothing for this receipt$/)
    store.verifyQuiet()
  })
})

/** A tap on the attract screen, words after it; returns what the receipt's QR says, read off the screen, when the kiosk has let go of it. */
const answerAndTake = async (page: Page): Promise<string> => {
  await page.getByRole('button', { name: 'Anzeige 1' }).click()
  await press(page, /^schlecht$/)
  await seesHeading(page, /^Danke, das zählt$/)
  await page.getByRole('img', { name: /^QR-Code des Belegs/ }).waitFor()
  const url = await readQr(page)
  const shown = /[0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]/.exec(await page.locator('main').innerText())![0].replaceAll('-', '')
  expect(url.endsWith(`#${shown}`)).toBe(true)
  await press(page, /^Gern$/)
  const words = page.locator('textarea')
  await page.getByRole('button', { name: 'Überspringen' }).waitFor()
  await skipUntil(page, words)
  await words.fill(WORDS)
  await closeKeyboard(page)
  await press(page, /^Absenden$/)
  await words.waitFor({ state: 'detached' })
  await skipUntil(page, page.getByRole('heading', { name: /^Vielen Dank$/ }))
  await page.getByRole('img', { name: /^QR-Code des Belegs/ }).waitFor()
  expect(await readQr(page)).toBe(url)
  await press(page, /^Beenden$/)
  await press(page, /^Beenden$/)
  return url
}

/** The page, its address and history, and every storage. */
const everythingOf = async (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const rows: unknown[] = []
    for (const { name } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open(name!)
        opening.addEventListener('success', () => resolve(opening.result))
        opening.addEventListener('error', () => reject(opening.error))
      })
      for (const kept of database.objectStoreNames) {
        rows.push(
          await new Promise((resolve) => {
            const reading = database.transaction(kept).objectStore(kept).getAll()
            reading.addEventListener('success', () => resolve(reading.result))
          }),
        )
      }
      database.close()
    }
    return JSON.stringify([document.documentElement.outerHTML, location.href, history.state, { ...localStorage }, { ...sessionStorage }, rows]).toLowerCase()
  })

/** Umlauts as the files have them: two bytes each. */
const filesOf = (folder: string): string => readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => bytesOf(join(folder, entry.name))).join('\n')
const inFiles = (words: string): string => Buffer.from(words).toString('latin1')

const putBack = (folder: string): void => {
  const copy = readdirSync(join(folder, 'backups')).find((name) => name.endsWith('.sqlite'))!
  for (const end of ['-wal', '-shm']) rmSync(join(folder, `hub.sqlite${end}`), { force: true })
  copyFileSync(join(folder, 'backups', copy), join(folder, 'hub.sqlite'))
}
