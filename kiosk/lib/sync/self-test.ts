/** The self-test of a device: its own outbox, its own way of sending and its own clock, on a storage and with a hub of their own, while everything around them fails. */
import { bytesToHex } from '#shared/kernel/bytes.ts'
import { uuidV7, type EpochId, type EventId } from '#shared/kernel/ids.ts'
import { millis } from '#shared/kernel/time.ts'
import { PROTOCOL_VERSION } from '#shared/protocol/version.ts'
import { appendEvent } from '#shared/sync/append-event.ts'
import type { EventDraft } from '#shared/sync/event.ts'
import { HubClock } from '#shared/sync/hub-clock.ts'
import type { UploadMakers } from '#shared/sync/upload.ts'
import { UploadPace } from '#shared/sync/upload-pace.ts'
import { openScratchOutbox, type ScratchOutbox } from '../store/scratch-outbox.ts'
import { DirectSender } from './direct-sender.ts'
import { SelfTestHub } from './self-test-hub.ts'
import type { Surroundings } from './surroundings.ts'
import { driveUpload } from './upload-driver.ts'

export const TRIALS = ['network', 'hub', 'clock', 'disk'] as const
export type TrialName = (typeof TRIALS)[number]

/** What one trial came to. `thanked`: the device said that it is saved. Lost is what was thanked for and is not at the hub. */
export type TrialResult = {
  readonly name: TrialName
  readonly said: number
  readonly thanked: number
  readonly refused: number
  readonly arrived: number
  readonly twice: number
  readonly lost: number
  /** Furthest that a moment, as the hub has it, is from when it was. */
  readonly clockErrorMs: number
}

type Around = Pick<Surroundings, 'randomBytes' | 'wall' | 'mono' | 'database'>

/** Taps of one step of a trial. */
const TAPS = 10
/** Connections that one step may take. */
const MAX_CONNECTIONS = 40
const HOUR_MS = 3_600_000

/** One trial from beginning to end; rejects if the storage does not even take the scratch database. */
export const runTrial = async (name: TrialName, around: Around): Promise<TrialResult> => {
  const scratch = openScratchOutbox(`einklang-self-test-${bytesToHex(around.randomBytes(8))}`, around.database)
  try {
    const trial = new Trial(around, scratch)
    await STEPS[name](trial)
    return { name, ...trial.result() }
  } finally {
    await scratch.remove()
  }
}

/** On this browser. */
export const runTrialHere = (name: TrialName): Promise<TrialResult> =>
  runTrial(name, { randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)), wall: () => Date.now(), mono: () => performance.now(), database: {} })

const STEPS: { readonly [N in TrialName]: (trial: Trial) => Promise<void> } = {
  network: async (trial) => {
    trial.hub.reachable = false
    await trial.tap(2 * TAPS)
    await trial.send(3)
    trial.hub.reachable = true
    trial.hub.losesAnswers = 2
    await trial.tap(TAPS)
    await trial.send()
  },
  hub: async (trial) => {
    await trial.tap(TAPS)
    await trial.send()
    trial.hub.backUp()
    await trial.tap(TAPS)
    trial.hub.losesAnswers = 1
    await trial.send(1)
    trial.hub.restart()
    await trial.send()
    trial.hub.restore()
    await trial.tap(TAPS)
    await trial.send()
  },
  clock: async (trial) => {
    await trial.send()
    for (const wrongByMs of [-trial.wall(), 24 * HOUR_MS, -24 * HOUR_MS]) {
      trial.wrongByMs = wrongByMs
      await trial.tap(TAPS)
    }
    await trial.send()
  },
  disk: async (trial) => {
    await trial.tap(TAPS)
    trial.hub.reachable = false
    trial.scratch.setFull(true)
    await trial.tap(TAPS)
    trial.hub.reachable = true
    await trial.tap(TAPS)
    await trial.send()
    trial.scratch.setFull(false)
    trial.scratch.health.thaw()
    await trial.tap(TAPS)
    await trial.send()
  },
}

class Trial {
  readonly scratch: ScratchOutbox
  readonly hub: SelfTestHub
  /** How far somebody has set the device's clock. */
  wrongByMs = 0
  readonly #around: Around
  readonly #clock: HubClock
  readonly #direct: DirectSender
  /** When each event that was thanked for happened, in truth. */
  readonly #thanked = new Map<EventId, number>()
  #said = 0

  constructor(around: Around, scratch: ScratchOutbox) {
    this.#around = around
    this.scratch = scratch
    this.hub = new SelfTestHub(() => this.#truth())
    this.#clock = new HubClock({ wall: () => this.wall(), mono: () => around.mono() })
    this.#direct = new DirectSender({ makers: this.#makers, connection: () => (this.hub.reachable ? this.hub.connect() : null), mono: () => around.mono(), pause: async () => undefined, heard: () => undefined })
  }

  wall(): number {
    return Math.round(this.#around.wall() + this.wrongByMs)
  }

  /** Somebody answers so many times. */
  async tap(times: number): Promise<void> {
    for (let i = 0; i < times; i++) {
      const truth = this.#truth()
      const draft = this.#draft()
      this.#said += 1
      const kept = await this.scratch.outbox.run(appendEvent(draft, 'durable', this.#makers))
      const isSaved = (kept.ok && kept.value.ok) || (await this.#direct.send(draft, draft.id)) !== null
      if (isSaved) this.#thanked.set(draft.id, truth)
    }
  }

  /** Sends until nothing waits, or until so many connections have failed. */
  async send(connections = MAX_CONNECTIONS): Promise<void> {
    const queue = { isEmpty: false }
    const waitForEvent = async (): Promise<boolean> => !(queue.isEmpty = true)
    for (let tries = 0; tries < connections && !queue.isEmpty; tries++)
      await driveUpload(this.hub.connect(), {
        outbox: this.scratch.outbox,
        makers: this.#makers,
        waitForEvent,
        pause: async () => undefined,
        stopped: () => queue.isEmpty,
        news: (news, sentMono) => void ('hubNow' in news && this.#clock.learn(news.hubNow, sentMono)),
        mono: () => this.#around.mono(),
      })
  }

  result(): Omit<TrialResult, 'name'> {
    const { held, twice } = this.hub
    const arrived = [...this.#thanked].filter(([id]) => held.has(id))
    return {
      said: this.#said,
      thanked: this.#thanked.size,
      refused: this.#said - this.#thanked.size,
      arrived: held.size,
      twice: twice.size,
      lost: this.#thanked.size - arrived.length,
      clockErrorMs: arrived.reduce((worst, [id, truth]) => Math.max(worst, Math.abs(held.get(id)! - truth)), 0),
    }
  }

  #truth(): number {
    return Math.round(this.#around.wall())
  }

  readonly #makers: UploadMakers = {
    epoch: () => bytesToHex(this.#around.randomBytes(8)) as EpochId,
    notice: (t, p) => ({ ...this.#draft(), t, p }),
    greeting: () => ({ pv: PROTOCOL_VERSION, n: this.#around.randomBytes(1)[0]!, boot: 'self-test', app: 'self-test', releaseHash: null, now: this.wall() }),
    mayPrune: () => !this.scratch.health.frozen,
    mono: () => this.#around.mono(),
    pace: new UploadPace(),
  }

  #draft(): EventDraft {
    const at = millis(Math.max(0, this.wall()))
    return { id: uuidV7(at, this.#around.randomBytes(10)), t: 'self-test.tapped', v: 1, at, off: this.#clock.offsetMs, boot: 'self-test', mono: Math.round(this.#around.mono()), sid: null, p: {} }
  }
}
