/** Every way out of a kiosk that somebody who stands before it may try, by name. What never reaches a page stands at the end: only the browser's policies or the system below can shut it (kiosk/SET-UP.md). */
import type { CDPSession, Page } from 'playwright-core'

/** `cancels`: kinds of events that the page must have cancelled; whoever does not cancel them leaves them to the browser. */
export type WayOut = { readonly name: string; readonly cancels?: readonly string[]; readonly go: (hand: Hand) => Promise<unknown> }
export type Hand = { readonly page: Page; readonly cdp: CDPSession; readonly hubUrl: string }

const CTRL = 2
const ALT = 1
const META = 4
const SHIFT = 8

/** As it comes from a keyboard, also for keys that other tools do not know. */
const key = (name: string, pressed: string, modifiers = 0): WayOut => ({
  name,
  cancels: ['keydown'],
  go: async ({ cdp }) => {
    const event = { key: pressed, modifiers, ...(pressed.length === 1 && { code: `Key${pressed.toUpperCase()}` }) }
    await cdp.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...event })
    await cdp.send('Input.dispatchKeyEvent', { type: 'keyUp', ...event })
  },
})

const KEYS: readonly WayOut[] = [
  key('Ctrl+P, print', 'p', CTRL), key('Ctrl+S, save', 's', CTRL), key('Ctrl+O, open a file', 'o', CTRL), key('Ctrl+U, source', 'u', CTRL), key('Ctrl+F, find', 'f', CTRL), key('Ctrl+G, find on', 'g', CTRL),
  key('Ctrl+H, history', 'h', CTRL), key('Ctrl+J, downloads', 'j', CTRL), key('Ctrl+D, bookmark', 'd', CTRL), key('Ctrl+L, address', 'l', CTRL), key('Ctrl+K, search', 'k', CTRL), key('Ctrl+E, search', 'e', CTRL),
  key('Ctrl+R, reload', 'r', CTRL), key('Ctrl+Shift+R, reload all', 'R', CTRL | SHIFT), key('Ctrl+Shift+I, developer tools', 'I', CTRL | SHIFT), key('Ctrl+Shift+J, console', 'J', CTRL | SHIFT), key('Ctrl+Shift+C, inspect', 'C', CTRL | SHIFT),
  key('Ctrl+Shift+Delete, clear data', 'Delete', CTRL | SHIFT), key('Ctrl+Shift+B, bookmarks', 'B', CTRL | SHIFT), key('Ctrl+Shift+O, bookmark manager', 'O', CTRL | SHIFT), key('Ctrl+A, select all', 'a', CTRL),
  key('Ctrl+Plus, zoom in', '+', CTRL), key('Ctrl+Minus, zoom out', '-', CTRL), key('Ctrl+0, zoom back', '0', CTRL), key('F1, help', 'F1'), key('F3, find', 'F3'), key('F5, reload', 'F5'), key('F6, address', 'F6'), key('F7, caret', 'F7'),
  key('F10, menu', 'F10'), key('Shift+F10, context menu', 'F10', SHIFT), key('F11, full screen', 'F11'), key('F12, developer tools', 'F12'), key('Shift+F9', 'F9', SHIFT), key('Alt+Left, back', 'ArrowLeft', ALT), key('Alt+Right, forward', 'ArrowRight', ALT),
  key('Alt+Home, start page', 'Home', ALT), key('Alt+D, address', 'd', ALT), key('Alt+E, menu', 'e', ALT), key('Alt+F, menu', 'f', ALT), key('Cmd+P, print', 'p', META), key('Cmd+Option+I, developer tools', 'i', META | ALT), key('Cmd+comma, settings', ',', META),
  key('key Back', 'BrowserBack'), key('key Forward', 'BrowserForward'), key('key Home page', 'BrowserHome'), key('key Search', 'BrowserSearch'), key('key Favourites', 'BrowserFavorites'), key('key Refresh', 'BrowserRefresh'), key('key Mail', 'LaunchMail'),
  key('key Calculator', 'LaunchApplication2'), key('key Menu', 'ContextMenu'), key('key Print screen', 'PrintScreen'), key('key Help', 'Help'),
]

const TILE = '.app button'
const spot = async (page: Page, place: string): Promise<{ x: number; y: number }> => {
  const box = (await page.locator(place).first().boundingBox())!
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}
const mouse = (name: string, button: 'middle' | 'right' | 'back' | 'forward', cancels: readonly string[], place = TILE): WayOut => ({
  name,
  cancels,
  go: async ({ page, cdp }) => {
    const at = await spot(page, place)
    for (const type of ['mousePressed', 'mouseReleased'] as const) await cdp.send('Input.dispatchMouseEvent', { type, ...at, button, clickCount: 1 })
  },
})
const dropped = (name: string, place: string, kind: string, data: string): WayOut => ({
  name,
  cancels: ['drop'],
  go: ({ page }) =>
    page.locator(place).first().evaluate((element, { kind, data }) => {
      const dataTransfer = new DataTransfer()
      if (kind === 'file') dataTransfer.items.add(new File([data], 'x.html', { type: 'text/html' }))
      else dataTransfer.setData(kind, data)
      for (const type of ['dragenter', 'dragover', 'drop']) element.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }))
    }, { kind, data }),
})

const FIELD = 'input[type=search], input'
const HANDS: readonly WayOut[] = [
  mouse('right click', 'right', ['contextmenu']), mouse('right click in a field', 'right', ['contextmenu'], FIELD), mouse('middle click', 'middle', ['mousedown', 'auxclick']), mouse('middle click in a field, which pastes', 'middle', ['mousedown'], FIELD),
  mouse('mouse button Back', 'back', ['mousedown', 'mouseup']), mouse('mouse button Forward', 'forward', ['mousedown', 'mouseup']),
  { name: 'Ctrl+wheel, zoom', cancels: ['wheel'], go: async ({ page, cdp }) => cdp.send('Input.dispatchMouseEvent', { type: 'mouseWheel', ...(await spot(page, TILE)), deltaX: 0, deltaY: -200, modifiers: CTRL }) },
  { name: 'Shift+click, new window', go: ({ page }) => page.locator(TILE).first().click({ modifiers: ['Shift'] }) },
  { name: 'Ctrl+click, new tab', go: ({ page }) => page.locator(TILE).first().click({ modifiers: ['Control'] }) },
  { name: 'pinch', cancels: ['touchmove'], go: ({ cdp }) => fingers(cdp, [[400, 900], [600, 900]], [[200, 900], [800, 900]]) },
  { name: 'two fingers to the side, history', cancels: ['touchmove'], go: ({ cdp }) => fingers(cdp, [[300, 900], [320, 1000]], [[900, 900], [920, 1000]]) },
  { name: 'three fingers up', cancels: ['touchmove'], go: ({ cdp }) => fingers(cdp, [[300, 1500], [500, 1500], [700, 1500]], [[300, 300], [500, 300], [700, 300]]) },
  { name: 'swipe from the left edge', go: ({ cdp }) => fingers(cdp, [[1, 900]], [[900, 900]]) },
  { name: 'swipe from the upper edge', go: ({ cdp }) => fingers(cdp, [[540, 1]], [[540, 1200]]) },
  { name: 'pull down to reload', go: ({ cdp }) => fingers(cdp, [[540, 400]], [[540, 1700]]) },
  { name: 'double tap, zoom', go: async ({ page }) => { for (let i = 0; i < 2; i++) await page.touchscreen.tap(540, 260) } },
  { name: 'double click, select a word', go: ({ page }) => page.getByRole('heading').first().dblclick() },
  { name: 'a picture dragged out', cancels: ['dragstart'], go: ({ page }) => page.locator('.app img, .app svg, .app h1').first().evaluate((element) => element.dispatchEvent(new DragEvent('dragstart', { bubbles: true, cancelable: true, dataTransfer: new DataTransfer() }))) },
  dropped('a file dropped', '.app', 'file', '<script>globalThis.planted = 1</script>'), dropped('a file dropped into a field', FIELD, 'file', 'x'), dropped('a link dropped', '.app', 'text/uri-list', 'https://elsewhere.example/'), dropped('markup dropped into a field', FIELD, 'text/html', '<img src=x>'),
]

const fingers = async (cdp: CDPSession, from: readonly (readonly [number, number])[], to: readonly (readonly [number, number])[]): Promise<void> => {
  const at = (share: number): { x: number; y: number; id: number }[] => from.map(([x, y], id) => ({ x: x + (to[id]![0] - x) * share, y: y + (to[id]![1] - y) * share, id }))
  await cdp.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at(0) })
  for (const share of [0.3, 0.6, 1]) await cdp.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: at(share) })
  await cdp.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
}

/** A card with a code of one's own, held to the scanner: fast keys and Enter. */
const scanned = (name: string, text: (hubUrl: string) => string): WayOut => ({
  name: `scanned: ${name}`,
  go: async ({ page, hubUrl }) => {
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
    await page.evaluate((code) => {
      for (const key of [...code, 'Enter']) document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
    }, text(hubUrl))
  },
})
const typed = (name: string, text: string): WayOut => ({
  name: `searched: ${name}`,
  go: async ({ page }) => {
    const field = page.locator(FIELD).first()
    await field.fill(text)
    await field.press('Enter')
    await field.fill('')
  },
})

const WORDS: readonly WayOut[] = [
  scanned('an address elsewhere', () => 'https://elsewhere.example/'), scanned('a script', () => "javascript:document.body.append('planted')"), scanned('a file', () => 'file:///etc/passwd'), scanned('the source', (hub) => `view-source:${hub}/shopper/`),
  scanned('the browser itself', () => 'chrome://settings'), scanned("the manager's app", (hub) => `${hub}/manager/`), scanned('markup', () => '<img src=x onerror=globalThis.planted=1>'), scanned('2,400 digits', () => '7'.repeat(2400)), scanned('keys of a keyboard', () => '\u001b[11~F12F11'),
  typed('an address', 'https://elsewhere.example/'), typed('a script', 'javascript:globalThis.planted=1'), typed('markup', '<img src=x onerror="globalThis.planted=1">'), typed('the browser itself', 'chrome://version'),
]

const ADDRESSES: readonly WayOut[] = [
  { name: 'one step back', go: ({ page }) => page.evaluate(() => history.back()) },
  { name: 'nine steps back', go: ({ page }) => page.evaluate(() => history.go(-9)) },
  { name: 'one step forward', go: ({ page }) => page.evaluate(() => history.forward()) },
  { name: 'a reload', go: ({ page }) => page.reload() },
  { name: 'another fragment', go: ({ page }) => page.evaluate(() => { location.hash = '#pair=AAAA-AAAA' }) },
  { name: 'full screen left', go: ({ page }) => page.evaluate(() => document.exitFullscreen().catch(() => undefined)) },
]

export const WAYS_OUT: readonly WayOut[] = [...KEYS, ...HANDS, ...WORDS, ...ADDRESSES]

/** What no page hears, and what shuts it. */
export const FOR_THE_SYSTEM: readonly string[] = ['Alt+F4', 'Alt+Tab', 'Ctrl+Alt+Del', 'Ctrl+N', 'Ctrl+T', 'Ctrl+W', 'Ctrl+Shift+N', 'Ctrl+Shift+Q', 'Super', 'Power']
