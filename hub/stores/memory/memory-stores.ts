/** All hub stores in memory: for tests, and for a hub that need not remember. A failed transaction puts back a copy. */
import type { Clock } from '#hub/ports/clock.ts'
import type { DeviceStore, PairedDevice, PairingCodeStore } from '#hub/ports/devices.ts'
import type { HubStores } from '#hub/ports/stores.ts'
import type { Transaction, Transactions } from '#hub/ports/transaction.ts'
import type { PairingCode } from '#shared/devices/pairing.ts'
import { millis, type Millis } from '#shared/kernel/time.ts'
import { memoryAllotmentLedger } from './memory-allotments.ts'
import { memoryAuditLog } from './memory-audit-log.ts'
import { memoryState, type MemoryBox } from './memory-box.ts'
import { memoryDeviceStreams } from './memory-device-streams.ts'
import { memoryDocumentStore } from './memory-documents.ts'
import { memoryEventLedger } from './memory-event-ledger.ts'
import { memoryPriceLedger } from './memory-price-ledger.ts'

/** At the end of time every release has begun. */
const LATER_THAN_ALL: Clock = { now: () => millis(Number.MAX_SAFE_INTEGER) }

export const memoryStores = (clock = LATER_THAN_ALL): HubStores => {
  const box: MemoryBox = { state: memoryState() }
  const transactions = memoryTransactions(box)
  return {
    transactions,
    audit: memoryAuditLog(box, transactions, clock),
    events: memoryEventLedger(box),
    documents: memoryDocumentStore(box, clock),
    devices: memoryDeviceStore(box),
    codes: memoryPairingCodeStore(box),
    allotments: memoryAllotmentLedger(box),
    prices: memoryPriceLedger(box),
    streams: memoryDeviceStreams(box),
  }
}

const memoryTransactions = (box: MemoryBox): Transactions => {
  const levels: (() => void)[][] = []
  const run = <T>(work: (tx: Transaction) => T): T => {
    const before = structuredClone(box.state)
    const depth = levels.length
    const tasks: (() => void)[] = []
    levels.push(tasks)
    try {
      const value = work({ afterCommit: (task) => levels.at(-1)!.push(task) })
      levels.pop()
      if (depth > 0) levels.at(-1)!.push(...tasks)
      else for (const task of tasks) task()
      return value
    } catch (error) {
      levels.length = depth
      box.state = before
      throw error
    }
  }
  return { run, troubleOf: () => null }
}

const memoryDeviceStore = (box: MemoryBox): DeviceStore => ({
  add: (device) => {
    if (box.state.devices.has(device.dev)) throw new Error(`device ${device.dev} is already there`)
    box.state.devices.set(device.dev, device)
  },
  find: (dev) => box.state.devices.get(dev) ?? null,
  findByKeyId: (keyId) => [...box.state.devices.values()].filter((device) => device.keyId === keyId),
  list: () => [...box.state.devices.values()].map((device) => Object.assign({ report: box.state.reports.get(device.dev) ?? null }, device)),
  saveReport: (dev, report) => {
    if (!box.state.devices.has(dev)) throw new Error(`device ${dev} is not there`)
    box.state.reports.set(dev, { ...box.state.reports.get(dev), ...report })
  },
  copiedAt: (dev) => copiedAtOf(box.state.devices.get(dev)),
  markCopied: (dev, at) => {
    const device = box.state.devices.get(dev)
    if (device && copiedAtOf(device) === null) box.state.devices.set(dev, Object.assign({ copiedAt: at }, device))
  },
  revoke: (dev, at) => {
    const device = box.state.devices.get(dev)
    if (!device || device.revokedAt !== null) return false
    box.state.devices.set(dev, { ...device, revokedAt: at })
    return true
  },
  profileOf: (dev) => box.state.profiles.get(dev) ?? null,
  saveProfile: (dev, profile) => void box.state.profiles.set(dev, profile),
  profiles: () =>
    [...box.state.devices.values()].flatMap(({ dev, revokedAt }) => {
      const profile = revokedAt === null ? box.state.profiles.get(dev) : undefined
      return profile ? [{ ...profile, id: dev }] : []
    }),
  rename: (dev, name) => {
    const device = box.state.devices.get(dev)
    if (device) box.state.devices.set(dev, { ...device, name })
  },
  place: (dev, touchpoint) => {
    const device = box.state.devices.get(dev)
    if (device) box.state.devices.set(dev, { ...device, touchpoint })
  },
})

const copiedAtOf = (device: (PairedDevice & { readonly copiedAt?: Millis }) | undefined): Millis | null => device?.copiedAt ?? null

const memoryPairingCodeStore = (box: MemoryBox): PairingCodeStore => {
  const removeWhere = (gone: (code: PairingCode) => boolean): void => {
    for (const code of box.state.codes.values()) if (gone(code)) box.state.codes.delete(code.selector)
  }
  return {
    find: (selector) => box.state.codes.get(selector) ?? null,
    save: (code) => void box.state.codes.set(code.selector, code),
    asked: () => [...box.state.codes.values()].filter(({ asked }) => asked?.state.type === 'waiting').toSorted((a, b) => (a.asked?.at ?? 0) - (b.asked?.at ?? 0)),
    remove: (selector) => void box.state.codes.delete(selector),
    removePrinted: () => removeWhere(({ name }) => name === null),
    removeExpired: (now) => removeWhere(({ expiresAt }) => expiresAt <= now),
  }
}
