/** In which language a survey is asked. */
import { LANGUAGES, type Language } from '../kernel/language.ts'
import type { Survey } from './survey.ts'

/** `isOther`: not the one the screen speaks; then the screen names it. */
export type AskedLanguage = { readonly language: Language; readonly isOther: boolean }

/** The languages a survey is asked in. */
export const languagesOf = ({ languages }: Pick<Survey, 'languages'>): readonly Language[] => languages ?? LANGUAGES

/** The one that was wanted if the survey is asked in it, its first otherwise. */
export const languageFor = (survey: Pick<Survey, 'languages'>, wanted: Language): AskedLanguage => {
  const languages = languagesOf(survey)
  return languages.includes(wanted) ? { language: wanted, isOther: false } : { language: languages[0] ?? wanted, isOther: languages.length > 0 }
}
