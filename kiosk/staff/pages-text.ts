/** Words for what there is to look at under devices. */
import { defineTexts } from '../lib/i18n/texts.ts'

export const pagesText = defineTexts({
  de: { label: 'Was möchten Sie sehen?', all: 'Alle Geräte', hub: 'Zentrale', self: 'Dieses Gerät', loading: 'Wird geholt', offline: 'Ohne Verbindung ist die Zentrale nicht zu fragen', offlineHint: 'Dieses Gerät arbeitet weiter. Strom und Netz prüfen.' },
  en: { label: 'What would you like to see?', all: 'All devices', hub: 'Hub', self: 'This device', loading: 'Fetching', offline: 'The hub cannot be asked without a connection', offlineHint: 'This device goes on working. Check power and network.' },
})
