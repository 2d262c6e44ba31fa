/** What a screen said of each tap, and whether a hub's list can have come of exactly that. */

export type Tap = {
  readonly value: number
  /** Null: the browser died, or was cut off, before its screen said anything. Such a tap may be there or not. */
  readonly answer: 'thanked' | 'refused' | null
  /** What it said when it refused. */
  readonly words?: string
}

export type ScreenNote = { readonly type: 'tap'; readonly value: number } | { readonly type: 'thanked' } | { readonly type: 'refused' | 'stuck'; readonly words: string }

/**
 * The cheapest way to explain the hub's values by the taps, in their order: every thanked tap once, an unanswered one at most once,
 * a refused one never. `lost` thanked taps have no value; `extra` values have no tap: doubled, made up, or out of order.
 */
export const compareTaps = (taps: readonly Tap[], atHub: readonly number[]): { readonly lost: number; readonly extra: number } => {
  type Cost = { readonly lost: number; readonly extra: number }
  const sum = ({ lost, extra }: Cost): number => lost + extra
  let row: Cost[] = Array.from({ length: atHub.length + 1 }, (_, extra) => ({ lost: 0, extra }))
  for (const { value, answer } of taps) {
    const skipped = Number(answer === 'thanked')
    const next: Cost[] = []
    for (let n = 0; n <= atHub.length; n++) {
      const ways: Cost[] = [{ ...row[n]!, lost: row[n]!.lost + skipped }]
      if (n > 0) ways.push({ ...next[n - 1]!, extra: next[n - 1]!.extra + 1 })
      if (n > 0 && answer !== 'refused' && atHub[n - 1] === value) ways.push(row[n - 1]!)
      next.push(ways.reduce((best, way) => (sum(way) < sum(best) ? way : best)))
    }
    row = next
  }
  return row[atHub.length]!
}
