/** What may happen in the storm, and how often. */
import type { Fleet, Happening, Machine } from './fleet.ts'
import type { SimulatedDatabase } from './simulated-database.ts'
import { EMPTY_DISK } from './simulated-disk.ts'
import { NEWEST_BUILD, type Build } from './simulated-hub.ts'
import { MAX_AHEAD_MS, MAX_MACHINES, SKEWS_MS, type Trouble } from './weather.ts'

type Told = (() => string) | null

export const happenings = (fleet: Fleet, troubles: ReadonlySet<Trouble>): readonly Happening[] => {
  const of = (trouble: Trouble, list: readonly Happening[]): readonly Happening[] => (troubles.has(trouble) ? list : [])
  return [...everyday(fleet), ...of('hub', hubTroubles(fleet)), ...of('copies', copies(fleet)), ...of('erasure', [{ weight: 1, name: 'erase', act: () => erase(fleet) }]), ...of('disks', fullDisks(fleet)), ...of('skew', skew(fleet)), ...of('exchange', exchanges(fleet))]
}

const everyday = (fleet: Fleet): readonly Happening[] => {
  const { network, random } = fleet
  return [
    { weight: 60, name: 'deliver', act: () => fleet.deliver(random.below(network.length)) },
    { weight: 26, name: 'tap', act: () => tap(fleet) },
    { weight: 14, name: 'commit', act: () => fleet.commit() },
    { weight: 12, name: 'connect', act: () => connect(fleet) },
    { weight: 16, name: 'pull', act: () => onSomePage(fleet, (machine) => random.pick(machine.tabs).startDownload()) },
    { weight: 20, name: 'nobody taps', act: () => nobodyTaps(fleet) },
    { weight: 6, name: 'wake', act: () => onSomePage(fleet, ({ tabs }) => tabs.forEach((tab) => tab.wake())) },
    { weight: 5, name: 'lose', act: () => counted(fleet, 'message lost', network.take(random.below(network.length))?.request.kind) },
    { weight: 5, name: 'duplicate', act: () => counted(fleet, 'message doubled', network.duplicate(random)) },
    { weight: 4, name: 'hold up', act: () => counted(fleet, 'message held up', network.holdUp(random)) },
    { weight: 3, name: 'let go', act: () => counted(fleet, 'message very late', network.letGo(random)) },
    { weight: 4, name: 'timeout', act: () => counted(fleet, 'answer too late', onSomePage(fleet, ({ tabs }) => random.pick(tabs).timeOut())?.()) },
    { weight: 4, name: 'cut', act: () => counted(fleet, 'connection cut', cut(fleet)) },
    { weight: 6, name: 'publish', act: () => fleet.publish(random.chance(0.5) ? random.below(MAX_AHEAD_MS) : 0) },
    { weight: 8, name: 'forge', act: () => counted(fleet, 'answer forged', network.forge(random, fleet.now)) },
    { weight: 1, name: 'set clock', act: () => counted(fleet, 'device clock set', setClock(fleet)) },
    { weight: 6, name: 'backup', act: () => counted(fleet, 'backup', backUp(fleet)) },
    { weight: 2, name: 'power cut', act: () => counted(fleet, 'device power cut', powerCut(fleet)) },
  ]
}

const hubTroubles = (fleet: Fleet): readonly Happening[] => [
  { weight: 3, name: 'hub crash', act: () => hubCrash(fleet) },
  { weight: 1, name: 'hub restore', act: () => restore(fleet) },
  { weight: 0.7, name: 'hub disk full', act: () => counted(fleet, 'hub disk full', fleet.hub.diskFull ? null : ((fleet.hub.diskFull = true), '')) },
  { weight: 3, name: 'hub disk has room', act: () => (fleet.hub.diskFull ? ((fleet.hub.diskFull = false), () => '') : null) },
]

const copies = (fleet: Fleet): readonly Happening[] => [
  { weight: 1, name: 'clone', act: () => counted(fleet, 'device cloned', clone(fleet)) },
  { weight: 2, name: 'image', act: () => takeImage(fleet) },
  { weight: 1, name: 're-image', act: () => counted(fleet, 'device re-imaged', reimage(fleet)) },
  { weight: 0.3, name: 'wipe', act: () => counted(fleet, 'device wiped', wipe(fleet)) },
]

const fullDisks = (fleet: Fleet): readonly Happening[] => [
  { weight: 2, name: 'disk full', act: () => counted(fleet, 'device disk full', fill(fleet)) },
  { weight: 6, name: 'room again', act: () => counted(fleet, 'device disk thawed', makeRoom(fleet)) },
]

const skew = (fleet: Fleet): readonly Happening[] => [
  { weight: 0.8, name: 'new hub build', act: () => stepHub(fleet, 1) },
  { weight: 0.3, name: 'old hub build', act: () => stepHub(fleet, -1) },
  { weight: 2, name: 'other app build', act: () => updateApp(fleet) },
]

const exchanges = (fleet: Fleet): readonly Happening[] => {
  const shelf: SimulatedDatabase[] = []
  return [
    { weight: 1, name: 'exchange database', act: () => counted(fleet, 'hub database exchanged for an empty one', exchange(fleet, shelf, null)) },
    { weight: 1, name: 'bring database back', act: () => counted(fleet, 'hub database brought back', shelf.length > 0 ? exchange(fleet, shelf, shelf.shift()!) : null) },
  ]
}

const counted = (fleet: Fleet, what: string, done: string | null | undefined): Told => {
  if (done === null || done === undefined) return null
  fleet.coverage.add(what)
  return () => done
}

const onSomePage = (fleet: Fleet, act: (machine: Machine) => void): (() => string) => {
  const machine = fleet.random.pick(fleet.machines)
  fleet.onPage(machine, () => act(machine))
  return () => machine.name
}

/** A build produces the events it knows, up to its own number; now and then nonsense, something unreadable, or a whole queue at once. */
const tap = (fleet: Fleet): Told => {
  const { random } = fleet
  const machine = random.pick(fleet.machines)
  const tab = random.pick(machine.tabs)
  const more = { t: random.chance(0.02) ? 'nonsense' : 'tile.tapped', v: random.chance(0.3) ? tab.build : 1, poison: random.chance(0.04) }
  const count = random.chance(0.03) ? 120 : 1
  fleet.onPage(machine, () => {
    for (let i = 0; i < count; i++) {
      const id = tab.tap(random.chance(0.8) ? 'durable' : 'droppable', more)
      if (id !== null) fleet.oracle.confirmed.add(id)
    }
  })
  return () => `${machine.name} ×${count}`
}

const connect = (fleet: Fleet): Told => {
  const machine = fleet.random.pick(fleet.machines)
  const tab = machine.tabs.find(({ connected }) => !connected)
  if (!tab) return null
  fleet.onPage(machine, () => tab.connect())
  return () => machine.name
}

const cut = ({ random, machines }: Fleet): string => {
  const { name, tabs } = random.pick(machines)
  random.pick(tabs).close()
  return name
}

/** For a while, on no device: they tidy up. */
const nobodyTaps = (fleet: Fleet): Told => {
  for (const machine of fleet.machines) fleet.onPage(machine, () => machine.tabs.forEach((tab) => tab.idle()))
  return () => ''
}

const setClock = ({ random, machines }: Fleet): string => {
  const machine = random.pick(machines)
  machine.skewMs = random.pick(SKEWS_MS)
  return `of ${machine.name} to ${machine.skewMs} ms off`
}

const powerCut = (fleet: Fleet): string => {
  const machine = fleet.random.pick(fleet.machines)
  fleet.powerCut(machine)
  return machine.name
}

/** Often twice with nothing in between, as in a quiet hour: only the second makes the first one count. */
const backUp = ({ hub, random }: Fleet): string | null => {
  if (!hub.up || hub.diskFull) return null
  const times = random.chance(0.5) ? 2 : 1
  for (let i = 0; i < times; i++) hub.backup()
  return `×${times}`
}

const hubCrash = (fleet: Fleet): Told => {
  if (!fleet.hub.up) return null
  const tail = fleet.random.chance(0.5) ? 1 + fleet.random.below(5) : 0
  const lost = fleet.hub.crash(tail)
  fleet.stopHub()
  fleet.coverage.add('hub killed')
  if (lost > 0) fleet.coverage.add('hub lost a tail')
  return () => (lost > 0 ? `and loses ${lost} entries` : '')
}

const restore = (fleet: Fleet): Told => {
  const { hub, random, coverage } = fleet
  const damaged = random.chance(0.4) && hub.db.damageNewest()
  coverage.add(hub.db.hasCopies ? 'hub restored' : 'hub lost everything before its first copy')
  if (damaged) coverage.add('hub restored from an older copy, the newest is damaged')
  hub.restore()
  fleet.stopHub()
  return () => (damaged ? 'from an older copy' : 'from its newest copy')
}

/** What the database taken away held must come from the devices again, or be declared. */
const exchange = (fleet: Fleet, shelf: SimulatedDatabase[], db: SimulatedDatabase | null): string => {
  for (const id of fleet.hub.kept.keys()) fleet.oracle.setAside.add(id)
  shelf.push(fleet.hub.exchange(db))
  fleet.stopHub()
  return `for ${fleet.hub.db.id}`
}

const stepHub = (fleet: Fleet, by: 1 | -1): Told => {
  const next = Math.min(NEWEST_BUILD, Math.max(1, fleet.hub.build + by)) as Build
  if (next === fleet.nextBuild) return null
  fleet.nextBuild = next
  return () => `${next} at its next start`
}

const updateApp = (fleet: Fleet): Told => {
  const machine = fleet.random.pick(fleet.machines)
  const build = (1 + fleet.random.below(NEWEST_BUILD)) as Build
  if (build === machine.build) return null
  fleet.coverage.add(build > machine.build ? 'app updated' : 'app rolled back')
  fleet.openTabs(machine, build)
  return () => `${machine.name} to build ${build}`
}

const clone = (fleet: Fleet): string | null => {
  if (fleet.machines.length >= MAX_MACHINES) return null
  const { name, dev, disk, build } = fleet.random.pick(fleet.machines)
  fleet.addMachine(`copy of ${name}`, dev, disk.image, build)
  return name
}

const takeImage = ({ random, machines }: Fleet): Told => {
  const { images, disk, name } = random.pick(machines)
  images.push(disk.image)
  return () => name
}

const reimage = (fleet: Fleet): string | null => {
  const machine = fleet.random.pick(fleet.machines)
  const image = machine.images.at(-1)
  if (!image) return null
  fleet.replaceDisk(machine, image)
  return machine.name
}

const wipe = (fleet: Fleet): string => {
  const machine = fleet.random.pick(fleet.machines)
  fleet.replaceDisk(machine, EMPTY_DISK)
  return machine.name
}

const fill = ({ random, machines }: Fleet): string | null => {
  const { disk, name } = random.pick(machines)
  if (disk.full) return null
  disk.full = true
  return name
}

const makeRoom = (fleet: Fleet): string | null => {
  const machine = fleet.machines.find(({ disk }) => disk.full)
  if (!machine) return null
  fleet.makeRoom(machine)
  return machine.name
}

/** What a device has declared stays: the oracle counts it. */
const erase = (fleet: Fleet): Told => {
  if (!fleet.hub.up) return null
  const ids = [...fleet.hub.kept.values()].filter(({ t }) => t !== 'loss.declared')
  if (ids.length === 0) return null
  const { id } = fleet.random.pick(ids)
  fleet.hub.erase(id)
  fleet.coverage.add('event erased')
  return () => id
}
