/** Puts together how devices come in and go: codes, numbers, profiles, the way out; over HTTP for whoever is no device yet, over the socket for managers. */
import type { DeviceId } from '#shared/kernel/ids.ts'
import { err, ok, type Result } from '#shared/kernel/result.ts'
import type { Documents } from '#shared/sync/release.ts'
import { documentsToStore, documentsToTouchpoints } from '#shared/protocol/documents.ts'
import type { PairingCalls } from '#shared/protocol/pairing-calls.ts'
import { publisherOf, type AnswerParts } from './answer-parts.ts'
import type { Caller } from './ports/caller.ts'
import { pairAgainRoute, pairRoutes } from './transport/http/pair-route.ts'
import type { Route } from './transport/http/route.ts'
import type { CallHandlers } from './transport/socket/handlers.ts'
import { decidePairing, listAsked } from './use-cases/devices/decide-pairing.ts'
import { putInForce, saveProfile } from './use-cases/devices/keep-profiles.ts'
import { madeByManager, makePairingCode } from './use-cases/devices/make-pairing-code.ts'
import { pairAgain } from './use-cases/devices/pair-again.ts'
import { answerPairing, awaitPairing, pairDevice, type PairParts } from './use-cases/devices/pair-device.ts'
import type { PublishReviewed } from './use-cases/releases/publish-reviewed.ts'
import { revokeDevice } from './use-cases/devices/revoke-device.ts'

/** Tries to pair per minute and address; the devices, people and tests of a demo share theirs. */
const PAIR_TRIES = { loopback: 600, network: 10 }

export type Pairing = { readonly routes: readonly Route[]; readonly calls: Pick<CallHandlers, keyof PairingCalls> }
/** `publish` already takes the profiles along; `tell` says something to the person who sits at the hub. */
export type PairingWorld = { readonly alone: boolean; readonly publish: PublishReviewed; readonly tell: (line: string) => void }

export const openPairing = (answer: AnswerParts, { alone, publish, tell }: PairingWorld): Pairing => {
  const { data, sockets, clock, random, log } = answer
  const { transactions, documents, devices, codes, keys, audit, allotments } = data
  const { hints } = sockets
  const common = { transactions, documents, devices, codes, keys, audit, hints, clock, random, log, publish }
  const items = (): Documents => documents.current()?.items ?? {}
  const naming = { publisher: publisherOf(data), storeName: () => storeName(items()) }
  const parts: PairParts = { ...common, ...naming, tell, defaultTouchpoint: (role) => (role === 'kiosk' ? kioskPlace(items()) : null), profiled: () => void putInForce(common) }
  const again = pairAgain({ devices, keys, log, ...naming, isOnline: sockets.isOnline })
  const makeCode = makePairingCode(common)
  const revoke = revokeDevice({ ...common, allotments, closeConnections: sockets.closeConnections })
  const [list, decide, save] = [listAsked(common), decidePairing(common), saveProfile(common)]
  return {
    routes: [...pairRoutes({ pair: pairDevice(parts), wait: awaitPairing(parts), answer: answerPairing(parts) }, alone ? PAIR_TRIES.loopback : PAIR_TRIES.network), pairAgainRoute(again, alone ? PAIR_TRIES.loopback : PAIR_TRIES.network)],
    calls: {
      'device.code': (request, caller) => orCode(makeCode(madeByManager(request), whoOf(caller)), 'busy'),
      'device.revoke': ({ dev }, caller) => orCode(revoke(dev as DeviceId, whoOf(caller)), 'not_found'),
      'pairing.list': () => ok(list()),
      'pairing.decide': (request, caller) => orCode(decide(request, whoOf(caller)), 'not_found'),
      'profile.save': (request, caller) => save(request, whoOf(caller)),
    },
  }
}

const whoOf = (caller: Caller): { readonly who: string; readonly dev: DeviceId } => ({ who: caller.person?.id ?? 'unknown', dev: caller.dev })

const storeName = (items: Documents): string => {
  const store = documentsToStore(items)
  return store.ok ? store.value.name : ''
}

/** Where a kiosk stands if nobody said. */
const kioskPlace = (items: Documents): string | null => {
  const places = documentsToTouchpoints(items)
  return (places.find(({ id }) => id === 'kiosk') ?? places.find(({ phase }) => phase === 'during') ?? places[0])?.id ?? null
}

const orCode = <T, C extends 'busy' | 'not_found'>(result: Result<T, unknown>, code: C): Result<T, { readonly code: C }> => (result.ok ? result : err({ code }))
