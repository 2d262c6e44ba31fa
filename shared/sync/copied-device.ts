/**
 * Tells two devices that live on one identity (a copied disk, a copied browser profile) from one device that was loaded anew.
 * A page names its load (`boot`), its outbox names its life (`ep`). One storage never goes back to a life it has left: if loads take turns and their lives with them, there are two storages.
 */
import type { EpochId } from '../kernel/ids.ts'
import type { Hello } from './wire.ts'

/** Turns within this time count. */
export const TURNS_WINDOW_MS = 600_000
/** More turns than this are no accident. */
export const MAX_TURNS = 2
/** Two page loads in one life of the outbox are asked at most so often to begin new ones: two tabs share a storage and are harmless. */
export const ASK_AGAIN_MS = 600_000
/** Lives that were ended here; a device that was off comes back with one of them. */
const MAX_ENDED = 16

/** Who speaks: which page load, in which life of its outbox. */
export type Speaker = Pick<Hello, 'boot' | 'ep'>

/** What is remembered of one device. */
export type Watched = {
  readonly last: Speaker | null
  /** When somebody else spoke in another life than the one before, within the window. */
  readonly turns: readonly number[]
  /** Lives nobody may go on with: two page loads were in them at once. */
  readonly ended: readonly EpochId[]
  readonly askedAt: number | null
}
export const UNWATCHED: Watched = { last: null, turns: [], ended: [], askedAt: null }

/** Somebody has spoken in the device's name. */
export const hearSpeaker = (watched: Watched, { boot, ep }: Speaker, now: number): Watched => {
  const { last } = watched
  const isTurn = last !== null && last.boot !== boot && last.ep !== ep
  const turns = watched.turns.filter((at) => now - at < TURNS_WINDOW_MS)
  return { ...watched, last: { boot, ep }, turns: isTurn ? [...turns, now] : turns }
}

export const isCopied = ({ turns }: Watched): boolean => turns.length > MAX_TURNS

/** Must whoever speaks in this life begin a new one? */
export const mustRotate = ({ ended }: Watched, ep: EpochId): boolean => ended.includes(ep)

/** `others`: page loads of the same device that are connected now. Two in one life: that life ends for both. */
export const endSharedLife = (watched: Watched, { boot, ep }: Speaker, others: readonly Speaker[], now: number): Watched => {
  const isShared = others.some((other) => other.boot !== boot && other.ep === ep)
  const isTooSoon = watched.askedAt !== null && now - watched.askedAt < ASK_AGAIN_MS
  return !isShared || isTooSoon || mustRotate(watched, ep) ? watched : { ...watched, ended: [...watched.ended, ep].slice(-MAX_ENDED), askedAt: now }
}
