/** Tells a barcode scanner (a keyboard to the browser) from a person: digits faster than a hand, then Enter. */

/** Scanners type every 7 to 16 ms; a fast typist needs 60. */
const MAX_GAP_MS = 50
const MIN_DIGITS = 8
const MAX_DIGITS = 14

export class ScanBuffer {
  #digits = ''
  #lastAt = 0

  /** The scanned digits when this key completes a scan, else null. */
  key(key: string, at: number): string | null {
    const fast = at - this.#lastAt <= MAX_GAP_MS
    this.#lastAt = at
    if (/^\d$/.test(key)) {
      this.#digits = (fast ? this.#digits : '') + key
      return null
    }
    const scanned = this.#digits
    this.#digits = ''
    return key === 'Enter' && fast && scanned.length >= MIN_DIGITS && scanned.length <= MAX_DIGITS ? scanned : null
  }
}
