/** Who asks, as the live session knows it; and what answers a call. */
import type { DeviceId } from '#shared/kernel/ids.ts'
import type { Result } from '#shared/kernel/result.ts'
import type { Role } from '#shared/devices/role.ts'
import type { CallError, CallName, Calls } from '#shared/protocol/calls.ts'
import type { SignedIn } from './sessions.ts'

/** `role`: of the device. `person`: who is signed in on this very connection; null where nobody is, or needs to be. */
export type Caller = { readonly dev: DeviceId; readonly role: Role; readonly touchpoint: string | null; readonly person: SignedIn | null; /** Name of this one connection. */ readonly connection: string }

export type CallReply<K extends CallName> = Result<Calls[K]['reply'], CallError>

/** Answers one kind of call. The request has been validated and the role checked before. */
export type CallHandler<K extends CallName> = (request: Calls[K]['request'], caller: Caller) => CallReply<K> | Promise<CallReply<K>>
