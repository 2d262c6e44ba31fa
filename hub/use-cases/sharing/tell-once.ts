/** A line about something that can come a thousand times a second: the first of a minute at once, and with the next how many there were in between. */
import type { Clock } from '#hub/ports/clock.ts'
import type { Log } from '#hub/ports/log.ts'

const MINUTE_MS = 60_000
/** Different ones remembered; beyond that the oldest is told anew. */
const MAX_KEYS = 1000

/** `facts` say what it was: the same facts are the same thing. */
export type TellOnce = (words: string, facts: Readonly<Record<string, string | null>>) => void

export const onceAMinute = (log: Log, clock: Clock): TellOnce => {
  const told = new Map<string, { readonly at: number; more: number }>()
  return (words, facts) => {
    const key = JSON.stringify([words, facts])
    const last = told.get(key)
    if (last && Math.abs(clock.now() - last.at) < MINUTE_MS) return void (last.more += 1)
    log.warn(words, last?.more ? { ...facts, before: last.more } : facts)
    told.delete(key)
    if (told.size >= MAX_KEYS) told.delete(told.keys().next().value!)
    told.set(key, { at: clock.now(), more: 0 })
  }
}
