/** What is handed on, put together: the interface for programs, calls to other programs, the board, the letters, and what managers ask about them. */
import { err, ok } from '#shared/kernel/result.ts'
import { bytesToHex } from '#shared/kernel/bytes.ts'
import { millis } from '#shared/kernel/time.ts'
import { KEPT_LETTERS, MAX_DELIVERIES, MAX_SHARES, type ReceiverView, type SharingCalls } from '#shared/protocol/sharing.ts'
import type { AnswerParts } from './answer-parts.ts'
import type { CallDoor } from './ports/call-door.ts'
import type { Caller } from './ports/caller.ts'
import type { Receiver } from './ports/outgoing-events.ts'
import type { ApiRoute } from './transport/http/api-route.ts'
import { apiReadRoutes } from './transport/http/api-routes.ts'
import type { ApiWish } from './transport/http/http-server.ts'
import type { CallHandlers } from './transport/socket/handlers.ts'
import { callReceivers, type CalledReceivers } from './use-cases/sharing/call-receivers.ts'
import { feedbackContext } from './use-cases/feedback/feedback-context.ts'
import { chooseVoice, makeToken, revokeToken, tokenDoor, tokenViews, type ActingOn } from './use-cases/sharing/keep-tokens.ts'
import { tableOf } from './use-cases/sharing/share-table.ts'
import { keepLetters, lastWeek, spokenLetter, tellLetter } from './use-cases/sharing/tell-letter.ts'

export type Sharing = {
  readonly calls: Pick<CallHandlers, keyof SharingCalls>
  readonly api: ApiWish
  readonly receivers: CalledReceivers
  stop(): Promise<void>
}

/** Bytes of a receiver's secret. Source  standardwebhooks.com: 24 to 64. */
const SECRET_BYTES = 32
/** The secret before signs as well for so long. */
const ROTATE_MS = 86_400_000

/** `own`: routes of areas that hand on or take in something of their own. */
export const openSharing = (parts: AnswerParts, door: CallDoor, own: readonly ApiRoute[] = []): Sharing => {
  const { data, clock, random, log, timer } = parts
  const common = { ...data, clock, random, log, timeZone: () => feedbackContext(data.documents).timeZone }
  const receivers = callReceivers({ ...common, door }, timer)
  const letters = keepLetters(common, timer)
  return {
    calls: { ...tokenCalls(common), ...receiverCalls(common, door, receivers), ...paperCalls(common) },
    api: { routes: [...apiReadRoutes(common), ...own], door: tokenDoor(common) },
    receivers,
    stop: async () => {
      letters.stop()
      await receivers.stop()
    },
  }
}

type Common = AnswerParts['data'] & Pick<AnswerParts, 'clock' | 'random' | 'log'> & { readonly timeZone: () => string }

/** The table lets nobody without a person come so far. */
const by = ({ dev, person }: Caller): ActingOn => ({ who: person?.id ?? 'unknown', device: dev })

const tokenCalls = (parts: Common): Pick<Sharing['calls'], 'share.read' | 'share.token' | 'share.board' | 'share.revoke' | 'share.voice'> => {
  const make = makeToken(parts)
  const revoke = revokeToken(parts)
  const choose = chooseVoice(parts)
  return {
    'share.read': () => {
      const now = parts.clock.now()
      return ok({ asOf: now, tokens: tokenViews(parts.tokens, now), receivers: parts.outgoing.list().map((receiver) => viewOf(parts, receiver)), voices: parts.tokens.voices(), letters: weeksOf(parts) })
    },
    'share.token': ({ name, scopes, days }, caller) => {
      const made = make({ kind: 'api', name, scopes: [...new Set(scopes)], days }, by(caller))
      return made ? ok(made) : err({ code: 'busy' })
    },
    'share.board': ({ name, days }, caller) => {
      const made = make({ kind: 'board', name, scopes: [], days }, by(caller))
      return made ? ok({ id: made.id, path: `/board/#${made.token}`, expiresAt: made.expiresAt }) : err({ code: 'busy' })
    },
    'share.revoke': ({ id }, caller) => (revoke(id, by(caller)) ? ok({ revoked: true }) : err({ code: 'not_found' })),
    'share.voice': (request, caller) => ok({ voices: choose(request, by(caller)) }),
  }
}

/** With the last whole week, whose letter is told when somebody asks for it. */
const weeksOf = ({ letters, clock, timeZone }: Common): readonly string[] => [...new Set([lastWeek(clock.now(), timeZone()) as string, ...letters.weeks()])].slice(0, KEPT_LETTERS)

const viewOf = ({ outgoing, clock }: Common, { id, name, url, events, words, madeAt, oldSecret, oldUntil }: Receiver): ReceiverView => ({
  id,
  name,
  url,
  events,
  words,
  madeAt,
  rotatesUntil: oldSecret !== null && oldUntil !== null && oldUntil > clock.now() ? oldUntil : null,
  ...outgoing.standing(id),
})

const receiverCalls = (parts: Common, door: CallDoor, receivers: CalledReceivers): Pick<Sharing['calls'], 'share.receiver' | 'share.rotate' | 'share.end' | 'share.deliveries' | 'share.again'> => {
  const { outgoing, pages, transactions, audit, clock, random } = parts
  const newSecret = (): string => `whsec_${Buffer.from(random.bytes(SECRET_BYTES)).toString('base64')}`
  return {
    'share.receiver': (wish, caller) => {
      const fault = door.faultOf(wish.url)
      if (fault) return ok({ type: 'refused', why: fault })
      return transactions.run(() => {
        if (outgoing.list().length >= MAX_SHARES) return err({ code: 'busy' })
        const id = bytesToHex(random.bytes(8))
        const secret = newSecret()
        outgoing.add({ id, name: wish.name.trim(), url: wish.url, events: [...new Set(wish.events)], words: wish.words, secret, oldSecret: null, oldUntil: null, madeAt: clock.now(), feedbackPlace: pages.last() })
        audit.record({ ...by(caller), what: 'webhook.made', object: id })
        return ok({ type: 'made', id, secret })
      })
    },
    'share.rotate': ({ id }, caller) =>
      transactions.run(() => {
        if (!outgoing.find(id)) return err({ code: 'not_found' })
        const secret = newSecret()
        const rotatesUntil = millis(clock.now() + ROTATE_MS)
        outgoing.rotate(id, secret, rotatesUntil)
        audit.record({ ...by(caller), what: 'webhook.rotated', object: id })
        return ok({ secret, rotatesUntil })
      }),
    'share.end': ({ id }, caller) =>
      transactions.run(() => {
        if (!outgoing.end(id)) return err({ code: 'not_found' })
        audit.record({ ...by(caller), what: 'webhook.ended', object: id })
        return ok({ ended: true })
      }),
    'share.deliveries': ({ id }) => ok(outgoing.log(id, MAX_DELIVERIES)),
    'share.again': ({ id }, caller) => {
      const queued = transactions.run(() => {
        if (!outgoing.again(id, clock.now())) return false
        audit.record({ ...by(caller), what: 'webhook.again', object: id })
        return true
      })
      if (!queued) return err({ code: 'not_found' })
      void receivers.look()
      return ok({ waiting: true })
    },
  }
}

const paperCalls = (parts: Common): Pick<Sharing['calls'], 'share.letter' | 'share.table'> => ({
  'share.letter': ({ week }, caller) => {
    const last = lastWeek(parts.clock.now(), parts.timeZone())
    const letter = parts.letters.find(week ?? last) ?? (week === null || week === last ? tellLetter(parts, by(caller)) : null)
    return letter ? ok(spokenLetter(parts, letter)) : err({ code: 'not_found' })
  },
  'share.table': (request, caller) =>
    parts.transactions.run(() => {
      const file = tableOf(parts, request)
      parts.audit.record({ ...by(caller), what: 'feedback.exported', object: request.table, count: file.rows })
      return ok(file)
    }),
})
