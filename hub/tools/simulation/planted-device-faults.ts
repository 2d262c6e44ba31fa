/** Mistakes of a device that tells the hub what it has. */
import { uuidV7 } from '#shared/kernel/ids.ts'
import { newOutbox } from '#shared/sync/outbox.ts'
import type { Ack, HelloReply } from '#shared/sync/wire.ts'
import type { SimulatedDisk } from './simulated-disk.ts'
import type { Request, TabFaults } from './simulated-tab.ts'

type ReplyFault = NonNullable<TabFaults['reply']>

/** A copied storage is not noticed by what its history adds up to. */
export const noChain: ReplyFault = (reply, request, disk) => {
  if (request.kind !== 'hello' || !isHelloReply(reply)) return reply
  const own = reply.hw === disk.state?.base.seq ? disk.state.base.chain : disk.rows.find(({ seq }) => seq === reply.hw)?.chain
  return { ...reply, hc: own ?? reply.hc, hw: Math.min(reply.hw, (disk.state?.next ?? 1) - 1) }
}

/** The device believes its own old confirmations more than a hub that lost something. */
export const noRewind: ReplyFault = (reply, request, disk) => {
  if (request.kind !== 'hello' || !isHelloReply(reply) || reply.hw >= request.body.ack) return reply
  const row = disk.rows.find(({ seq }) => seq === request.body.ack)
  return row ? { ...reply, hw: row.seq, hc: row.chain } : reply
}

/** Confirmed is taken for safe. */
export const pruneAtAck: ReplyFault = (reply) => (isAck(reply) ? { ...reply, safe: reply.upto } : reply)

/** What is on its way is forgotten. */
export const deleteOnSend = (request: Request, disk: SimulatedDisk): Request => {
  const { state } = disk.image
  const last = request.kind === 'push' ? disk.rows.find(({ seq }) => seq === request.body.ev.at(-1)!.seq) : undefined
  if (state && last && request.kind === 'push' && request.body.ep === state.ep)
    disk.commit({ state: { ...state, ack: last.seq, base: { seq: last.seq, chain: last.chain, bytes: last.bytes } }, deleteUpTo: last.seq })
  return request
}

/** Every attempt gets ids of its own. */
export const newIdsOnRetry: NonNullable<TabFaults['request']> = (request, _disk, random) =>
  request.kind === 'push' ? { kind: 'push', body: { ...request.body, ev: request.body.ev.map((event) => ({ ...event, id: uuidV7(1, random.bytes(10)) })) } } : request

/** A new life begins with an empty outbox. */
export const rotateDropsKept: NonNullable<TabFaults['change']> = (change, before) =>
  before && change.state.ep !== before.ep ? { state: newOutbox(change.state.ep), deleteUpTo: before.next - 1 } : change

/** Takes the hub's high-water mark for a confirmation of everything below it. */
export const cumulativeAck = (): TabFaults => {
  const heard = new WeakMap<SimulatedDisk, number>()
  return {
    reply: (reply, _request, disk) => {
      if (isAck(reply)) heard.set(disk, reply.upto)
      return reply
    },
    change: (change, before, disk) => {
      const upto = heard.get(disk)
      heard.delete(disk)
      const { state } = change
      return upto === undefined || before?.ep !== state.ep ? change : { ...change, state: { ...state, ack: Math.max(state.ack, Math.min(upto, state.next - 1)) } }
    },
  }
}

/** Does not mind a hub that knows more of this life than it does. */
export const noRotateOnMore: ReplyFault = (reply, request, disk) => {
  const last = (disk.state?.next ?? 1) - 1
  if (isAck(reply)) return { ...reply, hw: Math.min(reply.hw, last) }
  return isHelloReply(reply) && request.kind === 'hello' && reply.hw > last ? { ...reply, hw: last, hc: disk.state?.chain ?? reply.hc } : reply
}

/** A batch that the hub did not take counts as confirmed: those behind it were sent too. */
export const refusedIsConfirmed: ReplyFault = (reply, request, _disk, hubEpoch) => {
  if (request.kind !== 'push' || hubEpoch === null || !(isError(reply, 'gap') || isError(reply, 'disk'))) return reply
  const last = request.body.ev.at(-1)!.seq
  return { hubEpoch, upto: last, hw: last, safe: 0, now: 0 } satisfies Ack
}

/** Any answer to a greeting will do. */
export const noNonce: ReplyFault = (reply, request) => (isHelloReply(reply) && request.kind === 'hello' ? { ...reply, n: request.body.n } : reply)

const isHelloReply = (reply: unknown): reply is HelloReply => typeof reply === 'object' && reply !== null && 'hc' in reply
const isAck = (reply: unknown): reply is Ack => typeof reply === 'object' && reply !== null && 'upto' in reply
const isError = (reply: unknown, code: string): boolean => typeof reply === 'object' && reply !== null && 'code' in reply && reply.code === code
