/** A profile as somebody fills it in: measures as people know them, in inches and centimetres, and what is not filled in yet. */
import { PLAIN_PROFILE, profileFaults, type Module, type ProfileDraft, type ProfileFault } from '#shared/devices/profile.ts'
import { MODULES } from '#shared/devices/profile.ts'
import { LANGUAGES, type Language } from '#shared/kernel/language.ts'

const MM_PER_INCH = 25.4

export type ProfileForm = {
  place: string
  touchpoint: string | null
  department: string | null
  languages: readonly Language[]
  modules: readonly Module[]
  diagonal: string
  width: string
  height: string
  middle: string
  textStep: number
}
export type FormFault = ProfileFault | 'incomplete'

export const formOf = (profile: ProfileDraft | null): ProfileForm => {
  const { panel, middleMm, place, touchpoint, department, languages, modules, textStep } = profile ?? PLAIN_PROFILE
  return {
    place,
    touchpoint,
    department,
    languages,
    modules,
    textStep,
    diagonal: panel ? String(Math.round((panel.diagonalMm / MM_PER_INCH) * 10) / 10) : '',
    width: panel ? String(panel.widthPx) : '',
    height: panel ? String(panel.heightPx) : '',
    middle: middleMm === null ? '' : String(middleMm / 10),
  }
}

/** What it comes to, as far as it is filled in, and what is wrong with it. */
export const draftOf = (form: ProfileForm): { readonly draft: ProfileDraft; readonly faults: readonly FormFault[] } => {
  const [diagonal, width, height, middle] = [form.diagonal, form.width, form.height, form.middle].map(numberOf)
  const given = [diagonal, width, height].filter((one) => one !== null).length
  const panel = diagonal && width && height ? { diagonalMm: Math.round(diagonal * MM_PER_INCH * 10) / 10, widthPx: Math.round(width), heightPx: Math.round(height) } : null
  const draft: ProfileDraft = {
    place: form.place.trim(),
    touchpoint: form.touchpoint,
    department: form.department,
    languages: form.languages,
    modules: MODULES.filter((module) => form.modules.includes(module)),
    panel,
    middleMm: middle ? Math.round(middle * 10) : null,
    textStep: form.textStep,
  }
  const isIncomplete = (given > 0 && panel === null) || [form.diagonal, form.width, form.height, form.middle].some((typed) => typed.trim() !== '' && !numberOf(typed)) || (draft.middleMm !== null && (draft.middleMm < 200 || draft.middleMm > 3000)) || (panel !== null && (panel.diagonalMm < 80 || panel.diagonalMm > 4000))
  return { draft, faults: [...(isIncomplete ? (['incomplete'] as const) : []), ...profileFaults(draft)] }
}

/** Chosen or not; the order in which they were chosen stays, the first language greets. */
export const toggled = <T>(all: readonly T[], one: T, on: boolean): readonly T[] => (on ? [...all.filter((other) => other !== one), one] : all.filter((other) => other !== one))

export const greetingIn = (languages: readonly Language[], first: Language): readonly Language[] => [first, ...LANGUAGES.filter((language) => language !== first && languages.includes(language))]

/** With comma or point, as people write. */
const numberOf = (typed: string): number | null => {
  const n = Number(typed.trim().replace(',', '.'))
  return typed.trim() === '' || !Number.isFinite(n) || n <= 0 ? null : n
}
