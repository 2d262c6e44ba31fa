/** A hub inside the page for the self-test: the rules of the real one over a memory that counts every event it ever took. Its network, its power and its disk can fail. */
import type { DeviceId, EpochId } from '#shared/kernel/ids.ts'
import { CHANNELS } from '#shared/protocol/channels.ts'
import { NO_CHAIN } from '#shared/sync/chain.ts'
import { answerHello, ingestPush } from '#shared/sync/hub-ingest.ts'
import type { HubLedger, NumberedId, Producer } from '#shared/sync/hub-ledger.ts'
import type { Hello, ReceivedPush } from '#shared/sync/wire.ts'
import type { Connection } from './hub-link.ts'

const DEV = '0'.repeat(32) as DeviceId

type Memory = { readonly producers: Map<EpochId, Producer>; readonly numbered: Map<string, NumberedId>; readonly held: Map<string, number> }
const emptyMemory = (): Memory => ({ producers: new Map(), numbered: new Map(), held: new Map() })

export class SelfTestHub {
  /** False: the cable is out, nothing arrives and nothing comes back. */
  reachable = true
  /** So many answers get lost on their way back. */
  losesAnswers = 0
  readonly #now: () => number
  #memory = emptyMemory()
  #copy = emptyMemory()
  #runs = 1

  constructor(now: () => number) {
    this.#now = now
  }

  /** How often each event is stored, by its id, with its moment by this hub's clock. */
  get held(): ReadonlyMap<string, number> {
    return this.#memory.held
  }

  /** Stored more often than once: by the ledger's own account. */
  readonly twice = new Set<string>()

  /** The power goes, and comes back: what was committed is still there, the run is a new one. */
  restart(): void {
    this.#runs += 1
  }

  backUp(): void {
    this.#copy = copyOf(this.#memory)
  }

  /** The database is lost and put back from the last copy. */
  restore(): void {
    this.#memory = copyOf(this.#copy)
    this.restart()
  }

  connect(): Connection {
    const run = this.#runs
    return { hubEpoch: `self-test.${run}`, ask: async (name, payload) => (this.reachable && run === this.#runs ? this.#answer(name, payload) : null), drop: () => undefined }
  }

  #answer(name: string, asked: unknown): unknown {
    const payload: unknown = JSON.parse(JSON.stringify(asked))
    const facts = { hubEpoch: `self-test.${this.#runs}`, now: this.#now(), min: 1, max: Number.MAX_SAFE_INTEGER }
    const answer = name === CHANNELS.hello ? answerHello(this.#ledger, DEV, payload as Hello, facts) : ingestPush(this.#ledger, DEV, payload as ReceivedPush, facts)
    if (name !== CHANNELS.push || this.losesAnswers === 0) return answer
    this.losesAnswers -= 1
    return null
  }

  readonly #ledger: HubLedger = {
    producer: (_dev, ep) => this.#memory.producers.get(ep) ?? null,
    numbered: (_dev, ep, seq) => this.#memory.numbered.get(`${ep} ${seq}`) ?? null,
    chainAt: (_dev, ep, seq) => this.#memory.numbered.get(`${ep} ${seq}`)?.c ?? null,
    known: (ids) => new Map(ids.filter((id) => this.#memory.held.has(id)).map((id) => [id, 'held'])),
    store: (_dev, _ep, events) =>
      events.map(({ event }) => {
        if (!event) return 'quarantined'
        if (this.#memory.held.has(event.id)) this.twice.add(event.id)
        this.#memory.held.set(event.id, event.at + (event.off ?? 0))
        return 'stored'
      }),
    advance: (_dev, ep, first, numbers) => {
      const { safe } = this.#memory.producers.get(ep) ?? { safe: 0 }
      numbers.forEach((at, i) => this.#memory.numbered.set(`${ep} ${first + i}`, at))
      this.#memory.producers.set(ep, { hw: first + numbers.length - 1, hc: numbers.at(-1)?.c ?? NO_CHAIN, safe })
    },
  }
}

const copyOf = ({ producers, numbered, held }: Memory): Memory => ({ producers: new Map(producers), numbered: new Map(numbered), held: new Map(held) })
