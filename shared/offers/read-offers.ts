/** Offers from outside: what can be computed is let in, everything else is named, so that nothing malformed prices silently. */
import * as v from 'valibot'
import { err, ok, type Result } from '../kernel/result.ts'
import { offerSchema } from './offer-schema.ts'
import type { Offer, PublishedOffer } from './offer.ts'

/** Where an offer first fails, for example `effects.0.type`, and why, in English. */
export type OfferFault = { readonly path: string; readonly reason: string }
/** One offer that was not let in: shown as "applied at checkout". `id` if it can be read. */
export type RefusedOffer = OfferFault & { readonly id?: string }
/** Both together are everything that was given. */
export type ReadOffers = { readonly offers: readonly Offer[]; readonly refused: readonly RefusedOffer[] }

/** An offer of the store that nobody here can compute. `told` is what could be read of it, for people: it has no effect and never holds. */
export type UnreadOffer = OfferFault & { readonly told: PublishedOffer }

/** Conditions and filters within one another; people do not understand half as many. */
const MAX_DEPTH = 24
/** Values in one offer, lists included. */
const MAX_VALUES = 20_000

/**
 * Reads a list of offers. Path and reason name the first fault of each refused one, for example `2.effects.0.type`.
 * Order   as given; of two offers with one id the later is refused.
 */
export const readOffers = (json: unknown): ReadOffers => {
  if (!Array.isArray(json)) return { offers: [], refused: [{ path: '', reason: 'not a list of offers' }] }
  const offers: Offer[] = []
  const refused: RefusedOffer[] = []
  const ids = new Set<string>()
  json.forEach((one: unknown, i) => {
    const read = readOffer(one)
    const again = read.ok && ids.has(read.value.id)
    if (read.ok && !again) {
      ids.add(read.value.id)
      offers.push(read.value)
      return
    }
    const { path, reason } = read.ok ? { path: 'id', reason: 'id used twice' } : read.error
    refused.push({ path: path === '' ? String(i) : `${i}.${path}`, reason, ...idOf(one) })
  })
  return { offers, refused }
}

/** Reads one offer, whatever it is. */
export const readOffer = (one: unknown): Result<Offer, OfferFault> => {
  if (isTooLarge(one)) return err({ path: '', reason: 'too large or too deeply nested' })
  const read = v.safeParse(offerSchema, one, { abortEarly: true })
  return read.success ? ok(read.output) : err(faultOf(read.issues))
}

/** A sentence that lists everything that could have stood there helps nobody. */
const LONG_REASON = 100

/** The first fault that a schema found. @internal */
export const faultOf = ([issue]: readonly [v.BaseIssue<unknown>, ...unknown[]]): OfferFault => {
  const { path, issue: said } = innermost(issue) ?? { path: pathOf(issue), issue }
  return { path, reason: said.message.length > LONG_REASON ? `not known: ${said.received.slice(0, LONG_REASON)}` : said.message }
}

type Fault = { readonly path: string; readonly issue: v.BaseIssue<unknown> }

const pathOf = (issue: v.BaseIssue<unknown>): string => v.getDotPath(issue) ?? ''

/** Of alternatives none of which fits: what is wrong with the one whose keys are there. "Expected Object but received Object" helps nobody either. */
const innermost = (issue: v.BaseIssue<unknown>): Fault | null => {
  for (const inner of issue.issues ?? []) {
    const at = [pathOf(issue), pathOf(inner)].filter((part) => part !== '').join('.')
    const found = inner.issues ? innermost(inner) : inner.message.startsWith('Invalid key') || pathOf(inner) === '' ? null : { path: pathOf(inner), issue: inner }
    if (found) return inner.issues ? { path: [pathOf(issue), found.path].filter((part) => part !== '').join('.'), issue: found.issue } : { path: at, issue: found.issue }
  }
  return null
}

const idOf = (one: unknown): { readonly id?: string } =>
  typeof one === 'object' && one !== null && 'id' in one && typeof one.id === 'string' && one.id !== '' ? { id: one.id.slice(0, 200) } : {}

/** Counted without recursion, so that no nesting can exhaust the stack. */
const isTooLarge = (value: unknown): boolean => {
  let level: unknown[] = [value]
  for (let depth = 0, values = 0; level.length > 0; depth++) {
    values += level.length
    if (depth > MAX_DEPTH || values > MAX_VALUES) return true
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []))
  }
  return false
}
