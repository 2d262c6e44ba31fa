/**
 * Signing in without the hub: what somebody proved to the hub on this very device, kept so that only this device can check it again.
 * Every try is on the disk before it is judged. A lock passes with time that was seen to pass: while a page counts, or by the hub's clock; never by the device's own.
 */
import type { PersonId, PersonRole } from '#shared/devices/person.ts'
import { concatBytes, utf8 } from '#shared/kernel/bytes.ts'
import type { PersonTile } from '#shared/protocol/people.ts'

export type OfflinePerson = { readonly id: PersonId; readonly name: string; readonly role: PersonRole; readonly kind: 'pin' | 'password'; /** Which of their PINs or passwords it was. */ readonly rev: number }

/** `unknown`: never signed in here, or the time that the hub gave is over. `unsaved`: the storage takes no writes, so nothing is checked. */
export type OfflineAnswer =
  | { readonly type: 'right'; readonly person: OfflinePerson }
  | { readonly type: 'wrong'; readonly left: number }
  | { readonly type: 'locked'; readonly forMs: number }
  | { readonly type: 'unknown' }
  | { readonly type: 'unsaved' }

export const OFFLINE_TRIES = 5
export const OFFLINE_LOCK_MS = 15 * 60_000

export type OfflineParts = {
  readonly kept: { read(name: string): Promise<unknown>; update(name: string, decide: (value: unknown) => object | null): Promise<boolean> }
  readonly subtle: SubtleCrypto
  randomBytes(length: number): Uint8Array<ArrayBuffer>
  /** Ms since the page began; never jumps. */
  mono(): number
  /** Time by the hub's clock; `verified` if this page heard it. */
  now(): { readonly at: number; readonly verified: boolean }
  /** Steps of the derivation; more than the default only where nobody waits. */
  readonly rounds?: number
}

const NAME = 'offline-sign-in'
/** As OWASP asks for PBKDF2 with SHA-256: a good half second on a small tablet. */
const ROUNDS = 600_000
const SALT_BYTES = 16
/** Time that passed is written down so often, so that a reload takes back no more than this. */
const NOTE_MS = 15_000

type Known = OfflinePerson & {
  readonly salt: Uint8Array<ArrayBuffer>
  readonly rounds: number
  readonly mac: Uint8Array<ArrayBuffer>
  /** Hub time until which the hub leaves the check to this device. */
  readonly until: number
  readonly tries: number
  /** Until the tries are forgotten, as of the last writing. */
  readonly leftMs: number
  /** Hub time of that writing; null if the page did not know it. */
  readonly hubAt: number | null
  /** The page that counts; another one begins anew, so that two do not count twice as fast. */
  readonly page: string
}
type Kept = { readonly key: CryptoKey; readonly people: { readonly [id: string]: Known } }

export class OfflineSignIn {
  readonly #parts: OfflineParts
  readonly #page: string
  /** Since when this page counts. */
  readonly #since = new Map<string, number>()

  constructor(parts: OfflineParts) {
    this.#parts = parts
    this.#page = [...parts.randomBytes(8)].join('.')
  }

  /** Those whom this device could let in now. */
  async list(): Promise<readonly OfflinePerson[]> {
    return Object.values((await this.#read())?.people ?? {}).filter((known) => this.#isTrusted(known)).map(({ id, name, role, kind, rev }) => ({ id, name, role, kind, rev }))
  }

  /** Somebody has just proved `secret` to the hub, which lets this device check it until then. Earlier tries are forgiven. */
  async remember(person: OfflinePerson, secret: string, until: number): Promise<boolean> {
    const { kept, subtle, randomBytes, rounds = ROUNDS } = this.#parts
    const key = (await this.#read())?.key ?? (await subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify']))
    const salt = randomBytes(SALT_BYTES)
    // Two pages may make a key at once: the one that is kept signs.
    if (!(await kept.update(NAME, (value) => (isKept(value) ? null : { key, people: {} })))) return false
    const mac = new Uint8Array(await subtle.sign('HMAC', (await this.#read())!.key, await this.#stretch(person.id, secret, salt, rounds)))
    this.#since.delete(person.id)
    return this.#change(person.id, () => ({ ...person, salt, rounds, mac, until, tries: 0, leftMs: 0, hubAt: null, page: this.#page }))
  }

  /** The hub has said who belongs: whoever is gone, or has another PIN or password, is forgotten. */
  agree(people: readonly PersonTile[]): Promise<boolean> {
    const byId = new Map(people.map((person) => [person.id, person]))
    return this.#parts.kept.update(NAME, (value) => {
      if (!isKept(value)) return null
      const staying = Object.values(value.people).flatMap((one): readonly Known[] => {
        const said = byId.get(one.id)
        return said && (one.kind === 'pin' ? said.pinRev : said.passwordRev) === one.rev ? [{ ...one, name: said.name, role: said.role }] : []
      })
      return { ...value, people: Object.fromEntries(staying.map((one) => [one.id, one])) }
    })
  }

  async check(id: PersonId, secret: string): Promise<OfflineAnswer> {
    const before = (await this.#read())?.people[id]
    if (!before || !this.#isTrusted(before)) return { type: 'unknown' }
    let tried: Known | null = null
    let forMs = 0
    const written = await this.#change(id, (known) => {
      tried = this.#passed(known)
      forMs = tried.tries >= OFFLINE_TRIES ? tried.leftMs : 0
      if (forMs === 0) tried = { ...tried, tries: tried.tries + 1, leftMs: OFFLINE_LOCK_MS }
      return tried
    })
    if (!written || !tried) return { type: 'unsaved' }
    if (forMs > 0) return { type: 'locked', forMs }
    const { tries, salt, rounds, mac, name, role, kind, rev } = tried as Known
    if (!(await this.#parts.subtle.verify('HMAC', (await this.#read())!.key, mac, await this.#stretch(id, secret, salt, rounds)))) {
      return tries >= OFFLINE_TRIES ? { type: 'locked', forMs: OFFLINE_LOCK_MS } : { type: 'wrong', left: OFFLINE_TRIES - tries }
    }
    const forgiven = await this.#change(id, (known) => ({ ...known, tries: 0, leftMs: 0 }))
    return forgiven ? { type: 'right', person: { id, name, role, kind, rev } } : { type: 'unsaved' }
  }

  /** 0: not locked. Asked again and again while somebody waits; writes down how much has passed. */
  async lockedForMs(id: PersonId): Promise<number> {
    const known = (await this.#read())?.people[id]
    if (!known || known.tries === 0) return 0
    const passed = this.#passed(known)
    if (known.page !== this.#page || known.leftMs - passed.leftMs >= NOTE_MS || passed.leftMs === 0) await this.#change(id, (again) => this.#passed(again))
    return passed.tries >= OFFLINE_TRIES ? passed.leftMs : 0
  }

  /** The same person a little later; after enough time with no tries against them. Counting goes on from here once it is written. */
  #passed(known: Known): Known {
    const { mono, now } = this.#parts
    const { at, verified } = now()
    const since = known.page === this.#page ? (this.#since.get(known.id) ?? mono()) : mono()
    const byHub = verified && known.hubAt !== null ? at - known.hubAt : 0
    const leftMs = Math.max(0, known.leftMs - Math.max(mono() - since, byHub, 0))
    return { ...known, tries: leftMs === 0 ? 0 : known.tries, leftMs, hubAt: verified ? at : null, page: this.#page }
  }

  async #change(id: string, next: (known: Known) => Known): Promise<boolean> {
    let changed = false
    let began = 0
    const written = await this.#parts.kept.update(NAME, (value) => {
      if (!isKept(value)) return null
      changed = true
      began = this.#parts.mono()
      return { ...value, people: { ...value.people, [id]: next(value.people[id]!) } }
    })
    if (written && changed) this.#since.set(id, began)
    return written && changed
  }

  #isTrusted({ until }: Known): boolean {
    return this.#parts.now().at < until
  }

  async #read(): Promise<Kept | null> {
    const value = await this.#parts.kept.read(NAME).catch(() => null)
    return isKept(value) ? value : null
  }

  async #stretch(id: string, secret: string, salt: Uint8Array<ArrayBuffer>, iterations: number): Promise<ArrayBuffer> {
    const { subtle } = this.#parts
    const raw = await subtle.importKey('raw', utf8(secret.normalize('NFC')), 'PBKDF2', false, ['deriveBits'])
    return subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt: concatBytes(salt, utf8(id)), iterations }, raw, 256)
  }
}

const isKept = (value: unknown): value is Kept => typeof value === 'object' && value !== null && 'people' in value && 'key' in value
