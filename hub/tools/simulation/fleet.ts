/** A fleet of devices and a hub in the worst weather a seed can make, and then in the calm that must bring everything home. */
import type { DeviceId } from '#shared/kernel/ids.ts'
import { headOf } from '#shared/sync/release.ts'
import { MAX_PENDING_RELEASES } from '#shared/sync/release-plan.ts'
import type { Ack, StreamError } from '#shared/sync/wire.ts'
import { Oracle, Violation } from './oracle.ts'
import { SeededRandom } from './seeded-random.ts'
import { EMPTY_DISK, SimulatedDisk, type DiskImage } from './simulated-disk.ts'
import { SimulatedNetwork } from './simulated-network.ts'
import { SimulatedHub, type HubFaults } from './simulated-hub.ts'
import { PageCrash, SimulatedTab, type Request, type TabFaults } from './simulated-tab.ts'
import { changedItems, HEALING_MESSAGES, HEALING_ROUNDS, LONG_WHILE_MS, MAX_AHEAD_MS, MAX_MACHINES, SHORT_WHILE_MS, SKEWS_MS, START_MS, STORM_STEPS } from './weather.ts'

export type PlantedFaults = { readonly hub?: HubFaults; readonly tab?: TabFaults }
export type Outcome = { readonly seed: number; readonly events: number; readonly steps: readonly string[]; readonly violation: string | null }

type Machine = { readonly name: string; readonly dev: DeviceId; /** Its clock less the hub's. */ skewMs: number; disk: SimulatedDisk; tabs: SimulatedTab[]; images: DiskImage[] }

/** Runs one seed. A violation ends it at once, with the steps that led there. */
export const simulateFleet = (seed: number, faults: PlantedFaults = {}): Outcome => {
  const fleet = new Fleet(seed, faults)
  try {
    fleet.storm()
    fleet.heal()
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const violation = error instanceof Violation ? error.message : `crash of the code under test: ${error.stack ?? error.message}`
    return { seed, events: fleet.oracle.confirmed.size, steps: fleet.steps, violation }
  }
  return { seed, events: fleet.oracle.confirmed.size, steps: fleet.steps, violation: null }
}

class Fleet {
  readonly oracle = new Oracle()
  readonly steps: string[] = []
  readonly #random: SeededRandom
  readonly #hub: SimulatedHub
  readonly #faults: PlantedFaults
  #machines: Machine[] = []
  readonly #network = new SimulatedNetwork()
  #pending: { readonly tab: SimulatedTab; readonly request: Extract<Request, { kind: 'push' }> }[] = []
  #calm = false
  #healingMessages = 0
  #version = 1
  /** Real time, ms: the hub's clock is right, those of the devices need not be. */
  #now = START_MS
  /** How likely a page dies at a transaction, in this seed. */
  readonly #crashRate: number
  readonly #actions: readonly { readonly weight: number; readonly name: string; readonly act: () => string | null }[]

  constructor(seed: number, faults: PlantedFaults) {
    this.#random = new SeededRandom(seed)
    this.#faults = faults
    this.#hub = new SimulatedHub(faults.hub ?? {}, () => this.#now)
    this.#crashRate = this.#random.pick([0, 0.005, 0.03])
    for (let i = 0, n = 2 + this.#random.below(3); i < n; i++) this.#addMachine(`kiosk ${i}`, this.#random.hex(16) as DeviceId, EMPTY_DISK)
    this.#publish()
    const wild = this.#random.chance(0.8) ? 1 : 0
    this.#actions = [
      { weight: 60, name: 'deliver', act: () => this.#deliver(this.#random.below(this.#network.length)) },
      { weight: 26, name: 'tap', act: () => this.#tap() },
      { weight: 14, name: 'commit', act: () => this.#commit() },
      { weight: 12, name: 'connect', act: () => this.#connect() },
      { weight: 16, name: 'pull', act: () => this.#startDownload() },
      { weight: 6, name: 'wake', act: () => this.#wake() },
      { weight: 5, name: 'lose', act: () => this.#lose() },
      { weight: 5, name: 'duplicate', act: () => this.#network.duplicate(this.#random) },
      { weight: 4, name: 'timeout', act: () => this.#timeout() },
      { weight: 4, name: 'cut', act: () => this.#cut() },
      { weight: 6, name: 'publish', act: () => this.#publish(this.#random.chance(0.5) ? this.#random.below(MAX_AHEAD_MS) : 0) },
      { weight: 8, name: 'forge', act: () => this.#network.forge(this.#random, this.#now) },
      { weight: 1, name: 'set clock', act: () => this.#setClock() },
      { weight: 3, name: 'backup', act: () => this.#backup() },
      { weight: 2, name: 'power cut', act: () => this.#powerCut(this.#random.pick(this.#machines)) },
      { weight: 3 * wild, name: 'hub crash', act: () => this.#hubCrash() },
      { weight: 1 * wild, name: 'hub restore', act: () => this.#restore() },
      { weight: 1 * wild, name: 'clone', act: () => this.#clone() },
      { weight: 2 * wild, name: 'image', act: () => this.#takeImage() },
      { weight: 1 * wild, name: 're-image', act: () => this.#reimage() },
      { weight: 0.3 * wild, name: 'wipe', act: () => this.#wipe() },
      { weight: 1 * wild, name: 'erase', act: () => this.#erase() },
      { weight: 0.5, name: 'upgrade', act: () => this.#upgrade() },
    ]
  }

  storm(): void {
    const total = this.#actions.reduce((sum, { weight }) => sum + weight, 0)
    for (let step = 0; step < STORM_STEPS; step++) {
      if (!this.#hub.up && this.#random.chance(0.2)) this.#startHub()
      let at = (this.#random.word() / 0x100000000) * total
      const action = this.#actions.find(({ weight }) => (at -= weight) < 0) ?? this.#actions[0]!
      const what = action.act()
      if (what !== null) this.steps.push(`${step} ${action.name} ${what}`)
      this.#pass(this.#random.chance(0.03) ? this.#random.below(LONG_WHILE_MS) : this.#random.below(SHORT_WHILE_MS))
      this.#checkAlways(action.name)
    }
  }

  /** No more faults: everything must come home within bounds. */
  heal(): void {
    this.#calm = true
    this.steps.push('calm')
    if (!this.#hub.up || this.#random.chance(0.5)) {
      this.#version = 2
      this.#hub.crash(0)
      this.#startHub()
    }
    this.#publish() // a hub put back to before its first release gets one from the web shop again
    for (let round = 0; round < HEALING_ROUNDS && !this.#isHome(); round++) this.#calmRound(round)
    if (!this.#isHome()) this.steps.push('not home')
    this.#checkAlways('heal')
    this.oracle.checkOrder(this.#hub)
    this.oracle.checkHealed(this.#hub, this.#disks())
    this.#switchWithoutWord()
  }

  #calmRound(round: number): void {
    for (const { tabs } of this.#machines)
      for (const tab of tabs) {
        if (!tab.connected) tab.connect()
        else if (round > 0) tab.timeOut() // what was lost in the storm
        tab.wake()
        if (!this.#hub.isCurrent(tab.disk)) tab.startDownload()
      }
    for (; this.#network.length > 0 || this.#pending.length > 0; this.#healingMessages++) {
      if (this.#healingMessages > HEALING_MESSAGES) return
      if (this.#network.length > 0) this.#deliver(0)
      else this.#commit()
    }
  }

  #isHome(): boolean {
    return this.#disks().every((disk) => this.#hub.isCurrent(disk)) && this.#disks().every(({ image }) => image.state !== null && image.state.next - 1 === image.state.ack) &&
      this.#machines.every(({ tabs }) => tabs.every((tab) => tab.hubEpoch === this.#hub.hubEpoch))
  }

  /** Time passes for all at once; every page that runs looks at it. */
  #pass(ms: number): void {
    this.#now += ms
    for (const machine of this.#machines) this.#onPage(machine, () => machine.tabs.forEach((tab) => tab.look()))
  }

  /** The hub is gone for good: at every planned instant all devices switch together, whatever their own clocks say. */
  #switchWithoutWord(): void {
    this.#publish(3_600_000)
    this.#publish(7_200_000)
    for (const { tabs } of this.#machines) for (const tab of tabs) tab.connect()
    for (let round = 1; round < HEALING_ROUNDS && !this.#isHome(); round++) this.#calmRound(round)
    this.#network.clear()
    for (const next of this.#hub.upcoming) {
      this.#pass(next.activeFrom - this.#now)
      this.steps.push(`release ${next.rev} is due`)
      for (const { name, disk } of this.#machines) this.oracle.checkSwitched(name, disk, next)
    }
  }

  #checkAlways(action: string): void {
    this.oracle.checkNothingTwice(this.#hub)
    for (const disk of this.#disks()) this.oracle.checkReplica(disk)
    for (const { name, disk, tabs } of this.#machines) this.oracle.checkTime(name, disk, tabs, this.#now)
    // Only these can take something away; the others are looked at when the storm is over.
    if (action !== 'tap' && action !== 'lose' && action !== 'duplicate') this.oracle.checkNothingLost(this.#hub, this.#disks())
  }

  #disks(): readonly SimulatedDisk[] {
    return this.#machines.map(({ disk }) => disk)
  }

  #addMachine(name: string, dev: DeviceId, image: DiskImage): Machine {
    const machine: Machine = { name, dev, skewMs: this.#random.pick(SKEWS_MS), disk: new SimulatedDisk(image), tabs: [], images: [] }
    this.#machines.push(machine)
    this.#openTabs(machine)
    return machine
  }

  #openTabs(machine: Machine): void {
    for (const tab of machine.tabs) tab.close()
    this.#network.dropAnswersTo(machine.tabs)
    const host = {
      random: this.#random,
      faults: this.#faults.tab ?? {},
      now: () => this.#now,
      wall: () => this.#now + machine.skewMs,
      send: (tab: SimulatedTab, request: Request): void => this.#network.send(tab, request, this.#now),
      crashes: (at: 'transaction' | 'activation'): boolean => !this.#calm && this.#random.chance(at === 'activation' ? 0.1 : this.#crashRate),
      lossDeclared: (): void => {
        throw new Violation('a loss was declared though no hub was replaced')
      },
    }
    const count = this.#random.chance(0.2) ? 2 : 1
    machine.tabs = Array.from({ length: count }, () => new SimulatedTab(machine.dev, machine.disk, host))
  }

  /** Runs what a page does; if the power goes meanwhile, all its pages start anew. */
  #onPage(machine: Machine, act: () => void): void {
    try {
      act()
    } catch (error) {
      if (!(error instanceof PageCrash)) throw error
      this.steps.push(`  ${machine.name} dies in between`)
      this.#powerCut(machine)
    }
  }

  #machineOf(tab: SimulatedTab): Machine | undefined {
    return this.#machines.find(({ tabs }) => tabs.includes(tab))
  }

  #deliver(index: number): string | null {
    const message = this.#network.take(index)
    if (!message) return null
    const { tab, request, reply } = message
    if (reply) {
      const machine = this.#machineOf(tab)
      if (machine) this.#onPage(machine, () => tab.answer(request.kind, reply.body, this.#network.sentAt(request)))
      return `${request.kind} answered to ${machine?.name ?? 'a page that is gone'}: ${brief(reply.body)}`
    }
    if (!this.#hub.up) return `${request.kind} to a hub that is down`
    if (request.kind === 'push') {
      this.#pending.push({ tab, request })
      if (this.#hub.faults.ackBeforeCommit) this.#reply(tab, request, { hubEpoch: this.#hub.hubEpoch, upto: request.body.ev.at(-1)!.seq, hw: request.body.ev.at(-1)!.seq, safe: 0, now: 0 }, false)
    } else this.#network.reply(tab, request, request.kind === 'hello' ? this.#hub.hello(tab.dev, request.body) : this.#hub.pull(request.body))
    return `${request.kind} of ${tab.dev.slice(0, 4)}${request.kind === 'push' ? ` ${request.body.ev[0]?.seq}–${request.body.ev.at(-1)?.seq}` : ''}`
  }

  /** All waiting pushes in one transaction; the hub may die before it, or after it and before anybody hears. */
  #commit(): string | null {
    if (!this.#hub.up || this.#pending.length === 0) return null
    const pending = this.#pending
    this.#pending = []
    const answers = pending.map(({ tab, request }) => ({ tab, request, answer: this.#hub.push(tab.dev, request.body) }))
    const fate = this.#calm ? 1 : this.#random.below(30) / 30
    if (fate < 0.05) {
      this.#hub.crash(0)
      return 'dies before it is durable'
    }
    this.#hub.commit()
    if (fate < 0.1) {
      this.#hub.crash(0)
      return 'dies before anybody hears'
    }
    if (!this.#hub.faults.ackBeforeCommit) for (const { tab, request, answer } of answers) this.#reply(tab, request, answer, true)
    return `${pending.length} pushes`
  }

  #reply(tab: SimulatedTab, request: Extract<Request, { kind: 'push' }>, answer: Ack | StreamError, durable: boolean): void {
    if ('upto' in answer) this.oracle.checkAcked(this.#hub, request.body.ev.filter(({ seq }) => seq <= answer.upto).map(({ id }) => id), durable)
    this.#network.reply(tab, request, answer)
  }

  #tap(): string | null {
    const machine = this.#random.pick(this.#machines)
    const tab = this.#random.pick(machine.tabs)
    const more = { t: this.#random.chance(0.02) ? 'nonsense' : 'tile.tapped', v: this.#random.chance(0.05) ? 2 : 1, poison: this.#random.chance(0.04) }
    const count = this.#random.chance(0.03) ? 120 : 1
    this.#onPage(machine, () => {
      for (let i = 0; i < count; i++) {
        const id = tab.tap(this.#random.chance(0.8) ? 'durable' : 'droppable', more)
        if (id) this.oracle.confirmed.add(id)
      }
    })
    return `${machine.name} ×${count}`
  }

  #connect(): string | null {
    const machine = this.#random.pick(this.#machines)
    const tab = machine.tabs.find(({ connected }) => !connected)
    if (!tab) return null
    this.#onPage(machine, () => tab.connect())
    return machine.name
  }

  #startDownload(): string | null {
    const machine = this.#random.pick(this.#machines)
    this.#onPage(machine, () => this.#random.pick(machine.tabs).startDownload())
    return machine.name
  }

  #wake(): string | null {
    const machine = this.#random.pick(this.#machines)
    this.#onPage(machine, () => machine.tabs.forEach((tab) => tab.wake()))
    return null
  }

  #lose(): string | null {
    return this.#network.take(this.#random.below(this.#network.length))?.request.kind ?? null
  }

  #timeout(): string | null {
    const machine = this.#random.pick(this.#machines)
    this.#onPage(machine, () => this.#random.pick(machine.tabs).timeOut())
    return machine.name
  }

  #cut(): string | null {
    const { name, tabs } = this.#random.pick(this.#machines)
    this.#random.pick(tabs).close()
    return name
  }

  #powerCut(machine: Machine): string {
    if (this.#faults.tab?.relaxed) machine.disk.loseUnwritten()
    this.#openTabs(machine)
    return machine.name
  }

  #hubCrash(): string | null {
    if (!this.#hub.up) return null
    const tail = this.#random.chance(0.5) ? 1 + this.#random.below(5) : 0
    this.#hub.crash(tail)
    this.#pending = []
    return tail > 0 ? `and loses ${tail} transactions` : ''
  }

  #restore(): string {
    this.#hub.restore()
    this.#pending = []
    return 'from its last backup'
  }

  #startHub(): void {
    this.#pending = []
    this.#hub.start(this.#version)
    // Its old connections are gone; what was under way on them may still arrive.
    for (const { tabs } of this.#machines) for (const tab of tabs) tab.close()
    this.steps.push('  hub starts')
  }

  #upgrade(): string | null {
    if (this.#version === 2) return null
    this.#version = 2
    return 'at its next start'
  }

  #backup(): string | null {
    if (!this.#hub.up) return null
    this.#hub.backup()
    return ''
  }

  #publish(afterMs = 0): string | null {
    if (!this.#hub.up || this.#hub.upcoming.length >= MAX_PENDING_RELEASES) return null
    const items = changedItems(this.#random, this.#hub.newest?.items ?? {})
    const release = this.#hub.publish(items, afterMs)
    if (release) this.oracle.published.add(JSON.stringify(headOf(release)))
    return release ? `rev ${release.rev} ${release.hash.slice(0, 8)} in ${afterMs} ms` : null
  }

  #setClock(): string {
    const machine = this.#random.pick(this.#machines)
    machine.skewMs = this.#random.pick(SKEWS_MS)
    return `of ${machine.name} to ${machine.skewMs} ms off`
  }

  #clone(): string | null {
    if (this.#machines.length >= MAX_MACHINES) return null
    const { name, dev, disk } = this.#random.pick(this.#machines)
    this.#addMachine(`copy of ${name}`, dev, disk.image)
    return name
  }

  #takeImage(): string | null {
    const { images, disk, name } = this.#random.pick(this.#machines)
    images.push(disk.image)
    return name
  }

  #reimage(): string | null {
    const machine = this.#random.pick(this.#machines)
    const image = machine.images.at(-1)
    if (!image) return null
    this.#replaceDisk(machine, image)
    return machine.name
  }

  #wipe(): string | null {
    const machine = this.#random.pick(this.#machines)
    this.#replaceDisk(machine, EMPTY_DISK)
    return machine.name
  }

  /** Events only this disk held are destroyed with it: the one loss that is declared. */
  #replaceDisk(machine: Machine, image: DiskImage): void {
    const before = machine.disk.image.rows
    machine.disk.replace(image)
    this.#openTabs(machine)
    const left = new Set(this.#disks().flatMap((disk) => disk.image.rows.map(({ id }) => id)))
    for (const { id } of before) if (!left.has(id)) this.oracle.destroyed.add(id)
  }

  #erase(): string | null {
    const ids = [...this.#hub.kept.keys()]
    if (ids.length === 0 || !this.#hub.up) return null
    const id = this.#random.pick(ids)
    this.#hub.erase(id)
    return id
  }
}

const brief = (body: unknown): string => JSON.stringify(body).slice(0, 120)
