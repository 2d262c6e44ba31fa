/** Somebody with paired devices in their hands guesses: passwords of people who are there and who are not, a PIN, a pairing code; kiosks tap beside it. */
import { unless, percentile, type Drill, type DrillResult } from '../drill.ts'
import { startDrilledHub } from '../drilled-hub.ts'
import { pause } from '../fleet.ts'
import type { HubProcess } from '#hub/tools/rig/hub-process.ts'
import { NO_CHAIN, extendChain, type Chain } from '#shared/sync/chain.ts'
import { batch, connect, eventId, MANAGER_PERSON, newDeviceKey, pairTestDevice, postJson, signInFirst, STAFF_PERSON, type Link } from '../../hub/test-hub.ts'

const KIOSKS = 10
const TABLETS = 4
const TAP_MS = 50
const QUIET_MS = 3000
/** What a tap may wait for its confirmation meanwhile. */
const WAIT_MS = 100
/** Long enough for some twenty guesses a device, within what a connection may ask. */
const GUESS_MS = 8000
const GUESS_PAUSE_MS = 150
const RIGHT_PIN = '482915'

type Reply = { readonly ok: boolean; readonly value?: { readonly type: string; readonly code?: string; readonly person?: string }; readonly error?: { readonly code: string } }
/** Hashes wait their turn, and a busy machine takes its time. */
const say = async (link: Link, name: string, payload: object): Promise<Reply> => (await link.socket.timeout(30_000).emitWithAck(name, payload)) as Reply
const told = ({ value, error }: Reply): string => value?.type ?? error?.code ?? 'ok'

export const guessing: Drill = {
  name: 'guessing',
  about: `passwords, PINs and codes are guessed from ${TABLETS} devices: five tries and no more, nobody gets in, and ${KIOSKS} kiosks beside it wait ${WAIT_MS} ms at most (p99)`,
  needs: [],
  rounds: { light: 1, full: 3 },
  plants: ['tries-not-counted', 'hashes-in-the-way'],
  run: async ({ rounds, plant, say: tell }) => {
    const sums: Story[] = []
    for (let round = 1; round <= rounds; round++) {
      sums.push(await guess(plant))
      tell(`round ${round}: ${JSON.stringify(figuresOf(sums))}`)
    }
    return judge(sums)
  },
}

type Story = { readonly answers: Readonly<Record<string, number>>; readonly mostWrong: number; readonly gained: number; readonly locked: boolean; readonly codeDead: boolean; readonly quiet: readonly number[]; readonly loud: readonly number[] }

const guess = async (plant: string | null): Promise<Story> => {
  const hub = await startDrilledHub(plant)
  const links: Link[] = []
  const open = async (role: 'kiosk' | 'staff' | 'manager', name: string): Promise<Link> => {
    const link = await connect(hub.url, await pairTestDevice(hub.url, hub.codeFor(role), role, name))
    links.push(link)
    return link
  }
  try {
    const manager = await open('manager', 'Büro')
    await signInFirst(manager)
    const tablets: Link[] = []
    for (let n = 1; n <= TABLETS; n++) tablets.push(await open('staff', `Tablet ${n}`))
    const kiosks: Tapper[] = []
    for (let n = 1; n <= KIOSKS; n++) kiosks.push(new Tapper(await open('kiosk', `Kiosk ${n}`), n))
    const ben = await employ(manager, tablets[0]!)
    const quiet = await tapFor(kiosks, pause(QUIET_MS))
    const answers: Record<string, number> = {}
    const work = attack(hub, { manager, tablets, ben }, answers)
    const loud = await tapFor(kiosks, work)
    return { answers, quiet, loud, ...(await work) }
  } finally {
    for (const link of links) link.close()
    await hub.remove()
  }
}

/** Somebody with a PIN on the first tablet. */
const employ = async (manager: Link, tablet: Link): Promise<string> => {
  const added = (await say(manager, 'people.add', { name: STAFF_PERSON.name, role: 'staff' })).value!
  await say(tablet, 'session.recover', { name: STAFF_PERSON.name, code: added.code, password: STAFF_PERSON.password })
  await say(tablet, 'people.pin', { pin: RIGHT_PIN })
  await say(tablet, 'session.close', {})
  return added.person!
}

const attack = async (hub: HubProcess, { manager, tablets, ben }: { readonly manager: Link; readonly tablets: readonly Link[]; readonly ben: string }, answers: Record<string, number>) => {
  let gained = 0
  let mostWrong = 0
  /** Again and again, as fast as the hub lets it. */
  const guessOn = async (link: Link, name: string, payload: (i: number) => object, most: number): Promise<void> => {
    const end = performance.now() + GUESS_MS
    let wrong = 0
    for (let i = 0; performance.now() < end; i++) {
      const answer = told(await say(link, name, payload(i)))
      answers[answer] = (answers[answer] ?? 0) + 1
      if (answer === 'open') gained += 1
      if (answer === 'wrong') wrong += 1
      await pause(GUESS_PAUSE_MS)
    }
    mostWrong = Math.max(mostWrong, (wrong * 5) / most)
  }
  const [first, second, ...others] = tablets
  await Promise.all([
    guessOn(first!, 'session.pin', (i) => ({ person: ben, pin: String(300_000 + i * 7) }), 5),
    guessOn(second!, 'session.open', (i) => ({ name: MANAGER_PERSON.name, password: `geraten und falsch ${i}` }), 5),
    ...others.map((tablet) => guessOn(tablet, 'session.open', (i) => ({ name: `Niemand ${'abcdefghij'[i % 10]}`, password: `geraten und falsch ${i}` }), 20)),
  ])
  // What would be right is too late on these devices.
  await pause(2000)
  const late = await Promise.all([say(first!, 'session.pin', { person: ben, pin: RIGHT_PIN }), say(second!, 'session.open', { name: MANAGER_PERSON.name, password: MANAGER_PERSON.password })])
  return { gained, mostWrong, locked: late.every((reply) => told(reply) === 'locked'), codeDead: await guessCode(hub, manager) }
}

/** Five wrong ones beside a code that a manager made, then the right one. */
const guessCode = async (hub: HubProcess, manager: Link): Promise<boolean> => {
  const { code } = (await say(manager, 'device.code', { role: 'kiosk', name: 'Eingang', touchpoint: null })).value as unknown as { readonly code: string }
  const ask = async (tried: string): Promise<number> => (await postJson(`${hub.url}/api/pair`, { pv: 1, code: tried, pub: newDeviceKey().pub, role: 'kiosk', name: 'x' })).status
  for (let i = 0; i < 20; i++) await ask(`${code.slice(0, 2)}${String(i).padStart(6, '0')}`)
  return (await ask(code)) === 429
}

const figuresOf = (stories: readonly Story[]): Readonly<Record<string, number>> => {
  const answers: Record<string, number> = {}
  for (const story of stories) for (const [answer, n] of Object.entries(story.answers)) answers[answer] = (answers[answer] ?? 0) + n
  const [quiet, loud] = [stories.flatMap((one) => one.quiet), stories.flatMap((one) => one.loud)]
  return { rounds: stories.length, ...answers, mostWrong: Math.max(...stories.map(({ mostWrong }) => mostWrong)), gained: stories.reduce((sum, { gained }) => sum + gained, 0), taps: loud.length, quietP99Ms: Math.round(percentile(quiet, 0.99)), p50Ms: Math.round(percentile(loud, 0.5)), p99Ms: Math.round(percentile(loud, 0.99)) }
}

const judge = (stories: readonly Story[]): DrillResult => {
  const figures = figuresOf(stories)
  const [quiet, loud] = [figures['quietP99Ms']!, figures['p99Ms']!]
  return {
    figures,
    broken: [
      ...unless((figures['wrong'] ?? 0) >= 3 * TABLETS, 'nothing was guessed'),
      ...unless(figures['mostWrong']! <= 5, `${figures['mostWrong']} tries were judged where five are the most`),
      ...unless(figures['gained'] === 0, `${figures['gained']} guesses got in`),
      ...unless(stories.every(({ locked }) => locked), 'after the guesses the right word still counted'),
      ...unless(stories.every(({ codeDead }) => codeDead), 'a pairing code outlived twenty wrong ones'),
      // On a machine that has other work even quiet taps wait.
      ...unless(loud <= Math.max(WAIT_MS, 2 * quiet), `kiosks waited ${loud} ms (p99), ${quiet} ms before`),
    ],
  }
}

/** A kiosk that taps, one event a message. */
class Tapper {
  readonly #link: Link
  readonly #n: number
  #said = 0
  #chain: Chain = NO_CHAIN

  constructor(link: Link, n: number) {
    this.#link = link
    this.#n = n
  }

  /** Ms until it was confirmed. */
  async tap(): Promise<number> {
    const id = eventId(this.#n * 1_000_000 + this.#said)
    this.#said += 1
    const from = performance.now()
    await this.#link.ask('push', batch([id], { from: this.#said, prev: this.#chain, ep: this.#n.toString(16).padStart(16, '0') }))
    this.#chain = extendChain(this.#chain, id)
    return performance.now() - from
  }
}

const tapFor = async (kiosks: readonly Tapper[], work: Promise<unknown>): Promise<readonly number[]> => {
  const waits: number[] = []
  const done = new AbortController()
  const over = work.catch(() => undefined).finally(() => done.abort())
  await Promise.all(
    kiosks.map(async (kiosk) => {
      while (!done.signal.aborted) {
        waits.push(await kiosk.tap())
        await pause(TAP_MS)
      }
    }),
  )
  await over
  return waits
}
