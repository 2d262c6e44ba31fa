/** Real devices in one process: the product's own device code over an IndexedDB in memory, with a ledger of its own of what was said to be saved. */
import { DatabaseSync } from 'node:sqlite'
import { join } from 'node:path'
import { openDevice, type OpenedDevice } from '#kiosk/lib/sync/open-device.ts'
import { newDisk, nodeSurroundings, type Disk } from '../kiosk/node-surroundings.ts'
import type { HubProcess } from '#hub/tools/rig/hub-process.ts'

export type FleetMember = {
  readonly device: OpenedDevice
  readonly disk: Disk
  /** Ids in the order in which they were saved. */
  readonly saved: string[]
}

const tap = { t: 'visit.started', v: 1, p: { touchpoint: 'kiosk', language: 'de' }, sid: null } as const

export class Fleet {
  readonly members: FleetMember[] = []
  /** Ids for which a device said "saved". */
  readonly saved = new Set<string>()
  #tapping: NodeJS.Timeout | null = null
  #busy: Promise<unknown> = Promise.resolve()

  private constructor() {}

  /** `origin`: where devices find the hub, if not at its own address (a proxy). */
  static async pair(hub: HubProcess, size: number, origin = hub.url): Promise<Fleet> {
    const fleet = new Fleet()
    for (let i = 0; i < size; i++) {
      const disk = newDisk()
      const device = await openDevice({ app: 'shopper', version: '1.0.0', surroundings: nodeSurroundings(origin, disk) })
      const paired = await device.pair({ code: hub.codeFor('kiosk'), role: 'kiosk', name: `Kiosk ${i + 1}` })
      if (!paired.ok) throw new Error(`not paired: ${paired.error.type}`)
      fleet.members.push({ device, disk, saved: [] })
    }
    return fleet
  }

  /** One tap on every device, each remembered once the device says it is saved. */
  async tapAll(): Promise<void> {
    await Promise.all(this.members.map(async ({ device, saved: own }) => {
      const saved = await device.record(tap)
      if (!saved.ok) return
      own.push(saved.value)
      this.saved.add(saved.value)
    }))
  }

  startTapping(everyMs: number): void {
    this.#tapping = setInterval(() => (this.#busy = this.#busy.then(() => this.tapAll())), everyMs)
  }

  async stopTapping(): Promise<void> {
    if (this.#tapping) clearInterval(this.#tapping)
    this.#tapping = null
    await this.#busy
  }

  get waiting(): number {
    return this.members.reduce((sum, { device }) => sum + device.status.waiting, 0)
  }

  /** Ids that the devices hold an acknowledgement for: they send in order, so all but the last ones that wait. */
  confirmed(): readonly string[] {
    return this.members.flatMap(({ device, saved }) => saved.slice(0, Math.max(0, saved.length - device.status.waiting)))
  }

  /** Ms until every device has everything confirmed; null if that takes longer than the limit. */
  async drained(limitMs: number): Promise<number | null> {
    const from = performance.now()
    while (performance.now() - from < limitMs) {
      if (this.waiting === 0) return performance.now() - from
      await pause(20)
    }
    return null
  }

  async close(): Promise<void> {
    await this.stopTapping()
    await Promise.all(this.members.map(({ device }) => device.close()))
  }
}

/** Ids of the events in a hub's database, read with other code than the hub's own. */
export const idsAtHub = (dataDir: string): readonly string[] => {
  const sql = new DatabaseSync(join(dataDir, 'hub.sqlite'), { readOnly: true })
  try {
    return sql.prepare('SELECT id FROM event ORDER BY n').all().map((row) => String(row['id']))
  } finally {
    sql.close()
  }
}

/** How many saved events a hub lacks, and how many it holds twice. */
export const compareLedgers = (saved: ReadonlySet<string>, atHub: readonly string[]): { readonly lost: number; readonly twice: number } => {
  const held = new Set(atHub)
  return { lost: [...saved].filter((id) => !held.has(id)).length, twice: atHub.length - held.size }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
