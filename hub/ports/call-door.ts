/** The way out to programs that want to be told: one signed call, with a time, a size, no redirection, and never into a network of one's own that nobody has allowed. */
import type { Result } from '#shared/kernel/result.ts'
import type { Millis } from '#shared/kernel/time.ts'

/** `secrets`: the call is signed with each of them. `id`: the same at every try, so that whoever takes it twice knows. */
export type OutgoingCall = { readonly url: string; readonly id: string; readonly at: Millis; readonly body: string; readonly secrets: readonly string[] }

/** Why nobody took it, in a few words without addresses; `waitMs`: what the receiver asked for; `isGone`: it wants no more calls. */
export type CallFailed = { readonly type: 'CallFailed'; readonly why: string; readonly waitMs: number | null; readonly isGone?: boolean }

export type AddressFault = 'address' | 'insecure' | 'private'

export interface CallDoor {
  call(call: OutgoingCall): Promise<Result<void, CallFailed>>
  /** What is wrong with an address as it is written; null: nothing. Where its name leads is looked at with every call. */
  faultOf(url: string): AddressFault | null
}
