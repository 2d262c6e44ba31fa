/** How live the manager's screen is: from the hub's word to a kiosk that an answer is safe, to the picture in which the manager sees it. */
import type { Page } from 'playwright-core'
import { openBrowser } from '../rig/browser-session.ts'
import { HubProcess } from '../rig/hub-process.ts'
import { employ, MANAGER, signIn } from '../tour/sign-in.ts'
import { press } from '../tour/tour.ts'
import { compare, median, type Comparison } from './measure.ts'

const TAPS = 12
const READY_LIMIT_MS = 30_000

export const feedbackLive = async (): Promise<Comparison> => {
  const hub = await HubProcess.start()
  const session = await openBrowser({ width: 1280, height: 800, reducedMotion: true })
  try {
    const manager = session.page
    await employ(hub)
    await manager.addInitScript(WATCH_VOICES)
    await manager.goto(`${hub.url}/manager/#pair=${hub.codeFor('manager')}`)
    await signIn(manager, MANAGER)
    await manager.locator('main h1').waitFor({ timeout: READY_LIMIT_MS })
    const kiosk = await (await session.aside({ reducedMotion: true })).newPage()
    await kiosk.addInitScript(WATCH_ACKS)
    await kiosk.goto(`${hub.url}/shopper/#pair=${hub.codeFor('kiosk')}`)
    await kiosk.getByRole('button', { name: 'Anzeige 1' }).waitFor({ timeout: READY_LIMIT_MS })
    const times = { ours: [] as number[], peer: [] as number[] }
    for (let tap = 0; tap < TAPS; tap++) {
      times.ours.push(await oneTap(kiosk, manager, tap))
      times.peer.push(await drawALine(manager))
    }
    return compare('feedback-live', `ms from the hub's acknowledgement to the voice on the manager's screen, slowest of ${TAPS}; at most 250`, Math.max(...times.ours), median(times.peer), 'the same page draws a line that it already has')
  } finally {
    await session.close()
    await hub.remove()
  }
}

/** Both clocks are the machine's: a page counts from its own start, which it knows. */
const NOW = 'performance.timeOrigin + performance.now()'

/** Runs in the kiosk's page before anything else: notes when the hub acknowledged an answer. */
const WATCH_ACKS = `
  globalThis.ackedAt = []
  globalThis.WebSocket = class extends WebSocket {
    #pushes = new Set()
    constructor(...given) {
      super(...given)
      this.addEventListener('message', ({ data }) => {
        const ack = /^43(\\d+)/.exec(data)
        if (ack && this.#pushes.delete(ack[1])) globalThis.ackedAt.push(${NOW})
      })
    }
    send(data) {
      const push = /^42(\\d+)\\["push"/.exec(data)
      if (push && data.includes('feedback.answered')) this.#pushes.add(push[1])
      super.send(data)
    }
  }`

/** Runs in the manager's page before anything else: notes for every number of voices when it was first drawn. */
const WATCH_VOICES = `
  globalThis.drawnAt = []
  const look = () => {
    const seen = document.querySelectorAll('article.voice').length
    if (seen > globalThis.drawnAt.length) requestAnimationFrame(() => { globalThis.drawnAt[seen - 1] ??= ${NOW} })
  }
  new MutationObserver(look).observe(document, { childList: true, subtree: true })`

/** Every tap is another visitor's: the page begins anew. */
const oneTap = async (kiosk: Page, manager: Page, tap: number): Promise<number> => {
  await kiosk.reload()
  await kiosk.getByRole('button', { name: 'Anzeige 1' }).click({ timeout: READY_LIMIT_MS })
  await press(kiosk, /^(gut|sehr gut)$/)
  const drawn = await (await manager.waitForFunction((tap) => (globalThis as unknown as { drawnAt: readonly number[] }).drawnAt[tap], tap)).jsonValue()
  const acked = await (await kiosk.waitForFunction(() => (globalThis as unknown as { ackedAt: readonly number[] }).ackedAt[0])).jsonValue()
  return drawn! - acked!
}

const drawALine = async (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const startedAt = performance.now()
    const line = document.body.appendChild(document.createElement('p'))
    line.textContent = 'a line'
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
    line.remove()
    return performance.now() - startedAt
  })
