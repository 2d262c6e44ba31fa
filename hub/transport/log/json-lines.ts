/** Log lines as JSON, one per line, for whatever collects them. */
import type { Clock } from '#hub/ports/clock.ts'
import type { Log, LogFacts } from '#hub/ports/log.ts'

export const jsonLog = (write: (line: string) => void, clock: Clock): Log => {
  const line = (level: 'info' | 'warn' | 'error') => (what: string, facts: LogFacts = {}): void =>
    write(`${JSON.stringify({ at: new Date(clock.now()).toISOString(), level, what, ...facts })}\n`)
  return { info: line('info'), warn: line('warn'), error: line('error') }
}
