/** "Andere Kunden kauften auch" as managers read it and decide about it: the figures behind every pair, and why one is left out. */
import * as v from 'valibot'
import type { Localised } from '../kernel/language.ts'
import { key } from './document-fields.ts'

/** Articles put beside others by one decision: those that are shown, and some for when one is sold out. */
export const MOST_PINS = 8
/** Articles kept away by one decision. */
export const MOST_NEVER = 100
/** Articles and pairs in one reply. */
export const MOST_TOLD_PAIRS = 20

/** What a decision is about: everything, the articles of a category, one article. The nearer one comes first. */
export type BoughtTarget = { readonly type: 'store' } | { readonly type: 'category' | 'article'; readonly id: string }

/** Shape  `pins` stand first, in this order; `never` are not shown; `off`: nothing is shown. For the store as a whole nothing can be pinned. */
export type BoughtChoice = { readonly pins: readonly string[]; readonly never: readonly string[]; readonly off: boolean }
export type StoredChoice = { readonly target: BoughtTarget; readonly choice: BoughtChoice; readonly at: number }

/**
 * Why an article stands beside another, or does not. shown: it does · pinned: it does, by hand · few: in too few baskets · chance: no more often than by luck · hidden: by hand ·
 * off: nothing is shown there, by hand · sold-out: none are left · gone: not in the assortment · sensitive: nobody wants to see it recommended in public · further: others come first.
 */
export const BOUGHT_VERDICTS = ['shown', 'pinned', 'few', 'chance', 'hidden', 'off', 'sold-out', 'gone', 'sensitive', 'further'] as const
export type BoughtVerdict = (typeof BOUGHT_VERDICTS)[number]

/** Why what was decided cannot be done. */
export const BOUGHT_CONFLICTS = ['sold-out', 'gone', 'sensitive', 'itself', 'hidden'] as const
export type BoughtConflict = { readonly target: BoughtTarget; readonly sku: string; readonly why: (typeof BOUGHT_CONFLICTS)[number] }

/** Units  baskets: with the first article, with the second, with both. Shares 0 … 1. Shape  measures are null where both never lay together often enough to tell. */
export type BoughtPair = {
  readonly sku: string
  readonly other: string
  readonly n: number
  readonly nOther: number
  readonly nBoth: number
  readonly measures: { readonly support: number; readonly confidence: number; readonly confidenceBack: number; readonly lift: number; readonly llr: number } | null
  readonly verdict: BoughtVerdict
}

export type BoughtNames = { readonly [sku: string]: Localised }

/**
 * Where the recommendations stand.
 * Units   hub time. Shape  `computedAt` null: never yet. `articles` of the assortment, `beside` of them have something beside them. `unknown`: things in baskets that the assortment does not have;
 * `unpaired`: articles that are bought too seldom to be paired with others. `demo`: the baskets were made up for a demonstration.
 */
export type BoughtStanding = {
  readonly asOf: number
  readonly computedAt: number | null
  /** Baskets are being counted right now. */
  readonly counting: boolean
  readonly baskets: number
  readonly demo: boolean
  readonly sources: readonly { readonly source: string; readonly baskets: number; readonly ordered: number }[]
  readonly least: number
  readonly leastLlr: number
  readonly articles: number
  readonly beside: number
  readonly unknown: number
  readonly unpaired: number
  readonly leftOut: readonly { readonly verdict: BoughtVerdict; readonly n: number }[]
  readonly strongest: readonly BoughtPair[]
  readonly choices: readonly StoredChoice[]
  readonly conflicts: readonly BoughtConflict[]
  readonly names: BoughtNames
}

/** One article with everything that lies in baskets with it. `categories`: those it stands in, the nearest first. */
export type BoughtArticle = { readonly sku: string; readonly n: number; readonly baskets: number; readonly pairs: readonly BoughtPair[]; readonly categories: readonly string[]; readonly choices: readonly StoredChoice[]; readonly conflicts: readonly BoughtConflict[]; readonly names: BoughtNames }

/** What a decision would change. Shape  `changed` articles in all, at most MOST_TOLD_PAIRS of them told. */
export type BoughtPreview = { readonly changed: number; readonly articles: readonly { readonly sku: string; readonly before: readonly string[]; readonly after: readonly string[] }[]; readonly conflicts: readonly BoughtConflict[]; readonly names: BoughtNames }

/** `refused`: what cannot be recommended was pinned; nothing was saved. */
export type BoughtSaved = { readonly type: 'saved'; readonly rev: number } | { readonly type: 'refused'; readonly conflicts: readonly BoughtConflict[] }

/** `choice` null: as counted. */
export type BoughtWish = { readonly target: BoughtTarget; readonly choice: BoughtChoice | null }

export type BoughtCalls = {
  'bought.read': { request: Record<string, never>; reply: BoughtStanding }
  'bought.article': { request: { readonly sku: string }; reply: BoughtArticle }
  'bought.preview': { request: BoughtWish; reply: BoughtPreview }
  /** Puts it in force on all devices. */
  'bought.save': { request: BoughtWish; reply: BoughtSaved }
  /** Counts all baskets now, and puts in force what comes of it; answered after a few seconds at most, finished or still `counting`. */
  'bought.compute': { request: Record<string, never>; reply: BoughtStanding }
}

const nothing = v.strictObject({})
const target = v.variant('type', [v.strictObject({ type: v.literal('store') }), v.strictObject({ type: v.picklist(['category', 'article']), id: key })])
const choice = v.strictObject({ pins: v.pipe(v.array(key), v.maxLength(MOST_PINS)), never: v.pipe(v.array(key), v.maxLength(MOST_NEVER)), off: v.boolean() })
const wish: v.GenericSchema<unknown, BoughtWish> = v.strictObject({ target, choice: v.nullable(choice) })

export const BOUGHT_CALL_SCHEMAS: { readonly [K in keyof BoughtCalls]: v.GenericSchema<unknown, BoughtCalls[K]['request']> } = {
  'bought.read': nothing,
  'bought.article': v.strictObject({ sku: key }),
  'bought.preview': wish,
  'bought.save': wish,
  'bought.compute': nothing,
}

/** Tokens that each takes from the connection's bucket. */
export const BOUGHT_CALL_COST: { readonly [K in keyof BoughtCalls]: number } = { 'bought.read': 5, 'bought.article': 2, 'bought.preview': 5, 'bought.save': 10, 'bought.compute': 20 }

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const localised = v.strictObject({ de: v.string(), en: v.string() })
const texts = v.array(v.string())
const names = v.record(v.string(), localised)
const stored = v.strictObject({ target, choice, at: count })
const conflicts = v.array(v.strictObject({ target, sku: v.string(), why: v.picklist(BOUGHT_CONFLICTS) }))
const pair = v.strictObject({
  sku: v.string(),
  other: v.string(),
  n: count,
  nOther: count,
  nBoth: count,
  measures: v.nullable(v.strictObject({ support: v.number(), confidence: v.number(), confidenceBack: v.number(), lift: v.number(), llr: v.number() })),
  verdict: v.picklist(BOUGHT_VERDICTS),
})
const standing = v.strictObject({
  asOf: count,
  computedAt: v.nullable(count),
  counting: v.boolean(),
  baskets: count,
  demo: v.boolean(),
  sources: v.array(v.strictObject({ source: v.string(), baskets: count, ordered: count })),
  least: count,
  leastLlr: v.number(),
  articles: count,
  beside: count,
  unknown: count,
  unpaired: count,
  leftOut: v.array(v.strictObject({ verdict: v.picklist(BOUGHT_VERDICTS), n: count })),
  strongest: v.array(pair),
  choices: v.array(stored),
  conflicts,
  names,
})

export const BOUGHT_REPLY_SCHEMAS = {
  'bought.read': standing,
  'bought.article': v.strictObject({ sku: v.string(), n: count, baskets: count, pairs: v.array(pair), categories: texts, choices: v.array(stored), conflicts, names }),
  'bought.preview': v.strictObject({ changed: count, articles: v.array(v.strictObject({ sku: v.string(), before: texts, after: texts })), conflicts, names }),
  'bought.save': v.variant('type', [v.strictObject({ type: v.literal('saved'), rev: count }), v.strictObject({ type: v.literal('refused'), conflicts })]),
  'bought.compute': standing,
} as const satisfies { readonly [K in keyof BoughtCalls]: v.GenericSchema }

/** One name for a decision's target, to keep and compare it by. */
export const targetKey = (one: BoughtTarget): string => (one.type === 'store' ? 'store' : `${one.type}/${one.id}`)
