/** Offers from outside: what can be computed is let in, everything else is named, so that nothing malformed prices silently. */
import * as v from 'valibot'
import { offerSchema } from './offer-schema.ts'
import type { Offer } from './offer.ts'

/** One offer that was not let in: shown as "applied at checkout". `id` if it can be read. */
export type RefusedOffer = { readonly path: string; readonly reason: string; readonly id?: string }
/** Both together are everything that was given. */
export type ReadOffers = { readonly offers: readonly Offer[]; readonly refused: readonly RefusedOffer[] }

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
    const fault = isTooLarge(one) ? { at: '', reason: 'too large or too deeply nested' } : null
    const read = fault ? null : v.safeParse(offerSchema, one, { abortEarly: true })
    const again = read?.success === true && ids.has(read.output.id)
    if (read?.success && !again) {
      ids.add(read.output.id)
      offers.push(read.output)
      return
    }
    const { at, reason } = fault ?? (again ? { at: 'id', reason: 'id used twice' } : faultOf(read!.issues!))
    refused.push({ path: at === '' ? String(i) : `${i}.${at}`, reason, ...idOf(one) })
  })
  return { offers, refused }
}

const faultOf = ([issue]: readonly [v.BaseIssue<unknown>, ...unknown[]]): { readonly at: string; readonly reason: string } => ({ at: v.getDotPath(issue) ?? '', reason: issue.message })

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
