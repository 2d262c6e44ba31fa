/** Words for what there is to look at under devices. */
import { defineTexts } from '../lib/i18n/texts.ts'

export const pagesText = defineTexts({
  de: { label: 'Was möchten Sie sehen?', devices: 'Alle Geräte', seals: 'Vollständigkeit', hub: 'Zentrale', self: 'Dieses Gerät' },
  en: { label: 'What would you like to see?', devices: 'All devices', seals: 'Completeness', hub: 'Hub', self: 'This device' },
})
