/** Notices when one device runs twice: both are asked to begin a new life of their outbox, so that none of their events meets the other's; and if they go on taking turns, people are told. */
import type { AuditBook } from '#hub/ports/audit.ts'
import type { Clock } from '#hub/ports/clock.ts'
import type { DeviceStore } from '#hub/ports/devices.ts'
import type { HintSender } from '#hub/ports/hints.ts'
import type { Log } from '#hub/ports/log.ts'
import type { DeviceId, EpochId } from '#shared/kernel/ids.ts'
import { endSharedLife, hearSpeaker, isCopied, mustRotate, UNWATCHED, type Speaker, type Watched } from '#shared/sync/copied-device.ts'
import type { Hello } from '#shared/sync/wire.ts'

/** Connections by their own names. */
export type OpenConnections = {
  isOpen(connection: string): boolean
  /** Closes it; its device connects again and greets. */
  drop(connection: string): void
}

export type WatchParts = { readonly devices: Pick<DeviceStore, 'copiedAt' | 'markCopied'>; readonly connections: OpenConnections; readonly clock: Clock; readonly hints: Pick<HintSender, 'devices'>; readonly audit: AuditBook; readonly log: Log }

type Word = { readonly dev: DeviceId; readonly connection: string }

export type CopyWatch = {
  /** True: this greeting is to be answered so that the device rotates. */
  greeted(word: Word, hello: Hello): boolean
  /** True: these events are to be refused as another history, which makes the device rotate and send them again. */
  pushed(word: Word, ep: EpochId): boolean
  reported(word: Word): void
}

export const watchCopies = (parts: WatchParts): CopyWatch => {
  const watched = new Map<DeviceId, Watched>()
  const speakers = new Map<DeviceId, Map<string, Speaker>>()

  const othersOf = ({ dev, connection }: Word): readonly (readonly [string, Speaker])[] => {
    const all = speakers.get(dev) ?? new Map<string, Speaker>()
    for (const name of all.keys()) if (name !== connection && !parts.connections.isOpen(name)) all.delete(name)
    return [...all].filter(([name]) => name !== connection)
  }
  const heard = (word: Word, speaker: Speaker): Watched => {
    const known = speakers.get(word.dev) ?? new Map<string, Speaker>()
    speakers.set(word.dev, known.set(word.connection, speaker))
    const now = hearSpeaker(watched.get(word.dev) ?? UNWATCHED, speaker, parts.clock.now())
    watched.set(word.dev, now)
    if (isCopied(now)) tell(parts, word.dev)
    return now
  }

  return {
    greeted: (word, { boot, ep }) => {
      const before = watched.get(word.dev) ?? UNWATCHED
      const others = othersOf(word)
      const now = endSharedLife(heard(word, { boot, ep }), { boot, ep }, others.map(([, speaker]) => speaker), parts.clock.now())
      watched.set(word.dev, now)
      // Whoever else is there has to greet again: it learns that its life has ended, or shows by its turn that it is another storage.
      const isNews = now.ended.length > before.ended.length || now.turns.length > before.turns.length
      if (isNews && !isCopied(before)) for (const [name, speaker] of others) if (speaker.boot !== boot) parts.connections.drop(name)
      return mustRotate(now, ep)
    },
    pushed: (word, ep) => {
      const speaker = speakers.get(word.dev)?.get(word.connection)
      return speaker ? mustRotate(heard(word, { boot: speaker.boot, ep }), ep) : false
    },
    reported: (word) => {
      const speaker = speakers.get(word.dev)?.get(word.connection)
      if (speaker) heard(word, speaker)
    },
  }
}

/** Once, and for good: only a device that is paired anew is one device again. */
const tell = ({ devices, clock, hints, audit, log }: WatchParts, dev: DeviceId): void => {
  if (devices.copiedAt(dev) !== null) return
  devices.markCopied(dev, clock.now())
  audit.record({ who: 'hub', what: 'device.copied', device: dev, object: dev })
  log.error('a device runs twice', { dev })
  hints.devices()
}
