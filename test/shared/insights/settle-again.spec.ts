import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { reportsUntil, settleReports, type CutLines, type SettledReports } from '#shared/insights/report-figures.ts'
import { answerLedger, type AnswerLedger, type AnswerPlace, type Line, type Lines } from '#shared/insights/rollup/answer-ledger.ts'
import type { Cut } from '#shared/insights/settle-again.ts'
import { windowIn, type Cuts } from '#shared/insights/settled-cuts.ts'
import { keepTable, settleSlice, settleWeek, sliceTable, weekTable, type SliceTable, type ToldSlice } from '#shared/insights/told-slices.ts'
import * as plain from './plain-settled-cuts.ts'

type Added = { readonly day: number; readonly touchpoint: string; readonly language: string; readonly hour: number; readonly n: number }

const FIRST_DAY = 20_759 // a Monday
/** More than what is settled anew after every answer. */
const DAYS = 230
const place = ({ touchpoint, language }: Added): AnswerPlace => ({ question: 'mood', survey: 'visit', detail: false, touchpoint, channel: 'kiosk', device: 'k1', language, segment: '' })
const add = (ledger: AnswerLedger, one: Added): void => ledger.at(place(one))({ day: FIRST_DAY + one.day, hour: one.hour, value: 5, n: Math.abs(one.n) }, 'both', one.n < 0 ? -1 : 1)

const rowOf = ({ line }: Cut): plain.Row => ({ parts: [Array.from(line.n)] })
const divisionOf = (lines: CutLines): plain.Division => ({ rows: [...lines.values()].map(rowOf), cuts: Array.from(lines.values(), ({ cuts }) => Array.from(cuts)) })
/** What the plain rule would still take away. */
const leftToTake = ({ settled }: SettledReports): number => {
  const whole = [...settled.whole.cuts]
  const divisions = [settled.touchpoint, settled.hour, settled.question].map(divisionOf)
  const count = (): number => [whole, ...divisions.flatMap(({ cuts }) => cuts)].flat().filter(Boolean).length
  const before = count()
  plain.settleCuts(rowOf(settled.whole), whole, divisions)
  return before - count()
}
/** Every cut is one of the row by itself. */
const areOwn = ({ settled }: SettledReports): boolean =>
  [settled.whole, ...[settled.touchpoint, settled.hour].flatMap((lines) => Array.from(lines.values()))].every((cut) => {
    const own = plain.cutsOf(rowOf(cut))
    return cut.cuts.every((isCut, boundary) => !isCut || own[boundary])
  })

/** The empty days between two answers are one place: what is told before them is told behind them, or neither is. */
const isOnePlace = ({ line, cuts }: Cut): boolean => cuts.every((isCut, boundary) => boundary === 0 || line.n[boundary - 1]! > 0 || isCut === cuts[boundary - 1])
const rowsIn = ({ settled }: SettledReports): readonly Cut[] => [settled.whole, ...[settled.touchpoint, settled.hour, settled.question].flatMap((lines) => Array.from(lines.values()))]
const cellsIn = ({ rows, at, of }: ToldSlice): readonly Cut[] => [rows, ...at.values(), ...of.values()].flatMap((lines) => Array.from(lines.values()))

const n = (cut: Cut | undefined): number | null => {
  const window = cut && windowIn(cut.cuts, 0, cut.cuts.length - 1)
  return window ? Object.values(cut.line.counts(window.from, window.to)).reduce((sum, one) => sum + one, 0) : null
}
const shown = (lines: CutLines): string => [...lines].map(([name, { cuts }]) => `${name} ${cuts.slice(-6).map((cut) => (cut ? '|' : '.')).join('')}`).join(' ')

/** Two touchpoints and two languages with seven answers each on every day. */
const busy = (): AnswerLedger => {
  const ledger = answerLedger()
  for (let day = 0; day < DAYS; day++) for (const touchpoint of ['exit', 'meat']) for (const language of ['de', 'en']) add(ledger, { day, touchpoint, language, hour: 9, n: 7 })
  return ledger
}

describe('figures settled again after few answers more', () => {
  it('tell the last day as soon as it has enough, and not before', () => {
    const ledger = busy()
    const first = settleReports(ledger)
    add(ledger, { day: DAYS, touchpoint: 'exit', language: 'de', hour: 9, n: 4 })
    const few = settleReports(ledger, first)
    expect(shown(few.settled.touchpoint)).toBe('exit ||||.| meat ||||||')
    add(ledger, { day: DAYS, touchpoint: 'exit', language: 'de', hour: 9, n: 1 })
    const enough = settleReports(ledger, few)
    expect([shown(enough.settled.touchpoint), n(enough.settled.whole)]).toEqual(['exit |||||| meat ||||||', DAYS * 28 + 5])
  })
  it('keep a place quiet that has been quiet since spring to protect another', () => {
    const ledger = busy()
    for (let day = 0; day <= 40; day++) add(ledger, { day, touchpoint: 'sign', language: 'de', hour: 9, n: 6 })
    add(ledger, { day: 40, touchpoint: 'door', language: 'de', hour: 9, n: 2 })
    const first = settleReports(ledger)
    const sign = ({ settled }: SettledReports): readonly boolean[] => settled.touchpoint.get('sign')!.cuts.slice(41)
    expect(new Set(sign(first))).toEqual(new Set([false]))
    add(ledger, { day: DAYS, touchpoint: 'exit', language: 'de', hour: 9, n: 9 })
    expect(new Set(sign(settleReports(ledger, first)))).toEqual(new Set([false]))
  })
  it('know a place that appears with the last day', () => {
    const ledger = busy()
    const first = settleReports(ledger)
    add(ledger, { day: DAYS - 1, touchpoint: 'sign', language: 'de', hour: 11, n: 8 })
    expect(n(settleReports(ledger, first).settled.touchpoint.get('sign'))).toBe(8)
  })
  it('are those of the first time where nothing lies across', () => {
    const ledger = busy()
    const first = settleReports(ledger)
    for (const [day, touchpoint, amount] of [[DAYS, 'exit', 3], [DAYS, 'meat', 9], [DAYS + 1, 'exit', 6], [DAYS - 2, 'meat', 2]] as const) add(ledger, { day, touchpoint, language: 'de', hour: 10, n: amount })
    const [again, anew] = [settleReports(ledger, first), settleReports(ledger)]
    expect(again.settled.whole.cuts).toEqual(anew.settled.whole.cuts)
    for (const by of ['touchpoint', 'hour', 'question'] as const) expect([...again.settled[by]].map(([name, { cuts }]) => [name, cuts])).toEqual([...anew.settled[by]].map(([name, { cuts }]) => [name, cuts]))
  })
  it('an answer where nobody has answered for half a year takes along what was told last', () => {
    const ledger = busy()
    for (let day = 0; day < 40; day++) add(ledger, { day, touchpoint: 'sign', language: 'de', hour: 9, n: 6 })
    const first = settleReports(ledger)
    expect(n(first.settled.touchpoint.get('sign'))).toBe(240)
    add(ledger, { day: DAYS - 1, touchpoint: 'sign', language: 'de', hour: 9, n: 2 })
    const again = settleReports(ledger, first)
    expect([n(again.settled.touchpoint.get('sign')), leftToTake(again)]).toEqual([242, 0])
  })

  const sizes = fc.constantFrom(1, 1, 2, 3, 7, 30)
  const answers = (from: number, to: number) => fc.record({ day: fc.integer({ min: from, max: to }), touchpoint: fc.constantFrom('exit', 'meat', 'sign'), language: fc.constantFrom('de', 'en'), hour: fc.constantFrom(9, 10), n: sizes })
  /** Somebody answers on every day. */
  const histories = fc.array(fc.tuple(answers(0, 0), answers(0, 0)), { minLength: DAYS, maxLength: DAYS }).map((days) => days.flatMap((own, day) => own.map((one) => Object.assign({}, one, { day }))))
  const steps = fc.array(fc.oneof({ weight: 6, arbitrary: answers(DAYS - 4, DAYS + 6) }, { weight: 1, arbitrary: answers(0, DAYS) }), { minLength: 2, maxLength: 6 })
  it('keep every rule, whatever comes and goes', () => {
    fc.assert(
      fc.property(histories, fc.array(steps, { minLength: 1, maxLength: 4 }), fc.boolean(), (history, rounds, isTakenBack) => {
        const ledger = answerLedger()
        for (const one of history) add(ledger, one)
        let told = settleReports(ledger)
        for (const round of rounds) {
          for (const one of round) add(ledger, one)
          told = settleReports(ledger, told)
          expect([leftToTake(told), areOwn(told), rowsIn(told).every(isOnePlace)]).toEqual([0, true, true])
          if (!isTakenBack) continue
          add(ledger, { ...round[0]!, n: -round[0]!.n })
          told = settleReports(ledger, told)
          expect([leftToTake(told), areOwn(told), rowsIn(told).every(isOnePlace)]).toEqual([0, true, true])
        }
      }),
      { numRuns: 8 },
    )
  })
})

describe('slices settled again', () => {
  /** What the rules would still take away. */
  const left = (table: SliceTable, told: ToldSlice): number => {
    const cuts = new Map<Line, Cuts>()
    const take = (lines: Lines | undefined, own: CutLines): void => {
      for (const [name, line] of lines ?? []) cuts.set(line, [...own.get(name)!.cuts])
    }
    take(table.rows, told.rows)
    for (const [name, own] of told.at) take(table.cells.get(name), own)
    for (const [name, own] of told.of) take(table.asked.get(name), own)
    const count = (): number => [...cuts.values()].flat().filter(Boolean).length
    const before = count()
    keepTable(table, (line) => cuts.get(line)!, 0)
    return before - count()
  }
  const answers = fc.record({ day: fc.integer({ min: DAYS - 3, max: DAYS + 9 }), touchpoint: fc.constantFrom('exit', 'meat', 'sign'), language: fc.constantFrom('de', 'en'), hour: fc.constantFrom(9, 10), n: fc.constantFrom(1, 2, 4, 6, 9) })
  const rounds = fc.array(fc.array(answers, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 5 })
  it('keep every rule, languages and hours of the week alike', () => {
    fc.assert(
      fc.property(rounds, (all) => {
        const ledger = busy()
        let reports = settleReports(ledger)
        let [languages, week] = [settleSlice(reports, 'language'), settleWeek(reports)]
        for (const round of all) {
          for (const one of round) add(ledger, one)
          reports = settleReports(ledger, reports)
          languages = settleSlice(reports, 'language', { before: languages })
          week = settleWeek(reports, week)
          expect([left(sliceTable(reports, 'language'), languages), left(weekTable(reports), week)]).toEqual([0, 0])
          expect([languages, week].flatMap(cellsIn).every(isOnePlace)).toBe(true)
        }
      }),
      { numRuns: 6 },
    )
  })
  it('what three answers of an early morning have closed is open again at noon', () => {
    const ledger = busy()
    let reports = settleReports(ledger)
    let week = settleWeek(reports)
    const told = (): number => [...week.rows.values()].flatMap(({ cuts }) => cuts).filter(Boolean).length
    const before = told()
    add(ledger, { day: DAYS, touchpoint: 'exit', language: 'de', hour: 9, n: 3 })
    reports = settleReports(ledger, reports)
    week = settleWeek(reports, week)
    expect(told()).toBeLessThan(0.75 * before)
    add(ledger, { day: DAYS, touchpoint: 'exit', language: 'de', hour: 9, n: 9 })
    add(ledger, { day: DAYS, touchpoint: 'meat', language: 'de', hour: 9, n: 9 })
    reports = settleReports(ledger, reports)
    week = settleWeek(reports, week)
    expect(told()).toBe(before + 7)
  })
  it('of days that are over know nothing of today', () => {
    const ledger = busy()
    const yesterday = settleWeek(settleReports(ledger))
    for (const language of ['de', 'en']) add(ledger, { day: DAYS, touchpoint: 'exit', language, hour: 10, n: 3 })
    const today = settleWeek(reportsUntil(settleReports(ledger), DAYS))
    expect([...today.rows].map(([name, { line, cuts }]) => [name, [...line.n], cuts])).toEqual([...yesterday.rows].map(([name, { line, cuts }]) => [name, [...line.n], cuts]))
  })
})
