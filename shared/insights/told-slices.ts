/**
 * Figures by channel, language, segment, device, stage and hour of the week, and at one touchpoint, told so that they protect each other: nobody can compute anything about fewer than
 * MIN_SHOWN answers from them and from what `report-figures.ts` tells.
 */
import { UNDATED } from './group-tallies.ts'
import type { Cut, CutLines, SettledReports } from './report-figures.ts'
import { emptyLine, rowOf } from './report-figures.ts'
import type { LedgerSlice, Line, Lines } from './rollup/answer-ledger.ts'
import { sumOfLines } from './rollup/answer-ledger.ts'
import { cutsOf, settleCuts, type Cuts } from './settled-cuts.ts'

/** Answers by one slice, and by it at each touchpoint, or of each question where there are several. */
export type ToldSlice = { readonly rows: CutLines; readonly at: ReadonlyMap<string, CutLines>; readonly of: ReadonlyMap<string, CutLines> }

/**
 * A slice beside the whole and the touchpoints, which are told already and keep what they tell.
 * Shape   `beside`: other divisions that are told.
 * Order   the slice gives up cuts where the whole would give a group away; a group of a touchpoint where the touchpoint would; and a group itself where its parts at the touchpoints
 *         cannot be protected any other way. Cuts only ever go, so it ends.
 */
export const settleSlice = ({ ledger, settled }: SettledReports, slice: LedgerSlice, beside: readonly ('channel' | 'language')[] = [], told: readonly CutLines[] = []): ToldSlice => {
  const others = [...beside.map((by, i) => ({ by, rows: told[i]! })), { by: 'question' as const, rows: settled.question }]
  const questions = severalOf(settled.question)
  return settleTable({
    wholes: [{ cut: settled.whole }],
    places: alone(settled.touchpoint),
    rows: ledger.lines({ by: slice }),
    cells: cellsAt(settled.touchpoint, (touchpoint) => ledger.lines({ by: slice, of: { touchpoint } })),
    questions: alone(questions),
    asked: cellsAt(questions, (question) => ledger.lines({ by: slice, of: { question } })),
    beside: others.flatMap(({ by, rows }) => [...rows].map(([name, cut]) => ({ cut, parts: ledger.lines({ by: slice, of: { [by]: name } }) }))),
  })
}

/** Questions divide the answers only where there are several. */
const severalOf = (questions: CutLines): CutLines => (questions.size > 1 ? questions : new Map())

/** Ratings beside a survey's own score stand for themselves: a slice of theirs is cut by their own whole. */
export const settleDetail = ({ ledger }: SettledReports, slice: LedgerSlice, question: string, whole: Cut): CutLines =>
  settleTable({ wholes: [{ cut: whole }], places: new Map(), rows: ledger.lines({ by: slice, of: { question }, detail: true }), cells: new Map() }).rows

/** Kiosks divide their channel; whatever is no kiosk is told as its channel is. */
export const settleDevices = (reports: SettledReports, channels: ToldSlice): ToldSlice => {
  const { ledger, settled } = reports
  const isKiosk = (lines: Lines): Lines => new Map([...lines].filter(([name]) => !channels.rows.has(name)))
  const others = (rows: CutLines | undefined): ReadonlyMap<string, Cut> => new Map([...(rows ?? [])].filter(([name]) => name !== KIOSK))
  const around = (whole: Cut, rows: CutLines | undefined): readonly Whole[] => [{ cut: whole, beside: [...others(rows).values()] }, ...(rows?.has(KIOSK) ? [{ cut: rows.get(KIOSK)! }] : [])]
  const own = settleTable({
    wholes: around(settled.whole, channels.rows),
    places: new Map([...settled.touchpoint].map(([touchpoint, cut]) => [touchpoint, around(cut, channels.at.get(touchpoint))])),
    rows: isKiosk(ledger.lines({ by: 'device' })),
    cells: cellsAt(settled.touchpoint, (touchpoint) => isKiosk(ledger.lines({ by: 'device', of: { touchpoint } }))),
    questions: new Map([...severalOf(settled.question)].map(([question, cut]) => [question, around(cut, channels.of.get(question))])),
    asked: cellsAt(severalOf(settled.question), (question) => isKiosk(ledger.lines({ by: 'device', of: { question } }))),
  })
  const joined = (own: ToldSlice['at'], told: ToldSlice['at']): ToldSlice['at'] => new Map([...own].map(([name, rows]) => [name, new Map([...rows, ...others(told.get(name))])]))
  return { rows: new Map([...own.rows, ...others(channels.rows)]), at: joined(own.at, channels.at), of: joined(own.of, channels.of) }
}

const KIOSK = 'kiosk'

/** Hours of the week, as `1 09` for Monday nine o'clock: each divides its hour of the day, and the whole. */
export const settleWeek = ({ days, ledger, settled }: SettledReports): ToldSlice => {
  const weekdays = days.map((day) => (day === UNDATED ? 0 : ((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7) + 1))
  const split = (hours: Lines): Lines => new Map([...hours].flatMap(([hour, line]) => (hour === UNDATED ? [] : [1, 2, 3, 4, 5, 6, 7].map((weekday) => [`${weekday} ${hour}`, onWeekday(line, weekdays, weekday)] as const))).filter(([, { n }]) => n.some((one) => one > 0)))
  const undated = (hours: Lines): Lines => new Map([...hours].filter(([hour]) => hour === UNDATED))
  const all = (hours: Lines): Lines => new Map([...split(hours), ...undated(hours)])
  return settleTable({
    wholes: [{ cut: settled.whole }, ...[...settled.hour].map(([hour, cut]) => ({ cut, isOf: (name: string) => name === hour || name.slice(2) === hour }))],
    places: alone(settled.touchpoint),
    rows: all(ledger.lines({ by: 'hour' })),
    cells: cellsAt(settled.touchpoint, (touchpoint) => all(ledger.lines({ by: 'hour', of: { touchpoint } }))),
  })
}

/** Of several rows that are told, told together: where all of them are cut. Nothing follows from it that did not before. */
export const toldTogether = (parts: readonly Cut[], units: number): Cut => ({
  line: sumOfLines(parts.map(({ line }) => line), units),
  cuts: Array.from({ length: units + 1 }, (_, boundary) => parts.every(({ cuts }) => cuts[boundary])),
})

/** A sum that is told: of all rows, or of some, together with others that are told already. */
type Whole = { readonly cut: Cut; readonly isOf?: (name: string) => boolean; readonly beside?: readonly Cut[] }
type Table = {
  readonly wholes: readonly Whole[]
  readonly places: ReadonlyMap<string, readonly Whole[]>
  readonly rows: Lines
  readonly cells: ReadonlyMap<string, Lines>
  readonly questions?: ReadonlyMap<string, readonly Whole[]>
  readonly asked?: ReadonlyMap<string, Lines>
  readonly beside?: readonly Beside[]
}
/** A told sum, and what of it falls into each row. */
type Beside = { readonly cut: Cut; readonly parts: Lines }

const alone = (lines: CutLines): ReadonlyMap<string, readonly Whole[]> => new Map([...lines].map(([name, cut]) => [name, [{ cut }]]))

const settleTable = ({ wholes, places, rows: lines, cells, questions = new Map(), asked = new Map(), beside = [] }: Table): ToldSlice => {
  const rows = cutLines(lines)
  const sides = [{ sums: places, lines: cells, cut: cutAll(cells) }, { sums: questions, lines: asked, cut: cutAll(asked) }]
  const firsts = sides.flatMap((side) => [...side.sums].map(([name, [first]]): Beside => ({ cut: first!.cut, parts: side.lines.get(name) ?? new Map() })))
  const rules: readonly Rule[] = [
    ...wholes.map(({ cut, isOf, beside: told = [] }) => dividing(cut, [...rows].flatMap(([name, row]) => (!isOf || isOf(name) ? [row] : [])), told)),
    ...sides.flatMap((side) => [...side.sums].flatMap(([name, sums]) => sums.map(({ cut, beside: told = [] }) => dividing(cut, [...(side.cut.get(name)?.values() ?? [])], told)))),
    ...sides.flatMap((side) => [...rows].map(([name, row]) => ofItself(row, [...side.cut.values()].flatMap((own) => own.get(name) ?? [])))),
    ...[...firsts, ...beside].flatMap(({ cut, parts }) => [...parts].flatMap(([name, part]) => (rows.has(name) ? [{ of: [rows.get(name)!], keep: () => keepApart(cut, rows.get(name)!, part) }] : []))),
  ]
  keepAll(rules)
  return { rows, at: sides[0]!.cut, of: sides[1]!.cut }
}

/** Something that has to hold between some rows; it is looked at again only when one of them has fewer cuts than when it last held. */
type Rule = { readonly of: readonly Cut[]; readonly keep: () => void }

const dividing = (whole: Cut, own: readonly Cut[], told: readonly Cut[]): Rule => ({ of: own, keep: () => divide(whole, own, told) })
const ofItself = (row: Cut, parts: readonly Cut[]): Rule => ({ of: [row, ...parts], keep: () => divideOwn(row, parts) })

const keepAll = (rules: readonly Rule[]): void => {
  const held = rules.map(() => -1)
  for (let changed = true; changed; ) {
    changed = false
    for (const [i, { of, keep }] of rules.entries()) {
      if (of.length === 0 || held[i] === countCuts(of)) continue
      keep()
      held[i] = countCuts(of)
      changed = true
    }
  }
}

const cutAll = (lines: ReadonlyMap<string, Lines>): ReadonlyMap<string, CutLines> => new Map([...lines].map(([name, own]) => [name, cutLines(own)]))

/** Parts of a told sum give up cuts; those of it that are told already keep theirs. */
const divide = (whole: Cut, own: readonly Cut[], told: readonly Cut[]): void => {
  keepSecret(whole, own, told)
  for (let changed = own.length > 0; changed; ) {
    changed = false
    const given = told.map(({ cuts }) => [...cuts])
    settleCuts(rowOf([whole.line]), [...whole.cuts], [{ rows: [...own, ...told].map(({ line }) => rowOf([line])), cuts: [...own.map(({ cuts }) => cuts), ...given] }], { isGiven: true })
    for (const boundary of whole.cuts.keys()) {
      if (told.every(({ cuts }, i) => cuts[boundary] === given[i]![boundary])) continue
      for (const part of own) {
        if (!part.cuts[boundary] || isNothingBefore(part.line, boundary)) continue
        close(part, boundary)
        changed = true
      }
    }
  }
}

const isNothingBefore = ({ n }: Line, boundary: number): boolean => n.subarray(0, boundary).every((one) => one === 0)

/** Where a sum is not told, its parts do not tell it. */
const keepSecret = (whole: Cut, own: readonly Cut[], told: readonly Cut[]): void => {
  if (whole.cuts.every(Boolean)) return
  const [largest] = own.toSorted((a, b) => sizeOf(b) - sizeOf(a))
  for (const [boundary, isTold] of whole.cuts.entries()) {
    if (isTold) continue
    for (const part of own) {
      if (!part.cuts[boundary]) continue
      const { from, to } = around(part, boundary)
      if (!hasCut(whole.cuts, from, to)) part.cuts.fill(false, from, to + 1)
    }
    if (largest && own.every(({ cuts }) => cuts[boundary]) && told.every(({ cuts }) => cuts[boundary])) close(largest, boundary)
  }
}

const hasCut = (cuts: Cuts, from: number, to: number): boolean => {
  for (let boundary = from; boundary <= to; boundary++) if (cuts[boundary]) return true
  return false
}

const sizeOf = ({ line: { n } }: Cut): number => n.reduce((sum, one) => sum + one, 0)

/** A row gives itself up where its parts could not be protected. */
const divideOwn = (whole: Cut, parts: readonly Cut[]): void => {
  keepSecret(whole, parts, [])
  if (parts.length > 0) settleCuts(rowOf([whole.line]), whole.cuts, [{ rows: parts.map(({ line }) => rowOf([line])), cuts: parts.map(({ cuts }) => cuts) }])
}

/** A row inside a told one, or around one: the rest counts as a group of its own, and the row gives itself up wherever that would be too few. `both`: what is in either. */
const keepApart = (told: Cut, own: Cut, both: Line): void => {
  const isAll = (line: Line): boolean => line.n.every((n, unit) => n === both.n[unit])
  const isInside = isAll(own.line)
  if (!isInside && !isAll(told.line)) return
  const [small, big] = isInside ? [own, told] : [told, own]
  const rest: Line = { ...emptyLine(both.n.length), n: big.line.n.map((n, unit) => n - small.line.n[unit]!) }
  if (rest.n.every((n) => n === 0)) return shareCuts(told, own)
  const rows = [rowOf([small.line]), rowOf([rest])]
  if (isInside) return settleCuts(rowOf([told.line]), told.cuts, [{ rows, cuts: [own.cuts, cutsOf(rows[1]!)] }], { isGiven: true })
  for (let changed = true; changed; ) {
    changed = false
    const given = [...told.cuts]
    settleCuts(rowOf([own.line]), own.cuts, [{ rows, cuts: [given, cutsOf(rows[1]!)] }])
    for (const [boundary, cut] of given.entries()) {
      if (cut === told.cuts[boundary] || !own.cuts[boundary]) continue
      close(own, boundary)
      changed = true
    }
  }
}

/** The same answers under two names are told in the same pieces. */
const shareCuts = (told: Cut, own: Cut): void => {
  for (let boundary = 0; boundary < own.cuts.length; boundary++) if (!told.cuts[boundary] && own.cuts[boundary]) close(own, boundary)
}

/** With the cuts behind the empty days around it: all of them tell the same sum. */
const close = (cut: Cut, boundary: number): void => {
  const { from, to } = around(cut, boundary)
  cut.cuts.fill(false, from, to + 1)
}

const around = ({ line: { n }, cuts }: Cut, boundary: number): { readonly from: number; readonly to: number } => {
  let [from, to] = [boundary, boundary]
  while (from > 0 && n[from - 1] === 0) from -= 1
  while (to < cuts.length - 1 && n[to] === 0) to += 1
  return { from, to }
}

const cutLines = (lines: Lines): ReadonlyMap<string, Cut & { readonly cuts: Cuts }> => new Map([...lines].map(([key, line]) => [key, { line, cuts: cutsOf(rowOf([line])) }]))
const cellsAt = (places: CutLines, lines: (touchpoint: string) => Lines): ReadonlyMap<string, Lines> => new Map([...places.keys()].map((touchpoint) => [touchpoint, lines(touchpoint)]))
const countCuts = (rows: readonly Cut[]): number => {
  let n = 0
  for (const { cuts } of rows) for (const cut of cuts) if (cut) n += 1
  return n
}

const onWeekday = (line: Line, weekdays: readonly number[], weekday: number): Line => ({
  n: line.n.map((n, unit) => (weekdays[unit] === weekday ? n : 0)),
  counts: (from, to) => sumOver(weekdays, weekday, from, to, (unit) => line.counts(unit, unit + 1)),
  flagged: (from, to) => weekdays.reduce((sum, own, unit) => sum + (own === weekday && unit >= from && unit < to ? line.flagged(unit, unit + 1) : 0), 0),
})

const sumOver = (weekdays: readonly number[], weekday: number, from: number, to: number, countsOf: (unit: number) => { readonly [value: string]: number }): { readonly [value: string]: number } => {
  const sums: { [value: string]: number } = {}
  for (let unit = from; unit < to; unit++) if (weekdays[unit] === weekday) for (const [value, n] of Object.entries(countsOf(unit))) sums[value] = (sums[value] ?? 0) + n
  return sums
}
