/** Words of the page that staff see. */
import { defineTexts } from '../../i18n/texts.ts'

export const teamText = defineTexts({
  de: {
    title: (team: string) => `Fälle für ${team}`,
    own: 'Fälle',
    none: 'Nichts zu tun',
    noneHint: 'Sobald es für Ihre Abteilung einen Fall gibt, steht er hier.',
    wallNone: 'Sobald eine Verbesserung ihre Wirkung gezeigt hat, steht sie hier.',
  },
  en: {
    title: (team: string) => `Cases for ${team}`,
    own: 'Cases',
    none: 'Nothing to do',
    noneHint: 'As soon as there is a case for your department, it stands here.',
    wallNone: 'As soon as an improvement has shown its effect, it stands here.',
  },
})
