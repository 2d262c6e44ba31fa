/** Limited offers in bad weather: devices that hold leases, phones that order, a hub that counts, over a network that loses, doubles and delays. Runs the product's own core. */
import type { DeviceId, EpochId, OfferId } from '#shared/kernel/ids.ts'
import { CLOCK_MARGIN_MS, type AllotmentReply, type AllotmentRequest } from '#shared/sync/allotment.ts'
import { askAllotments, believeAllotments, chooseUses, noAllotments, spendUses, type HeldAllotments, type LeasedUse } from '#shared/sync/allotment-device.ts'
import { answerAllotments, holdUse, poolOf, reclaimFrom, settleUses } from '#shared/sync/allotment-hub.ts'
import type { AllotmentLedger } from '#shared/sync/allotment-ledger.ts'
import { memoryAllotmentLedger } from '../../stores/memory/memory-allotments.ts'
import { memoryState, type MemoryState } from '../../stores/memory/memory-box.ts'
import { SeededRandom } from './seeded-random.ts'

const OFFER = 'first-fifty' as OfferId
const HOUR_MS = 3_600_000
const HANDOFF_MS = 24 * HOUR_MS
const STEPS = 260
type Weather = readonly (readonly [Happening, number])[]
/** Of all that may happen, how often. */
const BAD: Weather = [
  ['ask', 24], ['deliver', 40], ['hand off', 26], ['send events', 10], ['phone', 20], ['direct order', 2], ['time', 12], ['crash', 3], ['copy', 3], ['put back', 1], ['wipe', 1], ['revoke', 1], ['restore', 1],
]
/** Devices keep their storage and their access: every promise binds. */
const HONEST = BAD.filter(([what]) => !['copy', 'put back', 'wipe', 'revoke', 'restore'].includes(what))
/** Many copies and many orders. */
const COPIES: Weather = [...HONEST, ['copy', 6], ['direct order', 6], ['phone', 30]]
const WEATHERS = [BAD, HONEST, COPIES]
type Happening = 'ask' | 'deliver' | 'hand off' | 'send events' | 'phone' | 'direct order' | 'time' | 'crash' | 'copy' | 'put back' | 'wipe' | 'revoke' | 'restore'

/** Mistakes to plant; none of them may stay unnoticed. */
export type AllotmentFaults = {
  readonly ledger?: (ledger: AllotmentLedger) => AllotmentLedger
  /** The device's clock as it is read before it gives a use away. */
  readonly clock?: (now: number) => number
  readonly reply?: (reply: AllotmentReply, held: HeldAllotments) => AllotmentReply
  /** Whether what was decided is on the disk before anybody outside learns of it. */
  readonly durableAsk?: false
  readonly durableSpend?: false
}

export type AllotmentOutcome = { readonly seed: number; readonly total: number; readonly orders: number; readonly handoffs: number; readonly violation: string | null; readonly steps: readonly string[] }

type Kiosk = {
  readonly dev: DeviceId
  /** Its clock minus the hub's. */
  readonly errorMs: number
  disk: HeldAllotments
  /** What the page believes, which a crash forgets. */
  page: HeldAllotments
  image: HeldAllotments
  events: Shown[]
  /** Leases that two storages hold or held: nobody is promised anything out of them. */
  tainted: boolean
}
type Shown = { readonly qid: string; readonly uses: readonly LeasedUse[]; readonly dev: DeviceId; readonly issuedAt: number; readonly kiosk: Kiosk }
type Packet = { readonly to: 'hub'; readonly from: Kiosk; readonly request: AllotmentRequest } | { readonly to: 'kiosk'; readonly kiosk: Kiosk; readonly reply: AllotmentReply }

class Broken extends Error {}

export const simulateAllotments = (seed: number, faults: AllotmentFaults = {}): AllotmentOutcome => {
  const shop = new Shop(seed, faults)
  try {
    shop.run()
    return { ...shop.outcome(), violation: null }
  } catch (error) {
    if (!(error instanceof Broken)) throw error
    return { ...shop.outcome(), violation: error.message }
  }
}

class Shop {
  readonly #seed: number
  readonly #random: SeededRandom
  readonly #faults: AllotmentFaults
  readonly #total: number
  readonly #box: { state: MemoryState } = { state: memoryState() }
  readonly #ledger: AllotmentLedger
  #now = 1_000_000_000_000
  #kiosks: Kiosk[] = []
  #packets: Packet[] = []
  readonly #shown: Shown[] = []
  /** The oracle's own list: hand-offs and orders that got the offer. */
  readonly #ordered = new Set<string>()
  #ids = 0
  /** The hub's last backup. */
  #backup: { readonly state: MemoryState; readonly ordered: readonly string[] } = { state: memoryState(), ordered: [] }
  readonly #steps: string[] = []

  constructor(seed: number, faults: AllotmentFaults) {
    this.#seed = seed
    this.#random = new SeededRandom(seed)
    this.#faults = faults
    this.#total = 1 + this.#random.below(60)
    const ledger = memoryAllotmentLedger(this.#box)
    this.#ledger = faults.ledger?.(ledger) ?? ledger
    for (let i = 0; i < 1 + this.#random.below(5); i++) this.#kiosks.push(this.#newKiosk())
  }

  outcome(): Omit<AllotmentOutcome, 'violation'> {
    return { seed: this.#seed, total: this.#total, orders: this.#ordered.size, handoffs: this.#shown.length, steps: this.#steps }
  }

  run(): void {
    const weather = WEATHERS[this.#seed % WEATHERS.length]!
    const sum = weather.reduce((all, [, weight]) => all + weight, 0)
    for (let step = 0; step < STEPS; step++) {
      let at = this.#random.below(sum)
      const [what] = weather.find(([, weight]) => (at -= weight) < 0)!
      this.#do(what)
      this.#check()
    }
    this.#quiet()
  }

  #do(what: Happening): void {
    const kiosk = this.#random.pick(this.#kiosks)
    switch (what) {
      case 'ask':
        return this.#ask(kiosk)
      case 'deliver':
        return this.#deliver()
      case 'hand off':
        return this.#handOff(kiosk)
      case 'send events':
        return this.#sendEvents(kiosk)
      case 'phone':
        return this.#phone()
      case 'direct order':
        return this.#orderDirectly()
      case 'time':
        return this.#pass(this.#random.chance(0.5) ? this.#random.below(2 * HOUR_MS) : this.#random.below(20 * HOUR_MS))
      case 'crash':
        return this.#crash(kiosk)
      case 'copy':
        return this.#copy(kiosk)
      case 'put back':
        return this.#putBack(kiosk)
      case 'restore':
        return this.#restore()
      case 'revoke':
        reclaimFrom(this.#ledger, kiosk.dev)
        this.#say(`${kiosk.dev} is revoked`)
        for (const one of this.#kiosks) if (one.dev === kiosk.dev) one.tainted = true
        this.#kiosks = [...this.#kiosks.filter(({ dev }) => dev !== kiosk.dev), this.#newKiosk()]
        return
      case 'wipe':
        this.#say(`${kiosk.dev} is wiped`)
        this.#kiosks = [...this.#kiosks.filter((one) => one !== kiosk), this.#newKiosk()]
    }
  }

  #ask(kiosk: Kiosk): void {
    const { held, request } = askAllotments(kiosk.disk, this.#clockOf(kiosk))
    if (this.#faults.durableAsk !== false) kiosk.disk = held
    else kiosk.disk = { ...kiosk.disk, n: held.n }
    kiosk.page = kiosk.disk
    if (this.#random.chance(0.1)) kiosk.image = kiosk.disk
    this.#send({ to: 'hub', from: kiosk, request })
  }

  /** Lost, doubled, or in any order. */
  #deliver(): void {
    if (this.#packets.length === 0) return
    const at = this.#random.below(this.#packets.length)
    const packet = this.#packets[at]!
    if (!this.#random.chance(0.15)) this.#packets.splice(at, 1)
    if (this.#random.chance(0.15)) return
    if (packet.to === 'hub') this.#answer(packet.from, packet.request)
    else if (this.#kiosks.includes(packet.kiosk)) this.#believe(packet.kiosk, packet.reply)
  }

  #answer(kiosk: Kiosk, request: AllotmentRequest): void {
    // The hub may be killed before its commit, and then nothing happened, or after it, and then nobody is told.
    const before = this.#random.chance(0.04) ? structuredClone(this.#box.state) : null
    const reply = answerAllotments(this.#ledger, { dev: kiosk.dev, mayHold: true }, request, [{ id: OFFER, total: this.#total, until: null }], { now: this.#now, handoffMs: HANDOFF_MS })
    if (before) this.#box.state = before
    else if (!this.#random.chance(0.04)) this.#send({ to: 'kiosk', kiosk, reply })
  }

  #believe(kiosk: Kiosk, told: AllotmentReply): void {
    const reply = this.#faults.reply?.(told, kiosk.disk) ?? told
    kiosk.disk = believeAllotments(kiosk.disk, reply)
    kiosk.page = kiosk.disk
  }

  #handOff(kiosk: Kiosk): void {
    const now = this.#clockOf(kiosk)
    const uses = chooseUses(kiosk.page, [OFFER], now)
    const spent = uses && spendUses(this.#faults.durableSpend === false ? kiosk.page : kiosk.disk, uses, now)
    if (!uses || !spent) return
    if (this.#faults.durableSpend !== false) kiosk.disk = spent
    kiosk.page = spent
    const shown = { qid: this.#id('qid'), uses, dev: kiosk.dev, issuedAt: this.#now + kiosk.errorMs, kiosk }
    this.#say(`${kiosk.dev} shows ${shown.qid} with a use of lease ${uses[0]!.lease}`)
    kiosk.events.push(shown)
    this.#shown.push(shown)
  }

  #sendEvents(kiosk: Kiosk): void {
    const events = kiosk.events.splice(0, 1 + this.#random.below(3))
    for (const shown of events) this.#hold(shown)
  }

  #hold({ qid, uses, dev, issuedAt }: Shown): boolean {
    return uses.every(({ offer, lease }) => holdUse(this.#ledger, { offer, lease, dev, holder: qid, issuedAt }, { now: this.#now, handoffMs: HANDOFF_MS }))
  }

  /** A phone opens a code, and orders or not; the price that stood on the kiosk must be had if nobody copied anything. */
  #phone(): void {
    if (this.#shown.length === 0) return
    const shown = this.#random.pick(this.#shown)
    const granted = this.#hold(shown)
    const isPromised = this.#now <= shown.issuedAt + HANDOFF_MS && !shown.kiosk.tainted
    if (isPromised && !granted) throw new Broken(`${shown.qid} was promised the offer and does not get it`)
    if (!this.#random.chance(0.6)) return
    const got = this.#order(shown.qid)
    if (isPromised && !got) throw new Broken(`${shown.qid} was promised the offer and cannot order it`)
  }

  #order(holder: string): boolean {
    const settled = settleUses(this.#ledger, [{ id: OFFER, total: this.#total, perCustomer: null }], { holder, customer: null }, this.#now)
    if (settled) this.#ordered.add(holder)
    this.#say(`${holder} ${settled ? 'has' : 'does not get'} the offer, ${this.#ordered.size} of ${this.#total}`)
    return settled
  }

  /** One order without a kiosk, or a rush of them. */
  #orderDirectly(): void {
    const orders = this.#random.chance(0.3) ? this.#random.below(60) : 1
    for (let i = 0; i < orders; i++) this.#order(this.#id('order'))
  }

  #crash(kiosk: Kiosk): void {
    this.#say(`${kiosk.dev} crashes`)
    kiosk.page = kiosk.disk
  }

  /** Two storages with the same leases; the hub finds out when their histories part, and one of them begins a new epoch. */
  #copy(kiosk: Kiosk): void {
    this.#say(`${kiosk.dev} is copied`)
    kiosk.tainted = true
    const twin: Kiosk = { ...kiosk, events: [] }
    if (this.#random.chance(0.3)) twin.disk = twin.page = noAllotments(this.#epoch())
    this.#kiosks.push(twin)
  }

  #putBack(kiosk: Kiosk): void {
    this.#say(`${kiosk.dev} is put back`)
    kiosk.tainted = true
    kiosk.disk = kiosk.page = kiosk.image
  }

  /** A backup is made, or the hub goes back to the last one: younger leases and orders are forgotten, and no promise of theirs binds. */
  #restore(): void {
    if (this.#random.chance(0.9)) {
      this.#backup = { state: structuredClone(this.#box.state), ordered: [...this.#ordered] }
      return
    }
    this.#say('the hub is put back to its backup')
    this.#box.state = structuredClone(this.#backup.state)
    this.#ordered.clear()
    for (const holder of this.#backup.ordered) this.#ordered.add(holder)
    for (const { kiosk } of this.#shown) kiosk.tainted = true
    for (const kiosk of this.#kiosks) kiosk.tainted = true
  }

  /** No shopper for long: everything that was out comes back, and the last use can be had. */
  #quiet(): void {
    this.#packets = []
    for (let day = 0; day < 4; day++) this.#pass(24 * HOUR_MS)
    this.#check()
    answerAllotments(this.#ledger, { dev: 'nobody' as DeviceId, mayHold: false }, { ep: this.#epoch(), n: 1, leases: [] }, [], { now: this.#now, handoffMs: HANDOFF_MS })
    const left = poolOf(this.#ledger, { id: OFFER, total: this.#total }, this.#now)
    if (left + this.#ordered.size !== this.#total) throw new Broken(`${this.#total - left - this.#ordered.size} of ${this.#total} uses are lost`)
    while (this.#order(this.#id('order'))) this.#check()
    if (this.#ordered.size !== this.#total) throw new Broken(`only ${this.#ordered.size} of ${this.#total} could be ordered`)
  }

  #check(): void {
    if (this.#ordered.size > this.#total) throw new Broken(`${this.#ordered.size} orders got an offer for ${this.#total}`)
  }

  #newKiosk(): Kiosk {
    const held = noAllotments(this.#epoch())
    const errorMs = this.#random.below(2 * CLOCK_MARGIN_MS) - CLOCK_MARGIN_MS
    return { dev: this.#random.hex(4) as DeviceId, errorMs, disk: held, page: held, image: held, events: [], tainted: false }
  }

  #clockOf(kiosk: Kiosk): number {
    const now = this.#now + kiosk.errorMs
    return this.#faults.clock?.(now) ?? now
  }

  #send(packet: Packet): void {
    this.#packets = [...this.#packets, packet].slice(-30)
  }

  #pass(ms: number): void {
    this.#now += ms
  }

  #id(of: string): string {
    return `${of}-${++this.#ids}`
  }

  #epoch(): EpochId {
    return this.#random.hex(8) as EpochId
  }

  #say(step: string): void {
    this.#steps.push(`${new Date(this.#now).toISOString()} ${step}`)
  }
}
