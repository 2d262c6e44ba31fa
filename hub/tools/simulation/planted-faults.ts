/** Mistakes that others have made, planted one at a time: a simulation that stays green with one of them would prove nothing. */
import { uuidV7 } from '#shared/kernel/ids.ts'
import { millis } from '#shared/kernel/time.ts'
import { newOutbox } from '#shared/sync/outbox.ts'
import { applyOps, diffDocuments, releaseHash } from '#shared/sync/release-hash.ts'
import type { Documents, Release } from '#shared/sync/release.ts'
import type { Ack, HelloReply, PullReply } from '#shared/sync/wire.ts'
import type { PlantedFaults } from './fleet.ts'
import type { SimulatedDisk } from './simulated-disk.ts'
import type { HubFaults } from './simulated-hub.ts'
import type { Request, TabFaults } from './simulated-tab.ts'

type LedgerFault = NonNullable<HubFaults['ledger']>
const DAY_MS = 86_400_000

type ReplyFault = NonNullable<TabFaults['reply']>

/** The hub takes every batch as new. */
const noDedupe: LedgerFault = (ledger, push) =>
  over(ledger, { holds: () => false, producer: () => ({ hw: push.ev[0]!.seq - 1, hc: push.prev, safe: 0 }), numbered: () => ({ id: '', c: push.prev }) })

/** The hub remembers what it has seen only until it stops. */
const dedupeInMemory: LedgerFault = (ledger, push, sinceBoot) =>
  push.ev.every(({ id }) => sinceBoot.has(id)) ? ledger : noDedupe(ledger, push, sinceBoot)

const noIdIndex: LedgerFault = (ledger) => over(ledger, { holds: () => false })

/** What is newer than the hub is thrown away, but confirmed. */
const unknownDropped: LedgerFault = (ledger) => over(ledger, { store: (arrival) => (arrival.event.v > 1 ? 'stored' : ledger.store(arrival)) })

/** One event that the hub cannot read stops all behind it. */
const poisonBlocks: NonNullable<HubFaults['refuse']> = (push) => (push.ev.some(({ p }) => typeof p === 'object' && p !== null && 'poison' in p) ? { code: 'failed' } : null)

/** A number below the high-water mark is believed to be the same event. */
const noFork: LedgerFault = (ledger, push) =>
  over(ledger, {
    numbered: (dev, ep, seq) => {
      const known = ledger.numbered(dev, ep, seq)
      return known && { c: seq === push.ev[0]!.seq - 1 ? push.prev : known.c, id: push.ev.find((event) => event.seq === seq)?.id ?? known.id }
    },
    producer: (dev, ep) => ledger.producer(dev, ep),
  })

const noChain: ReplyFault = (reply, request, disk) => {
  if (request.kind !== 'hello' || !isHelloReply(reply)) return reply
  const own = reply.hw === disk.state?.base.seq ? disk.state.base.chain : disk.rows.find(({ seq }) => seq === reply.hw)?.chain
  return { ...reply, hc: own ?? reply.hc, hw: Math.min(reply.hw, (disk.state?.next ?? 1) - 1) }
}

/** The device believes its own old confirmations more than a hub that lost something. */
const noRewind: ReplyFault = (reply, request, disk) => {
  if (request.kind !== 'hello' || !isHelloReply(reply) || reply.hw >= request.body.ack) return reply
  const row = disk.rows.find(({ seq }) => seq === request.body.ack)
  return row ? { ...reply, hw: row.seq, hc: row.chain } : reply
}

/** Confirmed is taken for safe. */
const pruneAtAck: ReplyFault = (reply) => (isAck(reply) ? { ...reply, safe: reply.upto } : reply)

/** What is on its way is forgotten. */
const deleteOnSend = (request: Request, disk: SimulatedDisk): Request => {
  const { state } = disk.image
  const last = request.kind === 'push' ? disk.rows.find(({ seq }) => seq === request.body.ev.at(-1)!.seq) : undefined
  if (state && last && request.kind === 'push' && request.body.ep === state.ep)
    disk.commit({ state: { ...state, ack: last.seq, base: { seq: last.seq, chain: last.chain, bytes: last.bytes } }, deleteUpTo: last.seq })
  return request
}

/** Every attempt gets ids of its own. */
const newIdsOnRetry: NonNullable<TabFaults['request']> = (request, _disk, random) =>
  request.kind === 'push' ? { kind: 'push', body: { ...request.body, ev: request.body.ev.map((event) => ({ ...event, id: uuidV7(1, random.bytes(10)) })) } } : request

/** A new life begins with an empty outbox. */
const rotateDropsKept: NonNullable<TabFaults['change']> = (change, before) =>
  before && change.state.ep !== before.ep ? { state: newOutbox(change.state.ep), deleteUpTo: before.next - 1 } : change

/** Half of a release is written, then the other half. */
const tornApply: NonNullable<TabFaults['activate']> = (release, disk, crashed) => {
  const before = disk.active?.items ?? {}
  const ops = diffDocuments(before, release.items)
  const done = crashed ? ops.slice(0, Math.ceil(ops.length / 2)) : ops
  disk.activate({ ...release, items: applyOps(before, done) })
}

/** The device trusts the hub's operations without checking what they add up to. */
const believeHash: ReplyFault = (reply, request, disk) => {
  if (request.kind !== 'pull' || !isDelta(reply) || !disk.active) return reply
  const items = applyOps(disk.active.items, reply.ops)
  return { ...reply, fromHash: disk.active.hash, head: { ...reply.head, hash: releaseHash(items) } }
}

/** The hub looks only at the number to know what a device holds. */
const deltaByNumber: NonNullable<HubFaults['shelf']> = (shelf, releases) => ({
  ...shelf,
  opsBetween: ({ rev }, to) => diffFrom(releases.find((release) => release.rev === rev), shelf.items(to.hash)),
})

const noTombstones: NonNullable<HubFaults['shelf']> = (shelf) => ({ ...shelf, opsBetween: (from, to) => shelf.opsBetween(from, to)?.filter(({ op }) => op === 'put') ?? null })

const lossyCompaction: NonNullable<HubFaults['shelf']> = (shelf) => ({ ...shelf, opsBetween: (from, to) => shelf.opsBetween(from, to)?.slice(0, 2) ?? null })

/** Whatever calls itself a release is shown, whoever made it. */
const signatureNotChecked: NonNullable<TabFaults['judge']> = () => null

/** A release is shown as soon as it is there. */
const activatedEarly: NonNullable<TabFaults['time']> = (time) => ({ ...time, verified: true, at: millis(time.at + DAY_MS) })

/** The device's own clock decides. */
const activatedByWall: NonNullable<TabFaults['time']> = (_time, wall) => ({ verified: true, at: millis(wall), atLeast: millis(wall) })

/** After a start without the hub the device believes its own clock. */
const wallAfterColdStart: NonNullable<TabFaults['time']> = (time, wall) => (time.verified ? time : { verified: true, at: millis(wall), atLeast: millis(wall) })

/** Each must make the simulation fail within some seeds. */
export const PLANTED_FAULTS: { readonly [name: string]: PlantedFaults } = {
  'no-dedupe': { hub: { ledger: noDedupe } },
  'dedupe-in-memory': { hub: { ledger: dedupeInMemory } },
  'no-id-index': { hub: { ledger: noIdIndex } },
  'new-ids-on-retry': { tab: { request: newIdsOnRetry } },
  'poison-blocks': { hub: { refuse: poisonBlocks } },
  'unknown-version-dropped': { hub: { ledger: unknownDropped } },
  'delete-on-send': { tab: { request: deleteOnSend } },
  'relaxed-durability': { tab: { relaxed: true } },
  'no-rewind-after-restore': { tab: { reply: noRewind } },
  'prune-at-ack': { tab: { reply: pruneAtAck } },
  'ack-before-commit': { hub: { ackBeforeCommit: true } },
  'no-chain-no-fork': { hub: { ledger: noFork }, tab: { reply: noChain } },
  'no-fork': { hub: { ledger: noFork } },
  'rotate-drops-kept': { tab: { change: rotateDropsKept } },
  'torn-apply': { tab: { activate: tornApply } },
  'delta-without-base-check': { hub: { shelf: deltaByNumber }, tab: { reply: believeHash, judge: signatureNotChecked } },
  'no-tombstones': { hub: { shelf: noTombstones }, tab: { reply: believeHash, judge: signatureNotChecked } },
  'signature-not-checked': { tab: { judge: signatureNotChecked } },
  'activated-early': { tab: { time: activatedEarly } },
  'activated-by-wall-clock': { tab: { time: activatedByWall } },
  'wall-clock-after-cold-start': { tab: { time: wallAfterColdStart } },
  'compaction-bug-without-hash': { hub: { shelf: lossyCompaction }, tab: { reply: believeHash, judge: signatureNotChecked } },
}

/** Faults that a second defence heals: the simulation must stay green with them. */
export const HEALED_FAULTS: { readonly [name: string]: PlantedFaults } = {
  'compaction-bug': { hub: { shelf: lossyCompaction } },
  'no-tombstones-with-hash': { hub: { shelf: noTombstones } },
  /** Nonces, gaps and hashes catch what an answer from an earlier run of the hub could do: green in 1,500 seeds. */
  'no-boot-epoch': { hub: { epoch: () => 'db.1' } },
}

const over = <T extends object>(target: T, methods: Partial<T>): T =>
  new Proxy(target, {
    get: (object, key) => {
      const own: unknown = Reflect.get(methods, key)
      if (own !== undefined) return own
      const value: unknown = Reflect.get(object, key)
      return typeof value === 'function' ? (value.bind(object) as unknown) : value
    },
  })

const diffFrom = (from: Release | undefined, to: { readonly items: Documents } | null): ReturnType<typeof diffDocuments> | null => (from && to ? diffDocuments(from.items, to.items) : null)

const isHelloReply = (reply: unknown): reply is HelloReply => typeof reply === 'object' && reply !== null && 'hc' in reply
const isAck = (reply: unknown): reply is Ack => typeof reply === 'object' && reply !== null && 'upto' in reply
const isDelta = (reply: unknown): reply is Extract<PullReply, { type: 'delta' }> => typeof reply === 'object' && reply !== null && 'type' in reply && reply.type === 'delta'
