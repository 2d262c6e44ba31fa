/** Days and moments with their year: what is kept, and what was done, may be years old. */
import { locale } from '../../i18n/locale.svelte.ts'

const formatted = (at: number, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(locale.language === 'de' ? 'de-DE' : 'en-GB', { timeZone: locale.timeZone, day: '2-digit', month: '2-digit', year: 'numeric', ...options }).format(at)

/** `22.11.2026` */
export const dayWords = (at: number): string => formatted(at, {})
/** `22.11.2026, 16:06` */
export const momentWords = (at: number): string => formatted(at, { hour: '2-digit', minute: '2-digit' })
