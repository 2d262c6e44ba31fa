/** The keys of the on-screen keyboard, as people of a language know them: kiosks under Linux and Windows bring none. */
import type { Language } from '#shared/kernel/language.ts'

/** What a field wants to be filled with, from its `data-keys`. */
export type KeysFor = 'text' | 'mail' | 'code'

export const LETTERS: { readonly [L in Language]: readonly string[] } = {
  de: ['qwertzuiopü', 'asdfghjklöä', 'yxcvbnmß'],
  en: ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'],
}
export const DIGITS: readonly string[] = ['1234567890', '-/:()€&@"', '.,?!\'+%']
/** Beside the space bar. */
export const EXTRAS: { readonly [K in KeysFor]: readonly string[] } = { text: [',', '.'], mail: ['@', '.', '-'], code: ['-'] }
/** Codes read more easily with their digits at hand. */
export const CODE_ROWS: { readonly [L in Language]: readonly string[] } = {
  de: ['1234567890', 'qwertzuiop', 'asdfghjkl', 'yxcvbnm'],
  en: ['1234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm'],
}

/** Puts text where the caret is, or takes away what is before it, and tells the field as typing would. */
export const typeInto = (field: HTMLInputElement | HTMLTextAreaElement, text: string | 'erase'): void => {
  const from = field.selectionStart ?? field.value.length
  const until = field.selectionEnd ?? field.value.length
  if (text === 'erase') field.setRangeText('', from === until ? Math.max(0, from - 1) : from, until, 'end')
  else if (field.maxLength < 0 || field.value.length - (until - from) + text.length <= field.maxLength) field.setRangeText(text, from, until, 'end')
  field.dispatchEvent(new InputEvent('input', { bubbles: true }))
}
