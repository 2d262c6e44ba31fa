/** Words under tables and charts. */
import { defineTexts } from '../../i18n/texts.ts'

export const missingText = defineTexts({
  de: { notIn: (names: string) => `Noch nicht vollständig dabei: ${names}.` },
  en: { notIn: (names: string) => `Not fully in it yet: ${names}.` },
})
