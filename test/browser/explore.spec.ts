import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { runImport } from '#hub/tools/import.ts'
import { accessibilityFaults } from './harness/accessible.ts'
import { reach, tabTo } from './harness/keyboard.ts'
import { StoreFloor } from './harness/store-floor.ts'
import { waitUntilOffline } from './harness/worker-state.ts'

const HOUR_MS = 3_600_000
/** Twice as many, so that every topic has the five that may be told. */
const COMMENTS = ['Die Schlange an der Kasse war viel zu lang.', 'Warten an der Kasse, furchtbar.', 'Sehr freundliche Mitarbeiterin an der Käsetheke.', 'Das Gemüse war leider welk.'] as const

let store: StoreFloor
beforeEach(async () => {
  store = await StoreFloor.open()
  bringAnswers()
})
afterEach(() => store.close())

/** Sixty answers of the last days, forty of them with words. */
const bringAnswers = (): void => {
  const folder = mkdtempSync(join(tmpdir(), 'einklang-explore-'))
  try {
    const rows = Array.from({ length: 60 }, (_, i) => [new Date(Date.now() - i * 4 * HOUR_MS).toISOString(), i % 2 === 0 ? 'checkout' : 'kiosk', i % 3 === 0 ? 2 : 5, i < 40 ? COMMENTS[i % 4]! : ''].join(','))
    writeFileSync(join(folder, 'answers.csv'), `at,place,overall,comment\n${rows.join('\n')}\n`)
    const questions = [{ column: 'overall', kind: 'csat5' }, { column: 'comment', kind: 'text' }]
    writeFileSync(join(folder, 'map.json'), JSON.stringify({ survey: 'store-visit', touchpoint: { column: 'place' }, at: { column: 'at', timeZone: 'Europe/Berlin' }, language: 'de', questions }))
    const complaints: string[] = []
    expect(runImport(['feedback', join(folder, 'answers.csv'), '--map', join(folder, 'map.json'), '--data', store.hub.dataDir], () => {}, (line) => complaints.push(line)), complaints.join()).toBe(0)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const chooseByKeyboard = async (page: Page, from: string, right: number): Promise<void> => {
  await tabTo(page, page.getByRole('radio', { name: from, exact: true }))
  for (let press = 0; press < right; press++) await page.keyboard.press('ArrowRight')
}

describe('a store manager', () => {
  it('reads in ten seconds on a phone what matters, and nothing else, also after a restart without a hub', async () => {
    const manager = await store.browser({ width: 390, height: 844, reducedMotion: true })
    await store.pair(manager, 'manager')
    const { page, quiet } = manager
    const headline = page.getByRole('heading', { level: 1 })
    await headline.waitFor()
    await page.getByRole('heading', { name: 'Was zu tun ist' }).waitFor()
    const bar = page.getByRole('navigation', { name: 'Bereiche' })
    await expect.poll(async () => (await bar.getByRole('link').count()) + (await bar.getByRole('button').count())).toBe(5)
    const figures = page.getByRole('region', { name: 'Zufriedenheit', exact: true })
    expect((await figures.boundingBox())!.y).toBeGreaterThan((await bar.boundingBox())!.y)
    expect((await headline.boundingBox())!.y).toBeLessThan(300)
    expect(await accessibilityFaults(page)).toEqual([])

    await waitUntilOffline(page)
    const words = await headline.innerText()
    quiet.expectNoNetwork()
    await store.hub.kill()
    await page.reload()
    await store.signIn(manager.page, 'manager')
    await page.getByText(/^Keine Verbindung zum Rechner im Markt\. Stand .+, (gerade eben|vor .+)$/).waitFor()
    await expect.poll(() => headline.innerText()).toBe(words)
    quiet.verify()
  })

  it('explores by the keyboard alone, from the course of four weeks to the words of one comment, and finds the figures again without a hub', async () => {
    const manager = await store.browser({ width: 1280, height: 800, reducedMotion: true })
    await store.pair(manager, 'manager')
    const { page, quiet } = manager
    await reach(page, page.getByRole('link', { name: 'Verstehen', exact: true }))
    const slider = page.getByRole('slider', { name: 'Tag ablesen' })
    await tabTo(page, slider)
    await page.keyboard.press('Home')
    await expect.poll(() => slider.getAttribute('aria-valuetext')).toMatch(/Antwort/)
    await chooseByKeyboard(page, 'Verlauf', 1)
    await page.getByText(/^(Von \d+ Vergleichen|Der eine Vergleich|Nichts hat genug)/).waitFor()
    await chooseByKeyboard(page, 'Vergleich', 2)
    await reach(page, page.getByRole('button', { name: 'Kasse und Warten' }))
    const words = page.getByRole('region', { name: 'Worte dahinter: Kasse und Warten' })
    await words.getByText('„Die Schlange an der Kasse war viel zu lang.“').first().waitFor()
    expect(await accessibilityFaults(page)).toEqual([])

    await waitUntilOffline(page)
    quiet.expectNoNetwork()
    await store.hub.kill()
    await page.reload()
    await store.signIn(page, 'manager')
    await page.getByText('Keine Verbindung zum Rechner im Markt. Sie sehen, was dieses Gerät zuletzt geholt hat, mit seinem Alter.').waitFor()
    await slider.waitFor()
    await page.getByText(/^Stand .+, (gerade eben|vor .+)$/).first().waitFor()
    await page.getByRole('radio', { name: 'Worte', exact: true }).check()
    await page.getByRole('button', { name: 'Kasse und Warten' }).click()
    await page.getByText(/^Die Worte selbst bleiben im Markt/).waitFor()
    quiet.verify()
  })
})
