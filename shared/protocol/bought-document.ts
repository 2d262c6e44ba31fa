/** Documents `bought/<group>`: what stands beside each article of a group of item numbers. Made by the hub from baskets and from what people decided; whatever is published, they go along. */
import * as v from 'valibot'
import type { Documents } from '../sync/release.ts'
import { day, shortNumber, whole } from './document-fields.ts'

/** Item numbers in one document: few documents for a small store, and little to send again when something changes in a large one. */
const GROUP = 128
/** Articles beside one. */
export const MOST_BESIDE = 4
/** Baskets that are counted at most: more than a store ever keeps. */
const MOST_BASKETS = 100_000_000

/** `n`: baskets with both; null: put there by hand, nobody counted. */
export type BesideEntry = readonly [number: number, n: number | null]
/** `n`: baskets with this article. */
export type BesideArticle = readonly [number: number, n: number, beside: readonly BesideEntry[]]

/**
 * Units   baskets. Shape  articles by item number, ascending; `demo`: the baskets were made up for a demonstration.
 * All figures are counts of the day `asOf`; whoever shows them names it.
 */
export type BoughtDocument = { readonly id: string; readonly asOf: string; readonly demo: boolean; readonly beside: readonly BesideArticle[] }

const count = whole(0, MOST_BASKETS)
const entry = v.tuple([shortNumber, v.nullable(count)])

export const boughtSchema: v.GenericSchema<unknown, BoughtDocument> = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^\d{1,3}$/)),
  asOf: day,
  demo: v.boolean(),
  beside: v.pipe(v.array(v.tuple([shortNumber, count, v.pipe(v.array(entry), v.minLength(1), v.maxLength(MOST_BESIDE))])), v.maxLength(GROUP)),
})

/** Name of the document that an article's number is in. */
export const boughtGroupOf = (number: number): string => `${Math.floor(number / GROUP)}`
export const boughtId = (group: string): string => `bought/${group}`

/** What every release says stands beside its articles, by item number; documents that cannot be read are left out. */
export const allBeside = (items: Documents): ReadonlyMap<number, BesideArticle> =>
  new Map(Object.entries(items).filter(([id]) => id.startsWith('bought/')).flatMap(([, body]) => {
    const read = v.safeParse(boughtSchema, body)
    return read.success ? read.output.beside.map((one) => [one[0], one] as const) : []
  }))
