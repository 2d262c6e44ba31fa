/** Passwords and PINs as they are kept: slow to make on purpose, each with its own salt, never readable. */
import type { Result } from '#shared/kernel/result.ts'

export type TooManyAtOnce = { readonly type: 'TooManyAtOnce' }

export interface Passwords {
  /** Whether another one would be refused now. */
  isFull(): boolean
  /** Errors  TooManyAtOnce. */
  hash(secret: string): Promise<Result<string, TooManyAtOnce>>
  /** `kept` null: there is nobody; the same work is done, and the answer is no. Errors  TooManyAtOnce. */
  verify(secret: string, kept: string | null): Promise<Result<boolean, TooManyAtOnce>>
  /** Made with other parameters than today's. */
  isOld(kept: string): boolean
}
