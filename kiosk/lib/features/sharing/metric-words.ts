/** What each score is called here. */
import type { Metric } from '#shared/insights/figure.ts'
import type { Localised } from '#shared/kernel/language.ts'

export const METRIC_WORDS: { readonly [M in Metric]: Localised } = {
  csat: { de: 'Zufriedenheit (von 100)', en: 'Satisfaction (in 100)' },
  nps: { de: 'Weiterempfehlung (NPS)', en: 'Recommendation (NPS)' },
  ces: { de: 'Mühelosigkeit (von 100)', en: 'Ease (in 100)' },
  smiley: { de: 'Zufrieden (4 Gesichter)', en: 'Satisfied (4 faces)' },
}
