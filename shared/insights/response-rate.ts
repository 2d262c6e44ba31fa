/** How many of those who were there said something. */
import { MIN_SHOWN } from './figure.ts'
import { wilsonInterval } from './interval.ts'

/**
 * Visits in which somebody answered, of all visits.
 * Units   shares 0 … 1, with their 95 % interval.
 * Shape   share and interval are null below MIN_SHOWN visits. Never more answered visits than visits: a visit whose beginning is not known is in neither.
 */
export type ResponseRate = { readonly answered: number; readonly visits: number; readonly share: number | null; readonly low: number | null; readonly high: number | null }

/**
 * Source  American Association for Public Opinion Research, Standard Definitions (2023), RR1: completed and begun interviews over all who were reached; interval by Wilson (1927).
 *         Whoever only passes by is not reached, whoever taps before a visit begins is in neither number.
 */
export const responseRate = (answered: number, visits: number): ResponseRate => {
  const hits = Math.min(answered, visits)
  if (visits < MIN_SHOWN) return { answered: hits, visits, share: null, low: null, high: null }
  return { answered: hits, visits, share: hits / visits, ...wilsonInterval(hits, visits) }
}
