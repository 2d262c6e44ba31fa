/** What the page about privacy shows: asked for while somebody looks, kept for when the hub is gone, and what may be changed. */
import type { Device } from '#kiosk/lib/sync/device.ts'
import type { CallName, Calls } from '#shared/protocol/calls.ts'
import type { AuditQueryFields, AuditReply, ExportReply, ExportRequest, PrivacyReply } from '#shared/protocol/privacy.ts'
import type { PrivacyChoices } from '#shared/privacy/privacy-settings.ts'

/** Keeps what was last known on this device; it may be lost at any time. */
export type PrivacyCache = { read<T>(key: string): Promise<{ readonly value: T } | null>; write<T>(key: string, value: T): Promise<void> }
export type PrivacyPageParts = { readonly device: Pick<Device, 'call' | 'now'>; readonly cache: PrivacyCache }

/** What somebody looks for in the log. `day`: from the beginning of its first to the end of its last instant. */
export type AuditWish = Pick<AuditQueryFields, 'who' | 'what' | 'from' | 'until'>

const AUDIT_ROWS = 100

export class PrivacyPage {
  facts = $state.raw<PrivacyReply | null>(null)
  audit = $state.raw<AuditReply | null>(null)
  wish = $state.raw<AuditWish>({})
  /** The last look brought no answer: what is shown is older. */
  stale = $state(false)
  auditStale = $state(true)
  busy = $state(false)
  now = $state(0)
  readonly #parts: PrivacyPageParts

  constructor(parts: PrivacyPageParts) {
    this.#parts = parts
    this.now = parts.device.now().at
  }

  async start(): Promise<void> {
    const { cache } = this.#parts
    const [facts, audit] = [await cache.read<PrivacyReply>('privacy'), await cache.read<AuditReply>('audit')]
    this.facts ??= facts?.value ?? null
    this.audit ??= audit?.value ?? null
    await this.look()
  }

  async look(): Promise<void> {
    const reply = await this.#ask('privacy.read', {})
    this.stale = reply === null
    if (reply) {
      this.facts = reply
      await this.#parts.cache.write('privacy', reply)
    }
  }

  /** The log as somebody wishes to see it; only the plain one is kept. */
  async readLog(wish: AuditWish = this.wish): Promise<boolean> {
    this.busy = true
    this.wish = wish
    const reply = await this.#ask('audit.list', { limit: AUDIT_ROWS, ...wish })
    this.busy = false
    this.auditStale = reply === null
    if (!reply) return false
    this.audit = reply
    if (Object.keys(wish).length === 0) await this.#parts.cache.write('audit', reply)
    return true
  }

  async readOlder(): Promise<void> {
    const known = this.audit
    const last = known?.entries.at(-1)
    if (!known || !last) return
    const reply = await this.#ask('audit.list', { limit: AUDIT_ROWS, ...this.wish, before: last.n })
    if (reply) this.audit = { ...reply, entries: [...known.entries, ...reply.entries], names: { ...known.names, ...reply.names } }
  }

  async choose(choices: PrivacyChoices): Promise<boolean> {
    const reply = await this.#ask('privacy.set', choices)
    await this.look()
    return reply !== null
  }

  export(request: ExportRequest): Promise<ExportReply | null> {
    return this.#ask('feedback.export', request)
  }

  async #ask<K extends CallName>(name: K, request: Calls[K]['request']): Promise<Calls[K]['reply'] | null> {
    const reply = await this.#parts.device.call(name, request)
    this.now = this.#parts.device.now().at
    return reply.ok ? reply.value : null
  }
}
