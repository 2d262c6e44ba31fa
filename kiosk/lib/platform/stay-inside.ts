/** The door to everything by which a browser leads out of its page: its own keys, its menus, its mouse buttons, zoom, history, print. What the browser or the system below keeps for itself is shut there (kiosk/SET-UP.md). */

/** The app's own: staff open the device page with it. */
const OWN_KEY = 'F9'
const FUNCTION_KEY = /^F\d{1,2}$/
const BROWSER_KEY = /^(Browser|Launch|Media|Zoom|Print|Go|Mail|Help$|ContextMenu$|PrintScreen$|OS$|Find$|Open$|Save$)/
/** What somebody needs who writes: all, copy, cut, paste, undo, redo, and to move by words. */
const WRITING_KEY = /^([acxvzy]|Arrow\w+|Home|End|Backspace|Delete)$/i

/** Returns its own end. `path`: where the page is, whoever goes back or forth. */
export const stayInside = (path: string): (() => void) => {
  const listening = new AbortController()
  const { signal } = listening
  const options = { signal, capture: true, passive: false }
  const stop = (event: Event): void => event.preventDefault()
  const stopIf = <E extends Event>(leads: (event: E) => boolean) => (event: Event): void => void (leads(event as E) && stop(event))

  addEventListener('keydown', stopIf<KeyboardEvent>(leadsOut), options)
  for (const what of ['mousedown', 'mouseup', 'auxclick']) addEventListener(what, stopIf<MouseEvent>(({ button }) => button === 1 || button > 2), options)
  addEventListener('wheel', stopIf<WheelEvent>(({ ctrlKey, metaKey }) => ctrlKey || metaKey), options)
  for (const what of ['touchstart', 'touchmove']) addEventListener(what, stopIf<TouchEvent>(({ touches }) => touches.length > 1), options)
  for (const what of ['contextmenu', 'dragstart', 'dragover', 'drop', 'gesturestart', 'gesturechange']) addEventListener(what, stop, options)

  // One step back leads to this page again.
  const holdHere = (): void => history.pushState(null, '', path)
  holdHere()
  addEventListener('popstate', holdHere, { signal })
  return () => listening.abort()
}

const leadsOut = (event: KeyboardEvent): boolean => {
  const { key, ctrlKey, metaKey, altKey, shiftKey } = event
  if (FUNCTION_KEY.test(key)) return key !== OWN_KEY || ctrlKey || altKey || metaKey || shiftKey
  if (BROWSER_KEY.test(key)) return true
  // The third level of a keyboard writes @ and €.
  if (event.getModifierState('AltGraph')) return false
  if (altKey) return true
  return (ctrlKey || metaKey) && !(WRITING_KEY.test(key) && !isShifted(event) && isWriting(event.target))
}

/** With Shift, the same letters are the browser's. */
const isShifted = ({ shiftKey, key }: KeyboardEvent): boolean => shiftKey && /^[acxvy]$/i.test(key)

const isWriting = (target: EventTarget | null): boolean => target instanceof HTMLElement && target.matches('input, textarea')
