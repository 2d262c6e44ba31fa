/** What was taken off, in order, written down briefly: spelled out step by step and line by line only when somebody asks. */
import { add, isZero, toNumber, type Rational } from '../kernel/rational.ts'
import type { OfferId } from '../kernel/ids.ts'
import type { TraceStep } from './priced-basket.ts'

/** A line as far as the log speaks of it. */
type LoggedLine = { readonly index: number; readonly line: { readonly id: string } }

/** One turn of an offer on lines: what each of them gave, in step with `shares`; nothing for some of them. */
type LineTurn = {
  readonly stage: TraceStep['stage']
  readonly offerId: OfferId
  readonly rule: string
  readonly shares: readonly { readonly line: LoggedLine }[]
  readonly taken: readonly Rational[]
}

/** Steps that concern no line are written as they are told. */
export type PriceLog = (LineTurn | TraceStep)[]

/** All that one offer took off at one place; in the order in which they first did. */
export type Reduced = { readonly offerId: OfferId; amount: Rational }

/** Step by step, as it was calculated. */
export const traceOf = (log: PriceLog): readonly TraceStep[] => {
  const trace: TraceStep[] = []
  for (const one of log) {
    if (!('taken' in one)) {
      trace.push(one)
      continue
    }
    const { stage, offerId, rule, shares, taken } = one
    for (const [i, amount] of taken.entries()) if (!isZero(amount)) trace.push({ stage, offerId, lineId: shares[i]!.line.line.id, amountMinor: toNumber(amount), rule })
  }
  return trace
}

/** Shape  one list per line of the basket, what the catalogue took off left out. */
export const reductionsPerLine = (log: PriceLog, lines: number): readonly (readonly Reduced[])[] => {
  const reductions = Array.from({ length: lines }, (): Reduced[] => [])
  for (const one of log) {
    if (!('taken' in one)) continue
    for (const [i, amount] of one.taken.entries()) if (!isZero(amount)) remember(reductions[one.shares[i]!.line.index]!, one.offerId, amount)
  }
  return reductions
}

/** Adds to what the offer has taken off here before. */
export const remember = (reductions: Reduced[], offerId: OfferId, amount: Rational): void => {
  for (const known of reductions) {
    if (known.offerId !== offerId) continue
    known.amount = add(known.amount, amount)
    return
  }
  reductions.push({ offerId, amount })
}
