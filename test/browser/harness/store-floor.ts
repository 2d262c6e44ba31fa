/** A store on the move: one hub, one browser that can die, and further devices beside it. Everything is gone when the story ends. */
import type { BrowserContext, Page } from 'playwright-core'
import { openBrowser, removeProfile, type BrowserSession, type SessionOptions } from '#hub/tools/rig/browser-session.ts'
import { HubProcess, type HubOptions } from '#hub/tools/rig/hub-process.ts'
import { employ, PERSONA, signIn, type Persona } from '#hub/tools/tour/sign-in.ts'
import { keepQuiet, type Quiet } from './quiet.ts'
import { knowsWhoSignedIn } from './worker-state.ts'

export type AppName = 'shopper' | 'staff' | 'manager' | 'checkout'
const ROLES = { shopper: 'kiosk', staff: 'staff', manager: 'manager' } as const

/** One device as a story sees it. */
export type StoryDevice = { readonly page: Page; readonly context: BrowserContext; readonly quiet: Quiet }

export class StoreFloor {
  readonly hub: HubProcess
  #session: BrowserSession | null = null
  readonly #quiet: Quiet[] = []
  #profile: string | null = null

  private constructor(hub: HubProcess) {
    this.hub = hub
  }

  /** `people`: who has signed in here before; without any, the first manager's device begins the store. */
  static async open(options: HubOptions = {}, people: readonly Persona[] = Object.values(PERSONA)): Promise<StoreFloor> {
    const hub = await HubProcess.start(options)
    if (people.length > 0) await employ(hub, people)
    return new StoreFloor(hub)
  }

  /** The browser with a profile of its own; opening it again after a kill finds what was durable. */
  async browser(options: SessionOptions = {}): Promise<StoryDevice> {
    if (this.#session) throw new Error('one browser at a time: kill it first, or take a device aside')
    const session = await openBrowser(this.#profile === null ? options : { ...options, profile: this.#profile })
    this.#session = session
    this.#profile = session.profile
    return this.#watched(session.context, session.page)
  }

  /** A further device in the same browser process. */
  async aside(options: SessionOptions = {}): Promise<StoryDevice> {
    if (!this.#session) throw new Error('the first device opens the browser')
    const context = await this.#session.aside(options)
    return this.#watched(context, await context.newPage())
  }

  /** Opens an app as a device that is paired on the way, and, where it asks for a person, signs one in; a manager could from now on do so without the hub. */
  async pair(device: StoryDevice, app: keyof typeof ROLES): Promise<void> {
    await device.page.goto(`${this.hub.url}/${app}/#pair=${this.hub.codeFor(ROLES[app])}`)
    if (app === 'shopper') return
    await this.signIn(device.page, app)
    // A shared tablet keeps PINs, and knows of one after the first password.
    if (app === 'manager') await knowsWhoSignedIn(device.page)
  }

  /** After a code was typed, a reload, or a restart of the hub. */
  async signIn(page: Page, app: keyof typeof PERSONA): Promise<void> {
    await signIn(page, PERSONA[app])
  }

  /** The folder in which the first browser keeps what it keeps. */
  get profile(): string {
    if (this.#profile === null) throw new Error('no browser was opened')
    return this.#profile
  }

  /** The plug is pulled: no process of the browser gets to say goodbye. */
  async killBrowser(): Promise<void> {
    await this.#session?.kill()
    this.#session = null
  }

  /** Ends everything; afterwards `verifyQuiet` still knows what the pages complained about. */
  async close(): Promise<void> {
    try {
      await this.#session?.context.close()
      this.#session = null
      if (this.#profile !== null) removeProfile(this.#profile)
    } finally {
      await this.hub.remove()
    }
  }

  verifyQuiet(): void {
    for (const quiet of this.#quiet) quiet.verify()
  }

  async #watched(context: BrowserContext, page: Page): Promise<StoryDevice> {
    const quiet = await keepQuiet(context)
    this.#quiet.push(quiet)
    return { page, context, quiet }
  }
}
