/** A question on a shopper's own phone and in a conversation: kept without the hub, there once, with the way it came. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readQr } from '#hub/tools/rig/qr-reader.ts'
import { choose, goTo, press, sees, seesHeading } from '#hub/tools/tour/tour.ts'
import { accessibilityFaults } from './harness/accessible.ts'
import { PHONE } from './harness/phone.ts'
import { StoreFloor } from './harness/store-floor.ts'


let store: StoreFloor
beforeEach(async () => {
  store = await StoreFloor.open()
})
afterEach(() => store.close())

describe('listening beside the kiosk', () => {
  it('takes an answer by a printed sign and a conversation through a hub that is away, each once, and says how they came', async () => {
    const manager = await store.browser({ width: 1280, height: 900, reducedMotion: true })
    await store.pair(manager, 'manager')
    await goTo(manager.page, /^Kanäle$/, /^Fragen$/)
    await choose(manager.page, /^QR-Schilder$/)
    await press(manager.page, /^Schild anlegen$/)
    await manager.page.getByRole('img', { name: /^QR-Code des Schilds/ }).scrollIntoViewIfNeeded()
    expect(await accessibilityFaults(manager.page)).toEqual([])
    const { hash, pathname } = new URL(await readQr(manager.page))
    expect(pathname).toBe('/f')

    const phone = await store.aside(PHONE)
    await phone.page.goto(`${store.hub.url}/f${hash}`)
    await phone.page.getByRole('button', { name: /^(schlecht|bad)$/ }).waitFor()
    const tablet = await store.aside({ width: 1280, height: 800, reducedMotion: true })
    await store.pair(tablet, 'staff')
    await press(tablet.page, /^(Gespräch|Conversation)$/)
    await tablet.page.getByRole('button', { name: /^(gut|good)$/ }).waitFor()

    for (const device of [manager, phone, tablet]) device.quiet.expectNoNetwork()
    await store.hub.kill()
    await press(phone.page, /^(schlecht|bad)$/)
    await phone.page.getByText(/^(Noch nicht angekommen|Not arrived yet)/).waitFor()
    await press(tablet.page, /^(gut|good)$/)
    await tablet.page.getByText(/^(Notiert|Noted)\./).waitFor()
    await tablet.page.getByRole('textbox').fill('Endlich wieder Quitten, Frau Krause')
    await press(tablet.page, /^(Worte speichern|Save the words)$/)
    await tablet.page.getByText(/^(Ein Gespräch notiert|One conversation noted)$/).waitFor()

    await store.hub.startAgain()
    await phone.page.getByText(/^(Angekommen|Arrived)$/).waitFor()
    expect(await accessibilityFaults(phone.page)).toEqual([])
    await manager.page.reload()
    await store.signIn(manager.page, 'manager')
    await goTo(manager.page, /^Heute$/)
    const voices = manager.page.getByRole('list', { name: 'Stimmen' }).getByRole('listitem')
    await voices.getByText('im Gespräch', { exact: true }).waitFor()
    await voices.getByText('am eigenen Handy', { exact: true }).waitFor()
    await sees(manager.page, 'Endlich wieder Quitten, Frau ‹Name›')
    await expect.poll(() => voices.count()).toBe(2)
    await seesHeading(phone.page, /^(Danke, das zählt|Thank you, that counts)$/)
  })
})
