/** When a device cannot go on by itself. */
import { defineTexts } from './texts.ts'

export const serviceText = defineTexts({
  de: {
    title: 'Dieses Gerät braucht Hilfe',
    text: 'Es kommt nicht mehr an seinen Speicher. Bitte sagen Sie dem Personal Bescheid: Aus- und wieder Einschalten hilft meistens.',
  },
  en: {
    title: 'This device needs help',
    text: 'It can no longer reach its storage. Please tell a member of staff: switching it off and on again usually helps.',
  },
})
