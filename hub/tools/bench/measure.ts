/** Measuring two ways of the same work side by side, so that a busy machine slows both. */

export type Comparison = {
  readonly name: string
  readonly unit: string
  readonly ours: number
  readonly peer: number
  /** What `peer` is. */
  readonly peerIs: string
  /** ours ÷ peer: below 1 ours is quicker, if less is better. */
  readonly ratio: number
}

/** `quick`: a tenth of the work, to see that it runs. */
export type Scale = { readonly quick: boolean }

export const compare = (name: string, unit: string, ours: number, peer: number, peerIs: string): Comparison => ({ name, unit, ours: round(ours), peer: round(peer), peerIs, ratio: round(ours / peer) })

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  if (sorted.length === 0) throw new RangeError('no values')
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** The value that a share `q` of the values does not exceed. */
export const quantile = (values: readonly number[], q: number): number => {
  const sorted = values.toSorted((a, b) => a - b)
  if (sorted.length === 0) throw new RangeError('no values')
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))]!
}

/** Microseconds per call of each, medians of rounds that take turns. */
export const takeTurns = (rounds: number, calls: number, ours: () => unknown, peer: () => unknown): { readonly ours: number; readonly peer: number } => {
  const times = { ours: [] as number[], peer: [] as number[] }
  for (let round = -1; round < rounds; round++) {
    const [a, b] = [timePerCall(calls, ours), timePerCall(calls, peer)]
    if (round < 0) continue // warming up
    times.ours.push(a)
    times.peer.push(b)
  }
  return { ours: median(times.ours), peer: median(times.peer) }
}

const timePerCall = (calls: number, work: () => unknown): number => {
  const startedAt = performance.now()
  for (let call = 0; call < calls; call++) work()
  return ((performance.now() - startedAt) * 1000) / calls
}

/** Three significant digits; more would pretend. */
const round = (value: number): number => Number(value.toPrecision(3))
