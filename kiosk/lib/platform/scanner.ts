/** The door to a barcode scanner that types like a keyboard: fast keys that end with Enter. */

/** Scanners send a key every 7 to 16 ms, some slow ones every 50; people do not. */
const MAX_GAP_MS = 50
/** The shortest code on goods, EAN-8; shorter runs are a person's keys. */
const MIN_LENGTH = 8
/** A key held down must not grow the buffer without end; the longest basket has fewer digits. */
const MAX_LENGTH = 2400

export type ScanBuffer = { readonly text: string; readonly lastAt: number }
export const EMPTY_SCAN: ScanBuffer = { text: '', lastAt: Number.NEGATIVE_INFINITY }

/** One key into the buffer; `scanned` is a whole code or null. */
export const scanStep = (buffer: ScanBuffer, key: string, atMs: number): { readonly buffer: ScanBuffer; readonly scanned: string | null } => {
  const text = atMs - buffer.lastAt <= MAX_GAP_MS ? buffer.text : ''
  if (key === 'Enter') return { buffer: EMPTY_SCAN, scanned: text.length >= MIN_LENGTH ? text : null }
  if ([...key].length !== 1) return { buffer: isModifier(key) ? { text, lastAt: atMs } : EMPTY_SCAN, scanned: null }
  return { buffer: { text: (text + key).slice(-MAX_LENGTH), lastAt: atMs }, scanned: null }
}

/** Calls back with each scanned code, unless a person is writing in a field; returns its end. */
export const listenForScans = (onScan: (code: string) => void, target: EventTarget = document): (() => void) => {
  let buffer = EMPTY_SCAN
  const onKey = (event: Event): void => {
    if (!isKey(event) || event.ctrlKey || event.altKey || event.metaKey || isTextField(event.target)) return
    const step = scanStep(buffer, event.key, event.timeStamp)
    buffer = step.buffer
    if (step.scanned === null) return
    // Enter must not also press the focused button.
    event.preventDefault()
    event.stopPropagation()
    onScan(step.scanned)
  }
  target.addEventListener('keydown', onKey, { capture: true })
  return () => target.removeEventListener('keydown', onKey, { capture: true })
}

const isModifier = (key: string): boolean => key === 'Shift' || key === 'CapsLock' || key === 'AltGraph'
const isKey = (event: Event): event is KeyboardEvent => 'key' in event && typeof event.key === 'string'
const isTextField = (target: EventTarget | null): boolean =>
  typeof HTMLElement !== 'undefined' && target instanceof HTMLElement && (target.isContentEditable || target.matches('input:not([type=checkbox],[type=radio],[type=button]), textarea, select'))
