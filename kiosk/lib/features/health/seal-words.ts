/** The seal of a day as one sentence, and the days of a device as few lines. */
import { number } from '../../i18n/locale.svelte.ts'
import type { DeviceSeals } from '#shared/protocol/devices.ts'
import type { sealText } from './health-text.ts'

type Words = (typeof sealText)['de']['usual']
export type SealedDay = DeviceSeals['days'][number]
/** A moment as the screen says it. */
type Say = (at: number) => string

export const isComplete = ({ seal }: SealedDay): boolean => seal.type === 'sealed' || seal.type === 'so-far'

export const sealWords = ({ answers, seal }: SealedDay, t: Words, moment: Say): string => {
  const here = t.answers(number(answers), answers)
  if (seal.type === 'sealed') return t.sealed(number(answers), answers)
  if (seal.type === 'so-far') return t.soFar(moment(seal.until), number(answers), answers)
  if (seal.type === 'lost') return t.lost(here, seal.upTo)
  const { atLeast, since } = seal
  if (seal.type === 'open') return atLeast === 0 ? t.checking(here) : since === null ? t.openUnknown(here, atLeast) : t.open(here, atLeast, moment(since))
  if (since === null) return t.never
  if (seal.type === 'gone') return atLeast > 0 ? t.goneHolds(here, atLeast) : t.gone(here, moment(since))
  return atLeast > 0 ? t.silentHolds(here, moment(since), atLeast) : t.silent(here, moment(since))
}

/** Days that are said one by one, and the sealed ones before them together. Order  newest first. */
export const foldDays = (days: readonly SealedDay[]): { readonly single: readonly SealedDay[]; readonly together: readonly SealedDay[] } => {
  const lastOpen = days.findLastIndex((day) => !isComplete(day))
  const alone = Math.max(2, lastOpen + 1)
  return days.length - alone < 2 ? { single: days, together: [] } : { single: days.slice(0, alone), together: days.slice(alone) }
}
