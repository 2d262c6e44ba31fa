/** A hub with too much to do, or a page that asked too much at once: the same question is put again a little later. */
import type { Result } from '#shared/kernel/result.ts'
import type { CallError } from '#shared/protocol/calls.ts'

/** The hub's bucket for a connection gains as much in this time as the dearest question costs. */
export const BUSY_PAUSE_MS = 1000
export const BUSY_TRIES = 3

/** Whoever hears `busy` was not listened to, so nothing is done twice. The last `busy` is the answer. */
export const patiently = async <T>(ask: () => Promise<Result<T, CallError>>, after: (delayMs: number, task: () => void) => unknown): Promise<Result<T, CallError>> => {
  for (let left = BUSY_TRIES; ; left--) {
    const reply = await ask()
    if (reply.ok || reply.error.code !== 'busy' || left === 0) return reply
    await new Promise<void>((resolve) => void after(BUSY_PAUSE_MS, resolve))
  }
}
