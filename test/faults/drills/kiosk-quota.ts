/** The browser of a kiosk gives its app no more room, and later it does again. */
import { arrivedInAnyOrder, DrilledKiosk, type KioskPage } from '../drilled-kiosk.ts'
import { unless, type Drill } from '../drill.ts'
import { startDrilledHub } from '../drilled-hub.ts'
import { plantBuild } from '../planted-build.ts'
import { browserChanges } from '../plants/browser-plants.ts'

/** What a tap takes is noticed late; more taps than this and the room was not used up. */
const MOST_TAPS = 200

export const kioskQuota: Drill = {
  name: 'kiosk-quota',
  about: 'a kiosk has no room for a while, with and without a hub: what was thanked for stays, the screen says what is the matter, the other screens go on',
  needs: ['browser'],
  rounds: { light: 2, full: 10 },
  plants: ['refusal-taken-for-saved'],
  run: async ({ rounds, from, plant, say }) => {
    const build = plantBuild(browserChanges(plant))
    const hub = await startDrilledHub(null, { env: build.env })
    const kiosk = await DrilledKiosk.open(hub)
    const unlike: string[] = []
    let [lost, extra, refused, whileFull, unsaid] = [0, 0, 0, 0, 0]
    try {
      let app = await kiosk.pairedApp()
      for (let round = from; round < from + rounds; round++) {
        const alone = round % 2 === 0
        await app.tap(3)
        if (alone) await hub.kill()
        await setRoom(app, 'none')
        const before = app.thanked
        const said = await tapUntilSaid(app)
        if (!said) unsaid += 1
        else await app.tap(2)
        whileFull += app.thanked - before
        const stuck = await stuckAt(app)
        if (stuck !== null) unlike.push(`round ${round}: the other screens did not go on: ${stuck}`)
        if (alone) await hub.startAgain()
        await setRoom(app, 'as ever')
        const { taps } = app
        app = await kiosk.app({ taps })
        await app.tap(2)
        const found = await arrivedInAnyOrder(hub, taps, 20_000)
        lost = found.lost
        extra = found.extra
        refused = taps.filter(({ answer }) => answer === 'refused').length
        if (taps.at(-1)?.answer !== 'thanked') unlike.push(`round ${round}: not saved again after there was room`)
        say(`${round} times full, ${app.thanked} thanked, ${whileFull} of them meanwhile, ${refused} refused, ${lost} lost`)
      }
      return {
        figures: { rounds, thanked: app.thanked, whileFull, refused, lost, twice: extra },
        broken: [
          ...unless(unsaid === 0, `${unsaid} times nobody was told that the storage is full`),
          ...unless(lost === 0, `${lost} taps that were thanked for are not at the hub`),
          ...unless(extra === 0, `${extra} answers at the hub have no tap of their own`),
          ...unlike,
        ],
      }
    } finally {
      await kiosk.remove()
      await hub.remove()
      build.remove()
    }
  },
}

/** Taps until the storage is shut, or long enough; true if the screen has said by then that it runs short or is full. */
const tapUntilSaid = async (app: KioskPage): Promise<boolean> => {
  const says = async (words: RegExp): Promise<boolean> => (await app.page.getByText(words).count()) > 0
  for (let i = 0; i < MOST_TAPS; i++) {
    await app.tap(1)
    if (app.taps.at(-1)?.answer === 'refused' || (await says(/^Speicher voll/))) return true
  }
  return says(/^Speicher wird knapp/)
}

/** Into the shop, to its goods. What did not come and what the screen shows instead; null if it went. */
const stuckAt = async ({ page }: KioskPage): Promise<string | null> => {
  try {
    const start = page.getByRole('button', { name: 'Einkauf beginnen' })
    const back = page.getByRole('button', { name: 'Zurück' }).first()
    const shop = page.getByRole('heading', { name: 'Was suchen Sie?' })
    // A refused answer stands on the feedback's own screen; thanks give way to the start by themselves, maybe at this moment.
    await start.or(back).first().waitFor({ timeout: 10_000 })
    if ((await start.count()) === 0) await back.click({ timeout: 2000 }).catch(() => undefined)
    await start.or(shop).first().waitFor({ timeout: 10_000 })
    if ((await start.count()) > 0) await start.click({ timeout: 5000 })
    await shop.waitFor({ timeout: 10_000 })
    await page.getByRole('region', { name: 'Bereiche' }).getByRole('button').first().click({ timeout: 5000 })
    await page.locator('article').first().waitFor({ timeout: 10_000 })
    return null
  } catch (error) {
    const shown = await page.locator('body').innerText().catch(() => 'nothing')
    return `${String(error).slice(0, 160)}; shown: ${shown.slice(0, 240)}`.replaceAll(/\s+/g, ' ')
  }
}

/** `none`: what it has is more than it may have. */
const setRoom = async ({ page }: KioskPage, room: 'none' | 'as ever'): Promise<void> => {
  const session = await page.context().newCDPSession(page)
  const { origin } = new URL(page.url())
  await session.send('Storage.overrideQuotaForOrigin', { origin, ...(room === 'none' && { quotaSize: 1 }) })
  // It lasts as long as this session.
  if (room === 'as ever') await session.detach()
}
