/** The six digits that staff type on a tablet they have signed in on with their password before. */
export const PIN_DIGITS = 6
export const PIN_FAULTS = ['digits', 'same', 'run', 'year'] as const
export type PinFault = (typeof PIN_FAULTS)[number]

/**
 * What is wrong with a PIN somebody chose; null if nothing is. These are what is tried first by whoever stands before a tablet.
 * Errors  `digits`: not six of them; `same`: one digit, or two or three of them over and over; `run`: up or down by one, also past 9; `year`: begins or ends with one of our time.
 */
export const faultOfPin = (pin: string): PinFault | null => {
  if (!/^\d{6}$/.test(pin)) return 'digits'
  if (/^(\d)\1{5}$/.test(pin) || /^(\d\d)\1\1$/.test(pin) || /^(\d{3})\1$/.test(pin)) return 'same'
  if (isRun(pin)) return 'run'
  return /^(19|20)\d\d/.test(pin) || /(19|20)\d\d$/.test(pin) ? 'year' : null
}

const isRun = (pin: string): boolean => {
  const steps = new Set(Array.from(pin.slice(1), (digit, i) => (Number(digit) - Number(pin[i]) + 10) % 10))
  return steps.size === 1 && (steps.has(1) || steps.has(9))
}
