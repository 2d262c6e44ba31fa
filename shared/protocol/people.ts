/** What people and the hub say to each other: signing in on a paired device, and keeping the list of people. What can be expected is a value; `CallError` is left to the unexpected. */
import * as v from 'valibot'
import { PERSON_ROLES, type PersonId, type PersonRole } from '../devices/person.ts'
import { NAME_FAULTS, type NameFault } from '../people/person-name.ts'
import { PASSWORD_FAULTS, type PasswordFault } from '../people/password-fault.ts'
import { PIN_FAULTS, type PinFault } from '../people/pin.ts'

/** Characters of a password that are taken at all; whoever chooses more is told so. */
const MAX_TYPED = 200

/** Why a session is over. `over`: its longest time; `replaced`: somebody signed in on the same connection; `elsewhere`: its own person ended it from another device; `gone`: this hub does not know it, any more or at all. */
export const SESSION_ENDS = ['closed', 'idle', 'over', 'password', 'removed', 'revoked', 'replaced', 'elsewhere', 'gone'] as const
export type SessionEnd = (typeof SESSION_ENDS)[number]

export type PersonView = { readonly id: PersonId; readonly name: string; readonly role: PersonRole }

/** Somebody who may sign in here: shown as a tile. */
export type PersonTile = PersonView & {
  /** Another number with every PIN; null: they have none, or have not signed in with their password on this device yet, or gave too many wrong ones. */
  readonly pinRev: number | null
  /** Another number with every password; null: they have chosen none yet. */
  readonly passwordRev: number | null
}

/** One's own session. `id` names it and opens nothing; instants are the hub's. */
export type SessionView = { readonly id: string; readonly device: string; readonly begunAt: number; readonly seenAt: number; readonly here: boolean }

/** `first`: nobody manages this store yet; the device, paired with the setup code, makes the first manager. */
export type PeopleHere = { readonly first: boolean; readonly people: readonly PersonTile[] }

/** A session, begun or taken up again. Instants are the hub's. */
export type OpenSession = {
  readonly type: 'open'
  /** 256 bits, base64url; kept in the memory of the page alone. */
  readonly session: string
  readonly person: PersonView
  /** What this person may do at this device. */
  readonly role: PersonRole
  /** Ends after so long without `session.touch`, and at `endsAt` in any case. */
  readonly idleMs: number
  readonly endsAt: number
  /** Until then the password counts as fresh; null: it was not given on this session. */
  readonly freshUntil: number | null
  /** Until then this device may let this person in without the hub, by what was just proved to it; null: it may not. */
  readonly offlineUntil: number | null
}

/** `until` null: the PIN stays locked on this device until the password was given on it. `left`: tries before it locks. */
export type SignInRefused = { readonly type: 'wrong'; readonly left: number } | { readonly type: 'locked'; readonly until: number | null }
export type SignInReply = OpenSession | SignInRefused
export type ResumeReply = OpenSession | { readonly type: 'ended'; readonly why: SessionEnd }
/** With a chosen password: what it lacks. */
export type ChosenReply = SignInReply | { readonly type: 'weak'; readonly fault: PasswordFault }
export type FirstReply = ChosenReply | { readonly type: 'name'; readonly fault: NameFault }

/** A person as managers see them: what they may do and what they still lack, nothing of what they did. */
export type PersonEntry = PersonView & {
  readonly hasPassword: boolean
  readonly hasPin: boolean
  /** Their one-time code, if one is open. */
  readonly codeUntil: number | null
}
/** The code that a new or forgetful person chooses a password with; said once. */
export type PersonCode = { readonly type: 'code'; readonly person: PersonId; readonly code: string; readonly expiresAt: number }
export type PersonRefused = { readonly type: 'name'; readonly fault: NameFault } | { readonly type: 'last-manager' }
export type PersonChanged = { readonly type: 'done' } | PersonRefused

export type PeopleCalls = {
  'session.people': { request: Record<string, never>; reply: PeopleHere }
  /** The first manager, on the device that the setup code paired. `forbidden` once there is one. */
  'session.first': { request: { readonly name: string; readonly password: string }; reply: FirstReply }
  'session.open': { request: { readonly name: string; readonly password: string }; reply: SignInReply }
  'session.pin': { request: { readonly person: PersonId; readonly pin: string }; reply: SignInReply }
  /** A one-time code of a manager, or of the hub's own command, and the password chosen with it. */
  'session.recover': { request: { readonly name: string; readonly code: string; readonly password: string }; reply: ChosenReply }
  'session.resume': { request: { readonly session: string }; reply: ResumeReply }
  'session.close': { request: Record<string, never>; reply: { readonly closed: true } }
  /** Somebody is still there; the reply says when it ends if nobody is any more. */
  'session.touch': { request: Record<string, never>; reply: { readonly endsAt: number } }
  /** Where the person who asks is signed in, here first. */
  'session.mine': { request: Record<string, never>; reply: readonly SessionView[] }
  /** Ends another session of the person who asks; false: there is none of that name any more. */
  'session.end': { request: { readonly id: string }; reply: { readonly ended: boolean } }
  'session.confirm': { request: { readonly password: string }; reply: { readonly type: 'fresh'; readonly until: number } | SignInRefused }
  /** One's own; ends one's other sessions and begins this one anew. */
  'people.password': { request: { readonly old: string; readonly password: string }; reply: ChosenReply }
  /** One's own; null: none from now on. */
  'people.pin': { request: { readonly pin: string | null }; reply: { readonly type: 'done'; readonly pinRev: number | null } | { readonly type: 'weak'; readonly fault: PinFault } }
  'people.list': { request: Record<string, never>; reply: readonly PersonEntry[] }
  'people.add': { request: { readonly name: string; readonly role: PersonRole }; reply: PersonCode | PersonRefused }
  'people.change': { request: { readonly person: PersonId; readonly name: string; readonly role: PersonRole }; reply: PersonChanged }
  /** For somebody who forgot their password; the old one counts until a new one is chosen. */
  'people.code': { request: { readonly person: PersonId }; reply: PersonCode }
  'people.remove': { request: { readonly person: PersonId }; reply: PersonChanged }
}

const typed = v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_TYPED))
const typedName = v.pipe(v.string(), v.maxLength(MAX_TYPED))
const chosen = v.pipe(v.string(), v.maxLength(MAX_TYPED))
const personId = v.custom<PersonId>((value) => typeof value === 'string' && /^[0-9a-f]{16}$/.test(value))
const sessionToken = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/))
const sessionName = v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/))
const nothing = v.strictObject({})

export const PEOPLE_CALL_SCHEMAS: { readonly [K in keyof PeopleCalls]: v.GenericSchema<unknown, PeopleCalls[K]['request']> } = {
  'session.people': nothing,
  'session.first': v.strictObject({ name: typedName, password: chosen }),
  'session.open': v.strictObject({ name: typedName, password: typed }),
  'session.pin': v.strictObject({ person: personId, pin: v.pipe(v.string(), v.regex(/^\d{6}$/)) }),
  'session.recover': v.strictObject({ name: typedName, code: v.pipe(v.string(), v.minLength(1), v.maxLength(40)), password: chosen }),
  'session.resume': v.strictObject({ session: sessionToken }),
  'session.close': nothing,
  'session.touch': nothing,
  'session.mine': nothing,
  'session.end': v.strictObject({ id: sessionName }),
  'session.confirm': v.strictObject({ password: typed }),
  'people.password': v.strictObject({ old: typed, password: chosen }),
  'people.pin': v.strictObject({ pin: v.nullable(v.pipe(v.string(), v.maxLength(12))) }),
  'people.list': nothing,
  'people.add': v.strictObject({ name: typedName, role: v.picklist(PERSON_ROLES) }),
  'people.change': v.strictObject({ person: personId, name: typedName, role: v.picklist(PERSON_ROLES) }),
  'people.code': v.strictObject({ person: personId }),
  'people.remove': v.strictObject({ person: personId }),
}

/** Tokens that each takes from the connection's bucket. What hashes a password is dear. */
export const PEOPLE_CALL_COST: { readonly [K in keyof PeopleCalls]: number } = {
  'session.people': 1,
  'session.first': 10,
  'session.open': 10,
  'session.pin': 10,
  'session.recover': 10,
  'session.resume': 1,
  'session.close': 1,
  'session.touch': 1,
  'session.mine': 1,
  'session.end': 2,
  'session.confirm': 10,
  'people.password': 10,
  'people.pin': 10,
  'people.list': 2,
  'people.add': 5,
  'people.change': 5,
  'people.code': 5,
  'people.remove': 5,
}

const whole = v.pipe(v.number(), v.safeInteger())
const instant = v.nullable(whole)
const person = { id: personId, name: v.string(), role: v.picklist(PERSON_ROLES) }
const open = v.strictObject({ type: v.literal('open'), session: sessionToken, person: v.strictObject(person), role: v.picklist(PERSON_ROLES), idleMs: whole, endsAt: whole, freshUntil: instant, offlineUntil: instant })
const wrong = v.strictObject({ type: v.literal('wrong'), left: whole })
const locked = v.strictObject({ type: v.literal('locked'), until: instant })
const weak = v.strictObject({ type: v.literal('weak'), fault: v.picklist(PASSWORD_FAULTS) })
const badName = v.strictObject({ type: v.literal('name'), fault: v.picklist(NAME_FAULTS) })
const lastManager = v.strictObject({ type: v.literal('last-manager') })
const done = v.strictObject({ type: v.literal('done') })
const code = v.strictObject({ type: v.literal('code'), person: personId, code: v.string(), expiresAt: whole })

export const SessionHint = v.strictObject({ ended: v.picklist(SESSION_ENDS) })

export const PEOPLE_REPLY_SCHEMAS = {
  'session.people': v.strictObject({ first: v.boolean(), people: v.array(v.strictObject({ ...person, pinRev: instant, passwordRev: instant })) }),
  'session.first': v.variant('type', [open, wrong, locked, weak, badName]),
  'session.open': v.variant('type', [open, wrong, locked]),
  'session.pin': v.variant('type', [open, wrong, locked]),
  'session.recover': v.variant('type', [open, wrong, locked, weak]),
  'session.resume': v.variant('type', [open, v.strictObject({ type: v.literal('ended'), why: v.picklist(SESSION_ENDS) })]),
  'session.close': v.strictObject({ closed: v.literal(true) }),
  'session.touch': v.strictObject({ endsAt: whole }),
  'session.mine': v.array(v.strictObject({ id: sessionName, device: v.string(), begunAt: whole, seenAt: whole, here: v.boolean() })),
  'session.end': v.strictObject({ ended: v.boolean() }),
  'session.confirm': v.variant('type', [v.strictObject({ type: v.literal('fresh'), until: whole }), wrong, locked]),
  'people.password': v.variant('type', [open, wrong, locked, weak]),
  'people.pin': v.variant('type', [v.strictObject({ type: v.literal('done'), pinRev: instant }), v.strictObject({ type: v.literal('weak'), fault: v.picklist(PIN_FAULTS) })]),
  'people.list': v.array(v.strictObject({ ...person, hasPassword: v.boolean(), hasPin: v.boolean(), codeUntil: instant })),
  'people.add': v.variant('type', [code, badName, lastManager]),
  'people.change': v.variant('type', [done, badName, lastManager]),
  'people.code': code,
  'people.remove': v.variant('type', [done, badName, lastManager]),
} as const satisfies { readonly [K in keyof PeopleCalls]: v.GenericSchema }
