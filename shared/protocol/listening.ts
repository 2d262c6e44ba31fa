/** What managers see and decide about listening itself: on which ways people answer, how many of those who were there, which signs hang where, and words that are folded away. */
import * as v from 'valibot'
import { CHANNELS, type Channel } from '../feedback/channel.ts'
import { HIDDEN, type Hidden } from '../feedback/hidden.ts'
import { MISUSE_FLAGS, type MisuseFlag } from '../feedback/misuse.ts'
import type { ResponseRate } from '../insights/response-rate.ts'
import type { Localised } from '../kernel/language.ts'
import type { MissingDevice } from '../sync/completeness.ts'

/** Whole responses: what one person said in one go. */
export type ResponseCounts = {
  readonly responses: number
  /** Of those whose survey is known, how many left a question open that their answers led to; free words are an invitation and count for nothing here. */
  readonly judged: number
  readonly partial: number
  /** Bear a sign of play, or of a helping hand. */
  readonly flagged: number
}

/** Inclusive range in hub time, by when something was said; absent: everything that is still kept one by one. */
export type ListeningRange = { readonly from?: number; readonly until?: number }

export type ChannelsReply = {
  readonly overall: ResponseCounts
  /** Order  as in CHANNELS, all of them. */
  readonly channels: readonly (ResponseCounts & { readonly channel: Channel })[]
  /** Order  most first. */
  readonly touchpoints: readonly (ResponseCounts & { readonly touchpoint: string; readonly name: Localised | null })[]
  /** How many responses bear each sign; those without any are not among them. */
  readonly flags: readonly { readonly flag: MisuseFlag; readonly responses: number }[]
  /** Comments, and how many of them are folded away. */
  readonly words: { readonly all: number; readonly folded: number }
  readonly missing: readonly MissingDevice[]
  /** Responses from before this moment are kept as sums alone and are not among these; null: there are none. */
  readonly since: number | null
  readonly asOf: number
}

/** A kiosk, or all kiosks of a touchpoint. `loose`: responses on the first screen, before any visit began; they are in no rate. */
export type RatePart = { readonly key: string; readonly name: Localised | null; readonly rate: ResponseRate; readonly loose: number }
export type RatesReply = {
  readonly overall: RatePart
  readonly devices: readonly RatePart[]
  readonly touchpoints: readonly RatePart[]
  /** Visits are known from here on; null: from none. */
  readonly since: number | null
  readonly missing: readonly MissingDevice[]
  readonly asOf: number
}

/** A printed sign with a QR, from which people answer on their own phone. */
export type SignView = {
  readonly touchpoint: string
  readonly name: Localised
  /** Counts up with each sign of a touchpoint. */
  readonly serial: number
  /** What stands behind the # of the address; null once it is revoked. */
  readonly code: string | null
  readonly madeAt: number
  readonly revokedAt: number | null
  /** Responses that came by it and are still kept one by one. */
  readonly responses: number
}

export type ListeningCalls = {
  'voice.channels': { request: ListeningRange; reply: ChannelsReply }
  /** How many of the visits at kiosks left an answer. */
  'voice.rates': { request: ListeningRange; reply: RatesReply }
  /** Folds one comment away, or puts it back whatever the rules say. Errors  not_found: no such comment is held. */
  'voice.fold': { request: { readonly id: string; readonly fold: boolean }; reply: { readonly hidden: Hidden } }
  /** Newest first. */
  'voice.signs': { request: Record<string, never>; reply: { readonly signs: readonly SignView[]; /** Host of the hub that phones reach; null: nobody has said which. */ readonly host: string | null } }
  /** Errors  not_found: no such touchpoint; bad_request: its survey cannot be answered on a phone. */
  'voice.sign': { request: { readonly touchpoint: string }; reply: SignView }
  /** From now on nobody answers by it. Errors  not_found. */
  'voice.revoke': { request: { readonly touchpoint: string; readonly serial: number }; reply: SignView }
}

export const LISTENING_CALL_COST: { readonly [K in keyof ListeningCalls]: number } = { 'voice.channels': 5, 'voice.rates': 5, 'voice.fold': 2, 'voice.signs': 2, 'voice.sign': 5, 'voice.revoke': 5 }

const whole = v.pipe(v.number(), v.safeInteger())
const count = v.pipe(whole, v.minValue(0))
const id = v.pipe(v.string(), v.minLength(1), v.maxLength(80), v.regex(/^[\w.:/-]+$/))
const range = v.strictObject({ from: v.exactOptional(count), until: v.exactOptional(count) })

export const LISTENING_CALL_SCHEMAS: { readonly [K in keyof ListeningCalls]: v.GenericSchema<unknown, ListeningCalls[K]['request']> } = {
  'voice.channels': range,
  'voice.rates': range,
  'voice.fold': v.strictObject({ id: v.pipe(v.string(), v.minLength(1), v.maxLength(200)), fold: v.boolean() }),
  'voice.signs': v.strictObject({}),
  'voice.sign': v.strictObject({ touchpoint: id }),
  'voice.revoke': v.strictObject({ touchpoint: id, serial: v.pipe(whole, v.minValue(1)) }),
}

const localised = v.strictObject({ de: v.string(), en: v.string() })
const counts = { responses: count, judged: count, partial: count, flagged: count }
const missing = v.array(v.strictObject({ dev: v.string(), name: v.string(), waiting: count, since: v.nullable(whole), lost: v.exactOptional(count) }))
const rate = v.strictObject({ answered: count, visits: count, share: v.nullable(v.number()), low: v.nullable(v.number()), high: v.nullable(v.number()) })
const ratePart = v.strictObject({ key: v.string(), name: v.nullable(localised), rate, loose: count })
const sign = v.strictObject({ touchpoint: v.string(), name: localised, serial: count, code: v.nullable(v.string()), madeAt: whole, revokedAt: v.nullable(whole), responses: count })

export const LISTENING_REPLY_SCHEMAS: { readonly [K in keyof ListeningCalls]: v.GenericSchema<unknown, ListeningCalls[K]['reply']> } = {
  'voice.channels': v.strictObject({
    overall: v.strictObject(counts),
    channels: v.array(v.strictObject({ channel: v.picklist(CHANNELS), ...counts })),
    touchpoints: v.array(v.strictObject({ touchpoint: v.string(), name: v.nullable(localised), ...counts })),
    flags: v.array(v.strictObject({ flag: v.picklist(MISUSE_FLAGS), responses: count })),
    words: v.strictObject({ all: count, folded: count }),
    missing,
    since: v.nullable(whole),
    asOf: whole,
  }),
  'voice.rates': v.strictObject({ overall: ratePart, devices: v.array(ratePart), touchpoints: v.array(ratePart), since: v.nullable(whole), missing, asOf: whole }),
  'voice.fold': v.strictObject({ hidden: v.picklist(HIDDEN) }),
  'voice.signs': v.strictObject({ signs: v.array(sign), host: v.nullable(v.string()) }),
  'voice.sign': sign,
  'voice.revoke': sign,
}
