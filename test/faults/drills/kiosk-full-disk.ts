/** Another program fills the disk of a kiosk to its last block while there is no hub. */
import { closeSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { HubProcess } from '#hub/tools/rig/hub-process.ts'
import { SmallDisk } from '../disk-image.ts'
import { arrivedInAnyOrder, DrilledKiosk } from '../drilled-kiosk.ts'
import { unless, type Drill } from '../drill.ts'
import { startDrilledHub } from '../drilled-hub.ts'
import { pause } from '../fleet.ts'
import { plantBuild } from '../planted-build.ts'
import { browserChanges } from '../plants/browser-plants.ts'
import type { Tap } from '../screen-ledger.ts'

const DISK_MEGABYTES = 160
const JOURNAL_BYTES = 8 * 1024 * 1024
const LAID_MS = 30_000
/** The browser clears storage within seconds of the last block. */
const FULL_MS = 12_000
const DRAIN_MS = 40_000

export const kioskFullDisk: Drill = {
  name: 'kiosk-full-disk',
  about: 'another program fills a kiosk’s disk to the last block, without a hub: whatever the browser loses, what was thanked for arrives once, and nobody pairs the kiosk again',
  needs: ['root', 'browser'],
  rounds: { light: 2, full: 10 },
  plants: ['copy-may-be-cleared'],
  run: async ({ rounds, plant, say }) => {
    const build = plantBuild(browserChanges(plant))
    let [thanked, refused, lost, twice, strangers, wiped] = [0, 0, 0, 0, 0, 0]
    try {
      for (let round = 1; round <= rounds; round++) {
        const hub = await startDrilledHub(null, { env: build.env })
        try {
          const found = await fillOnce(hub, round)
          thanked += found.taps.filter(({ answer }) => answer === 'thanked').length
          refused += found.taps.filter(({ answer }) => answer === 'refused').length
          lost += found.lost
          twice += found.extra
          strangers += Number(found.isStranger)
          wiped += Number(found.isWiped)
        } finally {
          await hub.remove()
        }
        say(`${round} times full, ${wiped} times the database was gone, ${thanked} thanked, ${refused} refused, ${lost} lost`)
      }
      return {
        figures: { rounds, databasesGone: wiped, thanked, refused, lost, twice },
        broken: [
          ...unless(thanked >= rounds * 5, 'too few taps to mean anything'),
          ...unless(lost === 0, `${lost} taps that were thanked for are not at the hub`),
          ...unless(twice === 0, `${twice} answers at the hub have no tap of their own`),
          ...unless(strangers === 0, `${strangers} times the kiosk had to be paired again`),
        ],
      }
    } finally {
      build.remove()
    }
  },
}

type Found = { readonly taps: readonly Tap[]; readonly lost: number; readonly extra: number; readonly isStranger: boolean; readonly isWiped: boolean }

const fillOnce = async (hub: HubProcess, round: number): Promise<Found> => {
  const disk = new SmallDisk(DISK_MEGABYTES)
  const profile = join(disk.folder, 'profile')
  const filler = join(disk.folder, 'filler')
  let kiosk = await installed(hub, profile)
  try {
    const app = await kiosk.pairedApp()
    await secondCopyLaid(kiosk)
    await app.tap(2)
    await hub.kill()
    await app.tap(6)
    fill(filler)
    app.startTapping({ times: 3 + (round % 3) })
    for (const from = performance.now(); performance.now() - from < FULL_MS; await pause(100)) fill(filler)
    await (round % 2 ? kiosk.kill() : kiosk.close())
    if (round % 3 === 0) {
      // Somebody starts it again while the disk is still full.
      const vain = await installed(hub, profile)
      await vain.page.goto(`${hub.url}/shopper/`, { timeout: FULL_MS }).catch(() => undefined)
      await pause(FULL_MS)
      await vain.kill()
    }
    rmSync(filler)
    await hub.startAgain()
    kiosk = await installed(hub, profile)
    await kiosk.page.goto(`${hub.url}/shopper/`)
    const { lost, extra } = await arrivedInAnyOrder(hub, app.taps, DRAIN_MS)
    const isStranger = await kiosk.page.getByLabel(/Code/).count().then((n) => n > 0)
    return { taps: app.taps, lost, extra, isStranger, isWiped: hub.log.some((line) => line.includes('came back without its storage')) }
  } finally {
    await kiosk.close()
    disk.remove()
  }
}

/** As an app that was installed: the browser promises to keep its data when it asks for that. */
const installed = async (hub: HubProcess, profile: string): Promise<DrilledKiosk> => {
  const kiosk = await DrilledKiosk.open(hub, { profile })
  const session = await kiosk.context.browser()!.newBrowserCDPSession()
  await session.send('Browser.grantPermissions', { origin: new URL(hub.url).origin, permissions: ['durableStorage'] })
  return kiosk
}

const secondCopyLaid = async ({ page }: DrilledKiosk): Promise<void> => {
  const sizeOf = (): Promise<number> =>
    page.evaluate(async () => {
      type Buckets = { keys(): Promise<string[]>; open(name: string): Promise<{ getDirectory(): Promise<FileSystemDirectoryHandle> }> }
      const { storageBuckets } = navigator as unknown as { storageBuckets: Buckets }
      if (!(await storageBuckets.keys()).includes('einklang-journal')) return 0
      const folder = await (await storageBuckets.open('einklang-journal')).getDirectory()
      const file = await folder.getFileHandle('shopper-0').catch(() => null)
      return file ? (await file.getFile()).size : 0
    })
  for (const from = performance.now(); performance.now() - from < LAID_MS; await pause(100)) if ((await sizeOf()) === JOURNAL_BYTES) return
  throw new Error('the second copy was never laid')
}

/** To the last byte, also what the browser has given up meanwhile. */
const fill = (file: string): void => {
  const open = openSync(file, 'a')
  try {
    for (let bytes = 1024 * 1024; bytes >= 1; ) {
      try {
        writeSync(open, Buffer.alloc(bytes, 7))
      } catch {
        bytes = Math.floor(bytes / 16)
      }
    }
  } finally {
    closeSync(open)
  }
}
