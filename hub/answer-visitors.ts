/** What the hub answers over HTTP, where nobody is known: devices that want to be paired, and phones. */
import type { Documents } from '#shared/sync/release.ts'
import { documentsToStore, documentsToTouchpoints } from '#shared/protocol/documents.ts'
import { publisherOf, type AnswerParts } from './answer-parts.ts'
import { builtinShop } from './shops/builtin/builtin-shop.ts'
import { findMember } from './shops/builtin/find-member.ts'
import { verifySignature } from './stores/keys/verify-signature.ts'
import { bringRoutes } from './transport/http/bring-routes.ts'
import { checkoutRoutes } from './transport/http/checkout-routes.ts'
import { pairAgainRoute, pairRoute } from './transport/http/pair-route.ts'
import { receiptRoutes } from './transport/http/receipt-routes.ts'
import type { Route } from './transport/http/route.ts'
import type { ForeignShop } from './use-cases/foreign-shop.ts'
import { pairAgain } from './use-cases/pair-again.ts'
import { pairDevice } from './use-cases/pair-device.ts'

/** Tries to pair per minute and address; the devices, people and tests of a demo share theirs. */
const PAIR_TRIES = { loopback: 600, network: 10 }

/** `foreign`: the connected web shop's own checkout; null: ours. */
export const visitorRoutes = ({ data, assortments, sockets, clock, random, timer, log }: AnswerParts, loopback: boolean, foreign: ForeignShop | null): readonly Route[] => {
  const { transactions, documents, devices, codes, keys, quotes, orders, allotments, funnel } = data
  const items = (): Documents => documents.current()?.items ?? {}
  const storeName = (): string => {
    const store = documentsToStore(items())
    return store.ok ? store.value.name : ''
  }
  const publisher = publisherOf(data)
  const pair = pairDevice({ transactions, devices, codes, keys, clock, random, log, publisher, storeName, defaultTouchpoint: (role) => (role === 'kiosk' ? kioskPlace(items()) : null) })
  const again = pairAgain({ devices, keys, log, publisher, storeName, isOnline: sockets.isOnline })
  const shop = builtinShop({ assortments, orders, allotments, transactions, random, findMember })
  const verify = async (pub: string, message: Uint8Array, signature: Uint8Array): Promise<boolean> => verifySignature(pub, message, signature)
  const phone = { assortments, devices, quotes, transactions, allotments, shop: foreign ? { ...shop, findMember: foreign.shop.findMember } : shop, foreign, funnel, hints: sockets.hints, clock, log, verify, brought: data.brought }
  const tries = loopback ? PAIR_TRIES.loopback : PAIR_TRIES.network
  return [pairRoute(pair, tries), pairAgainRoute(again, tries), ...checkoutRoutes(phone), ...bringRoutes(phone), ...receiptRoutes({ ...data, clock, timer, hints: sockets.hints })]
}

/** Where a kiosk stands if nobody said. */
const kioskPlace = (items: Documents): string | null => {
  const places = documentsToTouchpoints(items)
  return (places.find(({ id }) => id === 'kiosk') ?? places.find(({ phase }) => phase === 'during') ?? places[0])?.id ?? null
}
