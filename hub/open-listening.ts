/** Puts together how the store listens: managers' questions about it, shoppers' phones, web shops, and the look for helping hands. */
import { setImmediate } from 'node:timers/promises'
import { err, ok } from '#shared/kernel/result.ts'
import { USUAL_HOURS } from '#shared/cx/opening-hours.ts'
import type { ListeningCalls } from '#shared/protocol/listening.ts'
import { ShopFeedbackBody, ShopFeedbackReply } from '#shared/protocol/shop-feedback.ts'
import type { AnswerParts } from './answer-parts.ts'
import type { Caller } from './ports/caller.ts'
import { apiWrite, type ApiRoute } from './transport/http/api-route.ts'
import { phoneFeedbackRoutes } from './transport/http/phone-feedback-routes.ts'
import type { Route } from './transport/http/route.ts'
import type { CallHandlers } from './transport/socket/handlers.ts'
import { foldWords } from './use-cases/feedback/fold-words.ts'
import { listSigns, makeSign, revokeSign, type Acting } from './use-cases/feedback/keep-signs.ts'
import { watchGaming } from './use-cases/feedback/look-for-gaming.ts'
import { readChannels, readRates } from './use-cases/feedback/read-listening.ts'
import { takeShopFeedback } from './use-cases/feedback/take-shop-feedback.ts'

export type Listening = {
  readonly calls: Pick<CallHandlers, keyof ListeningCalls>
  /** For phones. */
  readonly routes: readonly Route[]
  /** For programs. */
  readonly api: readonly ApiRoute[]
  stop(): Promise<void>
}

/** A hundred long comments. */
const SHOP_BODY_BYTES = 512 * 1024

export const openListening = ({ data, sockets, clock, random, timer, log }: AnswerParts): Listening => {
  const parts = { ...data, clock, random, log, hints: sockets.hints, pause: () => setImmediate(), hours: () => data.cases.choices().hours ?? USUAL_HOURS }
  const gaming = watchGaming(parts, timer)
  return {
    calls: {
      'voice.channels': (request) => ok(readChannels(parts, request)),
      'voice.rates': (request) => ok(readRates(parts, request)),
      'voice.fold': (request, caller) => {
        const hidden = foldWords(parts, request, by(caller))
        return hidden === null ? err({ code: 'not_found' }) : ok({ hidden })
      },
      'voice.signs': () => ok(listSigns(parts)),
      'voice.sign': ({ touchpoint }, caller) => makeSign(parts, touchpoint, by(caller)),
      'voice.revoke': (request, caller) => revokeSign(parts, request, by(caller)),
    },
    routes: phoneFeedbackRoutes(parts),
    api: [
      apiWrite({
        path: '/api/v1/feedback',
        scope: 'feedback:write',
        summary: 'Hand in answers that were given in a web shop: up to 100, each named by the caller; sending one again adds nothing',
        body: ShopFeedbackBody,
        maxBytes: SHOP_BODY_BYTES,
        reply: ShopFeedbackReply,
        answer: (body, bearer) => ({ body: takeShopFeedback(parts, String(bearer.id), body) }),
      }),
    ],
    stop: gaming.stop,
  }
}

/** The table lets nobody without a person come so far. */
const by = ({ dev, person }: Caller): Acting => ({ who: person?.id ?? 'unknown', device: dev })
