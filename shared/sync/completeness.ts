/**
 * Which answers are here and which are still out there. A device tells until when everything it recorded is confirmed; the hub holds it to that word:
 * what comes later in the same stream cannot have happened before. So a sealed day never gains an answer, whatever the clocks of the devices show.
 */
import type { EpochId } from '../kernel/ids.ts'
import type { EventDraft } from './event.ts'
import type { OutboxStep } from './outbox.ts'
import type { Hello, StreamStanding } from './wire.ts'

/** What the hub keeps of a device's words about one of its epochs. Times are hub time in ms. */
export type StreamWord = {
  readonly ep: EpochId
  readonly firstSeenAt: number
  /** Events it brought along when the epoch began: those kept from the one before, numbered anew. */
  readonly brought: number
  readonly seenAt: number
  /** Number its next event will get, as last said. */
  readonly next: number
  /** Everything up to number `seq` was confirmed, and what comes after it happened at `until` or later; null: it never said so. */
  readonly settled: { readonly seq: number; readonly until: number } | null
  /** Numbers up to here are lost on both sides, as the device found out; 0: none. */
  readonly declaredTo: number
  /** Numbers that the hub had once confirmed and asked for again, because its database was put back or mended; null: none. */
  readonly again: { readonly from: number; readonly to: number } | null
}

/** A device's outbox as it tells of it, in one reading of its storage. Shape  null before the first event or greeting. */
export const tellStanding = (now: number): OutboxStep<StreamStanding | null> => ({
  writes: 'never',
  need: (state) => ({ from: state.ack + 1, to: state.ack + 1, limit: 1 }),
  decide: (state, rows) => {
    if (!state) return { change: null, result: null }
    const oldest = rows[0]
    const settledUntil = oldest ? Math.min(hubTimeOf(JSON.parse(oldest.json) as EventDraft), now) : now
    return { change: null, result: { ep: state.ep, next: state.next, settledUntil: Math.max(0, Math.round(settledUntil)) } }
  },
})

/** When an event happened by the hub's clock, as far as the device knew it. */
export const hubTimeOf = ({ at, off }: Pick<EventDraft, 'at' | 'off'>): number => at + (off ?? 0)

/** The moment of an event, held to what its device had said before: after `seq` nothing is older than `until`. */
export const notBefore = (word: Pick<StreamWord, 'settled'> | null, seq: number, at: number): number =>
  word?.settled && seq > word.settled.seq ? Math.max(at, word.settled.until) : at

type Said = Pick<Hello, 'ep' | 'next' | 'queued'> & { readonly settledUntil: number; /** A greeting's claim to what was confirmed. */ readonly ack: number | null }

/**
 * What the hub knows of an epoch after the device spoke again.
 * Order   a word counts only as far as the hub holds what the device believes confirmed (`held`): otherwise the hub has lost something and gets it again.
 *         The latest moment stands: an event whose clock was wrong cannot open a day again.
 */
export const hearWord = (known: StreamWord | null, said: Said, held: number, now: number): StreamWord => {
  const confirmed = said.ack ?? said.next - 1 - said.queued
  const until = Math.min(said.settledUntil, now)
  const isNews = confirmed <= held && until > (known?.settled?.until ?? 0)
  const again = said.ack !== null && said.ack > held ? { from: Math.min(known?.again?.from ?? Infinity, held + 1), to: Math.max(known?.again?.to ?? 0, said.ack) } : (known?.again ?? null)
  return {
    ep: said.ep,
    firstSeenAt: known?.firstSeenAt ?? now,
    brought: known?.brought ?? said.next - 1,
    seenAt: now,
    next: Math.max(said.next, known?.next ?? 1),
    settled: isNews ? { seq: confirmed, until } : (known?.settled ?? null),
    declaredTo: known?.declaredTo ?? 0,
    again,
  }
}

/** One epoch beside what the hub holds of it: its highest number, and how many of the events brought along were new to the hub. */
export type HeldStream = StreamWord & { readonly held: number; readonly newOfBrought: number }

/** Events that nobody will ever see: between two moments, at most so many. */
export type Loss = { readonly upTo: number; readonly from: number; readonly to: number }

/** A device as completeness knows it. Order  streams by their beginning. */
export type DeviceFacts = {
  readonly pairedAt: number
  readonly revokedAt: number | null
  /** Hub time of its last word; null if it never spoke. */
  readonly seenAt: number | null
  /** Events it said were waiting; counts where it tells nothing of its stream. */
  readonly waiting: number
  readonly streams: readonly HeldStream[]
}

export type Standing = {
  /** Everything it recorded before is here; null: nobody knows. */
  readonly settledUntil: number | null
  /** Events known to be still on it. A silent device may hold more. */
  readonly waiting: number
  /** Lost with an earlier storage, or on both sides. */
  readonly losses: readonly Loss[]
  /** Came again after the hub's database was put back or mended. */
  readonly recovered: number
}

export const standingOf = (device: DeviceFacts): Standing => {
  const { streams } = device
  /** A copied storage may go on in an earlier epoch beside the newest one. */
  const alive = streams.filter((stream, i) => i === streams.length - 1 || stream.seenAt > streams[i + 1]!.firstSeenAt)
  const covered = alive.map(coveredUntil)
  return {
    settledUntil: covered.length === 0 || covered.includes(null) ? null : Math.min(...(covered as readonly number[])),
    waiting: alive.length > 0 ? alive.reduce((sum, { next, held }) => sum + Math.max(0, next - 1 - held), 0) : device.waiting,
    losses: streams.flatMap((stream, i) => (alive.includes(stream) ? [] : lossBefore(stream, streams[i + 1]!))),
    recovered: streams.reduce((sum, { again, held }) => sum + (again ? Math.max(0, Math.min(held, again.to) - again.from + 1) : 0), 0),
  }
}

/** A hub that holds less than what was confirmed cannot rely on the word that it was all. */
const coveredUntil = ({ settled, held }: HeldStream): number | null => (settled && held >= settled.seq ? settled.until : null)

/** What an epoch still owed when the next one began, without what the next one brought along of it. */
const lossBefore = (stream: HeldStream, next: HeldStream): readonly Loss[] => {
  const owed = Math.max(stream.next - 1, stream.declaredTo) - stream.held
  const upTo = owed - Math.max(0, next.newOfBrought - (stream.declaredTo > 0 ? 1 : 0))
  return upTo > 0 ? [{ upTo, from: coveredUntil(stream) ?? stream.settled?.until ?? stream.firstSeenAt, to: next.firstSeenAt }] : []
}

/** Devices report every minute; three missed reports are silence. */
export const SILENT_AFTER_MS = 180_000

/** A stretch of hub time, `until` not included. */
export type Stretch = { readonly from: number; readonly until: number }

/**
 * How complete one day of one device is.
 * sealed   all it recorded is here · so-far: so it is for a day that still runs, until that moment
 * open     it is heard, and at least so many of its events are under way; `since`: the oldest of them
 * unknown  it is silent since then; it holds at least so many · gone: the same for a device that was signed out
 * lost     at most so many of its events will never come
 */
export type DaySeal =
  | { readonly type: 'sealed' }
  | { readonly type: 'so-far'; readonly until: number }
  | { readonly type: 'open' | 'unknown' | 'gone'; readonly atLeast: number; readonly since: number | null }
  | { readonly type: 'lost'; readonly upTo: number }

/** The seal of one day; null for a day on which the device did not belong to the store. */
export const sealDay = (device: DeviceFacts, day: Stretch, now: number): DaySeal | null => {
  if (day.until <= device.pairedAt || day.from > now || (device.revokedAt !== null && device.revokedAt <= day.from)) return null
  const { settledUntil, waiting, losses } = standingOf(device)
  const upTo = losses.filter(({ from, to }) => from < day.until && to > day.from).reduce((sum, loss) => sum + loss.upTo, 0)
  if (upTo > 0) return { type: 'lost', upTo }
  if (settledUntil !== null && settledUntil >= day.until) return { type: 'sealed' }
  if (device.revokedAt !== null) return { type: 'gone', atLeast: waiting, since: device.seenAt }
  if (device.seenAt === null || now - device.seenAt > SILENT_AFTER_MS) return { type: 'unknown', atLeast: waiting, since: device.seenAt }
  if (waiting === 0 && settledUntil !== null && now < day.until) return { type: 'so-far', until: settledUntil }
  return { type: 'open', atLeast: waiting, since: settledUntil }
}

export type MissingDevice = {
  readonly dev: string
  readonly name: string
  /** At least so many events; a silent device may hold more. */
  readonly waiting: number
  /** Since when nothing newer of it can be here; null if it never spoke. */
  readonly since: number | null
  /** At most so many of `waiting` will never come: lost with a storage, or left on a device that was signed out. Absent: none. */
  readonly lost?: number
}

/** Devices whose answers may lack in a figure about a stretch of time: they hold events of it, have not spoken since, or lost some. Order as given. */
export const missingFrom = (devices: readonly (DeviceFacts & { readonly dev: string; readonly name: string })[], stretch: Stretch, now: number): readonly MissingDevice[] =>
  devices.flatMap((device) => {
    const { settledUntil, waiting, losses } = standingOf(device)
    const { dev, name, seenAt, revokedAt } = device
    const lost = losses.filter(({ from, to }) => from < stretch.until && to > stretch.from).reduce((sum, loss) => sum + loss.upTo, 0)
    const until = Math.min(stretch.until, revokedAt ?? Infinity)
    const isOutside = until <= stretch.from || device.pairedAt >= stretch.until || (settledUntil !== null && settledUntil >= until)
    const left = isOutside ? 0 : waiting
    if (revokedAt !== null) return lost + left > 0 ? [{ dev, name, waiting: 0, since: seenAt, lost: lost + left }] : []
    const isHeard = seenAt !== null && seenAt >= Math.min(until, now) - SILENT_AFTER_MS
    if ((isOutside || (isHeard && left === 0)) && lost === 0) return []
    return [{ dev, name, waiting: left, since: seenAt, ...(lost > 0 && { lost }) }]
  })
