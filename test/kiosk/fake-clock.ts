/** A clock that moves only when told to. */
import type { Clock } from '#kiosk/lib/state/clock.ts'

type Timer = { at: number; readonly everyMs: number | null; readonly run: () => void }

export const fakeClock = () => {
  let now = 0
  const timers = new Set<Timer>()
  const add = (timer: Timer): (() => void) => {
    timers.add(timer)
    return () => timers.delete(timer)
  }
  const next = (until: number): Timer | undefined => [...timers].filter((timer) => timer.at <= until).sort((a, b) => a.at - b.at)[0]
  const clock: Clock = {
    now: () => now,
    after: (ms, run) => add({ at: now + ms, everyMs: null, run }),
    every: (ms, run) => add({ at: now + ms, everyMs: ms, run }),
  }
  const pass = (ms: number): void => {
    const until = now + ms
    for (let timer = next(until); timer; timer = next(until)) {
      now = timer.at
      if (timer.everyMs === null) timers.delete(timer)
      else timer.at += timer.everyMs
      timer.run()
    }
    now = until
  }
  return { clock, pass, running: () => timers.size }
}
