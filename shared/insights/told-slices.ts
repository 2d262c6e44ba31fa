/**
 * Figures by channel, language, segment, device, stage and hour of the week, and at one touchpoint, told so that they protect each other: nobody can compute anything about fewer than
 * MIN_SHOWN answers from them and from what `report-figures.ts` tells.
 */
import { UNDATED } from './group-tallies.ts'
import { emptyLine, rowOf, type CutLines, type SettledReports } from './report-figures.ts'
import type { LedgerSlice, Line, Lines } from './rollup/answer-ledger.ts'
import { sumOfLines } from './rollup/answer-ledger.ts'
import { cutIn, settleTable, type Cut, type KeepRules, type SettledRows, type Walk } from './settle-again.ts'
import { cutsOf, settleCuts, type Cuts } from './settled-cuts.ts'

/** Answers by one slice, and by it at each touchpoint, or of each question where there are several. `table`: for who settles it again after more answers. */
export type ToldSlice = { readonly rows: CutLines; readonly at: ReadonlyMap<string, CutLines>; readonly of: ReadonlyMap<string, CutLines>; readonly table: SettledRows }

/**
 * A slice beside the whole and the touchpoints, which are told already and keep what they tell.
 * Shape   `beside`: other divisions that are told; `before`: the slice as it was told last.
 * Order   the slice gives up cuts where the whole would give a group away; a group of a touchpoint where the touchpoint would; and a group itself where its parts at the touchpoints
 *         cannot be protected any other way. Cuts only ever go, so it ends.
 */
export const settleSlice = (reports: SettledReports, slice: LedgerSlice, { before = null, ...terms }: SliceTerms = {}): ToldSlice => tell(reports.days, sliceTable(reports, slice, terms), before)

export const sliceTable = ({ ledger, settled }: SettledReports, slice: LedgerSlice, { beside = [], told = [] }: SliceTerms = {}): SliceTable => {
  const others = [...beside.map((by, i) => ({ by, rows: told[i]! })), { by: 'question' as const, rows: settled.question }]
  const questions = severalOf(settled.question)
  return {
    wholes: [{ cut: settled.whole }],
    places: alone(settled.touchpoint),
    rows: ledger.lines({ by: slice }),
    cells: cellsAt(settled.touchpoint, (touchpoint) => ledger.lines({ by: slice, of: { touchpoint } })),
    questions: alone(questions),
    asked: cellsAt(questions, (question) => ledger.lines({ by: slice, of: { question } })),
    beside: others.flatMap(({ by, rows }) => [...rows].map(([name, cut]) => ({ cut, parts: ledger.lines({ by: slice, of: { [by]: name } }), name: `${by} ${name}` }))),
  }
}

export type SliceTerms = { readonly beside?: readonly ('channel' | 'language')[]; readonly told?: readonly CutLines[]; readonly before?: ToldSlice | null }

/** Questions divide the answers only where there are several. */
const severalOf = (questions: CutLines): CutLines => (questions.size > 1 ? questions : new Map())

/** Ratings beside a survey's own score stand for themselves: a slice of theirs is cut by their own whole. */
export const settleDetail = ({ days, ledger }: SettledReports, slice: LedgerSlice, question: string, whole: Cut): CutLines =>
  tell(days, { ...NO_SIDES, wholes: [{ cut: whole }], rows: ledger.lines({ by: slice, of: { question }, detail: true }) }, null).rows

/** Kiosks divide their channel; whatever is no kiosk is told as its channel is. */
export const settleDevices = (reports: SettledReports, channels: ToldSlice, before: ToldSlice | null = null): ToldSlice => {
  const { days, ledger, settled } = reports
  const isKiosk = (lines: Lines): Lines => new Map([...lines].filter(([name]) => !channels.rows.has(name)))
  const others = (rows: CutLines | undefined): ReadonlyMap<string, Cut> => new Map([...(rows ?? [])].filter(([name]) => name !== KIOSK))
  const around = (whole: Cut, rows: CutLines | undefined): readonly Whole[] => [{ cut: whole, beside: [...others(rows).values()] }, ...(rows?.has(KIOSK) ? [{ cut: rows.get(KIOSK)! }] : [])]
  const table: SliceTable = {
    ...NO_SIDES,
    wholes: around(settled.whole, channels.rows),
    places: new Map([...settled.touchpoint].map(([touchpoint, cut]) => [touchpoint, around(cut, channels.at.get(touchpoint))])),
    rows: isKiosk(ledger.lines({ by: 'device' })),
    cells: cellsAt(settled.touchpoint, (touchpoint) => isKiosk(ledger.lines({ by: 'device', of: { touchpoint } }))),
    questions: new Map([...severalOf(settled.question)].map(([question, cut]) => [question, around(cut, channels.of.get(question))])),
    asked: cellsAt(severalOf(settled.question), (question) => isKiosk(ledger.lines({ by: 'device', of: { question } }))),
  }
  const own = tell(days, table, before)
  const joined = (own: ToldSlice['at'], told: ToldSlice['at']): ToldSlice['at'] => new Map([...own].map(([name, rows]) => [name, new Map([...rows, ...others(told.get(name))])]))
  return { rows: new Map([...own.rows, ...others(channels.rows)]), at: joined(own.at, channels.at), of: joined(own.of, channels.of), table: own.table }
}

const KIOSK = 'kiosk'

/** Hours of the week, as `1 09` for Monday nine o'clock: each divides its hour of the day, and the whole. */
export const settleWeek = (reports: SettledReports, before: ToldSlice | null = null): ToldSlice => tell(reports.days, weekTable(reports), before)

export const weekTable = ({ days, ledger, settled }: SettledReports): SliceTable => {
  const weekdays = Array.from({ length: 7 }, (_, weekday) => [...days.keys()].filter((unit) => days[unit] !== UNDATED && (new Date(`${days[unit]}T00:00:00Z`).getUTCDay() + 6) % 7 === weekday))
  const split = (hours: Lines): Lines => new Map([...hours].flatMap(([hour, line]) => (hour === UNDATED ? [] : weekdays.map((own, weekday) => [`${weekday + 1} ${hour}`, onWeekday(line, own)] as const))).filter(([, { n }]) => n.some((one) => one > 0)))
  const undated = (hours: Lines): Lines => new Map([...hours].filter(([hour]) => hour === UNDATED))
  const all = (hours: Lines): Lines => new Map([...split(hours), ...undated(hours)])
  return {
    ...NO_SIDES,
    wholes: [{ cut: settled.whole }, ...[...settled.hour].map(([hour, cut]) => ({ cut, name: hour, isOf: (name: string) => name === hour || name.slice(2) === hour }))],
    places: alone(settled.touchpoint),
    rows: all(ledger.lines({ by: 'hour' })),
    cells: cellsAt(settled.touchpoint, (touchpoint) => all(ledger.lines({ by: 'hour', of: { touchpoint } }))),
  }
}

/** Of several rows that are told, told together: where all of them are cut. Nothing follows from it that did not before. */
export const toldTogether = (parts: readonly Cut[], units: number): Cut => ({
  line: sumOfLines(parts.map(({ line }) => line), units),
  cuts: Array.from({ length: units + 1 }, (_, boundary) => parts.every(({ cuts }) => cuts[boundary])),
})

/** A sum that is told: of all rows, or of some, together with others that are told already. `name`: where there are several. */
type Whole = { readonly cut: Cut; readonly name?: string; readonly isOf?: (name: string) => boolean; readonly beside?: readonly Cut[] }
/** Told sums, the rows of a slice, and its cells at each touchpoint and of each question. */
export type SliceTable = {
  readonly wholes: readonly Whole[]
  readonly places: ReadonlyMap<string, readonly Whole[]>
  readonly rows: Lines
  readonly cells: ReadonlyMap<string, Lines>
  readonly questions: ReadonlyMap<string, readonly Whole[]>
  readonly asked: ReadonlyMap<string, Lines>
  readonly beside: readonly Beside[]
}
/** A told sum, and what of it falls into each row. */
type Beside = { readonly cut: Cut; readonly parts: Lines; readonly name: string }

const NO_SIDES = { places: new Map(), cells: new Map(), questions: new Map(), asked: new Map(), beside: [] }

const alone = (lines: CutLines): ReadonlyMap<string, readonly Whole[]> => new Map([...lines].map(([name, cut]) => [name, [{ cut }]]))

const tell = (days: readonly string[], table: SliceTable, before: ToldSlice | null): ToldSlice => {
  const settled = settleTable({ days, table, walk: walkTable, keepRules: keepTable }, before?.table ?? null)
  const cutsIn = (side: string, lines: Lines): CutLines => new Map([...lines].map(([key, line]) => [key, cutIn(settled, `${side} ${key}`, line)]))
  const cutsOfAll = (side: string, lines: ReadonlyMap<string, Lines>): ToldSlice['at'] => new Map([...lines].map(([name, own]) => [name, cutsIn(`${side} ${name}`, own)]))
  return { rows: cutsIn('row', table.rows), at: cutsOfAll('cell', table.cells), of: cutsOfAll('asked', table.asked), table: settled }
}

const walkTable: Walk<SliceTable> = (table, { row, part, told }) => {
  const wholes = (side: string, own: readonly Whole[]): readonly Whole[] =>
    own.map((whole) => {
      const name = `${side} ${whole.name ?? ''}`
      return { ...whole, cut: told(name, whole.cut), ...(whole.beside && { beside: whole.beside.map((cut, i) => told(`${name} beside ${i}`, cut)) }) }
    })
  const rows = (side: string, lines: Lines, visit = row): Lines => new Map([...lines].map(([key, line]) => [key, visit(`${side} ${key}`, line)]))
  const all = <T, R>(side: string, of: ReadonlyMap<string, T>, visit: (name: string, one: T) => R): ReadonlyMap<string, R> => new Map([...of].map(([name, one]) => [name, visit(`${side} ${name}`, one)]))
  return {
    wholes: wholes('whole', table.wholes),
    places: all('place', table.places, wholes),
    rows: rows('row', table.rows),
    cells: all('cell', table.cells, rows),
    questions: all('question', table.questions, wholes),
    asked: all('asked', table.asked, rows),
    beside: table.beside.map(({ cut, parts, name }) => ({ name, cut: told(`beside ${name}`, cut), parts: rows(`beside ${name}`, parts, part) })),
  }
}

/** What has to hold of a slice's cuts. */
export const keepTable: KeepRules<SliceTable> = ({ wholes, places, rows: lines, cells, questions, asked, beside }, cutsAt, from) => {
  const cutLines = (own: Lines): CutLines => new Map([...own].map(([key, line]) => [key, { line, cuts: cutsAt(line) }]))
  const cutAll = (own: ReadonlyMap<string, Lines>): ReadonlyMap<string, CutLines> => new Map([...own].map(([name, rows]) => [name, cutLines(rows)]))
  const rows = cutLines(lines)
  const sides = [{ sums: places, lines: cells, cut: cutAll(cells) }, { sums: questions, lines: asked, cut: cutAll(asked) }]
  const firsts = sides.flatMap((side) => [...side.sums].map(([name, [first]]) => ({ cut: first!.cut, parts: side.lines.get(name) ?? new Map<string, Line>() })))
  keepAll([
    ...wholes.map(({ cut, isOf, beside: told = [] }) => dividing(cut, [...rows].flatMap(([name, row]) => (!isOf || isOf(name) ? [row] : [])), told, from)),
    ...sides.flatMap((side) => [...side.sums].flatMap(([name, sums]) => sums.map(({ cut, beside: told = [] }) => dividing(cut, [...(side.cut.get(name)?.values() ?? [])], told, from)))),
    ...sides.flatMap((side) => [...rows].map(([name, row]) => ofItself(row, [...side.cut.values()].flatMap((own) => own.get(name) ?? []), from))),
    ...[...firsts, ...beside].flatMap(({ cut, parts }) => [...parts].flatMap(([name, part]) => (rows.has(name) ? [{ of: [rows.get(name)!], keep: () => keepApart(cut, rows.get(name)!, part, from) }] : []))),
  ])
}

/** Something that has to hold between some rows; it is looked at again only when one of them has fewer cuts than when it last held. */
type Rule = { readonly of: readonly Cut[]; readonly keep: () => void }

const dividing = (whole: Cut, own: readonly Cut[], told: readonly Cut[], from: number): Rule => ({ of: own, keep: () => divide(whole, own, told, from) })
const ofItself = (row: Cut, parts: readonly Cut[], from: number): Rule => ({ of: [row, ...parts], keep: () => divideOwn(row, parts, from) })

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

/** Parts of a told sum give up cuts; those of it that are told already keep theirs. */
const divide = (whole: Cut, own: readonly Cut[], told: readonly Cut[], from: number): void => {
  keepSecret(whole, own, told)
  for (let changed = own.length > 0; changed; ) {
    changed = false
    const given = told.map(({ cuts }) => [...cuts])
    settleCuts(rowOf([whole.line]), [...whole.cuts], [{ rows: [...own, ...told].map(({ line }) => rowOf([line])), cuts: [...own.map(({ cuts }) => cuts), ...given] }], { isGiven: true, from })
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
  const sizes = own.map(sizeOf)
  const largest = own[sizes.indexOf(Math.max(...sizes))]
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

const sizeOf = ({ line: { n } }: Cut): number => {
  let size = 0
  for (const one of n) size += one
  return size
}

/** A row gives itself up where its parts could not be protected. */
const divideOwn = (whole: Cut, parts: readonly Cut[], from: number): void => {
  keepSecret(whole, parts, [])
  if (parts.length > 0) settleCuts(rowOf([whole.line]), whole.cuts, [{ rows: parts.map(({ line }) => rowOf([line])), cuts: parts.map(({ cuts }) => cuts) }], { from })
}

/** A row inside a told one, or around one: the rest counts as a group of its own, and the row gives itself up wherever that would be too few. `both`: what is in either. */
const keepApart = (told: Cut, own: Cut, both: Line, from: number): void => {
  const isAll = (line: Line): boolean => line.n.every((n, unit) => n === both.n[unit])
  const isInside = isAll(own.line)
  if (!isInside && !isAll(told.line)) return
  const [small, big] = isInside ? [own, told] : [told, own]
  const rest: Line = { ...emptyLine(both.n.length), n: big.line.n.map((n, unit) => n - small.line.n[unit]!) }
  if (rest.n.every((n) => n === 0)) return shareCuts(told, own)
  const rows = [rowOf([small.line]), rowOf([rest])]
  if (isInside) return settleCuts(rowOf([told.line]), told.cuts, [{ rows, cuts: [own.cuts, cutsOf(rows[1]!)] }], { isGiven: true, from })
  for (let changed = true; changed; ) {
    changed = false
    const given = [...told.cuts]
    settleCuts(rowOf([own.line]), own.cuts, [{ rows, cuts: [given, cutsOf(rows[1]!)] }], { from })
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

const cellsAt = (places: CutLines, lines: (touchpoint: string) => Lines): ReadonlyMap<string, Lines> => new Map([...places.keys()].map((touchpoint) => [touchpoint, lines(touchpoint)]))
const countCuts = (rows: readonly Cut[]): number => {
  let n = 0
  for (const { cuts } of rows) for (const cut of cuts) if (cut) n += 1
  return n
}

/** `own`: the units of the weekday. */
const onWeekday = (line: Line, own: readonly number[]): Line => {
  const n = new Int32Array(line.n.length)
  for (const unit of own) n[unit] = line.n[unit]!
  const inside = (from: number, to: number): readonly number[] => own.filter((unit) => unit >= from && unit < to)
  return {
    n,
    counts: (from, to) => sumOver(inside(from, to), (unit) => line.counts(unit, unit + 1)),
    flagged: (from, to) => inside(from, to).reduce((sum, unit) => sum + line.flagged(unit, unit + 1), 0),
  }
}

const sumOver = (units: readonly number[], countsOf: (unit: number) => { readonly [value: string]: number }): { readonly [value: string]: number } => {
  const sums: { [value: string]: number } = {}
  for (const unit of units) for (const [value, n] of Object.entries(countsOf(unit))) sums[value] = (sums[value] ?? 0) + n
  return sums
}
