/** The words of a survey as they are read: in a language that it is asked in, with what was answered before. */
import { tidyUnits } from '../../i18n/format.ts'
import type { GivenAnswers } from '#shared/feedback/answer.ts'
import { pipeAnswers } from '#shared/feedback/pipe-answers.ts'
import { languageFor, type AskedLanguage } from '#shared/feedback/survey-language.ts'
import type { Survey } from '#shared/feedback/survey.ts'
import type { Language, Localised } from '#shared/kernel/language.ts'

export type AskedWords = AskedLanguage & { readonly say: (text: Localised) => string }

export const askedWords = (survey: Survey, given: GivenAnswers, screen: Language): AskedWords => {
  const asked = languageFor(survey, screen)
  const { language } = asked
  return { ...asked, say: (text) => tidyUnits(pipeAnswers(text[language], survey, given, language), language) }
}
