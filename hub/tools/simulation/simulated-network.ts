/** What is on its way between devices and hub. It may be lost, doubled, come late or in another order, and somebody may sit in the middle. */
import { millis } from '#shared/kernel/time.ts'
import { releaseHash } from '#shared/sync/release-hash.ts'
import type { PullReply } from '#shared/sync/wire.ts'
import type { SeededRandom } from './seeded-random.ts'
import type { Request, SimulatedTab } from './simulated-tab.ts'

export type Message = { readonly tab: SimulatedTab; readonly request: Request; readonly reply: { readonly body: unknown } | null }

export class SimulatedNetwork {
  #messages: Message[] = []
  /** Held up somewhere; they come when nobody expects them any more. */
  #late: Message[] = []
  /** An answer belongs to its question, also when it comes late: the time of the way there and back is known. */
  readonly #sentAt = new WeakMap<Request, number>()

  get length(): number {
    return this.#messages.length
  }

  send(tab: SimulatedTab, request: Request, now: number): void {
    this.#sentAt.set(request, now)
    this.#messages.push({ tab, request, reply: null })
  }

  reply(tab: SimulatedTab, request: Request, body: unknown): void {
    this.#messages.push({ tab, request, reply: { body } })
  }

  sentAt(request: Request): number | undefined {
    return this.#sentAt.get(request)
  }

  take(index: number): Message | undefined {
    return this.#messages.splice(index, 1)[0]
  }

  duplicate(random: SeededRandom): string | null {
    if (this.#messages.length === 0) return null
    const message = random.pick(this.#messages)
    this.#messages.push(message)
    return message.request.kind
  }

  /** Takes a message, or a copy of it, out of its way for long. */
  holdUp(random: SeededRandom): string | null {
    if (this.#messages.length === 0) return null
    const index = random.below(this.#messages.length)
    const message = random.chance(0.5) ? this.#messages[index]! : this.#messages.splice(index, 1)[0]!
    this.#late.push(message)
    return message.request.kind
  }

  /** One that was held up goes on. */
  letGo(random: SeededRandom): string | null {
    const message = this.#late.splice(random.below(this.#late.length), 1)[0]
    if (!message) return null
    this.#messages.push(message)
    return message.request.kind
  }

  letAllGo(): void {
    this.#messages.push(...this.#late.splice(0))
  }

  /** Somebody on the way makes a release of his own, sets another time for one, or sends one of another store. */
  forge(random: SeededRandom, now: number): string | null {
    const answers = this.#messages.filter(({ request, reply }) => request.kind === 'pull' && reply !== null && isPullReply(reply.body))
    const message = answers.length > 0 ? random.pick(answers) : null
    if (!message?.reply) return null
    const forged = forgeReply(message.reply.body as PullReply, random.below(3), now)
    this.#messages = this.#messages.map((one) => (one === message ? { ...one, reply: { body: forged } } : one))
    return forged.type
  }

  /** These pages are gone, and with them their connections. */
  dropAnswersTo(tabs: readonly SimulatedTab[]): void {
    const stays = ({ tab, reply }: Message): boolean => !(reply && tabs.includes(tab))
    this.#messages = this.#messages.filter(stays)
    this.#late = this.#late.filter(stays)
  }

  clear(): void {
    this.#messages = []
    this.#late = []
  }
}

const isPullReply = (body: unknown): body is PullReply => typeof body === 'object' && body !== null && 'type' in body && 'next' in body

/** `what`: 0 documents of his own with a hash that fits · 1 releases that wait begin now · 2 another store. */
const forgeReply = (reply: PullReply, what: number, now: number): PullReply => {
  const sooner = reply.next.map((head) => ({ ...head, activeFrom: millis(now) }))
  if (reply.type === 'none' || (what === 1 && sooner.length > 0)) return { ...reply, next: sooner }
  if (what === 2) return { ...reply, head: { ...reply.head, store: 'elsewhere' } }
  if (reply.type !== 'snapshot' || reply.parts > 1) return { ...reply, head: { ...reply.head, activeFrom: millis(now - 1) } }
  const items = [...reply.items.filter(([id]) => id !== 'product/0'), ['product/0', { price: 0 }] as const]
  return { ...reply, items, head: { ...reply.head, hash: releaseHash(Object.fromEntries(items)) } }
}
