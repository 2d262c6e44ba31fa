/** Who is signed in: held in memory alone, so that a start of the hub signs everybody out. A session belongs to one device and speaks on one connection at a time. */
import type { Clock } from '#hub/ports/clock.ts'
import type { PeopleStore } from '#hub/ports/people.ts'
import type { Random } from '#hub/ports/random.ts'
import type { DeviceLine, LiveSessions, SignedIn } from '#hub/ports/sessions.ts'
import { sharedRole, type PersonId, type PersonRole } from '#shared/devices/person.ts'
import { bytesToBase64Url, bytesToHex, utf8 } from '#shared/kernel/bytes.ts'
import type { DeviceId } from '#shared/kernel/ids.ts'
import { sha256 } from '#shared/kernel/sha256.ts'
import type { Millis } from '#shared/kernel/time.ts'
import { freshUntil, idleMsAt, OFFLINE_MS, seenNow, SESSION_MS, sessionEnd, sessionEndsAt, type SessionTimes } from '#shared/people/session-life.ts'
import type { OpenSession, SessionEnd } from '#shared/protocol/people.ts'

type Held = SessionTimes & {
  readonly person: PersonId
  readonly passwordRev: number
  /** As it was when they signed in. */
  readonly role: PersonRole
  readonly dev: DeviceId
  readonly connection: string | null
}

export type SessionParts = {
  readonly people: PeopleStore
  readonly clock: Clock
  readonly random: Random
  /** Told when a session ends that a connection was speaking with, unless the same person goes on there. */
  ended(connection: string, why: SessionEnd): void
  /** Told of every session that ends. */
  noted(person: PersonId, dev: DeviceId): void
}

export type HeldSessions = LiveSessions & {
  /** A new one on this connection, in place of whatever was there. */
  open(person: PersonId, line: DeviceLine, how: { readonly fresh: boolean }): OpenSession | null
  /** Goes on with one of this device, on another connection. */
  resume(session: string, line: DeviceLine): OpenSession | { readonly type: 'ended'; readonly why: SessionEnd }
  /** The password was given on it. Until when that counts. */
  freshen(connection: string): Millis | null
  endsAt(connection: string): Millis | null
  end(connection: string, why: SessionEnd): void
  /** `except`: a connection where they have just proven themselves again. */
  endOf(person: PersonId, why: SessionEnd, except?: string): void
  /** Those of a person, the one of this connection first, then as they were last used. */
  of(person: PersonId, connection: string): readonly HeldSession[]
  /** Ends one of them by its name; false: there is none. */
  endNamed(person: PersonId, id: string, why: SessionEnd): boolean
  /** Ends what nobody asked about since it was over. */
  sweep(): void
}

/** `id`: the beginning of what is held instead of its name, from which nobody gets to the session. */
export type HeldSession = { readonly id: string; readonly dev: DeviceId; readonly begunAt: Millis; readonly seenAt: Millis; readonly here: boolean }

/** Sessions one device may hold: pages that were closed without a word leave theirs behind. */
const MAX_PER_DEVICE = 20
/** Ended ones whose end is still told. */
const MAX_TOLD = 1000

export const holdSessions = ({ people, clock, random, ended, noted }: SessionParts): HeldSessions => {
  const held = new Map<string, Held>()
  const speaking = new Map<string, string>()
  const told = new Map<string, { readonly dev: DeviceId; readonly why: SessionEnd }>()

  const finish = (hash: string, why: SessionEnd, goesOn = false): void => {
    const session = held.get(hash)
    if (!session) return
    held.delete(hash)
    if (told.size >= MAX_TOLD) told.delete(told.keys().next().value!)
    told.set(hash, { dev: session.dev, why })
    noted(session.person, session.dev)
    if (session.connection === null) return
    speaking.delete(session.connection)
    if (!goesOn) ended(session.connection, why)
  }
  /** Null: it is over, and was ended. */
  const live = (hash: string): Held | null => {
    const session = held.get(hash)
    if (!session) return null
    const person = people.find(session.person)
    const why = person === null ? 'removed' : person.passwordRev !== session.passwordRev ? 'password' : person.role !== session.role ? 'revoked' : sessionEnd(session, clock.now())
    if (why === null) return session
    finish(hash, why)
    return null
  }
  const on = (connection: string): { readonly hash: string; readonly session: Held } | null => {
    const hash = speaking.get(connection)
    const session = hash === undefined ? null : live(hash)
    return session && { hash: hash!, session }
  }
  const put = (hash: string, session: Held, connection: string): void => {
    const before = speaking.get(connection)
    if (before !== undefined && before !== hash) finish(before, 'replaced', isSame(held.get(before), session))
    if (session.connection !== null) speaking.delete(session.connection)
    held.set(hash, { ...session, connection })
    speaking.set(connection, hash)
  }
  const view = (token: string, session: Held): OpenSession | null => {
    const person = people.find(session.person)
    const role = person && sharedRole(session.device, person.role)
    if (!person || !role) return null
    const now = clock.now()
    const { id, name } = person
    return { type: 'open', session: token, person: { id, name, role: person.role }, role, idleMs: idleMsAt(session.device), endsAt: session.begunAt + SESSION_MS, freshUntil: freshUntil(session, now), offlineUntil: now + OFFLINE_MS }
  }
  const every = (is: (session: Held) => boolean, why: SessionEnd): void => {
    for (const [hash, session] of held) if (is(session)) finish(hash, why)
  }

  return {
    open: (id, { dev, role, connection }, { fresh }) => {
      const person = people.find(id)
      if (!person || !sharedRole(role, person.role)) return null
      const own = [...held].filter(([, session]) => session.dev === dev)
      if (own.length >= MAX_PER_DEVICE) finish(own[0]![0], 'replaced')
      const token = bytesToBase64Url(random.bytes(32))
      const now = clock.now()
      const session: Held = { person: id, passwordRev: person.passwordRev, role: person.role, dev, connection: null, device: role, begunAt: now, seenAt: now, freshAt: fresh ? now : null }
      put(sessionHash(token), session, connection)
      return view(token, session)
    },
    resume: (token, { dev, connection }) => {
      const hash = sessionHash(token)
      const session = held.get(hash)?.dev === dev ? live(hash) : null
      const opened = session && view(token, session)
      if (session && opened) {
        put(hash, session, connection)
        return opened
      }
      const past = told.get(hash)
      return { type: 'ended', why: past?.dev === dev ? past.why : 'gone' }
    },
    at: ({ dev, role, connection }): SignedIn | null => {
      const found = on(connection)
      const person = found && found.session.dev === dev ? people.find(found.session.person) : null
      const both = person && sharedRole(role, person.role)
      return both ? { id: person.id, name: person.name, role: both, fresh: freshUntil(found!.session, clock.now()) !== null } : null
    },
    touch: (connection) => {
      const found = on(connection)
      if (found) held.set(found.hash, seenNow(found.session, clock.now()))
    },
    freshen: (connection) => {
      const found = on(connection)
      if (!found) return null
      const now = clock.now()
      const session = { ...seenNow(found.session, now), freshAt: now }
      held.set(found.hash, session)
      return freshUntil(session, now)
    },
    endsAt: (connection) => {
      const found = on(connection)
      return found && sessionEndsAt(found.session)
    },
    left: (connection) => {
      const hash = speaking.get(connection)
      if (hash === undefined) return
      speaking.delete(connection)
      const session = held.get(hash)
      if (session) held.set(hash, { ...session, connection: null })
    },
    end: (connection, why) => {
      const hash = speaking.get(connection)
      if (hash !== undefined) finish(hash, why)
    },
    endOf: (person, why, except) => every((session) => session.person === person && (except === undefined || session.connection !== except), why),
    endAt: (dev, why) => every((session) => session.dev === dev, why),
    of: (person, connection) =>
      [...held.keys()]
        .flatMap((hash) => {
          const session = live(hash)
          return session?.person === person ? [{ id: nameOf(hash), dev: session.dev, begunAt: session.begunAt, seenAt: session.seenAt, here: session.connection === connection }] : []
        })
        .sort((a, b) => Number(b.here) - Number(a.here) || b.seenAt - a.seenAt),
    endNamed: (person, id, why) => {
      const found = [...held].find(([hash, session]) => session.person === person && nameOf(hash) === id)
      if (found) finish(found[0], why)
      return found !== undefined
    },
    sweep: () => {
      for (const hash of held.keys()) live(hash)
    },
  }
}

/** Somebody who may now do less hears no more of what the session before was told. */
const isSame = (before: Held | undefined, session: Held): boolean => before?.person === session.person && before.role === session.role

const nameOf = (hash: string): string => hash.slice(0, 16)

/** What is held instead of the session's name. */
const sessionHash = (token: string): string => bytesToHex(sha256(utf8(`session ${token}`)))

/** So often ended sessions are looked for, so that hints with customers' words stop when nobody sits there any more. */
export const SWEEP_MS = 5000
