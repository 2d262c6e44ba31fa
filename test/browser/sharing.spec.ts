import { afterEach, describe, expect, it } from 'vitest'
import { runSample } from '#hub/tools/sample/sample.ts'
import { FRESH, givePassword, MANAGER } from '#hub/tools/tour/sign-in.ts'
import { choose, goTo, press } from '#hub/tools/tour/tour.ts'
import { StoreFloor } from './harness/store-floor.ts'
import { waitUntilOffline } from './harness/worker-state.ts'


let store: StoreFloor
afterEach(() => store.close())

describe('what a store hands on', () => {
  it('is a letter on one page, and a board that goes on without the hub until its link is revoked', async () => {
    store = await StoreFloor.open()
    runSample(['--data', store.hub.dataDir], () => undefined, () => undefined)
    const device = await store.browser({ width: 1280, height: 800, reducedMotion: true })
    await store.pair(device, 'manager')
    const { page, quiet } = device
    await goTo(page, /^Teilen$/)
    await page.getByRole('heading', { name: 'Was als Nächstes zu tun ist' }).waitFor()
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
    expect(/\/Count (\d+)/.exec(pdf)?.[1]).toBe('1')
    await page.emulateMedia({ media: 'print' })
    expect([await page.getByRole('navigation').count(), await page.getByRole('button', { name: /^Drucken/ }).isVisible(), await page.getByRole('heading', { name: 'Die Woche in Zahlen' }).isVisible()]).toEqual([0, false, true])
    // Ink is dark on paper, and tables are tables, whatever the screen looks like.
    for (const theme of ['dark', 'white-on-black', 'light'])
      expect([theme, await page.evaluate((name) => {
        document.documentElement.dataset['theme'] = name
        const light = (of: Element): number => Math.max(...getComputedStyle(of).color.match(/[\d.]+/g)!.slice(0, 3).map(Number))
        return [...document.querySelectorAll('article.letter :is(p, h2, h3, th, td, li, q)')].every((of) => light(of) < 130)
      }, theme), await page.getByRole('columnheader', { name: 'Ergebnis' }).evaluate((cell) => cell.getBoundingClientRect().height > 5)]).toEqual([theme, true, true])
    await page.evaluate(() => delete document.documentElement.dataset['theme'])
    await page.emulateMedia({ media: 'screen' })

    await choose(page, /^Tafel$/)
    await press(page, /^Neuer Link für eine Tafel$/)
    await page.getByRole('dialog').getByLabel('Name').fill('Eingang')
    await press(page, /^Anlegen$/)
    const link = page.getByText(/\/board\/#board_/)
    const fresh = page.getByRole('heading', { name: FRESH })
    await link.or(fresh).first().waitFor()
    if (await fresh.isVisible()) await givePassword(page, MANAGER.password)
    const address = await link.textContent()

    const wall = await store.aside({ width: 1920, height: 1080, reducedMotion: true })
    await wall.page.goto(address!)
    await wall.page.getByText(/^Stand \d/).waitFor()
    expect(await wall.page.evaluate(() => document.documentElement.scrollHeight <= innerHeight)).toBe(true)
    await waitUntilOffline(wall.page)

    wall.quiet.expectNoNetwork()
    quiet.expectNoNetwork()
    await store.hub.kill()
    await wall.page.reload()
    await wall.page.getByText(/^Keine Verbindung, Zahlen von /).waitFor()
    await wall.page.getByRole('heading', { name: /^(Heute|Letzte 7 Tage)$/ }).waitFor()
    store.verifyQuiet()
  })
})
