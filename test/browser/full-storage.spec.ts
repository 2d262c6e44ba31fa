import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { pair, press, seesHeading } from '#hub/tools/tour/tour.ts'
import { attracted, readyKiosk } from './harness/shopper.ts'
import { StoreFloor } from './harness/store-floor.ts'

let store: StoreFloor
beforeEach(async () => {
  store = await StoreFloor.open()
})
afterEach(() => store.close())

/** The files that keep room, as the browser holds them. */
const roomFiles = (page: Page): Promise<readonly string[]> =>
  page.evaluate(async () => {
    const names: string[] = []
    for await (const name of (await navigator.storage.getDirectory()).keys()) names.push(name)
    return names.toSorted()
  })

/** Whether the browser takes a write just now; it looks at its room every half a minute. */
const takesWrites = (page: Page): Promise<boolean> =>
  page.evaluate(
    () =>
      new Promise<boolean>((resolve) => {
        const opening = indexedDB.open('scratch', 1)
        opening.addEventListener('upgradeneeded', () => opening.result.createObjectStore('s'))
        opening.addEventListener('error', () => resolve(false))
        opening.addEventListener('success', () => {
          const work = opening.result.transaction('s', 'readwrite')
          work.objectStore('s').put('x'.repeat(5000), 1)
          for (const [end, took] of [['complete', true], ['abort', false]] as const)
            work.addEventListener(end, () => {
              opening.result.close()
              resolve(took)
            })
        })
      }),
  )

/** Fills the disk, or empties it again. */
const diskOf = async (page: Page): Promise<{ fill(): Promise<void>; empty(): Promise<void> }> => {
  const browser = await page.context().newCDPSession(page)
  const { origin } = new URL(page.url())
  const limit = async (quota: { readonly quotaSize?: number }, works: boolean): Promise<void> => {
    await browser.send('Storage.overrideQuotaForOrigin', { origin, ...quota })
    await expect.poll(() => takesWrites(page), { interval: 500 }).toBe(works)
  }
  return { fill: () => limit({ quotaSize: 1000 }, false), empty: () => limit({}, true) }
}

const touchFace = async (page: Page): Promise<void> => {
  await attracted(page)
  await page.getByRole('button', { name: 'Anzeige 1' }).click()
  await press(page, /^sehr gut$/)
}

describe('a kiosk whose disk is full', () => {
  it('says it straight to the hub, refuses honestly without it, and loses nothing', async () => {
    const { page, quiet } = await readyKiosk(store)
    await expect.poll(() => roomFiles(page)).toEqual(['room-canary', 'room-reserve'])

    expect(await takesWrites(page)).toBe(true)
    const disk = await diskOf(page)
    await disk.fill()
    await touchFace(page)
    await seesHeading(page, /^Danke, das zählt$/)
    await page.getByText('Speicher voll, bitte Personal rufen').waitFor()
    await expect.poll(() => roomFiles(page)).not.toContain('room-reserve')

    quiet.expectNoNetwork()
    await store.hub.kill()
    await page.reload()
    await touchFace(page)
    await page.getByText(/Ihre Antwort konnte nicht gespeichert werden/).waitFor()
    await disk.empty()
    await page.reload()
    await touchFace(page)
    await seesHeading(page, /^Danke, das zählt$/)

    await store.hub.startAgain()
    await page.getByText(/^gesichert um/).waitFor()
    const manager = await store.aside({ width: 1280, height: 800, reducedMotion: true })
    await manager.page.goto(`${store.hub.url}/manager/`)
    await pair(manager.page, store.hub.codeFor('manager'))
    await store.signIn(manager.page, 'manager')
    const voices = manager.page.getByRole('list', { name: 'Stimmen' }).getByRole('listitem')
    await expect.poll(() => voices.count()).toBe(2)
    store.verifyQuiet()
  })
})
