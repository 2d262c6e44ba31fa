/** The counted answers in memory, kept up with the store by what has changed: what every figure is read from. */
import type { AnswerCell, AnswerCells } from '#hub/ports/answer-cells.ts'
import type { FeedbackStore } from '#hub/ports/feedback-store.ts'
import type { ScoredKind } from '#shared/feedback/scales.ts'
import { momentOf, settleReports, type Moment, type SettledReports } from '#shared/insights/report-figures.ts'
import { answerLedger, FLAGGED, type AnswerLedger, type AnswerPlace } from '#shared/insights/rollup/answer-ledger.ts'
import { QUARTER_MS } from '#shared/insights/group-tallies.ts'
import { millis } from '#shared/kernel/time.ts'

/** All answers of a scale. `version`: another text whenever they may have changed; `settled`: worked out when first asked for. */
export type OpenBook = { readonly version: string; readonly ledger: AnswerLedger; settled(): SettledReports }

export type AnswerBook = {
  read(kind: ScoredKind, timeZone: string): OpenBook
}

type Page = {
  readonly ledger: AnswerLedger
  readonly timeZone: string
  readonly places: Map<string, ReturnType<AnswerLedger['at']>>
  /** What is in the ledger of each cell. */
  readonly cells: Map<string, AnswerCell>
  /** Settled when somebody last asked. */
  readonly last: { settled: SettledReports | null }
  stamp: number
  /** Takes out again what was not counted in cells when it was read. */
  forget: () => void
  open: OpenBook
}

export const answerBook = (feedback: Pick<FeedbackStore, 'version'>, store: AnswerCells): AnswerBook => {
  const pages = new Map<ScoredKind, Page>()
  return {
    read: (kind, timeZone) => {
      const version = `${feedback.version()} ${timeZone}`
      const known = pages.get(kind)
      if (known?.open.version === version) return known.open
      const page = known?.timeZone === timeZone ? known : newPage(timeZone)
      pages.set(kind, page)
      page.forget()
      takeCells(page, kind, store)
      page.forget = takeUncounted(page, kind, store)
      page.open = openBook(version, page)
      return page.open
    },
  }
}

/** The book of a store: one for all who read from it, unless they bring another. */
export const bookOf = ({ feedback, cells, book: own }: { readonly feedback: Pick<FeedbackStore, 'version'>; readonly cells: AnswerCells; readonly book?: AnswerBook }): AnswerBook => {
  if (own) return own
  const book = books.get(cells) ?? answerBook(feedback, cells)
  books.set(cells, book)
  return book
}

const books = new WeakMap<AnswerCells, AnswerBook>()

const openBook = (version: string, { ledger, last }: Pick<Page, 'ledger' | 'last'>): OpenBook => {
  let settled: SettledReports | null = null
  return { version, ledger, settled: () => (settled ??= last.settled = settleReports(ledger, last.settled)) }
}

const newPage = (timeZone: string): Page => {
  const begun = { ledger: answerLedger(), last: { settled: null } }
  return { ...begun, timeZone, places: new Map(), cells: new Map(), stamp: -1, forget: () => undefined, open: openBook('', begun) }
}

const takeCells = (page: Page, kind: ScoredKind, store: AnswerCells): void => {
  const stamp = store.stamp()
  if (stamp === page.stamp) return
  const changed = page.stamp < 0 ? null : store.changedSince(kind, page.stamp)
  const put = (cell: AnswerCell, sign: 1 | -1): void => {
    const place = placeIn(page, cell.place)
    for (const entry of cell.entries) place(entry, cell.side, sign)
  }
  if (changed === null) {
    for (const cell of page.cells.values()) put(cell, -1)
    page.cells.clear()
  }
  for (const cell of changed ?? store.cells(kind)) {
    const name = `${cell.line} ${cell.month}`
    const before = page.cells.get(name)
    if (before) put(before, -1)
    put(cell, 1)
    page.cells.set(name, cell)
  }
  page.stamp = stamp
}

const takeUncounted = (page: Page, kind: ScoredKind, store: AnswerCells): (() => void) => {
  const moments = new Map<number | null, Moment>()
  const taken: (() => void)[] = []
  for (const { place, at, value, n, flagged } of store.uncounted(kind)) {
    const quarter = at === null ? null : millis(Math.floor(at / QUARTER_MS) * QUARTER_MS)
    const moment = moments.get(quarter) ?? momentOf(quarter, page.timeZone)
    moments.set(quarter, moment)
    const put = placeIn(page, place)
    const both = (sign: 1 | -1): void => {
      put(Object.assign({ value, n }, moment), 'both', sign)
      if (flagged !== 0) put(Object.assign({ value: FLAGGED, n: flagged }, moment), 'both', sign)
    }
    both(1)
    taken.push(() => both(-1))
  }
  return () => {
    for (const back of taken) back()
  }
}

const placeIn = ({ places, ledger }: Page, place: AnswerPlace): ReturnType<AnswerLedger['at']> => {
  const name = Object.values(place).join('\u0000')
  const known = places.get(name) ?? ledger.at(place)
  places.set(name, known)
  return known
}
