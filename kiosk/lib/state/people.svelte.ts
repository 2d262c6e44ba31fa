/** Who is signed in at this device, and the door through which their calls go: held back while a session is taken up again, sent once more after the password was given. */
import type { OfflineAnswer, OfflinePerson } from '../sync/offline-sign-in.ts'
import type { CallDoor, OpenedDevice } from '../sync/open-device.ts'
import { sharedRole, type PersonId, type PersonRole } from '#shared/devices/person.ts'
import type { Result } from '#shared/kernel/result.ts'
import type { CallError } from '#shared/protocol/calls.ts'
import { EVENT_RULES, mayAsk } from '#shared/protocol/event-rules.ts'
import type { GuardedEvent } from '#shared/protocol/guard.ts'
import type { OpenSession, PeopleHere, PersonTile, SessionEnd, SessionView, SignInRefused } from '#shared/protocol/people.ts'
import type { NameFault } from '#shared/people/person-name.ts'
import type { PasswordFault } from '#shared/people/password-fault.ts'
import type { PinFault } from '#shared/people/pin.ts'
import type { Clock } from './clock.ts'
import { Idle, WARNING_MS } from './idle.svelte.ts'

/** `offline`: checked by this device alone; the hub has not been asked yet. */
export type SignedIn = { readonly id: PersonId; readonly name: string; readonly role: PersonRole; readonly offline: boolean }

/** Why nobody is signed in. `unproven`: the hub did not take what this device had taken. Null: nobody was. */
export type Locked = SessionEnd | 'unproven'

export type Names = PeopleHere & { readonly fresh: boolean }

/** What came of trying to sign in. `offline`: this device cannot check it without the hub. */
export type SignInOutcome = { readonly type: 'in' } | SignInRefused | { readonly type: 'offline-locked'; readonly forMs: number } | { readonly type: 'offline' | 'busy' | 'unsaved' | 'failed' } | { readonly type: 'weak'; readonly fault: PasswordFault } | { readonly type: 'name'; readonly fault: NameFault }

/** Somebody's call waits for their password. */
export type FreshWish = { readonly call: GuardedEvent; readonly done: (isFresh: boolean) => void }

/** What checks a secret without the hub; loaded when it is needed. */
export type OfflineDoor = {
  list(): Promise<readonly OfflinePerson[]>
  remember(person: OfflinePerson, secret: string, until: number): Promise<boolean>
  agree(people: readonly PersonTile[]): Promise<boolean>
  check(id: PersonId, secret: string): Promise<OfflineAnswer>
  lockedForMs(id: PersonId): Promise<number>
}

export type PeopleParts = {
  readonly device: Pick<OpenedDevice, 'call' | 'cache' | 'identity' | 'now' | 'on' | 'onStatus' | 'status' | 'through'>
  readonly clock: Clock
  readonly offline: () => Promise<OfflineDoor>
}

const CACHE = 'people-here'
/** A page that begins asks before its connection stands. */
const CONNECT_PATIENCE_MS = 4000
/** The hub hears so often that somebody is there. */
const TOUCH_MS = 30_000
/** An offline session ends like any other. */
const OFFLINE_IDLE_MS = 5 * 60_000
const OFFLINE_LONGEST_MS = 12 * 3_600_000
const RETRY_MS = 5000
/** Whoever was just added finds their name on a screen that waits. */
const NAMES_MS = 10_000
/** Time that passes on a lock is written down so often. */
const COUNT_MS = 15_000
/** An answer this soon is one to a touch. */
const JUST_TOUCHED_MS = 5000
const TOLD_MS = 10_000

type Held = { readonly kind: 'pin' | 'password'; readonly secret: string }

export class People {
  who = $state.raw<SignedIn | null>(null)
  locked = $state<Locked | null>(null)
  here = $state.raw<Names | null>(null)
  /** Whom this device could let in without the hub. */
  offlinePeople = $state.raw<readonly OfflinePerson[]>([])
  /** Somebody has just asked for what they may not; goes by itself. */
  refused = $state(false)
  /** A call waits for the password. */
  wish = $state.raw<FreshWish | null>(null)
  readonly idle: Idle
  readonly #parts: PeopleParts
  #session: string | null = null
  /** Of an offline sign-in, to be proved to the hub with the same act; gone with the lock. */
  #held: Held | null = null
  #taking: Promise<unknown> = Promise.resolve()
  #isOnline = false
  #stopTouch: (() => void) | null = null
  #stopLongest: () => void = () => undefined
  #stopRetry: () => void = () => undefined

  constructor(parts: PeopleParts) {
    this.#parts = parts
    this.idle = new Idle(parts.clock, () => this.lock('idle'))
    const { device } = parts
    device.through(this.#door)
    device.onStatus(({ phase }) => {
      if (phase === 'revoked') this.lock('revoked')
      this.#follow(phase === 'online')
    })
    device.on('session', ({ ended }) => this.who && !this.who.offline && this.lock(ended))
    parts.clock.every(COUNT_MS, () => this.who || void this.#countLocks())
    parts.clock.every(NAMES_MS, () => !this.who && this.#isOnline && void this.#learnNames())
    void this.#recall().then(() => this.#follow(device.status.phase === 'online'))
  }

  get role(): PersonRole | null {
    const { identity } = this.#parts.device
    return this.who && identity ? sharedRole(identity.role, this.who.role) : null
  }

  /** What screens offer is what the hub would answer. */
  may(event: GuardedEvent): boolean {
    const { identity } = this.#parts.device
    return identity !== null && mayAsk(event, identity.role, this.role)
  }

  /** Somebody has touched something. */
  activity(): void {
    if (!this.who) return
    this.idle.activity()
    // Told a little later at most, never earlier: the hub's patience must not end before the warning here.
    this.#stopTouch ??= this.#parts.clock.after(TOUCH_MS, () => {
      this.#stopTouch = null
      if (this.who && !this.who.offline && this.#isOnline) void this.#parts.device.call('session.touch', {})
    })
  }

  async signInWithPin(person: PersonTile, pin: string): Promise<SignInOutcome> {
    const reply = await this.#whenConnected(() => this.#parts.device.call('session.pin', { person: person.id, pin }))
    return this.#judge(reply, person, { kind: 'pin', secret: pin }, person.pinRev)
  }

  async signInWithPassword(person: { readonly id: PersonId | null; readonly name: string }, password: string): Promise<SignInOutcome> {
    const reply = await this.#whenConnected(() => this.#parts.device.call('session.open', { name: person.name, password }))
    return this.#judge(reply, person, { kind: 'password', secret: password }, this.#passwordRev(person.id))
  }

  async recover(name: string, code: string, password: string): Promise<SignInOutcome> {
    const reply = await this.#parts.device.call('session.recover', { name, code, password })
    return this.#judge(reply, { id: null, name }, { kind: 'password', secret: password }, null)
  }

  /** The first manager of the store. */
  async begin(name: string, password: string): Promise<SignInOutcome> {
    const reply = await this.#parts.device.call('session.first', { name, password })
    return this.#judge(reply, { id: null, name }, { kind: 'password', secret: password }, null)
  }

  /** One's own password: a new session comes with it. */
  async changePassword(old: string, password: string): Promise<SignInOutcome> {
    const reply = await this.#parts.device.call('people.password', { old, password })
    const who = this.who
    return who ? this.#judge(reply, who, { kind: 'password', secret: password }, null) : { type: 'failed' }
  }

  /** Where this person is signed in, here first; null: it cannot be known now. */
  async sessions(): Promise<readonly SessionView[] | null> {
    const reply = await this.#parts.device.call('session.mine', {})
    return reply.ok ? reply.value : null
  }

  /** Signs this person out somewhere else; also true if they were already. */
  async endSession(id: string): Promise<boolean> {
    return (await this.#parts.device.call('session.end', { id })).ok
  }

  async setPin(pin: string | null): Promise<'done' | PinFault | 'failed'> {
    const reply = await this.#parts.device.call('people.pin', { pin })
    if (!reply.ok) return 'failed'
    void this.#learnNames()
    if (reply.value.type === 'weak') return reply.value.fault
    const { who } = this
    if (who && pin !== null && reply.value.pinRev !== null && this.#offlineUntil !== null) void this.#remember({ ...who, kind: 'pin', rev: reply.value.pinRev }, pin, this.#offlineUntil)
    return 'done'
  }

  /** Nobody is signed in any more; what stood on the screen goes with them. */
  lock(why: Locked): void {
    if (!this.who) return
    const told = this.#session !== null && (why === 'closed' || why === 'idle') && this.#isOnline
    if (told) void this.#parts.device.call('session.close', {})
    this.#session = null
    this.#held = null
    this.#offlineUntil = null
    this.#stopLongest()
    this.#stopRetry()
    this.#stopTouch?.()
    this.#stopTouch = null
    this.idle.off()
    this.answerWish(false)
    this.who = null
    this.refused = false
    this.locked = why
    void this.#learnNames()
  }

  /** Gives the password that a call waits for. */
  async confirm(password: string): Promise<SignInOutcome> {
    const reply = await this.#parts.device.call('session.confirm', { password })
    if (!reply.ok) return { type: failure(reply.error) }
    if (reply.value.type !== 'fresh') return reply.value
    this.answerWish(true)
    return { type: 'in' }
  }

  answerWish(isFresh: boolean): void {
    const { wish } = this
    this.wish = null
    wish?.done(isFresh)
  }

  #offlineUntil: number | null = null

  readonly #door: CallDoor = async (name, send) => {
    if (EVENT_RULES[name].person === 'none') return send()
    await this.#taking
    if (!this.who) return { ok: false, error: { code: 'person' } }
    const reply = await send()
    if (reply.ok) return reply
    if (reply.error.code === 'person' && (await this.#takeUp())) return send()
    if (reply.error.code === 'fresh' && (await this.#askFresh(name))) return send()
    if (reply.error.code === 'forbidden') this.#tellRefused()
    return reply
  }

  /** What a screen asks by itself is no news to anybody. */
  #tellRefused(): void {
    if (this.idle.quietForMs > JUST_TOUCHED_MS) return
    this.refused = true
    this.#parts.clock.after(TOLD_MS, () => { this.refused = false })
  }

  /** One question at a time; whoever asks meanwhile waits for the same answer. */
  async #askFresh(call: GuardedEvent): Promise<boolean> {
    const before = this.wish
    return new Promise<boolean>((resolve) => {
      this.wish = { call: before?.call ?? call, done: (isFresh) => { before?.done(isFresh); resolve(isFresh) } }
    })
  }

  #follow(isOnline: boolean): void {
    const begins = isOnline && !this.#isOnline
    this.#isOnline = isOnline
    if (!begins) return
    void this.#learnNames()
    if (this.who) void this.#takeUp()
  }

  /** The same session on another connection, or the real one after an offline sign-in. */
  #takeUp(): Promise<boolean> {
    const taking = this.#proveOrResume()
    this.#taking = taking.catch(() => undefined)
    return taking
  }

  async #proveOrResume(): Promise<boolean> {
    const { who } = this
    if (!who) return false
    const reply = this.#held ? await this.#prove(who, this.#held) : this.#session ? await this.#parts.device.call('session.resume', { session: this.#session }) : null
    if (!reply || this.who !== who) return false
    if (reply.ok && reply.value.type === 'open') {
      this.#enter(reply.value)
      return true
    }
    if (reply.ok) this.lock(reply.value.type === 'ended' ? reply.value.why : 'unproven')
    else if (this.#isOnline) this.#retry()
    return false
  }

  #prove(who: SignedIn, { kind, secret }: Held) {
    return kind === 'pin' ? this.#parts.device.call('session.pin', { person: who.id, pin: secret }) : this.#parts.device.call('session.open', { name: who.name, password: secret })
  }

  #retry(): void {
    this.#stopRetry()
    this.#stopRetry = this.#parts.clock.after(RETRY_MS, () => this.#isOnline && this.who && void this.#takeUp())
  }

  async #judge(reply: Result<OpenSession | SignInRefused | { readonly type: 'weak'; readonly fault: PasswordFault } | { readonly type: 'name'; readonly fault: NameFault }, CallError>, person: { readonly id: PersonId | null; readonly name: string }, held: Held, rev: number | null): Promise<SignInOutcome> {
    if (!reply.ok) {
      const why = failure(reply.error)
      return why === 'offline' && person.id !== null ? this.#enterOffline(person.id, held) : { type: why }
    }
    // Whose PIN is locked is told with the names.
    if (reply.value.type === 'locked') void this.#learnNames()
    if (reply.value.type !== 'open') return reply.value
    const session = reply.value
    this.#enter(session)
    await this.#learnNames()
    const known = rev ?? (held.kind === 'password' ? this.#passwordRev(session.person.id) : null)
    if (session.offlineUntil !== null && known !== null && this.#isKept(held.kind)) void this.#remember({ ...session.person, kind: held.kind, rev: known }, held.secret, session.offlineUntil)
    return { type: 'in' }
  }

  /** A shared tablet keeps PINs; only a manager's own device keeps what a password proves. */
  #isKept(kind: Held['kind']): boolean {
    return kind === (this.#parts.device.identity?.role === 'staff' ? 'pin' : 'password')
  }

  #passwordRev(id: PersonId | null): number | null {
    return this.here?.people.find((person) => person.id === id)?.passwordRev ?? null
  }

  async #remember(person: OfflinePerson, secret: string, until: number): Promise<void> {
    const offline = await this.#parts.offline()
    await offline.remember(person, secret, until)
    this.offlinePeople = await offline.list()
  }

  #enter(session: OpenSession): void {
    this.#session = session.session
    this.#held = null
    this.#offlineUntil = session.offlineUntil
    this.#stand({ ...session.person, offline: false }, session.idleMs, session.endsAt - this.#parts.device.now().at)
  }

  async #enterOffline(id: PersonId, held: Held): Promise<SignInOutcome> {
    const answer = await (await this.#parts.offline()).check(id, held.secret)
    if (answer.type === 'locked') return { type: 'offline-locked', forMs: answer.forMs }
    if (answer.type === 'unknown') return { type: 'offline' }
    if (answer.type !== 'right') return answer
    this.#session = null
    this.#held = held
    this.#stand({ id, name: answer.person.name, role: answer.person.role, offline: true }, OFFLINE_IDLE_MS, OFFLINE_LONGEST_MS)
    if (this.#isOnline) void this.#takeUp()
    return { type: 'in' }
  }

  #stand(who: SignedIn, idleMs: number, longestMs: number): void {
    const { clock } = this.#parts
    const stays = this.who?.id === who.id
    this.locked = null
    this.who = who
    this.#stopLongest()
    this.#stopLongest = clock.after(Math.max(0, longestMs), () => this.lock('over'))
    if (!stays) this.idle.watch(Math.max(0, idleMs - WARNING_MS), WARNING_MS)
  }

  async #learnNames(): Promise<void> {
    const { device } = this.#parts
    if (device.identity === null || device.identity.role === 'kiosk') return
    const reply = await device.call('session.people', {})
    if (!reply.ok) {
      if (this.here) this.here = { ...this.here, fresh: false }
      return
    }
    const known = this.here && JSON.stringify([this.here.first, this.here.people])
    if (this.here?.fresh && known === JSON.stringify([reply.value.first, reply.value.people])) return
    this.here = { ...reply.value, fresh: true }
    await device.cache.write(CACHE, { first: reply.value.first, people: reply.value.people.map((person) => ({ ...person })) }).catch(() => undefined)
    const offline = await this.#parts.offline()
    await offline.agree(reply.value.people)
    this.offlinePeople = await offline.list()
  }

  async #countLocks(): Promise<void> {
    const offline = await this.#parts.offline()
    for (const { id } of this.offlinePeople) await offline.lockedForMs(id)
  }

  async #recall(): Promise<void> {
    const saved = await this.#parts.device.cache.read(CACHE).catch(() => null)
    if (saved && !this.here) this.here = { ...(saved.value as unknown as PeopleHere), fresh: false }
    this.offlinePeople = await (await this.#parts.offline()).list()
  }

  /** A page that has just begun gives its connection a moment. */
  async #whenConnected<T>(call: () => Promise<Result<T, CallError>>): Promise<Result<T, CallError>> {
    const { device, clock } = this.#parts
    if (device.status.phase === 'connecting') {
      await new Promise<void>((resolve) => {
        const leave = device.onStatus(({ phase }) => phase !== 'connecting' && done())
        const giveUp = clock.after(CONNECT_PATIENCE_MS, () => done())
        const done = (): void => {
          leave()
          giveUp()
          resolve()
        }
      })
    }
    return call()
  }
}

const failure = ({ code }: CallError): 'offline' | 'busy' | 'failed' => (code === 'offline' || code === 'timeout' ? 'offline' : code === 'busy' ? 'busy' : 'failed')
