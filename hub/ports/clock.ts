/** The hub's clock. The only source of "now" outside the composition root. */
import type { Millis } from '#shared/kernel/time.ts'

export interface Clock {
  now(): Millis
}
