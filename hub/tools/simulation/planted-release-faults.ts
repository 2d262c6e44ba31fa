/** Mistakes about releases: what is sent, believed, written and shown, and when. */
import { millis } from '#shared/kernel/time.ts'
import { applyOps, diffDocuments, releaseHash } from '#shared/sync/release-hash.ts'
import type { Documents, Release } from '#shared/sync/release.ts'
import type { PullReply } from '#shared/sync/wire.ts'
import type { HubFaults } from './simulated-hub.ts'
import type { TabFaults } from './simulated-tab.ts'

const DAY_MS = 86_400_000

/** Half of a release is written, then the other half. */
export const tornApply: NonNullable<TabFaults['activate']> = (release, disk, crashed) => {
  const before = disk.active?.items ?? {}
  const ops = diffDocuments(before, release.items)
  const done = crashed ? ops.slice(0, Math.ceil(ops.length / 2)) : ops
  disk.activate({ ...release, items: applyOps(before, done) })
}

/** The device trusts the hub's operations without checking what they add up to. */
export const believeHash: NonNullable<TabFaults['reply']> = (reply, request, disk) => {
  if (request.kind !== 'pull' || !isDelta(reply) || !disk.active) return reply
  const items = applyOps(disk.active.items, reply.ops)
  return { ...reply, fromHash: disk.active.hash, head: { ...reply.head, hash: releaseHash(items) } }
}

/** The hub looks only at the number to know what a device holds. */
export const deltaByNumber: NonNullable<HubFaults['shelf']> = (shelf, releases) => ({
  ...shelf,
  opsBetween: ({ rev }, to) => diffFrom(releases.find((release) => release.rev === rev), shelf.items(to.hash)),
})

export const noTombstones: NonNullable<HubFaults['shelf']> = (shelf) => ({ ...shelf, opsBetween: (from, to) => shelf.opsBetween(from, to)?.filter(({ op }) => op === 'put') ?? null })

export const lossyCompaction: NonNullable<HubFaults['shelf']> = (shelf) => ({ ...shelf, opsBetween: (from, to) => shelf.opsBetween(from, to)?.slice(0, 2) ?? null })

/** Whatever calls itself a release is shown, whoever made it. */
export const signatureNotChecked: NonNullable<TabFaults['judge']> = () => null

/** A release is shown as soon as it is there. */
export const activatedEarly: NonNullable<TabFaults['time']> = (time) => ({ ...time, verified: true, at: millis(time.at + DAY_MS) })

/** The device's own clock decides. */
export const activatedByWall: NonNullable<TabFaults['time']> = (_time, wall) => ({ verified: true, at: millis(wall), atLeast: millis(wall) })

/** After a start without the hub the device believes its own clock. */
export const wallAfterColdStart: NonNullable<TabFaults['time']> = (time, wall) => (time.verified ? time : { verified: true, at: millis(wall), atLeast: millis(wall) })

const diffFrom = (from: Release | undefined, to: { readonly items: Documents } | null): ReturnType<typeof diffDocuments> | null => (from && to ? diffDocuments(from.items, to.items) : null)

const isDelta = (reply: unknown): reply is Extract<PullReply, { type: 'delta' }> => typeof reply === 'object' && reply !== null && 'type' in reply && reply.type === 'delta'
