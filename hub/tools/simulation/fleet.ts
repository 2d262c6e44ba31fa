/** A fleet of devices and a hub: what it does in a storm, and how the calm must bring everything home. */
import type { DeviceId } from '#shared/kernel/ids.ts'
import { headOf } from '#shared/sync/release.ts'
import { MAX_PENDING_RELEASES } from '#shared/sync/release-plan.ts'
import type { Ack, StreamError } from '#shared/sync/wire.ts'
import { Coverage } from './coverage.ts'
import { Oracle, Violation } from './oracle.ts'
import { SeededRandom } from './seeded-random.ts'
import { EMPTY_DISK, SimulatedDisk, type DiskImage } from './simulated-disk.ts'
import { NEWEST_BUILD, SimulatedHub, type Build, type HubFaults } from './simulated-hub.ts'
import { SimulatedNetwork } from './simulated-network.ts'
import { PageCrash, SimulatedTab, type Request, type Storage, type TabFaults, type TabHost } from './simulated-tab.ts'
import { changedItems, HEALING_MESSAGES, HEALING_ROUNDS, LONG_WHILE_MS, SHORT_WHILE_MS, SKEWS_MS, START_MS, STORM_STEPS, TROUBLES, type Trouble } from './weather.ts'

export type PlantedFaults = { readonly hub?: HubFaults; readonly tab?: TabFaults }
export type Machine = {
  readonly name: string
  readonly dev: DeviceId
  /** Its clock less the hub's. */
  skewMs: number
  /** Version of the app, from the next page on. */
  build: Build
  readonly disk: SimulatedDisk
  tabs: readonly SimulatedTab[]
  readonly images: DiskImage[]
}
type PushRequest = Extract<Request, { kind: 'push' }>

/** One thing that may happen in the storm; says what it did, or null if there was nothing to do it to. */
export type Happening = { readonly weight: number; readonly name: string; readonly act: () => (() => string) | null }

export class Fleet {
  readonly oracle = new Oracle()
  readonly coverage = new Coverage()
  readonly steps: string[] = []
  readonly random: SeededRandom
  readonly hub: SimulatedHub
  readonly faults: PlantedFaults
  readonly network = new SimulatedNetwork()
  machines: Machine[] = []
  disks: readonly SimulatedDisk[] = []
  /** Understood from its next start on. */
  nextBuild: Build = 1
  readonly #told: boolean
  #pending: { readonly tab: SimulatedTab; readonly request: PushRequest }[] = []
  #calm = false
  #healingMessages = 0
  /** Real time, ms: the hub's clock is right, those of the devices need not be. */
  #now = START_MS
  /** How likely a page dies at a transaction, in this seed. */
  readonly #crashRate: number
  readonly #happenings: readonly Happening[]

  constructor(seed: number, faults: PlantedFaults, told: boolean, happenings: (fleet: Fleet, troubles: ReadonlySet<Trouble>) => readonly Happening[]) {
    this.random = new SeededRandom(seed)
    this.faults = faults
    this.#told = told
    this.hub = new SimulatedHub(faults.hub ?? {}, () => this.#now, this.coverage)
    this.#crashRate = this.random.pick([0, 0.005, 0.03])
    for (let i = 0, n = 2 + this.random.below(3); i < n; i++) this.addMachine(`kiosk ${i}`, this.random.hex(16) as DeviceId, EMPTY_DISK)
    this.publish()
    const troubles = new Set(Object.entries(TROUBLES).flatMap(([trouble, chance]) => (this.random.chance(chance) ? [trouble as Trouble] : [])))
    this.#happenings = happenings(this, troubles)
  }

  get now(): number {
    return this.#now
  }

  say(step: () => string): void {
    if (this.#told) this.steps.push(step())
  }

  storm(): void {
    const total = this.#happenings.reduce((sum, { weight }) => sum + weight, 0)
    for (let step = 0; step < STORM_STEPS; step++) {
      if (!this.hub.up && this.random.chance(0.2)) this.startHub()
      let at = (this.random.word() / 0x100000000) * total
      const { name, act } = this.#happenings.find(({ weight }) => (at -= weight) < 0) ?? this.#happenings[0]!
      const what = act()
      if (what !== null) this.say(() => `${step} ${name} ${what()}`)
      this.pass(this.random.chance(0.03) ? this.random.below(LONG_WHILE_MS) : this.random.below(SHORT_WHILE_MS))
      this.#checkAlways()
    }
  }

  /** No more faults: everything must come home within bounds. */
  heal(): void {
    this.#calm = true
    this.say(() => 'calm')
    this.hub.diskFull = false
    this.network.letAllGo()
    for (const machine of this.machines) this.makeRoom(machine)
    if (!this.hub.up || this.random.chance(0.5)) {
      this.nextBuild = NEWEST_BUILD
      this.hub.crash(0)
      this.startHub()
    }
    for (const machine of this.machines) if (machine.tabs.some(({ build }) => build > this.hub.build || build < this.hub.build - 1)) this.openTabs(machine, this.hub.build)
    this.publish() // a hub put back to before its first release gets one from the web shop again
    for (let round = 0; round < HEALING_ROUNDS && !this.#isHome(); round++) this.#calmRound(round)
    if (!this.#isHome()) this.say(() => 'not home')
    this.#checkAlways()
    this.oracle.checkNothingLost(this.hub, this.disks)
    this.oracle.checkHealed(this.hub, this.machines)
    this.#switchWithoutWord()
  }

  #calmRound(round: number): void {
    this.pass(1)
    for (const { tabs } of this.machines)
      for (const tab of tabs) {
        if (!tab.connected) tab.connect()
        else if (round > 0) tab.timeOut() // what was lost in the storm
        tab.wake()
        if (!this.hub.isCurrent(tab.disk)) tab.startDownload()
      }
    for (; this.network.length > 0 || this.#pending.length > 0; this.#healingMessages++) {
      if (this.#healingMessages > HEALING_MESSAGES) return
      const what = this.network.length > 0 ? this.deliver(0) : this.commit()
      if (what !== null) this.say(() => `  ${what()}`)
    }
  }

  #isHome(): boolean {
    return this.machines.every(({ disk, tabs }) => this.hub.isCurrent(disk) && tabs.some(({ queued }) => queued === 0) && tabs.every(({ hubEpoch }) => hubEpoch === this.hub.hubEpoch))
  }

  /** Time passes for all at once; every page that runs looks at it. */
  pass(ms: number): void {
    this.#now += ms
    for (const machine of this.machines) this.onPage(machine, () => machine.tabs.forEach((tab) => tab.look()))
  }

  /** The hub is gone for good: at every planned instant all devices switch together, whatever their own clocks say. */
  #switchWithoutWord(): void {
    this.publish(3_600_000)
    this.publish(7_200_000)
    for (const { tabs } of this.machines) for (const tab of tabs) tab.connect()
    for (let round = 1; round < HEALING_ROUNDS && !this.#isHome(); round++) this.#calmRound(round)
    this.network.clear()
    for (const next of this.hub.upcoming) {
      this.pass(next.activeFrom - this.#now)
      this.say(() => `release ${next.rev} is due`)
      for (const { name, disk } of this.machines) this.oracle.checkSwitched(name, disk, next)
    }
  }

  #checkAlways(): void {
    this.oracle.watch(this.hub, this.disks)
    for (const { name, disk, tabs } of this.machines) {
      this.oracle.checkReplica(disk)
      this.oracle.checkTime(name, disk, tabs, this.#now)
    }
  }

  addMachine(name: string, dev: DeviceId, image: DiskImage, build = this.hub.build): void {
    const machine: Machine = { name, dev, skewMs: this.random.pick(SKEWS_MS), build, disk: new SimulatedDisk(image, this.coverage, this.faults.tab?.relaxed === true), tabs: [], images: [] }
    this.machines.push(machine)
    this.disks = this.machines.map(({ disk }) => disk)
    this.openTabs(machine)
  }

  /** The pages start anew, with the app's newest version that the device has. */
  openTabs(machine: Machine, build = machine.build): void {
    for (const tab of machine.tabs) tab.close()
    this.network.dropAnswersTo(machine.tabs)
    machine.build = build
    const faults = this.faults.tab ?? {}
    const fresh = (): Storage => ({ frozen: machine.disk.full })
    const shared = fresh()
    const host = this.#hostOf(machine)
    const count = this.random.chance(0.2) ? 2 : 1
    if (count === 2) this.coverage.add('device with two senders')
    machine.tabs = Array.from({ length: count }, () => new SimulatedTab(machine.dev, machine.disk, faults.freezePerPage ? fresh() : shared, build, host))
  }

  #hostOf(machine: Machine): TabHost {
    return {
      random: this.random,
      faults: this.faults.tab ?? {},
      coverage: this.coverage,
      now: () => this.#now,
      wall: () => this.#now + machine.skewMs,
      send: (tab, request) => this.network.send(tab, request, this.#now),
      crashes: (at) => {
        if (this.#calm || !this.random.chance(at === 'at a release' ? 0.1 : this.#crashRate)) return false
        this.coverage.add(`page dies ${at}`)
        return true
      },
      believes: (tab, ids) => {
        if (this.hub.up && this.#greetedRun.get(tab) === this.hub.run) this.oracle.checkBelieved(this.hub, ids)
      },
      greeted: (tab) => this.#greetedRun.set(tab, this.hub.run),
      lossDeclared: () => {
        this.coverage.add('loss declared')
        if (!this.hub.wasExchanged) throw new Violation('a loss was declared though no hub was replaced')
      },
    }
  }
  /** The run in which a page was greeted, whatever it is called. */
  readonly #greetedRun = new WeakMap<SimulatedTab, number>()

  /** Runs what a page does; if the power goes meanwhile, all its pages start anew. */
  onPage(machine: Machine, act: () => void): void {
    try {
      act()
    } catch (error) {
      if (!(error instanceof PageCrash)) throw error
      if (machine.tabs.some(({ remembers }) => remembers)) this.coverage.add('confirmation lost with its page')
      this.say(() => `  ${machine.name} dies in between`)
      this.powerCut(machine)
    }
  }

  powerCut(machine: Machine): void {
    machine.disk.loseUnwritten()
    this.openTabs(machine)
  }

  /** There is room on the disk again, and the pages have made sure of it. */
  makeRoom({ disk, tabs }: Machine): void {
    disk.full = false
    disk.refused = false
    for (const { storage } of tabs) storage.frozen = false
  }

  deliver(index: number): (() => string) | null {
    const message = this.network.take(index)
    if (!message) return null
    if (index > 0) this.coverage.add('message out of order')
    const { tab, request, reply } = message
    if (reply) {
      const machine = this.machines.find(({ tabs }) => tabs.includes(tab))
      if (machine) this.onPage(machine, () => tab.answer(request, reply.body, this.network.sentAt(request)))
      return () => `${request.kind} answered to ${machine?.name ?? 'a page that is gone'}: ${brief(reply.body)}`
    }
    if (!this.hub.up) return () => `${request.kind} to a hub that is down`
    if (request.kind === 'push') {
      this.#pending.push({ tab, request })
      if (this.hub.faults.ackBeforeCommit) this.#reply(tab, request, { hubEpoch: this.hub.hubEpoch, upto: request.body.ev.at(-1)!.seq, hw: request.body.ev.at(-1)!.seq, safe: 0, now: 0 }, false)
    } else this.network.reply(tab, request, request.kind === 'hello' ? this.hub.hello(tab.dev, request.body) : this.hub.pull(request.body))
    return () => `${request.kind} of ${tab.dev.slice(0, 4)}${request.kind === 'push' ? ` ${request.body.ev[0]?.seq}–${request.body.ev.at(-1)?.seq}` : ''}`
  }

  /** All waiting pushes in one transaction; the hub may die before it, or after it and before anybody hears. */
  commit(): (() => string) | null {
    if (!this.hub.up || this.#pending.length === 0) return null
    const pending = this.#pending
    this.#pending = []
    const answers = pending.map(({ tab, request }) => ({ tab, request, answer: this.hub.push(tab.dev, request.body) }))
    const fate = this.#calm ? 1 : this.random.below(30) / 30
    if (fate < 0.05) {
      this.coverage.add('hub dies before its commit')
      this.hub.crash(0)
      return () => 'dies before it is durable'
    }
    const trouble = this.hub.commit()
    if (trouble) this.coverage.add('push refused: hub disk full')
    if (fate < 0.1) {
      this.coverage.add('hub dies after its commit')
      this.hub.crash(0)
      return () => 'dies before anybody hears'
    }
    if (!this.hub.faults.ackBeforeCommit) for (const { tab, request, answer } of answers) this.#reply(tab, request, trouble ?? answer, true)
    return () => `${pending.length} pushes${trouble ? `: ${trouble.code}` : ''}`
  }

  #reply(tab: SimulatedTab, request: PushRequest, answer: Ack | StreamError, durable: boolean): void {
    if ('upto' in answer) {
      this.oracle.checkAcked(this.hub, request.body.ev.filter(({ seq }) => seq <= answer.upto).map(({ id }) => id), durable)
      for (const { code } of answer.notes ?? []) if (code === 'dup') this.coverage.add('event: known already')
    } else this.coverage.add(`push answered: ${answer.code}`)
    this.network.reply(tab, request, answer)
  }

  /** What was under way inside it is gone. */
  stopHub(): void {
    this.#pending = []
  }

  startHub(): void {
    this.#pending = []
    this.coverage.add('hub starts')
    if (this.nextBuild !== this.hub.build) this.coverage.add(this.nextBuild > this.hub.build ? 'hub updated' : 'hub rolled back')
    this.hub.start(this.nextBuild)
    // Its old connections are gone; what was under way on them may still arrive.
    for (const { tabs } of this.machines) for (const tab of tabs) tab.close()
    this.say(() => `  hub starts as ${this.hub.hubEpoch}, build ${this.hub.build}`)
  }

  publish(afterMs = 0): (() => string) | null {
    if (!this.hub.up || this.hub.upcoming.length >= MAX_PENDING_RELEASES) return null
    const items = changedItems(this.random, this.hub.newest?.items ?? {})
    const release = this.hub.publish(items, afterMs)
    if (!release) return null
    this.oracle.published.add(JSON.stringify(headOf(release)))
    return () => `rev ${release.rev} ${release.hash.slice(0, 8)} in ${afterMs} ms`
  }

  /** Events only this disk held are destroyed with it, and what it could have told of others: the one loss that is declared by people. */
  replaceDisk(machine: Machine, image: DiskImage): void {
    const { rows, forgotten } = machine.disk.image
    machine.disk.replace(image)
    this.openTabs(machine)
    const left = new Set(this.disks.flatMap((disk) => disk.rows.map(({ id }) => id as string)))
    for (const { id } of rows) if (!left.has(id)) this.oracle.destroyed.add(id)
    for (const id of forgotten) this.oracle.unwitnessed.add(id)
  }
}

const brief = (body: unknown): string => JSON.stringify(body, (key, value) => (key === "items" ? value.length : key === "signature" || key === "hash" || key === "fromHash" ? String(value).slice(0,6) : value)).slice(0, 120)
