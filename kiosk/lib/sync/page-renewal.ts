/** What to do when the browser has lost its storage for good: begin the page anew, but not for ever. */
export const MAX_RELOADS = 3
export const RELOAD_WINDOW_MS = 600_000

/** Null: it has been tried often enough, a person has to help. Otherwise the times to write down before the page begins anew. */
export const planReload = (earlier: readonly number[], now: number): readonly number[] | null => {
  // A clock that was set says nothing about how long ago it was.
  const recent = earlier.filter((at) => Math.abs(now - at) < RELOAD_WINDOW_MS)
  return recent.length >= MAX_RELOADS ? null : [...recent, now]
}

/** As they were written down. */
export const reloadsOf = (text: string | null): readonly number[] => (text ?? '').split(' ').map(Number).filter((at) => at > 0)
