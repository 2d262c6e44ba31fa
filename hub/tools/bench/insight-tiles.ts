/** What a tile takes when answers are counted in blocks beforehand, beside reading the answers. */
import { figureOf, type Counts } from '#shared/insights/figure.ts'
import { cellsOfBatch, countsBetween, type CountedAnswer } from '#shared/insights/rollup/answer-cells.ts'
import { EMPTY, merge, type Rollup } from '#shared/insights/rollup/rollup.ts'
import { seededRandom } from '#shared/insights/statistics/seeded-random.ts'
import { millis } from '#shared/kernel/time.ts'
import { compare, takeTurns, type Comparison, type Scale } from './measure.ts'

const START = Date.parse('2026-01-01T00:00:00Z')
const DAY_MS = 86_400_000
const YEAR_DAYS = 364
const BATCH = 100
const TOUCHPOINTS = ['exit', 'checkout', 'meat', 'bread', 'bottles', 'service']

/** The satisfaction of one touchpoint over 28 days, out of few answers and out of a hundred times as many. */
export const insightTiles = ({ quick }: Scale): readonly Comparison[] => {
  const [few, many] = quick ? [1_000, 100_000] : [10_000, 1_000_000]
  const small = storeOf(few)
  const large = storeOf(many)
  const scan = takeTurns(7, 3, small.tile, () => scanned(large.answers))
  const growth = takeTurns(9, 300, large.tile, small.tile)
  return [
    compare(`a tile of 28 days out of ${many} answers`, 'µs', growth.ours, growth.peer, `the same out of ${few} answers`),
    compare(`a tile of 28 days out of ${many} answers`, 'µs', growth.ours, scan.peer, 'reading all answers'),
    compare(`counting in a batch of ${BATCH} answers`, 'cells an answer', large.cellsPerAnswer, 36, 'cells of each answer by itself'),
  ]
}

const FROM = millis(START + 100 * DAY_MS)
const UNTIL = millis(START + 128 * DAY_MS)

const storeOf = (n: number): { readonly answers: readonly CountedAnswer[]; readonly tile: () => unknown; readonly cellsPerAnswer: number } => {
  const random = seededRandom(n)
  // in the order of time, as they arrive
  const answers = Array.from({ length: n }, (_, i): CountedAnswer => ({
    question: 'mood',
    value: 1 + Math.floor(5 * random()),
    at: millis(START + Math.floor(((i + random()) * YEAR_DAYS * DAY_MS) / n)),
    touchpoint: TOUCHPOINTS[Math.floor(TOUCHPOINTS.length * random())]!,
  }))
  const cells = new Map<string, Rollup>()
  let written = 0
  for (let from = 0; from < n; from += BATCH) {
    for (const [cell, counts] of cellsOfBatch(answers.slice(from, from + BATCH), 'Europe/Berlin')) {
      written += 1
      cells.set(cell, merge(cells.get(cell) ?? EMPTY, counts))
    }
  }
  const tile = (): unknown => figureOf('csat', countsBetween(cells, { question: 'mood', slice: 'touchpoint', key: 'meat' }, FROM, UNTIL).counts)
  return { answers, tile, cellsPerAnswer: written / n }
}

const scanned = (answers: readonly CountedAnswer[]): unknown => {
  const counts: { [value: string]: number } = {}
  for (const { value, at, touchpoint } of answers) if (touchpoint === 'meat' && at >= FROM && at < UNTIL) counts[value] = (counts[value] ?? 0) + 1
  return figureOf('csat', counts satisfies Counts)
}
