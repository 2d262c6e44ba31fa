/** Clocks of devices are wrong, are set and jump, while the hub goes through a change of summer time; then the hub's own clock is wrong. */
import { DatabaseSync } from 'node:sqlite'
import { join } from 'node:path'
import { ClockedDevice, openAtPhone } from '../clocked-device.ts'
import { unless, type Drill } from '../drill.ts'
import { hubAs, startDrilledHub } from '../drilled-hub.ts'
import { compareLedgers, idsAtHub, pause } from '../fleet.ts'
import { CENTS, nextBorder, offersAround, type Season } from '../price-at-border.ts'
import type { HubProcess } from '#hub/tools/rig/hub-process.ts'

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
/** The hub starts so long before the border. */
const BEFORE_MS = 20_000
/** A clock that was compared with the hub may be off by this much. */
const OFF_BY_MS = 2000
const LIMIT_MS = 30_000
const PROMISE_MS = 24 * HOUR_MS

/** How wrong the clock of each device is, at a moment. */
const WRONG: Readonly<Record<string, (now: number) => number>> = {
  right: () => 0,
  'a day ahead': () => DAY_MS,
  'a day behind': () => -DAY_MS,
  'in 1970': (now) => 1000 - now,
  'an hour ahead': () => HOUR_MS,
  'an hour behind': () => -HOUR_MS,
  jumping: () => 0,
}

type Tally = { taps: number; lost: number; twice: number; disordered: number; wrongTimes: number; looks: number; wrongPrices: number; wrongPromises: number; worstOffMs: number; undrained: number }

export const clocks: Drill = {
  name: 'clocks',
  about: 'device clocks a day off, in 1970, an hour off, jumping, across a change of summer time; the hub\'s own clock set wrong: no tap lost, doubled or misplaced, no offer outside its time, no promise longer',
  needs: [],
  rounds: { light: 1, full: 10 },
  plants: ['settable-clock', 'old-times-dropped', 'device-time-kept'],
  run: async ({ rounds, from, plant, say }) => {
    const tally: Tally = { taps: 0, lost: 0, twice: 0, disordered: 0, wrongTimes: 0, looks: 0, wrongPrices: 0, wrongPromises: 0, worstOffMs: 0, undrained: 0 }
    for (let round = from; round < from + rounds; round++) {
      await oneNight(round % 2 === 0 ? 'spring' : 'autumn', plant, tally)
      say(`${round} nights: ${JSON.stringify(tally)}`)
    }
    return {
      figures: { nights: rounds, devices: Object.keys(WRONG).length, ...tally, worstOffMs: Math.round(tally.worstOffMs) },
      broken: [
        ...unless(tally.lost === 0, `${tally.lost} taps were lost`),
        ...unless(tally.twice === 0, `${tally.twice} taps are there twice`),
        ...unless(tally.disordered === 0, `${tally.disordered} devices' taps came in another order`),
        ...unless(tally.wrongTimes === 0, `${tally.wrongTimes} taps stand at the hub more than ${OFF_BY_MS} ms from their time`),
        ...unless(tally.looks > rounds * 100, 'too few looks at a price to mean anything'),
        ...unless(tally.wrongPrices === 0, `${tally.wrongPrices} times a price was shown that was not in force`),
        ...unless(tally.wrongPromises === 0, `${tally.wrongPromises} codes were not honoured as they should be`),
        ...unless(tally.worstOffMs <= OFF_BY_MS, `a device's time was ${Math.round(tally.worstOffMs)} ms off although it was compared with the hub`),
        ...unless(tally.undrained === 0, `${tally.undrained} times the queues did not drain`),
      ],
    }
  },
}

/** One hub and its devices; `trueNow` is the hub's clock, which is taken for the truth. */
class Night {
  readonly hub: HubProcess
  readonly border: number
  readonly aheadMs: number
  readonly devices: readonly ClockedDevice[]

  constructor(hub: HubProcess, border: number, aheadMs: number, isSettable: boolean) {
    this.hub = hub
    this.border = border
    this.aheadMs = aheadMs
    this.devices = Object.keys(WRONG).map((name) => new ClockedDevice(name, hub.url, isSettable))
  }

  trueNow(): number {
    return Date.now() + this.aheadMs
  }

  setWrong(): void {
    for (const one of this.devices) one.setClock(WRONG[one.name]!(Date.now()))
  }

  get jumping(): ClockedDevice {
    return this.devices.find(({ name }) => name === 'jumping')!
  }

  tapAll(times: number): Promise<unknown> {
    return Promise.all(this.devices.map((one) => one.tap(times)))
  }

  async until(holds: () => boolean): Promise<boolean> {
    for (const from = performance.now(); performance.now() - from < LIMIT_MS; await pause(25)) if (holds()) return true
    return false
  }

  drained(): Promise<boolean> {
    return this.until(() => this.devices.every(({ device }) => device.status.waiting === 0))
  }
}

const oneNight = async (season: Season, plant: string | null, tally: Tally): Promise<void> => {
  const border = nextBorder(season, Date.now() + DAY_MS)
  const hubPlant = plant === 'settable-clock' ? null : plant
  // The demo's goods are of today; the night comes later.
  const hub = await startDrilledHub(hubPlant)
  await hub.stop()
  const aheadMs = border - BEFORE_MS - Date.now()
  const again = (aside: number): Promise<void> => hub.startAgain({ ...hubAs(hubPlant), CLOCK_AHEAD_MS: String(aheadMs + aside) })
  const night = new Night(hub, border, aheadMs, plant === 'settable-clock')
  try {
    await again(0)
    night.setWrong()
    for (const one of night.devices) await one.start()
    for (const one of night.devices) await one.pair(hub)
    await hub.publish(offersAround(season, border))
    if (!(await night.until(() => night.devices.every(({ assortment }) => assortment?.offers.some(({ offer }) => offer.id === 'begins-there'))))) throw new Error('the release did not come')
    const looking = lookUntil(night, border + 3 * OFF_BY_MS, tally)
    await night.tapAll(3)
    const codes = await jumpAndPromise(night)
    await looking
    await night.tapAll(2)
    tally.undrained += Number(!(await night.drained()))
    tally.wrongTimes += wrongTimes(night)
    tally.wrongPromises += await wrongPromises(night, codes, false)

    await hub.kill()
    await coldStart(night, season, tally)
    await again(0)
    tally.undrained += Number(!(await night.drained()))

    await wrongHub(night, again, tally)
    await hub.kill()
    await again(PROMISE_MS)
    tally.wrongPromises += await wrongPromises(night, codes, true)
    judgeTaps(night, tally)
  } finally {
    for (const one of night.devices) one.off()
    await hub.remove()
  }
}

/** Looks at the price on every device until then, away from the border by what a clock may be off. */
const lookUntil = async (night: Night, end: number, tally: Tally): Promise<void> => {
  for (; night.trueNow() < end; await pause(100)) {
    for (const one of night.devices) {
      const shown = one.shows()
      const now = night.trueNow()
      if (!shown || Math.abs(now - night.border) <= OFF_BY_MS) continue
      tally.looks += 1
      if (shown.cents !== (now < night.border ? CENTS.before : CENTS.after)) tally.wrongPrices += 1
      if (shown.verified) tally.worstOffMs = Math.max(tally.worstOffMs, Math.abs(one.device.now().at - now))
    }
  }
}

type Promised = { readonly digits: string; readonly at: number }

/** In the middle of a visit one clock is set to tomorrow, to 1970 and back; each device then promises its price. */
const jumpAndPromise = async (night: Night): Promise<readonly Promised[]> => {
  const codes: Promised[] = []
  for (const offMs of [DAY_MS, 1000 - Date.now(), 0]) {
    night.jumping.setClock(offMs)
    await night.tapAll(2)
    codes.push({ at: night.trueNow(), digits: await night.jumping.code() })
    await pause(500)
  }
  for (const one of night.devices) codes.push({ at: night.trueNow(), digits: await one.code() })
  if (night.trueNow() > night.border - OFF_BY_MS) throw new Error('the machine was too slow: the border came before the promises')
  return codes
}

/** How many codes are not worth what the kiosk said for exactly a day. */
const wrongPromises = async (night: Night, codes: readonly Promised[], isOver: boolean): Promise<number> => {
  let wrong = 0
  for (const { digits, at } of codes) {
    const view = await openAtPhone(night.hub, digits)
    const fits = view !== null && Math.abs(view.expiresAt - (at + PROMISE_MS)) <= OFF_BY_MS && view.kioskTotalCents === CENTS.before && view.expired === isOver && (isOver || view.totalCents === CENTS.before)
    if (!fits) wrong += 1
  }
  return wrong
}

/** Without the hub, and with clocks that were set back meanwhile: what has ended stays ended, what is in doubt is left to the checkout. */
const coldStart = async (night: Night, season: Season, tally: Tally): Promise<void> => {
  for (const one of night.devices) {
    one.off()
    one.setClock(season === 'spring' ? -DAY_MS : 1000 - Date.now())
    await one.start()
  }
  await night.tapAll(2)
  for (const one of night.devices) {
    const shown = one.shows()
    tally.looks += 1
    if (shown?.cents !== CENTS.listed || shown.verified) tally.wrongPrices += 1
  }
}

/** The hub comes back a day behind, in 1970, and a day ahead: it takes what it is told, and its devices go by it. */
const wrongHub = async (night: Night, again: (aside: number) => Promise<void>, tally: Tally): Promise<void> => {
  for (const aside of [-DAY_MS, 1000 - night.trueNow(), DAY_MS]) {
    await night.hub.kill()
    await again(aside)
    await night.tapAll(2)
    tally.undrained += Number(!(await night.drained()))
  }
}

type Row = { readonly id: string; readonly dev: string; readonly atHub: number }

const rowsAt = (dataDir: string): readonly Row[] => {
  const sql = new DatabaseSync(join(dataDir, 'hub.sqlite'), { readOnly: true })
  try {
    return sql.prepare(`SELECT id, dev, at_hub FROM event WHERE type = 'visit.started' ORDER BY n`).all().map((row) => ({ id: String(row['id']), dev: String(row['dev']), atHub: Number(row['at_hub']) }))
  } finally {
    sql.close()
  }
}

/** Of the taps that were made while a hub was there. */
const wrongTimes = (night: Night): number => {
  const at = new Map(rowsAt(night.hub.dataDir).map((row) => [row.id, row.atHub]))
  return night.devices.flatMap(({ saved }) => saved).filter((tap) => Math.abs((at.get(tap.id) ?? Infinity) - night.aheadMs - tap.at) > OFF_BY_MS).length
}

const judgeTaps = (night: Night, tally: Tally): void => {
  const saved = night.devices.flatMap((one) => one.saved.map(({ id }) => id))
  const { lost, twice } = compareLedgers(new Set(saved), idsAtHub(night.hub.dataDir))
  tally.taps += saved.length
  tally.lost += lost
  tally.twice += twice
  const rows = rowsAt(night.hub.dataDir)
  for (const one of night.devices) {
    const own = new Set(one.saved.map(({ id }) => id))
    const order = rows.filter(({ id }) => own.has(id)).map(({ id }) => id)
    if (order.join() !== one.saved.map(({ id }) => id).filter((id) => order.includes(id)).join()) tally.disordered += 1
  }
}
