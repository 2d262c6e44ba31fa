/** What the page for sharing shows: asked for while somebody looks, kept for when the hub is gone, without the words of shoppers. Secrets are told once and kept nowhere. */
import type { Device } from '#kiosk/lib/sync/device.ts'
import type { CallError, CallName, Calls } from '#shared/protocol/calls.ts'
import type { DeliveryView, ReceiverWish, ShareReply, TokenScope } from '#shared/protocol/sharing.ts'
import type { WeeklyLetter } from '#shared/protocol/weekly-letter.ts'
import type { Result } from '#shared/kernel/result.ts'

/** Keeps what was last known on this device; it may be lost at any time. */
export type ShareCache = { read<T>(key: string): Promise<{ readonly value: T } | null>; write<T>(key: string, value: T): Promise<void> }
export type SharePageParts = { readonly device: Pick<Device, 'call' | 'now'>; readonly cache: ShareCache }

/** A comment that could stand on the board. */
export type BoardComment = { readonly id: string; readonly text: string }
const LOOKED_THROUGH = 200
const MAX_COMMENTS = 30

/** An erased comment would stay where it is kept. */
const wordless = (letter: WeeklyLetter): WeeklyLetter => ({ ...letter, voices: letter.voices.map(() => ({ text: null, place: null })) })

export class SharePage {
  facts = $state.raw<ShareReply | null>(null)
  letter = $state.raw<WeeklyLetter | null>(null)
  comments = $state.raw<readonly BoardComment[]>([])
  deliveries = $state.raw<{ readonly receiver: string; readonly list: readonly DeliveryView[] } | null>(null)
  /** The last look brought no answer: what is shown is older. */
  stale = $state(false)
  now = $state(0)
  readonly #parts: SharePageParts

  constructor(parts: SharePageParts) {
    this.#parts = parts
    this.now = parts.device.now().at
  }

  async start(): Promise<void> {
    const { cache } = this.#parts
    const [facts, letter] = [await cache.read<ShareReply>('share'), await cache.read<WeeklyLetter>('letter')]
    this.facts ??= facts?.value ?? null
    this.letter ??= letter && wordless(letter.value)
    await this.look()
    if (!this.stale) await this.readLetter(null)
  }

  async look(): Promise<void> {
    const reply = await this.#ask('share.read', {})
    this.stale = !reply.ok
    if (!reply.ok) return
    this.facts = reply.value
    await this.#parts.cache.write('share', reply.value)
  }

  /** Null: of the last whole week. The newest one is kept. */
  async readLetter(week: string | null): Promise<boolean> {
    const reply = await this.#ask('share.letter', { week })
    if (!reply.ok) return false
    this.letter = reply.value
    if (week === null) {
      await this.#parts.cache.write('letter', wordless(reply.value))
      await this.look()
    }
    return true
  }

  async readComments(): Promise<void> {
    const reply = await this.#ask('feedback.list', { limit: LOOKED_THROUGH })
    if (!reply.ok) return
    const shown = reply.value.filter(({ kind, hidden }) => kind === 'text' && (hidden === undefined || hidden === 'shown'))
    this.comments = shown.slice(0, MAX_COMMENTS).map(({ id, value }) => ({ id, text: String(value) }))
  }

  async makeToken(name: string, scopes: readonly TokenScope[], days: number): Promise<Result<Calls['share.token']['reply'], CallError>> {
    return this.#done(await this.#ask('share.token', { name, scopes, days }))
  }

  async makeBoard(name: string, days: number): Promise<Result<Calls['share.board']['reply'], CallError>> {
    return this.#done(await this.#ask('share.board', { name, days }))
  }

  async revoke(id: string): Promise<boolean> {
    return (await this.#done(await this.#ask('share.revoke', { id }))).ok
  }

  async chooseVoice(id: string, shown: boolean): Promise<boolean> {
    return (await this.#done(await this.#ask('share.voice', { id, shown }))).ok
  }

  async addReceiver(wish: ReceiverWish): Promise<Result<Calls['share.receiver']['reply'], CallError>> {
    return this.#done(await this.#ask('share.receiver', wish))
  }

  async rotate(id: string): Promise<Result<Calls['share.rotate']['reply'], CallError>> {
    return this.#done(await this.#ask('share.rotate', { id }))
  }

  async end(id: string): Promise<boolean> {
    return (await this.#done(await this.#ask('share.end', { id }))).ok
  }

  async readDeliveries(id: string): Promise<void> {
    const reply = await this.#ask('share.deliveries', { id })
    if (reply.ok) this.deliveries = { receiver: id, list: reply.value }
  }

  async again(id: string, receiver: string): Promise<void> {
    await this.#ask('share.again', { id })
    await this.readDeliveries(receiver)
    await this.look()
  }

  async table(request: Calls['share.table']['request']): Promise<Calls['share.table']['reply'] | null> {
    const reply = await this.#ask('share.table', request)
    return reply.ok ? reply.value : null
  }

  async #done<T>(reply: Result<T, CallError>): Promise<Result<T, CallError>> {
    if (reply.ok) await this.look()
    return reply
  }

  async #ask<K extends CallName>(name: K, request: Calls[K]['request']): Promise<Result<Calls[K]['reply'], CallError>> {
    const reply = await this.#parts.device.call(name, request)
    this.now = this.#parts.device.now().at
    return reply
  }
}
