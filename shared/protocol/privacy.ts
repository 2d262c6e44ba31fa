/** What managers ask about the audit log, about what is kept for how long, and about exports. */
import * as v from 'valibot'
import { AUDIT_ACTS, type AuditAct } from '../privacy/audit-act.ts'
import type { AuditBreak, AuditGap } from '../privacy/audit.ts'
import { KEPT_CLASSES, PERIOD_BOUNDS, PERIODS_OF, type KeptClass, type PrivacyChoices, type PrivacySettings } from '../privacy/privacy-settings.ts'

/** Most rows of the audit log in one reply. */
export const MAX_AUDIT_ROWS = 200
/** Most rows of one export; a longer stretch is asked for in parts. */
export const MAX_EXPORT_ROWS = 20_000

/** Which rows of the audit log; all ends included. */
export type AuditQueryFields = {
  readonly limit: number
  /** Only rows with a smaller number. */
  readonly before?: number
  readonly who?: string
  readonly what?: AuditAct
  readonly from?: number
  readonly until?: number
}

export type AuditEntryView = {
  readonly n: number
  readonly at: number
  readonly who: string
  readonly what: AuditAct
  readonly device: string | null
  readonly object: string | null
  readonly count: number
}

export type AuditReply = {
  readonly asOf: number
  readonly entries: readonly AuditEntryView[]
  /** Names that stand for ids in these entries, as far as anybody still has them. */
  readonly names: { readonly [id: string]: string }
  /** Everybody who stands in the log, those who did the last acts first. */
  readonly actors: readonly string[]
  /** How the chain was found when it was last read from end to end; null: not yet since the start. */
  readonly verified: { readonly at: number; readonly rows: number; readonly gaps: readonly AuditGap[]; readonly broken: AuditBreak | null } | null
  readonly oldestAt: number | null
}

/** One class of data: how long it is kept, how much of it there is, and the oldest of it. */
export type KeptView = { readonly class: KeptClass; readonly days: number; readonly n: number; readonly oldestAt: number | null; readonly overdue: boolean }

export type RetentionRun = { readonly at: number; readonly gone: { readonly [K in KeptClass]: number } }

export type PrivacyReply = {
  readonly asOf: number
  readonly country: string
  readonly settings: PrivacySettings
  /** What would hold if nobody had chosen anything. */
  readonly usual: PrivacySettings
  readonly kept: readonly KeptView[]
  /** The last run that let go of what had had its time; null: none yet. */
  readonly run: RetentionRun | null
  /** Answers before this moment are kept as sums alone; null: all are kept one by one. */
  readonly sumsBefore: number | null
  /** Fewest answers behind a figure. */
  readonly leastShown: number
  /** How long copies of the database live. */
  readonly copyDays: number
  readonly contactDays: { readonly afterAnswer: number; readonly atMost: number }
  /** Surveys with words about single persons: they are not asked while the store is judged as a team only. */
  readonly aboutPersons: readonly { readonly survey: string; readonly question: string; readonly word: string }[]
  /** Questions in force, as shoppers read them. */
  readonly questions: readonly { readonly survey: string; readonly question: string; readonly kind: string; readonly text: { readonly de: string; readonly en: string } }[]
  readonly devices: { readonly kiosk: number; readonly staff: number; readonly manager: number }
}

export type ExportRequest = { readonly kind: 'answers' | 'figures'; readonly from?: number; readonly until?: number }

/** A file as text. `more`: there was more than one reply holds. */
export type ExportReply = { readonly name: string; readonly text: string; readonly rows: number; readonly more: boolean }

export type PrivacyCalls = {
  /** Who did what, when, on which device. */
  'audit.list': { request: AuditQueryFields; reply: AuditReply }
  /** What is kept, for how long, and what is recorded at all: the facts of the page and of its printed statement. */
  'privacy.read': { request: Record<string, never>; reply: PrivacyReply }
  /** Takes the place of all choices before it. */
  'privacy.set': { request: PrivacyChoices; reply: { readonly set: true } }
  /** Answers or figures as a table for other programs; times coarsened, small groups withheld. */
  'feedback.export': { request: ExportRequest; reply: ExportReply }
}

const whole = v.pipe(v.number(), v.safeInteger())
const count = v.pipe(whole, v.minValue(0))
const id = v.pipe(v.string(), v.regex(/^[\w.:/-]{1,80}$/))
const period = (name: (typeof PERIODS_OF)[number]) => v.exactOptional(v.pipe(whole, v.minValue(PERIOD_BOUNDS[name].least), v.maxValue(PERIOD_BOUNDS[name].most)))

export const PRIVACY_CALL_SCHEMAS: { readonly [K in keyof PrivacyCalls]: v.GenericSchema<unknown, PrivacyCalls[K]['request']> } = {
  'audit.list': v.strictObject({
    limit: v.pipe(whole, v.minValue(1), v.maxValue(MAX_AUDIT_ROWS)),
    before: v.exactOptional(count),
    who: v.exactOptional(id),
    what: v.exactOptional(v.picklist(AUDIT_ACTS)),
    from: v.exactOptional(count),
    until: v.exactOptional(count),
  }),
  'privacy.read': v.strictObject({}),
  'privacy.set': v.strictObject({
    days: v.exactOptional(v.strictObject({ taps: period('taps'), words: period('words'), receipts: period('receipts'), baskets: period('baskets'), orders: period('orders'), audit: period('audit') })),
    teamOnly: v.exactOptional(v.boolean()),
  }),
  'feedback.export': v.strictObject({ kind: v.picklist(['answers', 'figures']), from: v.exactOptional(count), until: v.exactOptional(count) }),
}

/** Tokens that each takes from the connection's bucket. */
export const PRIVACY_CALL_COST: { readonly [K in keyof PrivacyCalls]: number } = { 'audit.list': 5, 'privacy.read': 5, 'privacy.set': 10, 'feedback.export': 20 }

const auditBreak = v.strictObject({ n: count, why: v.picklist(['changed', 'missing', 'rewritten', 'cut', 'unwitnessed']) })
const auditGap = v.strictObject({ n: count, what: v.picklist(['backup.restored', 'audit.cut']), missing: count, at: whole })
const days = v.strictObject({ taps: count, words: count, receipts: count, baskets: count, orders: count, audit: count })
const settings = v.strictObject({ days, teamOnly: v.boolean() })

export const PRIVACY_REPLY_SCHEMAS = {
  'audit.list': v.strictObject({
    asOf: whole,
    entries: v.array(v.strictObject({ n: count, at: whole, who: v.string(), what: v.picklist(AUDIT_ACTS), device: v.nullable(v.string()), object: v.nullable(v.string()), count })),
    names: v.record(v.string(), v.string()),
    actors: v.array(v.string()),
    verified: v.nullable(v.strictObject({ at: whole, rows: count, gaps: v.array(auditGap), broken: v.nullable(auditBreak) })),
    oldestAt: v.nullable(whole),
  }),
  'privacy.read': v.strictObject({
    asOf: whole,
    country: v.string(),
    settings,
    usual: settings,
    kept: v.array(v.strictObject({ class: v.picklist(KEPT_CLASSES), days: count, n: count, oldestAt: v.nullable(whole), overdue: v.boolean() })),
    run: v.nullable(v.strictObject({ at: whole, gone: v.strictObject({ taps: count, words: count, receipts: count, baskets: count, orders: count, audit: count, contacts: count }) })),
    sumsBefore: v.nullable(whole),
    leastShown: count,
    copyDays: count,
    contactDays: v.strictObject({ afterAnswer: count, atMost: count }),
    aboutPersons: v.array(v.strictObject({ survey: v.string(), question: v.string(), word: v.string() })),
    questions: v.array(v.strictObject({ survey: v.string(), question: v.string(), kind: v.string(), text: v.strictObject({ de: v.string(), en: v.string() }) })),
    devices: v.strictObject({ kiosk: count, staff: count, manager: count }),
  }),
  'privacy.set': v.strictObject({ set: v.literal(true) }),
  'feedback.export': v.strictObject({ name: v.string(), text: v.string(), rows: count, more: v.boolean() }),
} as const
