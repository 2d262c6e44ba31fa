/** What the hub takes from the outside world: clock, chance, timers, log, disk, the way out. */
import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { millis } from '#shared/kernel/time.ts'
import { EVENT_KNOWLEDGE, type EventKnowledge } from '#shared/protocol/event-types.ts'
import type { CallDoor } from './ports/call-door.ts'
import type { Clock } from './ports/clock.ts'
import type { HttpDoor } from './ports/http-door.ts'
import type { Load } from './ports/load.ts'
import type { Log } from './ports/log.ts'
import type { Random } from './ports/random.ts'
import type { Timer } from './ports/timer.ts'
import type { WebShop } from './ports/web-shop/web-shop.ts'
import { jsonLog } from './transport/log/json-lines.ts'
import { fetchDoor } from './transport/outgoing/fetch-door.ts'
import { DISPATCH_LIMITS, type DispatchLimits } from './transport/socket/dispatcher.ts'

const BUILT_APPS = fileURLToPath(new URL('../dist', import.meta.url))

/** What tests and tools may replace. */
export type HubDeps = {
  readonly clock: Clock
  readonly random: Random
  readonly timer: Timer
  /** Ends the process; its supervisor starts it again. */
  readonly end: (why: string) => void
  readonly log: Log
  /** Says a line to the person who sits at the hub, beside the addresses and codes of the start. */
  readonly tell: (line: string) => void
  /** The web shop itself; null: the one that the configuration names. */
  readonly shop: WebShop | null
  /** The way out to the web shop. */
  readonly door: HttpDoor
  /** The way out to programs that want to be told; null: the one that the configuration allows. */
  readonly callDoor: CallDoor | null
  /** Folder of the built apps. */
  readonly files: string
  readonly dispatch: DispatchLimits
  /** How hard this hub has to breathe; null: it measures itself. */
  readonly load: Load | null
  /** What it understands of events. */
  readonly knowledge: EventKnowledge
}

/** Those of a hub in a store. */
export const defaultDeps = (): HubDeps => {
  const clock: Clock = { now: () => millis(Date.now()) }
  const log = jsonLog((line) => process.stderr.write(line), clock)
  return {
    clock,
    random: { bytes: (length) => Uint8Array.from(randomBytes(length)) },
    timer: { every: everyMs },
    log,
    tell: (line) => void process.stdout.write(`${line}\n`),
    shop: null,
    door: fetchDoor(),
    callDoor: null,
    files: BUILT_APPS,
    dispatch: DISPATCH_LIMITS,
    load: null,
    knowledge: EVENT_KNOWLEDGE,
    end: (why) => {
      log.error('ended to start again from a copy', { why })
      process.exit(1)
    },
  }
}

const everyMs = (ms: number, task: () => void): (() => void) => {
  const timer = setInterval(task, ms).unref()
  return () => clearInterval(timer)
}
