/** What managers and the hub say to each other about devices that want to be let in, and about what each device is for. */
import * as v from 'valibot'
import type { DeviceProfile, ProfileDraft } from '../devices/profile.ts'
import { ROLES, type Role } from '../devices/role.ts'
import { MAX_DEVICE_NAME } from './pairing.ts'
import { profileDraftSchema, profileSchema } from './profile-document.ts'

/** A device that waits: whoever sees the same number on it lets it in. */
export type AskedDevice = {
  /** Which code it asks with; no part of the code that could pair. */
  readonly id: string
  /** Six digits. */
  readonly number: string
  readonly role: Role
  /** As the manager named it, or as it names itself. */
  readonly name: string
  readonly askedAt: number
  readonly expiresAt: number
}

/** `profile`: what the device becomes; its touchpoint counts before `touchpoint`. */
export type CodeWish = { readonly role: Role; readonly name: string; readonly touchpoint: string | null; readonly profile?: ProfileDraft }

/** `faulty`: it names a touchpoint or department that this store does not have. */
export type ProfileSaved = { readonly type: 'saved'; readonly rev: number } | { readonly type: 'faulty'; readonly field: 'touchpoint' | 'department' }

export type PairingCalls = {
  'device.code': { request: CodeWish; reply: { readonly code: string; readonly expiresAt: number; /** Of what waits with it. Absent: a hub from before numbers were compared. */ readonly id?: string } }
  'device.revoke': { request: { readonly dev: string }; reply: { readonly revoked: true } }
  /** Devices that wait for a manager, the longest waiting first. */
  'pairing.list': { request: Record<string, never>; reply: readonly AskedDevice[] }
  /** `number`: as it was compared. `not_found`: it waits no more, or with another number. */
  'pairing.decide': { request: { readonly id: string; readonly number: string; readonly letIn: boolean }; reply: { readonly decided: true } }
  /** In force on the device as soon as it has the next release. */
  'profile.save': { request: DeviceProfile; reply: ProfileSaved }
}

const askedId = v.pipe(v.string(), v.regex(/^[0-9A-Z]{2}$/))

export const PAIRING_CALL_SCHEMAS: { readonly [K in keyof PairingCalls]: v.GenericSchema<unknown, PairingCalls[K]['request']> } = {
  'device.code': v.strictObject({
    role: v.picklist(ROLES),
    name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(MAX_DEVICE_NAME)),
    touchpoint: v.nullable(v.pipe(v.string(), v.minLength(1), v.maxLength(60), v.regex(/^[\w.:/-]+$/))),
    profile: v.exactOptional(profileDraftSchema),
  }),
  'device.revoke': v.strictObject({ dev: v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/)) }),
  'pairing.list': v.strictObject({}),
  'pairing.decide': v.strictObject({ id: askedId, number: v.pipe(v.string(), v.regex(/^\d{6}$/)), letIn: v.boolean() }),
  'profile.save': profileSchema,
}

/** Tokens that each takes from the connection's bucket. A profile makes a release. */
export const PAIRING_CALL_COST: { readonly [K in keyof PairingCalls]: number } = { 'device.code': 10, 'device.revoke': 5, 'pairing.list': 1, 'pairing.decide': 2, 'profile.save': 10 }

const whole = v.pipe(v.number(), v.safeInteger())
export const PAIRING_REPLY_SCHEMAS: { readonly [K in keyof PairingCalls]: v.GenericSchema<unknown, PairingCalls[K]['reply']> } = {
  'device.code': v.strictObject({ code: v.string(), expiresAt: whole, id: v.exactOptional(askedId) }),
  'device.revoke': v.strictObject({ revoked: v.literal(true) }),
  'pairing.list': v.array(v.strictObject({ id: askedId, number: v.string(), role: v.picklist(ROLES), name: v.string(), askedAt: whole, expiresAt: whole })),
  'pairing.decide': v.strictObject({ decided: v.literal(true) }),
  'profile.save': v.variant('type', [v.strictObject({ type: v.literal('saved'), rev: whole }), v.strictObject({ type: v.literal('faulty'), field: v.picklist(['touchpoint', 'department']) })]),
}
