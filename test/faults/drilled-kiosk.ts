/** A kiosk in a real browser, tapped by a script in its page. What its screen said is written down outside of it, by other code than the product's. */
import { DatabaseSync } from 'node:sqlite'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { openBrowser, removeProfile, type BrowserSession, type SessionOptions } from '#hub/tools/rig/browser-session.ts'
import type { HubProcess } from '#hub/tools/rig/hub-process.ts'
import { missingFiles } from '#hub/tools/rig/worker-files.ts'
import { pause } from './fleet.ts'
import { compareTaps, type ScreenNote, type Tap } from './screen-ledger.ts'
import { tapAway, type TapPlan } from './tap-away.ts'

const READY_MS = 30_000
const SIZE = { width: 720, height: 1280, reducedMotion: true } as const
export const FACES = ['sehr schlecht', 'schlecht', 'mittel', 'gut', 'sehr gut'] as const

/** One page of a kiosk and the ledger of its screen. */
export class KioskPage {
  readonly page: Page
  readonly taps: Tap[]
  #tapping: Promise<unknown> | null = null

  constructor(page: Page, taps: Tap[] = []) {
    this.page = page
    this.taps = taps
  }

  get thanked(): number {
    return this.taps.filter(({ answer }) => answer === 'thanked').length
  }

  note(note: ScreenNote): void {
    const last = this.taps.at(-1)
    if (note.type === 'tap') this.taps.push({ value: note.value, answer: null })
    else if (note.type === 'stuck') throw new Error(`the screen is stuck: ${note.words}`)
    else if (last) Object.assign(last, note.type === 'thanked' ? { answer: 'thanked' } : { answer: 'refused', words: note.words })
  }

  /** Until the faces take a touch. */
  async usable(): Promise<void> {
    const face = this.page.locator('button:enabled', { hasText: new RegExp(`^\\s*${FACES[4]}\\s*$`) }).first()
    await face.waitFor({ timeout: READY_MS }).catch(async () => {
      const seen = await this.page.locator('body').innerText().catch(() => 'nothing')
      throw new Error(`the kiosk cannot be used, it shows: ${seen.replaceAll(/\s+/g, ' ').slice(0, 300)}`)
    })
  }

  /** Taps faces, is thanked, leaves, taps again: `times`, or until told to stop. Only values of `among` are given. */
  startTapping(plan: Partial<TapPlan> = {}): void {
    this.#tapping = this.page.evaluate(tapAway, { words: FACES, times: 1e6, among: [1, 2, 3, 4, 5], first: this.taps.length, ...plan }).catch(() => undefined)
  }

  async stopTapping(): Promise<void> {
    await this.page.evaluate(() => Object.assign(globalThis, { tapping: false })).catch(() => undefined)
    await this.#tapping
    this.#tapping = null
  }

  async tap(times: number, plan: Partial<TapPlan> = {}): Promise<void> {
    this.startTapping({ times, ...plan })
    await this.#tapping
  }

  /** Until so many more were thanked for than `before`; false if that takes longer than the limit. */
  async untilThanked(count: number, limitMs: number): Promise<boolean> {
    const from = performance.now()
    while (performance.now() - from < limitMs) {
      if (this.thanked >= count) return true
      await pause(5)
    }
    return false
  }
}

type KioskBrowser = Omit<BrowserSession, 'aside'>

/** The browser of a kiosk, with a profile that stays until `remove`. */
export class DrilledKiosk {
  readonly hub: HubProcess
  readonly profile: string
  readonly #session: KioskBrowser
  readonly #pages: KioskPage[] = []

  private constructor(hub: HubProcess, session: KioskBrowser) {
    this.hub = hub
    this.#session = session
    this.profile = session.profile
  }

  static async open(hub: HubProcess, options: SessionOptions = {}): Promise<DrilledKiosk> {
    return DrilledKiosk.in(hub, await openBrowser({ ...SIZE, ...options }))
  }

  static async in(hub: HubProcess, browser: KioskBrowser): Promise<DrilledKiosk> {
    const kiosk = new DrilledKiosk(hub, browser)
    await kiosk.context.exposeBinding('note', ({ page }, note: ScreenNote) => kiosk.#pages.findLast((known) => known.page === page)?.note(note))
    return kiosk
  }

  get context(): BrowserContext {
    return this.#session.context
  }

  get page(): Page {
    return this.#session.page
  }

  /** The page that was opened last. */
  get last(): KioskPage {
    return this.#pages.at(-1)!
  }

  /** The kiosk's app in this page, or in a further one; `taps` goes on with an earlier ledger. */
  async app(options: { readonly page?: Page; readonly taps?: Tap[] } = {}): Promise<KioskPage> {
    const page = options.page ?? this.page
    const known = new KioskPage(page, options.taps)
    this.#pages.push(known)
    await page.goto(`${this.hub.url}/shopper/`)
    await known.usable()
    return known
  }

  /** Paired, with its goods, and fit to start without any network. */
  async pairedApp(taps?: Tap[]): Promise<KioskPage> {
    await this.page.goto(`${this.hub.url}/shopper/#pair=${this.hub.codeFor('kiosk')}`)
    const known = new KioskPage(this.page, taps)
    this.#pages.push(known)
    await known.usable()
    const from = performance.now()
    while ((await missingFiles(this.page)).length > 0) {
      if (performance.now() - from > READY_MS) throw new Error('the app never got fit for a start without network')
      await pause(100)
    }
    return known
  }

  kill(): Promise<void> {
    return this.#session.kill()
  }

  async close(): Promise<void> {
    await this.#session.close().catch(() => undefined)
  }

  async remove(): Promise<void> {
    await this.close()
    removeProfile(this.profile)
  }
}

export type AnswerAtHub = { readonly n: number; readonly id: string; readonly dev: string; readonly ep: string; readonly seq: number; readonly state: string; readonly value: number }

/** The answers in a hub's database in the order in which they came, read with other code than the hub's own. */
export const answersAtHub = (dataDir: string): readonly AnswerAtHub[] => {
  const sql = new DatabaseSync(join(dataDir, 'hub.sqlite'), { readOnly: true })
  try {
    return sql
      .prepare("SELECT n, id, dev, ep, seq, state, json_extract(body, '$.p.value') AS value FROM event WHERE type = 'feedback.answered' ORDER BY n")
      .all()
      .map((row) => ({ n: Number(row['n']), id: String(row['id']), dev: String(row['dev']), ep: String(row['ep']), seq: Number(row['seq']), state: String(row['state']), value: Number(row['value']) }))
  } finally {
    sql.close()
  }
}

/** What was tapped (`?`: the screen never answered) and what came, in their orders, for whoever has to find out why they differ. */
export const storyOf = (hub: HubProcess, taps: readonly Tap[]): string => {
  const came = answersAtHub(hub.dataDir).map(({ value, ep, seq }) => `${value} (${ep.slice(0, 4)} ${seq})`)
  return `tapped ${taps.map(({ value, answer }) => `${value}${answer === null ? '?' : ''}`).join(' ')}; came ${came.join(' ')}`
}

export type Arrival = { readonly lost: number; readonly extra: number; readonly ms: number | null }

/** Waits until all that the screen confirmed is at the hub, then a little longer for what might come twice. */
export const arrived = async (hub: HubProcess, taps: readonly Tap[], limitMs: number, among?: readonly number[]): Promise<Arrival> =>
  arrivedAs(hub, (atHub) => compareTaps(taps, atHub.filter((value) => !among || among.includes(value))), limitMs)

/** As `arrived`, where what is said straight to the hub may overtake what waits. */
export const arrivedInAnyOrder = async (hub: HubProcess, taps: readonly Tap[], limitMs: number): Promise<Arrival> =>
  arrivedAs(hub, (atHub) => compareTaps(taps.toSorted((a, b) => a.value - b.value), atHub.toSorted((a, b) => a - b)), limitMs)

const arrivedAs = async (hub: HubProcess, compare: (atHub: readonly number[]) => ReturnType<typeof compareTaps>, limitMs: number): Promise<Arrival> => {
  const compared = () => compare(answersAtHub(hub.dataDir).map(({ value }) => value))
  const from = performance.now()
  let found = compared()
  while (found.lost > 0 && performance.now() - from < limitMs) {
    await pause(25)
    found = compared()
  }
  const ms = found.lost === 0 ? performance.now() - from : null
  await pause(SETTLE_MS)
  return { ...compared(), ms }
}

/** A second delivery of the same would come within a few beats of the link. */
const SETTLE_MS = 400
