/** What really happened in a run: a simulation proves nothing about weather that never came. */
export class Coverage {
  readonly counts: { [what: string]: number } = {}

  add(what: string, times = 1): void {
    this.counts[what] = (this.counts[what] ?? 0) + times
  }
}

/** Counts of many runs in one, by name. */
export const sumCounts = (all: Iterable<{ readonly [what: string]: number }>): { readonly [what: string]: number } => {
  const sum = new Coverage()
  for (const counts of all) for (const [what, times] of Object.entries(counts)) sum.add(what, times)
  return Object.fromEntries(Object.entries(sum.counts).sort(([a], [b]) => (a < b ? -1 : 1)))
}
