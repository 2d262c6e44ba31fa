/** The words of a survey as they are read: in a language that it is asked in. */
import { tidyUnits } from '../../i18n/format.ts'
import type { GivenAnswers } from '#shared/feedback/answer.ts'
import type { Survey } from '#shared/feedback/survey.ts'
import type { Language, Localised } from '#shared/kernel/language.ts'

export type AskedWords = {
  /** That of the screen, or the survey's own first one if it is not asked in that. */
  readonly language: Language
  readonly say: (text: Localised) => string
}

export const askedWords = (survey: Survey, _given: GivenAnswers, screen: Language): AskedWords => {
  const language = survey.languages?.includes(screen) === false ? survey.languages[0]! : screen
  return { language, say: (text) => tidyUnits(text[language], language) }
}
