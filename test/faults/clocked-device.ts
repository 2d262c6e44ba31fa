/** A real device whose own clock can be set while it runs, and what it knew, said and showed meanwhile. */
import { encodeHandoff, handoffDigits, handoffMessage } from '#shared/handoff/encode-handoff.ts'
import { handoffOf } from '#shared/handoff/handoff-basket.ts'
import type { Assortment } from '#shared/basket/assortment.ts'
import { bytesToHex } from '#shared/kernel/bytes.ts'
import type { QuoteId } from '#shared/kernel/ids.ts'
import { documentsToAssortment } from '#shared/protocol/documents.ts'
import type { CheckoutView } from '#shared/protocol/checkout.ts'
import { openDevice, type OpenedDevice } from '#kiosk/lib/sync/open-device.ts'
import type { HubProcess } from '#hub/tools/rig/hub-process.ts'
import { newDisk, nodeSurroundings, type Disk } from '../kiosk/node-surroundings.ts'
import { BASKET, quoteAt } from './price-at-border.ts'

const tap = { t: 'visit.started', v: 1, p: { touchpoint: 'kiosk', language: 'de' }, sid: null } as const

export type Shown = { readonly cents: number; readonly verified: boolean }

export class ClockedDevice {
  readonly name: string
  readonly #origin: string
  readonly #disk: Disk = newDisk()
  /** Planted: what should never jump follows the clock that anybody may set. */
  readonly #isSettable: boolean
  #offMs = 0
  #device: OpenedDevice | null = null
  /** Ids in the order in which they were saved, each with the moment. */
  readonly saved: { readonly id: string; readonly at: number }[] = []

  constructor(name: string, origin: string, isSettable: boolean) {
    this.name = name
    this.#origin = origin
    this.#isSettable = isSettable
  }

  get device(): OpenedDevice {
    if (!this.#device) throw new Error(`${this.name} is off`)
    return this.#device
  }

  setClock(offMs: number): void {
    this.#offMs = offMs
  }

  async start(): Promise<void> {
    const wall = (): number => Date.now() + this.#offMs
    this.#device = await openDevice({ app: 'shopper', version: '1.0.0', surroundings: nodeSurroundings(this.#origin, this.#disk, { wall, ...(this.#isSettable && { mono: wall }) }) })
  }

  async pair(hub: HubProcess): Promise<void> {
    const paired = await this.device.pair({ code: hub.codeFor('kiosk'), role: 'kiosk', name: this.name })
    if (!paired.ok) throw new Error(`${this.name} was not paired: ${paired.error.type}`)
  }

  off(): void {
    this.#device?.close()
    this.#device = null
  }

  async tap(times: number): Promise<void> {
    for (let i = 0; i < times; i++) {
      const at = Date.now()
      const kept = await this.device.record(tap)
      if (kept.ok) this.saved.push({ id: kept.value, at })
    }
  }

  get assortment(): Assortment | null {
    const { release } = this.device
    const read = release && documentsToAssortment(release)
    return read?.ok ? read.value : null
  }

  shows(): Shown | null {
    const { assortment } = this
    const now = this.device.now()
    return assortment && { cents: quoteAt(assortment, now).totalCents, verified: now.verified }
  }

  /** The digits of a code for the basket, as its screen draws them. */
  async code(): Promise<string> {
    const { assortment } = this
    if (!assortment) throw new Error(`${this.name} has no release`)
    const now = this.device.now()
    const qid = bytesToHex(crypto.getRandomValues(new Uint8Array(8))) as QuoteId
    const body = encodeHandoff(handoffOf(BASKET, quoteAt(assortment, now), assortment, { qid, keyId: this.device.keyId!, at: now.at }))
    return handoffDigits(body, await this.device.sign(handoffMessage(body, assortment.store.checkoutDomain || new URL(this.#origin).host)))
  }
}

/** What a phone sees that opens a code; null if it is no basket. */
export const openAtPhone = async (hub: HubProcess, digits: string): Promise<CheckoutView | null> => {
  const answer = await fetch(`${hub.url}/api/handoff/open`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ digits, session: '1'.repeat(32), orderId: bytesToHex(crypto.getRandomValues(new Uint8Array(16))) }) })
  const reply = (await answer.json()) as { readonly type: string; readonly view?: CheckoutView }
  return reply.type === 'open' ? (reply.view ?? null) : null
}
