/** What a shopper waits for after each touch of a whole visit, beside a bare button on the page of the same visit. Names the slowest taps. */
import type { Locator, Page } from 'playwright-core'
import { START } from '../tour/shopper-tour.ts'
import { compare, median, type Comparison } from './measure.ts'
import { TapTrace } from './tap-trace.ts'

const VISITS = 3
/**
 * How long a quick finger rests on the glass; people take 133 ± 83 ms for a tap. A press of no length, which no finger can make, has its release wait behind
 * the picture of its own beginning, so it is shown beside but is not what the limit is about.
 */
const PRESS_MS = 50
const SLOWEST_TOLD = 5
const BARE = 'eight presses of a bare button that changes one word, on the page of the same visit, taken the same way'

/** One tap in milliseconds, as the browser counts it: `wait` until the page hears of it, `work` in its listeners, `picture` until the answer is on the glass. */
type Tap = { readonly name: string; readonly total: number; readonly wait: number; readonly work: number; readonly picture: number }
type Visit = { readonly taps: readonly Tap[]; /** From lifting the finger until each next screen stood. */ readonly screens: readonly number[] }
type Touch = (name: string, target: Locator, leads?: 'on') => Promise<void>
/** A way through the pages, touch by touch. */
type Way = (page: Page) => (touch: Touch) => Promise<void>
type Visits = { readonly ours: readonly Visit[]; readonly bare: readonly Visit[] }

/** Each visit begins as soon as `open` has the first screen of a fresh page on the glass. */
export const measureVisits = async (page: Page, open: () => Promise<unknown>, slower: number): Promise<readonly Comparison[]> => {
  const { ours, bare } = await visits(page, open, PRESS_MS)
  tellSlowest(ours.flatMap(({ taps }) => taps))
  const instant = await visits(page, open, 0)
  await open()
  const works = await trace(page, shop(page))
  await emptyBasket(page)
  const bareWorks = await trace(page, pressBareButton(page))
  const at = `processor ${slower}× slower`
  const pressed = `a finger that rests ${PRESS_MS} ms, ${at}`
  return [
    compare('slowest-tap', `ms from touch to picture, slowest tap of a visit, median of ${VISITS} visits, ${pressed}; at most 100`, median(slowest(ours, totals)), median(slowest(bare, totals)), BARE),
    compare('slowest-tap-of-all', `the same, the slowest of ${VISITS} visits`, Math.max(...slowest(ours, totals)), Math.max(...slowest(bare, totals)), BARE),
    compare('tap', `ms from touch to picture, median tap, ${pressed}`, median(ours.flatMap(totals)), median(bare.flatMap(totals)), BARE),
    compare('slowest-instant-tap', `ms from touch to picture, slowest of ${VISITS} visits, a press of no length, ${at}`, Math.max(...slowest(instant.ours, totals)), Math.max(...slowest(instant.bare, totals)), BARE),
    compare('tap-work', `ms of the page's own thread from touch to picture, slowest tap of one more visit, ${at}; whatever else the machine does`, Math.max(...works), Math.max(...bareWorks), BARE),
    compare('next-screen', `ms from lifting the finger until the next screen stands, slowest of a visit, median of ${VISITS} visits, ${pressed}`, median(slowest(ours, ({ screens }) => screens)), median(slowest(bare, totals)), BARE),
    compare('next-screen-median', `the same, median screen`, median(ours.flatMap(({ screens }) => screens)), median(bare.flatMap(totals)), BARE),
  ]
}

const visits = async (page: Page, open: () => Promise<unknown>, pressMs: number): Promise<Visits> => {
  const done = { ours: [] as Visit[], bare: [] as Visit[] }
  for (let visit = 0; visit < VISITS; visit++) {
    await open()
    done.ours.push(await measure(page, shop(page), pressMs))
    await emptyBasket(page)
    done.bare.push(await measure(page, pressBareButton(page), pressMs))
  }
  return done
}

const slowest = (visits: readonly Visit[], of: (visit: Visit) => readonly number[]): readonly number[] => visits.map((visit) => Math.max(...of(visit)))

const totals = ({ taps }: Visit): readonly number[] => taps.map(({ total }) => total)

const tellSlowest = (taps: readonly Tap[]): void => {
  const slowest = taps.toSorted((a, b) => b.total - a.total).slice(0, SLOWEST_TOLD)
  for (const { name, total, wait, work, picture } of slowest) {
    console.error(`${name}: ${total} ms = ${Math.round(wait)} until heard + ${Math.round(work)} in listeners + ${Math.round(picture)} until drawn`)
  }
}

type Heard = { readonly from: number; readonly wait: number; readonly work: number; readonly total: number }

const measure = async (page: Page, visit: ReturnType<Way>, pressMs: number): Promise<Visit> => {
  await page.evaluate(() => {
    const heard: Heard[] = []
    Object.assign(globalThis, { heard })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as PerformanceEventTiming[]) {
        if (entry.interactionId) heard.push({ from: entry.startTime, wait: entry.processingStart - entry.startTime, work: entry.processingEnd - entry.processingStart, total: entry.duration })
      }
    }).observe({ type: 'event', buffered: false, durationThreshold: 16 } as PerformanceObserverInit)
  })
  const touched: { readonly name: string; readonly from: number }[] = []
  const screens: number[] = []
  await visit(async (name, target, leads) => {
    touched.push({ name, from: await page.evaluate(() => performance.now()) })
    if (leads) await page.evaluate(WATCH_SCREEN)
    await tapOn(page, target, pressMs)
    if (leads) screens.push(Number(await (await page.waitForFunction(() => (globalThis as { screenMs?: number }).screenMs)).jsonValue()))
  })
  await page.waitForTimeout(500)
  const heard = await page.evaluate(() => (globalThis as unknown as { heard: Heard[] }).heard)
  const taps = touched.map(({ name, from }, i): Tap => {
    const own = heard.filter((one) => one.from >= from && one.from < (touched[i + 1]?.from ?? Infinity))
    // What took less than two pictures is not told.
    const { wait, work, total } = own.toSorted((a, b) => b.total - a.total || b.wait - a.wait)[0] ?? { wait: 0, work: 0, total: 16 }
    return { name, total, wait, work, picture: Math.max(0, total - wait - work) }
  })
  return { taps, screens }
}

/** A trace costs time of its own, so it gets a visit of its own: milliseconds of the page's thread for each tap. */
const trace = async (page: Page, visit: ReturnType<Way>): Promise<readonly number[]> => {
  const traced = await TapTrace.start(page)
  await visit(async (_name, target) => {
    await traced.mark()
    await tapOn(page, target, 0)
  })
  return traced.stop()
}

/** Runs in the page before a tap: notes when another heading has been drawn. */
const WATCH_SCREEN = `
  (() => {
    const before = document.querySelector('h1')?.textContent
    globalThis.screenMs = undefined
    addEventListener('pointerup', ({ timeStamp }) => {
      const look = () => {
        if (document.querySelector('h1')?.textContent === before) return requestAnimationFrame(look)
        requestAnimationFrame(() => setTimeout(() => { globalThis.screenMs = performance.now() - timeStamp }))
      }
      requestAnimationFrame(look)
    }, { capture: true, once: true })
  })()`

/** A finger and nothing else: what makes sure of the target is done before it comes down. Nobody touches the next thing before the last one is drawn. */
const tapOn = async (page: Page, target: Locator, pressMs: number): Promise<void> => {
  await target.scrollIntoViewIfNeeded()
  const box = await target.boundingBox()
  if (!box) throw new Error('what is to be touched is not on the screen')
  await press(page, { x: box.x + box.width / 2, y: box.y + box.height / 2 }, pressMs)
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 300))))
}

const press = async (page: Page, at: { readonly x: number; readonly y: number }, pressMs: number): Promise<void> => {
  if (pressMs === 0) return page.touchscreen.tap(at.x, at.y)
  const finger = await page.context().newCDPSession(page)
  await finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [at] })
  await page.waitForTimeout(pressMs)
  await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  await finger.detach()
}

const shop: Way = (page) => async (touch) => {
  const button = (name: RegExp): Locator => page.getByRole('button', { name }).first()
  const card = (place: number): Locator => page.locator('article').nth(place)
  await touch('first idea', button(/^Anzeige 1$/))
  await touch('begin', button(START), 'on')
  await touch('department', button(/^Brot & Kuchen$/), 'on')
  for (const article of [0, 1, 2]) await touch(`add article ${article + 1}`, card(article).getByRole('button', { name: /^In den Korb/ }))
  await touch('open basket', button(/^Korb öffnen/), 'on')
  await touch('one more', button(/: eins mehr$/))
  await touch('back', button(/^Zurück$/), 'on')
  await touch('open article', card(0).getByRole('button').first(), 'on')
  await touch('add there', button(/^In den Korb$|: eins mehr$/))
}

/** A basket outlives a reload, and the next visit begins where nobody is. */
const emptyBasket = async (page: Page): Promise<void> => {
  const remove = page.getByRole('button', { name: /^Entfernen/ })
  await page.getByRole('button', { name: /^Korb öffnen/ }).first().tap()
  await remove.first().waitFor()
  for (let left = await remove.count(); left > 0; left--) {
    await remove.first().tap()
    await page.waitForFunction((few) => document.querySelectorAll('button[aria-label^="Entfernen"]').length < few, left)
  }
}

const pressBareButton: Way = (page) => async (touch) => {
  await page.evaluate(() => {
    const button = document.createElement('button')
    button.style.fontSize = '3rem'
    button.textContent = '0'
    document.body.replaceChildren(button)
    button.addEventListener('click', () => {
      button.textContent = String(Number(button.textContent) + 1)
    })
  })
  for (let press = 0; press < 8; press++) await touch('bare button', page.locator('button'))
}
