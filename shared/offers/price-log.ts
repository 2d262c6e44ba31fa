/** What was taken off, in order, written down briefly: spelled out step by step and line by line only when somebody asks. */
import { add, isZero, toNumber, type Rational } from '../kernel/rational.ts'
import type { OfferId } from '../kernel/ids.ts'
import type { TraceStep } from './priced-basket.ts'

/** A line as far as the log speaks of it. */
type LoggedLine = { readonly index: number; readonly line: { readonly id: string } }

/** One turn of an offer on lines, with what came off each of them; for some of them that is nothing. */
type LineTurn = {
  readonly stage: TraceStep['stage']
  readonly offerId: OfferId
  readonly rule: string
  readonly lines: readonly LoggedLine[]
  /** In step with `lines`. */
  readonly amounts: readonly Rational[]
}

/** Steps that concern no line are written as they are told. */
export type PriceLog = (LineTurn | TraceStep)[]

/** All that one offer took off at one place; in the order in which they first did. */
export type Reduced = { readonly offerId: OfferId; amount: Rational }

/** Step by step, as it was calculated. */
export const traceOf = (log: PriceLog): readonly TraceStep[] => {
  const trace: TraceStep[] = []
  for (const one of log) {
    if (!('lines' in one)) {
      trace.push(one)
      continue
    }
    const { stage, offerId, rule, lines, amounts } = one
    for (let i = 0; i < lines.length; i++) {
      const amount = amounts[i]!
      if (!isZero(amount)) trace.push({ stage, offerId, lineId: lines[i]!.line.id, amountMinor: toNumber(amount), rule })
    }
  }
  return trace
}

/** Shape  one list per line of the basket, what the catalogue took off left out. */
export const reductionsPerLine = (log: PriceLog, lineCount: number): readonly (readonly Reduced[])[] => {
  const reductions = Array.from({ length: lineCount }, (): Reduced[] => [])
  for (const one of log) {
    if (!('lines' in one)) continue
    for (let i = 0; i < one.lines.length; i++) {
      const amount = one.amounts[i]!
      if (!isZero(amount)) remember(reductions[one.lines[i]!.index]!, one.offerId, amount)
    }
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
