/** One browser with its own profile, as a device has: open it, starve it, kill it, open it again. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type BrowserContext, type CDPSession, type Page } from 'playwright-core'
import { findBrowser } from './find-browser.ts'

export type SessionOptions = {
  /** Folder of an earlier session to continue; absent: a fresh one that goes with the session. */
  readonly profile?: string
  readonly width?: number
  readonly height?: number
  readonly language?: 'de' | 'en'
  readonly dark?: boolean
  readonly touch?: boolean
  readonly reducedMotion?: boolean
  /** Program to start in place of the browser that is found; it gets the same arguments. */
  readonly program?: string
}

export type BrowserSession = {
  readonly context: BrowserContext
  readonly page: Page
  readonly profile: string
  /** Another device in the same browser process, with nothing in common but the processor. */
  aside(options?: SessionOptions): Promise<BrowserContext>
  /** Ends it as a power cut would, all its processes at once. The profile stays. */
  kill(): Promise<void>
  /** Ends it properly; a profile made for it is removed. */
  close(): Promise<void>
}

/** A wait ends when what it waits for has come. This only ends one that waits in vain, also on a machine many times slower than a developer's. */
export const PATIENCE_MS = 90_000

export const makeProfile = (): string => mkdtempSync(join(tmpdir(), 'einklang-profile-'))
export const removeProfile = (profile: string): void => rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })

export const openBrowser = async (options: SessionOptions = {}): Promise<BrowserSession> => {
  const found = await findBrowser()
  const profile = options.profile ?? makeProfile()
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: options.program ?? found.path,
    headless: true,
    env: { ...definedOnly(process.env), ...found.env },
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--font-render-hinting=none', '--hide-scrollbars'],
    ...contextOptions(options),
  })
  context.setDefaultTimeout(PATIENCE_MS)
  const browser = context.browser()
  if (!browser) throw new Error('the browser does not tell its process')
  const pid = await processId(browser)
  return {
    context,
    page: context.pages()[0] ?? (await context.newPage()),
    profile,
    aside: async (asideOptions = {}) => {
      const other = await browser.newContext(contextOptions(asideOptions))
      other.setDefaultTimeout(PATIENCE_MS)
      return other
    },
    kill: async () => {
      const closed = context.waitForEvent('close')
      killGroup(pid)
      await closed.catch(() => undefined)
    },
    close: async () => {
      await context.close()
      if (options.profile === undefined) removeProfile(profile)
    },
  }
}

/** Makes the processor `factor` times slower for this page, as on an old tablet. */
export const slowDown = async (page: Page, factor: number): Promise<CDPSession> => {
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: factor })
  return session
}

const contextOptions = (options: SessionOptions) =>
  ({
    viewport: { width: options.width ?? 1080, height: options.height ?? 1920 },
    locale: options.language === 'en' ? 'en-GB' : 'de-DE',
    timezoneId: 'Europe/Berlin',
    colorScheme: options.dark ? 'dark' : 'light',
    hasTouch: options.touch ?? true,
    reducedMotion: options.reducedMotion ? 'reduce' : 'no-preference',
  }) as const

const processId = async (browser: Browser): Promise<number> => {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  const main = processInfo.find(({ type }) => type === 'browser')
  if (!main) throw new Error('the browser does not tell its process')
  return main.id
}

/** The browser leads a process group of its own; where it does not, its helpers end when it is gone. */
const killGroup = (pid: number): void => {
  for (const target of [-pid, pid]) {
    try {
      process.kill(target, 'SIGKILL')
    } catch {
      // already gone with the group
    }
  }
}

const definedOnly = (env: NodeJS.ProcessEnv): Record<string, string> => Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined))
