/** A browser as it is, without the rig's pretence that every page is in front: tabs hide one another, and sleep. */
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Browser, type Page } from 'playwright-core'
import { makeProfile, type BrowserSession } from '#hub/tools/rig/browser-session.ts'
import { findBrowser } from '#hub/tools/rig/find-browser.ts'
import { pause } from './fleet.ts'

const START_LIMIT_MS = 20_000

export const openPlainBrowser = async (): Promise<Omit<BrowserSession, 'aside'>> => {
  const found = await findBrowser()
  const profile = makeProfile()
  const flags = ['--headless', '--no-sandbox', '--disable-dev-shm-usage', '--no-first-run', '--lang=de-DE', '--window-size=720,1280', '--remote-debugging-port=0', `--user-data-dir=${profile}`, 'about:blank']
  const child = spawn(found.path, flags, { detached: true, stdio: 'ignore', env: { ...process.env, ...found.env, LANGUAGE: 'de' } })
  const kill = async (): Promise<void> => {
    try {
      process.kill(-child.pid!, 'SIGKILL')
    } catch {
      // already gone
    }
  }
  try {
    const browser = await chromium.connectOverCDP(`http://127.0.0.1:${await portOf(profile)}`, { noDefaults: true })
    const context = browser.contexts()[0]!
    return { context, page: context.pages()[0] ?? (await context.newPage()), profile, kill, close: kill }
  } catch (error) {
    await kill()
    throw error
  }
}

/** A further page in a window of its own: both are in sight. */
export const openWindow = async (page: Page): Promise<Page> => {
  const browser: Browser = page.context().browser()!
  const session = await browser.newBrowserCDPSession()
  const opened = page.context().waitForEvent('page')
  await session.send('Target.createTarget', { url: 'about:blank', newWindow: true })
  return opened
}

/** The browser writes its port down once it listens. */
const portOf = async (profile: string): Promise<number> => {
  const file = join(profile, 'DevToolsActivePort')
  for (const from = performance.now(); performance.now() - from < START_LIMIT_MS; await pause(20)) {
    const [port, path] = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []
    if (port && path) return Number(port)
  }
  throw new Error('the browser did not start')
}
