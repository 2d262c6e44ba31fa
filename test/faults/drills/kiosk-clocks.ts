/** The clock of a kiosk's whole machine is wrong, or is set in the middle of a visit. */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findBrowser } from '#hub/tools/rig/find-browser.ts'
import { makeProfile, openBrowser, removeProfile } from '#hub/tools/rig/browser-session.ts'
import type { HubProcess } from '#hub/tools/rig/hub-process.ts'
import type { Json } from '#shared/kernel/json.ts'
import { arrived, DrilledKiosk, type KioskPage } from '../drilled-kiosk.ts'
import { unless, type Drill } from '../drill.ts'
import { startDrilledHub } from '../drilled-hub.ts'
import { pause } from '../fleet.ts'
import { plantBuild } from '../planted-build.ts'
import { browserChanges } from '../plants/browser-plants.ts'
import type { Tap } from '../screen-ledger.ts'

const HOUR_MS = 3_600_000
const DRAIN_MS = 20_000
/** As faketime takes them; an hour is what a missed change of summer time leaves. */
const CLOCKS = ['+1d', '-1d', '@1970-01-02 00:00:00', '+1h', '-1h'] as const
/** How far the page's clock is set while somebody taps, one after the other. */
const JUMPS_MS = [24 * HOUR_MS, -48 * HOUR_MS, -50 * 365 * 24 * HOUR_MS, 0] as const

export const kioskClocks: Drill = {
  name: 'kiosk-clocks',
  about: 'a kiosk\'s machine is a day or an hour off, or in 1970, and its clock jumps between taps, with and without the hub: no tap lost, doubled or out of order, no offer outside its time',
  needs: ['browser', 'faketime'],
  rounds: { light: 2, full: 10 },
  plants: ['own-clock-believed'],
  run: async ({ rounds, from, plant, say }) => {
    const build = plantBuild(browserChanges(plant))
    const hub = await startDrilledHub(null, { env: build.env })
    const profile = makeProfile()
    const taps: Tap[] = []
    const wrong: string[] = []
    try {
      await hub.publish(offersNow(Date.now()))
      await firstStart(hub, profile, taps)
      for (let round = from; round < from + rounds; round++) {
        const clock = CLOCKS[round % CLOCKS.length]!
        wrong.push(...(await oneDay(hub, profile, taps, clock)).map((what) => `round ${round} (${clock}): ${what}`))
        say(`${round} rounds (${clock}), ${taps.length} taps, ${wrong.length} times wrong`)
      }
      const { lost, extra } = await arrived(hub, taps, DRAIN_MS)
      const thanked = taps.filter(({ answer }) => answer === 'thanked').length
      return {
        figures: { rounds, thanked, lost, twice: extra, wrong: wrong.length },
        broken: [
          ...wrong,
          ...unless(thanked >= rounds * 12, 'too few taps to mean anything'),
          ...unless(lost === 0, `${lost} taps that were thanked for are not at the hub in their order`),
          ...unless(extra === 0, `${extra} answers at the hub have no tap of their own`),
        ],
      }
    } finally {
      await hub.remove()
      removeProfile(profile)
      build.remove()
    }
  },
}

const firstStart = async (hub: HubProcess, profile: string, taps: Tap[]): Promise<void> => {
  const kiosk = await DrilledKiosk.open(hub, { profile })
  await (await kiosk.pairedApp(taps)).tap(2)
  await arrived(hub, taps, DRAIN_MS)
  await kiosk.close()
}

/** A start with this clock and the hub, jumps while somebody taps, then a start without the hub. */
const oneDay = async (hub: HubProcess, profile: string, taps: Tap[], clock: string): Promise<readonly string[]> => {
  const wrong: string[] = []
  let kiosk = await openAt(hub, profile, clock)
  try {
    const app = await kiosk.app({ taps })
    await app.tap(2)
    await arrived(hub, taps, DRAIN_MS)
    wrong.push(...(await wrongOffers(app)))
    app.startTapping()
    for (const offMs of JUMPS_MS) {
      const before = app.thanked
      await app.page.evaluate((ms) => Object.assign(globalThis, { clockOffMs: ms }), offMs)
      if (!(await app.untilThanked(before + 2, 20_000))) wrong.push('nobody was thanked after the clock was set')
    }
    await app.stopTapping()
    await arrived(hub, taps, DRAIN_MS)
    wrong.push(...(await wrongOffers(app)))

    // Between two days it hears the hub's time once more: what was set a moment ago is not written down yet.
    await kiosk.close()
    kiosk = await openAt(hub, profile, clock)
    await (await kiosk.app({ taps })).tap(2)
    await arrived(hub, taps, DRAIN_MS)
    await kiosk.close()
    await hub.kill()
    kiosk = await openAt(hub, profile, clock)
    const alone = await kiosk.app({ taps })
    await alone.tap(2)
    wrong.push(...(await wrongOffers(alone)).map((what) => `without the hub ${what}`))
    await hub.startAgain()
    if ((await arrived(hub, taps, DRAIN_MS)).ms === null) wrong.push('the queue did not empty')
    return wrong
  } finally {
    await kiosk.close()
  }
}

/** The whole browser under this clock; in its page the clock can be set further. */
const openAt = async (hub: HubProcess, profile: string, clock: string): Promise<DrilledKiosk> => {
  const folder = mkdtempSync(join(tmpdir(), 'einklang-clock-'))
  const program = join(folder, 'browser')
  writeFileSync(program, `#!/bin/sh\nexec faketime -f '${clock}' '${(await findBrowser()).path}' "$@"\n`)
  chmodSync(program, 0o755)
  try {
    const session = await openBrowser({ width: 720, height: 1280, reducedMotion: true, profile, program })
    await session.context.addInitScript(settableClock)
    return await DrilledKiosk.in(hub, session)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Runs in the page before its scripts. */
const settableClock = (): void => {
  const here = globalThis as unknown as { clockOffMs?: number; Date: DateConstructor }
  const own = Date
  here.Date = new Proxy(own, {
    construct: (target, given: []) => (given.length > 0 ? new target(...given) : new target(own.now() + (here.clockOffMs ?? 0))),
    get: (target, name) => (name === 'now' ? () => own.now() + (here.clockOffMs ?? 0) : (Reflect.get(target, name) as unknown)),
  })
}

const PAST = 'Uhrenprobe vorbei'
const PRESENT = 'Uhrenprobe jetzt'
const COMING = 'Uhrenprobe bald'

const offersNow = (now: number): Readonly<Record<string, Json>> => ({
  'offer/clock-past': offer('clock-past', 901, PAST, now - 72 * HOUR_MS, now - 3 * HOUR_MS),
  'offer/clock-present': offer('clock-present', 902, PRESENT, now - 72 * HOUR_MS, now + 72 * HOUR_MS),
  'offer/clock-coming': offer('clock-coming', 903, COMING, now + 3 * HOUR_MS, now + 72 * HOUR_MS),
})

const offer = (id: string, number: number, title: string, from: number, until: number): Json => ({
  offer: { id, channels: ['store', 'web'], window: { from: new Date(from).toISOString(), until: new Date(until).toISOString() }, when: { type: 'quantity', op: 'gte', value: 2, select: { skus: ['00-435085'] } }, effects: [{ type: 'unitDiscount', value: { percent: '30' }, select: { skus: ['00-435085'] } }] },
  number,
  badge: { de: '−30 %', en: '−30%' },
  title: { de: title, en: title },
  summary: { de: title, en: title },
  picture: '/pictures/offer-parmesan-1.svg',
  certainty: 'exact',
})

/** What is wrong with the list of offers in the shop; then back to the faces. */
const wrongOffers = async ({ page }: KioskPage): Promise<readonly string[]> => {
  await page.getByRole('button', { name: 'Einkauf beginnen' }).click({ timeout: 10_000 })
  await page.getByRole('button', { name: /^Alle \d+ Angebote$/ }).first().click({ timeout: 10_000 })
  await page.getByRole('heading', { name: /Angebote/ }).first().waitFor({ timeout: 10_000 })
  await pause(300)
  const words = await page.locator('body').innerText()
  await page.goto(page.url())
  return [
    ...unless(words.includes(PRESENT), `"${PRESENT}" is not shown`),
    ...unless(!words.includes(PAST), `"${PAST}" is shown`),
    ...unless(!words.includes(COMING), `"${COMING}" is shown`),
  ]
}
