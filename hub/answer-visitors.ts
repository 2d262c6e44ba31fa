/** What the hub answers over HTTP, where nobody is known: phones. Devices that want to be paired are answered by `open-pairing.ts`. */
import type { AnswerParts } from './answer-parts.ts'
import { builtinShop } from './shops/builtin/builtin-shop.ts'
import { findMember } from './shops/builtin/find-member.ts'
import { verifySignature } from './stores/keys/verify-signature.ts'
import { bringRoutes } from './transport/http/bring-routes.ts'
import { checkoutRoutes } from './transport/http/checkout-routes.ts'
import { receiptRoutes } from './transport/http/receipt-routes.ts'
import type { Route } from './transport/http/route.ts'
import type { ForeignShop } from './use-cases/shops/foreign-shop.ts'

/** `foreign`: the connected web shop's own checkout; null: ours. */
export const visitorRoutes = ({ data, assortments, sockets, clock, random, timer, log }: AnswerParts, foreign: ForeignShop | null): readonly Route[] => {
  const { transactions, devices, quotes, orders, allotments, funnel } = data
  const shop = builtinShop({ assortments, orders, allotments, transactions, random, findMember })
  const verify = async (pub: string, message: Uint8Array, signature: Uint8Array): Promise<boolean> => verifySignature(pub, message, signature)
  const phone = { assortments, devices, quotes, transactions, allotments, shop: foreign ? { ...shop, findMember: foreign.shop.findMember } : shop, foreign, funnel, hints: sockets.hints, clock, log, verify, brought: data.brought }
  return [...checkoutRoutes(phone), ...bringRoutes(phone), ...receiptRoutes({ ...data, clock, timer, hints: sockets.hints })]
}
