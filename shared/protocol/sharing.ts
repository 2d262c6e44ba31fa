/** What managers ask to hand figures on: tokens for programs, calls to other programs, the board on the wall, the weekly letter, and tables to take along. */
import * as v from 'valibot'
import { WeeklyLetterFields, type WeeklyLetter } from './weekly-letter.ts'

/** What a program may do with a token. */
export const TOKEN_SCOPES = ['figures:read', 'feedback:read', 'feedback:write', 'cases:read', 'export:read'] as const
export type TokenScope = (typeof TOKEN_SCOPES)[number]

/** What other programs can be told of. */
export const TOLD_EVENTS = ['feedback.received', 'alarm.opened', 'alarm.closed', 'case.opened', 'case.closed', 'improvement.closed', 'release.published'] as const
export type ToldEvent = (typeof TOLD_EVENTS)[number]

/** Open tokens, boards and receivers one store has at most. */
export const MAX_SHARES = 20
/** Longest life of a token. Units  days. */
export const MAX_TOKEN_DAYS = 400
/** Comments on a board at a time. */
export const MAX_BOARD_VOICES = 6
/** Letters that are kept. */
export const KEPT_LETTERS = 12
/** Most entries of the log of calls in one reply. */
export const MAX_DELIVERIES = 50

/** `board`: a link for a screen on the wall, which can do nothing else. `lastDay`: the store's day on which it was last used; null: never. */
export type TokenView = {
  readonly id: string
  readonly kind: 'api' | 'board'
  readonly name: string
  readonly scopes: readonly TokenScope[]
  readonly madeAt: number
  readonly expiresAt: number
  readonly revokedAt: number | null
  readonly lastDay: string | null
}

/** Another program that is called. `waiting`: calls not taken yet; `givenUp`: calls that nobody took for three days. */
export type ReceiverView = {
  readonly id: string
  readonly name: string
  readonly url: string
  readonly events: readonly ToldEvent[]
  readonly words: boolean
  readonly madeAt: number
  /** The secret before this one counts until then; null: there is one secret. */
  readonly rotatesUntil: number | null
  readonly waiting: number
  readonly givenUp: number
  readonly lastTakenAt: number | null
}

/** One call of the log. `why`: of the last try that failed. */
export type DeliveryView = {
  readonly id: string
  readonly event: ToldEvent
  readonly state: 'waiting' | 'taken' | 'given-up'
  readonly madeAt: number
  readonly tries: number
  readonly lastAt: number | null
  readonly nextAt: number | null
  readonly why: string | null
}

export type ShareReply = {
  readonly asOf: number
  readonly tokens: readonly TokenView[]
  readonly receivers: readonly ReceiverView[]
  /** Comments chosen for the board, by id. */
  readonly voices: readonly string[]
  /** Mondays of the letters that are kept, newest first. */
  readonly letters: readonly string[]
}

export type ReceiverWish = { readonly name: string; readonly url: string; readonly events: readonly ToldEvent[]; readonly words: boolean }
/** Why an address is not taken. `private`: it lies in a network of one's own, which the hub's configuration does not allow. */
export type ReceiverRefused = { readonly type: 'refused'; readonly why: 'address' | 'insecure' | 'private' }

/** One table. `figures`: scores with their parts; `answers`: single answers, coarsened; `letters`: the figures of the letters that are kept. */
export const SHARED_TABLES = ['figures', 'answers', 'letters'] as const
export type SharedTable = (typeof SHARED_TABLES)[number]

export type SharingCalls = {
  'share.read': { request: Record<string, never>; reply: ShareReply }
  /** A token for a program; it is told once. */
  'share.token': { request: { readonly name: string; readonly scopes: readonly TokenScope[]; readonly days: number }; reply: { readonly id: string; readonly token: string; readonly expiresAt: number } }
  /** A link for a screen on the wall; told once. */
  'share.board': { request: { readonly name: string; readonly days: number }; reply: { readonly id: string; readonly path: string; readonly expiresAt: number } }
  /** A token or a link, from now on. */
  'share.revoke': { request: { readonly id: string }; reply: { readonly revoked: true } }
  /** A comment onto every board, or off them. */
  'share.voice': { request: { readonly id: string; readonly shown: boolean }; reply: { readonly voices: readonly string[] } }
  'share.receiver': { request: ReceiverWish; reply: { readonly type: 'made'; readonly id: string; readonly secret: string } | ReceiverRefused }
  /** A new secret; the old one signs as well for a day. */
  'share.rotate': { request: { readonly id: string }; reply: { readonly secret: string; readonly rotatesUntil: number } }
  /** A receiver is called no more; what waits for it goes. */
  'share.end': { request: { readonly id: string }; reply: { readonly ended: true } }
  'share.deliveries': { request: { readonly id: string }; reply: readonly DeliveryView[] }
  /** One call once more, under its id. */
  'share.again': { request: { readonly id: string }; reply: { readonly waiting: true } }
  /** The letter of the week that begins on this Monday; null: of the last whole week, which is told now if nobody was told it. */
  'share.letter': { request: { readonly week: string | null }; reply: WeeklyLetter }
  'share.table': {
    request: { readonly table: SharedTable; readonly format: 'csv' | 'json'; readonly from?: number; readonly until?: number }
    reply: { readonly name: string; readonly text: string; readonly rows: number; readonly more: boolean }
  }
}

const whole = v.pipe(v.number(), v.safeInteger())
const count = v.pipe(whole, v.minValue(0))
const shareId = v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/))
const deliveryId = v.pipe(v.string(), v.regex(/^msg_[0-9a-f]{32}$/))
const name = v.pipe(v.string(), v.minLength(1), v.maxLength(60))
const days = v.pipe(whole, v.minValue(1), v.maxValue(MAX_TOKEN_DAYS))
const some = <const Names extends readonly string[]>(names: Names) => v.pipe(v.array(v.picklist(names)), v.minLength(1), v.maxLength(names.length))
/** The Monday a week begins with. */
export const WeekField = v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/))

export const SHARING_CALL_SCHEMAS: { readonly [K in keyof SharingCalls]: v.GenericSchema<unknown, SharingCalls[K]['request']> } = {
  'share.read': v.strictObject({}),
  'share.token': v.strictObject({ name, scopes: some(TOKEN_SCOPES), days }),
  'share.board': v.strictObject({ name, days }),
  'share.revoke': v.strictObject({ id: shareId }),
  'share.voice': v.strictObject({ id: v.pipe(v.string(), v.regex(/^[\w.:/-]{1,80}$/)), shown: v.boolean() }),
  'share.receiver': v.strictObject({ name, url: v.pipe(v.string(), v.minLength(1), v.maxLength(500)), events: some(TOLD_EVENTS), words: v.boolean() }),
  'share.rotate': v.strictObject({ id: shareId }),
  'share.end': v.strictObject({ id: shareId }),
  'share.deliveries': v.strictObject({ id: shareId }),
  'share.again': v.strictObject({ id: deliveryId }),
  'share.letter': v.strictObject({ week: v.nullable(WeekField) }),
  'share.table': v.strictObject({ table: v.picklist(SHARED_TABLES), format: v.picklist(['csv', 'json']), from: v.exactOptional(count), until: v.exactOptional(count) }),
}

/** Tokens that each takes from the connection's bucket. */
export const SHARING_CALL_COST: { readonly [K in keyof SharingCalls]: number } = {
  'share.read': 5,
  'share.token': 10,
  'share.board': 10,
  'share.revoke': 5,
  'share.voice': 5,
  'share.receiver': 10,
  'share.rotate': 10,
  'share.end': 5,
  'share.deliveries': 5,
  'share.again': 5,
  'share.letter': 10,
  'share.table': 20,
}

const token = v.strictObject({ id: shareId, kind: v.picklist(['api', 'board']), name: v.string(), scopes: v.array(v.picklist(TOKEN_SCOPES)), madeAt: whole, expiresAt: whole, revokedAt: v.nullable(whole), lastDay: v.nullable(v.string()) })
const receiver = v.strictObject({ id: shareId, name: v.string(), url: v.string(), events: v.array(v.picklist(TOLD_EVENTS)), words: v.boolean(), madeAt: whole, rotatesUntil: v.nullable(whole), waiting: count, givenUp: count, lastTakenAt: v.nullable(whole) })
const delivery = v.strictObject({ id: deliveryId, event: v.picklist(TOLD_EVENTS), state: v.picklist(['waiting', 'taken', 'given-up']), madeAt: whole, tries: count, lastAt: v.nullable(whole), nextAt: v.nullable(whole), why: v.nullable(v.string()) })

export const SHARING_REPLY_SCHEMAS = {
  'share.read': v.strictObject({ asOf: whole, tokens: v.array(token), receivers: v.array(receiver), voices: v.array(v.string()), letters: v.array(WeekField) }),
  'share.token': v.strictObject({ id: shareId, token: v.string(), expiresAt: whole }),
  'share.board': v.strictObject({ id: shareId, path: v.string(), expiresAt: whole }),
  'share.revoke': v.strictObject({ revoked: v.literal(true) }),
  'share.voice': v.strictObject({ voices: v.array(v.string()) }),
  'share.receiver': v.variant('type', [v.strictObject({ type: v.literal('made'), id: shareId, secret: v.string() }), v.strictObject({ type: v.literal('refused'), why: v.picklist(['address', 'insecure', 'private']) })]),
  'share.rotate': v.strictObject({ secret: v.string(), rotatesUntil: whole }),
  'share.end': v.strictObject({ ended: v.literal(true) }),
  'share.deliveries': v.array(delivery),
  'share.again': v.strictObject({ waiting: v.literal(true) }),
  'share.letter': WeeklyLetterFields,
  'share.table': v.strictObject({ name: v.string(), text: v.string(), rows: count, more: v.boolean() }),
} as const
